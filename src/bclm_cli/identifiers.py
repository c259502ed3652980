"""Forms of keys, identifiers and pages: what a good one looks like, and what makes one good."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
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


class Identifier(NamedTuple):
    """What names one paper for all: `kind` is "DOI", "PMID" or "PMCID", as in CSL."""

    kind: str
    value: str

    def __str__(self) -> str:
        """As people write it: 10.1000/xyz, PMID:123, PMC123."""
        return f"PMID:{self.value}" if self.kind == "PMID" else self.value


def parse(text: str) -> Identifier | None:
    """The identifier that a text is, in any dress; None where it is something else.

    Known are DOIs (alone, after "doi:", as an address, with a sentence's punctuation behind),
    PMIDs and PMCIDs (after a label or as an address of NCBI), and arXiv's identifiers, whose DOI
    is `10.48550/arXiv.` before the identifier without its version. A bare number is none.
    """
    text = text.strip().strip("<>\"'“”").rstrip(".,;")
    if match := _ARXIV.fullmatch(text):
        return Identifier("DOI", f"10.48550/arXiv.{match[1]}")
    if match := _PMID.fullmatch(text):
        return Identifier("PMID", match[1])
    if match := _PMCID.fullmatch(text):
        return Identifier("PMCID", match[1].upper())
    if resolver := RESOLVER.match(text):  # what follows ? or # is the address's own
        text = unquote(re.split("[?#]", text[resolver.end() :])[0])
    elif label := _LABEL.match(text):
        text = text[label.end() :]
    return Identifier("DOI", text) if DOI.fullmatch(text) and text.isprintable() else None


_ARXIV = re.compile(
    r"(?:arxiv:\s*|(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf|html)/)"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?",
    re.ASCII | re.IGNORECASE,
)
_PMID = re.compile(
    r"(?:(?:pmid|pubmed)\s*:?\s*|(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov"
    r"|ncbi\.nlm\.nih\.gov/pubmed)/)0*([1-9]\d{0,8})/?",
    re.ASCII | re.IGNORECASE,
)
_PMCID = re.compile(
    r"(?:pmcid\s*:?\s*|(?:https?://)?(?:pmc\.ncbi\.nlm\.nih\.gov"
    r"|(?:www\.)?ncbi\.nlm\.nih\.gov/pmc)/articles/)?(PMC[1-9]\d{0,8})/?",
    re.ASCII | re.IGNORECASE,
)


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


MAX_LIST = 1_000_000
"""Bytes of a list of identifiers; what is longer is a bibliography."""


def listed(data: bytes) -> list[Identifier] | None:
    """The identifiers of a file that holds nothing else, one a line or in the first column of our
    own TSV, with comments after `#`; None for any other file."""
    if len(data) > MAX_LIST:
        return None
    try:
        lines = data.decode().splitlines()
    except UnicodeDecodeError:
        return None
    found = []
    for line in lines:
        first = line.split("\t")[0].strip()
        if not first or first.startswith("#"):
            continue
        identifier = parse(first)
        if identifier is None:
            return None
        found.append(identifier)
    return found or None
