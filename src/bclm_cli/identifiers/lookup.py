"""By which identifiers a paper is found: those that were typed, those of its record, and those that
stand in a key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bclm_cli.identifiers import (
    ARXIV,
    ISBN,
    comparable,
    doi_within,
    isbn_check_digit,
    parse,
    unique,
)

PREPRINT = "article"
"""CSL's type of a preprint (CSL 1.0.2, Appendix III)."""
_ARXIV_NUMBER = r"arxiv:\s*+(\d{4}\.\d{4,5}|[a-z-]{2,12}(?:\.[a-z]{2})?/\d{7})"
_ARXIV_WITHIN = re.compile(_ARXIV_NUMBER, re.A | re.I)
_ARXIV_NOTE = re.compile(
    rf"\s*+(?:arxiv (?:e-print|preprint),? )?{_ARXIV_NUMBER}(?:v\d+)?\s*+(?:\[[\w.-]+\])?\.?\s*",
    re.A | re.I,
)
"""A note that is the label of a preprint and nothing else."""
_IN_KEY = re.compile(
    r"(doi|shortdoi|pmid|pubmed|pmcid|pmc|arxiv|isbn|url|https?):(.+)", re.IGNORECASE
)
_PAGE = re.compile(r"(?:https?|ftp)://(?:www\.)?([^\s/?#]++)([^\s#]*+)(?:#\S*+)?", re.IGNORECASE)


def candidates(text: str) -> Iterator[str]:
    """What an identifier that somebody typed may be, likeliest first, as `identifiers_of` has
    it."""
    text = text.strip()
    arxiv, isbn = ARXIV.fullmatch(text), ISBN.fullmatch(text.removeprefix("isbn:"))
    found = (
        text.lower(),
        comparable(text),
        _arxiv_doi(arxiv[1]) if arxiv else "",
        doi_within(text).lower(),
        _page(text),
        _isbn13(isbn[0]) if isbn else "",
    )
    yield from filter(None, dict.fromkeys(found))


def identifiers_of(type_: str, text: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """What names a paper of this CSL type with these variables, in the form in which equal ones are
    equal, and whether it is its own: an address may be that of several papers, the ISBN of a
    chapter is that of its book, and an article may tell the arXiv number of its preprint."""
    for _, value in unique(text):
        yield value, True
    if page := _page(text.get("URL", "")):
        yield page, False
    if found := _arxiv_number(type_, text):
        yield found
    for isbn in ISBN.findall(text.get("ISBN", "")):
        yield _isbn13(isbn), type_ == "book"


def _arxiv_number(type_: str, text: Mapping[str, str]) -> tuple[str, bool] | None:
    """The DOI that arXiv gives for the first number of a record, and whether it is that of a
    preprint. A note counts where it is nothing else, for it may be a comment on another paper."""
    if "10.48550/" in text.get("DOI", ""):
        return None
    if match := _ARXIV_WITHIN.search(text.get("container-title", "")):  # Google Scholar's
        return _arxiv_doi(match[1]), True
    is_preprint, note = type_ == PREPRINT, text.get("note", "")
    match = (
        _ARXIV_WITHIN.search(text.get("number", ""))
        or ARXIV.fullmatch(text.get("URL", ""))
        or (_ARXIV_WITHIN.search(note) if is_preprint else _ARXIV_NOTE.fullmatch(note))
    )
    return (_arxiv_doi(match[1]), is_preprint) if match else None


def in_key(key: str) -> str:
    """What names the paper in a key such as Manubot has, `doi:10.1000/x`, `pubmed:1`, `pmc:PMC1`,
    `arxiv:1234.56789`, `isbn:…`, `url:https://…` or `https://…`; "" for any other key."""
    if not (match := _IN_KEY.fullmatch(key)):
        return ""
    kind, rest = match[1].lower(), match[2]
    if kind in ("http", "https"):
        return key
    label = {"pmid": "PMID:", "pubmed": "PMID:", "pmcid": "PMCID:", "pmc": "PMCID:",
             "arxiv": "arXiv:", "isbn": "isbn:"}.get(kind, "")  # fmt: skip
    return label + rest


def to_fetch(key: str) -> str:
    """The identifier in such a key, as `bclm add` takes it; "" where a registry knows none."""
    found = parse(in_key(key))
    return str(found) if found else ""


def _arxiv_doi(identifier: str) -> str:
    return f"10.48550/arxiv.{identifier.lower()}"


def _page(address: str) -> str:
    """An address without scheme, `www.`, fragment and last slash, which make no other page of it;
    "" for anything else."""
    found = _PAGE.fullmatch(address.strip())
    return f"//{found[1].lower()}{found[2].rstrip('/')}" if found else ""


def _isbn13(text: str) -> str:
    """An ISBN in thirteen digits, with the check digit of those (ISO 2108)."""
    digits = re.sub(r"[- ]", "", text)
    body = digits[:-1] if len(digits) == 13 else f"978{digits[:-1]}"
    return f"isbn:{body}{isbn_check_digit(body)}"
