"""Which lines of a Markdown text are prose, and which are code blocks, chunks or metadata.

The rules are those of pandoc's Markdown, which R Markdown and Quarto share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_FENCE = re.compile(r"(?P<before>[ \t>]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*+)\n?")
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?=\S)")
_FRONT_MATTER_END = re.compile(r"^(?:---|\.\.\.)[ \t\r]*$", re.MULTILINE)
_LIST_ITEM = re.compile(
    r"[ \t]*(?:[-+*]|\(?(?:\d{1,9}|[a-z]|[ivxlc]{1,6}|#|@[\w-]*)[.)]|:|~)[ \t]+"
    r"|[ ]{0,3}\[\^[^]\n]+\]:[ \t]*",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"^(?>[ ]{0,3}>[ ]?)++")
_YAML = re.compile(
    r"(?<![^\s\[{,])(?:\"(?>[^\"\\]|\\.)*+\"|'(?>[^']|'')*+'|(?P<comment>\#[^\n]*+))"
    r"|[:-][ \t]+(?P<literal>[|>][-+\d]{0,2})[ \t]*(?P<beside>\#[^\n]*+)?\r?$",
    re.DOTALL | re.MULTILINE,
)
_CHUNK_OPTION = re.compile(r"^[ \t]*(?:#|//|--|%%)\|[^\n]*$", re.MULTILINE)
_RAW_TEX = re.compile(r"\s*\{=(?:la)?tex\}")
_TAB = 4

MOST_UNCLOSED = 10
"""At most this many fences that nothing closes are taken for text; a file of nothing else has to
end."""


class Block(NamedTuple):
    """A part of the text between two offsets."""

    kind: Literal["metadata", "prose", "chunk head", "chunk option", "tex"]
    start: int
    end: int


class Blocks:
    """Walks through a text; `position` may be moved on by whoever reads the blocks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self._list_indent = 0
        self._after_prose = False
        self._no_end: dict[str, int] = {}
        self._unclosed_fences = 0

    def end_of(self, mark: str, position: int) -> int:
        """Where a comment or an element with that end mark ends; there, if it is never closed."""
        mark = mark.lower()
        if position >= self._no_end.get(mark, len(self.text)):
            return position
        if end := re.compile(re.escape(mark), re.IGNORECASE).search(self.text, position):
            return end.end()
        self._no_end[mark] = position
        return position

    def __iter__(self) -> Iterator[Block]:
        text = self.text
        if opening := _FRONT_MATTER.match(text):
            found = _FRONT_MATTER_END.search(text, opening.end())
            end, self.position = found.span() if found else (len(text), len(text))
            yield from _metadata(text, opening.end(), end)
        while self.position < len(text):
            fence = _FENCE.match(text, self.position)
            if fence and (closing := self._closing(fence)):
                yield from self._fenced(fence, closing)
            elif _is_empty(text[self.position : self._line_end()]):
                self.position, self._after_prose = self._line_end() + 1, False
            elif self._is_code():
                self.position = self._line_end() + 1
            else:
                yield self._paragraph()

    def _line_end(self) -> int:
        end = self.text.find("\n", self.position)
        return len(self.text) if end < 0 else end

    def _is_code(self) -> bool:
        """Whether the line, which follows an empty one, is indented as code.

        Within a list item its text is indented, too; code is then four columns further in, but for
        a quote in the item, which has a margin of its own.
        """
        line = self.text[self.position : self.position + 200].expandtabs(_TAB)
        content = _QUOTE.sub("", line)
        indent = len(content) - len(content.lstrip(" "))
        if line[0] == " " and content != line:
            return indent >= _TAB and not self._after_prose
        if indent == 0:
            self._list_indent = 0
        return indent >= self._list_indent + _TAB and not self._after_prose

    def _paragraph(self) -> Block:
        """All lines to the next empty line or fence."""
        start = self.position
        while self.position < len(self.text):
            line = self.text[self.position : self._line_end()]
            if _is_empty(line) or (
                self.position > start and _FENCE.match(self.text, self.position)
            ):
                break
            content = _QUOTE.sub("", line[:200]) if line[0] == ">" else line[:200]
            if item := _LIST_ITEM.match(content):
                footnote = "[^" in item[0]
                self._list_indent = _TAB if footnote else len(item[0].expandtabs(_TAB))
            self.position = self._line_end() + 1
        self._after_prose = True
        self.position = min(self.position, len(self.text))
        return Block("prose", start, self.position)

    def _closing(self, fence: re.Match[str]) -> tuple[int, int] | None:
        """Start and end of the line that closes a fence; a fence that nothing closes is text."""
        mark = fence["fence"]
        line = rf"^[ \t>]*+{mark[0]}{{{min(len(mark), 999)},}}[ \t\r]*+$"
        if closing := re.compile(line, re.MULTILINE).search(self.text, fence.end()):
            return closing.span()
        self._unclosed_fences += 1  # each has cost a look at all that follows
        return (len(self.text),) * 2 if self._unclosed_fences > MOST_UNCLOSED else None

    def _fenced(self, fence: re.Match[str], closing: tuple[int, int]) -> Iterator[Block]:
        """A code block; of a chunk the options can name files and hold captions."""
        stop, self.position = closing
        self._after_prose = False
        if _RAW_TEX.match(fence["info"]):
            yield Block("tex", fence.end(), stop)
        elif "{" in fence["info"]:
            yield Block("chunk head", *fence.span("info"))
            for option in _CHUNK_OPTION.finditer(self.text, fence.end(), stop):
                yield Block("chunk option", *option.span())


def _is_empty(line: str) -> bool:
    """Whether nothing stands in a line, or in the quote that it belongs to."""
    return not line.strip().strip("> \t")


def _metadata(text: str, position: int, end: int) -> Iterator[Block]:
    """YAML without its comments: a number sign in quotes or in a literal block begins none."""
    start = position
    while token := _YAML.search(text, position, end):
        position = token.end()
        group = "comment" if token["comment"] else "beside"
        if token[group]:
            yield Block("metadata", start, token.start(group))
            start = token.end(group)
        if token["literal"]:
            line = text[text.rfind("\n", 0, token.start()) + 1 : token.start()]
            indent = len(line) - len(line.lstrip(" "))
            deeper = re.compile(rf"(?>\s*?\n|[ ]{{{indent + 1}}}[^\n]*+(?:\n|\Z))*+")
            if literal := deeper.match(text, min(position + 1, end), end):
                position = literal.end()
    yield Block("metadata", start, end)
