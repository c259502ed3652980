"""Views as text for a person: aligned, wrapped to the width, coloured; the only room with Rich."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text
from rich.tree import Tree

from bclm_cli.output import Output
from bclm_cli.render import visible
from bclm_cli.views import Card, Node, Reading, Section, Sides, Span

STYLES = {
    "title": "bold",
    "step": "magenta",
    "factor": "bold",
    "key": "cyan",
    "doi": "cyan",
    "pmid": "cyan",
    "pmcid": "cyan",
    "url": "cyan",
    "identifier": "cyan",
    "promotes": "green",
    "suppresses": "red",
    "neutral": "yellow",
    "contradiction": "bold yellow",
    "strong": "bold",
    "weak": "italic yellow",
    "match": "bold underline",
    "dim": "dim",
    "label": "dim",
}
LINKS = {
    "doi": "https://doi.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/",
    "url": "",
}
NUMBERS = {"number", "year", "factors", "claims", "references", "promotes", "suppresses", "other"}
WRAPS = {
    "summary", "statement", "text", "title", "journal", "evidence", "synonyms", "full_name",
    "authors", "effect", "factor", "name", "steps", "author", "system", "cancer", "from", "to",
}  # fmt: skip
FIRST = 500
"""Rows that decide the widths of the columns; a list of 100,000 begins before it is read."""


def lines(view: Reading | Iterable[Card] | tuple[Node, ...], out: Output) -> Iterator[str]:
    """The view in pieces of whole lines."""
    pen = _Pen(out)
    if isinstance(view, Reading):
        yield from pen.records(view) if out.narrow else pen.table(view)
        return
    items: Iterable[Card | Node] = view
    for index, item in enumerate(items):
        if isinstance(item, Card):
            yield ("\n" if index else "") + pen.draw(pen.card(item))
        else:
            yield pen.draw(pen.tree(item))


class _Pen:
    def __init__(self, out: Output) -> None:
        self.out = out
        self.buffer = StringIO()
        self.console = Console(
            file=self.buffer,
            width=out.width,
            force_terminal=out.color,
            color_system="standard" if out.color else None,
            no_color=not out.color,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        )

    def draw(self, what: RenderableType) -> str:
        self.console.print(what)
        drawn = self.buffer.getvalue()
        self.buffer.seek(0)
        self.buffer.truncate()
        return "".join(f"{line.rstrip()}\n" for line in drawn.splitlines())

    def line(self, spans: Iterable[Span]) -> Text:
        text = Text()
        for span in spans:
            text.append(visible(span.text), self._style(span))
        return text

    def _style(self, span: Span) -> Style | None:
        style = Style.parse(STYLES[span.role]) if span.role in STYLES else None
        if self.out.color and self.out.terminal and span.role in LINKS and span.text:
            return Style(link=visible(LINKS[span.role] + span.text)) + style
        return style

    def table(self, view: Reading) -> Iterator[str]:
        """A table in blocks of FIRST rows, all under the widths of the first."""
        rows = iter(view.rows)
        first = [[self.line(cell) for cell in row] for row in islice(rows, FIRST)]
        if not first:
            return
        widths = _widths(view.columns, first, self.out.width)
        rest = ([self.line(cell) for cell in row] for row in rows)
        block = first
        header = True
        while block:
            grid = Grid(box=None, show_header=header, pad_edge=False, header_style="bold")
            for column, width in zip(view.columns, widths, strict=True):
                grid.add_column(
                    column.replace("_", " "),
                    width=width,
                    justify="right" if column in NUMBERS else "left",
                    overflow="fold",
                )
            for row in block:
                grid.add_row(*row)
            yield self.draw(grid)
            header = False
            block = list(islice(rest, FIRST))

    def records(self, view: Reading) -> Iterator[str]:
        """One block a row, field by field: what a narrow terminal can hold."""
        label = max(map(len, view.columns)) + 2
        before = ""
        for row in view.rows:
            grid = Grid.grid()
            grid.add_column(width=label)
            grid.add_column(overflow="fold")
            for column, cell in zip(view.columns, row, strict=True):
                if any(span.text for span in cell):
                    name = Text(column.replace("_", " "), STYLES["label"])
                    grid.add_row(name, self.line(cell))
            yield before + self.draw(grid)
            before = "\n"

    def card(self, card: Card) -> RenderableType:
        facts = Grid.grid(padding=(0, 2, 0, 0))
        facts.add_column(no_wrap=True)
        facts.add_column(overflow="fold")
        for label, spans in card.facts:
            facts.add_row(Text(label, STYLES["label"]), self.line(spans))
        parts: list[RenderableType] = [self.line(card.title), facts]
        for section in card.sections:
            parts += ["", self.section(section)]
        return Group(*parts)

    def section(self, section: Section) -> RenderableType:
        body = [
            self.sides(part) if isinstance(part, Sides) else self.node(part)
            for part in section.body
        ]
        return Group(self.line(section.heading), Padding(Group(*body), (0, 0, 0, 2)))

    def sides(self, sides: Sides) -> RenderableType:
        """Beside each other where there is room for two, else one under the other."""
        left, right = (Group(*map(self.node, side)) for side in sides)
        if self.out.narrow:
            return Group(left, right)
        half = (self.out.width - 2 - 3) // 2
        grid = Grid.grid(padding=(0, 3, 0, 0))
        grid.add_column(width=half)
        grid.add_column(width=half)
        grid.add_row(left, right)
        return grid

    def node(self, node: Node) -> RenderableType:
        """A line with its details set in below it."""
        details = [Padding(self.line(child.spans), (0, 0, 0, 2)) for child in node.children]
        return Group(self.line(node.spans), *details)

    def tree(self, node: Node, parent: Tree | None = None) -> Tree:
        label = self.line(node.spans)
        tree = Tree(label, guide_style="dim") if parent is None else parent.add(label)
        for child in node.children:
            self.tree(child, tree)
        return tree


def _widths(columns: Sequence[str], rows: Sequence[Sequence[Text]], total: int) -> list[int]:
    """Widths that fill no more than `total`: what may be wrapped shares what is left.

    A wide column gives way before a narrow one: each gets at most an equal share of the room,
    and what one leaves the others may have.
    """
    natural = [
        max(len(column), *(row[index].cell_len for row in rows))
        for index, column in enumerate(columns)
    ]
    room = total - 2 * (len(columns) - 1)
    widths = list(natural)
    flexible = sorted(
        (index for index, column in enumerate(columns) if column in WRAPS),
        key=lambda index: natural[index],
    )
    room -= sum(width for index, width in enumerate(natural) if index not in flexible)
    for left, index in zip(range(len(flexible), 0, -1), flexible, strict=True):
        widths[index] = max(min(natural[index], room // left), len(columns[index]), 6)
        room -= widths[index]
    return widths
