"""Plain text, and text for a terminal with escape codes."""

from __future__ import annotations

import re

from bclm_cli.csl.rich_text import strip
from bclm_cli.csl.span_tree import Tree

_CODES = {
    "italic": ("\x1b[3m", "\x1b[23m"),
    "oblique": ("\x1b[3m", "\x1b[23m"),
    "roman": ("\x1b[23m", "\x1b[3m"),
    "bold": ("\x1b[1m", "\x1b[22m"),
    "underline": ("\x1b[4m", "\x1b[24m"),
}
_SPACES = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")


def write(tree: Tree) -> str:
    """Plain text; a superscript in Unicode where it has the signs, else "^(mid)"."""
    from bclm_cli.csl.writers.runs import plain, runs

    return _line("".join(run.text for run in plain(runs(tree))))


def stripped(text: str) -> str:
    """Rich text that `rich_text.looks_plain` as plain text."""
    return _line(strip(text))


def ansi(tree: Tree, links: bool = False) -> str:
    """Plain text, italics and bold by escape codes; with `links` links to click too (OSC 8)."""
    from bclm_cli.csl.writers.runs import plain, runs

    out: list[str] = []
    for run in plain(runs(tree)):
        piece = run.text
        if links and run.address:
            piece = f"\x1b]8;;{run.address}\x1b\\{piece}\x1b]8;;\x1b\\"
        codes = [_CODES[style] for style in run.styles if style in _CODES]
        opening = "".join(code[0] for code in codes)
        closing = "".join(code[1] for code in reversed(codes))
        out.append(opening + piece + closing)
    return _line("".join(out))


def _line(text: str) -> str:
    """One line, whatever blocks, tabs and line ends the style lays an entry out with."""
    return _SPACES.sub(" ", text).strip(" ")
