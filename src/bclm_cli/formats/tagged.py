"""Reads formats of one tag a line (RIS, MEDLINE, EndNote): lines to records, nothing of meaning.

rispy is not used for RIS: it knows no line numbers, loses a record whose ER is missing at the end
of the file and runs it into the next one elsewhere, wants exactly two spaces before the hyphen,
and joins continued lines in quadratic time. It is no slower: 3.6 ms for the shipped papers, 5.9 ms
here (`benchmarks/handwritten.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from bclm_cli.formats.interface import MAX_FIELDS, MAX_VALUE, Problem
from bclm_cli.formats.names import are_given_first


class Record:
    """The tags of one record in their order, and the line where it begins.

    It knows which of its tags nobody asked for.
    """

    def __init__(self, line: int, tags: list[tuple[str, str]]) -> None:
        self.line, self.tags = line, tags
        self.asked: set[str] = set()
        self._values: dict[str, list[str]] = {}  # of each tag; what has none is not in it
        for tag, value in tags:
            if value:
                self._values.setdefault(tag, []).append(value)

    def all(self, *names: str) -> list[str]:
        """The values of these tags as they come."""
        self.asked.update(names)
        there = [name for name in names if name in self._values]
        if len(there) < 2:
            return self._values[there[0]] if there else []
        return [value for tag, value in self.tags if tag in there and value]

    def first(self, *names: str) -> str:
        """The first value, tags in the order asked for; "" where there is none."""
        self.asked.update(names)
        for name in names:
            if name in self._values:
                return self._values[name][0]
        return ""

    def put(self, tags: Mapping[str, str], put: Callable[[str, str], None]) -> None:
        """Hand the first value of each of these tags to `put`, under the variable it is for."""
        self.asked.update(tags)
        for tag, variable in tags.items():
            if tag in self._values:
                put(variable, self._values[tag][0])

    def untouched(self, housekeeping: frozenset[str]) -> list[str]:
        """The tags with a value that nobody asked for, but for what programs write for
        themselves."""
        return [tag for tag in self._values if tag not in self.asked | housekeeping]


class Shape(NamedTuple):
    """How a format marks its lines.

    `line` takes a tag and its value; `first` and `last` are the tags that begin and end a record.
    `after_blank` are those that begin one after an empty line too, None where any does. Lines
    without a tag go on with the value before them; those after a tag of `listed` are values each,
    and past an empty line only the tags of `long` (None: all) go on.
    """

    line: re.Pattern[str]
    first: frozenset[str]
    last: frozenset[str] = frozenset()
    after_blank: frozenset[str] | None = frozenset()
    listed: frozenset[str] = frozenset()
    long: frozenset[str] | None = None


def records(text: str, *shapes: Shape) -> Iterator[Record | Problem]:
    """The records of a file; text before the first one is passed over.

    A record has the first of the shapes that takes its first line.
    """
    reader, shape = _Reader(), shapes[0]
    take = shape.line.match
    # Tags of two letters, with which a record of another shape may begin.
    opening = frozenset[str]().union(*(other.first for other in shapes)) if shapes[1:] else None
    blank = heading = False  # after an empty line; and after text without a tag behind one
    for number, line in enumerate(_lines(text), 1):
        if opening and line[:5].lstrip()[:2] in opening and (begun := _begun(line, shapes)):
            shape, take = begun, begun.line.match
        match = take(line)
        if match:
            tag = match.group(1)
            if tag in shape.first or (
                blank
                and (shape.after_blank is None or tag in shape.after_blank)
                and not (heading and tag != reader.first_tag)
            ):
                yield from reader.finish()
            blank = heading = False
            if tag in shape.last:
                yield from reader.finish()
            else:
                reader.add(number, tag, line[match.end() :].strip())
        elif stripped := line.strip():
            heading = blank
            if not blank or shape.long is None or reader.last_tag in shape.long:
                reader.go_on(number, stripped, shape.listed)
        else:
            blank = True
    yield from reader.finish()


def given_names_first(text: str, line: re.Pattern[str]) -> Iterator[Problem]:
    """What is said of a file in which all names, which `line` finds, are "Given Family"; nothing
    of others."""
    if are_given_first(match[1] for match in line.finditer(text)):
        what = 'names are written as "Given Family": their last words are taken for family names'
        yield Problem(1, what, left_out=False)


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, a million characters at a time: io.StringIO would hold it fourfold."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + 1_000_000) + 1 or len(text)
        yield from text[start:end].removesuffix("\n").split("\n")
        start = end


def _begun(line: str, shapes: tuple[Shape, ...]) -> Shape | None:
    """The shape of a record that begins with this line."""
    for shape in shapes:
        match = shape.line.match(line)
        if match and match.group(1) in shape.first:
            return shape
    return None


class _Reader:
    """Gathers one record; continued lines are joined once, when it is finished."""

    def __init__(self) -> None:
        self.line = 0
        self.tags: list[tuple[str, list[str]]] = []
        self.size = 0

    @property
    def first_tag(self) -> str:
        return self.tags[0][0] if self.tags else ""

    @property
    def last_tag(self) -> str:
        return self.tags[-1][0] if self.tags else ""

    def add(self, number: int, tag: str, value: str) -> None:
        if not self.tags:
            self.line = number
        self.size += 1
        if self.size <= MAX_FIELDS:
            self.tags.append((tag, [value]))

    def go_on(self, number: int, text: str, listed: frozenset[str]) -> None:
        if self.tags and self.tags[-1][0] in listed:
            self.add(number, self.tags[-1][0], text)
        elif self.tags:
            self.size += 1
            if self.size <= MAX_FIELDS:
                self.tags[-1][1].append(text)

    def finish(self) -> Iterator[Record | Problem]:
        if not self.tags:
            return
        line, tags, size = self.line, self.tags, self.size
        self.line, self.tags, self.size = 0, [], 0
        if size > MAX_FIELDS:
            yield Problem(line, f"the record has over {MAX_FIELDS:,} lines")
            return
        joined = [
            (tag, pieces[0] if len(pieces) == 1 else " ".join(pieces).strip())
            for tag, pieces in tags
        ]
        if any(len(value) > MAX_VALUE for _, value in joined):
            yield Problem(line, f"the record has a field of over {MAX_VALUE:,} characters")
        else:
            yield Record(line, joined)
