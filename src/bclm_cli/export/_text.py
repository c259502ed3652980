"""Text as one clean line, and CSL's marks (`<i>`, `<sup>` …) in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

MARK = re.compile(
    r"<(i|b|sup|sub|sc)>|</(i|b|sup|sub|sc|span)>"
    r"|<span (?:class=[\"'](nocase)[\"']|style=[\"']font-variant: ?(small-caps);?[\"'])>"
)

# Line ends and tabs would start a new record or field somewhere; other control characters,
# halves of surrogate pairs and what Unicode forbids in text can be written in no format at all.
_UNPRINTABLE = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0xFEFF, *range(0xFDD0, 0xFDF0)), None),
    **dict.fromkeys((0xFFFE, 0xFFFF), None),
    **dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
}
_SPACES = re.compile(r" {2,}")

_RAISED = str.maketrans("0123456789+-=()−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻")
_LOWERED = str.maketrans("0123456789+-=()−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋")
_SCRIPT = re.compile(r"[0-9+\-=()−]+")


class Mark(NamedTuple):
    """A stretch of text set in `kind`: i, b, sup, sub, sc (small capitals) or nocase."""

    start: int
    end: int
    kind: str


def clean(text: str) -> str:
    """One line of NFC text: single spaces and none around it, no control characters."""
    if not text.isascii():
        text = normalize("NFC", text)
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return _SPACES.sub(" ", text.translate(_UNPRINTABLE)).strip()


def marks(text: str) -> tuple[str, list[Mark]]:
    """Text without CSL's marks, and where they were, outer before inner.

    A tag without its partner is plain text.
    """
    if "<" not in text:
        return text, []
    tags = list(MARK.finditer(text))
    partner = _partners(tags)
    plain: list[str] = []
    found: list[Mark] = []
    starts: dict[int, int] = {}
    at = length = 0
    for number, tag in enumerate(tags):
        if number not in partner:
            continue
        plain.append(text[at : tag.start()])
        length += tag.start() - at
        at = tag.end()
        opening = partner[number]
        if opening == number:
            starts[number] = length
        else:
            found.append(Mark(starts[opening], length, _kind(tags[opening])))
    plain.append(text[at:])
    found.sort(key=lambda mark: (mark.start, -mark.end))
    return "".join(plain), [mark for mark in found if mark.start < mark.end]


def edges(found: Sequence[Mark]) -> Iterator[tuple[int, bool, str]]:
    """Where marks that nest open and close: the place, whether one opens, and its kind."""
    # at one place: what closes before what opens, inner before outer, and the other way round
    events = sorted(
        event
        for number, (start, end, _) in enumerate(found)
        for event in ((start, 1, -end, number), (end, 0, -start, -number))
    )
    for where, opens, _, number in events:
        yield where, bool(opens), found[abs(number)].kind


def plain(text: str) -> str:
    """Text for a format without marks: `10<sup>6</sup>` becomes 10⁶, other marks go."""
    text = clean(text)
    if "<" not in text:
        return text
    bare, found = marks(text)
    for start, end, kind in reversed(found):
        script = {"sup": _RAISED, "sub": _LOWERED}.get(kind)
        if script and _SCRIPT.fullmatch(bare, start, end):
            bare = bare[:start] + bare[start:end].translate(script) + bare[end:]
    return bare


def _partners(tags: list[re.Match[str]]) -> dict[int, int]:
    """For each tag that has a partner: the number of the opening one of the pair."""
    partner: dict[int, int] = {}
    open_: list[int] = []
    waiting: dict[str, int] = {}
    for number, tag in enumerate(tags):
        closing = tag[2]
        if not closing:
            open_.append(number)
            waiting[_name(tag)] = waiting.get(_name(tag), 0) + 1
        elif waiting.get(closing):
            while True:  # what opened later and is still open has no partner
                opening = open_.pop()
                waiting[_name(tags[opening])] -= 1
                if _name(tags[opening]) == closing:
                    break
            partner[opening] = partner[number] = opening
    return partner


def _name(tag: re.Match[str]) -> str:
    return tag[1] or "span"


def _kind(tag: re.Match[str]) -> str:
    return tag[1] or tag[3] or "sc"
