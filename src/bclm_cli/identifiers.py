"""Forms of keys, identifiers and pages: what a good one looks like, and what makes one good."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

KEY = re.compile(r"(?!https?:)[A-Za-z0-9][A-Za-z0-9_:.+/-]{0,99}", re.ASCII)
"""A key that BibTeX, pandoc, Typst and a shell take as it is."""
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
PMID = re.compile(r"[1-9]\d{0,8}", re.ASCII)
PMCID = re.compile(r"PMC[1-9]\d{0,8}", re.ASCII)
RESOLVER = re.compile(r"\s*(?:https?://)?(?:www\.|dx\.)?doi\.org/", re.ASCII | re.IGNORECASE)
"""The beginning of an address that leads to a DOI."""

_LABEL = re.compile(r"\s*doi\s*:?\s*", re.ASCII | re.IGNORECASE)


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


def letters(number: int) -> str:
    """What tells the works of one author and year apart: 1 is "a", 26 "z", 27 "aa"."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def identifier(text: str) -> str:
    """A DOI, PMID or PMCID in small letters, without the address or label that people put before
    it: `https://doi.org/10.1000/XYZ` gives `10.1000/xyz`."""
    text = text.strip().lower()
    if "%" in text:
        from urllib.parse import unquote

        text = unquote(text)
    if text[:1].isdigit():  # nothing stands before it
        return text.rstrip("/ ")
    return _ANY_LABEL.sub("", _ADDRESS.sub("", text)).strip("/ ")


def signs(text: Mapping[str, str]) -> list[tuple[str, str]]:
    """The identifiers that no two papers share, among the variables of one: kind and value."""
    found = [(kind, identifier(text[kind])) for kind in ("DOI", "PMID", "PMCID") if kind in text]
    return [(kind, value.upper() if kind == "PMCID" else value) for kind, value in found if value]


_ADDRESS = re.compile(
    r"^(?:https?://)?(?:(?:(?:dx|www)\.)?doi\.org/|pubmed\.ncbi\.nlm\.nih\.gov/"
    r"|(?:www\.ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/)"
)


_ANY_LABEL = re.compile(r"^(?:doi|pmid|pubmed|pmcid)(?:\s*:\s*|\s+)")
