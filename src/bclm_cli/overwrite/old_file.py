"""A file that an export would overwrite: its text, its entries, and what an export of these is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bclm_cli.errors import DataError
from bclm_cli.formats import registry
from bclm_cli.formats.interface import Entry, Journal, Options
from bclm_cli.model.records import Reference

if TYPE_CHECKING:
    from bclm_cli.library.in_place import Fault

_WRITERS = {"bibtex": ("bibtex", "biblatex"), "enw": ()}
"""The formats that are written, by the name of their reader, where that is another one."""


class Found(NamedTuple):
    """An entry of the file: where it begins (from 1), its lines up to the next one, what is read
    from them, and whether they are just those that an export of that would be."""

    line: int
    lines: Sequence[str]
    reference: Reference
    is_written: bool


class OldFile:
    """The file as text and as entries, beside an export of what these hold."""

    def __init__(self, path: Path, terms: frozenset[str]) -> None:
        from bclm_cli.formats.decode import decode
        from bclm_cli.library import in_place

        self.path, self.terms = path, terms
        self.text = decode(path.read_bytes(), str(path))[0]
        self.found: list[Found] = []
        self.faults: list[Fault] = []
        if self.is_empty:
            return
        faults: list[Fault] = []
        read = [
            (got.line, got.record)
            for got in in_place.read(path, report=faults.append)
            if isinstance(got.record, Reference)
        ]
        self.faults = [fault for fault in faults if fault.kind in ("entry", "field", "key")]
        self.format = registry.detect(str(path), self.text)
        self.writers = _WRITERS.get(self.format, (self.format,))
        self.found = self._compared(read)

    @cached_property
    def is_empty(self) -> bool:
        """Whether it holds no more than an export of no papers, in any format."""
        held = self.text.strip("\ufeff \t\n")
        dumps = (registry.writer(name).dump((), Options()) for name in registry.writer_names())
        return not held or any("".join(chunks).strip("\ufeff\n") == held for chunks in dumps)

    def exported(self, papers: Sequence[Reference], writer: str, journal: Journal = "full") -> str:
        """What an export of these papers holds; of a table, the columns that the file has."""
        fields = registry.writer(writer).FIELDS
        columns = fields & set(self.text.partition("\n")[0].lower().split(","))
        without = fields - columns if columns else frozenset()
        options = Options(journal, without, self.terms)
        try:
            return "".join(registry.writer(writer).dump(papers, options)).removeprefix("\ufeff")
        except DataError:  # a key that no export writes
            return ""

    def read_again(self, text: str) -> list[Entry]:
        """The entries of such an export."""
        return [one for one in registry.reader(self.format).read(text) if isinstance(one, Entry)]

    def _compared(self, read: Sequence[tuple[int, Reference]]) -> list[Found]:
        """The entries, each with whether an export of all writes it so."""
        self.head, *parts = _parts(self.text, [line for line, _ in read])
        written = [False] * len(read)
        self.heads: set[str] = set()
        for writer in self.writers:
            text = self.exported([reference for _, reference in read], writer)
            head, *others = _parts(text, [one.line for one in self.read_again(text)])
            self.heads.update(head)
            if len(others) == len(parts):
                written = [
                    so or one == other
                    for so, one, other in zip(written, parts, others, strict=True)
                ]
            if all(written):
                break
        return [
            Found(line, lines, reference, so)
            for (line, reference), lines, so in zip(read, parts, written, strict=True)
        ]


def _parts(text: str, starts: Sequence[int]) -> Iterator[list[str]]:
    """The lines before the first entry and those of each, without empty ones at their end."""
    lines = text.split("\n")
    for start, end in pairwise([1, *starts, len(lines) + 1]):
        part = lines[start - 1 : end - 1]
        while part and not part[-1].strip():
            part.pop()
        yield part
