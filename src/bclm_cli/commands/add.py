"""Papers by DOI, PMID or from other programs, as YAML for your data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bclm_cli.errors import FindingsError, UsageError
from bclm_cli.formats import registry
from bclm_cli.model.records import Reference
from bclm_cli.options.completion import among
from bclm_cli.options.groups import DataOptions, Quiet
from bclm_cli.output import Meter, Output, can_ask
from bclm_cli.query import Selection
from bclm_cli.suggest import quoted

if TYPE_CHECKING:
    from bclm_cli.library.add import AtHand

ORDER = 110
SUFFIXES = ".bib .ris .nbib .json .yaml .yml .csv .tsv .enw"
EXAMPLES = (
    "bclm add zotero.bib",
    "bclm add --init mine",
    "bclm add zotero.bib --write mine",
    "bclm add 10.1371/journal.pone.0033693 muller2001 --write mine.bib",
    "bclm add --update --online --write mine",
)


def command(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHAT]...",
            help=f"Files ({SUFFIXES} …), DOIs, PMID:…, PMC…, arXiv:…, keys and ISBNs of the data;"
            " `-` reads stdin.",
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
        typer.Option(
            "--write", metavar="PATH", help="Append to a .bib, or to references.yaml in a folder."
        ),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="With --write: fill in fields that papers there lack.")
    ] = False,
    online: Annotated[
        bool,
        typer.Option(
            "--online",
            help="With --update: ask PubMed and Crossref for what is lacking; shows a diff first.",
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --online: do not ask.")] = False,
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

    A DOI, PMID, PMCID or arXiv identifier that the data lacks is looked up at PubMed, Crossref and
    doi.org. A paper that is already there is named and skipped; its key stays as an alias. What
    only other data has, such as the shipped data, is appended to a .bib as it is there, without
    asking anybody; a folder, which is laid over that data, has it and skips it, unless your file
    has a key of its own for it. --update without WHAT fills in from the data. What cannot be read
    is reported with its line; the rest is taken, and the exit code is 1.
    """
    from bclm_cli.library import scaffold
    from bclm_cli.library.add import Settings, add, fill

    out = Output.detect(quiet=quiet)
    _check_from(from_)
    if init is not None:
        if what or into is not None:
            raise UsageError("--init stands alone", "add papers with a second command")
        out.write(f"{path}\n" for path in scaffold.make(init))
        return
    if online:
        if not update or into is None or what:
            raise UsageError(
                "--online fills in what papers lack", "bclm add --update --online --write PATH"
            )
        _update(into, data, out, yes=yes)
        return
    if update and into is None:
        raise UsageError("--update needs --write PATH", "name the .bib or folder to fill")
    if update and into and not what:
        fill(into, _known(into, data)(None), out)
        return
    if not what:
        raise UsageError("nothing to add", f"name a file ({SUFFIXES} …), a DOI, PMID:…, or `-`")
    settings = Settings(from_, into, update, verbose, data.refresh)

    if lost := add(what, settings, _known(into, data), out):
        raise FindingsError(f"left out: {lost}", "the lines above say what and why")


def _known(into: Path | None, data: DataOptions) -> Callable[[Path | None], AtHand]:
    """What gives the papers at hand: of what is written to, laid over all other data, or of that
    alone."""

    from bclm_cli.library.add import AtHand

    def known(path: Path | None) -> AtHand:
        others = [
            one for one in data.folders() if into is None or one.absolute() != into.absolute()
        ]
        library = data.opened(others if path is None else [*others, path])

        def paper(key: str) -> Reference:
            return next(library.references(Selection(keys=(key,))))

        return AtHand(library.references(), library.key_of, paper, library.terms())

    return known


def _update(path: Path, data: DataOptions, out: Output, *, yes: bool) -> None:
    from bclm_cli.library.update import update
    from bclm_cli.online.session import session

    terms = data.library().terms()

    def agreed(difference: Sequence[str]) -> bool:
        meter.clear()
        if yes or not (can_ask() and out.terminal):
            return True
        out.write(difference)
        return typer.confirm("Write this?", err=True)

    with (
        Meter(quiet=out.quiet) as meter,
        session(refresh=data.refresh, watch=meter) as lookup,
    ):
        update(path, lookup, terms, out, agreed)


def _check_from(name: str | None) -> None:
    """Raise UsageError for a format that nobody can read, before any file is."""
    if name in ("biblatex", "bib"):
        raise UsageError(
            f"no format {quoted(name)} to read", "--from bibtex reads BibLaTeX as well"
        )
    if name is not None:
        registry.reader(name)
