"""Records to neutral tables, trees and cards: the words and columns, never the colors.

Here stand the shapes, and what a pipe needs; what only a person reads is in the modules beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bclm_cli.model.records import Cell, Claim, Row


class Span(NamedTuple):
    """A piece of text with what it is: "key", "factor", "promotes", "weak", "strong", "dim" …

    A line with a "path" is never broken, so that it can be copied.
    """

    text: str
    role: str = ""


Line = tuple[Span, ...]


class Table(NamedTuple):
    """Rows under named columns."""

    columns: tuple[str, ...]
    rows: Iterable[Row]


class Reading(NamedTuple):
    """The same for a reader: every cell a line of spans.

    Where the columns do not fit beside each other, the first `heads` of them make the heading of a
    record and the others stand below it; or, with `brief`, the last cell of each row alone, which
    is in no column. Cells of the columns in `short` are cut to two lines; those in `wrapped` may be
    broken, as those of columns that always hold text.
    """

    columns: tuple[str, ...]
    rows: Iterable[tuple[Line, ...]]
    heads: int = 1
    brief: bool = False
    short: tuple[str, ...] = ()
    wrapped: tuple[str, ...] = ()


class Node(NamedTuple):
    """A line, the sign before it, and what hangs under it; `claim` is the one that it shows."""

    spans: Line
    children: tuple[Node, ...] = ()
    sign: Span = Span("")
    claim: Claim | None = None


class Sides(NamedTuple):
    """Two columns that belong beside each other, such as claims for and against."""

    left: tuple[Node, ...]
    right: tuple[Node, ...]


class Section(NamedTuple):
    """A heading with its lines."""

    heading: Line
    body: tuple[Node | Sides, ...]


class Card(NamedTuple):
    """All that is known of one thing, for reading."""

    title: Line
    facts: tuple[tuple[str, Line], ...]
    sections: tuple[Section, ...] = ()


Item = Card | Section | Node
"""What stands alone among what a person reads."""
View = Reading | Iterable[Item]

COLUMNS: dict[str, tuple[int, tuple[str, ...]]] = {
    "steps": (10, ("number", "name", "summary", "factors", "direct of", "papers")),
    "factors": (
        9,
        ("name", "kind", "steps", "for", "against", "other", "papers", "direct of"),
    ),
    "claims": (11, ("step", "factor", "effect", "statement", "evidence", "reference")),
    "refs": (8, ("key", "year", "author", "title", "steps")),
    "compare": (
        10,
        ("step", "factor", "verdict", "for", "against", "other", "papers", "direct of", "level"),
    ),
    "conflicts": (13, ("step", "factor", "for", "against", "no_effect", "direct of")),
    "search": (3, ("type", "id", "text")),
    "new": (6, ("id", "date", "author", "title", "journal")),
}
"""For each list, how many of its fields a pipe gets by default, and which a terminal shows."""

GROUPS = {
    "evidence": ("directness", "level", "system", "site", "cancer", "basis"),
    "direct of": ("direct", "claims"),
    "for": ("promotes",),
    "against": ("suppresses",),
    "papers": ("references",),
}
"""Columns that a terminal alone shows, each with the fields that it is made from."""
NUMBERS = frozenset(
    {"number", "year", "factors", "claims", "references", "promotes", "suppresses", "other",
     "direct", "for", "against", "papers", "direct of"}
)  # fmt: skip
"""Columns that are set flush right."""
LINKS = frozenset({"doi", "pmid", "pmcid", "url"})
"""Roles of spans that lead to an address, where a format has links."""


def records(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[dict[str, Cell]]:
    """Rows as maps from field to value."""
    for row in rows:
        yield dict(zip(columns, row, strict=True))
