"""One-sentence findings: in a step, a factor has an effect, according to a paper."""

from __future__ import annotations

from bclm_cli.listing import TEXT, Listing
from bclm_cli.options.groups import DataOptions, ListOptions
from bclm_cli.options.selection import SelectionOptions

ORDER = 40
EXAMPLES = (
    "bclm claims --factor neutrophil",
    "bclm claims --step 3 --effect promotes --site liver --cancer breast",
    "bclm claims --system 'human cohort' --json",
)


def command(*, flags: SelectionOptions, options: ListOptions, data: DataOptions) -> None:
    """Who says what about a factor: in which step, seen in what system, at what site?

    Claims read in a title only, or second-hand, are marked. Published null results are kept.
    """
    library = data.library()
    selection = flags.selection()
    listing = Listing("claims", options)
    if listing.format != TEXT or not listing.is_cards:  # a document gets a table
        listing.show(library, selection)
        return
    from bclm_cli.views.lists import claim_groups

    claims = library.claims(selection)
    groups = claim_groups(claims, library.steps(), library.paper, options.limit)
    listing.show_cards(groups)
