"""Abbreviations of journals with their full stops."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def dotted(short: str, full: str) -> str:
    """An NLM abbreviation with a full stop after each shortened word: J Clin Oncol as
    J. Clin. Oncol., but Nature and PLoS One as they are.

    A word is whole if the journal's full name has it; without a full name nothing is changed.
    """
    whole = {word.casefold() for word in _WORD.findall(full)}
    if not whole or "." in short:
        return short
    return " ".join(
        word if not _WORD.fullmatch(word) or word.casefold() in whole else f"{word}."
        for word in short.split()
    )
