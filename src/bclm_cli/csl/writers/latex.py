"""LaTeX that stands in any document; links need the package hyperref."""

from __future__ import annotations

import re

from bclm_cli.csl.rich_text import DISPLAYS, lowered
from bclm_cli.csl.span_tree import Tree
from bclm_cli.text.latex import unicode_

HEAD = (
    "% links need \\usepackage{hyperref}\n"
    "\\begin{list}{}{\\setlength{\\leftmargin}{1.5em}\\setlength{\\itemindent}{-1.5em}}\n"
)
TAIL = "\\end{list}\n"
_COMMANDS = {
    "italic": "textit", "oblique": "textsl", "roman": "textup", "bold": "textbf",
    "light": "textmd", "medium": "textmd", "smallcaps": "textsc", "plain-caps": "textup",
    "underline": "underline", "no-underline": "textnormal", "sup": "textsuperscript",
    "sub": "textsubscript", "baseline": "textnormal",
}  # fmt: skip
_ADDRESS = re.compile(r"[\\{}%#\s]")


def write(tree: Tree) -> str:
    """The tree as LaTeX in UTF-8, with commands for what pdflatex does not know."""
    out = []
    for child in tree:
        if isinstance(child, str):
            out.append(unicode_(child).replace("`", "\\`{}"))  # else an opening quotation mark
        elif child.kind == "link":
            address = _ADDRESS.sub(_address, child.address)
            out.append(f"\\href{{{address}}}{{{write(child.children)}}}")
        elif child.kind == "raised":
            letters = "".join(sign for sign in child.children if isinstance(sign, str))
            out.append(f"\\textsuperscript{{{write((lowered(letters),))}}}")
        elif child.kind in DISPLAYS:
            breaks = "\\\\\n" if out and child.kind in ("block", "indent") else ""
            out.append(f"{breaks}{write(child.children)} ")
        else:
            out.append(f"\\{_COMMANDS[child.kind]}{{{write(child.children)}}}")
    return "".join(out)


def _address(sign: re.Match[str]) -> str:
    return {"%": r"\%", "#": r"\#"}.get(sign[0], f"\\%{ord(sign[0]):02X}")


def paragraph_of(line: str) -> str:
    """An entry of the list."""
    return f"\\item {line}\n"
