"""How wide the columns of a table are, and where their cells are broken: numbers and text alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

GAP = 2
"""Blank cells between two columns."""

Measure = Callable[[str], int]
"""How many cells of a terminal a text fills."""


class Column(NamedTuple):
    """The width that a column would like to have, and the least that it can do with."""

    natural: int
    least: int


def widths(columns: Sequence[Column], total: int) -> list[int] | None:
    """Widths that fill no more than `total`; None if the columns cannot do with that.

    Where not all get what they would like, a wide column gives way before a narrow one: each has at
    most an equal share of the room, and what one leaves the others may have.
    """
    room = total - GAP * (len(columns) - 1)
    needed = sum(column.least for column in columns)
    if needed > room:
        return None
    found = [0] * len(columns)
    by_size = sorted(range(len(columns)), key=lambda index: columns[index].natural)
    for left, index in zip(range(len(columns), 0, -1), by_size, strict=True):
        column = columns[index]
        needed -= column.least
        share = min(max(room // left, column.least), room - needed)
        found[index] = min(column.natural, share)
        room -= found[index]
    return found


def longest_piece(text: str, measure: Measure) -> int:
    """The cells of the longest piece that `breaks` keeps whole where there is room."""
    return max((measure(piece) for word in text.split() for piece in _pieces(word)), default=0)


def breaks(text: str, width: int, measure: Measure) -> Iterator[int]:
    """The places where lines begin if the text is to fit a width.

    Between words; within one that is wider than the line after a hyphen or slash, else anywhere.
    """
    line = 0
    for start, token in _tokens(text, width, measure):
        if start > line and measure(text[line : start + len(token)]) > width:
            yield start
            line = start


def _tokens(text: str, width: int, measure: Measure) -> Iterator[tuple[int, str]]:
    """What is not broken further, and where it stands."""
    for word in re.finditer(r"\S+", text):
        if measure(word[0]) <= width:
            yield word.start(), word[0]
            continue
        start = word.start()
        for piece in _pieces(word[0]):
            if measure(piece) <= width:
                yield start, piece
            else:
                yield from enumerate(piece, start)
            start += len(piece)


def _pieces(word: str) -> list[str]:
    found: list[str] = re.findall(r"[^-/‐–]*[-/‐–]+|[^-/‐–]+", word)
    return found
