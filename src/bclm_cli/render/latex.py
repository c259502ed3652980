"""Views as LaTeX: tables with booktabs, cards as headings and lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bclm_cli.identifiers import address
from bclm_cli.render.documents import (
    BOLD,
    CARD,
    ITALIC,
    SECTION,
    Document,
    label,
    spaced,
)
from bclm_cli.text.control_chars import one_line
from bclm_cli.text.latex import unicode_
from bclm_cli.views import LINKS, NUMBERS, Line, Node, Span

WIDE = {"statement": 0.35, "title": 0.3, "summary": 0.4, "evidence": 0.2, "text": 0.5,
        "synonyms": 0.2, "full_name": 0.2, "journal": 0.18, "citation": 0.16}  # fmt: skip
"""Columns that break their lines, with their share of the width of a line."""
SYMBOLS = str.maketrans(
    {"●": "\\ensuremath{\\bullet}", "○": "\\ensuremath{\\circ}", "→": "\\ensuremath{\\to}",
     "←": "\\ensuremath{\\leftarrow}", "−": "\\ensuremath{-}", "±": "\\ensuremath{\\pm}",
     "≠": "\\ensuremath{\\neq}", "·": "\\textperiodcentered{}"}
)  # fmt: skip
_HEADINGS = {CARD: "subsection*", SECTION: "paragraph"}
_NEEDS = "% needs \\usepackage{booktabs,longtable} and \\usepackage{hyperref} for links\n"


class Latex(Document):
    """LaTeX."""

    def lines(self, view: object) -> Iterator[str]:
        yield _NEEDS
        yield from super().lines(view)  # type: ignore[arg-type]

    def span(self, span: Span) -> str:
        text = _escaped(span.text)
        if not text.strip():
            return text
        if span.role in LINKS and (target := address(span.role, span.text)):
            return f"\\href{{{_of_url(target)}}}{{{text}}}"
        command = "textbf" if span.role in BOLD else "emph" if span.role in ITALIC else ""
        return f"\\{command}{{{text}}}" if command else text

    def table(self, columns: Sequence[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
        kinds = "".join(_kind(column) for column in columns)
        heads = " & ".join(_escaped(label(column)) for column in columns)
        yield f"\\begin{{longtable}}{{@{{}}{kinds}@{{}}}}\n\\toprule\n{heads} \\\\\n\\midrule\n"
        yield "\\endhead\n\\bottomrule\n\\endfoot\n"
        for row in rows:
            yield f"{' & '.join(row)} \\\\\n"
        yield "\\end{longtable}\n"

    def heading(self, level: int, title: Line) -> str:
        return f"\\{_HEADINGS[level]}{{{self.title(title)}}}"

    def facts(self, facts: Sequence[tuple[str, Line]]) -> str:
        items = (f"  \\item[{_escaped(name)}] {self.line(value)}" for name, value in facts)
        return "\n".join(("\\begin{description}", *items, "\\end{description}"))

    def nodes(self, nodes: Sequence[Node]) -> str:
        """Nested lists down to LaTeX's four levels; what is deeper stands in the line."""
        return self._list(nodes, 1)

    def _list(self, nodes: Sequence[Node], depth: int) -> str:
        indent = "  " * depth
        lines = [f"{indent[2:]}\\begin{{itemize}}"]
        for node in nodes:
            below = node.children if depth < 4 else ()
            more = "" if below else "".join(f"; {self.signed(child)}" for child in node.children)
            lines.append(f"{indent}\\item {{}}{self.signed(node)}{more}")
            if below:
                lines.append(self._list(below, depth + 1).rstrip("\n"))
        lines.append(f"{indent[2:]}\\end{{itemize}}\n")
        return "\n".join(lines)


def _kind(column: str) -> str:
    if column in NUMBERS:
        return "r"
    return f"p{{{WIDE[column]}\\linewidth}}" if column in WIDE else "l"


def _escaped(text: str) -> str:
    return spaced(text, lambda bare: unicode_(one_line(bare)).translate(SYMBOLS))


def _of_url(target: str) -> str:
    return target.replace("%", "\\%").replace("#", "\\#").replace("&", "\\&")
