"""Text without what a bibliography has no use for: control characters, HTML beyond CSL's marks."""

from __future__ import annotations

import re

from bclm_cli.formats import values
from bclm_cli.formats.interface import MAX_VALUE, check_length
from bclm_cli.model.records import Name
from bclm_cli.text import markup
from bclm_cli.text.control_chars import one_line

MARKED = frozenset(
    {"abstract", "note", "title", "title-short", "container-title", "collection-title",
     "original-title", "volume-title", "part-title", "reviewed-title"}
)  # fmt: skip
"""Variables that may hold HTML; only CSL's marks are left of it."""

_TAG = re.compile(r"<(/?)(?:jats:)?([A-Za-z]{1,8})((?:\s+[A-Za-z:-]{1,20}=[^<>]*)?)\s*/?>")
_MARKS = {
    "i": "i", "em": "i", "italic": "i", "b": "b", "strong": "b", "bold": "b", "sup": "sup",
    "sub": "sub", "inf": "sub",
}  # fmt: skip
_BLOCKS = frozenset({"p", "br", "div", "title", "sec", "li"})
_SMALL_CAPS = frozenset({"sc", "scp"})
_NO_MARKS = frozenset({"u", "tt", "font", "a", "small", "roman", "text"})

_NO_MORE = Name()[2:]


def clean(text: str) -> str:
    """The text on one line, composed (NFC), without anything a terminal would obey."""
    if text.isascii() and text.isprintable() and "  " not in text and len(text) <= MAX_VALUE:
        return text.strip(" ")
    check_length(text)
    return one_line(text)


def clean_name(name: Name) -> Name:
    """A name with every part of it clean."""
    if name[2:] != _NO_MORE:
        return Name(*map(clean, name))
    family, given = clean(name.family), clean(name.given)
    return name if family is name.family and given is name.given else Name(family, given)


def marked(text: str) -> str:
    """A title with HTML's entities resolved and its tags reduced to CSL's marks.

    To be cleaned after this, since an entity may stand for a control character.
    """
    text = values.unescaped(text)
    return _TAG.sub(_mark, text) if "<" in text else text


def _mark(match: re.Match[str]) -> str:
    closing, name, attributes = match.groups()
    name = name.lower()
    if name in _MARKS:
        return f"<{closing}{_MARKS[name]}>"
    if name in _SMALL_CAPS or (name == "span" and not closing and "small-caps" in attributes):
        return "</span>" if closing else markup.SMALL_CAPS
    if name == "span":
        if closing or 'class="nocase"' in attributes:
            return match.group()
        return markup.NOCASE if "nocase" in attributes else "<span>"
    if name in _BLOCKS:
        return " "
    return "" if name in _NO_MARKS else match.group()
