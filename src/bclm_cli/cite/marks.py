"""Marked text: plain strings in which private characters open and close italics, links ….

citeproc-py puts HTML tags into its strings, so that it cannot see the full stop before a `</i>` and
takes the letters of a tag for words of a title. Here each tag is one character of the private use
area, invisible to every rule about punctuation and capitals. `spans` turns the finished text into
styled runs, which `writers` puts down as text, HTML, Markdown or for a terminal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

LINK = "link:"
_BASE = 0xE100
STYLES = ("italic", "bold", "sup", "sub", "smallcaps", "underline")
LINKS = ("doi", "pmid", "pmcid", "url", "title")
PARTS = ("suffix", "number")
_KINDS = (*STYLES, "nocase", "quote", *LINKS, *PARTS)
OPEN = {kind: chr(_BASE + 2 * index) for index, kind in enumerate(_KINDS)}
CLOSE = {kind: chr(_BASE + 2 * index + 1) for index, kind in enumerate(_KINDS)}
_KIND_OF = {mark: kind for marks in (OPEN, CLOSE) for kind, mark in marks.items()}
_LAST = chr(_BASE + 2 * len(_KINDS) - 1)

MARK = re.compile(f"[{chr(_BASE)}-{_LAST}]")
_MAX_DEPTH = 30
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue100-\ue1ff]")
_SPACES = re.compile("[ \t\r\n\f\v]+")

_TAGS = {
    "i": "italic",
    "b": "bold",
    "sup": "sup",
    "sub": "sub",
    "sc": "smallcaps",
    "u": "underline",
}
_CLOSING = {'"': '"', "'": "'", "“": "”", "‘": "’"}
_TOKEN = re.compile(
    r"""<(?P<end>/?)(?:(?P<tag>i|b|sup|sub|sc|u)>|span>|span\s+(?P<span>[^<>]{1,80})>)|["'“”‘’]"""
)


class Quotes(NamedTuple):
    """The quotation marks of a locale, and whether it puts a comma or full stop inside them."""

    outer: tuple[str, str]
    inner: tuple[str, str]
    punctuation_inside: bool


class Span(NamedTuple):
    """A run of text and its styles from the outermost in; a link is LINK and the address."""

    text: str
    styles: tuple[str, ...] = ()


def wrap(kind: str, text: str) -> str:
    """`text` between the marks of `kind`; nothing stays nothing."""
    return f"{OPEN[kind]}{text}{CLOSE[kind]}" if text else ""


def is_mark(character: str) -> bool:
    """Whether a character is a mark and not text."""
    return "\ue100" <= character <= _LAST


def begins(kind: str, text: str) -> bool:
    """Whether nothing but marks stands before what `kind` marks."""
    return OPEN[kind] in text[: len(text) - len(text.lstrip("".join(_KIND_OF)))]


def strip(text: str) -> str:
    """The text without its marks."""
    return MARK.sub("", text)


def clean(text: str) -> str:
    """Text from outside without control characters and private marks, one space between words."""
    return _SPACES.sub(" ", _UNWANTED.sub("", text))


def plain(text: str) -> str:
    """Text from outside in which nothing is markup, such as a name."""
    return clean(text).strip(" ").replace("'", "’")


def read(text: str) -> str:
    """Text from outside with CSL's tags and quotation marks turned into marks.

    A tag or a quotation mark without its partner is text. An apostrophe stays one.
    """
    text = clean(text)
    if not _TOKEN.search(text):
        return text
    reader = _Reader(text)
    for token in _TOKEN.finditer(text):
        reader.take(token)
    return reader.finish()


class _Reader:
    """Puts marks in the place of tags and quotation marks that have a partner."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._pieces: list[str] = []
        self._open: list[tuple[int, str, str]] = []  # place in the pieces, what closes it, its kind
        self._wanted: Counter[str] = Counter()

    def take(self, token: re.Match[str]) -> None:
        """Read on to the end of a token."""
        self._pieces += (self._text[self._position : token.start()], token[0].replace("'", "’"))
        self._position = token.end()
        if token["tag"] or token["span"] is not None or token[0] == "</span>":
            self._tag(token)
        else:
            self._quote(token)

    def finish(self) -> str:
        """The text with its marks."""
        return "".join(self._pieces) + self._text[self._position :]

    def _tag(self, token: re.Match[str]) -> None:
        if token["end"]:
            self._close(f"/{token['tag'] or 'span'}")
        elif token["tag"]:
            self._wait(f"/{token['tag']}", _TAGS[token["tag"]])
        elif "small-caps" in token["span"]:
            self._wait("/span", "smallcaps")
        elif "nocase" in token["span"]:
            self._wait("/span", "nocase")

    def _quote(self, token: re.Match[str]) -> None:
        sign = token[0]
        before = self._text[token.start() - 1 : token.start()]
        after = self._text[token.end() : token.end() + 1]
        if sign in "'’" and before.isalnum() and after.isalnum():
            return
        opens = sign in _CLOSING and after not in ("", " ", _CLOSING[sign])
        if not self._close(sign) and opens:
            self._wait(_CLOSING[sign], "quote")

    def _wait(self, closing: str, kind: str) -> None:
        self._open.append((len(self._pieces) - 1, closing, kind))
        self._wanted[closing] += 1
        if len(self._open) > _MAX_DEPTH:  # the outermost stays text
            self._wanted[self._open.pop(0)[1]] -= 1

    def _close(self, closing: str) -> bool:
        """Close the innermost thing that waits for `closing`; what was opened in it is text."""
        while self._wanted[closing]:
            place, wanted, kind = self._open.pop()
            self._wanted[wanted] -= 1
            if wanted == closing:
                self._pieces[place], self._pieces[-1] = OPEN[kind], CLOSE[kind]
                return True
        return False


def spans(text: str, quotes: Quotes, address: Callable[[str, str], str]) -> list[Span]:
    """Marked text as styled runs, quotation marks put in.

    Italics within italics turn roman, as CSL asks. `address` gives the link for a kind of LINKS and
    its text, "" for none; what leads up to the address ("https://doi.org/") becomes part of it.
    """
    runs: list[Span] = []
    styles: list[str] = []
    depth = 0
    for kind, opens, piece in _tokens(text):
        if not kind:
            _append(runs, piece, styles)
        elif kind == "quote":
            depth -= not opens
            _append(runs, (quotes.inner if depth % 2 else quotes.outer)[not opens], styles)
            depth += opens
        elif kind in LINKS:
            if opens:
                styles.append(LINK + address(kind, piece))
                _lead_into(runs, styles, piece)
            else:
                styles.pop()
        elif kind in STYLES:
            if opens:
                styles.append("roman" if kind == "italic" and _slanted(styles) else kind)
            else:
                styles.pop()
    return runs


def _append(runs: list[Span], text: str, styles: list[str]) -> None:
    chain = tuple(style for style in styles if style != LINK)
    if runs and runs[-1].styles == chain:
        text = runs.pop().text + text
    runs.append(Span(text, chain))


def _lead_into(runs: list[Span], styles: list[str], text: str) -> None:
    """Take the beginning of an address, printed before it as a prefix, into the link."""
    lead = styles[-1].removeprefix(LINK).removesuffix(text)
    if lead and runs and runs[-1].styles == tuple(styles[:-1]) and runs[-1].text.endswith(lead):
        before = runs.pop()
        if before.text != lead:
            runs.append(before._replace(text=before.text.removesuffix(lead)))
        runs.append(Span(lead, tuple(styles)))


def _slanted(styles: list[str]) -> bool:
    return next((style for style in reversed(styles) if style in ("italic", "roman")), "") == (
        "italic"
    )


def _tokens(text: str) -> Iterator[tuple[str, bool, str]]:
    """Kind of mark ("" for text), whether it opens, and its text (for a link: all it holds)."""
    position = 0
    for mark in MARK.finditer(text):
        if mark.start() > position:
            yield "", False, text[position : mark.start()]
        position = mark.end()
        kind = _KIND_OF[mark[0]]
        opens = mark[0] == OPEN[kind]
        held = ""
        if opens and kind in LINKS:
            held = strip(text[position : text.find(CLOSE[kind], position)])
        yield kind, opens, held
    if position < len(text):
        yield "", False, text[position:]
