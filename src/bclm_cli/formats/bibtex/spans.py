"""Where entries and their fields stand in BibTeX text, so that one value can be changed in place.

Only entries that are whole are found; the reader tells what is wrong with the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bclm_cli.formats.bibtex import blocks

_SPACES = re.compile(r"[ \t]*+")


class FieldSpan(NamedTuple):
    """`name = value`: offsets of its name, of its value with its delimiters, and of what stands
    between these. A value without any (`jex`, `2001`) or of several pieces (`a # "b"`) has no
    `inner`: it is the name of an @string, or holds one."""

    name: str
    start: int
    value: tuple[int, int]
    inner: tuple[int, int] | None


class EntrySpan(NamedTuple):
    """`@type{key, …}` from its sign to its last brace."""

    type: str
    start: int
    end: int
    key: tuple[int, int]
    fields: tuple[FieldSpan, ...]

    def field(self, *names: str) -> FieldSpan | None:
        """The first field of one of these names, in the order of the names."""
        return next((field for name in names for field in self.fields if field.name == name), None)


def entries(text: str) -> Iterator[EntrySpan]:
    """The whole entries of a text, in order."""
    return (entry for _, entry in begun(text) if entry)


def begun(text: str) -> Iterator[tuple[str, EntrySpan | None]]:
    """The key of each entry of a text, in order, with the entry if it is whole."""
    position = past = 0
    while match := _next(text, position, past):
        kind = match[1].lower()
        closer = "}" if match[2] == "{" else ")"
        if kind in ("comment", "preamble", "string"):
            group = blocks.BRACED.match(text, match.end() - 1)
            past = group.end() if group and kind != "string" else 0
            position = past or match.end()
            continue
        found = _entry(text, match.start(), match.end(), kind, closer)
        past = found.end if found else 0
        position = past or match.end()
        key = blocks.key(text, match.end())
        yield (key[1].strip() if key else "", found)


def _next(text: str, position: int, past: int) -> re.Match[str] | None:
    """The next `@type{`: at the start of a line, or on the line on which a whole one ends at
    `past`."""
    if past and (same_line := blocks.BLOCK.match(text, blocks.past(_SPACES, text, past))):
        return same_line
    start = blocks.START.search(text, position)
    return blocks.BLOCK.match(text, text.index("@", start.start())) if start else None


def _entry(text: str, start: int, at: int, kind: str, closer: str) -> EntrySpan | None:
    named = blocks.key(text, at)
    if named is None:
        return None
    key = (named.start(1), named.start(1) + len(named[1].rstrip()))
    at = named.end()
    fields: list[FieldSpan] = []
    while len(fields) < blocks.MAX_FIELDS:
        at = blocks.past(blocks.SEPARATORS, text, at)
        if text[at : at + 1] == closer:
            return EntrySpan(kind, start, at + 1, key, tuple(fields))
        name = blocks.NAME.match(text, at)
        value = _value(text, name.end()) if name else None
        if name is None or value is None:
            return None
        inner, end = value
        fields.append(FieldSpan(name[1].lower(), name.start(1), (name.end(), end), inner))
        at = end
    return None


def _value(text: str, at: int) -> tuple[tuple[int, int] | None, int] | None:
    """What stands inside the delimiters of a value, and where the value ends."""
    start, pieces = at, 0
    while True:
        pattern = {"{": blocks.BRACED, '"': blocks.QUOTED}.get(text[at : at + 1], blocks.BARE)
        match = pattern.match(text, at)
        if match is None:
            return None
        pieces += 1
        end = match.end()
        at = blocks.past(blocks.SPACE, text, end)
        if text[at : at + 1] != "#":
            break
        at = blocks.past(blocks.SPACE, text, at + 1)
    inner = (start + 1, end - 1) if pieces == 1 and text[start] in '{"' else None
    return inner, end
