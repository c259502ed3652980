"""CSL's marks in text (`<i>`, `<sup>` …): where they stand, and the text without them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bclm_cli.text.control_chars import one_line

MARK = re.compile(
    r"<(i|b|sup|sub|sc)>|</(i|b|sup|sub|sc|span)>"
    r"|<span (?:class=[\"'](nocase)[\"']|style=[\"']font-variant: ?(small-caps);?[\"'])>"
)
SMALL_CAPS = '<span style="font-variant:small-caps;">'
"""What opens a stretch in small capitals."""
NOCASE = '<span class="nocase">'
"""What opens a stretch whose capitals no style may change."""

RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SCRIPTS = {
    "sup": RAISED | str.maketrans("nidmr", "ⁿⁱᵈᵐʳ"),
    "sub": LOWERED | str.maketrans("aeox", "ₐₑₒₓ"),
}
_LONGEST = 40
"""Characters that are looked at to be raised; marks within marks would cost the square."""


class Mark(NamedTuple):
    """A stretch of text set in `kind`: i, b, sup, sub, sc (small capitals) or nocase."""

    start: int
    end: int
    kind: str


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


def plain(text: str) -> str:
    """Text without CSL's marks; what `<sup>` and `<sub>` mark stands in Unicode's signs where it
    has them all, else on the line. A tag without its partner is text."""
    if "<" not in text:
        return text
    bare, found = marks(text)
    signs = list(bare)
    for start, end, kind in reversed(found):
        if kind in _SCRIPTS and end - start <= _LONGEST:
            inner = "".join(signs[start:end])
            moved = inner.translate(_SCRIPTS[kind])
            if not set(moved) & set(inner):
                signs[start:end] = moved
    return "".join(signs)


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


def plain_line(text: str) -> str:
    """Text on one line without marks and control characters."""
    return plain(one_line(text))
