"""The model as a tree: step, factor, claim, paper."""

from __future__ import annotations

from typing import Annotated

import typer

from bclm_cli.listing import Listing
from bclm_cli.options.groups import DataOptions, ListOptions, StepName
from bclm_cli.options.selection import SelectionOptions
from bclm_cli.options.usage import number

ORDER = 20
EXAMPLES = ("bclm tree --depth 2", "bclm tree margination", "bclm tree --factor neutrophil")

LEVELS = ("step", "factor", "effect", "statement", "reference")


def command(
    step: StepName = None,
    *,
    depth: Annotated[
        int,
        typer.Option(
            "--depth",
            metavar="N",
            parser=number("--depth", 1, 4),
            help="1 steps, 2 factors, 3 claims, 4 papers.",
        ),
    ] = 4,
    flags: SelectionOptions,
    options: ListOptions,
    data: DataOptions,
) -> None:
    """How are steps, factors, claims and papers connected?

    In a pipe the same as rows, one column for each level down to --depth.
    """
    library = data.library()
    selection = flags.selection()
    if step is not None:
        flags.refuse("step", "STEP")
        selection = selection._replace(step=(library.step(step),))
    listing = Listing("claims", options)
    if not listing.is_cards:
        fields = options.fields or ",".join(LEVELS[: depth if depth < 3 else depth + 1])
        rows = Listing("claims", options._replace(fields=fields))
        rows.show(library, selection, distinct=True)
        return
    from bclm_cli.views.trees import tree

    nodes = tree(library.steps(), library.claims(selection), depth, options.limit)
    listing.show_cards(nodes)
