"""Views as Markdown, HTML and LaTeX, to be pasted into a document: tables, cards and trees.

The base class walks a view; each format says how it writes a piece of text, a table, a heading, a
list of facts and a list of nodes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from bclm_cli.views import Card, Line, Node, Reading, Section, Sides, Span, View

BOLD = frozenset({"title", "factor", "strong", "match", "conflict"})
"""Roles of spans that a document sets in bold."""
ITALIC = frozenset({"weak", "promotes", "suppresses", "neutral"})
CARD, SECTION = 3, 4
"""Levels of headings: below a document's own chapters and sections."""


class Document(ABC):
    """A format for documents, which knows no width and no color."""

    def lines(self, view: View) -> Iterator[str]:
        """The view in pieces of whole lines."""
        if isinstance(view, Reading):
            width = len(view.columns)  # a brief cell behind them is for narrow terminals
            yield from self.table(view.columns, (map(self.line, row[:width]) for row in view.rows))
            return
        before = ""
        for kind, items in groupby(view, type):
            if kind is Node:
                nodes = (item for item in items if isinstance(item, Node))
                yield before + self.nodes(tuple(nodes))
                continue
            for item in items:
                yield before + (
                    self.card(item) if isinstance(item, Card) else self.section(item)  # type: ignore[arg-type]
                )
                before = "\n"

    def line(self, spans: Iterable[Span]) -> str:
        """Spans as one piece of text."""
        return "".join(self.span(span) for span in spans)

    def card(self, card: Card) -> str:
        """A card under its title."""
        parts = [self.heading(CARD, card.title), self.facts(card.facts) if card.facts else ""]
        return "\n".join(filter(None, (*parts, *map(self.section, card.sections))))

    def section(self, section: Section) -> str:
        """A heading with its nodes; sides stand one after the other."""
        nodes: list[Node] = []
        for part in section.body:
            nodes += (*part.left, *part.right) if isinstance(part, Sides) else (part,)
        heading = self.heading(SECTION, section.heading) if section.heading else ""
        return "\n".join(filter(None, (heading, self.nodes(nodes) if nodes else "")))

    def signed(self, node: Node) -> str:
        """The text of a node, behind its sign."""
        sign = (Span(f"{node.sign.text} "),) if node.sign.text else ()
        return self.line((*sign, *node.spans))

    def title(self, spans: Line) -> str:
        """The text of a heading, with what stands back in it in brackets."""
        parts = []
        for span in spans:
            text = self.span(Span(span.text.strip()))
            if text:
                parts.append(f"({text})" if span.role == "dim" else text)
        return " ".join(parts)

    @abstractmethod
    def span(self, span: Span) -> str:
        """A piece of text with its special characters escaped, in bold or italics by its role."""

    @abstractmethod
    def table(self, columns: Sequence[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
        """A table whose cells are escaped already, in pieces of whole lines."""

    @abstractmethod
    def heading(self, level: int, title: Line) -> str:
        """A heading of level CARD or SECTION."""

    @abstractmethod
    def facts(self, facts: Sequence[tuple[str, Line]]) -> str:
        """Labels with their values."""

    @abstractmethod
    def nodes(self, nodes: Sequence[Node]) -> str:
        """Nodes with what hangs under them."""


def label(column: str) -> str:
    """What a table calls a column."""
    return column.replace("_", " ")


def spaced(text: str, escape: Callable[[str], str]) -> str:
    """The text escaped, with a space on each side where it has any there."""
    bare = text.strip()
    if not bare:
        return " " if text else ""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{escape(bare)}{after}"
