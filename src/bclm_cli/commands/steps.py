"""The five steps in order, or one step's card."""

from __future__ import annotations

from bclm_cli.listing import Listing
from bclm_cli.options.groups import DataOptions, ListOptions, StepName
from bclm_cli.options.selection import SelectionOptions

ORDER = 10
EXAMPLES = ("bclm steps", "bclm steps margination", "bclm steps --factor CXCR4 --json")


def command(
    step: StepName = None,
    *,
    flags: SelectionOptions,
    options: ListOptions,
    data: DataOptions,
) -> None:
    """Which steps lead breast cancer to the liver, and what acts in each?

    Without STEP the steps in order, with counts of factors, claims and papers. With STEP, on a
    terminal, its card: where it leads, what happens, and its claims by factor.
    """
    library = data.library()
    selection = flags.selection()
    if step is not None:
        selection = selection._replace(step=(flags.step_of(library, step),))
    listing = Listing("steps", options)
    if step is None or not listing.is_cards:
        listing.show(library, selection)
        return
    from bclm_cli.cards import Cards

    listing.show_cards(map(Cards(library, selection).step, library.steps(selection)))
