"""HTML with the tags and classes of citeproc-js, nested as the spans are."""

from __future__ import annotations

from html import escape

from bclm_cli.csl.rich_text import DISPLAYS, lowered
from bclm_cli.csl.span_tree import Tree

HEAD, TAIL = '<div class="csl-bib-body">\n', "</div>\n"
TAGS = {
    "italic": ("<i>", "</i>"),
    "oblique": ("<em>", "</em>"),
    "roman": ('<span style="font-style:normal;">', "</span>"),
    "bold": ("<b>", "</b>"),
    "light": ('<span style="font-weight:lighter;">', "</span>"),
    "medium": ('<span style="font-weight:normal;">', "</span>"),
    "smallcaps": ('<span style="font-variant:small-caps;">', "</span>"),
    "plain-caps": ('<span style="font-variant:normal;">', "</span>"),
    "underline": ('<span style="text-decoration:underline;">', "</span>"),
    "no-underline": ('<span style="text-decoration:none;">', "</span>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "baseline": ('<span style="baseline">', "</span>"),
    **{kind: (f'<div class="csl-{kind}">', "</div>") for kind in DISPLAYS},
}


def write(tree: Tree) -> str:
    """The tree as HTML."""
    out = []
    for child in tree:
        if isinstance(child, str):
            out.append(escape(child, quote=False))
        elif child.kind == "link":
            out.append(f'<a href="{escape(child.address)}">{write(child.children)}</a>')
        elif child.kind == "raised":
            out.append(f"<sup>{lowered(write(child.children))}</sup>")
        else:
            opening, closing = TAGS[child.kind]
            out.append(opening + write(child.children) + closing)
    return "".join(out)


def entry(key: str, margin: str, body: str) -> str:
    """An entry of the list, its number in a margin where the style has one."""
    if margin:
        body = (
            f'<div class="csl-left-margin">{margin}</div><div class="csl-right-inline">{body}</div>'
        )
    return f'  <div class="csl-entry" id="ref-{escape(key)}">{body}</div>\n'
