"""Identifiers of papers and factors: their form, what people write instead, their addresses.

No other module knows how a DOI, PMID, PMCID, ISSN or ISBN is spelled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

KEY = re.compile(r"(?!https?:)[A-Za-z0-9][A-Za-z0-9_:.+/-]{0,99}", re.ASCII)
"""A citation key that BibTeX, pandoc, Typst and a shell take as it is."""
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+|10/[A-Za-z0-9]{2,12}", re.ASCII)
"""A DOI (ISO 26324; registrants have four to nine digits), or a short DOI such as 10/aabbe."""
PMID = re.compile(r"[1-9]\d{0,8}", re.ASCII)
PMCID = re.compile(r"PMC[1-9]\d{0,8}", re.ASCII)
CURIES = {
    "HGNC": re.compile(r"HGNC:[1-9]\d{0,6}", re.ASCII),
    "CL": re.compile(r"CL:\d{7}", re.ASCII),
    "GO": re.compile(r"GO:\d{7}", re.ASCII),
}
"""Identifiers of factors, by the prefix of their registry."""
URL = re.compile(r"(?:https?|ftp)://[^\s/]+\.\S+", re.ASCII)
OF_PAPERS = ("DOI", "PMID", "PMCID")
"""The CSL variables whose value no two papers share."""
OPENED = {
    "doi": "https://doi.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/",
}
"""What stands before an identifier in the address that opens it."""

_RESOLVER = re.compile(
    r"(?:https?://)?(?:(?:[\w-]+\.)?doi\.org|doi-org\.[\w.-]+|(?:[\w.-]+\.)?doi\.org\.[\w.-]+)/",
    re.ASCII | re.IGNORECASE,
)  # the resolver, or a library's proxy before it
_DOI_LABEL = re.compile(
    r"(?:\[?doi\]?|info:doi/|urn:doi)(?:\s*[:=]\s*|\s+|(?=10[./]))(?:\[doi\]\s*)?|info:doi/",
    re.ASCII | re.IGNORECASE,
)
_DOI_WITHIN = re.compile(r"(?<![\d.])10\.\d{4,9}(?:\.\d+)*/[^\s\"]+", re.ASCII)
_PMID = re.compile(
    r"(?:(?:pmid|pubmed)?[\s:]*"
    r"|(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed)/)"
    r"0*([1-9]\d{0,8})(?:\s*\[pmid\]|/?(?:[?#]\S*)?|\.)?",
    re.ASCII | re.IGNORECASE,
)
_PMCID = re.compile(r"\bPMC0*([1-9]\d{0,8})\b", re.ASCII | re.IGNORECASE)
_PMCID_NUMBER = re.compile(r"pmcid[\s:]*(\d{1,9})", re.ASCII | re.IGNORECASE)
_LONE_PMCID = re.compile(
    r"(?:pmcid[\s:]*|(?:https?://)?(?:pmc\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pmc)"
    r"/articles/)?PMC0*[1-9]\d{0,8}[/.,;]?",
    re.ASCII | re.IGNORECASE,
)
ARXIV = re.compile(
    r"(?:arxiv:\s*|(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf|html)/)"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?",
    re.ASCII | re.IGNORECASE,
)
_ISSN = re.compile(r"(?<![\w-])(\d{4})-?(\d{3}[\dXx])(?![\w-])", re.ASCII)
ISBN = re.compile(r"(?<![\w-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\w-])", re.ASCII)
_WHOLE_ISSN = re.compile(r"\d{4}-\d{3}[\dX]", re.ASCII)
_WHOLE_ISBN = re.compile(r"(?:97[89])?\d{9}[\dX]", re.ASCII)
_SCHEME = re.compile(r"(?:https?|ftp)://|www\.", re.IGNORECASE)
_HOST = re.compile(r"(?!10\.)(?:[\w-]{1,63}\.)+(?:[a-z]{2,9}/\S*|com|org|net|edu|gov|int|eu)", re.A)
_AFTER = re.compile(r"[?#].+$", re.DOTALL)
_OPENS = {")": "(", "]": "[", "}": "{"}
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:()")
_OF_URLS = _PLAIN | frozenset("?#[]@!$&'*+,;=%")


def doi(text: str) -> str:
    """The DOI that a text is, without resolver, label, query, fragment and the stop of a sentence;
    "" where the text is something else. Letters stay in their case.

    What stands behind `?` or `#` is cut from an address alone, where RFC 3986 makes it a query or
    fragment; a DOI by itself may hold both ("10.1002/(SICI)…3.0.CO;2-#").
    """
    found = _undressed(text.strip())
    return found if DOI.fullmatch(found) else ""


def doi_within(text: str) -> str:
    """The first DOI in a field that should hold one, as `doi` gives it; "" if there is none."""
    text = text.strip()
    if found := doi(text):
        return found
    match = _DOI_WITHIN.search(_unquoted(text))
    return _without_stop(match.group()) if match else ""


def is_doi_address(text: str) -> bool:
    """Whether a text begins as the address of a DOI's resolver does."""
    return bool(_RESOLVER.match(text))


def _undressed(text: str) -> str:
    label = _DOI_LABEL.match(text)
    text = text[label.end() :] if label else text
    resolver = _RESOLVER.match(text)
    if resolver:
        text = _AFTER.sub("", text[resolver.end() :])
        label = _DOI_LABEL.match(text)  # https://doi.org/doi:10.1000/x
        text = text[label.end() :] if label else text
    return _without_stop(_unquoted(text).strip())


def _unquoted(text: str) -> str:
    """With %XX resolved, which no registered DOI has of its own."""
    if "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text)


def _without_stop(found: str) -> str:
    """Without the punctuation of the sentence: a closing bracket is the sentence's, unless the DOI
    opened it (10.1016/S0140-6736(97)…)."""
    signs, end = Counter(found), len(found)
    while end and (
        (last := found[end - 1]) in ".,;:/" or signs[last] > signs[_OPENS.get(last, last)]
    ):
        signs[last] -= 1
        end -= 1
    return found[:end]


def pmid(text: str) -> str:
    """A PubMed number without label, address and leading zeros; "" for anything else."""
    match = _PMID.fullmatch(text.strip())
    return match.group(1) if match else ""


def pmcid(text: str) -> str:
    """A PubMed Central number with its prefix, from a text that holds one; "" where none does."""
    if match := _PMCID.search(text) or _PMCID_NUMBER.fullmatch(text.strip()):
        return f"PMC{match.group(1).lstrip('0')}"
    return ""


def pmcid_of_field(text: str) -> str:
    """A PubMed Central number in a field that should hold one, where a bare number counts too."""
    bare = text.strip()
    return f"PMC{bare.lstrip('0')}" if PMID.fullmatch(bare.lstrip("0")) else pmcid(text)


PARSERS = {"DOI": doi_within, "PMID": pmid, "PMCID": pmcid_of_field}
"""For each of OF_PAPERS, what reads it from a field that should hold it."""


def unique(text: Mapping[str, str]) -> list[tuple[str, str]]:
    """The identifiers that no two papers share, among the variables of one: kind, and the value in
    the form in which equal ones are equal."""
    found = [(kind, comparable(text[kind])) for kind in OF_PAPERS if kind in text]
    return [(kind, value) for kind, value in found if value]


def comparable(text: str) -> str:
    """A DOI, PMID or PMCID in the form in which equal ones are equal: small letters, a PMCID in
    capitals, nothing around it. A text that is none of them, in small letters."""
    text = text.strip()
    if text.isdigit():
        return text.lstrip("0") or text
    if text[:3] == "10." and text[-1:].isalnum() and "%" not in text:  # nearly all that are stored
        return text.lower()
    if text[:3].lower() == "pmc" and (found := pmcid(text)):
        return found
    return doi(text).lower() or pmid(text) or pmcid(text) or text.lower()


def serial(text: str) -> tuple[str, str]:
    """The first ISSN or ISBN in a text, with the name of its variable; ("", "") if none is."""
    isbn, issn = ISBN.search(text), _ISSN.search(text)
    if isbn:
        return "ISBN", isbn.group().strip("- ")
    return ("ISSN", "-".join(issn.groups()).upper()) if issn else ("", "")


def is_issn(text: str) -> bool:
    """Eight digits with a hyphen, the last one the check digit (ISO 3297, modulus 11)."""
    return bool(_WHOLE_ISSN.fullmatch(text)) and _weighted(text.replace("-", ""), 8) % 11 == 0


def is_isbn(text: str) -> bool:
    """Ten digits (modulus 11) or thirteen (modulus 10), hyphens where one likes (ISO 2108)."""
    digits = text.replace("-", "").replace(" ", "")
    if not _WHOLE_ISBN.fullmatch(digits) or (len(digits) == 13 and digits[-1] == "X"):
        return False
    if len(digits) == 10:
        return _weighted(digits, 10) % 11 == 0
    return isbn_check_digit(digits[:-1]) == digits[-1]


def isbn_check_digit(body: str) -> str:
    """The last digit of an ISBN of thirteen behind the first twelve (ISO 2108, modulus 10)."""
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(body))
    return str(-total % 10)


def _weighted(digits: str, weight: int) -> int:
    values = (10 if digit == "X" else int(digit) for digit in digits)
    return sum(value * (weight - place) for place, value in enumerate(values))


def url(text: str) -> str:
    """The address of a page, with the scheme that people leave out; "" where it is none."""
    begun = _SCHEME.match(text) or _HOST.fullmatch(text)
    return "" if not begun else text if "://" in begun.group() else f"https://{text}"


def address(kind: str, identifier: str) -> str:
    """The address of a "doi", "pmid", "pmcid" or "url"; "" where there is none to be opened.

    Only http and https are opened: a data file from elsewhere may name what it likes.
    """
    if kind == "url":
        web = identifier.lower().startswith(("https://", "http://"))
        return _quoted(identifier, _OF_URLS) if web else ""
    return OPENED[kind] + _quoted(identifier, _PLAIN) if identifier else ""


def address_of(text: Mapping[str, str]) -> str:
    """Where the paper with these variables can be opened: by its DOI, PMID, PMCID, else its URL;
    "" if it has none."""
    found = (address(kind, text.get(kind.upper(), "")) for kind in (*OPENED, "url"))
    return next(filter(None, found), "")


def _quoted(text: str, kept: frozenset[str]) -> str:
    """With everything else as %XX (urllib.parse says the same, and takes 4 ms to import)."""
    return "".join(
        c if c in kept else "".join(f"%{byte:02X}" for byte in c.encode(errors="replace"))
        for c in text
    )


class Identifier(NamedTuple):
    """What names one paper for all: `kind` is "DOI", "PMID" or "PMCID", as in CSL."""

    kind: str
    value: str

    def __str__(self) -> str:
        """As people write it: 10.1000/xyz, PMID:123, PMC123."""
        return f"PMID:{self.value}" if self.kind == "PMID" else self.value


def parse(text: str) -> Identifier | None:
    """The identifier of a paper that a text is, with or without address or label; else None.

    A PMID needs its label or address: a bare number is none. arXiv's identifiers stand for the DOI
    that they have without their version, `10.48550/arXiv.` before them.
    """
    text = text.strip().strip("<>\"'“”")
    if match := ARXIV.fullmatch(text):
        return Identifier("DOI", f"10.48550/arXiv.{match[1]}")
    if (found := doi(text)) and found.isprintable():
        return Identifier("DOI", found)
    if not text.isdigit() and (found := pmid(text)):
        return Identifier("PMID", found)
    match = _LONE_PMCID.fullmatch(text)
    return Identifier("PMCID", pmcid(text)) if match else None


def letters(number: int) -> str:
    """What distinguishes keys and citations of one author and year: 1 is "a", 26 "z", 27 "aa"."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
