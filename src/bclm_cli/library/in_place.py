"""A bibliography file as a layer of data: its records as they are, under the keys that it has."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from bclm_cli.errors import DataError, unreadable
from bclm_cli.formats import registry
from bclm_cli.formats.interface import MAX_BYTES, Entry, Problem
from bclm_cli.library.catalog import Keys
from bclm_cli.library.keys import is_citable
from bclm_cli.load import Loaded, Watch
from bclm_cli.model.records import Reference


class Fault(NamedTuple):
    """What is wrong at a line (from 1) of a bibliography.

    Its `kind`: an "entry" or a "field" of one is left out; an entry's "key" stands twice, so that
    the first is taken; it differs from another in "case" alone; or something is "odd". `key` is
    that of an entry that is left out, or the second of its key, where it can be seen.
    """

    line: int
    what: str
    kind: str
    key: str = ""


Report = Callable[[Fault], None]

_OTHERWISE = "if it is a manuscript, --used-in takes the papers that it cites"
HEAD = 20_000
"""Bytes that show whether a file is a bibliography."""
_BEGINNINGS = {
    ".json": re.compile(rb'\s*(?:\[\s*\{|\{\s*"(?:items|references)"\s*:).*?"type"\s*:', re.DOTALL),
    ".yaml": re.compile(  # CSL-YAML, or the first entry of Hayagriva
        rb"(?:(?:---|#[^\n]*)?\s*\n)*"
        rb"(?:references:|[^\s:#][^\s:]*:[ \t]*\n(?:[ \t]+[^\n]*\n)*?[ \t]+title:)"
    ),
    ".csv": re.compile(
        rb"[^\n]*\btitle\b[^\n]*\b(?:doi|authors?|year|issued|pmid)\b", re.IGNORECASE
    ),
}
_BEGINNINGS |= {
    ".jsonl": re.compile(rb'\s*\{.*?"type"\s*:', re.DOTALL),
    ".yml": _BEGINNINGS[".yaml"],
}
_BEGINNINGS |= {".tsv": _BEGINNINGS[".csv"]}


def read(
    path: Path, source: str = "", watch: Watch | None = None, report: Report | None = None
) -> Iterator[Loaded]:
    """The references of a bibliography of any format that can be read.

    `watch` is told how many bytes were read, `report` of each thing that is not taken and of what
    is odd; neither ends the reading. Of two entries with one key the first is taken, as BibTeX
    does. The id of an entry without a key, or with one that nothing can cite, is "".
    Raises DataError for a file that cannot be read, is no text or of no known format.
    """
    note = report or (lambda fault: None)
    data = _bytes(path)
    if watch:
        watch(len(data))
    if not data.removeprefix(BOM_UTF8).strip():
        note(Fault(1, "the file is empty", "odd"))
        return
    keys = Keys()
    waiting: list[Problem] = []
    for found in registry.read(data, str(path), otherwise=_OTHERWISE):
        if isinstance(found, Problem):
            waiting.append(found)
            continue
        for problem in waiting:  # those of the entry itself come right before it
            note(_fault(problem, "field" if problem.line == found.line else "entry"))
        waiting.clear()
        if reference := _named(found, keys, note):
            yield Loaded(reference._replace(source=source), found.line, 1)
    for problem in waiting:
        note(_fault(problem, "entry"))


def _fault(problem: Problem, kind: str) -> Fault:
    return Fault(problem.line, problem.what, kind if problem.left_out else "odd", problem.key)


def is_bibliography(path: Path) -> bool:
    """Whether a file that lies in a folder is one: JSON, YAML and CSV may be anything."""
    pattern = _BEGINNINGS.get(path.suffix.lower())
    if pattern is None:
        return True
    try:
        with path.open("rb") as stream:
            return bool(pattern.match(stream.read(HEAD)))
    except OSError:
        return False


def _named(found: Entry, keys: Keys, note: Report) -> Reference | None:
    """The reference under the key by which it is cited; None for the second of one key."""
    reference, given = found.reference, found.reference.id
    if not is_citable(given):
        reference = reference._replace(id="")
        if given:
            what = f"nothing can cite the key {given[:60]!r}"
            note(Fault(found.line, what, "odd"))
    else:
        if keys.is_taken(given):
            what = f"the key {given} stands twice; the first entry is taken"
            note(Fault(found.line, what, "key", given))
            return None
        if other := keys.other_spelling(given):
            what = f"key {given} differs from {other} in capitals alone; BibTeX takes one"
            note(Fault(found.line, what, "case"))
        keys.take(reference._replace(custom={}))
    return reference


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise DataError("not a regular file; save it as one first", path=str(path))
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"over {MAX_BYTES // 1_000_000} MB; split the file", path=str(path))
        with _opened(path) as stream:
            return stream.read(MAX_BYTES + 1)  # as much as tells that it is too long
    except OSError as error:
        raise unreadable(path, error) from None


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")
