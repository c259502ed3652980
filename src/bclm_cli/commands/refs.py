"""The papers, or one paper's card with the claims that rest on it."""

from __future__ import annotations

from typing import Annotated

import typer

from bclm_cli.errors import CannotError, NotFoundError, UsageError
from bclm_cli.listing import Listing
from bclm_cli.model.records import Reference
from bclm_cli.options.groups import DataOptions, Keys, ListOptions
from bclm_cli.options.selection import SelectionOptions

ORDER = 50
EXAMPLES = (
    "bclm refs muller2001",
    "bclm refs --step colonization --year 2015.. --sort -year",
    "bclm refs PMID:25885919 --fields key,doi",
)


def command(
    key: Keys = None,
    *,
    web: Annotated[bool, typer.Option("--web", help="Open the paper's DOI in a browser.")] = False,
    flags: SelectionOptions,
    options: ListOptions,
    data: DataOptions,
) -> None:
    """Which papers do the claims rest on?

    Without KEY all papers; with KEY, on a terminal, the paper's card.
    """
    library = data.library()
    selection = flags.of_papers(library, key)
    if web:
        _open(list(library.references(selection)) if key else [])
        return
    listing = Listing("refs", options)
    if not selection.keys or not listing.is_cards:
        listing.show(library, selection)
        return
    from bclm_cli.cards import Cards

    listing.show_cards(map(Cards(library, selection).paper, library.references(selection)))


def _open(papers: list[Reference]) -> None:
    """Show papers in the browser: all of them, or none if one has no address."""
    from bclm_cli.identifiers import address_of

    if not papers:
        raise UsageError("--web needs a KEY")
    if lost := [paper.id for paper in papers if not address_of(paper.text)]:
        raise NotFoundError(f"no DOI, PMID or URL for {', '.join(lost)}")
    from webbrowser import open_new_tab

    for paper in papers:
        if not open_new_tab(address_of(paper.text)):
            raise CannotError(f"no browser opens {address_of(paper.text)}", "set BROWSER to one")
