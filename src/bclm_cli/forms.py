"""Forms of keys, identifiers and pages: what a good one looks like, and what makes one good."""

from __future__ import annotations

import re
from urllib.parse import unquote

KEY = re.compile(r"(?!https?:)[A-Za-z0-9][A-Za-z0-9_:.+/-]{0,99}", re.ASCII)
"""A key that BibTeX, pandoc, Typst and a shell take as it is."""
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
PMID = re.compile(r"[1-9]\d{0,8}", re.ASCII)
PMCID = re.compile(r"PMC[1-9]\d{0,8}", re.ASCII)
RESOLVER = re.compile(r"\s*(?:https?://)?(?:www\.|dx\.)?doi\.org/", re.ASCII | re.IGNORECASE)
"""The beginning of an address that leads to a DOI."""
PAGES = re.compile(r"([A-Za-z]*)(\d{1,12})-([A-Za-z]*)(\d{1,12})", re.ASCII)
SEASONS = {"spring": "1", "summer": "2", "autumn": "3", "fall": "3", "winter": "4"}
"""CSL's numbers of the seasons."""

_RANGE = re.compile(
    r"(?<![\w.-])([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)(?![\w.-])", re.ASCII
)  # no part of a date, a DOI or a chain
_LABEL = re.compile(r"\s*doi\s*:?\s*", re.ASCII | re.IGNORECASE)
_DASH = re.compile(r"\s*(?:--+|[‐‑‒–—−])\s*|\s+-\s*|-\s+")


def bare_doi(text: str) -> str:
    """A DOI without resolver or label, "" where the text is something else.

    An address may go on after its DOI (`?utm_source=x`, `#abstract`), and a DOI may hold these
    signs, so that they cannot be told apart: such an address holds none.
    """
    if resolver := RESOLVER.match(text):
        text = text[resolver.end() :]
        text = "" if "?" in text or "#" in text else unquote(text)
    elif label := _LABEL.match(text):
        text = text[label.end() :]
    text = text.strip()
    return text if DOI.fullmatch(text) else ""


def hyphenated(pages: str) -> str:
    """Pages with a plain hyphen, and no space around it, for each dash."""
    return _DASH.sub("-", pages)


def whole_range(pages: str) -> str:
    """Pages with shortened ends written out: "437-49; discussion 450-1" ends in 449 and 451.

    An end that would stand before its start (2020-01) is none, and stays.
    """
    return _RANGE.sub(_whole, pages) if "-" in pages else pages


def letters(number: int) -> str:
    """What tells the works of one author and year apart: 1 is "a", 26 "z", 27 "aa"."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _whole(match: re.Match[str]) -> str:
    before, first, again, last = match.groups()
    end = first[: len(first) - len(last)] + last
    if len(last) >= len(first) or again not in ("", before) or end <= first:
        return match.group()
    return f"{before}{first}-{before}{end}"
