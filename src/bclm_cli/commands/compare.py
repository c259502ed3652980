"""Factors side by side: what the claims about each come to, step by step."""

from __future__ import annotations

from typing import Annotated

import typer

from bclm_cli.errors import UsageError
from bclm_cli.listing import Listing
from bclm_cli.options.completion import completing
from bclm_cli.options.groups import DataOptions, ListOptions, names
from bclm_cli.options.selection import SelectionOptions

ORDER = 36
EXAMPLES = (
    "bclm compare CXCL12 CXCR4",
    "bclm compare neutrophil 'Kupffer cell' --cancer breast",
    "bclm compare integrin --json",
)


def command(
    name: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME NAME...",
            help="Symbols, synonyms or families; `-` reads them from stdin.",
            autocompletion=completing("factor"),
        ),
    ],
    *,
    flags: SelectionOptions,
    options: ListOptions,
    data: DataOptions,
) -> None:
    """How do factors differ, step by step?

    For each step: claims for, against and on neither side, how many are direct, the best level, and
    what it comes to. A family stands for its members. On a terminal a column for each factor, in a
    pipe a row for each factor and step.
    """
    from bclm_cli.views import weights

    flags.refuse("factor", "NAME")
    library = data.library()
    factors = library.members(library.factor_names(names(name) or []))
    if len(factors) < 2:
        raise UsageError("compare needs two factors or more", "`bclm factors NAME` shows one")
    claims = list(library.claims(flags.selection()._replace(factor=factors)))
    listing = Listing("compare", options, weights.COMPARED)
    if listing.is_cards:
        listing.show_reading(weights.side_by_side(factors, claims, library.steps()))
        return
    listing.show_rows(weights.comparison(factors, claims), steps=library.steps())
