"""Names of journals: in full, abbreviated as the NLM does, or abbreviated with full stops."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

FULL, ABBREVIATED, DOTTED = "full", "abbrev", "dotted"
HOUSE_FORMS = {"nature": DOTTED, "science": DOTTED, "cell": DOTTED, "pnas": DOTTED}
"""The styles whose journals print abbreviations with full stops ("J. Transl. Med.")."""

_WORD = re.compile(r"[^\W\d_]+")


def house_form(style: str) -> str:
    """The form of journals' names that a style's journals want, "" for what the data has."""
    return HOUSE_FORMS.get(style, "")


def in_form(item: Mapping[str, Any], form: str) -> dict[str, Any]:
    """A CSL-JSON item with the names of its journal in a form.

    Decided by hand, `full` and `abbrev` hold for styles that print the other of the two as well.
    """
    full, short = item.get("container-title"), item.get("container-title-short")
    if not full or not short:
        return dict(item)
    if form == FULL:
        return {**item, "container-title-short": full}
    if form == DOTTED:
        short = with_stops(short, full)
        return {**item, "container-title-short": short}
    return {**item, "container-title": short} if form == ABBREVIATED else dict(item)


def with_stops(short: str, full: str) -> str:
    """An NLM abbreviation with a full stop behind each word that is abbreviated.

    The NLM leaves stops out ("J Transl Med", "Cell"). Which words are cut, the full title tells; a
    single word is none. Single letters in a row belong together ("U.S.A.").
    """
    if " " not in short or "." in short:
        return short
    whole = {word.casefold() for word in _WORD.findall(full)}

    def stopped(word: re.Match[str]) -> str:
        return word[0] if word[0].casefold() in whole else f"{word[0]}."

    return re.sub(r"(?<=\b\w\.) (?=\w\.(?:\W|$))", "", _WORD.sub(stopped, short))
