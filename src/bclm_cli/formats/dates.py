"""Dates as RIS, MEDLINE, EndNote and BibTeX write them, made into CSL's."""

from __future__ import annotations

import re

from bclm_cli.model.dates import Date, days_in

_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december")  # fmt: skip
SEASONS = {"spring": "1", "summer": "2", "autumn": "3", "fall": "3", "winter": "4"}
"""CSL's numbers of the seasons."""
MONTHS = {name[:3]: number for number, name in enumerate(_NAMES, 1)}
_SEASONS = {season[:3]: number for season, number in SEASONS.items()}

_TIME = re.compile(
    r"[/ T]\d\d?:\d\d(?::\d\d(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d\d:?(?:\d\d)?)?$", re.ASCII
)
_UNKNOWN = re.compile(r"(?<=\d)-(?:XX|uu|\?\?)(?:-.{0,3})?$")  # EDTF's 1999-01-XX
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/. ]+(\d{1,2})(?:[-/. ]+(\d{1,2}))?)?[-/. ]*", re.ASCII)
MAX_YEARS = 5
"""At most this many years after the first year is a second one of two digits (1998/99)."""
_SHORT_YEARS = re.compile(r"(\d{4}) ?[-–/]+ ?(\d\d)", re.ASCII)
_TURNED = re.compile(  # 12 March 2012, March 12, 2012, Mar 2012
    r"(?:(?P<first>\d{1,2})\.? )?(?P<month>[A-Za-z]{3})[a-z]*\.?(?: (?P<then>\d{1,2}))?,? "
    r"(?P<year>\d{4})",
    re.ASCII,
)
_NUMBERS = re.compile(r"(?:(?P<one>\d{1,2})[/.-])?(?P<two>\d{1,2})[/.-](?P<year>\d{4})", re.ASCII)
_MONTHS_FIRST = re.compile(
    r"([A-Za-z]{3})[a-z]*\.? ?[-–/] ?([A-Za-z]{3})[a-z]*\.?,? (\d{4})", re.ASCII
)
_DAYS = re.compile(r"^\d{1,2} ?[-–] ?\d{1,2}\.? (?=[A-Za-z])")  # 5-7 June 2016
_DASHED = re.compile(r"^(\d{1,2})[-.]([A-Za-z]{3,9})[-.](\d{4})$", re.ASCII)  # 19-July-2008
_MONTH_SLASH = re.compile(r"^([A-Za-z]{3}[a-z]*\.?)/(?=\d{4}$)")  # Jan./1992
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_YEARS = re.compile(r"(\d{4}) ?[-–/]+ ?(\d{4})", re.ASCII)
_WORDS = re.compile(r"(\d{4})\s+([A-Za-z]{3})[a-z]*\.?(?:\s+(\d{1,2}))?", re.ASCII)
_WORD_RANGE = re.compile(
    r"(\d{4})\s+([A-Za-z]{3})[a-z]*\.?\s*-\s*(?:(\d{4})\s+)?([A-Za-z]{3})[a-z]*\.?", re.ASCII
)
_YEAR_AND_WORD = re.compile(r"(\d{4})[ /]([A-Za-z]{3,9})\b", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)", re.ASCII)
_CIRCA = re.compile(r"(?:ca?\.|circa)", re.IGNORECASE)


def date(text: str) -> Date:
    """A date as RIS, MEDLINE and EndNote write it: 2012/08/15/, 2012 Aug 15, 2012 Jul-Aug.

    Of what fits no rule the year is kept, as literal text what has no year.
    """
    if not text:
        return Date()
    if len(text) == 4 and text.isascii() and text.isdigit():
        return Date((int(text),))
    text = _UNKNOWN.sub("", _TIME.sub("", " ".join(text.split())))
    if (match := _SHORT_YEARS.fullmatch(text)) and not 0 < int(match[2]) <= 12:  # which is a month
        begin = int(match[1])
        later = (int(match[2]) - begin) % 100
        return _span((begin,), (begin + later,)) if later <= MAX_YEARS else Date((begin,))
    if match := _YEAR_FIRST.fullmatch(text) or _DIGITS.fullmatch(text):
        return Date(_checked(*match.groups()))
    if match := _YEARS.fullmatch(text):
        return _span((int(match.group(1)),), (int(match.group(2)),))
    if match := _WORDS.fullmatch(text.replace("/", " ")):
        year, word, day = match.groups()
        number = MONTHS.get(word.lower())
        if number:
            return Date(_checked(year, str(number), day))
        if word.lower() in _SEASONS and not day:
            return Date((int(year),), season=_SEASONS[word.lower()])
    if match := _NUMBERS.fullmatch(text):
        return _of_numbers(match["one"], match["two"], match["year"])
    if match := _MONTHS_FIRST.fullmatch(text):
        begins, ends = (MONTHS.get(word.lower()) for word in match.group(1, 2))
        if begins and ends:
            return _span((int(match[3]), begins), (int(match[3]), ends))
    text = _DAYS.sub("", text)
    text = _DASHED.sub(r"\1 \2 \3", text)
    text = _MONTH_SLASH.sub(r"\1 ", text)
    if (match := _TURNED.fullmatch(text)) and match["month"].lower() in MONTHS:
        named = str(MONTHS[match["month"].lower()])
        return Date(_checked(match["year"], named, match["first"] or match["then"]))
    if match := _WORD_RANGE.fullmatch(text):
        year, first, end_year, last = match.groups()
        months = MONTHS.get(first.lower()), MONTHS.get(last.lower())
        if months[0] and months[1]:
            return _span((int(year), months[0]), (int(end_year or year), months[1]))
    found = Date.from_csl(text)
    return found if found.start else _year_in(text)


def exact(text: str) -> Date:
    """A date of BibLaTeX (EDTF), else what `date` makes of it."""
    if len(text) == 4 and text.isascii() and text.isdigit():
        return Date((int(text),))
    found = Date.from_csl(_UNKNOWN.sub("", text))
    return found if found.start else date(text)


def is_date(text: str) -> bool:
    """Whether a text that should be something else holds a date."""
    return bool(text) and (date(text).year or 0) >= 1000


def month(text: str) -> int:
    """The number of a month given as a number or an English name; 0 where it is neither."""
    text = text.strip().rstrip(".").lower()
    if text.isascii() and text.isdigit():
        return int(text) if len(text) < 3 and 1 <= int(text) <= 12 else 0
    return MONTHS.get(text[:3], 0) if text.isalpha() else 0


def year_month(year: str, month_text: str, day: str) -> Date:
    """The date of BibTeX's fields; a month may carry a day (mar # "~15") or be a range."""
    year = year.strip("[]()").replace("–", "/")
    if not year:
        return Date()
    issued = exact(year)
    if not month_text or len(issued.start) != 1 or issued.end:
        return issued
    words = re.sub(r"[-–/]", " - ", month_text.replace("\u00a0", " ")).split()
    named = [number for word in words if word[:1].isalpha() and (number := month(word))]
    numbers = named or [number for number in map(month, words) if number]  # 2 sep
    if not numbers:
        return date(f"{issued.start[0]:04d} {month_text}")
    days = [re.sub(r"(?:st|nd|rd|th)?[.,]*$", "", word) for word in words if word[:1].isdigit()]
    days = [*(days if named and "-" not in words else []), day]
    if len(numbers) == 2 and "-" in words:
        return _span((issued.start[0], numbers[0]), (issued.start[0], numbers[1]))
    found = next((int(word) for word in days if re.fullmatch(r"[0-9]{1,2}", word)), 0)
    parts = (issued.start[0], numbers[0], found)
    known = 1 <= found <= days_in(parts[0], parts[1])
    return issued._replace(start=parts if known else parts[:2])


def _span(start: tuple[int, ...], end: tuple[int, ...]) -> Date:
    """A range; of one that runs backwards (December-January) the year is sure."""
    return Date(start, end) if end > start else Date(start[:1])


def _year_in(text: str) -> Date:
    """What a date in words says: its year, with a month after it ("2000 Sep 1-15")."""
    text = text[:200]
    years = _YEAR.findall(text)
    if not years or (len(set(years)) > 1 and not text.startswith(years[0])):
        return Date(literal=text)
    start: tuple[int, ...] = (int(years[0]),)
    match = _YEAR_AND_WORD.match(text)
    if match and any(name.startswith(match.group(2).lower()) for name in _NAMES):
        start = (int(match.group(1)), MONTHS[match.group(2)[:3].lower()])
    return Date(start, circa=bool(_CIRCA.match(text)))


def _of_numbers(one: str | None, two: str, year: str) -> Date:
    """12/2004, and 25/03/2004 or 03/25/2004; of 12/03/2004 only the year is sure."""
    if one is None:
        return Date(_checked(year, two, None))
    if one == two or int(two) > 12:
        return Date(_checked(year, one, two))
    return Date(_checked(year, two, one)) if int(one) > 12 else Date((int(year),))


def _checked(year: str, month_text: str | None, day: str | None) -> tuple[int, ...]:
    """Year, month and day as far as the calendar knows them."""
    parts = [int(year)]
    if month_text and 1 <= int(month_text) <= 12:
        parts.append(int(month_text))
        if day and 1 <= int(day) <= days_in(parts[0], parts[1]):
            parts.append(int(day))
    return tuple(parts)
