"""The selected papers as a file of references that another program reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Options
from bclm_cli.output import Output
from bclm_cli.query import Library, Selection


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
        return registry.writer(self.format).dump(references, options)
