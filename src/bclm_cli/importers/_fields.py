"""Single values as people write them, made into what CSL wants: identifiers, pages, dates."""

from __future__ import annotations

import re
from urllib.parse import unquote

from bclm_cli.model import Date

MONTHS = {
    month: number
    for number, month in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_SEASONS = {"spr": "1", "sum": "2", "aut": "3", "fal": "3", "win": "4"}

_LANGUAGES = {
    "en": "eng english usenglish ukenglish", "en-US": "american", "en-GB": "british",
    "de": "ger deu german ngerman", "fr": "fre fra french", "es": "spa spanish",
    "it": "ita italian", "pt": "por portuguese", "nl": "dut nld dutch", "ru": "rus russian",
    "ja": "jpn japanese", "zh": "chi zho chinese", "pl": "pol polish", "sv": "swe swedish",
    "da": "dan danish", "no": "nor norwegian", "fi": "fin finnish", "cs": "cze ces czech",
    "hu": "hun hungarian", "tr": "tur turkish", "ko": "kor korean", "el": "gre ell greek",
    "he": "heb hebrew", "uk": "ukr ukrainian", "hr": "hrv croatian", "sr": "srp serbian",
    "sk": "slo slk slovak", "sl": "slv slovenian", "ro": "rum ron romanian",
    "bg": "bul bulgarian",
}  # fmt: skip
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
         "tenth"), 1,
    )
}  # fmt: skip
_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th)?", re.ASCII)
_DOT = re.compile(r"\.(?=\s|$|\))")
_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"]+")
_DOI_URL = re.compile(r"\s*(?:https?://)?(?:dx\.)?doi\.org/", re.IGNORECASE)
_PMID = re.compile(r"(?:pmid|pubmed)?[\s:]*(\d{1,8})(?:\s*\[pmid\])?\.?", re.IGNORECASE)
_PMCID = re.compile(r"\b(PMC\d{1,9})\b", re.IGNORECASE)
_ISSN = re.compile(r"(?<![\w-])(\d{4})-?(\d{3}[\dXx])(?![\w-])", re.ASCII)
_ISBN = re.compile(r"(?<![\w-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\w-])", re.ASCII)
_DASHES = re.compile(r"\s*(?:[-‐‑‒–—−]+)\s*")
_PAGE_WORD = re.compile(r"^(?:pp?\.?|pages?)\s*(?=[A-Za-z]?\d)", re.IGNORECASE)
_RANGE = re.compile(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)", re.ASCII)
_ARTICLE_NUMBER = re.compile(r"(?!S\d)\d{0,5}[A-Za-z]{1,8}\d[\w.]*|\d{5,}", re.ASCII)
_TIME = re.compile(r"[/ T]\d\d?:\d\d(?::\d\d)?Z?$", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/. ]+(\d{1,2})(?:[-/. ]+(\d{1,2}))?)?[-/. ]*", re.ASCII)
_WORDS = re.compile(r"(\d{4})\s+([A-Za-z]{3})[a-z]*\.?(?:\s+(\d{1,2}))?", re.ASCII)
_WORD_RANGE = re.compile(
    r"(\d{4})\s+([A-Za-z]{3})[a-z]*\.?\s*-\s*(?:(\d{4})\s+)?([A-Za-z]{3})[a-z]*\.?", re.ASCII
)


def doi(text: str) -> str:
    """The DOI in a field that should hold one, without resolver or label; "" if there is none."""
    url = _DOI_URL.match(text)
    if url:
        text = unquote(text[url.end() :])
    match = _DOI.search(text)
    if not match:
        return ""
    found = match.group().rstrip(".,;")
    # A closing bracket is the sentence's, unless the DOI opened it: 10.1002/(SICI)...
    while (
        found
        and found[-1] in ")]}"
        and found.count(found[-1]) > found.count({")": "(", "]": "[", "}": "{"}[found[-1]])
    ):
        found = found[:-1].rstrip(".,;")
    return found


def doi_url(url: str) -> str:
    """The DOI that a URL stands for, "" for any other URL."""
    return doi(url) if _DOI_URL.match(url) else ""


def pmid(text: str) -> str:
    """A PubMed number without its label, "" where the text is something else."""
    match = _PMID.fullmatch(text.strip())
    return match.group(1).lstrip("0") if match else ""


def pmcid(text: str) -> str:
    """A PubMed Central number with its prefix, "" where the text holds none."""
    match = _PMCID.search(text)
    return match.group(1).upper() if match else ""


def serial(text: str) -> tuple[str, str]:
    """The first ISSN or ISBN in a text, with the name of its variable."""
    match = _ISSN.search(text)
    if match and not _ISBN.search(text):
        return "ISSN", "-".join(match.groups()).upper()
    match = _ISBN.search(text)
    return "ISBN", match.group().strip("- ") if match else text


def page(text: str) -> str:
    """Pages with plain hyphens, and the shortened ends of MEDLINE written out (105-9)."""
    text = text.strip()
    if text[:1] in ("p", "P"):
        text = _PAGE_WORD.sub("", text)
    text = _DASHES.sub("-", text)
    return ", ".join(map(_range, text.split(", "))) if "-" in text else text


def _range(text: str) -> str:
    match = _RANGE.fullmatch(text)
    if match:
        prefix, start, end_prefix, end = match.groups()
        if len(end) < len(start) and end_prefix in ("", prefix):
            return f"{prefix}{start}-{prefix}{start[: len(start) - len(end)]}{end}"
    return text


def is_article_number(text: str) -> bool:
    """Whether a page field holds an article number, like e136215, and no page."""
    return bool(_ARTICLE_NUMBER.fullmatch(text))


def language(text: str) -> str:
    """The code that CSL wants for a language, from MEDLINE's codes or an English name."""
    return _CODES.get(text.strip().lower(), text)


def edition(text: str) -> str:
    """The number of an edition in words ("Second", "2nd edition"); other words stay."""
    words = text.lower().removesuffix("edition").removesuffix("ed.").strip()
    match = _ORDINAL.fullmatch(words)
    return match.group(1) if match else _ORDINALS.get(words, text)


def undotted(journal: str) -> str:
    """An abbreviated journal as MEDLINE has it: J. Invent. Results as J Invent Results."""
    return _DOT.sub("", journal)


def month(text: str) -> int:
    """The number of a month given as a number or an English name; 0 where it is neither."""
    text = text.strip().rstrip(".").lower()
    if text.isascii() and text.isdigit():
        return int(text) if len(text) < 3 and 1 <= int(text) <= 12 else 0
    return MONTHS.get(text[:3], 0) if text.isalpha() else 0


def date(text: str) -> Date:
    """A date as RIS, MEDLINE and EndNote write it: 2012/08/15/, 2012 Aug 15, 2012 Jul-Aug.

    What fits no rule is kept as literal text.
    """
    text = _TIME.sub("", " ".join(text.split()))
    if match := _YEAR_FIRST.fullmatch(text):
        return Date(_checked(*match.groups()))
    if match := _WORDS.fullmatch(text.replace("/", " ")):
        year, word, day = match.groups()
        number = MONTHS.get(word.lower())
        if number:
            return Date(_checked(year, str(number), day))
        if word.lower() in _SEASONS and not day:
            return Date((int(year),), season=_SEASONS[word.lower()])
    if match := _WORD_RANGE.fullmatch(text):
        year, first, end_year, last = match.groups()
        months = MONTHS.get(first.lower()), MONTHS.get(last.lower())
        if months[0] and months[1]:
            return Date((int(year), months[0]), (int(end_year or year), months[1]))
    return Date.from_csl(text)


def year_month(year: str, month_text: str, day: str) -> Date:
    """The date of BibTeX's fields; a month may carry a day (mar # "~15") or be a range."""
    year = year.strip("[]()").replace("–", "/")
    if not year:
        return Date()
    issued = Date.from_csl(year)
    if not month_text or len(issued.start) != 1 or issued.end:
        return issued
    words = month_text.replace("\u00a0", " ").replace("–", " - ").replace("/", " - ").split()
    numbers = [number for number in map(month, words) if number]
    if not numbers:
        return date(f"{year} {month_text}")
    days = [word.rstrip(".,") for word in words if not month(word)] + [day]
    if len(numbers) == 2 and "-" in words:
        return Date((issued.start[0], numbers[0]), (issued.start[0], numbers[1]))
    found = next((int(word) for word in days if word.isascii() and word.isdigit()), 0)
    parts = (issued.start[0], numbers[0], found)
    return issued._replace(start=parts if 1 <= found <= 31 else parts[:2])


def _checked(year: str, month_text: str | None, day: str | None) -> tuple[int, ...]:
    """Year, month and day as far as the calendar knows them."""
    parts = [int(year)]
    if month_text and 1 <= int(month_text) <= 12:
        parts.append(int(month_text))
        if day and 1 <= int(day) <= 31:
            parts.append(int(day))
    return tuple(parts)
