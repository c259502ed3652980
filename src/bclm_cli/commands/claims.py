"""One-sentence findings: in a step, a factor has an effect, according to a paper."""

from __future__ import annotations

from bclm_cli.commands import _show
from bclm_cli.commands._options import Data, Display, Picks

ORDER = 40
EXAMPLES = (
    "bclm claims --factor neutrophil",
    "bclm claims --step 3 --effect promotes --site liver --cancer breast",
    "bclm claims --system 'human cohort' --json",
)


def command(*, picks: Picks, display: Display, data: Data) -> None:
    """Who says what about a factor: in which step, seen in what system, at what site?

    Claims read in a title only, or second-hand, say so. Published null results are kept.
    """
    library = data.library()
    selection = picks.selection()
    if not _show.as_cards(display):
        _show.listing(library, "claims", selection, display)
        return
    from bclm_cli.views.lists import claim_groups

    claims = library.claims(selection)
    groups = claim_groups(claims, library.steps(), library.paper, display.limit)
    _show.cards("claims", groups, display)
