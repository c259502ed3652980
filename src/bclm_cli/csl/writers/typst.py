"""Typst markup."""

from __future__ import annotations

import re

from bclm_cli.csl.rich_text import DISPLAYS
from bclm_cli.csl.span_tree import Tree

HEAD = "#set par(hanging-indent: 1.5em)\n"
_CALLS = {
    "italic": "emph", "oblique": "emph", "bold": "strong", "smallcaps": "smallcaps",
    "underline": "underline", "sup": "super", "sub": "sub",
    "roman": 'text(style: "normal")', "light": 'text(weight: "light")',
    "medium": 'text(weight: "regular")',
}  # fmt: skip
_SIGN = re.compile(r"[\\#$*_`<>@\[\]~/\"'=+-]|\.(?=\.\.)")


def write(tree: Tree) -> str:
    """The tree as content in markup mode."""
    out = []
    for child in tree:
        if isinstance(child, str):
            out.append(_SIGN.sub(r"\\\g<0>", child))
            continue
        inner = write(child.children)
        if child.kind == "link":
            address = child.address.replace("\\", "\\\\").replace('"', '\\"')
            out.append(f'#link("{address}")[{inner}]')
        elif child.kind in DISPLAYS:
            out.append((" \\\n" if out and child.kind in ("block", "indent") else "") + inner + " ")
        elif child.kind in _CALLS:
            out.append(f"#{_CALLS[child.kind]}[{inner}]")
        else:
            out.append(inner)
    return _closed("".join(out))


def _closed(text: str) -> str:
    """Calls that a letter or a bracket follows are ended, or Typst would read it as theirs."""
    return re.sub(r"\](?=[\[(.])", "];", text)


def paragraph_of(line: str) -> str:
    """An entry of the list."""
    return f"\n{line}\n"
