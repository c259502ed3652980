"""Views as elements of the page: the roles of spans are classes, sides stand beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from bclm_cli.identifiers import address
from bclm_cli.render.html import Html
from bclm_cli.text.control_chars import visible
from bclm_cli.views import LINKS, Card, Line, Node, Sides, Span

MUTED = ("dim", "evidence")
"""Roles of what stands back."""
SIDES = {"promotes": "For", "suppresses": "Against", "neutral": "No effect"}
"""What stands above a side, by the role of its signs."""


class PageHtml(Html):
    """HTML whose spans lead somewhere.

    `lead` says where ("" for nowhere), `attributes` what the element of a node has, as HTML with a
    space before it.
    """

    def __init__(self, lead: Callable[[Span], str], attributes: Callable[[Node], str]) -> None:
        self.lead = lead
        self.attributes = attributes

    def span(self, span: Span) -> str:
        shown = text(span.text)
        role = f' class="{span.role}"' if span.role else ""
        target = address(span.role, span.text) if span.role in LINKS else self.lead(span)
        if target:
            return f'<a{role} href="{escape(target)}">{shown}</a>'
        return f"<span{role}>{shown}</span>" if role else shown

    def line(self, spans: Iterable[Span]) -> str:
        return super().line(spans).strip()

    def facts(self, facts: Sequence[tuple[str, Line]]) -> str:
        parts = []
        for label, spans in facts:
            term = f"<dt>{text(label)}</dt>" if label else ""
            parts.append(f"{term}<dd>{self.line(spans)}</dd>")
        return f'<dl class="facts">{"".join(parts)}</dl>' if parts else ""

    def nodes(self, nodes: Sequence[Node]) -> str:
        items = "".join(map(self._item, nodes))
        return f'<ul class="nodes">\n{items}</ul>\n' if items else ""

    def head(self, card: Card, level: int) -> str:
        """The title of a card as a heading of that level, and its facts."""
        return f"<h{level}>{self.line(card.title)}</h{level}>\n{self.facts(card.facts)}\n"

    def body(self, parts: Iterable[Node | Sides]) -> str:
        """Nodes as lists, sides as two lists that can stand beside each other."""
        out: list[str] = []
        nodes: list[Node] = []
        for part in parts:
            if isinstance(part, Node):
                nodes.append(part)
                continue
            out.append(self.nodes(nodes))
            nodes = []
            columns = (
                f'<div class="side {side[0].sign.role}"><h5>{SIDES[side[0].sign.role]}</h5>'
                f"{self.nodes(side)}</div>"
                for side in part
            )
            out.append(f'<div class="sides">{"".join(columns)}</div>\n')
        return "".join((*out, self.nodes(nodes)))

    def _item(self, node: Node) -> str:
        sign = ""
        if node.sign.text:
            sign = f'<b class="sign {node.sign.role}" aria-hidden="true">{text(node.sign.text)}</b>'
        details = "".join(f"<p>{self._detail(one.spans)}</p>" for one in node.children)
        return f"<li{self.attributes(node)}>{sign}<p>{self.line(node.spans)}</p>{details}</li>\n"

    def _detail(self, spans: Line) -> str:
        """A line that is muted as a whole, so that nothing need be said of what is."""
        return self.line(
            span._replace(role="") if span.role in MUTED else span for span in spans if span.text
        )


def text(content: str) -> str:
    """Text as content of an element or an attribute; what a browser would obey is shown."""
    return escape(visible(content))
