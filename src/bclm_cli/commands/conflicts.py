"""Where papers disagree: a factor in a step, with both sides."""

from __future__ import annotations

from bclm_cli.listing import Listing
from bclm_cli.options.groups import DataOptions, ListOptions
from bclm_cli.options.selection import SelectionOptions

ORDER = 46
EXAMPLES = (
    "bclm conflicts",
    "bclm conflicts --step colonization --level animal",
    "bclm conflicts --json",
)


def command(*, flags: SelectionOptions, options: ListOptions, data: DataOptions) -> None:
    """Who disagrees about what a factor does in a step?

    Papers stand on both sides, or found no effect where others did. How direct each side is stands
    beside it. Only the claims that the flags select are weighed; reviews take no side.
    """
    from bclm_cli.views import weights

    library = data.library()
    listing = Listing("conflicts", options, weights.CONFLICT)
    found = list(weights.conflicts(library.claims(flags.selection())))
    steps = library.steps()
    if listing.is_cards:
        listing.show_cards(
            weights.conflict_section(claims, steps, library.paper) for _, claims in found
        )
    else:
        listing.show_rows((weights.conflict_row(*one) for one in found), steps=steps)
    disputed = {claims[0].factor for _, claims in found}
    for name in flags.factor:
        named = library.factor_names([name])
        if disputed.isdisjoint(library.members(named)):
            listing.out.note(
                f"no conflict on {' or '.join(named)}: no papers take opposite sides on its effect"
                " in a step; `bclm factors NAME` shows all claims"
            )
