"""Rich text: plain strings in which private characters open and close italics, links ….

A tag that is one character of the private use area is invisible to every rule about punctuation and
capitals, and strings are joined and searched at no cost. `span_tree` turns the finished text into a
small tree of spans. The markup that CSL allows in input is that of csl-data: `<i> <b> <sup> <sub>
<sc>` and `<span class="nocase">`.
"""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

_BASE = 0xE100
FONTS = (
    "italic", "oblique", "roman", "bold", "light", "medium", "smallcaps", "plain-caps",
    "underline", "no-underline", "sup", "sub", "baseline", "nodecor", "raised",
)  # fmt: skip
FLIPS = {
    "flip-italic": "italic",
    "flip-bold": "bold",
    "flip-smallcaps": "smallcaps",
    "flip-underline": "underline",
}
"""The markup of a text, which turns plain again within the same font of the style."""
LINKS = ("doi", "pmid", "pmcid", "url", "title")
DISPLAYS = ("block", "left-margin", "right-inline", "indent")
PARTS = ("suffix", "number", "term")
"""What citations look for: a year suffix, a citation number, a term of the locale."""
_KINDS = (*FONTS, *FLIPS, "nocase", "quote", *DISPLAYS, *LINKS, *PARTS)
OPEN = {kind: chr(_BASE + 2 * index) for index, kind in enumerate(_KINDS)}
CLOSE = {kind: chr(_BASE + 2 * index + 1) for index, kind in enumerate(_KINDS)}
KIND_OF = {mark: kind for marks in (OPEN, CLOSE) for kind, mark in marks.items()}
FIRST_MARK = chr(_BASE)
_LAST = chr(_BASE + 2 * len(_KINDS) - 1)

MARK = re.compile(f"[{FIRST_MARK}-{_LAST}]")
MARKS = "".join(KIND_OF)
_SHOWN_KINDS = ("quote", "smallcaps", "flip-smallcaps", "sup", "sub", *DISPLAYS)
_SHOWN = re.compile("[" + "".join(OPEN[kind] for kind in _SHOWN_KINDS) + "]")
"""What plain text prints as signs, capitals or spaces."""
_BLOCKS = re.compile("[" + "".join(OPEN[kind] + CLOSE[kind] for kind in DISPLAYS) + "]")
_NARROW = "\u202f"
_MAX_DEPTH = 30
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue100-\ue1ff]")
_SPACES = re.compile("[ \t\r\n\f\v]+")

_TAGS = {
    "i": "flip-italic",
    "b": "flip-bold",
    "sup": "sup",
    "sub": "sub",
    "sc": "flip-smallcaps",
    "u": "flip-underline",
}
_CLOSING = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»"}
_QUOTES = "\"'“”‘’«»"
_TOKEN = re.compile(
    r"<(?P<end>/?)(?:(?P<tag>i|b|sup|sub|sc|u)>|span>|span\s+(?P<span>[^<>]{1,80})>)"
    r"""|["'“”‘’«»]"""
)
_SPAN_KINDS = (
    ("small-caps", "flip-smallcaps"),
    ("nocase", "nocase"),
    ("nodecor", "nodecor"),
)
_BEFORE_SIGN = re.compile(f" (?=[{FIRST_MARK}-{_LAST}]*[;!?])")


class Quotes(NamedTuple):
    """The quotation marks of a locale, and whether it puts a comma or full stop inside them."""

    outer: tuple[str, str]
    inner: tuple[str, str]
    punctuation_inside: bool = False


def wrap(kind: str, text: str) -> str:
    """`text` between the marks of `kind`; nothing stays nothing."""
    return f"{OPEN[kind]}{text}{CLOSE[kind]}" if text else ""


def is_mark(character: str) -> bool:
    """Whether a character is a mark and not text."""
    return FIRST_MARK <= character <= _LAST


def begins(kind: str, text: str) -> bool:
    """Whether nothing but marks stands before what `kind` marks."""
    return OPEN[kind] in text[: len(text) - len(text.lstrip(MARKS))]


def strip(text: str) -> str:
    """The text without its marks."""
    return MARK.sub("", text)


def without_blocks(text: str) -> str:
    """The text without the marks of `display`, which structures entries of a list alone."""
    return _BLOCKS.sub("", text)


def looks_plain(text: str) -> bool:
    """Whether plain text prints it as it is without its marks."""
    return not _SHOWN.search(text)


def marked(kind: str, text: str) -> str:
    """What the first marks of `kind` hold, without marks; "" where there are none."""
    start = text.find(OPEN[kind])
    return strip(text[start : text.find(CLOSE[kind], start)]) if start >= 0 else ""


def clean(text: str) -> str:
    """Text from outside without control characters and private marks, one space between words."""
    if text.isprintable() and "  " not in text:
        return text
    return _SPACES.sub(" ", _UNWANTED.sub("", text))


def plain(text: str) -> str:
    """Text from outside in which nothing is markup."""
    return clean(text).strip(" ").replace("'", "’")


def read(text: str) -> str:
    """Text from outside with CSL's tags and quotation marks turned into marks.

    A tag or a quotation mark without its partner is text. An apostrophe stays one.
    """
    if text.isalnum():
        return text
    text = _marked(clean(text))
    return _in_guillemets().sub(_NARROW, text) if "»" in text or "«" in text else text


@cache
def _in_guillemets() -> re.Pattern[str]:
    """A space that belongs to guillemets, which few texts have."""
    marks = f"{FIRST_MARK}-{_LAST}"
    return re.compile(rf" (?=[{marks}]*»(?!\w))|(?<=«) (?<![^\s(\[{marks}]« )")


def without_controls(text: str) -> str:
    """Text of a style without control characters and private marks; tabs and line ends stay."""
    return text if text.isprintable() else _UNWANTED.sub("", text)


def read_value(text: str) -> str:
    """The text of a style: as `read`, its spaces kept, its superscript letters raised."""
    return raised(_marked(text))


def read_affix(text: str) -> str:
    """An affix of a style, in which tags are markup and quotation marks are not."""
    return raised(_marked(text.replace("'", "’"), quotes=""))


def read_author_text(text: str, quotes: Quotes) -> str:
    """What the author of a text adds to a cite; no punctuation moves into its quotation marks."""
    marked = _marked(clean(text), quotes="\"'")
    return marked.replace(OPEN["quote"], quotes.outer[0]).replace(CLOSE["quote"], quotes.outer[1])


def _marked(text: str, quotes: str = _QUOTES) -> str:
    if _TOKEN.search(text):
        reader = _Reader(text)
        for token in _TOKEN.finditer(text):
            if token[0] in quotes or token[0][0] == "<":
                reader.take(token)
        text = reader.finish()
    return unbroken(text)


def unbroken(text: str) -> str:
    """A space before ; ! or ? as one that is narrow and does not break.

    French is set so; citeproc-js and pandoc do it in every language. Within guillemets, too, but
    those of a style, which pandoc leaves; where they point inwards, as in German, spaces stay.
    """
    return _BEFORE_SIGN.sub(_NARROW, text)


def raised(text: str) -> str:
    """The text of a style with its superscript letters ("ª") marked as raised."""
    return text if text.isascii() else "".join(map(_raised, text))


def _raised(character: str) -> str:
    return wrap("raised", character) if lowered(character) != character else character


def lowered(text: str) -> str:
    """Superscript letters and numbers as what they stand for: "ª" is "a"."""
    import unicodedata

    return "".join(
        "".join(chr(int(code, 16)) for code in found.split()[1:])
        if (found := unicodedata.decomposition(character)).startswith("<super>")
        else character
        for character in text
    )


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
        elif token[0] not in ("<span>",):
            self._quote(token)

    def finish(self) -> str:
        """The text with its marks."""
        return "".join(self._pieces) + self._text[self._position :]

    def _tag(self, token: re.Match[str]) -> None:
        if token["end"]:
            self._close(f"/{token['tag'] or 'span'}")
        elif token["tag"]:
            self._wait(f"/{token['tag']}", _TAGS[token["tag"]])
        else:
            kind = next((kind for word, kind in _SPAN_KINDS if word in token["span"]), "")
            if kind:
                self._wait("/span", kind)

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
