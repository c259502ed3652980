"""The selected papers as a file of references that another program reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Journal, Options
from bclm_cli.model.records import Reference
from bclm_cli.output import write_file
from bclm_cli.query import Library, Selection

Note = Callable[[str], None]


class Bibliography:
    """How references are to be written: in which format, with which names of journals and fields.

    Raises UsageError for a format or a field that does not exist, before any data is read.
    """

    def __init__(
        self,
        format: str,
        *,
        journal: Journal = "full",
        without: Iterable[str] = (),
    ) -> None:
        self.format = format
        self.journal = journal
        self.without = registry.check_without(format, ",".join(without).split(","))

    def chunks(self, library: Library, selection: Selection, note: Note) -> Iterator[str]:
        """The file in pieces; `note` is told what may be missing from it.

        Raises DataError for a key or a reference that the format cannot hold; for a key before
        the first piece.
        """
        for warning in library.warnings(selection):
            note(warning)
        for warning in registry.check_keys(self.format, library.odd_keys(selection)):
            note(warning)
        references = library.references(selection, as_cited=True)
        options = Options(self.journal, self.without, library.terms())
        return registry.writer(self.format).dump(self._noted(references, note), options)

    def write(
        self,
        path: Path,
        library: Library,
        selection: Selection,
        note: Note,
        instead: Callable[[], str] = lambda: "",
    ) -> None:
        """Write the file, if that changes it; see `chunks`.

        Raises CannotError where it cannot be written, or holds what would be lost: see
        `overwrite.refuse_loss`.
        """

        def refuse_loss() -> None:
            from bclm_cli import overwrite

            overwrite.refuse_loss(path, library, written, instead)

        def written() -> list[str]:
            return [str(row[0]) for row in library.rows("refs", selection, ("key",))]

        write_file(path, self.chunks(library, selection, note), refuse_loss)

    def _noted(self, references: Iterable[Reference], note: Note) -> Iterator[Reference]:
        """The references; then a note if there are none, or on letters that the format cannot
        hold."""
        losses = registry.losses(self.format)
        found = {}
        empty = True
        for reference in references:
            empty = False
            if losses and (letters := losses(reference)):
                found[reference.id] = letters
            yield reference
        if empty:
            note("no papers match")
        if found:
            note(registry.loss_note(found))
