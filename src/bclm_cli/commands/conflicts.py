"""Where papers disagree: a factor in a step, with both sides."""

from __future__ import annotations

from bclm_cli.listing import Listing
from bclm_cli.options.groups import DataOptions, ListOptions
from bclm_cli.options.selection import SelectionOptions
from bclm_cli.query import Selection

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

    selection = flags.selection()
    library = data.library()
    listing = Listing("conflicts", options, weights.CONFLICT)
    found = list(weights.conflicts(library.claims(selection)))
    steps = library.steps()
    if listing.is_cards:
        listing.show_cards(
            weights.conflict_section(claims, steps, library.paper) for _, claims in found
        )
    else:
        listing.show_rows((weights.conflict_row(*one) for one in found), steps=steps)
    disputed = {claims[0].factor for _, claims in found}
    narrowed = selection != Selection(factor=selection.factor)
    for name in flags.factor:
        named = library.factor_names([name])
        if disputed.isdisjoint(library.members(named)):
            listing.out.note(_undisputed(name, " or ".join(named), narrowed=narrowed))


def _undisputed(name: str, factors: str, *, narrowed: bool) -> str:
    """That papers agree on a factor: all of them, or those that other flags select."""
    if narrowed:
        from shlex import quote

        command = f"`bclm conflicts --factor {quote(name)}`"
        return f"no conflict on {factors} among the claims selected; {command} weighs all"
    return (
        f"no conflict on {factors}: no papers take opposite sides on its effect in a step;"
        " `bclm factors NAME` shows all claims"
    )
