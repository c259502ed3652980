"""Views as HTML fragments: plain tables, or cards of headings and lists, without style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from bclm_cli.identifiers import address
from bclm_cli.render.documents import BOLD, ITALIC, Document, label
from bclm_cli.text.control_chars import visible
from bclm_cli.views import LINKS, NUMBERS, Line, Node, Span


class Html(Document):
    """HTML 5."""

    def span(self, span: Span) -> str:
        text = escape(visible(span.text))
        if not text.strip():
            return text
        if span.role in LINKS and (target := address(span.role, span.text)):
            return f'<a href="{escape(target)}">{text}</a>'
        tag = "strong" if span.role in BOLD else "em" if span.role in ITALIC else ""
        return f"<{tag}>{text}</{tag}>" if tag else text

    def table(self, columns: Sequence[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
        heads = "".join(f'<th scope="col">{escape(label(column))}</th>' for column in columns)
        yield f'<table class="bclm">\n<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n'
        opened = ['<td align="right">' if column in NUMBERS else "<td>" for column in columns]
        for row in rows:
            cells = "".join(f"{td}{cell}</td>" for td, cell in zip(opened, row, strict=True))
            yield f"<tr>{cells}</tr>\n"
        yield "</tbody>\n</table>\n"

    def heading(self, level: int, title: Line) -> str:
        return f"<h{level}>{self.title(title)}</h{level}>"

    def facts(self, facts: Sequence[tuple[str, Line]]) -> str:
        items = (f"<dt>{escape(name)}</dt><dd>{self.line(value)}</dd>" for name, value in facts)
        return "\n".join(("<dl>", *items, "</dl>"))

    def nodes(self, nodes: Sequence[Node]) -> str:
        items = "\n".join(map(self._node, nodes))
        return f"<ul>\n{items}\n</ul>\n"

    def _node(self, node: Node) -> str:
        below = f"\n{self.nodes(node.children)}" if node.children else ""
        return f"<li>{self.signed(node)}{below}</li>"
