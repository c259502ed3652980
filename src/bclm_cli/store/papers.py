"""The papers of all layers: which record stands for a work, and under which key.

A record of a later layer takes the place of an earlier one with its key, or of the same work under
another key, which then is an alias. A bibliography may call another work by a key that is taken:
it keeps its key, and the earlier paper gets a letter, wherever it stands in claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain, count

from bclm_cli import identifiers
from bclm_cli.library.keys import make_key
from bclm_cli.model.records import Reference
from bclm_cli.store.rows import Writer
from bclm_cli.store.tables import FORMER
from bclm_cli.store.works import Works


class Papers:
    """Keys to the ids of records; it grows with each reference that is read."""

    def __init__(self, writer: Writer, layers: int, note: Callable[[str], None]) -> None:
        self.writer, self.last, self.note = writer, layers - 1, note
        self.keys: dict[str, int] = {}
        self.aliases: dict[str, str] = {}
        self._layer_of: dict[int, int] = {}
        self._works = Works(writer)
        self._overridden: dict[int, int | None] = {}  # by the record that takes over its names
        self._renamed: dict[int, str] = {}
        self._named: dict[int, str] = {}  # what came without a key
        # Of a key that changed hands: the layer that took it, and the key of the earlier paper.
        self._taken: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)

    def add(self, id: int, record: Reference, layer: int, *, in_place: bool) -> int | None:
        """Note a record; `in_place` says that it stands in a bibliography, which knows nothing of
        the keys of other data. Returns the id of the one that has its key in its own layer, which
        then stays."""
        key = record.id
        old = self.keys.get(key)
        if old is not None and self._layer_of[old] == layer:
            return old
        self.keys[key] = id
        self._layer_of[id] = layer
        if in_place:
            self._named[id] = key
        self.aliases.update(dict.fromkeys(record.aliases, key))
        if old is not None:
            same = not in_place or self._works.is_same(record, old)
            if same:
                self._override(old, key, id, takes_names=in_place)
            else:
                self._rename(old, key, layer)
        other = self._works.same(record, layer)
        if other is not None and other not in self._overridden and other != old:
            former = self._key_of(other)
            self._override(other, former, id, takes_names=True)
            del self.keys[former]
            self._taken[former].append((layer, key))
            self.aliases.setdefault(former, key)
            self.writer.add("identifier", (former, id, FORMER))
        if layer < self.last:
            self._works.add(id, record, layer)
        return None

    def key_for(self, record: Reference, layer: int) -> str:
        """The key of a record that has none: that of the same work in an earlier layer, else one
        that is free."""
        other = self._works.same(record, layer)
        if other is not None and other not in self._overridden:
            return self._key_of(other)
        return self._free(make_key(record), [""])

    @property
    def renamed(self) -> bool:
        """Whether a key leads to different papers in different layers."""
        return bool(self._taken)

    def find(self, key: str, layer: int) -> int | None:
        """The id of the paper that a record of this layer calls so."""
        for by, renamed in self._taken.get(key, ()):
            if layer < by:
                key = renamed
                break
        if key not in self.keys:  # a key leads to its own paper, whoever once had it
            key = self.aliases.get(key, key)
        return self.keys.get(key)

    def settle(self) -> None:
        """Write to the store, now that all is read, what has changed since a record was."""
        for id, key in self._renamed.items():
            self.writer.run("UPDATE reference SET key = ? WHERE id = ?", (key, id))
        self.writer.run("CREATE TEMP TABLE heir (old INTEGER PRIMARY KEY, new INTEGER)")
        self.writer.store.executemany("INSERT INTO heir VALUES (?, ?)", self._overridden.items())
        for sql in (
            "UPDATE identifier SET reference = (SELECT new FROM heir WHERE old = reference)"
            " WHERE reference IN (SELECT old FROM heir WHERE new IS NOT NULL)",
            "DELETE FROM identifier WHERE reference IN (SELECT old FROM heir)",
            "DELETE FROM reference WHERE id IN (SELECT old FROM heir)",
            "DROP TABLE heir",
        ):
            self.writer.run(sql)

    def _override(self, old: int, key: str, id: int, *, takes_names: bool) -> None:
        self.writer.add("shadowed", ("reference", key, self._layer_of[old], self._layer_of[id]))
        self._overridden[old] = id if takes_names else None

    def _rename(self, old: int, key: str, layer: int) -> None:
        """Give the paper that had this key another one: the work of a later layer has it now."""
        new = self._free(key)
        self.keys[new] = old
        self._renamed[old] = new
        self._taken[key].append((layer, new))
        self.writer.add("renamed", (key, new, self._layer_of[old], layer))
        self.note(f"{key} is another paper than that of earlier data, which is called {new} now")

    def _free(self, key: str, first: Sequence[str] = ()) -> str:
        """The key with the first letter (or one of `first`) behind it that makes it a new one."""
        return next(
            key + letter
            for letter in chain(first, map(identifiers.letters, count(1)))
            if key + letter not in self.keys and key + letter not in self.aliases
        )

    def _key_of(self, id: int) -> str:
        return self._renamed.get(id) or self._named.get(id) or self._works.stored(id).id
