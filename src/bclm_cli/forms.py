"""Forms of keys, DOIs and pages: what they look like, and the good form of a nearly good one."""

from __future__ import annotations

import re
from urllib.parse import unquote

KEY = re.compile(r"(?!https?:)[A-Za-z0-9][A-Za-z0-9_:.+/-]{0,99}", re.ASCII)
"""A key that BibTeX, pandoc, Typst and a shell take as it is."""
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
PAGES = re.compile(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)", re.ASCII)

_RESOLVER = re.compile(r"\s*(?:https?://)?(?:www\.|dx\.)?doi\.org/", re.ASCII | re.IGNORECASE)
_LABEL = re.compile(r"\s*doi\s*:?\s*", re.ASCII | re.IGNORECASE)
_DASH = re.compile(r"\s*(?:--+|[‐‑‒–—−])\s*|\s+-\s*|-\s+")


def bare_doi(text: str) -> str:
    """A DOI without resolver or label, "" where the text is something else.

    An address may go on after its DOI (`?utm_source=x`, `#abstract`), and a DOI may hold these
    signs, so that they cannot be told apart: such an address holds none.
    """
    if resolver := _RESOLVER.match(text):
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
    """Pages with their end written out: 105-9 is 105-109. Other texts come back as they are, such
    as 2020-01, which would end before it begins."""
    span = PAGES.fullmatch(pages)
    if span is None:
        return pages
    before, first, again, last = span.groups()
    if len(last) >= len(first) or again not in ("", before):
        return pages
    whole = first[: len(first) - len(last)] + last
    return f"{before}{first}-{before}{whole}" if whole >= first else pages
