"""The molecules, cells and conditions that act, or one factor's card with both sides."""

from __future__ import annotations

from typing import Annotated

import typer

from bclm_cli.commands import _show
from bclm_cli.commands._complete import completing
from bclm_cli.commands._options import Data, Display, Picks, names
from bclm_cli.model.records import Claim, Factor
from bclm_cli.views import Card

ORDER = 30
EXAMPLES = ("bclm factors neutrophil", "bclm factors --kind gene --step 3", "bclm factors TGF-β")


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
    picks: Picks,
    display: Display,
    data: Data,
) -> None:
    """Which factors act, where, and does the evidence agree?

    Without NAME all factors with their steps, and how many claims promote or suppress. With NAME,
    on a terminal, the factor's card: by step, what promotes beside what suppresses. A factor that
    a step requires counts as promoting it.
    """
    library = data.library()
    selection = picks.selection()
    wanted = names(name)
    if wanted is not None:
        picks.refuse("factor", "NAME")
        found = library.factor_names(wanted)
        selection = selection._replace(factor=found, keys=None if found else ())
    if not wanted or not _show.as_cards(display):
        _show.listing(library, "factors", selection, display)
        return
    from bclm_cli.views.cards import factor_card

    steps = library.steps()

    def claims(factor: str) -> list[Claim]:
        return list(library.claims(selection._replace(factor=(factor,))))

    def card(factor: Factor) -> Card:
        kin = {name: claims(name) for name in library.kin(factor.name)}
        return factor_card(factor, claims(factor.name), steps, library.paper, kin)

    _show.cards("factors", map(card, library.factors(selection)), display)
