"""Identifiers to the addresses where they can be opened."""

from __future__ import annotations

from bclm_cli.model.records import Reference

PREFIXES = {
    "doi": "https://doi.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/",
}
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:()")
_OF_URLS = _PLAIN | frozenset("?#[]@!$&'*+,;=%")


def url(kind: str, identifier: str) -> str:
    """The address of a "doi", "pmid", "pmcid" or "url"; "" where there is none to be opened.

    Only http and https are opened: a data file from elsewhere may name what it likes.
    """
    if kind == "url":
        web = identifier.lower().startswith(("https://", "http://"))
        return _quoted(identifier, _OF_URLS) if web else ""
    return PREFIXES[kind] + _quoted(identifier, _PLAIN) if identifier else ""


def address(paper: Reference) -> str:
    """Where a paper can be opened: its DOI, else PubMed, else its URL; "" if it has none."""
    found = (url(kind, paper.get(kind.upper())) for kind in ("doi", "pmid", "pmcid", "url"))
    return next(filter(None, found), "")


def _quoted(text: str, kept: frozenset[str]) -> str:
    """With everything else as %XX (urllib.parse says the same, and takes 4 ms to import)."""
    return "".join(
        c if c in kept else "".join(f"%{byte:02X}" for byte in c.encode(errors="replace"))
        for c in text
    )
