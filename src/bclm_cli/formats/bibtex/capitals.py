"""Which words of a title keep their capitals when a BibTeX style writes it in lower case.

The rule stands in docs/bibtex.md: what the title spells is what gets printed, so every word is
protected that lower-casing would change, except the title's first letter, which styles keep. A
title in Title Case whose source leaves its capitals to the style is left to it here as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bclm_cli.text.title_case import is_title_case

Span = tuple[int, int]

_WORD = re.compile(r"\S+")
_CANDIDATE = re.compile(r"(?<!\S)[^\sA-Z0-9]*[A-Z0-9]\S*")  # of an ASCII title
_ORDINARY = re.compile(r"[A-Z]?[a-z]+|[0-9]+")
_ATOM = re.compile(r"[^\W_]+")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|s)")
_BEFORE_SMALL = re.compile(r"[:?!] (?=[a-z])")
_JOINT = re.compile(r"[-‐‑–/.+:⁺⁻′'’]*")
_PARTS = 8  # of a name like MDA-MB-231; bounds the work on a hostile title


class Dictionary(NamedTuple):
    """Names whose spelling is law: single words, and for a phrase its first word."""

    words: frozenset[str]
    phrases: dict[str, tuple[str, ...]]

    def lists(self, word: str) -> bool:
        """Whether it is a name, or begins one."""
        return word in self.words or word in self.phrases


@lru_cache(maxsize=4)
def dictionary(terms: frozenset[str]) -> Dictionary:
    """The terms that have a capital; the others look the same in lower case."""
    words: set[str] = set()
    phrases: dict[str, tuple[str, ...]] = {}
    for term in sorted(terms):
        first, _, more = term.partition(" ")
        if first == first.lower():
            continue
        if more:
            phrases[first] = (*phrases.get(first, ()), term)
        else:
            words.add(first)
    return Dictionary(frozenset(words), phrases)


def protected(title: str, terms: Dictionary, *, lowered: bool = True) -> list[Span]:
    """Where braces belong in a title without marks; spans neither touch nor overlap.

    `lowered` says that styles may lower a title in Title Case: a capital at the beginning of a word
    then means nothing. In a title in capitals no capital does. What is left are digits beside
    letters and `terms`.
    """
    if title == title.lower() and not any(map(str.isdigit, title)):
        return []
    spans: list[Span] = []
    means = _Meaning(title, lowered)
    for word in (_CANDIDATE if title.isascii() else _WORD).finditer(title):
        text = word[0]
        if word.start() == 0 and _ORDINARY.fullmatch(text) and not terms.lists(text):
            continue
        if text != text.lower() or not text.isalpha():
            spans += _of_word(word, means, terms)
    if len(spans) > 1 and not lowered and means.in_title_case():
        return _runs(title, spans)
    return spans


def sentence_ends(title: str) -> list[Span]:
    """The colons and other marks, each with its space, behind which a small letter stands: pandoc
    makes it a capital unless braces hold them. BibTeX's styles leave it as it is."""
    return [match.span() for match in _BEFORE_SMALL.finditer(title)] if " " in title else []


def merged(spans: list[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and found[-1][1] >= start:
            start, end = found[-1][0], max(end, found.pop()[1])
        found.append((start, end))
    return found


class _Meaning:
    """What capitals mean in a title; worked out when first asked."""

    def __init__(self, title: str, lowered: bool) -> None:
        self._title = title
        self._lowered = lowered
        self._seen: bool | None = None

    def is_name(self, start: int) -> bool:
        """Whether a word at `start` that only begins with a capital is to keep it."""
        return start > 0 and not (self._lowered and self.in_title_case())

    def is_symbol(self) -> bool:
        """Whether a word with inner capitals is a symbol."""
        return not (self._title.isupper() and self.in_title_case())

    def in_title_case(self) -> bool:
        if self._seen is None:
            self._seen = is_title_case(self._title)
        return self._seen


def _runs(title: str, spans: list[Span]) -> list[Span]:
    """The spans, those with only a space between them made one: {Breast Cancer}."""
    found: list[Span] = []
    for start, end in spans:
        if found and title[found[-1][1] : start] == " ":
            start = found.pop()[0]
        found.append((start, end))
    return found


def _of_word(word: re.Match[str], means: _Meaning, terms: Dictionary) -> Iterator[Span]:
    """Spans of a word between spaces: its parts that need it, joined over hyphens and slashes."""
    offset, text = word.start(), word[0]
    atoms = [(atom.start(), atom.end()) for atom in _ATOM.finditer(text)]
    needed = [_needed(text[start:end], offset + start, means) for start, end in atoms]
    for first, last in _listed(word, atoms, terms):
        needed[first : last + 1] = [True] * (last + 1 - first)
    following = 0
    for number in range(len(atoms)):
        if number < following or not needed[number]:
            continue
        first, last = number, number
        while first > following and _weak(text, atoms, first - 1) and _joined(text, atoms, first):
            first -= 1
        while last + 1 < len(atoms) and _joined(text, atoms, last + 1):
            if not needed[last + 1] and not _weak(text, atoms, last + 1):
                break
            last += 1
        yield offset + atoms[first][0], offset + atoms[last][1]
        following = last + 1


def _needed(atom: str, start: int, means: _Meaning) -> bool:
    """Whether lower-casing spoils it: HER, mRNA, p53, β1, a name; not 1990s."""
    if atom.islower() and atom.isalpha():
        return False
    if atom.isalpha():
        if atom[1:] != atom[1:].lower():
            return means.is_symbol()
        return atom != atom.lower() and means.is_name(start)
    if _ORDINAL.fullmatch(atom):
        return False
    return any(map(str.isdigit, atom)) and any(map(str.isalpha, atom))


def _weak(text: str, atoms: list[Span], number: int) -> bool:
    """Whether it belongs to a protected neighbor: the 6 of IL-6, the β of TGF-β."""
    start, end = atoms[number]
    return end - start == 1 or text[start:end].isdigit()


def _joined(text: str, atoms: list[Span], number: int) -> bool:
    """Whether only hyphens, slashes and their like stand between this atom and the last."""
    return bool(_JOINT.fullmatch(text, atoms[number - 1][1], atoms[number][0]))


def _listed(word: re.Match[str], atoms: list[Span], terms: Dictionary) -> Iterator[Span]:
    """Runs of atoms (first and last) that the dictionary has."""
    text, title = word[0], word.string
    for first, (start, _) in enumerate(atoms):
        if not text[start].isupper():
            continue
        for last in range(min(len(atoms), first + _PARTS) - 1, first - 1, -1):
            run = text[start : atoms[last][1]]
            if run in terms.words or any(
                title.startswith(phrase, word.start() + start)
                for phrase in terms.phrases.get(run, ())
            ):
                yield first, last
                break
