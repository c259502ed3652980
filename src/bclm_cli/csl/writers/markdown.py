"""Markdown that CommonMark and pandoc read alike; raised text has no sign there but a tag."""

from __future__ import annotations

import re
from itertools import groupby

from bclm_cli.csl.span_tree import Tree
from bclm_cli.csl.writers.html import TAGS
from bclm_cli.csl.writers.runs import runs

_SIGNS = re.compile(r"""([\\`*_{}\[\]<>#|~^$"']|&(?=#?\w+;)|(?<![^\W_])@)""")
"""What means something in CommonMark or in pandoc, to which "@home" is a citation."""
_SIGN_RUNS = re.compile(r"--+|\.{3,}")
_ITEM = re.compile(r"\d{1,9}[.)] ")
_START = re.compile(r"(?:\(?(?:\d{1,9}|[a-z]|[ivxlcdm]+)[.)]|\(?[A-Z]\)|[-+:%])(?=\s|$)")
"""A number or sign that would begin a list, a definition or the title of the document."""
_EMPHASIS = ("italic", "oblique", "roman", "bold", "medium", "light")


def write(tree: Tree) -> str:
    """The tree as Markdown."""
    found = runs(tree)
    plain = "".join(run.text for run in found)
    out: list[str] = []
    position = 0
    for address, linked in groupby(found, key=lambda run: run.address):
        inner = whole = ""
        for styles, group in groupby(linked, key=lambda run: run.styles):
            piece = "".join(run.text for run in group)
            end = position + len(piece)
            before, after = plain[max(position - 1, 0) : position], plain[end : end + 1]
            position = end
            inner += _run(piece, styles, before, after)
            whole += piece
        if address and address == whole and not re.search(r"[\s<>]", address):
            inner = f"<{address}>"
        elif address:
            inner = f"[{inner}]({_address(address)})"
        out.append(inner)
    return "".join(out)


def _run(piece: str, styles: tuple[str, ...], before: str, after: str) -> str:
    out = _escaped(piece)
    tags = [style for style in styles if style not in _EMPHASIS or style == "roman"]
    for style in reversed(tags):
        out = "".join((TAGS[style][0], out, TAGS[style][1]))
    bold, italic = "bold" in styles, "italic" in styles or "oblique" in styles
    sign = ("**" if bold else "") + ("*" if italic and "roman" not in styles else "")
    if sign and _can_flank(before, piece, after) and not tags:
        return f"{sign}{out}{sign[::-1]}"
    around = [TAGS[name] for name, has in (("bold", bold), ("italic", italic)) if has and sign]
    return "".join(tag[0] for tag in around) + out + "".join(tag[1] for tag in reversed(around))


def _can_flank(before: str, piece: str, after: str) -> bool:
    """Whether asterisks around the piece open and close emphasis by CommonMark's flanking rules."""
    if piece != piece.strip():
        return False
    opens = piece[0].isalnum() or not before.isalnum()
    closes = piece[-1].isalnum() or not after.isalnum()
    return opens and closes


def _escaped(value: str) -> str:
    value = _SIGNS.sub(r"\\\1", value)
    return _SIGN_RUNS.sub(lambda run: "\\".join(run[0]), value)


def is_item(line: str) -> bool:
    """Whether a line of Markdown is one of an ordered list, which needs no empty line before it."""
    return _ITEM.match(line) is not None


def paragraph(text: str, numbered: bool) -> str:
    """Markdown whose beginning is text and no list; `numbered` keeps the one number that makes it.

    A work without an author may be called "2020".
    """
    item = _ITEM.match(text) if numbered else None
    number = item[0] if item else ""
    start = _START.match(text, len(number))
    return f"{text[: start.end() - 1]}\\{text[start.end() - 1 :]}" if start else text


def _address(address: str) -> str:
    return re.sub(r"[\s<>()\\]", lambda sign: f"%{ord(sign[0]):02X}", address)
