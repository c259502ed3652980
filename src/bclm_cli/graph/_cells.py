"""Text measured in terminal cells: East Asian characters take two, combining marks none."""

from __future__ import annotations

from unicodedata import category, east_asian_width


def width(text: str) -> int:
    """How many cells the text takes."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def fit(text: str, room: int) -> str:
    """The text in exactly `room` cells, padded, or cut with "…"."""
    if width(text) > room:
        text = _start(text, room - 1) + "…"
    return text + " " * (room - width(text))


def wrap(text: str, room: int) -> list[str]:
    """Lines of at most `room` cells; a longer word is broken, after a hyphen if it has one."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and width(line) + 1 + width(word) <= room:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        while width(word) > room:
            start = _start(word, room) or word[0]
            start = start[: start.rfind("-") + 1] or start
            lines.append(start)
            word = word[len(start) :]
        line = word
    return [*lines, line] if line else lines


def _start(text: str, room: int) -> str:
    used = 0
    for place, character in enumerate(text):
        used += _cell(character)
        if used > room:
            return text[:place]
    return text


def _cell(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
