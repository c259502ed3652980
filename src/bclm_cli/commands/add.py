"""Papers by DOI, PMID or from other programs, as YAML for your data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bclm_cli.errors import CannotError, DataError, FindingsError, UsageError
from bclm_cli.formats import registry
from bclm_cli.formats.csl import yaml_blocks
from bclm_cli.formats.interface import MAX_BYTES, Entry
from bclm_cli.identifiers import Identifier, listed, parse
from bclm_cli.library import edit_yaml, scaffold
from bclm_cli.library.intake import Intake
from bclm_cli.load.gc_paused import gc_paused
from bclm_cli.model.records import Reference
from bclm_cli.options.completion import among
from bclm_cli.options.groups import DataOptions, Quiet
from bclm_cli.output import Meter, Output, piped, reading, rewrite_file, say, turn, write_file
from bclm_cli.suggest import STDIN, quoted

if TYPE_CHECKING:
    from bclm_cli.online.fetch import Fetched

ORDER = 110
NO_LISTS = (".bib", ".ris", ".nbib", ".json", ".yaml", ".yml", ".enw")
"""Suffixes of files that hold no list of identifiers, so that they are read once alone."""
SUFFIXES = ".bib .ris .nbib .json .yaml .yml .csv .tsv .enw"
EXAMPLES = (
    "bclm add zotero.bib",
    "bclm add --init mine",
    "bclm add zotero.bib --write mine",
    "bclm add 10.1038/35065016 PMID:11242036 --write mine",
)


def command(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHAT]...",
            help=f"Files ({SUFFIXES} …), DOIs, PMID:…, PMC…, arXiv:…; `-` reads stdin.",
        ),
    ] = None,
    *,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help=f"{', '.join(registry.reader_names())}.",
            autocompletion=among(*registry.reader_names()),
        ),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option("--write", metavar="DIR", help="Append to DIR/references.yaml."),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="With --write: fill in fields that papers in DIR lack.")
    ] = False,
    init: Annotated[
        Path | None,
        typer.Option("--init", metavar="DIR", help="Make a commented folder for data of your own."),
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say which service a field is from.")
    ] = False,
    quiet: Quiet = False,
    data: DataOptions,
) -> None:
    """Take papers by identifier or from files: print them as YAML, or --write them into a folder.

    A DOI, PMID, PMCID or arXiv identifier is looked up at PubMed, Crossref and doi.org.
    A paper that is already there is named and skipped; its key stays as an alias. What cannot
    be read is told with its line; the rest is taken, and the exit code is 1.
    """
    out = Output.detect(quiet=quiet)
    _check_from(from_)
    if init is not None:
        if what or into is not None:
            raise UsageError("--init stands alone", "add papers with a second command")
        _make(init, out)
        return
    if not what:
        raise UsageError("nothing to add", f"name a file ({SUFFIXES} …), a DOI, PMID:…, or `-`")
    if update and into is None:
        raise UsageError("--update needs --write DIR", "name the folder whose papers to fill")
    target = edit_yaml.target(into) if into is not None else None
    # What may last (a pipe, the network) comes first: no other run has to wait for it.
    sources = list(_sources(what, from_))
    found = _fetched([one for one in sources if isinstance(one, Identifier)], data)
    lost = 0
    with gc_paused(), turn(target) if target is not None else nullcontext():
        text = edit_yaml.current(target) if target is not None else None
        intake = _intake(data, into, text, target)
        for source in sources:
            if isinstance(source, Identifier):
                lost += _take_fetched(found[source], intake, out, fill=update, verbose=verbose)
            else:
                lost += _take(source, from_, intake, out, fill=update)
        if target is None:
            out.write(_yaml(intake.new.values()))
        else:
            _write(target, text, intake, out)
    if intake.duplicates and not update:
        out.note(f"already there: {intake.duplicates}")
    if lost:
        raise FindingsError(f"left out: {lost}", "the lines above say what and why")


def _check_from(name: str | None) -> None:
    """Raise UsageError for a format that nobody can read, before any file is."""
    if name in ("biblatex", "bib"):
        raise UsageError(
            f"no format {quoted(name)} to read", "--from bibtex reads BibLaTeX as well"
        )
    if name is not None:
        registry.reader(name)


def _make(folder: Path, out: Output) -> None:
    files = scaffold.files()
    if there := [
        name for name in files if (folder / name).is_symlink() or (folder / name).exists()
    ]:
        raise CannotError(f"{folder} holds {there[0]} already", "nothing was written")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotError(f"cannot make {folder}: {error.strerror}") from None
    for name, text in files.items():
        write_file(folder / name, [text])
    out.write([f"{folder / name}\n" for name in files])


def _intake(data: DataOptions, into: Path | None, text: str | None, target: Path | None) -> Intake:
    folders = data.folders()
    if into is not None and text is not None and into not in folders:
        folders = [*folders, into]
    library = data._replace(data=folders).library()
    own = edit_yaml.references(text, target) if text is not None and target is not None else ()
    return Intake(library.references(), {reference.id: reference for reference in own})


class _File(NamedTuple):
    """A file by its name, `-` for stdin; its bytes, where they had to be read already."""

    name: str
    data: bytes | None = None


def _sources(what: Iterable[str], format_name: str | None) -> Iterator[Identifier | _File]:
    """What to take, in order: identifiers, those in lists of them, and files.

    A file that is there is meant, whatever its name looks like.
    """
    for name in what:
        identifier = parse(name)
        if name == "-" or identifier is None or Path(name).exists():
            data = None
            if (
                name == "-"
                or Path(name).is_fifo()
                or (format_name is None and not name.lower().endswith(NO_LISTS))
            ):
                data = _bytes(name)
            identifiers = listed(data) if data is not None and format_name is None else None
            yield from identifiers or (_File(name, data),)
        else:
            yield identifier


def _take(
    source: _File, format_name: str | None, intake: Intake, out: Output, *, fill: bool
) -> int:
    """Read one file into the intake; how many things of it were left out."""
    lost = 0
    place = STDIN if source.name == "-" else source.name
    data = _bytes(source.name) if source.data is None else source.data
    for found in registry.read(data, place, format_name):
        if isinstance(found, Entry):
            for said in intake.take(found.reference, fill=fill):
                out.note(f"{place}:{found.line}: {said}")
        elif found.left_out:
            lost += 1
            say(f"{place}:{found.line}: {found.what}")
        else:
            out.note(f"{place}:{found.line}: {found.what}")
    return lost


def _fetched(wanted: Sequence[Identifier], data: DataOptions) -> dict[Identifier, Fetched]:
    """What the services know of the identifiers; nobody is asked where there are none."""
    if not wanted:
        return {}
    from bclm_cli.online.fetch import fetch

    meter = Meter(quiet=data.quiet)
    try:
        found = fetch(wanted, refresh=data.refresh, progress=meter.asking)
    finally:
        meter.clear()
    return {one.identifier: one for one in found}


def _take_fetched(
    fetched: Fetched, intake: Intake, out: Output, *, fill: bool, verbose: bool
) -> int:
    """Take a paper that the services know into the intake; how many were left out."""
    if fetched.reference is None:
        say(f"{fetched.identifier}: {fetched.missing}")
        return 1
    for warning in fetched.warnings:
        say(f"{fetched.identifier}: {warning}")
    said = intake.take(fetched.reference, fill=fill)
    for note in (*(fetched.sources if verbose else ()), *said):
        out.note(f"{fetched.identifier}: {note}")
    return 0


def _bytes(name: str) -> bytes:
    """A file, or as much of it as tells that it is too long."""
    most = MAX_BYTES + 1
    if name == "-":
        return piped("a file").buffer.read(most)
    try:
        with reading([Path(name)]), Path(name).open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise DataError(f"cannot read: {error.strerror or error}", path=name) from None


def _yaml(references: Iterable[Reference]) -> Iterator[str]:
    before = yaml_blocks.HEAD
    for reference in references:
        yield before + yaml_blocks.block(reference)
        before = "\n"
    if before == yaml_blocks.HEAD:
        yield "references: []\n"


def _write(target: Path, text: str | None, intake: Intake, out: Output) -> None:
    new = text
    if intake.changed and text is not None:
        new = edit_yaml.with_filled(text, intake.changed, target)
    new = edit_yaml.with_added(new, list(intake.new.values()), target)
    if new and new != text:
        rewrite_file(target, text, new)
    out.note(f"{target}: {len(intake.new)} added, {intake.filled} filled")
