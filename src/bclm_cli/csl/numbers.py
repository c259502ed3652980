"""Page ranges, and when a value counts as a number or as several."""

from __future__ import annotations

import re

_DASH = re.compile("[-–]")
_LIST_SIGNS = re.compile(r"\s*[,&–-]\s*")
_NUMBER = re.compile(r"[^\W\d_]*\d+[^\W\d_]*")
_SEVERAL = re.compile(r"[\s,;–-]+")
_EN_DASH = "–"
_PLAIN_HYPHEN = "\\-"


def pages(value: str, rule: str, delimiter: str, ampersand: str = "&") -> str:
    """Pages with each range shortened by CSL's `page-range-format` ("" leaves it as it stands)."""
    if "&" in value:
        parts = (pages(part, rule, delimiter, ampersand) for part in value.split("&"))
        return f" {ampersand} ".join(parts)
    return ", ".join(_range(part.strip(), rule, delimiter) for part in value.split(","))


def first_page(value: str) -> str:
    """The page on which it begins."""
    return re.split("[-–,;&]", value, maxsplit=1)[0].strip()


def is_numeric(value: str) -> bool:
    """CSL's `is-numeric`: numbers, letters right before or behind them ("e136215", "2–3, S5")."""
    return all(_NUMBER.fullmatch(chunk) for chunk in _LIST_SIGNS.split(value.strip()))


def is_several(variable: str, value: str) -> bool:
    """Whether a label such as "p." takes its plural: a list, a range or a count above one.

    A hyphen behind a backslash makes no range.
    """
    value = value.replace("\\-", "")
    if variable.startswith("number-of-"):
        return value not in ("0", "1")
    return len(_SEVERAL.split(value)) > 1


def _range(text: str, rule: str, delimiter: str) -> str:
    if _PLAIN_HYPHEN in text:
        return text.replace(_PLAIN_HYPHEN, "-")
    parts = [part.strip() for part in _DASH.split(text)]
    if len(parts) != 2 or not all(parts):
        return text if len(parts) > 2 else delimiter.join(parts)
    start, end = parts
    lead, first = _split(start)
    lead_of_end, last = _split(end)
    if not rule or not first or not last or lead_of_end not in ("", lead):
        return start + delimiter + end
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if rule == "expanded":
        return f"{start}{delimiter}{lead}{last}"
    return f"{start}{delimiter}{_shortened(first, last, rule)}"


def _split(text: str) -> tuple[str, str]:
    """What leads a page number, and its digits: "S12" is "S" and "12"."""
    digits = re.search(r"\d*\Z", text)
    number = digits[0] if digits else ""
    return text[: len(text) - len(number)], number


def _shortened(first: str, last: str, rule: str) -> str:
    """The end of a range without the digits that it shares with the beginning."""
    if rule == "minimal":
        return _minimal(first, last, 1)
    if rule == "minimal-two":
        return _minimal(first, last, 2)
    if len(first) < 3 or first.endswith("00"):
        return last
    if first[-2] == "0":
        return _minimal(first, last, 1)
    changed = sum(a != b for a, b in zip(first.rjust(len(last)), last, strict=False))
    if rule != "chicago-16" and rule != "chicago-17" and len(first) == 4 and changed >= 3:
        return last
    return _minimal(first, last, 2)


def _minimal(first: str, last: str, at_least: int) -> str:
    if len(first) != len(last):
        return last
    shared = 0
    while shared < len(first) and first[shared] == last[shared]:
        shared += 1
    return last[min(shared, max(len(last) - at_least, 0)) :]


def parts(value: str) -> list[str]:
    """A value cut into its numbers and what stands between them."""
    return [part for part in re.split(r"([\s,;–-]+)", value) if part]


def with_dashes(value: str) -> str:
    """A locator with an en dash in its ranges."""
    if _PLAIN_HYPHEN in value:
        return value.replace(_PLAIN_HYPHEN, "-")
    return re.sub(r"(?<=\d)\s*-\s*(?=\d)|(?<=\w)-(?=\w)", _EN_DASH, value)


def letters(number: int) -> str:
    """1 as "a", 26 as "z", 27 as "aa"."""
    found = ""
    while number > 0:
        number, last = divmod(number - 1, 26)
        found = chr(ord("a") + last) + found
    return found


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """A number from 1 in lower-case Roman letters."""
    found = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        found += sign * count
    return found
