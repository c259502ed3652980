"""The model as a tree: step, factor, claim, paper."""

from __future__ import annotations

from typing import Annotated

import typer

from bclm_cli.commands import _show
from bclm_cli.commands._options import Data, Display, Picks, StepName
from bclm_cli.commands._usage import number

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
    picks: Picks,
    display: Display,
    data: Data,
) -> None:
    """How do steps, factors, claims and papers hang together?

    In a pipe the same as rows, one column for each level down to --depth.
    """
    library = data.library()
    selection = picks.selection()
    if step is not None:
        picks.refuse("step", "STEP")
        selection = selection._replace(step=(library.step(step),))
    if not _show.as_cards(display):
        fields = display.fields or ",".join(LEVELS[: depth if depth < 3 else depth + 1])
        display = display._replace(fields=fields)
        _show.listing(library, "claims", selection, display, distinct=True)
        return
    from bclm_cli.views.trees import tree

    nodes = tree(library.steps(), library.claims(selection), depth, display.limit)
    _show.cards("claims", nodes, display)
