"""What the panes hold: rows of spans, made from the store as far as they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from bclm_cli.views import Line

Id = TypeVar("Id", int, str)

WINDOW = 100
"""This many rows are read at once around the one that is shown."""
KEPT = 20
"""At most this many such windows stay in memory."""


class Row(NamedTuple):
    """One line of a pane: what it stands for, its text, the paper behind it ("" if none), and what
    stands at its right end."""

    id: str
    line: Line
    key: str = ""
    tail: str = ""


class Rows(Protocol):
    """The rows of a pane, which may be far more than fit into memory."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int) -> Row: ...


class LazyRows(Generic[Id]):
    """Rows of which only the ids are held; the rest is fetched window by window."""

    def __init__(
        self, ids: Sequence[Id], fetch: Callable[[Sequence[Id]], Mapping[Id, Row]]
    ) -> None:
        self._ids: Sequence[Id] = ids
        self._fetch: Callable[[Sequence[Id]], Mapping[Id, Row]] = fetch
        self._windows: dict[int, Mapping[Id, Row]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, index: int) -> Row:
        number = index // WINDOW
        if number not in self._windows:
            if len(self._windows) >= KEPT:
                del self._windows[next(iter(self._windows))]
            start = number * WINDOW
            self._windows[number] = self._fetch(self._ids[start : start + WINDOW])
        return self._windows[number][self._ids[index]]
