"""Runs questions on the store, which is put right where an answer shows that it is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from bclm_cli import store
from bclm_cli.errors import CannotError
from bclm_cli.query.lists import ORDER, ROWS, by
from bclm_cli.query.questions import Question


class Execution:
    """The store of some layers, on which SQL is run by calling this."""

    def __init__(
        self,
        layers: tuple[store.Layer, ...],
        progress: store.Progress | None,
        functions: Mapping[str, Callable[..., Any]],
        *,
        refresh: bool,
    ) -> None:
        """Open the store. `functions` may be called in SQL by their names."""
        self._layers, self._progress, self._functions = layers, progress, functions
        self._sorted = 0
        self._use(store.connect(layers, refresh=refresh, progress=progress))

    def answer(
        self,
        list_: str,
        asked: Question,
        columns: str,
        sort: Sequence[str] = (),
        limit: int | None = None,
    ) -> Iterator[Any]:
        """The rows of a question, in order."""
        order = [by(list_, field, asked.fields) for field in sort]
        order += [asked.given] if asked.given and not sort else []
        ending = f" ORDER BY {', '.join([*order, ORDER[list_].format_map(asked.fields)])}"
        ending += "" if limit is None else f" LIMIT {limit:d}"
        if list_ not in ROWS or not (sort or asked.late):
            return self(asked.sql.format(columns=columns) + ending, asked.values)
        # Sort the ids alone, then look up their rows one by one: the first leaves at once.
        self._sorted += 1
        name = f"sorted{self._sorted}"
        id_, rows = ROWS[list_]
        ids = asked.sql.format(columns=f"{id_} AS id") + ending
        claims, select, _ = asked.sql.partition("SELECT {columns}")
        sql = f"{claims}{select} {rows.format(name)} ORDER BY o.rowid".format(columns=columns)
        return self(sql, asked.values, before=f"CREATE TEMP TABLE {name} AS {ids}")

    def __call__(self, sql: str, values: Any = (), *, before: str = "") -> Iterator[Any]:
        """Run a question, or two with the same values, of which the second has the answer.

        Raises CannotError where the store is whole and gives no answer all the same.
        """
        rows = self._rows(sql, values, before)
        first = next(rows, None)  # now, and not when somebody wants it
        return rows if first is None else chain((first,), rows)

    def database(self) -> Iterator[bytes]:
        """The whole store as the bytes of an SQLite file, in pieces."""
        try:
            return store.contents(self.store)
        except store.FAILURES:
            self._reopen()
        return store.contents(self.store)

    def _rows(self, sql: str, values: Any, before: str) -> Iterator[Any]:
        """The answer; where the store turns out to be damaged it is put right, and the answer goes
        on with the row that could not be read."""
        given = 0
        for again in (False, True):
            try:
                if before:
                    self.store.execute(before, values)
                for row in islice(self.store.execute(sql, values), given, None):
                    given += 1
                    yield row
                return
            except store.FAILURES as error:
                if again:
                    raise CannotError(
                        f"the cache gives no answer: {str(error) or 'not enough memory'}",
                        "is there room in the temporary folder?",
                    ) from None
            self._reopen()

    def _reopen(self) -> None:
        self._use(store.reopened(self._layers, self.store, self._progress))

    def _use(self, found: store.Store) -> None:
        self.store = found
        for name, function in self._functions.items():
            found.create_function(name, function)
