"""Page ranges: their dashes, and shortened ends written out."""

from __future__ import annotations

import re

PAGES = re.compile(r"([A-Za-z]*)(\d{1,12})-([A-Za-z]*)(\d{1,12})", re.ASCII)

ASM_NUMBER = re.compile(r"(?:e\d|0)\d{4}-\d\d", re.ASCII)
"""An article number of the American Society for Microbiology, which ends in its year; a range
whose end is shortened looks the same. Some leave its letter out (00313-19)."""

_RANGE = re.compile(
    r"(?<![\w.-])([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)(?![\w.-])", re.ASCII
)  # no part of a date, a DOI or a chain
_DASH = re.compile(r"\s*(?:--+|[‐‑‒–—−])\s*|\s+-\s*|-\s+")


def hyphenated(pages: str) -> str:
    """Pages with a plain hyphen, and no space around it, for each dash."""
    return _DASH.sub("-", pages)


def whole_range(pages: str) -> str:
    """Pages with shortened ends written out: "437-49; discussion 450-1" ends in 449 and 451.

    An end that would stand before its start (2020-01) is none, and stays; so does the year behind
    an article number (e00313-19).
    """
    return _RANGE.sub(_whole, pages) if "-" in pages else pages


def is_range(pages: str) -> bool:
    """Whether this is `first-last`, and no number with a hyphen in it (2020-01, e00313-19)."""
    match = PAGES.fullmatch(pages)
    if match is None or ASM_NUMBER.fullmatch(pages):
        return False
    before, first, again, last = match.groups()
    return again in ("", before) and int(first[: -len(last)] + last) >= int(first)


def _whole(match: re.Match[str]) -> str:
    before, first, again, last = match.groups()
    if first[0] == "0" and ASM_NUMBER.fullmatch(match.group()):
        return match.group()
    end = first[: len(first) - len(last)] + last
    if len(last) >= len(first) or again not in ("", before) or end <= first:
        return match.group()
    return f"{before}{first}-{before}{end}"
