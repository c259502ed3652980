"""Views as Markdown: pipe tables and lists that CommonMark, GitHub and pandoc read alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bclm_cli.identifiers import address
from bclm_cli.render.documents import BOLD, ITALIC, Document, label, spaced
from bclm_cli.text.control_chars import one_line
from bclm_cli.views import LINKS, NUMBERS, Line, Node, Span

# Any ASCII punctuation may stand behind a backslash (CommonMark 0.31, section 2.4).
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|^~$@#"})
_LIST_START = re.compile(r"[-+](?:\s|$)|\d{1,9}[.)](?:\s|$)")
"""What would begin a list within the item."""


class Markdown(Document):
    """Markdown."""

    def span(self, span: Span) -> str:
        text = _escaped(span.text)
        if not text.strip():
            return text
        if span.role in LINKS and (target := address(span.role, span.text)):
            return f"[{text}](<{target}>)"
        mark = "**" if span.role in BOLD else "*" if span.role in ITALIC else ""
        bare = text.strip()
        return text.replace(bare, f"{mark}{bare}{mark}") if mark else text

    def table(self, columns: Sequence[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
        rules = (" ---: |" if column in NUMBERS else " --- |" for column in columns)
        yield f"| {' | '.join(map(label, columns))} |\n|{''.join(rules)}\n"
        for row in rows:
            yield f"| {' | '.join(row)} |\n"

    def heading(self, level: int, title: Line) -> str:
        return f"{'#' * level} {self.title(title)}\n"

    def facts(self, facts: Sequence[tuple[str, Line]]) -> str:
        return "".join(f"- {_escaped(name)}: {self.line(value)}\n" for name, value in facts)

    def nodes(self, nodes: Sequence[Node]) -> str:
        return "".join(self._node(node, "") for node in nodes)

    def _node(self, node: Node, indent: str) -> str:
        text = self.signed(node)
        if begun := _LIST_START.match(text):
            at = len(begun.group().rstrip()) - 1
            text = f"{text[:at]}\\{text[at:]}"
        below = "".join(self._node(child, f"{indent}  ") for child in node.children)
        return f"{indent}- {text}\n{below}"


def _escaped(text: str) -> str:
    return spaced(text, lambda bare: one_line(bare).translate(_SPECIAL))
