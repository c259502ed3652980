"""Foreign bibliographic formats, one a file: text to references, and what could not be read.

A format is a module of this folder with `HELP`, `SUFFIXES`, `looks_like(head)` and `read(text)`;
what several share has an underscore.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, cast

from bclm_cli.errors import DataError, UsageError
from bclm_cli.importers._found import MAX_BYTES, MAX_ENTRIES, Entry, Found, Problem, too_many

__all__ = ["MAX_BYTES", "Entry", "Format", "Problem", "choose", "get", "names", "read"]

MAX_PROBLEMS = 1_000
"""So many problems, and ten for each entry taken, mean that the file is something else."""


class Format(Protocol):
    """What a module of this folder offers."""

    HELP: str
    SUFFIXES: tuple[str, ...]
    looks_like: Callable[[str], bool]
    read: Callable[[str], Found]


def names() -> list[str]:
    """Names of the formats, from the files of this folder."""
    from pkgutil import iter_modules

    found = (module.name for module in iter_modules(__path__))
    return sorted(name for name in found if not name.startswith("_"))


def get(name: str) -> Format:
    """The format of that name. Raises UsageError with the names there are."""
    from importlib import import_module

    if name not in names():
        raise UsageError(f"no format {name!r} to read", hint=f"formats: {', '.join(names())}")
    return cast(Format, import_module(f"{__name__}.{name}"))


def choose(path: str, text: str) -> str:
    """The format of a file by its suffix, else by how it begins.

    A text that plainly is something else wins over a suffix: many programs save RIS as .txt or
    .bib. Raises DataError where nothing fits.
    """
    head = text[:20_000]
    formats = {name: get(name) for name in names()}
    suffix = path.lower()
    named = [name for name, found in formats.items() if suffix.endswith(found.SUFFIXES)]
    alike = [name for name, found in formats.items() if found.looks_like(head)]
    for name in named:
        if name in alike or not alike:
            return name
    if len(alike) == 1:
        return alike[0]
    raise DataError(
        f"cannot tell the format; say --from with one of {', '.join(formats)}", path=path
    )


def read(data: bytes, path: str, format_name: str | None = None) -> Iterator[Entry | Problem]:
    """The entries of a file and the problems with it, in the order of its lines.

    Raises DataError for a file that is no text, or of no known format, or nearly all wrong.
    """
    from bclm_cli.importers._decode import decode

    text, notes = decode(data, path)
    del data
    if not text.strip():
        raise DataError("the file is empty", path=path)
    yield from notes
    taken = problems = 0
    for found in get(format_name or choose(path, text)).read(text):
        if isinstance(found, Entry):
            taken += 1
            if taken > MAX_ENTRIES:
                yield too_many(found.line)
                return
            yield found
            continue
        problems += found.left_out
        if problems > MAX_PROBLEMS and problems > 10 * taken:
            yield Problem(found.line, f"given up after {MAX_PROBLEMS:,} problems")
            return
        yield found._replace(what=_printable(found.what))
    if not taken and not problems:
        yield Problem(1, "there is no entry in it")


def _printable(text: str) -> str:
    """What a problem quotes from a file, with nothing in it that a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
