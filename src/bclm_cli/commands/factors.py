"""The molecules, cells and conditions that act, or one factor's card with both sides."""

from __future__ import annotations

from typing import Annotated

import typer

from bclm_cli.listing import Listing
from bclm_cli.options.completion import completing
from bclm_cli.options.groups import DataOptions, ListOptions, names
from bclm_cli.options.selection import SelectionOptions

ORDER = 30
EXAMPLES = (
    "bclm factors neutrophil",
    "bclm factors integrin",
    "bclm factors --kind gene --step 3",
    "bclm factors --perturbation antibody,inhibitor,drug",
)


def command(
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="Symbols or synonyms; `-` reads them from stdin.",
            autocompletion=completing("factor"),
        ),
    ] = None,
    *,
    flags: SelectionOptions,
    options: ListOptions,
    data: DataOptions,
) -> None:
    """Which factors act, where, and does the evidence agree?

    Without NAME all factors with their steps, and how many claims promote or suppress. With NAME,
    on a terminal, the factor's card: by step, what promotes beside what suppresses. A factor that
    a step requires counts as promoting it; a review takes no side. A family is shown with its
    members, a pair (CXCL12-CXCR4) as both.
    """
    library = data.library()
    selection = flags.selection()
    wanted = names(name)
    if wanted is not None:
        flags.refuse("factor", "NAME")
        found = library.factor_names(wanted)
        selection = selection._replace(factor=found, keys=None if found else ())
    listing = Listing("factors", options)
    if not wanted or not listing.is_cards:
        listing.show(library, selection)
        return
    from bclm_cli.cards import Cards

    listing.show_cards(Cards(library, selection).factors(found))
