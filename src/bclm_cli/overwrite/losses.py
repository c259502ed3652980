"""What would be lost of a file that an export overwrites."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bclm_cli.formats.bibtex import spans
from bclm_cli.formats.interface import JOURNALS
from bclm_cli.model.records import Reference
from bclm_cli.overwrite.old_file import Found, OldFile
from bclm_cli.query import Library
from bclm_cli.suggest import shortened

_SIGN = re.compile(r"^[ \t]*(@\s*\w+)", re.MULTILINE)
_TEXT = re.compile(r"()\S")  # with a group, as above
_LABEL = re.compile(r'\s*(?:- )?"?([A-Za-z][\w-]*)"?\s*(?::|- |-$)')
"""The name of the field that begins with a line of RIS, MEDLINE, YAML or JSON."""
_REMARKS = frozenset({"abstract", "annote", "keyword"})
_REMARKS_OF_FORMAT = {name: _REMARKS | {"note"} for name in ("csv", "csljson", "cslyaml")}
"""Variables that people fill in by hand where the rest is an export's. The other formats put the
status of a paper into its note as well."""


class Losses:
    """What of a file would be lost: entries by their keys, and what no export writes."""

    def __init__(
        self, old: OldFile, library: Library, written: Callable[[], Collection[str]]
    ) -> None:
        self.old = old
        self.entries: list[str] = []
        self.unwritten = [*self._around()]
        self.data = data = _as_data(old.path, library, written)
        for one, paper in _with_papers(old.found, library):
            name = one.reference.id or f"line {one.line}"
            if paper and not (data and paper.source == data.layer):
                self.unwritten += (f"{field} of {name}" for field in self._beyond(one, paper))
            elif not one.is_written or (data and not data.keeps(one.reference)):
                self.entries.append(name)
        self.unwritten += (
            f"a second {fault.key}" if fault.kind == "key" else f"line {fault.line}"
            for fault in old.faults
            if fault.kind != "entry" or old.format != "bibtex"  # which is reported already
        )

    @property
    def summary(self) -> str:
        """All that would be lost, in words; "" where that is nothing."""
        entries, others = self.entries, list(dict.fromkeys(self.unwritten))
        count = "1 entry" if len(entries) == 1 else f"{len(entries)} entries"
        where = "no other data has" if self.data else "the data lacks"
        lost = [f"{count} that {where} ({shortened(entries)})"] if entries else []
        lost += [f"what no export writes ({shortened(others)})"] if others else []
        return " and ".join(lost)

    def _around(self) -> Iterator[str]:
        """What stands before the entries or, in a .bib, around them."""
        if self.old.format != "bibtex":
            for number, line in enumerate(self.old.head, 1):
                if line.strip() and line not in self.old.heads:
                    yield f"line {number}"
            return
        text, position = self.old.text, 0
        ends = [match.start() for match in re.finditer("\n", text)]
        read = {one.line for one in self.old.found}
        read |= {fault.line for fault in self.old.faults if fault.kind == "key"}
        entries = [
            (one.start, one.end)
            for one in spans.entries(text)
            if bisect(ends, one.start) + 1 in read
        ]
        for start, end in (*entries, (len(text), len(text))):
            between = list(_SIGN.finditer(text, position, start))
            if not between and (first := _TEXT.search(text, position, start)):
                between = [first]
            for match in between:
                line = f"line {bisect(ends, match.end() - 1) + 1}"
                yield f"{match[1]} in {line}" if match[1] else line
            position = end

    def _beyond(self, one: Found, paper: Reference) -> list[str]:
        """The fields of an entry that no export of this paper has."""
        old = self.old
        remarks = set(one.reference.variables) & _REMARKS_OF_FORMAT.get(old.format, _REMARKS)
        if one.is_written and not remarks:
            return []
        exports = [
            old.exported([paper], writer, journal) for writer in old.writers for journal in JOURNALS
        ]
        if one.is_written:
            again = [entry.reference for text in exports for entry in old.read_again(text)]
            return sorted(remarks.difference(*(other.variables for other in again)))
        if old.format == "bibtex":
            return _fields_beyond(one, exports)
        return _lines_beyond(one, exports)


def _with_papers(
    found: Sequence[Found], library: Library
) -> Iterator[tuple[Found, Reference | None]]:
    """Each entry with its paper in the data: that of its key, or if it has none the same work."""
    from bclm_cli.library.catalog import Catalog
    from bclm_cli.library.duplicates import fingerprint, may_be_same_work

    known = library.cited([one.reference.id for one in found if one.reference.id])
    catalog = None
    for one in found:
        work = fingerprint(one.reference)
        paper = known.get(one.reference.id)
        if paper and not may_be_same_work(work, fingerprint(paper)):
            paper = None
        elif not one.reference.id and not one.is_written:
            catalog = catalog or Catalog(library.references())
            match = catalog.duplicate(work)
            paper = library.paper(match.key) if match else None
        yield one, paper


def _fields_beyond(one: Found, exports: Iterable[str]) -> list[str]:
    """The names of the fields of a BibTeX entry that none of the exports has."""

    def names(text: str) -> list[str]:
        return [field.name for entry in spans.entries(text) for field in entry.fields]

    written = {name for text in exports for name in names(text)}
    return [name for name in names("\n".join(one.lines)) if name not in written]


def _lines_beyond(one: Found, exports: Iterable[str]) -> list[str]:
    """The names of the fields that none of the exports has, and the lines of what is no field, of
    an entry in a format that has a field a line."""
    written = {line.rstrip(",") for text in exports for line in text.split("\n")}
    labels = {match[1] for line in written if (match := _LABEL.match(line))}
    beyond = []
    for number, line in enumerate(one.lines, one.line):
        match = _LABEL.match(line)
        if line.rstrip(",") not in written and not (match and match[1] in labels):
            beyond.append(match[1] if match else f"line {number}")
    return beyond


class _Data(NamedTuple):
    """A file as part of the data: its layer, the keys that other files of the data have, and
    those of the papers that are exported."""

    layer: str
    elsewhere: Collection[str]
    exported: Collection[str]

    def keeps(self, entry: Reference) -> bool:
        """Whether an entry that an export has written is anywhere but in the file."""
        has_remarks = not _REMARKS.isdisjoint(entry.variables)
        return entry.id in self.exported or (entry.id in self.elsewhere and not has_remarks)


def _as_data(path: Path, library: Library, written: Callable[[], Collection[str]]) -> _Data | None:
    """What the data has besides this file, where the file is part of it."""
    from bclm_cli.library import in_place

    for layer in library.about()["layers"]:
        files = [Path(file["path"]) for file in layer["files"]]
        if not any(file.exists() and file.samefile(path) for file in files):
            continue
        keys = {one["key"] for one in layer["overrides"] if one["type"] == "reference"}
        keys -= {one["key"] for one in layer["renames"]}
        for file in files:
            if not file.samefile(path) and file.name != "steps.yaml":
                others = (got.record for got in in_place.read(file))
                keys.update(one.id for one in others if isinstance(one, Reference))
        return _Data(layer["name"], keys, written())
    return None
