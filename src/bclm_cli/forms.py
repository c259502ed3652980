"""Forms of keys, identifiers, pages and seasons: what a good one looks like."""

from __future__ import annotations

import re

KEY = re.compile(r"(?!https?:)[A-Za-z0-9][A-Za-z0-9_:.+/-]{0,99}", re.ASCII)
"""A key that BibTeX, pandoc, Typst and a shell take as it is."""
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
PMID = re.compile(r"[1-9]\d{0,8}", re.ASCII)
PMCID = re.compile(r"PMC[1-9]\d{0,8}", re.ASCII)
SEASONS = {"spring": "1", "summer": "2", "autumn": "3", "fall": "3", "winter": "4"}
"""CSL's numbers of the seasons."""

_PAGES = re.compile(
    r"(?<![\w.-])([A-Za-z]*+)(\d++)-([A-Za-z]*+)(\d++)(?![\w.-])", re.ASCII
)  # no part of a date, a DOI or a chain


def whole_range(pages: str) -> str:
    """Pages with shortened ends written out: "437-49; discussion 450-1" ends in 449 and 451.

    An end that would stand before its start (2020-01) is none, and stays.
    """
    return _PAGES.sub(_whole, pages) if "-" in pages else pages


def _whole(match: re.Match[str]) -> str:
    before, first, again, last = match.groups()
    end = first[: len(first) - len(last)] + last
    if len(last) >= len(first) or again not in ("", before) or end <= first:
        return match.group()
    return f"{before}{first}-{before}{end}"
