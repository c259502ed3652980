"""The papers, or one paper's card with the claims that rest on it."""

from __future__ import annotations

from typing import Annotated

import typer

from bclm_cli import views
from bclm_cli.commands import _show
from bclm_cli.commands._options import Data, Display, Picks, completing, names
from bclm_cli.errors import NotFoundError, UsageError

ORDER = 50
EXAMPLES = (
    "bclm refs muller2001",
    "bclm refs --step colonization --year 2015.. --sort -year",
    "bclm refs PMID:25885919 --fields key,doi",
)


def command(
    key: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KEY]...",
            help="Keys, DOIs, PMIDs or PMCIDs; `-` reads them from stdin.",
            autocompletion=completing("paper"),
        ),
    ] = None,
    *,
    web: Annotated[bool, typer.Option("--web", help="Open the paper's DOI in a browser.")] = False,
    picks: Picks,
    display: Display,
    data: Data,
) -> None:
    """Which papers stand behind the claims?

    Without KEY all papers; with KEY, on a terminal, the paper's card.
    """
    library = data.library()
    wanted = names(key)
    selection = picks.selection(library.reference_keys(wanted) if wanted else None)
    if web:
        if not wanted:
            raise UsageError("--web needs a KEY")
        papers = list(library.references(selection))
        if lost := [paper.id for paper in papers if not views.address(paper)]:
            raise NotFoundError(f"no DOI, PMID or URL for {', '.join(lost)}")
        for paper in papers:
            typer.launch(views.address(paper))
        return
    if not wanted or not _show.is_text(display, display.out()):
        _show.listing(library, "refs", selection, display)
        return
    found = library.references(selection)
    _show.cards(
        "refs",
        (views.paper_card(p, library.claims(picks.selection((p.id,)))) for p in found),
        display,
    )
