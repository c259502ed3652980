"""The selected papers as a file of references that another program reads, and what of the file that
is there it may replace."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bclm_cli.errors import CannotError, DataError
from bclm_cli.formats import registry
from bclm_cli.formats.interface import Options
from bclm_cli.model.records import Reference
from bclm_cli.output import Output
from bclm_cli.query import Library, Selection

if TYPE_CHECKING:
    from bclm_cli.library.in_place import Fault

MOST_NAMED = 5
"""At most this many papers are named in a note."""


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
            out.note(registry.loss_note(found))


def refuse_loss(
    path: Path,
    library: Library,
    written: Callable[[], Collection[str]],
    instead: Callable[[], str] = lambda: "",
) -> None:
    """Raise CannotError if a file holds what an export in its place lacks and the data cannot give
    again without the file: entries of an author's own, or something else than a bibliography.

    `written` gives the keys of the exported papers, and is asked only where the file itself is part
    of the data. `instead` gives a command that adds to the file, if there is one.
    """
    hint = f"give another name, or remove {path} first"
    try:
        entries, broken = _entries(path)
        if not entries and _is_empty(path):
            return
        if not entries and not any(fault.key for fault in broken):
            what = "something else than references"
        elif lost := [*_lost(path, entries, library, written), *_unreadable(broken, library)]:
            named = ", ".join(lost[:MOST_NAMED])
            more = f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else ""
            count = "1 entry" if len(lost) == 1 else f"{len(lost)} entries"
            what = f"{count} that this export and the data lack ({named}{more})"
            hint = f"{command} adds to it; or {hint}" if (command := instead()) else hint
        else:
            return
    except DataError as error:
        what = f"what cannot be read as references ({error.what})"
    raise CannotError(f"{path} holds {what}, which would be lost; nothing was written", hint)


def _entries(path: Path) -> tuple[list[tuple[int, Reference]], list[Fault]]:
    """The references in a file, each with its line, and the entries that cannot be read."""
    from bclm_cli.gc_paused import gc_paused
    from bclm_cli.library import in_place

    faults: list[Fault] = []
    with gc_paused():
        found = [
            (got.line, got.record)
            for got in in_place.read(path, report=faults.append)
            if isinstance(got.record, Reference)
        ]
    return found, [fault for fault in faults if fault.kind == "entry"]


def _is_empty(path: Path) -> bool:
    """Whether a file holds no more than an export of no papers, in any format."""
    held = path.read_text("utf-8", "replace").strip()
    dumps = (registry.writer(name).dump((), Options()) for name in registry.writer_names())
    return not held or any("".join(chunks).strip() == held for chunks in dumps)


def _unreadable(broken: Iterable[Fault], library: Library) -> list[str]:
    """The places of the entries that cannot be read, but for those whose key the data has."""
    faults = list(broken)
    known = library.cited([fault.key for fault in faults if fault.key])
    return [f"line {fault.line}" for fault in faults if fault.key not in known]


def _lost(
    path: Path,
    entries: Sequence[tuple[int, Reference]],
    library: Library,
    written: Callable[[], Collection[str]],
) -> Iterator[str]:
    """What is lost of these entries of a file: their keys, or their lines."""
    from bclm_cli.library.duplicates import fingerprint, may_be_same_work

    known = library.cited([entry.id for _, entry in entries if entry.id])
    elsewhere = _elsewhere(path, library, written)
    for entry in (entry for _, entry in entries if entry.id):
        paper = known.get(entry.id)
        is_known = paper and may_be_same_work(fingerprint(entry), fingerprint(paper))
        if not (paper and is_known and elsewhere(entry.id, paper)):
            yield entry.id
    if nameless := [(line, entry) for line, entry in entries if not entry.id]:
        yield from _nameless(nameless, library, elsewhere)


def _nameless(
    entries: Iterable[tuple[int, Reference]],
    library: Library,
    elsewhere: Callable[[str, Reference], bool],
) -> Iterator[str]:
    """The lines of the entries without a key that no paper elsewhere may be."""
    from bclm_cli.library.duplicates import Fingerprint, fingerprint, nothing_differs

    def signs(work: Fingerprint) -> Iterator[object]:
        yield from work.identifiers.items()
        yield work.title

    papers: dict[object, list[Fingerprint]] = {}
    for work in map(fingerprint, library.references()):
        for sign in signs(work):
            papers.setdefault(sign, []).append(work)
    for line, entry in entries:
        work = fingerprint(entry)
        alike = (
            other.key
            for sign in signs(work)
            for other in papers.get(sign, ())
            if nothing_differs(work, other)
        )
        if not any(elsewhere(key, library.paper(key)) for key in alike):
            yield f"line {line}"


def _elsewhere(
    path: Path, library: Library, written: Callable[[], Collection[str]]
) -> Callable[[str, Reference], bool]:
    """Whether a paper of the library is in the export or has a record, with that key, that is not
    in this file."""
    from bclm_cli.library import in_place

    for layer in library.about()["layers"]:
        files = [Path(file["path"]) for file in layer["files"]]
        if not any(file.exists() and file.samefile(path) for file in files):
            continue
        keys = {one["key"] for one in layer["overrides"] if one["type"] == "reference"}
        for file in files:
            if not file.samefile(path) and file.name != "steps.yaml":
                others = (got.record for got in in_place.read(file))
                keys.update(one.id for one in others if isinstance(one, Reference))
        keys.update(written())
        name = layer["name"]
        return lambda key, paper: key in keys or paper.id in keys or paper.source != name
    return lambda key, paper: True
