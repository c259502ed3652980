"""Styled runs as plain text, HTML, Markdown, or text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from itertools import groupby

from bclm_cli.cite.marks import LINK, Span
from bclm_cli.text.markup import LOWERED, RAISED

_RAISED = {"sup": (RAISED, "^({})"), "sub": (LOWERED, "_({})")}
_HTML = {
    "italic": ("<i>", "</i>"),
    "roman": ('<span style="font-style: normal">', "</span>"),
    "bold": ("<b>", "</b>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "underline": ("<u>", "</u>"),
    "smallcaps": ('<span style="font-variant: small-caps">', "</span>"),
}
_ANSI = {
    "italic": ("\x1b[3m", "\x1b[23m"),
    "roman": ("\x1b[23m", "\x1b[3m"),
    "bold": ("\x1b[1m", "\x1b[22m"),
    "underline": ("\x1b[4m", "\x1b[24m"),
}
_MARKDOWN_SIGNS = re.compile(r"""([\\`*_{}\[\]<>#|~^$"']|&(?=#?\w+;)|(?<![^\W_])@)""")
"""What means something in CommonMark or in pandoc, to which "@home" is a citation."""
_MARKDOWN_RUNS = re.compile(r"--+|\.{3,}")
_MARKDOWN_ITEM = re.compile(r"\d{1,9}[.)] ")
_MARKDOWN_START = re.compile(r"(?:\(?(?:\d{1,9}|[a-z]|[ivxlcdm]+)[.)]|\(?[A-Z]\)|[-+:%])(?=\s|$)")
"""A number or sign that would begin a list, a definition or the title of the document."""
_MARKDOWN_TAGS = ("sup", "sub", "underline", "smallcaps", "roman")


def text(spans: Sequence[Span]) -> str:
    """Plain text; a superscript in Unicode where it has the signs, else "^(mid)"."""
    return "".join(piece for _, piece in _plain_pieces(spans))


def ansi(spans: Sequence[Span], links: bool = False) -> str:
    """Plain text, italics and bold by escape codes; with `links` links to click too (OSC 8)."""
    out: list[str] = []
    for styles, piece in _plain_pieces(spans):
        address = _address(styles) if links else ""
        if address:
            piece = f"\x1b]8;;{address}\x1b\\{piece}\x1b]8;;\x1b\\"
        opening = "".join(_ANSI[style][0] for style in styles if style in _ANSI)
        closing = "".join(_ANSI[style][1] for style in reversed(styles) if style in _ANSI)
        out.append(opening + piece + closing)
    return "".join(out)


def _plain_pieces(spans: Sequence[Span]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Runs with their styles, what is raised or lowered put as plain signs."""
    for raised, group in groupby(spans, key=lambda span: _raised(span.styles)):
        members = list(group)
        if raised:
            table, form = _RAISED[raised]
            whole = "".join(_upper(span) for span in members)
            moved = whole.translate(table)
            possible = all(a != b or a == " " for a, b in zip(whole, moved, strict=True))
            yield members[0].styles, moved if possible else form.format(whole)
        else:
            yield from ((span.styles, _upper(span)) for span in members)


def _raised(styles: tuple[str, ...]) -> str:
    return next((style for style in styles if style in _RAISED), "")


def _upper(span: Span) -> str:
    return span.text.upper() if "smallcaps" in span.styles else span.text


def _address(styles: Sequence[str]) -> str:
    return next((style.removeprefix(LINK) for style in styles if style.startswith(LINK)), "")


def html(spans: Sequence[Span]) -> str:
    """HTML with CSL's own tags, nested as the runs are, and links."""
    # What changes between one run and the next is closed and opened, the innermost first.
    out: list[str] = []
    open_: list[str] = []
    for span in (*spans, Span("")):
        shared = 0
        while shared < min(len(open_), len(span.styles)) and open_[shared] == span.styles[shared]:
            shared += 1
        while len(open_) > shared:
            out.append(_html_tag(open_.pop())[1])
        for style in span.styles[shared:]:
            open_.append(style)
            out.append(_html_tag(style)[0])
        out.append(escape(span.text, quote=False))
    return "".join(out)


def _html_tag(style: str) -> tuple[str, str]:
    if style.startswith(LINK):
        return f'<a href="{escape(style.removeprefix(LINK))}">', "</a>"
    return _HTML[style]


def markdown(spans: Sequence[Span]) -> str:
    """Markdown that CommonMark and pandoc read alike; raised text has no sign there but a tag."""
    plain = "".join(span.text for span in spans)
    out: list[str] = []
    position = 0
    for address, linked in groupby(spans, key=lambda span: _address(span.styles)):
        inner = whole = ""
        for styles, group in groupby(linked, key=lambda span: span.styles):
            piece = "".join(span.text for span in group)
            end = position + len(piece)
            before, after = plain[max(position - 1, 0) : position], plain[end : end + 1]
            position = end
            inner += _markdown_run(piece, styles, before, after)
            whole += piece
        if address and address == whole and not re.search(r"[\s<>]", address):
            inner = f"<{address}>"
        elif address:
            inner = f"[{inner}]({_markdown_address(address)})"
        out.append(inner)
    return "".join(out)


def _markdown_run(piece: str, styles: tuple[str, ...], before: str, after: str) -> str:
    out = _markdown_escaped(piece)
    for style in reversed(styles):
        if style in _MARKDOWN_TAGS:
            out = "".join((_HTML[style][0], out, _HTML[style][1]))
    strong = "**" if "bold" in styles else ""
    sign = strong + ("*" if "italic" in styles and "roman" not in styles else "")
    if sign and _can_flank(before, piece, after) and not set(styles) & set(_MARKDOWN_TAGS):
        return f"{sign}{out}{sign[::-1]}"
    tags = [_HTML[style] for style in ("bold", "italic") if style in styles and sign]
    return "".join(tag[0] for tag in tags) + out + "".join(tag[1] for tag in reversed(tags))


def _can_flank(before: str, piece: str, after: str) -> bool:
    """Whether asterisks around the piece open and close emphasis by CommonMark's flanking rules."""
    if piece != piece.strip():
        return False
    opens = piece[0].isalnum() or not before.isalnum()
    closes = piece[-1].isalnum() or not after.isalnum()
    return opens and closes


def _markdown_escaped(value: str) -> str:
    value = _MARKDOWN_SIGNS.sub(r"\\\1", value)
    return _MARKDOWN_RUNS.sub(lambda run: "\\".join(run[0]), value)


def is_item(line: str) -> bool:
    """Whether a line of Markdown is one of an ordered list, which needs no empty line before it."""
    return _MARKDOWN_ITEM.match(line) is not None


def paragraph(text: str, numbered: bool) -> str:
    """Markdown whose beginning is text and no list; `numbered` keeps the one number that makes it.

    A work without an author may be called "2020".
    """
    item = _MARKDOWN_ITEM.match(text) if numbered else None
    number = item[0] if item else ""
    start = _MARKDOWN_START.match(text, len(number))
    return f"{text[: start.end() - 1]}\\{text[start.end() - 1 :]}" if start else text


def _markdown_address(address: str) -> str:
    return re.sub(r"[\s<>()\\]", lambda sign: f"%{ord(sign[0]):02X}", address)


WRITERS: dict[str, Callable[[Sequence[Span]], str]] = {
    "text": text,
    "md": markdown,
    "html": html,
    "ansi": ansi,
    "terminal": partial(ansi, links=True),
}
