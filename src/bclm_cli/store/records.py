"""Records as they were read, kept in the store: what an unchanged file need not be parsed for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from bclm_cli.load import Loaded, Model, Watch
from bclm_cli.model.records import Claim, Factor, Reference, Step
from bclm_cli.store.copies import FAILURES, DamagedError

if TYPE_CHECKING:
    from bclm_cli.store.cache import File
    from bclm_cli.store.copies import Store
    from bclm_cli.store.layers import Progress

Record = Reference | Factor | Step | Claim | Model
KINDS: dict[str, type[Record]] = {
    kind.__name__: kind for kind in (Reference, Factor, Step, Claim, Model)
}
to_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
"""Compact JSON of a tree."""


class Kept(NamedTuple):
    """A record with the place where it begins, and as JSON."""

    record: Record
    line: int
    column: int
    payload: str


def fresh(loaded: Iterator[Loaded]) -> Iterator[Kept]:
    """Records that have just been read: a paper as its CSL-JSON item, any other as the list of its
    fields."""
    for got in loaded:
        record = got.record
        payload = to_json(record.to_csl() if isinstance(record, Reference) else record)
        yield Kept(record, got.line, got.column, payload)


def kept(old: Store | None, file: File, layer: str, watch: Watch | None) -> Iterator[Kept] | None:
    """What an earlier store holds of this file, unchanged since; None if it has none."""
    if old is None:
        return None
    noted = (
        "SELECT id, (SELECT sum(value) FROM json_each(holds)) FROM file"
        " WHERE (path, size, mtime_ns, ctime_ns) = (?, ?, ?, ?)"
    )
    try:
        row = next(old.execute(noted, file.noted), None)
    except FAILURES as error:
        raise DamagedError(str(error)) from None
    if row is None:
        return None
    index, records = row
    return _kept(old, index, file.size // (records or 1), layer, watch)


def _kept(old: Store, file: int, size: int, layer: str, watch: Watch | None) -> Iterator[Kept]:
    try:
        rows = old.execute(
            "SELECT kind, line, column_, payload FROM record WHERE file = ? ORDER BY id", (file,)
        )
        for kind, line, column, payload in rows:
            yield Kept(_FROM[kind](json.loads(payload), layer), line, column, payload)
            if watch:
                watch(size)
    except FAILURES as error:
        raise DamagedError(str(error)) from None


def _fields(kind: type[Any]) -> Callable[[list[Any], str], Any]:
    def make(fields: list[Any], layer: str) -> Any:
        made = kind(*(tuple(field) if isinstance(field, list) else field for field in fields))
        return made._replace(source=layer) if "source" in made._fields else made

    return make


_FROM: dict[str, Callable[[Any, str], Record]] = {
    **{name: _fields(kind) for name, kind in KINDS.items()},
    "Factor": Factor.from_fields,
    "Reference": Reference.from_csl,
}


class Meter:
    """How far the building has come, for whoever shows it: the reading, then the tying of claims,
    which takes a third as long."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress = progress
        self.read, self.total = total, total + total // 3
        self.done = self.records = 0

    def watching(self, name: str) -> Watch | None:
        """What is called with the bytes of each piece of that file."""
        if (progress := self.progress) is None:
            return None

        def watch(size: int) -> None:
            self.done += size
            progress(name, self.done, self.total, self.records)

        return watch

    def note(self, what: str) -> None:
        """Tell what a bibliography has that is not taken as it stands."""
        if self.progress:
            self.progress.note(what)

    def tied(self, claims: int, of: int) -> None:
        """Tell how many of the claims are tied to what they speak of."""
        if self.progress:
            done = self.read + (self.total - self.read) * claims // max(of, 1)
            self.progress("claims", done, self.total, self.records)
