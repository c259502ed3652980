"""LaTeX that stands in any document; links need the package hyperref."""

from __future__ import annotations

import re

from bclm_cli.csl.rich_text import DISPLAYS, lowered
from bclm_cli.csl.span_tree import Tree

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
_SIGNS = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", "\u00a0": "~",
    "\u202f": r"\,",
    "`": r"\`{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}  # fmt: skip
_SIGN = re.compile(r"[\\~^<>|&%$#_{}`\u00a0\u202f]|--+|''")
_ADDRESS = re.compile(r"[\\{}%#\s]")


def write(tree: Tree) -> str:
    """The tree as LaTeX in UTF-8."""
    out = []
    for child in tree:
        if isinstance(child, str):
            out.append(_SIGN.sub(_escaped, child))
        elif child.kind == "link":
            address = _ADDRESS.sub(_address, child.address)
            out.append(f"\\href{{{address}}}{{{write(child.children)}}}")
        elif child.kind == "raised":
            out.append(f"\\textsuperscript{{{lowered(write(child.children))}}}")
        elif child.kind in DISPLAYS:
            breaks = "\\\\\n" if out and child.kind in ("block", "indent") else ""
            out.append(f"{breaks}{write(child.children)} ")
        else:
            out.append(f"\\{_COMMANDS[child.kind]}{{{write(child.children)}}}")
    return "".join(out)


def _escaped(found: re.Match[str]) -> str:
    """A sign by its command; signs that TeX would join to one another are kept apart."""
    sign = found[0]
    return _SIGNS[sign] if len(sign) == 1 and sign in _SIGNS else "{}".join(sign) + "{}"


def _address(sign: re.Match[str]) -> str:
    return {"%": r"\%", "#": r"\#"}.get(sign[0], f"\\%{ord(sign[0]):02X}")


def paragraph_of(line: str) -> str:
    """An entry of the list."""
    return f"\\item {line}\n"
