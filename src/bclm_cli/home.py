"""What `bclm` alone shows: the five steps and the next commands to try."""

from __future__ import annotations

from bclm_cli.listing import TEXT, Listing
from bclm_cli.options.groups import DataOptions, ListOptions
from bclm_cli.query import EVERYTHING

NEXT = (
    ("bclm steps 3", "one step, with its claims"),
    ("bclm factors neutrophil", "one factor, for and against"),
    ("bclm conflicts", "where papers disagree"),
    ("bclm search CTC cluster", "anything, best first"),
    ("bclm export --step 3 -o refs.bib", "BibTeX for a manuscript"),
    ("bclm cite muller2001", "a reference, as a journal prints it"),
    ("bclm --help", "all commands"),
)


def show() -> None:
    """The steps; on a terminal, the next commands below them."""
    listing = Listing("steps", ListOptions())
    if listing.format == TEXT:  # what happens in each step would not leave room on 24 lines
        listing = Listing("steps", ListOptions(fields="number,name,from,to,factors,direct,claims"))
    listing.show(DataOptions().library(), EVERYTHING)
    out = listing.out
    if out.terminal:
        width = max(len(command) for command, _ in NEXT)
        between = "  "
        if 2 + width + max(len(what) for _, what in NEXT) + 2 > out.width:
            width, between = 0, "\n    "
        out.write(["\n", *(f"  {command:{width}}{between}{what}\n" for command, what in NEXT)])
