"""What braces say of a title in Title Case: which capitals count, or that the style decides."""

from __future__ import annotations

import re

from bclm_cli.formats.bibtex.latex.decode import is_wrapped
from bclm_cli.text.markup import marks
from bclm_cli.text.title_case import LONG, SMALL, is_title_case

_TOKEN = re.compile(r"\\[A-Za-z]++|\\.|\$[^$]*+\$|[{}]|[A-Za-z]++|[^A-Za-z\\${}]++|\$", re.DOTALL)
# Braces of a command's argument, or round an accent, protect nothing.
_PROTECTED = re.compile(r"(?<![A-Za-z*\]}])\{(?!\\)[^{}]*[A-Z][^{}]*\}")
_LONG_SMALL = re.compile(r"(?<![\\A-Za-z{}])[a-z]{4,}")
_LONG_CAPITAL = re.compile(r"(?<![\\A-Za-z])[A-Z][a-z]{3,}")
_SENTENCE_END = re.compile(r"[:.?!]['\"’”)]*\s+[('\"`‘“]*$")
_ARTICLES = frozenset({"A", "An"})
_FEW = 2
"""Fewer words of LONG letters do not tell Title Case."""


def sentence_case(latex: str) -> str:
    """A title whose unprotected words are in lower case, as every style of BibTeX prints them.

    Only of a title in Title Case in which braces protect some words but not all: there the author
    has said which capitals count. The first word and those behind a colon, a question or an
    exclamation mark keep theirs.
    """
    # Nearly all titles are sentences: what shows that at the least cost comes first.
    small = sum(word not in SMALL for word in _LONG_SMALL.findall(latex))
    if 3 * small > len(_LONG_CAPITAL.findall(latex)):
        return latex
    if not _PROTECTED.search(latex) or is_wrapped(latex.strip()):
        return latex
    tokens = _TOKEN.findall(latex)
    places = [place for place in _unprotected(tokens) if _is_word(tokens, place)]
    words = [tokens[place] for place in places if len(tokens[place]) >= LONG]
    words = [word for word in words if word not in SMALL]
    if len(words) < _FEW or 4 * sum(word[0].isupper() for word in words) < 3 * len(words):
        return latex
    for place in places:
        if _is_ordinary(tokens, place):
            tokens[place] = tokens[place].lower()
    return "".join(tokens)


def is_unprotected(latex: str, title: str) -> bool:
    """Whether a title, as it is written and as it reads, is in Title Case without braces that hold
    a capital: styles of BibTeX then lower it, as its author may have meant."""
    has_braces = "{" in latex and (is_wrapped(latex.strip()) or _PROTECTED.search(latex))
    return not has_braces and is_title_case(marks(title)[0])


def _unprotected(tokens: list[str]) -> list[int]:
    """The places of the tokens outside all braces."""
    places, depth = [], 0
    for place, token in enumerate(tokens):
        if token in ("{", "}"):
            depth += 1 if token == "{" else -1
        elif depth == 0:
            places.append(place)
    return places


def _is_word(tokens: list[str], place: int) -> bool:
    """Whether a token is a whole word of letters, not the title's first, and no piece of one such
    as {D}oe or M\\"uller."""
    before = tokens[place - 1] if place else ""
    after = tokens[place + 1] if place + 1 < len(tokens) else " "
    return (
        tokens[place].isalpha()
        and bool(before)
        and before not in ("}", "{")
        and before[0] != "\\"
        and after[0] not in "\\{"
    )


def _is_ordinary(tokens: list[str], place: int) -> bool:
    """Whether a word only begins with a capital, within a sentence."""
    word, before = tokens[place], tokens[place - 1]
    if word in _ARTICLES:
        return before[-1].isspace() and not _SENTENCE_END.search(before)
    return len(word) > 1 and word[1:].islower() and not _SENTENCE_END.search(before)
