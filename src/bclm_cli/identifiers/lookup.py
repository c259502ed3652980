"""By which identifiers a paper is found: those that were typed, those of its record, and those that
stand in a key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bclm_cli.identifiers import ARXIV, ISBN, comparable, doi_within, parse

_ARXIV_WITHIN = re.compile(r"arxiv:\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})", re.A | re.I)
_IN_KEY = re.compile(
    r"(doi|shortdoi|pmid|pubmed|pmcid|pmc|arxiv|isbn|url|https?):(.+)", re.IGNORECASE
)
_PAGE = re.compile(r"(?:https?|ftp)://(?:www\.)?([^\s/?#]+)([^\s#]*)(?:#\S*)?", re.IGNORECASE)


def candidates(text: str) -> Iterator[str]:
    """What an identifier that somebody typed may be, likeliest first, as `comparable` has it, or as
    `also` has it."""
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


def also(text: Mapping[str, str]) -> Iterator[str]:
    """What else names a paper with these variables, though two may share it, in the form in which
    equal ones are equal: the DOI that arXiv gives, the address, the ISBN."""
    if page := _page(text.get("URL", "")):
        yield page
        if found := ARXIV.fullmatch(text["URL"]):
            yield _arxiv_doi(found[1])
    for variable in ("container-title", "number", "note"):  # "arXiv preprint arXiv:1234.56789"
        if "arxiv" in text.get(variable, "").lower():
            yield from map(_arxiv_doi, _ARXIV_WITHIN.findall(text[variable])[:1])
    if "ISBN" in text:
        yield from map(_isbn13, ISBN.findall(text["ISBN"]))


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
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(body))
    return f"isbn:{body}{-total % 10}"
