"""Reads formats of one tag a line (RIS, MEDLINE, EndNote): lines to records, nothing of meaning.

rispy is not used for RIS: it knows no line numbers, loses a record whose ER is missing at the end
of the file and runs it into the next one elsewhere, wants exactly two spaces before the hyphen,
and joins continued lines in quadratic time.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from bclm_cli.importers._found import MAX_FIELDS, MAX_VALUE, Problem


class Record(NamedTuple):
    """The tags of one record in their order, and the line where it begins."""

    line: int
    tags: list[tuple[str, str]]

    def all(self, *names: str) -> list[str]:
        """The values of these tags as they come."""
        return [value for tag, value in self.tags if tag in names and value]

    def first(self, *names: str) -> str:
        """The first value, tags in the order asked for; "" where there is none."""
        return next((value for name in names for tag, value in self.tags if tag == name and value),
                    "")  # fmt: skip


class Shape(NamedTuple):
    """How a format marks its lines.

    `line` takes a tag and its value; `first` and `last` are the tags that begin and end a record,
    and `blank_ends` says that an empty line ends one too.
    """

    line: re.Pattern[str]
    first: frozenset[str]
    last: frozenset[str] = frozenset()
    blank_ends: bool = False


def records(text: str, shape: Shape) -> Iterator[Record | Problem]:
    """The records of a file; text before the first one is passed over.

    A line without a tag continues the value before it.
    """
    reader = _Reader()
    for number, line in enumerate(io.StringIO(text), 1):
        if line == "\n":
            if shape.blank_ends and reader.tags:
                yield from reader.finish()
            continue
        match = shape.line.match(line)
        if match:
            tag, value = match.group(1), line[match.end() :].strip()
            if tag in shape.first:
                yield from reader.finish()
            if tag in shape.last:
                yield from reader.finish()
            else:
                reader.add(number, tag, value)
        elif line.strip():
            reader.go_on(line.strip())
        elif shape.blank_ends:
            yield from reader.finish()
    yield from reader.finish()


class _Reader:
    """Gathers one record; continued lines are joined once, when it is finished."""

    def __init__(self) -> None:
        self.line = 0
        self.tags: list[tuple[str, list[str]]] = []
        self.size = 0

    def add(self, number: int, tag: str, value: str) -> None:
        if not self.tags:
            self.line = number
        self.size += 1
        if self.size <= MAX_FIELDS:
            self.tags.append((tag, [value]))

    def go_on(self, text: str) -> None:
        if self.tags:
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
        elif any(sum(map(len, pieces)) > MAX_VALUE for _, pieces in tags):
            yield Problem(line, f"the record has a field of over {MAX_VALUE:,} characters")
        else:
            yield Record(line, [(tag, " ".join(pieces).strip()) for tag, pieces in tags])
