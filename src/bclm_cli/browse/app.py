"""The panes of the browser and the keys that move through them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Input, Static

from bclm_cli.browse import copying, filters
from bclm_cli.browse.explorer import Explorer, Place
from bclm_cli.browse.row_list import RowList
from bclm_cli.browse.rows import Row
from bclm_cli.browse.screens import PROMPTS, CardScreen, drawn, help_text, shortened
from bclm_cli.errors import BclmError
from bclm_cli.identifiers import address_of
from bclm_cli.text.counted import counted
from bclm_cli.views import Item

PANES = ("steps", "factors", "right")
MARGIN = 3
"""Columns that a card leaves to paddings and a scroll bar."""
NARROW = 60
"""Below so many columns only the pane with the focus is shown."""


class Browser(App[None]):
    """Steps, factors, claims and papers in three panes."""

    CSS_PATH = "browse.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "ask('search')", "Search"),
        Binding("f", "ask('filter')", "Filter"),
        Binding("d", "direct", "Direct"),
        Binding("p", "papers", "Papers"),
        Binding("space", "mark", "Mark"),
        Binding("y", "copy", "Copy"),
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("e", "ask('export')", show=False),
        Binding("o", "open", show=False),
        Binding("q", "quit", show=False),
        Binding("left,h", "pane(-1)", show=False),
        Binding("right,l", "pane(1)", show=False),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, explorer: Explorer) -> None:
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"
        self.explorer = explorer
        self._copying = False
        self._behind = False
        self._asked = ""

    # ---- panes

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        with Horizontal(id="panes"):
            for pane in PANES:
                yield RowList(pane)
        with VerticalScroll(id="detail", can_focus=False):
            yield Static(id="card")
        yield Input(id="prompt")
        yield Footer()

    def on_mount(self) -> None:
        for pane in PANES:
            self._pane(pane).marked = self.explorer.marked
        self._refresh_steps()
        self._pane("right" if self.explorer.place.factor else "steps").focus()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "narrow")
        self.set_class(event.size.height < 16, "low")

    def _pane(self, name: str) -> RowList:
        return self.query_one(f"#{name}", RowList)

    def _refresh_steps(self) -> None:
        place = self.explorer.place
        self._pane("steps").show(self.explorer.steps(), at=place.step)
        self._refresh_factors()

    def _refresh_factors(self) -> None:
        self._pane("factors").show(self.explorer.factors(), at=self.explorer.place.factor)
        self._refresh_right()

    def _refresh_right(self) -> None:
        self._pane("right").show(self.explorer.right())
        self._refresh_titles()

    def _refresh_titles(self) -> None:
        right = self.explorer.right_title(len(self._pane("right")))
        for pane, title in zip(PANES, ("Steps", "Factors", right), strict=True):
            self._pane(pane).border_title = title
        self.query_one("#head", Static).update(" · ".join(self.explorer.summary()))

    @on(RowList.Moved)
    def _moved(self) -> None:
        if not self._behind:  # keys that wait already come first: many moves are followed once
            self._behind = True
            self.call_later(self._follow)

    def _follow(self) -> None:
        """Show what belongs to the rows under the cursors."""
        self._behind = False
        if not self._settle():
            self._show_detail()

    def _settle(self) -> bool:
        """Fill the panes as the cursors stand; whether that moved one, so that `_follow` is called
        again. Keys that act on a pane come before that."""
        explorer = self.explorer
        step, factor = (self._pane(name).row for name in PANES[:2])
        if step and step.id != explorer.place.step:
            explorer.choose(Place(step.id))
            self._refresh_factors()
        elif factor and factor.id != explorer.place.factor:
            explorer.choose(explorer.place._replace(factor=factor.id))
            self._refresh_right()
        else:
            return False
        return True

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        if event.sender.id != "right":
            self.action_pane(1)
        elif event.row and (card := self._card(event.row, whole=True)):
            self.push_screen(CardScreen(drawn(card, self.size.width - 2 * MARGIN)))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, RowList):
            self._show_detail()

    def _show_detail(self) -> None:
        pane = self.focused
        if isinstance(pane, RowList):
            card = self._card(pane.row) if pane.row else None
            text = drawn(shortened(card), self.size.width - MARGIN) if card else ""
            self.query_one("#card", Static).update(text)

    def _card(self, row: Row, *, whole: bool = False) -> Item | None:
        for pane, show in (
            ("steps", self.explorer.step_summary), ("factors", self.explorer.factor),
        ):  # fmt: skip
            if self._pane(pane).has_focus:
                return show(row.id) if row.id or pane == "steps" else None
        return self.explorer.right_card(row, whole=whole)

    # ---- keys

    def action_pane(self, by: int) -> None:
        """Move to the pane on the left (-1) or right (1)."""
        now = next((i for i, pane in enumerate(PANES) if self._pane(pane).has_focus), 0)
        self.screen.set_focus(self._pane(PANES[max(0, min(now + by, len(PANES) - 1))]))

    def action_leave(self) -> None:
        """End a question, else a search, else filters."""
        prompt = self.query_one("#prompt", Input)
        if prompt.has_focus:
            self._end_prompt()
        elif self.explorer.found is not None:
            self.explorer.found = None
            self._refresh_right()
        elif self.explorer.is_filtered or self.explorer.direct_only:
            self.explorer.filters, self.explorer.direct_only = self.explorer.unfiltered, False
            self._refresh_steps()

    def action_direct(self) -> None:
        """Show direct claims only, or all again."""
        self._settle()
        self.explorer.direct_only = not self.explorer.direct_only
        self._refresh_steps()

    def action_papers(self) -> None:
        """Show papers in place of claims, or claims again."""
        self._settle()
        self.explorer.shows_papers = not self.explorer.shows_papers
        self.explorer.found = None
        self._refresh_right()

    def action_mark(self) -> None:
        """Mark the paper under the cursor, and go on to the next row."""
        pane, key = self._pane("right"), self._key()
        if key:
            self.explorer.toggle_mark(key)
            pane.action_move(1)
            pane.refresh()
            self._refresh_titles()

    def action_open(self) -> None:
        """Open the paper in a web browser."""
        if key := self._key():
            if address := address_of(self.explorer.paper(key).text):
                self.open_url(address)
                self.notify(address, title="opened")
            else:
                self.notify(f"{key} has no DOI, PMID or URL", severity="warning")

    def action_copy(self) -> None:
        """Wait for the key that says what to copy."""
        if self._key() or self.explorer.marked:
            self._copying = True
            keys = ", ".join(f"{key} {what}" for key, what in copying.KINDS.items())
            self.notify(keys, title="copy")

    def on_key(self, event: events.Key) -> None:
        if self._copying:
            self._copying = False
            if event.key in copying.KINDS:
                self._copy(copying.KINDS[event.key])
                event.stop()
                event.prevent_default()

    def action_help(self) -> None:
        """Show what the keys do."""
        self.push_screen(CardScreen(Text(help_text())))

    def _key(self) -> str:
        """The paper under the cursor of the right pane; says so where there is none."""
        self._settle()
        row = self._pane("right").row
        if row is None or not row.key:
            self.notify("no paper here: go to a claim or paper on the right")
            return ""
        return row.key

    def _copy(self, kind: str) -> None:
        papers = self.explorer.references(self.explorer.marked or [self._key()])
        text = copying.text(kind, papers, self.explorer.library.terms())
        self.copy_to_clipboard(text)
        self.notify(text, title=f"copied {kind}, if this terminal lets programs copy", markup=False)

    # ---- questions

    def action_ask(self, what: str) -> None:
        """Ask for words to search, flags to filter by, or a file to export to."""
        if what == "export" and not self.explorer.marked:
            self.notify("nothing is marked: Space marks a paper")
            return
        self._settle()
        self._asked = what
        prompt = self.query_one("#prompt", Input)
        prompt.placeholder, prompt.value = PROMPTS[what], ""
        prompt.display = True
        self.screen.set_focus(prompt)  # at once: the next key belongs to it

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        answers: dict[str, Callable[[str], None]] = {
            "search": self._search, "filter": self._filter, "export": self._export,
        }  # fmt: skip
        try:
            answers[self._asked](event.value.strip())
        except BclmError as error:
            hint = f"\n{error.hint}" if error.hint else ""
            self.notify(f"{error}{hint}", severity="error", markup=False)
        self._end_prompt()

    def _end_prompt(self) -> None:
        self.query_one("#prompt", Input).display = False
        self.screen.set_focus(self._pane("right"))

    def _search(self, words: str) -> None:
        self.explorer.found = words or None
        self._refresh_right()

    def _filter(self, flags: str) -> None:
        before = self.explorer.filters
        self.explorer.filters = filters.parse(flags)
        try:
            self._refresh_steps()
        except BclmError:
            self.explorer.filters = before
            self._refresh_steps()
            raise

    def _export(self, name: str) -> None:
        if not name:
            return
        path = Path(name).expanduser()
        marked = list(self.explorer.marked)
        for note in copying.export(path, marked, self.explorer.library):
            self.notify(note, severity="warning", markup=False)
        self.notify(f"{counted(len(marked), 'paper')} in {path}", title="exported", markup=False)
