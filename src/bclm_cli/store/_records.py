"""Records as they were read, kept in the store: what an unchanged file need not be parsed for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bclm_cli.errors import DataError
from bclm_cli.load import Loaded, Model, Watch
from bclm_cli.model import Claim, Factor, Reference, Step

if TYPE_CHECKING:
    from bclm_cli.store import Progress

Record = Reference | Factor | Step | Claim | Model
KINDS: dict[str, type[Record]] = {
    kind.__name__: kind for kind in (Reference, Factor, Step, Claim, Model)
}


def payload(record: Record) -> str:
    """A record as JSON: a paper as its CSL-JSON item, any other as the list of its fields."""
    return to_json(record.to_csl() if isinstance(record, Reference) else list(record))


def kept(old: sqlite3.Connection, file: tuple[object, ...], layer: str) -> Iterator[Loaded] | None:
    """What an earlier store holds of a file of this path, size and time; None if it has none."""
    row = old.execute(
        "SELECT id FROM file WHERE path = ? AND size = ? AND mtime_ns = ?", file
    ).fetchone()
    if row is None:
        return None
    rows = old.execute(
        "SELECT kind, line, column_, payload FROM record WHERE file = ? ORDER BY id", row
    )
    return (
        Loaded(_FROM[kind](json.loads(payload), layer), line, column)
        for kind, line, column, payload in rows
    )


def to_json(value: object) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _fields(kind: type[Any]) -> Callable[[list[Any], str], Any]:
    def make(fields: list[Any], layer: str) -> Any:
        made = kind(*(tuple(field) if isinstance(field, list) else field for field in fields))
        return made._replace(source=layer) if "source" in made._fields else made

    return make


_FROM: dict[str, Callable[[Any, str], Record]] = {
    **{name: _fields(kind) for name, kind in KINDS.items()},
    "Reference": Reference.from_csl,
}


class Place:
    """Where a record stands: enough to name it in an error."""

    __slots__ = ("column", "id", "layer", "line", "path")

    def __init__(self, id: int, layer: int, path: Path, got: Loaded) -> None:
        self.id, self.layer, self.path = id, layer, path
        self.line, self.column = got.line, got.column

    def error(self, what: str) -> DataError:
        return DataError(what, path=str(self.path), line=self.line, column=self.column)


class Meter:
    """How far the reading has come, for whoever shows it."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total = progress, total
        self.bytes = self.records = 0

    def watching(self, name: str) -> Watch | None:
        if (progress := self.progress) is None:
            return None

        def watch(count: int) -> None:
            self.bytes += count
            progress(name, self.bytes, self.total, self.records)

        return watch
