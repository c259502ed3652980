"""How wide a text can get in the widest sans-serif that a reader may have, and where it breaks.

The widths are the largest, rounded up, of DejaVu Sans, Liberation Sans (Arial's widths), Noto Sans
and Roboto: what fits by this table fits in each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category, east_asian_width, normalize

_REGULAR = {
    0.30: "'ijl", 0.35: " ,.:;I’‘·", 0.40: "()-[]ft", 0.45: "!/\\r", 0.50: '"`', 0.55: "csz“”–",
    0.60: "*?JL_kvxy|", 0.65: "$0123456789FTabdeghnopqu{}", 0.70: "ABEKPSVXYZ", 0.75: "CRU",
    0.80: "&DGHNOQ", 0.85: "#+<=>^w~", 0.95: "M", 1.00: "%Wm", 1.05: "@",
}  # fmt: skip
_BOLD = {
    0.35: " 'ijl", 0.40: ",.:;I’‘·", 0.45: "-/\\f", 0.50: "!()[]`rt", 0.55: '"*–',
    0.60: "J_csz|", 0.65: "?Lx", 0.70: "$0123456789EFTaekovy“”", 0.75: "CPSYZbdghnpqu{}",
    0.80: "ABKRVX", 0.85: "#+<=>DGHNU^~", 0.90: "&OQ", 0.95: "w", 1.00: "@M", 1.05: "%m",
    1.15: "W",
}  # fmt: skip
_EMS = {
    bold: {character: em for em, characters in table.items() for character in characters}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width that the text needs, in the unit of `size`."""
    ems = _EMS[bold]
    return size * sum(ems.get(c) or _rare(c, bold) for c in text)


def wrap(
    text: str, available: float, size: float, *, bold: bool = False, lines: int = 99
) -> list[str]:
    """Break the text into lines no wider than `available`; the last of too many ends in "…".

    A word wider than a line is broken after a hyphen or slash, or else inside.
    """
    done: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(text, available, size, bold):
        wide = width(piece, size, bold=bold)
        if line and used + width(piece.rstrip(), size, bold=bold) > available:
            if len(done) + 1 == lines:
                return [*done, _ellipsis(line.rstrip(), available, size, bold)]
            done.append(line.rstrip())
            line, used = "", 0.0
        line += piece
        used += wide
    return [*done, line.rstrip()] if line else done


def _pieces(text: str, available: float, size: float, bold: bool) -> Iterator[str]:
    """What must stay on one line, with the space that follows it."""
    for word in text.split():
        if width(word, size, bold=bold) <= available:
            yield f"{word} "
            continue
        *parts, last = re.split(r"(?<=[-/])", word)
        for part in parts:
            yield from _broken(part, available, size, bold)
        yield from _broken(f"{last} ", available, size, bold)


def _broken(word: str, available: float, size: float, bold: bool) -> Iterator[str]:
    part, used = "", 0.0
    for character in word:
        wide = width(character, size, bold=bold)
        if part and used + wide > available and not (character == " " or _joins(character)):
            yield part
            part, used = "", 0.0
        part += character
        used += wide
    yield part


def _ellipsis(line: str, available: float, size: float, bold: bool) -> str:
    while line and width(f"{line}…", size, bold=bold) > available:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _joins(character: str) -> bool:
    return character == "\u200d" or category(character) in ("Mn", "Me", "Mc")


def _rare(character: str, bold: bool) -> float:
    if _joins(character) or category(character) == "Cf":
        return 0.0
    if east_asian_width(character) in "WF":
        return 1.35
    ems = _EMS[bold]
    parts = [part for part in normalize("NFKD", character) if not _joins(part)]
    if "".join(parts) != character:  # an accent or a ligature; a horn stands out to the right
        return sum(ems.get(part, 1.1) for part in parts) + 0.15
    return 1.35 if bold else 1.15
