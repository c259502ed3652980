"""Words to an expression for the full-text index, with what a search takes for the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

from bclm_cli import paths
from bclm_cli.text.normalize import compact, words

LONGEST = 4
"""Words of the longest phrase that has synonyms."""


def match(text: str) -> str:
    """An FTS5 query: every chunk of the text, "IL-8" as the phrase "il 8" or the word "il8", or one
    of its synonyms."""
    return " AND ".join(filter(None, (_term(piece) for piece in _pieces(text))))


def also(text: str) -> list[str]:
    """The other words for which a search for the text looks."""
    found = (other for piece in _pieces(text) for other in _others(piece))
    return list(dict.fromkeys(found))


def alternatives(phrase: str) -> tuple[str, ...]:
    """What a search takes for the phrase, itself included; () where that is nothing else."""
    return groups().get(_key(phrase), ())


def _pieces(text: str) -> Iterator[str]:
    """The chunks of a text; those that together have synonyms as one piece."""
    chunks = text.split()
    at = 0
    while at < len(chunks):
        sizes = range(min(LONGEST, len(chunks) - at), 0, -1)
        known = (size for size in sizes if alternatives(" ".join(chunks[at : at + size])))
        size = next(known, 1)
        yield " ".join(chunks[at : at + size])
        at += size


def _term(piece: str) -> str:
    terms = [_chunk(chunk) for chunk in piece.split()]
    itself = " AND ".join(filter(None, terms))
    others = [_chunk(other.replace(" ", "-")) for other in _others(piece)]
    if not itself or not others:
        return itself
    return f"({' OR '.join([f'({itself})', *others])})"


def _chunk(chunk: str) -> str:
    found = words(chunk)
    if not found:
        return ""
    phrase, last = " ".join(found), found[-1]
    open_end = "*" if last.isalpha() and len(last) > 2 else ""
    if len(found) > 1:
        return f'("{phrase}"{open_end} OR "{compact(chunk)}")'
    return f'"{phrase}"{open_end}'


def _others(piece: str) -> list[str]:
    """The synonyms of a piece, each but the piece itself."""
    own = _key(piece)
    return [other for other in alternatives(piece) if _key(other) != own]


def _key(phrase: str) -> str:
    return " ".join(words(phrase))


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Each word or phrase that has synonyms, normalized, with its group."""
    table = json.loads(paths.search_synonyms().read_text(encoding="utf-8"))
    return {_key(one): tuple(group["words"]) for group in table["groups"] for one in group["words"]}
