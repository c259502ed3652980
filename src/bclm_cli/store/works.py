"""One work in two layers: which record of an earlier layer a record of a later one stands for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bclm_cli import identifiers
from bclm_cli.library import duplicates
from bclm_cli.model.records import Reference
from bclm_cli.text.normalize import compact

if TYPE_CHECKING:
    from bclm_cli.store.rows import Writer

MOST_ALIKE = 3
"""At most this many records of one title or identifier are compared with a later one."""


class Works:
    """The references of the layers that are read, found by identifier and by title and year."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.layer = 0
        self._known: defaultdict[object, list[int]] = defaultdict(list)
        self._waiting: list[tuple[int, list[object]]] = []  # of the layer at hand

    def add(self, id: int, record: Reference, layer: int) -> None:
        """Note a record, to be found from the next layer on."""
        self._to(layer)
        self._waiting.append((id, list(_match_keys(record))))

    def same(self, record: Reference, layer: int) -> int | None:
        """The id of the record of an earlier layer that is of the same work."""
        self._to(layer)
        if not self._known:
            return None
        for key in _match_keys(record):
            for id in self._known.get(key, ()):
                if self.is_same(record, id):
                    return id
        return None

    def is_same(self, record: Reference, id: int) -> bool:
        """Whether the record of this id, which is stored, is of the same work."""
        return duplicates.is_same_work(
            duplicates.fingerprint(record), duplicates.fingerprint(self.stored(id))
        )

    def stored(self, id: int) -> Reference:
        """A record that was read before."""
        sql = "SELECT payload FROM record WHERE id = ?"
        [payload] = self.writer.run(sql, (id,)).fetchone()
        return Reference.from_csl(json.loads(payload))

    def _to(self, layer: int) -> None:
        if layer == self.layer:
            return
        self.layer = layer
        for id, keys in self._waiting:
            for key in keys:
                ids = self._known[key]
                if len(ids) < MOST_ALIKE:
                    ids.append(id)
        self._waiting.clear()


def _match_keys(record: Reference) -> Iterator[object]:
    """What a record shares with every other one of the same work: an identifier, or the title."""
    yield from identifiers.unique(record.text)
    if record.title:
        yield compact(record.title), record.year
