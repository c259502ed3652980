"""Text as one clean line, with CSL's marks or without, and where those stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from bclm_cli.text import markup
from bclm_cli.text.markup import Mark

# Line ends and tabs would start a new record or field somewhere; other control characters,
# halves of surrogate pairs and what Unicode forbids in text can be written in no format at all.
_UNPRINTABLE = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0xFEFF, *range(0xFDD0, 0xFDF0)), None),
    **dict.fromkeys((0xFFFE, 0xFFFF), None),
    **dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
}
_SPACES = re.compile(r" {2,}")


def clean(text: str) -> str:
    """One line of NFC text: single spaces and none around it, no control characters."""
    if not text.isascii():
        text = normalize("NFC", text)
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return _SPACES.sub(" ", text.translate(_UNPRINTABLE)).strip()


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
    """Text for a format without marks, clean."""
    return markup.plain(clean(text))
