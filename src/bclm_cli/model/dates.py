"""Dates as CSL-YAML and CSL-JSON hold them, in any of the forms that programs write."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

PARTS = ("year", "month", "day")
FIELDS = ("date-parts", *PARTS, "season", "circa", "literal", "raw", "edtf")
"""What a date in object form may hold; year, month and day stand in for date-parts."""


class Date(NamedTuple):
    """A CSL date: year, month, day as far as known; `end` where it is a range.

    `season` is "1" (spring) to "4" (winter) or a word; a date that is only text ("in press")
    stands in `literal`.
    """

    start: tuple[int, ...] = ()
    end: tuple[int, ...] = ()
    season: str = ""
    circa: bool = False
    literal: str = ""

    @property
    def year(self) -> int | None:
        """The year in which it begins, None for a date that is only text."""
        return self.start[0] if self.start else None

    def to_csl(self) -> dict[str, Any]:
        """The object form (`date-parts`), which every CSL processor reads."""
        csl: dict[str, Any] = {}
        if self.start:
            csl["date-parts"] = [list(part) for part in (self.start, self.end) if part]
        if self.season:
            csl["season"] = self.season
        if self.circa:
            csl["circa"] = True
        if self.literal:
            csl["literal"] = self.literal
        return csl

    def __str__(self) -> str:
        """ISO form, "2012", "2012-08", "2012-08-15" or "2012/2013"; else the literal text."""
        return "/".join(_iso(part) for part in (self.start, self.end) if part) or self.literal

    @classmethod
    def from_csl(cls, csl: object) -> "Date":
        """Read what CSL-YAML and CSL-JSON hold: a string (EDTF level 0) or the object form.

        A text that no rule fits is kept as `literal`; of a range that is open, the year in which
        it begins.

        Raises ValueError with what is wrong for a value of another shape.
        """
        if type(csl) is dict and len(csl) == 1:
            match csl.get("date-parts"):
                case [[_, *_] as parts] if all(type(part) is int for part in parts):
                    return _of_numbers(tuple(parts))
        return _read(csl)


def days_in(year: int, month: int) -> int:
    """How many days a month has, in the Gregorian calendar also before it was."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def is_impossible(text: str) -> bool:
    """Whether a text has the form of a date that the calendar has not: 2021-02-30, 2021-13."""
    ends = [match for end in text.split("/") if (match := _ISO_DATE.fullmatch(end.strip(" ~?%")))]
    try:
        return not all(_numbers(match.groups()) for match in ends)
    except ValueError:
        return True


def _read(csl: object) -> Date:
    match csl:
        case str():
            return _from_text(csl)
        case int() if not isinstance(csl, bool):
            return _from_text(str(csl))
        case Mapping():
            return _from_map(csl)
        case [(str() | Mapping()) as one]:  # pandoc writes [{year: 2012, month: 8}] too
            return _read(one)
        case [(str() | Mapping()) as first, (str() | Mapping()) as last]:
            date, end = _read(first), _read(last)
            return date._replace(end=end.start if date.start else (), circa=date.circa or end.circa)
    raise ValueError("write a date as text, like 2012-08, or as {date-parts: [[2012, 8]]}")


def _from_map(csl: Mapping[str, Any]) -> Date:
    for field in csl:
        if field not in FIELDS:
            raise ValueError(f"no field {str(field)[:60]!r}; allowed are {', '.join(FIELDS)}")
    ends = csl.get("date-parts") or [[csl.get(part) for part in PARTS]]
    if not isinstance(ends, list) or not all(isinstance(end, list) for end in ends):
        raise ValueError("date-parts is a list of lists; write [[2012, 8]]")
    if "date-parts" in csl and not any(ends) and csl.keys() <= {"date-parts", "circa"}:
        raise ValueError("date-parts is empty; write [[2012, 8]], or leave the date out")
    if len(ends) > 2:
        raise ValueError("date-parts has one list, or two for a range; take the others out")
    start, end, season = _range([_numbers(end) for end in ends])
    given = _from_text(_word(csl.get("edtf") or csl.get("raw"))) if not start else Date()
    circa = _word(csl.get("circa")).lower() not in ("", "0", "false")
    return Date(
        start or given.start,
        end or given.end,
        _word(csl.get("season")) or season or given.season,
        circa or given.circa,
        _word(csl.get("literal")) or given.literal,
    )


@lru_cache(maxsize=4096)
def _of_numbers(parts: tuple[int, ...]) -> Date:
    """The date of {date-parts: [[2012, 8]]}, the form of nearly all in a store."""
    return _from_map({"date-parts": [list(parts)]})


def _from_text(text: str) -> Date:
    text = text.strip().replace("\\~", "~")  # pandoc writes 1999\~
    if len(text) > 60:
        return Date(literal=text)
    ends = [end.strip(" ~?%") for end in text.split("/")]
    if len(ends) == 2 and ends[1] in ("", ".."):
        ends.pop()
    found = [_ISO_DATE.fullmatch(end) for end in ends]
    if len(ends) > 2 or not all(found):
        return Date(literal=text)
    try:
        numbers = [_numbers(match.groups()) for match in found if match]
    except ValueError:
        return Date(literal=text)
    start, end, season = _range(numbers)
    return Date(start, end, season, circa=any(mark in text for mark in "~?%"))


def _range(ends: list[tuple[int, ...]]) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Start, end and season; an end of year 0 is an open one, as pandoc writes it."""
    start, end = (*ends, (), ())[:2]
    season = _SEASONS.get(start[1], "") if len(start) > 1 else ""
    start, end = (
        part[:1] if len(part) > 1 and part[1] in _SEASONS else part for part in (start, end)
    )
    return start, end if start and end != (0,) else (), season


def _numbers(parts: Iterable[Any]) -> tuple[int, ...]:
    """Year, month and day as far as they are given."""
    numbers: list[int] = []
    for part in parts:
        text = _word(part)
        if not text or (numbers and text.strip("0") == ""):
            break  # what follows an unknown part says nothing
        if not _WHOLE.fullmatch(text):
            raise ValueError(f"{text[:60]!r} is no year, month or day; write whole numbers")
        numbers.append(int(text))
    _, month, day, *_ = (*numbers, 1, 1, 1)
    if len(numbers) > 3 or not (1 <= month <= 12 or month in _SEASONS) or not 1 <= day <= 31:
        raise ValueError("a date has a year, a month from 1 to 12 and a day from 1 to 31")
    if numbers and month <= 12 and day > days_in(numbers[0], month):
        raise ValueError(f"{_iso(tuple(numbers))} is no day of the calendar")
    return tuple(numbers)


def _word(value: object) -> str:
    """A scalar of CSL as text: nothing for null."""
    if isinstance(value, list | Mapping):
        raise ValueError("a part of a date is text or a number, not a list or map")
    return "" if value is None else str(value)


_ISO_DATE = re.compile(r"(-\d{1,4}|\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,4}", re.ASCII)
_SEASONS = {21: "1", 22: "2", 23: "3", 24: "4"}  # EDTF level 1 writes a season as month 21 to 24


def _iso(date: tuple[int, ...]) -> str:
    year, *rest = date
    sign = "-" if year < 0 else ""
    return sign + "-".join([f"{abs(year):04d}", *(f"{part:02d}" for part in rest)])
