"""Screens above the panes: help, and a card that fills the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from bclm_cli import render
from bclm_cli.output import Output
from bclm_cli.views import Card, Item, Node, Section, Sides, Span

INTRODUCTION = """\
Three panes, from left to right: steps, factors, claims or papers.
Below them, what is under the cursor is shown in full. "3/8" means
3 direct claims of 8: seen in breast cancer, where the step happens.
"""
KEYS = {
    "↑ ↓ PgUp PgDn Home End": "move; j k g G do the same",
    "← → Tab": "the pane beside; h l do the same",
    "Enter": "the next pane; in the right one, the whole card",
    "p": "papers in the right pane, or claims again",
    "/": "search everything; Esc ends the search",
    "f": "filter by flags, like --site liver --level human",
    "d": "direct claims only, or all again",
    "Space": "mark the paper",
    "e": "export the marked papers to a file",
    "o": "open the paper in a web browser",
    "y": "copy: then k the key, c the citation, b BibTeX",
    "Esc": "end a question, a search, then filters",
    "?": "this help",
    "q": "quit",
}
"""What each key does, for the help and docs/browse.md."""


PROMPTS = {
    "search": "search: words, a DOI, a factor",
    "filter": "filter: --site liver --level human --not FIELD=VALUE",
    "export": "export the marked papers to: refs.bib, refs.ris …",
}
"""What an empty line shows that asks for something."""
MOST_LINES = 40
"""At most this many claims of a section are drawn below the panes, where few are seen at once."""


def help_text() -> str:
    """The help as one text."""
    width = max(map(len, KEYS)) + 2
    rows = (f"  {keys:{width}}{what}\n" for keys, what in KEYS.items())
    return "\n".join((INTRODUCTION, "".join(rows)))


def shortened(card: Item) -> Item:
    """A card for the place below the panes: of each section the first MOST_LINES claims, or so
    many on each side, and how many more there are."""
    if not isinstance(card, Card):
        return card
    return card._replace(sections=tuple(map(_shortened, card.sections)))


def _shortened(section: Section) -> Section:
    body = tuple(
        Sides(one.left[:MOST_LINES], one.right[:MOST_LINES]) if isinstance(one, Sides) else one
        for one in section.body[:MOST_LINES]
    )
    more = _lines(section.body) - _lines(body)
    rest = (Node((Span(f"… and {more:,} more: see the right pane", "dim"),)),) if more else ()
    return section._replace(body=(*body, *rest))


def _lines(body: Iterable[Node | Sides]) -> int:
    return sum(len(one.left) + len(one.right) if isinstance(one, Sides) else 1 for one in body)


def drawn(card: Item, width: int) -> Text:
    """A card as the terminal shows it, this many columns wide."""
    out = Output(terminal=True, color=True, width=max(20, width), height=0)
    return Text.from_ansi("".join(render.text([card], out)).rstrip())


class CardScreen(ModalScreen[None]):
    """A text over the panes, which scrolls and closes with Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,question_mark,left", "dismiss", "Close"),
    ]

    def __init__(self, text: Text) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(self._text)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
