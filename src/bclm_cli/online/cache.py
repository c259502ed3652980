"""Answers of services, kept in the cache for all runs; one SQLite file that processes share."""

from __future__ import annotations

import json
import sqlite3
import time
import zlib
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

FORM = 1
"""To be raised when what is kept changes its form; what older programs kept is then forgotten."""
DAY = 86_400
RECORDS_AGE = 30 * DAY
"""Seconds for which the record of a paper is good enough to cite it by."""
KEEP = 60 * DAY
"""Seconds after which an answer is thrown away."""
MAX_BODY = 64_000_000
"""Bytes of an answer that is read back; what claims to be longer is damaged."""
BUSY = 5.0
"""Seconds to wait for another process that writes."""


class Kept(NamedTuple):
    """An answer of `fetched` (seconds since 1970); `value` is None where a service knew nothing."""

    value: Any
    fetched: int


class Cache:
    """Values under text keys. What cannot be read is not there, what cannot be written is not
    kept: a cache is never a reason to fail."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._opened = False
        self._put: set[str] = set()  # what this run fetched is new, however new it has to be

    def get(self, key: str, max_age: float, *, absent_age: float = DAY) -> Kept | None:
        """What is kept under a key and not older than `max_age` seconds; that a service knew
        nothing is believed for `absent_age`."""
        connection = self._open()
        if connection is None:
            return None
        try:
            row = connection.execute(
                "SELECT fetched, body FROM answers WHERE key = ?", (key,)
            ).fetchone()
            if row is None:
                return None
            fetched, value = row[0], _unpacked(row[1])
            age = time.time() - fetched
        except sqlite3.Error as error:
            self._failed(error)
            return None
        except (zlib.error, ValueError, TypeError):
            return None
        if key in self._put:
            return Kept(value, fetched)
        # A clock that was set back must not make an answer last for ever.
        return (
            Kept(value, fetched)
            if -DAY < age <= (absent_age if value is None else max_age)
            else None
        )

    def put(self, values: Mapping[str, Any]) -> None:
        """Keep values as of now, all at once."""
        connection = self._open()
        if connection is None or not values:
            return
        now = int(time.time())
        rows = [
            (key, now, zlib.compress(json.dumps(value, ensure_ascii=False).encode(), 3))
            for key, value in values.items()
        ]
        try:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", rows)
            self._put.update(values)
        except sqlite3.Error as error:
            self._failed(error)

    def close(self) -> None:
        """Throw away what is too old, and let the file go."""
        if self._connection is not None:
            with suppress(sqlite3.Error), closing(self._connection) as connection, connection:
                connection.execute("DELETE FROM answers WHERE fetched < ?", (time.time() - KEEP,))
        self._connection, self._opened = None, False
        self._put.clear()

    def _failed(self, error: sqlite3.Error) -> None:
        """Begin a new file in place of a damaged one; one that is merely locked stays."""
        if not isinstance(error, sqlite3.OperationalError) and self._path and self._connection:
            self._connection.close()
            with suppress(OSError):
                self._path.unlink()
            self._connection = _connected(self._path)

    def _open(self) -> sqlite3.Connection | None:
        if not self._opened:
            self._opened = True
            if self._path is not None:
                self._connection = _connected(self._path)
        return self._connection


def _unpacked(body: bytes) -> Any:
    """What `put` packed. Raises zlib.error, ValueError or TypeError for anything else."""
    decoder = zlib.decompressobj()
    text = decoder.decompress(body, MAX_BODY)
    if not decoder.eof:
        raise ValueError("longer than it may be, or cut off")
    return json.loads(text)


def _connected(path: Path) -> sqlite3.Connection | None:
    """The file, made anew where it is damaged; None where it cannot be had."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _prepared(path)
        except sqlite3.OperationalError:  # locked, or no permission
            return None
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            return _prepared(path)
    except (OSError, sqlite3.Error):
        return None


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("PRAGMA user_version").fetchone()[0] != FORM:
                connection.execute("DROP TABLE IF EXISTS answers")
                connection.execute(f"PRAGMA user_version = {FORM}")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS answers"
                " (key TEXT PRIMARY KEY, fetched INTEGER NOT NULL, body BLOB NOT NULL)"
                " WITHOUT ROWID"
            )
        return connection
    except sqlite3.Error:
        connection.close()
        raise
