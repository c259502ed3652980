"""Cuts BibTeX text into entries with their values as written; macros are put in.

bibtexparser's splitter is not used for this: it takes about 1 µs a brace and 18 µs a block, so
that 10 MB of `@a{` are 46 s and 3 GB, and a missing comma makes two fields one in silence. On the
shipped papers it takes 4 times as long, pybtex 2.5 times (`benchmarks/handwritten.py`). Here
the matching of braces is left to regular expressions without backtracking. Both cut well-formed
text alike, which a test asserts.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from bclm_cli.formats.dates import MONTHS
from bclm_cli.formats.interface import MAX_VALUE, Problem, TooMuchError

MAX_DEPTH = 12
"""Braces deeper than this in a value are taken for a missing one."""
MAX_FIELDS = 500


class Block(NamedTuple):
    """One `@type{key, ...}`: its type in lower case, its fields by lower-case name."""

    line: int
    type: str
    key: str
    fields: dict[str, str]

    @property
    def name(self) -> str:
        """As people know it: "@article muller2001"."""
        return f"@{self.type} {self.key}".strip()


class _BrokenError(Exception):
    """The block cannot be read past `at`."""

    def __init__(self, at: int, what: str) -> None:
        super().__init__(what)
        self.at, self.what = at, what


def _balanced(text: str) -> str:
    """A pattern for text in which braces pair, MAX_DEPTH levels deep, that never backtracks."""
    inner = text
    for _ in range(MAX_DEPTH):
        inner = rf"{text}(?>\{{{inner}\}}{text})*+"
    return inner


START = re.compile(r"^[ \t]*+@[ \t]*+[A-Za-z][\w-]*+\s*+[{(]", re.MULTILINE)
BLOCK = re.compile(r"@[ \t]*+([A-Za-z][\w-]*+)\s*+([{(])")
_INSIDE = _balanced(r"[^{}]*+")
_INSIDE_ESCAPED = _balanced(r"(?>[^{}\\]++|\\[\s\S])*+")
BRACED = re.compile(rf"\{{({_INSIDE})\}}")
# BibTeX counts \{ as a brace; a value that is lost so may be meant the other way.
_BRACED_ESCAPED = re.compile(rf"\{{({_INSIDE_ESCAPED})\}}")
QUOTED = re.compile(rf'"((?>[^{{}}"]++|\{{{_INSIDE}\}})*+)"')
BARE = re.compile(r"[^\s,{}\"#=()@]++")
# BibTeX ends a key at a comma or a space; where a comma is missing, the line ends it.
_KEY = re.compile(r"\s*+((?>[^,={}\n]++|=(?!\s*+[{\"]))*+)")
# What begins an entry without a key is a field; `url:https://example.org/?id=3` is a key.
_KEYLESS = re.compile(
    r"\s*+(?:[A-Za-z_][\w:.+/-]*+(?>\s++=|=(?=[\s{\"]))"
    r"|(?i:year|month|day|date|volume|number|issue|edition|chapter|pages|journal)=)"
)
# Scopus writes "funding_text 1", with a space that does not break.
NAME = re.compile(r"\s*+([A-Za-z_][\w:.+/-]*+(?>[ \u00a0]\d++)?+)\s*+=\s*+")
# Most fields whole, in a fifth of the time that their pieces take.
_FIELD = re.compile(
    rf"[\s,]*+([A-Za-z_][\w:.+/-]*+)\s*+=\s*+(?:\{{({_INSIDE})\}}|(\d++))\s*+(?=[,}}])"
)
_FIELD_INSIDE = re.compile(r",\s*+[A-Za-z-]++\s*+=\s*+[{\"]")
SPACE = re.compile(r"\s*+")
SEPARATORS = re.compile(r"[\s,]*+")
_IGNORED = frozenset({"comment", "preamble"})


def blocks(text: str) -> Iterator[Block | Problem]:
    """The entries of a file in order, and a problem for each that cannot be read.

    A block that breaks ends at the next line that begins with `@type{`.
    """
    cutter = _Cutter(text)
    start = -1
    for match in START.finditer(text):
        at = match.start()
        if start >= 0:
            if at < start:  # inside a comment
                continue
            yield from cutter.chunk(start, at)
        start = max(at, cutter.past)
    if start >= 0:
        yield from cutter.chunk(start, len(text))


class _Cutter:
    def __init__(self, text: str) -> None:
        self.text = text
        self.strings = {month: month for month in MONTHS}
        self.line, self.line_at = 1, 0
        self.key = ""  # of the entry at hand
        self.undefined: list[str] = []  # macros in it that nobody defined
        self.notes: list[Problem] = []  # what else is odd about it
        self.past = 0  # where the last comment ends
        # @string definitions can double each other: what they may add to a file is bounded.
        self.expansion = 1_000_000 + len(text)

    def chunk(self, start: int, end: int) -> Iterator[Block | Problem]:
        """Blocks between two line-start `@`; more than one where they share a line."""
        while match := BLOCK.search(self.text, start, end):
            kind, at = match.group(1).lower(), match.start()
            self.key, self.undefined, self.notes = "", [], []
            closer = "}" if match.group(2) == "{" else ")"
            try:
                if kind in _IGNORED:
                    start = self._skip(match.end() - 1, end)
                elif kind == "string":
                    start = self._string(match.end(), end, closer)
                else:
                    line = self._line(at)
                    fields, start = self._entry(match.end(), end, closer)
                    if self.undefined:
                        words = ", ".join(self.undefined[:8])
                        self._note(f"no @string says what {words} means; kept so")
                    for note in self.notes:
                        yield note._replace(line=line, what=f"@{kind} {self.key}: {note.what}")
                    yield Block(line, kind, self.key, fields)
            except _BrokenError as broken:
                line = self._line(at)
                where = line + self.text.count("\n", at, broken.at)
                begun = f" (begun at line {line})" if where > line else ""
                what = f"{f'@{kind} {self.key}'.strip()}: {broken.what}{begun}"
                yield Problem(where, what, key=self.key)
                start = end
            except TooMuchError as error:
                what = f"{f'@{kind} {self.key}'.strip()}: {error}"
                yield Problem(self._line(at), what, key=self.key)
                start = end

    def _note(self, what: str, *, left_out: bool = False) -> None:
        self.notes.append(Problem(0, what, left_out))

    def _line(self, at: int) -> int:
        self.line += self.text.count("\n", self.line_at, at)
        self.line_at = at
        return self.line

    def _skip(self, at: int, end: int) -> int:
        match = BRACED.match(self.text, at)
        if not match:
            return end
        self.past = match.end()
        return self.past

    def _string(self, at: int, end: int, closer: str) -> int:
        name = NAME.match(self.text, at, end)
        if not name:
            raise _BrokenError(at, "no name = value")
        value, at = self._value(name.group(1), name.end(), end)
        self.strings[name.group(1).lower()] = value
        at = past(SEPARATORS, self.text, at, end)
        return at + 1 if self.text[at : at + 1] == closer else at

    def _entry(self, at: int, end: int, closer: str) -> tuple[dict[str, str], int]:
        text, begin = self.text, at
        self.key, at = self._key(at, end)
        fields: dict[str, str] = {}
        for _ in range(MAX_FIELDS):
            if whole := _FIELD.match(text, at, end):
                at = whole.end()
                self._keep(fields, whole.group(1), whole.group(2) or whole.group(3) or "")
                continue
            at = past(SEPARATORS, text, at, end)
            if text[at : at + 1] == closer:
                return fields, at + 1
            name = NAME.match(text, at, end)
            if not name:
                if at >= end and fields:  # the last brace is missing: is everything else there?
                    swallowed = next((f for f in fields if _FIELD_INSIDE.search(fields[f])), "")
                    if swallowed:
                        raise _BrokenError(begin, f"the value of {swallowed} is not closed")
                    self._note("its last brace is missing")
                    return fields, at
                seen = text[at : min(at + 20, end)].split("\n")[0].strip()
                raise _BrokenError(at, f"expected 'field = value', not {seen!r}")
            value, at = self._value(name.group(1), name.end(), end)
            self._keep(fields, name.group(1), value)
        raise TooMuchError(f"it has over {MAX_FIELDS} fields")

    def _keep(self, fields: dict[str, str], name: str, value: str) -> None:
        if len(value) > MAX_VALUE:
            raise TooMuchError(f"{name} has over {MAX_VALUE:,} characters")
        name = name.lower().replace("\u00a0", " ")
        if fields.setdefault(name, value) != value:
            self._note(f"{name} is there twice; the first is taken", left_out=True)

    def _key(self, at: int, end: int) -> tuple[str, int]:
        """The citation key, "" where the entry begins with a field."""
        match = key(self.text, at, end)
        return (match.group(1).strip(), match.end()) if match else ("", at)

    def _value(self, name: str, at: int, end: int) -> tuple[str, int]:
        """One value, its pieces joined by `#`; and where it ends."""
        text = self.text
        pieces = []
        while True:
            first = text[at : at + 1] if at < end else ""
            if first == "{":
                match = BRACED.match(text, at, end) or _BRACED_ESCAPED.match(text, at, end)
            elif first == '"':
                match = QUOTED.match(text, at, end)
            else:
                match = BARE.match(text, at, end)
            if not match:
                raise _BrokenError(
                    at, f"the value of {name} {'is not closed' if first else 'is missing'}"
                )
            pieces.append(match.group(1) if first in '{"' else self._macro(match.group()))
            at = past(SPACE, text, match.end(), end)
            if at >= end or text[at] != "#":
                break
            at = past(SPACE, text, at + 1, end)
        return pieces[0] if len(pieces) == 1 else "".join(pieces), at

    def _macro(self, word: str) -> str:
        """What a bare word stands for; one that nobody defined stands for itself."""
        value = self.strings.get(word.lower())
        if value is None:
            if not word.isdigit():
                self.undefined.append(word)
            return word
        self.expansion -= len(value)
        if self.expansion < 0:
            raise TooMuchError("its @string definitions grow without end")
        return value


def key(text: str, at: int, end: int = sys.maxsize) -> re.Match[str] | None:
    """The citation key behind `@type{`, None where the entry begins with a field."""
    return None if _KEYLESS.match(text, at, end) else _KEY.match(text, at, end)


def past(pattern: re.Pattern[str], text: str, at: int, end: int = sys.maxsize) -> int:
    """Where what the pattern takes at `at` ends; there, if it takes nothing."""
    match = pattern.match(text, at, end)
    return match.end() if match else at
