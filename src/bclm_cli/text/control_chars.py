"""Text that is harmless on a terminal, whatever the data holds."""

from __future__ import annotations

CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
"""Codes that a terminal obeys."""
BIDI = (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029)
"""Codes that turn the order of what is read, or end a line."""

_PICTURES = {
    **{code: 0x2400 + code if code < 0x20 else 0xFFFD for code in CONTROLS},
    **dict.fromkeys(BIDI, 0xFFFD),
    0x7F: 0x2421,
}


def visible(text: str) -> str:
    """The text with control characters as their pictures (␛)."""
    return text if text.isprintable() else text.translate(_PICTURES)


def printable(text: str) -> str:
    """The text with a replacement character for each that a terminal would obey or not show."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
