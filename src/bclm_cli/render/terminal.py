"""Views as text for a person: aligned, wrapped to the width, colored; the only room with Rich."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain, islice
from typing import Literal

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text
from rich.tree import Tree

from bclm_cli.identifiers import address
from bclm_cli.output import Output
from bclm_cli.render.columns import GAP, Column, breaks, longest_piece, widths
from bclm_cli.text.control_chars import visible
from bclm_cli.views import LINKS, NUMBERS, Card, Line, Node, Reading, Section, Sides, Span, View

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
    "conflict": "bold yellow",
    "error": "bold red",
    "warning": "yellow",
    "note": "dim",
    "evidence": "dim",
    "strong": "bold",
    "weak": "italic yellow",
    "match": "bold underline",
    "dim": "dim",
    "label": "dim",
}
WRAPS = {
    "summary", "statement", "text", "title", "journal", "evidence", "synonyms", "full_name",
    "authors", "effect", "factor", "name", "steps", "author", "system", "cancer", "from", "to",
    "agent", "citation", "perturbation", "model", "subtype",
}  # fmt: skip
FIRST = 500
"""Rows that decide the widths of the columns; a list of 100,000 begins before it is read."""
LONG_WORD = 20
"""A word longer than that may be broken to make a table possible."""


def lines(view: View, out: Output) -> Iterator[str]:
    """The view in pieces of whole lines."""
    pen = _Pen(out)
    if isinstance(view, Reading):
        yield from pen.reading(view)
        return
    before = ""
    for item in view:
        match item:
            case Card():
                yield before + pen.draw(pen.card(item))
                for section in item.sections:
                    yield "\n" + pen.section(section)
                before = "\n"
            case Section():
                yield before + pen.section(item)
                before = "\n"
            case Node():
                yield pen.draw(pen.tree(item))


class _Pen:
    def __init__(self, out: Output) -> None:
        self.out = out
        self.buffer = StringIO()
        self.console = Console(
            file=self.buffer,
            width=out.width,
            height=out.height,  # with one of the two alone Rich takes a dumb terminal's 80 columns
            force_terminal=out.color,
            color_system="standard" if out.color else None,
            no_color=not out.color,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        )

    def draw(self, what: RenderableType, *, whole: bool = False) -> str:
        """As it is printed; `whole` lines are as long as they are."""
        self.console.print(what, soft_wrap=whole)
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
        if self.out.color and self.out.terminal and span.role in LINKS:
            return Style(link=address(span.role, span.text) or None) + style
        return style

    # ---- lists

    def reading(self, view: Reading) -> Iterator[str]:
        """A table where its columns fit beside each other, else records."""
        rows = ([self.line(cell) for cell in row] for row in view.rows)
        first = list(islice(rows, FIRST))
        if not first:
            return
        wished = [
            _column(
                name, [row[index] for row in first], wraps=name in WRAPS or name in view.wrapped
            )
            for index, name in enumerate(view.columns)
        ]
        if self.out.narrow:  # no room to break cells in columns: all or nothing
            wished = [column._replace(least=column.natural) for column in wished]
        found = widths(wished, self.out.width)
        if found:
            yield from self.table(view, found, first, rows)
        else:
            yield from self.records(view, chain(first, rows))

    def table(
        self,
        view: Reading,
        widths: Sequence[int],
        block: list[list[Text]],
        rest: Iterator[list[Text]],
    ) -> Iterator[str]:
        """Blocks of FIRST rows, all under the widths of the first."""
        header = True
        while block:
            grid = Grid(
                box=None,
                show_header=header,
                pad_edge=False,
                padding=(0, GAP, 0, 0),
                header_style=STYLES["label"],
            )
            for column, width in zip(view.columns, widths, strict=True):
                justify: Literal["left", "right"] = "right" if column in NUMBERS else "left"
                grid.add_column(_label(column), width=width, justify=justify, overflow="fold")
            lines = [2 if column in view.short else None for column in view.columns]
            for row in block:
                grid.add_row(*map(_broken, row, widths, lines))
            yield self.draw(grid)
            header = False
            block = list(islice(rest, FIRST))

    def records(self, view: Reading, rows: Iterable[Sequence[Text]]) -> Iterator[str]:
        """One block a row, field by field: what a narrow terminal can hold."""
        if view.brief:
            for row in rows:
                heading = Text("  ").join(cell for cell in row[: view.heads] if cell)
                yield self.draw(Group(heading, Padding(row[-1], (0, 0, 0, GAP))))
            return
        labels = view.columns[view.heads :]
        width = max(map(len, labels), default=0) + GAP
        before = ""
        for row in rows:
            heading = Text("  ").join(cell for cell in row[: view.heads] if cell)
            grid = Grid.grid()
            grid.add_column(width=width)
            grid.add_column(overflow="fold")
            for column, cell in zip(labels, row[view.heads :], strict=True):
                if cell:
                    grid.add_row(Text(_label(column), STYLES["label"]), cell)
            yield before + self.draw(Group(heading, Padding(grid, (0, 0, 0, GAP))))
            before = "\n"

    # ---- cards and trees

    def card(self, card: Card) -> RenderableType:
        facts = Grid.grid(padding=(0, GAP, 0, 0))
        facts.add_column(no_wrap=True)
        facts.add_column(overflow="fold")
        for label, spans in card.facts:
            facts.add_row(Text(label, STYLES["label"]), self.line(spans))
        return Group(self.line(card.title), Padding(facts, (0, 0, 0, GAP)))

    def section(self, section: Section) -> str:
        drawn = [self.draw(self.line(section.heading), whole=_has_path(section.heading))]
        for part in section.body:
            if isinstance(part, Sides):
                drawn.append(self.draw(Padding(self.sides(part), (0, 0, 0, GAP))))
            elif _has_path(part.spans):
                drawn.append(self.place(part))
            else:
                drawn.append(self.draw(Padding(self.node(part), (0, 0, 0, GAP))))
        return "".join(drawn)

    def place(self, node: Node) -> str:
        """A path with what is said of it, on one line if that fits, else below."""
        lines = [self.line(one.spans) for one in (node, *node.children)]
        together = Text(" " * GAP).join(lines)
        if GAP + together.cell_len <= self.out.width:
            lines = [together]
        return "".join(self.draw(Text(" " * GAP) + line, whole=True) for line in lines)

    def sides(self, sides: Sides) -> RenderableType:
        """Beside each other where there is room for two, else one under the other."""
        left, right = (Group(*map(self.node, side)) for side in sides)
        if self.out.narrow:
            return Group(left, right)
        half = (self.out.width - GAP - 3) // 2
        grid = Grid.grid(padding=(0, 3, 0, 0))
        grid.add_column(width=half)
        grid.add_column(width=half)
        grid.add_row(left, right)
        return grid

    def node(self, node: Node) -> RenderableType:
        """A line with its details below it, all to the right of its sign."""
        body = Group(self.line(node.spans), *(self.line(child.spans) for child in node.children))
        if not node.sign.text:
            return body
        grid = Grid.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(self.line([node.sign]), body)
        return grid

    def tree(self, node: Node, parent: Tree | None = None) -> Tree:
        sign: Line = (node.sign, Span(" ")) if node.sign.text else ()
        label = self.line((*sign, *node.spans))
        tree = Tree(label, guide_style="dim") if parent is None else parent.add(label)
        for child in node.children:
            self.tree(child, tree)
        return tree


def _has_path(line: Line) -> bool:
    return any(span.role == "path" for span in line)


def _column(name: str, cells: Sequence[Text], *, wraps: bool) -> Column:
    natural = max(len(name), *(cell.cell_len for cell in cells))
    if not wraps:
        return Column(natural, natural)
    longest = max(longest_piece(cell.plain, cell_len) for cell in cells)
    return Column(natural, max(len(name), min(longest, LONG_WORD)))


def _broken(cell: Text, width: int, most: int | None) -> Text:
    """A cell in lines that fit the column, with longer words broken where a reader would; the first
    `most` lines, and a sign where there are more."""
    if cell.cell_len <= width:
        return cell
    lines = list(cell.divide(breaks(cell.plain, width, cell_len)))
    if most and len(lines) > most:
        lines = lines[:most]
        lines[-1].rstrip()
        lines[-1].truncate(width - 1)
        lines[-1].append("…")
    for line in lines:
        line.rstrip()
    return Text("\n").join(lines)


def _label(column: str) -> str:
    return "direct" if column == "direct of" else column.replace("_", " ")
