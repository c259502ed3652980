"""The papers, or one paper's card with the claims that rest on it."""

from __future__ import annotations

from typing import Annotated

import typer

from bclm_cli.errors import CannotError, NotFoundError, UsageError
from bclm_cli.listing import Listing
from bclm_cli.model.records import Reference
from bclm_cli.options.completion import among
from bclm_cli.options.groups import DataOptions, Keys, ListOptions
from bclm_cli.options.selection import SelectionOptions
from bclm_cli.suggest import one_of
from bclm_cli.text.markup import plain

ORDER = 50
SITES = ("doi", "pubmed", "pmc", "scholar")
OPTIONAL_VALUES = {"--web": SITES}
SCHOLAR = "https://scholar.google.com/scholar?q="
EXAMPLES = (
    "bclm refs muller2001",
    "bclm refs --step colonization --year 2015.. --sort -year",
    "bclm refs PMID:25885919 --fields key,doi",
)


def command(
    key: Keys = None,
    *,
    web: Annotated[
        str | None,
        typer.Option(
            "--web",
            metavar=f"[{'|'.join(SITES)}]",
            help="Open the papers in a browser, at their DOI unless this says otherwise.",
            autocompletion=among(*SITES),
        ),
    ] = None,
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
        _open(list(library.references(selection)) if key else [], one_of("site", web, SITES))
        return
    listing = Listing("refs", options)
    if not selection.keys or not listing.is_cards:
        listing.show(library, selection)
        return
    from bclm_cli.cards import Cards

    listing.show_cards(map(Cards(library, selection).paper, library.references(selection)))


def _open(papers: list[Reference], site: str) -> None:
    """Show papers in the browser: all of them, or none if one has no address there."""
    if not papers:
        raise UsageError("--web needs a KEY")
    addresses = [_address(paper, site) for paper in papers]
    if lost := [paper.id for paper, address in zip(papers, addresses, strict=True) if not address]:
        needed = {"doi": "DOI, PMID or URL", "pubmed": "PMID", "pmc": "PMCID"}[site]
        raise NotFoundError(f"no {needed} for {', '.join(lost)}")
    from webbrowser import open_new_tab

    for address in addresses:
        if not open_new_tab(address):
            raise CannotError(f"no browser opens {address}", "set BROWSER to one")


def _address(paper: Reference, site: str) -> str:
    """Where a paper can be opened at one of SITES, "" where it cannot."""
    from bclm_cli.identifiers import address, address_of

    if site == "doi":
        return address_of(paper.text)
    if site == "scholar":
        from urllib.parse import quote

        return SCHOLAR + quote(paper.get("DOI") or plain(paper.title), safe="")
    variable = {"pubmed": "pmid", "pmc": "pmcid"}[site]
    return address(variable, paper.get(variable.upper()))
