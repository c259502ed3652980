"""The selected papers as a file of references that another program reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Options
from bclm_cli.model.records import Reference
from bclm_cli.output import Output
from bclm_cli.query import Library, Selection

MOST_NAMED = 5
"""So many papers are named in a note."""


class Bibliography:
    """How references are to be written: in which format, with which names of journals and fields.

    Raises UsageError for a format or a field that does not exist, before any data is read.
    """

    def __init__(
        self, format: str, *, journal: Literal["full", "abbrev"], without: Iterable[str]
    ) -> None:
        self.format = format
        self.journal = journal
        self.without = registry.check_without(format, ",".join(without).split(","))

    def chunks(self, library: Library, selection: Selection, out: Output) -> Iterator[str]:
        """The file in pieces; what may be missing from it is noted.

        Raises DataError for a key or a reference that the format cannot hold; for a key before
        the first piece.
        """
        for warning in library.warnings(selection):
            out.note(warning)
        for warning in registry.check_keys(self.format, library.odd_keys(selection)):
            out.note(warning)
        references = out.noted(library.references(selection, as_cited=True), "no papers match")
        options = Options(self.journal, self.without, library.terms())
        return registry.writer(self.format).dump(self._noted(references, out), options)

    def _noted(self, references: Iterable[Reference], out: Output) -> Iterator[Reference]:
        """The references; in the end a note on letters that the format cannot hold."""
        losses = registry.losses(self.format)
        found = {}
        for reference in references:
            if losses and (letters := losses(reference)):
                found[reference.id] = letters
            yield reference
        if found:
            letters = "".join(sorted(set("".join(found.values()))))
            keys = ", ".join([*found][:MOST_NAMED]) + (" …" if len(found) > MOST_NAMED else "")
            out.note(
                f"TeX has no command for an accent of {letters}, which is left out ({keys});"
                " -f biblatex keeps it"
            )
