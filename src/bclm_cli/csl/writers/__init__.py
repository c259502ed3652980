"""Trees of spans as text, HTML, Markdown, LaTeX, Typst and RTF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from bclm_cli.csl.span_tree import Tree
from bclm_cli.csl.writers import html, latex, markdown, plain, rtf, typst

WRITERS: Mapping[str, Callable[[Tree], str]] = {
    "text": plain.text,
    "md": markdown.write,
    "html": html.write,
    "latex": latex.write,
    "typst": typst.write,
    "rtf": rtf.write,
    "ansi": plain.ansi,
    "terminal": partial(plain.ansi, links=True),
}
