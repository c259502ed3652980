"""A pane of rows with a cursor, of which only those on the screen are drawn."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from bclm_cli.browse.rows import Row, Rows
from bclm_cli.render.terminal import STYLES
from bclm_cli.text.control_chars import visible

CURSOR = Style(reverse=True)
FAINT_CURSOR = Style(underline=True)
MARKED = "*"


class RowList(ScrollView, can_focus=True):
    """Rows under a title. `marked` are the keys of papers that carry a mark."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,g", "jump(0)", show=False),
        Binding("end,G", "jump(-1)", show=False),
        Binding("enter", "choose", show=False),
    ]
    cursor: reactive[int] = reactive(0)

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, sender: RowList, row: Row | None) -> None:
            super().__init__()
            self.sender, self.row = sender, row

        @property
        def control(self) -> RowList:
            return self.sender

    class Chosen(Moved):
        """Enter or a click on the row under the cursor."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._rows: Rows = []
        self.marked: Collection[str] = ()

    def show(self, rows: Rows, *, at: str | None = None) -> None:
        """Show other rows, with the cursor on the one of this id, else on the first."""
        self._rows = rows
        place = 0
        if at is not None:
            place = next((i for i in range(len(rows)) if rows[i].id == at), 0)
        self.virtual_size = Size(0, len(rows))
        self.set_reactive(RowList.cursor, place)
        self.scroll_to(y=max(0, place - self.size.height // 2), animate=False)
        self.refresh()
        self.post_message(self.Moved(self, self.row))

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def row(self) -> Row | None:
        """The row under the cursor, None in an empty pane."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self) -> None:
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if not top <= self.cursor < top + height:
            below = self.cursor >= top + height
            self.scroll_to(y=self.cursor - height + 1 if below else self.cursor, animate=False)
        self.refresh()
        self.post_message(self.Moved(self, self.row))

    def render_line(self, y: int) -> Strip:
        index, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if index >= len(self._rows):
            text = "nothing here" if not self._rows and y == 0 else ""
            return Strip([Segment(text.ljust(width), Style(dim=True))], width)
        row = self._rows[index]
        under = Style()
        if index == self.cursor:
            under = CURSOR if self.has_focus else FAINT_CURSOR
        mark = MARKED if row.key and row.key in self.marked else " "
        tail = f" {row.tail}" if row.tail else ""
        segments = [Segment(mark, Style(bold=True) + under)]
        left = width - 1 - cell_len(tail)
        for text, role in row.line:
            text = visible(text)
            if cell_len(text) > left:
                text = set_cell_size(text, max(0, left - 1)) + ("…" if left > 0 else "")
            segments.append(Segment(text, Style.parse(STYLES.get(role, "")) + under))
            left -= cell_len(text)
            if left <= 0:
                break
        segments.append(Segment(" " * max(0, left), under))
        segments.append(Segment(tail, Style(dim=True) + under))
        return Strip(segments, width)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self.watch_cursor()

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < len(self._rows):
            self.cursor = index
            self.action_choose()

    def action_move(self, by: int) -> None:
        """Move the cursor by so many rows."""
        self.cursor += by

    def action_page(self, by: int) -> None:
        """Move the cursor by a screen."""
        self.cursor += by * max(1, self.size.height - 1)

    def action_jump(self, to: int) -> None:
        """Move the cursor to the first row (0) or the last (-1)."""
        self.cursor = to if to >= 0 else len(self._rows) - 1

    def action_choose(self) -> None:
        """Tell that the row under the cursor was chosen."""
        if self.row:
            self.post_message(self.Chosen(self, self.row))
