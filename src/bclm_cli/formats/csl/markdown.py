"""Pandoc's Markdown in the strings of CSL-YAML, back to CSL's marks."""

from __future__ import annotations

import re

from bclm_cli.text import markup

_TOKEN = re.compile(
    r"\\([^\w\s]|_| )|(\*\*|[*^~\[]|\]\{\.(?:nocase|smallcaps)\})|[^\\*^~\[\]]+|.", re.DOTALL
)
_TAGS = {
    "*": ("<i>", "</i>"), "**": ("<b>", "</b>"), "^": ("<sup>", "</sup>"),
    "~": ("<sub>", "</sub>"), "]{.nocase}": (markup.NOCASE, "</span>"),
    "]{.smallcaps}": (markup.SMALL_CAPS, "</span>"),
}  # fmt: skip
_HTML = re.compile(r"(?<!\\)<(?:i|b|su[bp]|span [^<>]{0,60})>")


def is_html(text: str) -> bool:
    """Whether a file has CSL's own marks, as ours has them, and so is no Markdown."""
    return bool(_HTML.search(text))


def unmarked(markdown: str) -> str:
    """Markdown with its escapes undone and its emphasis as CSL's marks.

    A sign without its partner stays; ^ and ~ hold no space, as in pandoc.
    """
    out: list[str] = []
    opened: list[tuple[str, int]] = []  # what may still be closed, and where it stands in `out`
    for match in _TOKEN.finditer(markdown):
        escaped, sign = match.groups()
        if escaped is not None:
            out.append(escaped)
        elif sign is None:
            out.append(match.group())
            if " " in match.group():
                opened = [(open_, at) for open_, at in opened if open_ not in "^~"]
        else:
            _sign(sign, match, out, opened)
    return "".join(out)


def _sign(sign: str, match: re.Match[str], out: list[str], opened: list[tuple[str, int]]) -> None:
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    opener = "[" if sign.startswith("]") else sign
    depth = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == opener), None)
    if sign != "[" and depth is not None and before.strip():
        at = opened[depth][1]
        out[at], closing = _TAGS[sign]
        out.append(closing)
        del opened[depth:]
        return
    if not sign.startswith("]") and after.strip() and len(opened) < 20:
        opened.append((sign, len(out)))
    out.append(sign)
