"""Text as Markdown that pandoc prints as it was meant."""

from __future__ import annotations

import re

from bclm_cli.text.control_chars import one_line
from bclm_cli.text.markup import edges, marks

_ACTIVE = re.compile(r"[\\`*_\[\]<>^~$@&]|--+|\.\.\.+")
# What begins a block instead of a paragraph: heading, list, quotation, table, definition …
_BLOCK = re.compile(r"([#>|:+%-]|\(?(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+|@)[.)])(?=\s|$|[#>|:-])")
_AROUND = {"i": ("*", "*"), "b": ("**", "**"), "sup": ("^", "^"), "sub": ("~", "~"),
           "sc": ("[", "]{.smallcaps}"), "nocase": ("[", "]{.nocase}")}  # fmt: skip


def markdown(text: str) -> str:
    """Clean text with CSL's marks as Markdown and every other sign of Markdown escaped."""
    text = one_line(text)
    bare, found = marks(text) if "<" in text else (text, [])
    if not found:
        return _block(_escape(bare))
    parts: list[str] = []
    at = deep = 0
    for where, opens, kind in edges(found):
        parts.append(_escape(bare[at:where], spaces=deep > 0))
        at = where
        parts.append(_AROUND[kind][1 - opens])
        if kind in ("sup", "sub"):
            deep += 1 if opens else -1
    return _block("".join((*parts, _escape(bare[at:]))))


def _escape(text: str, *, spaces: bool = False) -> str:
    text = _ACTIVE.sub(_backslashes, text)
    return text.replace(" ", "\\ ") if spaces else text


def _backslashes(found: re.Match[str]) -> str:
    return "".join(f"\\{sign}" for sign in found[0])


def _block(text: str) -> str:
    found = _BLOCK.match(text)
    if not found:
        return text
    return f"{found[0][:-1]}\\{text[found.end() - 1 :]}"
