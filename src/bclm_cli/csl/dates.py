"""Dates (CSL 1.0.2, "Date"): parts in the style's order, ranges, seasons, years before Christ."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from bclm_cli.csl.punctuation import join

PARTS = ("year", "month", "day")
_OPEN_END = (0,)
_ISO = r"(-?\d{1,4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?"
_SEASONS = {"spring": 1, "summer": 2, "fall": 3, "autumn": 3, "winter": 4}


class Date(NamedTuple):
    """A date of an item; a season is a month from 13 (spring) to 16. (0,) ends an open range."""

    start: tuple[int, ...] = ()
    end: tuple[int, ...] = ()
    circa: bool = False
    season: str = ""
    literal: str = ""

    @property
    def open(self) -> bool:
        """Whether it is a range whose end is not known."""
        return self.end == _OPEN_END


def parse_date(value: object) -> Date | None:
    """A date of CSL-JSON, None where it says nothing: `date-parts`, `raw` or `literal`."""
    if isinstance(value, str | int):
        return _raw(str(value))
    if not isinstance(value, Mapping):
        return None
    literal = str(value.get("literal") or "")
    found = [_numbers(one) for one in (value.get("date-parts") or ())]
    start = found[0] if found and found[0][:1] != (0,) else ()
    end = found[1] if len(found) > 1 else ()
    circa = value.get("circa") not in (None, False, "", 0, "0", "false")
    if not start and (raw := value.get("raw") or value.get("date")):
        date = _raw(str(raw))
        return date._replace(circa=date.circa or circa) if date else None
    season = str(value.get("season") or "")
    number = int(season) if season.isdecimal() else _SEASONS.get(season.lower(), 0)
    if 1 <= number <= 4 and len(start) == 1:
        start, season = (*start, 12 + number), ""
    if not start and not literal:
        return None
    return Date(start, end, circa, season, literal)


def _numbers(value: Any) -> tuple[int, ...]:
    """The parts up to the first that is no number."""
    found: list[int] = []
    for part in value if isinstance(value, list | tuple) else ():
        try:
            number = int(str(part).strip())
        except ValueError:
            break
        found.append(number)
    while len(found) > 1 and not found[-1]:
        found.pop()
    return tuple(found[:3])


def _raw(text: str) -> Date | None:
    """An ISO date or a range of two ("2012-08/2012-09"); anything else is shown as it is."""
    text = text.strip()
    circa = text.endswith(("~", "?"))
    pieces = text.rstrip("~?").split("/")
    matches = [re.fullmatch(_ISO, piece.strip()) for piece in pieces if piece.strip(" .")]
    if not text or len(pieces) > 2 or not all(matches) or not matches:
        return Date(literal=text) if text else None
    dates = [_numbers([part for part in match.groups() if part]) for match in matches if match]
    if len(pieces) == 2 and len(dates) == 1:
        dates.append(_OPEN_END)
    return Date(dates[0], dates[1] if len(dates) > 1 else (), circa)


class DatePart(NamedTuple):
    """One `cs:date-part`: its name and form, how to format it, and what stands in a range."""

    name: str
    form: str
    format: Callable[[str, str, str], str]
    prefix: str = ""
    suffix: str = ""
    range_delimiter: str = "–"


Value = Callable[[DatePart, tuple[int, ...]], str]
"""The text of a part of a date (a month's name, a day with its ordinal)."""


def render_parts(date: Date, parts: Sequence[DatePart], delimiter: str, value: Value) -> str:
    """The date as rich text, before the affixes of the whole.

    A part that the date does not have is left out. A season stands in the place of the month. Of a
    range, the parts that differ are shown twice, the others once.
    """
    if not date.end:
        return join((_part(part, date.start, value) for part in parts), delimiter)
    return _range(date.start, date.end, parts, delimiter, value)


def _part(part: DatePart, date: tuple[int, ...], value: Value, ends: str = "both") -> str:
    index = PARTS.index(part.name)
    if index >= len(date) or not date[index]:
        return ""
    prefix = part.prefix if ends in ("both", "prefix") else ""
    suffix = part.suffix if ends in ("both", "suffix") else ""
    return part.format(value(part, date), prefix, suffix)


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
    if end == _OPEN_END:
        whole = join((_part(part, start, value) for part in parts), delimiter)
        return whole + changing[-1].range_delimiter if whole else ""
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
    longest = max(len(start), len(end))
    for index, name in enumerate(PARTS[:longest]):
        if name in shown and start[index : index + 1] != end[index : index + 1]:
            return set(PARTS[index:longest]) & shown
    return set()


def sort_key(date: Date) -> str:
    """Digits that sort as the dates do, before words ("in press"); a year before Christ before any
    after."""
    return " ".join(_sortable(part) for part in (date.start, date.end) if part)


def _sortable(date: tuple[int, ...]) -> str:
    year, month, day = (*date, 0, 0)[:3]
    era = f"0{999999999 + year:09d}" if year < 0 else f"1{year:09d}"
    return f"{era}{month:02d}{day:02d}"
