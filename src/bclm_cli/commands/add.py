"""Papers from Zotero, PubMed and others, as YAML for a data folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from bclm_cli.errors import CannotError, DataError, FindingsError, UsageError
from bclm_cli.formats import registry
from bclm_cli.formats.csl import yaml_blocks
from bclm_cli.formats.interface import MAX_BYTES, Entry
from bclm_cli.library import edit_yaml, scaffold
from bclm_cli.library.intake import Intake
from bclm_cli.load.gc_paused import gc_paused
from bclm_cli.model.records import Reference
from bclm_cli.options.completion import among
from bclm_cli.options.groups import DataOptions, Quiet
from bclm_cli.output import Output, piped, say, write_file
from bclm_cli.suggest import STDIN, quoted

ORDER = 110
SUFFIXES = ".bib .ris .nbib .json .yaml .yml .csv .tsv .enw"
EXAMPLES = ("bclm add zotero.bib", "bclm add --init mine", "bclm add zotero.bib --write mine")


def command(
    file: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help=f"{SUFFIXES} …; `-` reads stdin."),
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
    quiet: Quiet = False,
    data: DataOptions,
) -> None:
    """Take papers from other programs: print them as YAML, or --write them into a folder.

    A paper that is already there is named and skipped; its key stays as an alias. What cannot
    be read is told with its line; the rest is taken, and the exit code is 1.
    """
    out = Output.detect(quiet=quiet)
    _check_from(from_)
    if init is not None:
        if file or into is not None:
            raise UsageError("--init stands alone", "add papers with a second command")
        _make(init, out)
        return
    if not file:
        raise UsageError("no FILE to read", f"name one ({SUFFIXES} …), or `-`")
    if update and into is None:
        raise UsageError("--update needs --write DIR", "name the folder whose papers to fill")
    target = edit_yaml.target(into) if into is not None else None
    text = edit_yaml.current(target) if target is not None else None
    intake = _intake(data, into, text, target)
    with gc_paused():
        lost = sum([_take(name, from_, intake, out, fill=update) for name in file])
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


def _take(name: str, format_name: str | None, intake: Intake, out: Output, *, fill: bool) -> int:
    """Read one file into the intake; how many things of it were left out."""
    lost = 0
    place = STDIN if name == "-" else name
    for found in registry.read(_bytes(name), place, format_name):
        if isinstance(found, Entry):
            for said in intake.take(found.reference, fill=fill):
                out.note(f"{place}:{found.line}: {said}")
        elif found.left_out:
            lost += 1
            say(f"{place}:{found.line}: {found.what}")
        else:
            out.note(f"{place}:{found.line}: {found.what}")
    return lost


def _bytes(name: str) -> bytes:
    """A file, or as much of it as tells that it is too long."""
    most = MAX_BYTES + 1
    if name == "-":
        return piped("a file").buffer.read(most)
    try:
        with Path(name).open("rb") as file:
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
        write_file(target, [new])
    out.note(f"{target}: {len(intake.new)} added, {intake.filled} filled")
