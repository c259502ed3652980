"""Forms of identifiers that only checks ask for; those of DOIs and pages are in `forms`."""

from __future__ import annotations

import re

URL = re.compile(r"(?:https?|ftp)://[^\s/]+\.\S+", re.ASCII)
CURIES = {
    "HGNC": re.compile(r"HGNC:[1-9]\d{0,6}", re.ASCII),
    "CL": re.compile(r"CL:\d{7}", re.ASCII),
    "GO": re.compile(r"GO:\d{7}", re.ASCII),
}
_LABEL = re.compile(r"\s*(?:pmid|pubmed|pmcid)\s*:?\s*", re.ASCII | re.IGNORECASE)
_ISSN = re.compile(r"\d{4}-\d{3}[\dX]", re.ASCII)
_ISBN = re.compile(r"(?:97[89])?\d{9}[\dX]", re.ASCII)


def bare_number(text: str) -> str:
    """A PMID or PMCID without its label."""
    label = _LABEL.match(text)
    return text[label.end() :].strip() if label else text.strip()


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
