"""Characters that a terminal obeys, nobody sees or no file may hold, and text without them.

The sets are written for the inside of a regular expression's brackets; every pattern that looks
for such characters is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

CONTROL = "\x00-\x1f\x7f-\x9f"
"""C0 and C1 controls and DEL (general category Cc)."""
CONTROL_IN_LINES = "\x00-\x08\x0b-\x1f\x7f-\x9f"
"""The same without tab and line feed, which text of several lines holds."""
LINE_ENDS = "\n\x0b\x0c\r\x85\u2028\u2029"
"""What ends a line for some reader (Unicode standard, section 5.8)."""
BIDI = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""What turns the order in which text is read (UAX 9)."""
INVISIBLE = "\u00ad\u200b-\u200d\u2060-\u2064\ufeff"
"""What has no width: soft hyphen, joiners, byte order mark."""
SURROGATES = "\ud800-\udfff"
"""Halves of a character, which UTF-8 cannot hold."""
NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff"
"""What Unicode and XML forbid in text."""
ESCAPE_SEQUENCE = "\x1b\\[[0-?]*[ -/]*[@-~]"
"""A command to a terminal (ECMA-48, control sequence), as a pattern."""
LINE_ENDS_AND_TAB = f"\t{LINE_ENDS}"

UNWRITABLE = f"{CONTROL}\u2028\u2029\ufeff{SURROGATES}\ufffe\uffff"
"""What has to be escaped in a YAML or JSON string for every reader to take it."""


def codes(characters: str) -> Iterator[int]:
    """The code points of one of the sets above."""
    at = 0
    while at < len(characters):
        ranged = characters[at + 1 : at + 2] == "-"
        last = characters[at + 2] if ranged else characters[at]
        yield from range(ord(characters[at]), ord(last) + 1)
        at += 3 if ranged else 1


# The tables are made when a text first needs one: most texts are printable, and every start would
# pay for them.


@cache
def _pictures() -> dict[int, int]:
    return {
        **{code: 0x2400 + code if code < 0x20 else 0xFFFD for code in codes(CONTROL)},
        **dict.fromkeys(codes(f"{BIDI}\u2028\u2029"), 0xFFFD),
        0x7F: 0x2421,
    }


@cache
def _on_one_line() -> dict[int, str | None]:
    return {
        **dict.fromkeys(codes(f"{CONTROL}\ufeff{NONCHARACTERS}"), None),
        **dict.fromkeys(codes(LINE_ENDS_AND_TAB), " "),
        **dict.fromkeys(codes(SURROGATES), "\N{REPLACEMENT CHARACTER}"),
    }


@cache
def _escapes() -> dict[int, str]:
    obeyed = f"\x7f-\x9f{BIDI}\u2028\u2029\ufeff{SURROGATES}{NONCHARACTERS}"
    return {code: f"\\u{code:04x}" for code in codes(obeyed)}


def visible(text: str) -> str:
    """The text with control characters as their pictures (␛), harmless on a terminal."""
    return text if text.isprintable() else text.translate(_pictures())


def printable(text: str) -> str:
    """The text with a replacement character for each that a terminal would obey or not show."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def escaped(json: str) -> str:
    """JSON text with escapes for what JSON allows raw and a terminal obeys or no file can hold."""
    return json if json.isprintable() else json.translate(_escapes())


def one_line(text: str) -> str:
    """The text composed (NFC) on one line: single spaces and none around it, no control
    characters, nothing that a terminal would obey or a file cannot hold."""
    if not text.isascii():
        text = normalize("NFC", text)
    if not text.isprintable():
        if "\x1b" in text:
            text = re.sub(ESCAPE_SEQUENCE, "", text)
        text = text.translate(_on_one_line())
    return (re.sub(" {2,}", " ", text) if "  " in text else text).strip()
