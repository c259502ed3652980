"""Rich text as a small tree of spans, which `writers` puts down as HTML, Markdown and the like."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from bclm_cli.csl.rich_text import (
    CLOSE,
    DISPLAYS,
    FLIPS,
    KIND_OF,
    LINKS,
    MARK,
    OPEN,
    Quotes,
    strip,
)


class Span(NamedTuple):
    """A stretch of text in one of FONTS or DISPLAYS, or a "link" to `address`."""

    kind: str
    children: "tuple[Span | str, ...]"
    address: str = ""


Tree = tuple[Span | str, ...]


_GROUPS = {
    "italic": "slope", "oblique": "slope", "roman": "slope", "bold": "weight", "light": "weight",
    "medium": "weight", "smallcaps": "caps", "plain-caps": "caps", "underline": "line",
    "no-underline": "line", "sup": "height", "sub": "height", "baseline": "height",
}  # fmt: skip
_PLAIN = {
    "slope": "roman",
    "weight": "medium",
    "caps": "plain-caps",
    "line": "no-underline",
    "height": "baseline",
}


def tree(text: str, quotes: Quotes, address: Callable[[str, str], str]) -> Tree:
    """Rich text as a tree of spans, quotation marks put in.

    What a text marks as italic turns roman within italics, and so on, as CSL asks ("flip-flop");
    the fonts of a style add up. A span that changes nothing is left out. `address` gives the link
    for a kind of LINKS and its text, "" for none; what leads up to the address
    ("https://doi.org/") becomes part of it.
    """
    if not MARK.search(text):
        return (text,) if text else ()
    builder = _TreeBuilder(quotes, address)
    position = 0
    for mark in MARK.finditer(text):
        if mark.start() > position:
            builder.text(text[position : mark.start()])
        position = mark.end()
        kind = KIND_OF[mark[0]]
        if mark[0] == OPEN[kind]:
            inner = text[position : text.find(CLOSE[kind], position)] if kind in LINKS else ""
            builder.open(kind, strip(inner))
        else:
            builder.close(kind)
    builder.text(text[position:])
    return builder.finish()


_LEVELS = frozenset((*LINKS, *_GROUPS, *FLIPS, *DISPLAYS, "nodecor", "raised"))
"""What opens a level of its own."""


class _Level(NamedTuple):
    """An open span: its kind ("" for none of its own), fonts around it, and what it holds."""

    kind: str
    fonts: dict[str, str]
    children: list[Span | str]
    address: str = ""


class _TreeBuilder:
    """Builds spans from marks, the innermost first."""

    def __init__(self, quotes: Quotes, address: Callable[[str, str], str]) -> None:
        self._quotes = quotes
        self._address = address
        self._depth = 0
        self._levels = [_Level("", _PLAIN, [])]

    def text(self, text: str) -> None:
        """Add text, joined to text before it."""
        children = self._levels[-1].children
        if children and isinstance(children[-1], str):
            text = children.pop() + text  # type: ignore[operator]
        if text:
            children.append(text)

    def open(self, kind: str, text: str) -> None:
        """A mark that opens; `text` is what a link holds."""
        fonts = self._levels[-1].fonts
        if kind == "quote":
            self.text((self._quotes.inner if self._depth % 2 else self._quotes.outer)[0])
            self._depth += 1
        elif kind in LINKS:
            address = self._address(kind, text)
            lead = self._lead(address.removesuffix(text)) if address else ""
            self._levels.append(_Level("link" if address else "", fonts, [], address))
            self.text(lead)
        elif kind in _GROUPS:
            self._open_font(kind, fonts)
        elif kind in FLIPS:
            font = FLIPS[kind]
            group = _GROUPS[font]
            self._open_font(_PLAIN[group] if fonts[group] == font else font, fonts)
        elif kind == "nodecor":
            self._levels.append(_Level(kind, _PLAIN, []))
        elif kind in DISPLAYS or kind == "raised":
            self._levels.append(_Level(kind, fonts, []))

    def _open_font(self, kind: str, fonts: dict[str, str]) -> None:
        group = _GROUPS[kind]
        now = fonts[group]
        shown = "" if kind == now else kind
        self._levels.append(_Level(shown, {**fonts, group: shown or now}, []))

    def close(self, kind: str) -> None:
        """A mark that closes."""
        if kind == "quote":
            self._depth -= 1
            self.text((self._quotes.inner if self._depth % 2 else self._quotes.outer)[1])
        elif kind in _LEVELS:
            self._pop()

    def finish(self) -> Tree:
        """The whole tree."""
        while len(self._levels) > 1:
            self._pop()
        return tuple(self._levels[0].children)

    def _pop(self) -> None:
        level = self._levels.pop()
        if not level.kind:
            for child in level.children:
                if isinstance(child, str):
                    self.text(child)
                else:
                    self._levels[-1].children.append(child)
        elif level.kind == "nodecor":
            self._levels[-1].children.extend(
                _undecorated(self._levels[-1].fonts, tuple(level.children))
            )
        elif level.children:
            span = Span(level.kind, tuple(level.children), level.address)
            self._levels[-1].children.append(span)

    def _lead(self, lead: str) -> str:
        """Take the beginning of an address, printed before it as a prefix, into the link."""
        children = self._levels[-1].children
        before = children[-1] if children else ""
        if not lead or not isinstance(before, str) or not before.endswith(lead):
            return ""
        children.pop()
        self.text(before.removesuffix(lead))
        return lead


def _undecorated(fonts: dict[str, str], children: Tree) -> Iterable[Span | str]:
    """`<span class="nodecor">`: each font that is set around it is taken back."""
    for group, kind in fonts.items():
        if group != "height" and kind != _PLAIN[group]:
            children = (Span(_PLAIN[group], children),)
    return children
