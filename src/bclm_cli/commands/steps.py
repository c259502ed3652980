"""The five steps in order, or one step's card."""

from __future__ import annotations

from bclm_cli.commands import _show
from bclm_cli.commands._options import Data, Display, Picks, StepName

ORDER = 10
EXAMPLES = ("bclm steps", "bclm steps margination", "bclm steps --factor CXCR4 --json")


def command(
    step: StepName = None,
    *,
    picks: Picks,
    display: Display,
    data: Data,
) -> None:
    """Which steps lead breast cancer to the liver, and what acts in each?

    Without STEP the steps in order, with counts of factors, claims and papers. With STEP, on a
    terminal, its card: where it leads, what happens, and its claims by factor.
    """
    library = data.library()
    selection = picks.selection()
    if step is not None:
        selection = selection._replace(step=(picks.step_of(library, step),))
    if step is None or not _show.as_cards(display):
        _show.listing(library, "steps", selection, display)
        return
    from bclm_cli.views.cards import step_card

    claims = list(library.claims(selection))
    found = (step_card(one, claims, library.paper) for one in library.steps(selection))
    _show.cards("steps", found, display)
