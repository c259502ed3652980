"""Trees of spans as text, HTML, Markdown, LaTeX, Typst and RTF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from bclm_cli.csl.span_tree import Tree

FORMATS = ("text", "md", "html", "latex", "typst", "rtf", "ansi", "terminal")
"""The last two are text with escape codes for italics, and with those for links too."""
_MODULES = {"text": "plain", "ansi": "plain", "terminal": "plain", "md": "markdown"}


def module(fmt: str) -> Any:
    """The module of a format; each is loaded when it is needed."""
    return import_module(f"{__name__}.{_MODULES.get(fmt, fmt)}")


def writer(fmt: str) -> Callable[[Tree], str]:
    """What writes a tree in one of FORMATS."""
    found = module(fmt)
    if fmt == "terminal":
        return partial(found.ansi, links=True)
    write: Callable[[Tree], str] = found.ansi if fmt == "ansi" else found.write
    return write
