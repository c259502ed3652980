"""Bibliographic formats, one file each, found by listing this folder and loaded on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import PurePath
from typing import Protocol, cast

from bclm_cli.errors import UsageError, missing, near, one_of
from bclm_cli.export._options import VARIABLES, Options
from bclm_cli.model import Reference

__all__ = ["Format", "Options", "check_keys", "check_without", "for_file", "get", "names"]


class Format(Protocol):
    """What a file of this folder offers; files that begin with `_` are what several share.

    One that cannot hold every key has `check_keys` too, see below.
    """

    HELP: str
    """One line for `--help`."""
    SUFFIX: str
    """How a file of this format ends; the longest that fits decides for `-o refs.bib`."""
    DROPS: frozenset[str]
    """CSL variables (and parts of them, see docs/formats.md) for which it has no place."""
    FIELDS: frozenset[str]
    """Its own field names, for `--without`; empty where they are CSL's."""

    def dump(self, references: Iterable[Reference], options: Options) -> Iterator[str]:
        """The file in pieces; a reference that cannot be written raises DataError."""
        ...


def names() -> list[str]:
    """The names of all formats, sorted."""
    from pkgutil import iter_modules

    found = (module.name for module in iter_modules(__path__))
    return sorted(name for name in found if not name.startswith("_"))


def get(name: str) -> Format:
    """The format of that name; raises UsageError that names the nearest."""
    return cast(Format, import_module(f"{__name__}.{one_of('format', name, names())}"))


def for_file(path: PurePath) -> str:
    """The name of the format that a file's name asks for, like bibtex for refs.bib.

    Raises UsageError if none does.
    """
    suffixes = {get(name).SUFFIX: name for name in names()}
    fitting = [suffix for suffix in suffixes if path.name.lower().endswith(suffix)]
    if not fitting:
        listed = ", ".join(f"{suffix} ({name})" for suffix, name in sorted(suffixes.items()))
        raise UsageError(f"no format has files like {path.name!r}", f"use -f, or one of {listed}")
    return suffixes[max(fitting, key=len)]


def check_without(name: str, fields: Iterable[str]) -> frozenset[str]:
    """The fields of `--without`, checked: the format's own ones or CSL variables, in any case.

    Raises UsageError that names the nearest.
    """
    own = {field.lower() for field in get(name).FIELDS}
    wanted = frozenset(field.strip().lower() for field in fields if field.strip())
    for field in sorted(wanted - own - VARIABLES):
        raise UsageError(
            missing(f"{name} field", field, near(field, own | VARIABLES)),
            f"fields are {', '.join(sorted(own)) or 'CSL variables'}; docs/formats.md lists them",
        )
    return wanted


def check_keys(name: str, keys: Iterable[str]) -> None:
    """Raise DataError for a key that the format cannot hold, before anything is written."""
    check: Callable[[Iterable[str]], None] | None = getattr(get(name), "check_keys", None)
    if check:
        check(keys)
