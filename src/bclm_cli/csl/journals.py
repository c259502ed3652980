"""Names of journals: in full, abbreviated as the NLM does, or abbreviated with full stops."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

FULL, ABBREVIATED, DOTTED = "full", "abbrev", "dotted"
HOUSE = "house"
"""What the data has, with full stops where the style prints the abbreviation."""
_WITH_STOPS = frozenset((
    "cell", "cell-numeric", "nature", "nature-brackets", "nature-neuroscience-brief-communications",
    "nature-no-et-al", "pnas", "science", "science-translational-medicine",
    "science-without-titles",
))  # fmt: skip
"""The styles whose journals print abbreviations with full stops ("J. Transl. Med."): of four
journals, and those that by their own title or summary are one of these with a change. A style that
depends on one of them (nature-genetics, cancer-cell) is that one."""

_WORD = r"[^\W\d_]+"


def house_form(style: str) -> str:
    """The form of journals' names that a style's journals want, "" for what the data has."""
    return HOUSE if style in _WITH_STOPS else ""


def in_form(item: Mapping[str, Any], form: str) -> dict[str, Any]:
    """A CSL-JSON item with the names of its journal in a form.

    All but HOUSE hold for styles that print the full title and for those that print the short one.
    """
    full, short = item.get("container-title"), item.get("container-title-short")
    if not full or not short:
        return dict(item)
    if form == FULL:
        return {**item, "container-title-short": full}
    if form == HOUSE:
        return {**item, "container-title-short": with_stops(short, full)}
    if form == DOTTED:
        short = with_stops(short, full)
    return {**item, "container-title": short, "container-title-short": short}


def with_stops(short: str, full: str) -> str:
    """An NLM abbreviation with a full stop behind each word that is abbreviated.

    The NLM leaves stops out ("J Transl Med", "Cell"). Which words are cut, the full title tells; a
    single word is none. Single letters in a row belong together ("U.S.A.").
    """
    if " " not in short or "." in short:
        return short
    whole = {word.casefold() for word in re.findall(_WORD, full)}

    def stopped(word: re.Match[str]) -> str:
        return word[0] if word[0].casefold() in whole else f"{word[0]}."

    return re.sub(r"(?<=\b\w\.) (?=\w\.(?:\W|$))", "", re.sub(_WORD, stopped, short))
