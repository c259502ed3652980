"""Punctuation where two pieces of rich text meet, and at quotation marks."""

from __future__ import annotations

from collections.abc import Iterable

from bclm_cli.csl.rich_text import CLOSE, FIRST_MARK, MARK, is_mark

_FIRST, _SECOND = "first", "second"
_KEEP = {
    **dict.fromkeys(("!.", "!:", "?.", "?:", ":.", ";:", ";."), _FIRST),
    **dict.fromkeys((sign * 2 for sign in "!?.:;,"), _FIRST),
    **dict.fromkeys((":!", ":?", ";!", ";?", "  ", " \u202f", " ,", " ."), _SECOND),
}
"""Of two signs that meet, the one that stays; both stay where the pair is not listed.

The pairs are those of citeproc-js and pandoc, which the specification leaves open.
"""
_CLASHING = frozenset(pair[1] for pair in _KEEP)
_LONG, _END = 8_000, 1_000
_INNER_END = ".!?"
_MOVABLE = ".,!?"


def join(pieces: Iterable[str | None], delimiter: str = "") -> str:
    """The pieces that hold something, `delimiter` between them, no sign doubled.

    The delimiter is left out before a piece that begins with a comma, semicolon or full stop.
    """
    shown = [piece for piece in pieces if piece]
    if len(shown) < 2:
        return shown[0] if shown else ""
    settled: list[str] = []
    tail = shown[0]
    for piece in shown[1:]:
        if delimiter and first(piece) not in (",", ";", "."):
            tail = concat(tail, delimiter)
        tail = concat(tail, piece)
        if len(tail) > _LONG:  # only the end can still change
            settled.append(tail[:-_END])
            tail = tail[-_END:]
    return "".join([*settled, tail])


def concat(left: str, right: str) -> str:
    """Two pieces in a row, with one of two signs dropped where they clash."""
    if not left or not right:
        return left or right
    begins = right[0]
    if begins >= FIRST_MARK:
        begins = first(right)
    if begins not in _CLASHING:
        return left + right
    ends = _before_quote(left) if begins == "." else ""
    keep = _KEEP.get((ends or last(left)) + begins)
    if keep == _FIRST:
        return left + _drop_first(right, begins)
    if keep == _SECOND:
        return concat(_drop_last(left), right)
    return left + right


def first(text: str) -> str:
    """The first character that is no mark, "" where there is none."""
    for character in text:
        if character < FIRST_MARK or not is_mark(character):
            return character
    return ""


def last(text: str) -> str:
    """The last character that is no mark, "" where there is none."""
    for character in reversed(text):
        if character < FIRST_MARK or not is_mark(character):
            return character
    return ""


def inside_quotes(text: str) -> str:
    """Move a comma or full stop that follows a closing quotation mark to before it.

    See `punctuation-in-quote` in the specification's "Locale options".
    """
    close = CLOSE["quote"]
    parts = text.split(close)
    for index in range(1, len(parts)):
        sign = first(parts[index])
        if sign and sign in _MOVABLE:
            parts[index] = parts[index].replace(sign, "", 1)
            if last(parts[index - 1]) not in tuple(".,;:!?"):
                parts[index - 1] += sign
    return close.join(parts)


def _before_quote(text: str) -> str:
    """The sign that ends a closed quotation at the end of the text: its full stop is enough."""
    end = len(text)
    while end and (is_mark(text[end - 1]) or text[end - 1] == " "):
        if text[end - 1] == CLOSE["quote"]:
            sign = last(text[: end - 1])
            return sign if sign in _INNER_END else ""
        end -= 1
    return ""


def _drop_first(text: str, sign: str) -> str:
    position = 0
    while position < len(text) and (is_mark(text[position]) or text[position] == sign):
        position += 1
    head = "".join(MARK.findall(text[:position]))
    return head + text[position:]


def _drop_last(text: str) -> str:
    sign = last(text)
    position = len(text)
    while position and (is_mark(text[position - 1]) or text[position - 1] == sign):
        position -= 1
    return text[:position] + "".join(MARK.findall(text[position:]))
