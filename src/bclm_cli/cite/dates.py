"""Dates as a style wants them: parts in its order, ranges, seasons, years before Christ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bclm_cli.cite.marks import read
from bclm_cli.cite.seams import join
from bclm_cli.model.dates import PARTS, Date


class DatePart(NamedTuple):
    """One `cs:date-part`: its name and form, how to dress it, and what stands in a range."""

    name: str
    form: str
    dress: Callable[[str, str, str], str]
    prefix: str = ""
    suffix: str = ""
    range_delimiter: str = "–"


Value = Callable[[DatePart, int], str]
"""The text of a part (a month's name, a day with its ordinal) from its form and number."""


def render(date: Date, parts: Sequence[DatePart], delimiter: str, value: Value) -> str:
    """The date as marked text, before the affixes of the whole.

    A part that the date does not have is left out. A season stands in the place of the month. Of a
    range, the parts that differ are shown twice, the others once.
    """
    if date.literal and not date.start:
        return read(date.literal)
    season = _season(date)
    start = (*date.start, season) if season and len(date.start) == 1 else date.start
    if not date.end:
        return join((_part(part, start, value) for part in parts), delimiter)
    return _range(start, date.end, parts, delimiter, value)


def _season(date: Date) -> int:
    """The season as a month beyond the twelfth: 13 is spring."""
    return 12 + int(date.season) if date.season in ("1", "2", "3", "4") else 0


def _part(part: DatePart, date: tuple[int, ...], value: Value, ends: str = "both") -> str:
    index = PARTS.index(part.name)
    if index >= len(date) or not date[index]:
        return ""
    prefix = part.prefix if ends in ("both", "prefix") else ""
    suffix = part.suffix if ends in ("both", "suffix") else ""
    return part.dress(value(part, date[index]), prefix, suffix)


def _range(
    start: tuple[int, ...],
    end: tuple[int, ...],
    parts: Sequence[DatePart],
    delimiter: str,
    value: Value,
) -> str:
    differ = _differing(start, end, {part.name for part in parts})
    changing = [part for part in parts if part.name in differ]
    if not changing:
        return join((_part(part, start, value) for part in parts), delimiter)
    before = parts[: parts.index(changing[0])]
    after = [part for part in parts if part not in before and part not in changing]
    first = [_part(part, start, value) for part in changing[:-1]]
    first.append(_part(changing[-1], start, value, "prefix"))
    last = [_part(changing[0], end, value, "suffix" if len(changing) > 1 or after else "none")]
    last += [_part(part, end, value) for part in changing[1:]]
    dash = min(changing, key=lambda part: PARTS.index(part.name)).range_delimiter
    middle = join(filter(None, first), delimiter) + dash + join(filter(None, last), delimiter)
    return join(
        [
            *(_part(part, start, value) for part in before),
            middle,
            *(_part(part, start, value) for part in after),
        ],
        delimiter,
    )


def _differing(start: tuple[int, ...], end: tuple[int, ...], shown: set[str]) -> set[str]:
    """The parts from the first that differs on: of 2012-12/2013-01 all of them."""
    for index, name in enumerate(PARTS):
        if name in shown and start[index : index + 1] != end[index : index + 1]:
            return set(PARTS[index:]) & shown
    return set()


def sort_key(date: Date) -> str:
    """A text that sorts as the dates do; a year before Christ before any after."""
    return " ".join(_sortable(part) for part in (date.start, date.end) if part)


def _sortable(date: tuple[int, ...]) -> str:
    year, month, day = (*date, 0, 0)[:3]
    era = f"n{999999999 + year:09d}" if year < 0 else f"p{year:09d}"
    return f"{era}{month:02d}{day:02d}"
