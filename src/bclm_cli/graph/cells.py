"""Text measured in terminal cells: East Asian characters take two, combining marks none."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category, east_asian_width


def width(text: str) -> int:
    """How many cells the text takes."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def fit(text: str, available: int) -> str:
    """The text in exactly `available` cells, padded, or cut with "…"."""
    if width(text) > available:
        text = text[: _end(text, 0, available - 1)] + "…"
    return text + " " * (available - width(text))


def wrap(text: str, available: int) -> list[str]:
    """Lines of at most `available` cells; a longer word is broken, after a hyphen if it has one."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and width(line) + 1 + width(word) <= available:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, available)
        lines += whole
    return [*lines, line] if line else lines


def _pieces(word: str, available: int) -> Iterator[str]:
    at = 0
    while at < len(word):
        end = _end(word, at, available)
        if end < len(word):
            end = max(end, at + 1)
            end = word.rfind("-", at, end) + 1 or end
        yield word[at:end]
        at = end


def _end(text: str, start: int, available: int) -> int:
    """Where what begins at `start` no longer fits."""
    used = 0
    for place in range(start, len(text)):
        used += _cell(text[place])
        if used > available:
            return place
    return len(text)


def _cell(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
