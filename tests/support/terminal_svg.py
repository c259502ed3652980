"""Turns what a terminal shows (text with SGR colors) into an SVG picture of that terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from bclm_cli.graph.cells import width

SIZE = 14.0
CELL, LINE = 8.43, 19.0  # DejaVu Sans Mono and Menlo are 0.602 wide
PADDING, BAR = 18.0, 34.0
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
GROUND, EDGE, INK, FAINT = "#0d1117", "#30363d", "#d7dee8", "#8e99a8"
COLORS = {31: "#ff9a86", 32: "#7fd88f", 33: "#f0c674", 34: "#79b8ff", 35: "#e79ad9", 36: "#7cc9e0"}

_PIECES = re.compile(r"\x1b\[([\d;]*)m|\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)|([^\x1b]+)")
# Box drawing as lines through the middle of a cell: which of left, right, up, down it has.
_BOXES = {
    "─": "lr", "│": "ud", "╭": "rd", "╮": "ld", "╰": "ru", "╯": "lu", "├": "rud", "└": "ru",
    "┤": "lud", "┬": "lrd", "┴": "lru", "┼": "lrud",
}  # fmt: skip
_PARTS = re.compile(f"[{''.join(_BOXES)}]+|[^ {''.join(_BOXES)}]+(?: [^ {''.join(_BOXES)}]+)*")


class Style(NamedTuple):
    color: str = INK
    bold: bool = False
    faint: bool = False
    italic: bool = False
    underline: bool = False


class Run(NamedTuple):
    column: int
    text: str
    style: Style


def picture(command: str, shown: str) -> str:
    """The terminal after `$ command` has shown this; raises ValueError at an unknown escape."""
    lines = [list(_runs(line)) for line in ("$ " + command + "\n" + shown).rstrip("\n").split("\n")]
    columns = max(run.column + width(run.text) for line in lines for run in line)
    wide = round(columns * CELL + 2 * PADDING)
    tall = round(BAR + len(lines) * LINE + PADDING)
    body = "\n".join(_drawn(lines))
    title = escape(f"A terminal after: {command}")
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title" width="{wide}" \
height="{tall}" viewBox="0 0 {wide} {tall}" font-family="{FONTS}" font-size="{SIZE:g}" \
fill="{INK}">
<title id="title">{title}</title>
<rect x="0.5" y="0.5" width="{wide - 1}" height="{tall - 1}" rx="10" fill="{GROUND}" \
stroke="{EDGE}"/>
<g fill="{EDGE}"><circle cx="22" cy="18" r="5"/><circle cx="40" cy="18" r="5"/>\
<circle cx="58" cy="18" r="5"/></g>
{body}
</svg>
"""


def _runs(line: str) -> Iterator[Run]:
    style, column, end = Style(), 0, 0
    for match in _PIECES.finditer(line):
        if match.start() != end:
            raise ValueError(f"an escape sequence nobody knows: {line[end : match.start()]!r}")
        end = match.end()
        codes, text = match.groups()
        if text is not None:
            yield Run(column, text, style)
            column += width(text)
        elif codes is not None:
            for code in codes.split(";"):
                style = _styled(style, int(code or 0))
    if end != len(line):
        raise ValueError(f"an escape sequence nobody knows: {line[end:]!r}")


def _styled(style: Style, code: int) -> Style:
    if code == 0:
        return Style()
    if code in COLORS:
        return style._replace(color=COLORS[code])
    flags = {1: "bold", 2: "faint", 3: "italic", 4: "underline"}
    if code not in flags:
        raise ValueError(f"an SGR code nobody knows: {code}")
    return style._replace(**{flags[code]: True})


def _drawn(lines: list[list[Run]]) -> Iterator[str]:
    for row, runs in enumerate(lines):
        top = BAR + row * LINE
        for run in runs:
            for match in _PARTS.finditer(run.text):
                column = run.column + width(run.text[: match.start()])
                draw = _boxes if match[0][0] in _BOXES else _text
                yield draw(match[0], column, top, run.style)


def _text(text: str, column: int, top: float, style: Style) -> str:
    look = {
        "fill": _color(style) if _color(style) != INK else "",
        "font-weight": "bold" if style.bold else "",
        "font-style": "italic" if style.italic else "",
        "text-decoration": "underline" if style.underline else "",
    }
    attributes = "".join(f' {name}="{value}"' for name, value in look.items() if value)
    x, y, length = PADDING + column * CELL, top + LINE * 0.72, width(text) * CELL
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" textLength="{length:.2f}"{attributes}>{escape(text)}</text>'
    )


def _boxes(text: str, column: int, top: float, style: Style) -> str:
    path = ""
    y = top + LINE / 2
    for place, character in enumerate(text):
        x = PADDING + (column + place + 0.5) * CELL
        ends = {"l": (x - CELL / 2, y), "r": (x + CELL / 2, y),
                "u": (x, y - LINE / 2), "d": (x, y + LINE / 2)}  # fmt: skip
        sides = [ends[side] for side in _BOXES[character]]
        if character in "╭╮╰╯":
            (x1, y1), (x2, y2) = sides
            path += f"M{x1:.2f} {y1:.2f}Q{x:.2f} {y:.2f} {x2:.2f} {y2:.2f}"
        else:
            path += "".join(f"M{x:.2f} {y:.2f}L{x2:.2f} {y2:.2f}" for x2, y2 in sides)
    return f'<path d="{path}" stroke="{_color(style)}" stroke-width="1.3" fill="none"/>'


def _color(style: Style) -> str:
    if not style.faint:
        return style.color
    return FAINT if style.color == INK else style.color
