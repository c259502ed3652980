"""Forms of identifiers and pages: what they look like, and the good form of a nearly good one."""

from __future__ import annotations

import re
from urllib.parse import unquote

KEY = re.compile(r"(?!https?:)[A-Za-z0-9][A-Za-z0-9_:.+/-]{0,99}", re.ASCII)
"""A key that BibTeX, pandoc, Typst and a shell take as it is."""
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
PMID = re.compile(r"[1-9]\d{0,8}", re.ASCII)
PMCID = re.compile(r"PMC[1-9]\d{0,8}", re.ASCII)
URL = re.compile(r"(?:https?|ftp)://[^\s/]+\.\S+", re.ASCII)
CURIES = {
    "HGNC": re.compile(r"HGNC:[1-9]\d{0,6}", re.ASCII),
    "CL": re.compile(r"CL:\d{7}", re.ASCII),
    "GO": re.compile(r"GO:\d{7}", re.ASCII),
}
PAGES = re.compile(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)", re.ASCII)
_RESOLVER = re.compile(r"\s*(?:https?://)?(?:dx\.)?doi\.org/", re.ASCII | re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:doi|pmid|pubmed|pmcid)\s*:?\s*", re.ASCII | re.IGNORECASE)
_ISSN = re.compile(r"\d{4}-\d{3}[\dX]", re.ASCII)
_ISBN = re.compile(r"(?:97[89])?\d{9}[\dX]", re.ASCII)


def bare_doi(text: str) -> str:
    """A DOI without resolver or label, "" where the text is something else."""
    if resolver := _RESOLVER.match(text):
        text = unquote(text[resolver.end() :])
    elif label := _LABEL.match(text):
        text = text[label.end() :]
    text = text.strip()
    return text if DOI.fullmatch(text) else ""


def bare_number(text: str) -> str:
    """A PMID or PMCID without its label."""
    label = _LABEL.match(text)
    return text[label.end() :].strip() if label else text.strip()


def whole_range(pages: str) -> str:
    """Pages with their end written out: 105-9 is 105-109. Other texts come back as they are."""
    span = PAGES.fullmatch(pages)
    if span is None:
        return pages
    before, first, again, last = span.groups()
    if len(last) >= len(first) or again not in ("", before):
        return pages
    return f"{before}{first}-{before}{first[: len(first) - len(last)]}{last}"


def is_issn(text: str) -> bool:
    """Eight digits with a hyphen, the last one the check digit (ISO 3297, modulus 11)."""
    return bool(_ISSN.fullmatch(text)) and _weighted(text.replace("-", ""), 8) % 11 == 0


def is_isbn(text: str) -> bool:
    """Ten digits (modulus 11) or thirteen (modulus 10), hyphens where one likes (ISO 2108)."""
    digits = text.replace("-", "").replace(" ", "")
    if not _ISBN.fullmatch(digits) or (len(digits) == 13 and digits[-1] == "X"):
        return False
    if len(digits) == 10:
        return _weighted(digits, 10) % 11 == 0
    return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0


def _weighted(digits: str, weight: int) -> int:
    values = (10 if digit == "X" else int(digit) for digit in digits)
    return sum(value * (weight - place) for place, value in enumerate(values))
