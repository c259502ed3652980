"""Runs questions on the store, and makes it anew where it turns out to be damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bclm_cli import store
from bclm_cli.query.damage import is_damage, streamed, unanswered
from bclm_cli.query.lists import ORDER, ROWS, by
from bclm_cli.query.questions import Question


class Execution:
    """A connection to the store of some layers, on which SQL is run by calling it."""

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
        self.connection = self._connected(refresh=refresh)

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
        """Run a question, or two with the same values, of which the second has the answer; a cache
        that turns out to be damaged is built anew, once."""
        try:
            return self._run(sql, values, before)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise unanswered(error) from None
        self.connection = self._connected(refresh=True)
        return self._run(sql, values, before)

    def _run(self, sql: str, values: Any, before: str) -> Iterator[Any]:
        if before:
            self.connection.execute(before, values)
        return streamed(self.connection.execute(sql, values))

    def _connected(self, *, refresh: bool) -> sqlite3.Connection:
        connection = store.connect(self._layers, refresh=refresh, progress=self._progress)
        for name, function in self._functions.items():
            connection.create_function(name, -1, function)
        return connection
