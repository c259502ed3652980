"""Steps, factors, claims and papers together, best first."""

from __future__ import annotations

from itertools import chain
from typing import Annotated

import typer

from bclm_cli.errors import NotFoundError
from bclm_cli.listing import Listing
from bclm_cli.options.groups import DataOptions, ListOptions
from bclm_cli.options.selection import SelectionOptions
from bclm_cli.query import Hit
from bclm_cli.suggest import did_you_mean

ORDER = 60
EXAMPLES = ("bclm search CTC cluster", "bclm search TGF-β --step 4", "bclm search muller --json")


def command(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="All of them must occur.")],
    *,
    flags: SelectionOptions,
    options: ListOptions,
    data: DataOptions,
) -> None:
    """Where do these words occur?

    Case, accents, Greek or Latin spelling, hyphens and raised letters make no difference, and
    neither do forms of a word and a few synonyms (liver, hepatic), of which a note tells. The id of
    a claim is the key of its paper.
    """
    text = " ".join(words)
    library = data.library()
    hits = library.search(text, flags.selection())
    first = next(hits, None)
    if first is None and options.fields != "help":
        guess = did_you_mean(filter(None, [library.respelled(text)]))
        lost = "; ".join(filter(None, (f"nothing holds all of: {text}", guess)))
        raise NotFoundError(lost, "try fewer or shorter words")
    also = library.also_searched(text)
    if also and options.fields != "help":
        options.out().note(f"also searched: {', '.join(also)}")
    found = chain(filter(None, [first]), hits)
    Listing("search", options, Hit._fields).show_rows(found, marks=(*words, *also))
