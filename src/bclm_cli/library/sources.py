"""What is to be added: identifiers and keys, those in lists of them, and files with references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bclm_cli.errors import DataError, UsageError, unreadable
from bclm_cli.formats.interface import MAX_BYTES
from bclm_cli.identifiers import Identifier, parse
from bclm_cli.output import piped, reading
from bclm_cli.suggest import STDIN, quoted

NO_LISTS = (".bib", ".ris", ".nbib", ".json", ".yaml", ".yml", ".enw")
"""Suffixes of files that hold no list of identifiers, so that they are read when their turn
comes."""
SUFFIXES = (*NO_LISTS, ".csv", ".tsv", ".txt")
"""Suffixes of files that are read."""

_LABELED = re.compile(r"\s*(?:(pmid|pmcid|doi|arxiv)\s*:|10\.\d|https?://(?:dx\.)?doi\.org/)", re.I)
"""What begins so is meant as an identifier, if no file is called so."""
_COMMENT = re.compile(r"(?:^|\s)#.*")
_KINDS = {"pmid": "PMID", "pmcid": "PMCID", "arxiv": "arXiv identifier"}
_EXAMPLES = "10.1038/35065016, PMID:25171411 or PMC4401639"

MAX_LIST = 1_000_000
"""Bytes of a list of identifiers; what is longer is a bibliography."""


class Key(NamedTuple):
    """A name by which the data has a paper: a key, an earlier key, a PMID without a label."""

    name: str

    def __str__(self) -> str:
        return self.name


class File(NamedTuple):
    """A file by its name, `-` for stdin; its bytes, where they had to be read already."""

    name: str
    data: bytes | None = None

    @property
    def place(self) -> str:
        """What a message calls it."""
        return STDIN if self.name == "-" else self.name

    def content(self) -> bytes:
        """Its bytes, or as many as show that it is too long."""
        return _bytes(self.name) if self.data is None else self.data


def sources(
    what: Iterable[str], format_name: str | None, is_paper: Callable[[str], bool]
) -> Iterator[Identifier | Key | File]:
    """What to take, in order. A name of a file that exists means the file, whatever it looks like;
    any other may be that of a paper in the data.

    Raises DataError for a file that cannot be read, UsageError for a text that begins as an
    identifier and is none.
    """
    for name in what:
        identifier = parse(name)
        if identifier is not None and name != "-" and not _exists(name):
            yield identifier
            continue
        if (begun := _LABELED.match(name)) and not _is_file(name):
            kind = _KINDS.get((begun[1] or "").lower(), "DOI")
            raise UsageError(f"no {kind} can be read in {quoted(name)}", f"write it as {_EXAMPLES}")
        if format_name is None and not _is_file(name):
            if not is_paper(name):
                asked = f"; PMID:{name} asks PubMed" if name.isdigit() else ""
                no_file = "a folder" if Path(name).is_dir() else "no such file"
                what = f"{no_file}, and the data has no paper of this key{asked}"
                raise DataError(what, path=name)
            yield Key(name)
            continue
        may_be_list = format_name is None and not name.lower().endswith(NO_LISTS)
        # A pipe can be read only once, and nobody should wait for it while a file is locked.
        data = _bytes(name) if name == "-" or Path(name).is_fifo() or may_be_list else None
        found = listed(data, is_paper) if data is not None and format_name is None else None
        yield from found or (File(name, data),)


def listed(data: bytes, is_paper: Callable[[str], bool]) -> list[Identifier | Key] | None:
    """The identifiers and keys of a file that holds nothing else, one a line or in the first column
    of our own TSV, with comments after `#`; None for any other file."""
    if len(data) > MAX_LIST:
        return None
    try:
        lines = data.decode().splitlines()
    except UnicodeDecodeError:
        return None
    found: list[Identifier | Key] = []
    for line in lines:
        first = _COMMENT.sub("", line.split("\t")[0]).strip()
        if not first:
            continue
        if identifier := parse(first):
            found.append(identifier)
        elif is_paper(first):
            found.append(Key(first))
        else:
            return None
    return found or None


def _is_file(name: str) -> bool:
    """Whether a file is meant: one that exists, or has a suffix of those that are read."""
    return name == "-" or _exists(name) or name.lower().endswith(SUFFIXES)


def _exists(name: str) -> bool:
    """Whether there is such a file; a folder is none."""
    path = Path(name)
    return (path.exists() and not path.is_dir()) or (path.is_symlink() and not path.exists())


def _bytes(name: str) -> bytes:
    most = MAX_BYTES + 1
    if name == "-":
        return piped("a file").buffer.read(most)
    try:
        with reading([Path(name)]), Path(name).open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise unreadable(name, error) from None
