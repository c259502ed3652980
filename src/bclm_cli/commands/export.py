"""The bibliography in a format that another program reads, such as BibTeX."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bclm_cli import output
from bclm_cli.bibliography import Bibliography
from bclm_cli.errors import FindingsError, UsageError
from bclm_cli.formats import registry
from bclm_cli.formats.interface import JOURNALS
from bclm_cli.options.completion import among
from bclm_cli.options.groups import DataOptions, File, Keys, Quiet
from bclm_cli.options.selection import SelectionOptions
from bclm_cli.options.suffix import chosen
from bclm_cli.output import Output
from bclm_cli.suggest import one_of

ORDER = 80
EXAMPLES = (
    "bclm export --step margination -f bibtex > refs.bib",
    "bclm export muller2001 'PMID:25885919' -f ris -o lab.ris",
    "bclm export --used-in paper.tex -o refs.bib",
    "bclm export --used-in paper.tex -o refs.bib --check",
)
DEFAULT = "bibtex"
MOST_SHOWN = 60
"""Characters of the keys that a hint repeats."""


def command(
    key: Keys = None,
    *,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"{', '.join(registry.writer_names())}.  [default: {DEFAULT}]",
            show_default=False,
            autocompletion=among(*registry.writer_names(), "help"),
        ),
    ] = None,
    file: File = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; exit 1 with a diff if -o FILE is stale."),
    ] = False,
    journal: Annotated[
        str,
        typer.Option(
            "--journal",
            metavar="FORM",
            help=f"Journal names: {' or '.join(JOURNALS)}.",
            autocompletion=among(*JOURNALS),
        ),
    ] = "full",
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="FIELD,...",
            help="Leave fields out, named as in the format (pages) or in CSL (page).",
        ),
    ] = None,
    quiet: Quiet = False,
    flags: SelectionOptions,
    data: DataOptions,
) -> None:
    """Write the bibliography for LaTeX, Typst, pandoc, Zotero, EndNote or a spreadsheet.

    Without KEY and selection all papers, sorted by key; with KEY in the order given. Keys are
    written as they are stored, an earlier key as it is asked for or cited. -o FILE replaces what an
    export could have written: entries of papers in the data that have no fields but an export's,
    and entries that are byte for byte an export's. A FILE that holds anything else, such as papers
    or notes of your own or a comment, is refused (exit 4).
    """
    if format == "help":
        Output.detect().write(_formats())
        return
    form = one_of("journal form", journal, JOURNALS)
    if check and file is None:
        raise UsageError("--check needs -o FILE", "name the file that should be up to date")
    suffixes = registry.suffixes() if file and not format else {}
    name = chosen(format, file, suffixes, registry.writer_names(), default=DEFAULT)
    bibliography = Bibliography(name, journal=form, without=without or ())
    library = data.library()
    out = Output.detect(quiet=quiet)
    selection = flags.of_papers(library, key)
    if file is None:
        out.write(bibliography.chunks(library, selection, out.note))
    elif check:
        _compare(file, bibliography.chunks(library, selection, out.note), out)
    else:
        bibliography.write(file, library, selection, out.note, lambda: _instead(file, key))


def _instead(file: Path, keys: list[str] | None) -> str:
    """The command that adds the papers to a .bib and keeps what is there; "" for other files."""
    import shlex

    from bclm_cli.library.edit_bib import is_bibtex

    if not is_bibtex(file):
        return ""
    to = f"--write {shlex.quote(str(file))}"
    what = shlex.join(keys) if keys and "-" not in keys else ""
    if not what or len(what) > MOST_SHOWN:
        return f"`bclm export … | bclm add - {to}`"
    return f"`bclm add {what} {to}`"


def _formats() -> Iterator[str]:
    for name in registry.writer_names():
        found = registry.writer(name)
        yield f"{name:10} {found.SUFFIX:14} {found.HELP}\n"


def _compare(file: Path, chunks: Iterator[str], out: Output) -> None:
    diff = output.difference(file, chunks)
    if diff:
        out.write(f"{line}\n" for line in diff)
        raise FindingsError(f"{file} is stale", "the same command without --check writes it")
