"""The formats that there are, found by listing this folder and loaded on demand: by name, by the
suffix of a file, by how a text begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Literal, cast

from bclm_cli import formats
from bclm_cli.errors import DataError, UsageError
from bclm_cli.formats.interface import (
    MAX_ENTRIES,
    VARIABLES,
    Entry,
    Problem,
    Reader,
    Writer,
    too_many,
)
from bclm_cli.model.records import Reference
from bclm_cli.suggest import missing, near, one_of, shortened
from bclm_cli.text.control_chars import printable

MAX_PROBLEMS = 1_000
"""More problems than this, and ten for each entry taken, mean that the file is something else."""


@cache
def _modules(role: Literal["reader", "writer"]) -> dict[str, str]:
    """The modules of all readers or writers, by the name of their format."""
    from pkgutil import iter_modules

    found = {}
    folders = [module.name for module in iter_modules(formats.__path__) if module.ispkg]
    for folder in folders:
        for module in iter_modules([f"{path}/{folder}" for path in formats.__path__]):
            own, _, name = module.name.partition("_")
            if own == role:
                found[name or folder] = f"{formats.__name__}.{folder}.{module.name}"
    return dict(sorted(found.items()))


def reader_names() -> list[str]:
    """The names of the formats that can be read, sorted."""
    return list(_modules("reader"))


def writer_names() -> list[str]:
    """The names of the formats that can be written, sorted."""
    return list(_modules("writer"))


def reader(name: str) -> Reader:
    """The reader of that format; raises UsageError that names the nearest."""
    return cast(Reader, import_module(_modules("reader")[one_of("format", name, reader_names())]))


def writer(name: str) -> Writer:
    """The writer of that format; raises UsageError that names the nearest."""
    return cast(Writer, import_module(_modules("writer")[one_of("format", name, writer_names())]))


def suffixes() -> dict[str, str]:
    """The format that is written into files of each suffix, like bibtex for .bib."""
    return {writer(name).SUFFIX: name for name in writer_names()}


def detect(path: str, text: str, otherwise: str = "") -> str:
    """The name of the format of a file that is read: by its suffix, else by how it begins.

    A text that plainly is something else wins over a suffix: many programs save RIS as .txt or
    .bib. Raises DataError where nothing fits, which says `otherwise` what to do instead of
    naming a format.
    """
    head = text[:20_000]
    readers = {name: reader(name) for name in reader_names()}
    suffix = path.lower()
    named = [name for name, found in readers.items() if suffix.endswith(found.SUFFIXES)]
    alike = [name for name, found in readers.items() if found.looks_like(head)]
    for name in named:
        if name in alike or not alike:
            return name
    if len(alike) == 1:
        return alike[0]
    otherwise = otherwise or f"say --from with one of {', '.join(readers)}"
    raise DataError(f"cannot tell the format; {otherwise}", path=path)


def read(
    data: bytes, path: str, format_name: str | None = None, otherwise: str = ""
) -> Iterator[Entry | Problem]:
    """The entries of a file and the problems with it, in the order of its lines.

    Raises DataError for a file that is no text, or of no known format (see `detect`), or nearly all
    wrong.
    """
    from bclm_cli.formats.decode import decode

    text, notes = decode(data, path)
    del data
    if not text.strip():
        raise DataError("the file is empty", path=path)
    yield from notes
    taken = problems = 0
    for found in reader(format_name or detect(path, text, otherwise)).read(text):
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
        yield found._replace(what=printable(found.what))
    if not taken and not problems:
        yield Problem(1, "there is no entry in it")


def check_without(name: str, fields: Iterable[str]) -> frozenset[str]:
    """The fields of `--without`, checked: the format's own ones or CSL variables, in any case.

    Raises UsageError that names the nearest.
    """
    own = {field.lower() for field in writer(name).FIELDS}
    wanted = frozenset(field.strip().lower() for field in fields if field.strip())
    for field in sorted(wanted - own - VARIABLES):
        raise UsageError(
            missing(f"{name} field", field, near(field, own | VARIABLES)),
            f"fields are {', '.join(sorted(own)) or 'CSL variables'}; docs/formats.md lists them",
        )
    return wanted


def losses(name: str) -> Callable[[Reference], str] | None:
    """What names the letters of a reference that a format cannot hold; None if it holds all."""
    found: Callable[[Reference], str] | None = getattr(writer(name), "losses", None)
    return found


def loss_note(found: Mapping[str, str]) -> str:
    """What to say of letters that BibTeX cannot hold, by the keys of their papers."""
    letters = "".join(sorted(set("".join(found.values()))))
    return (
        f"BibTeX has no command for {letters}: the nearest letters stand there"
        f" ({shortened([*found])});"
        " -f biblatex keeps them"
    )


def check_keys(name: str, keys: Iterable[str]) -> list[str]:
    """What is to be noted of keys that not every program takes in this format.

    Raises DataError for a key that the format cannot hold, before anything is written.
    """
    check: Callable[[Iterable[str]], list[str]] | None = getattr(writer(name), "check_keys", None)
    return check(keys) if check else []
