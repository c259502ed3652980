"""A store as two equal files, which answer every question side by side: damage is noticed where it
is read.

Whatever a damaged file would answer (wrong text, another order, a row that is missing), the other
answers it rightly, and the first row in which they differ is handed out by neither. That costs no
look at pages that nobody asked for, at any size. A checksum of the whole file in its header then
tells which of the two is damaged.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any

from bclm_cli import locks

SECOND = ".copy"
"""The suffix of the second file."""


class DamagedError(Exception):
    """What was read of a store cannot be."""


FAILURES = (sqlite3.Error, MemoryError, DamagedError)
"""What a damaged store answers with: among SQLite's errors every one, for lengths that are damaged
even a lack of memory."""


class Connection(sqlite3.Connection):
    """Closed when its last reader is gone; Python 3.13 warns of one that nobody closed."""

    def __del__(self) -> None:
        with suppress(sqlite3.Error):  # one that could not be opened
            self.close()


class Store:
    """Answers questions from its copies: two in the cache, one in memory (no `path`)."""

    def __init__(self, *copies: sqlite3.Connection, path: Path | None = None) -> None:
        self.copies, self.path = copies, path
        self.made_from: object = None
        """The data files as they were."""

    @classmethod
    def opened(cls, path: Path) -> Store | None:
        """Both copies of a finished store, None where there is none.

        Nobody ever writes to one, so they need no locks. Raises DamagedError where one of them is
        missing, sqlite3.Error where they cannot be opened.
        """
        both = (path, path.with_suffix(SECOND))
        there = [copy.is_file() for copy in both]  # opening a named pipe would wait
        if not any(there):
            return None
        if not all(there):
            raise DamagedError(f"{both[there.index(False)]} is missing")
        return cls(*(connected(copy, "mode=ro&immutable=1") for copy in both), path=path)

    def execute(self, sql: str, values: Any = ()) -> Iterator[Any]:
        """The rows of the answer. Raises DamagedError at the first in which the copies differ;
        sqlite3.Error, MemoryError where one of them cannot answer."""
        rows, *other = [copy.execute(sql, values) for copy in self.copies]
        return _equal(rows, other[0]) if other else rows

    def create_function(self, name: str, function: Callable[..., Any]) -> None:
        """Make a function of SQL, which must say the same of the same values."""
        for copy in self.copies:
            copy.create_function(name, -1, function)

    def close(self) -> None:
        """Close the files."""
        for copy in self.copies:
            copy.close()


def _equal(rows: Iterator[Any], others: Iterator[Any]) -> Iterator[Any]:
    for row, other in zip_longest(rows, others):
        if row != other:
            raise DamagedError("its copies differ")
        yield row


def connected(path: Path, how: str) -> Connection:
    """A connection by URI; Path.as_uri takes 10 ms of imports from Python 3.14 on."""
    spelled = os.fsencode(path.absolute().as_posix())
    address = "".join(
        chr(byte) if 32 < byte < 127 and byte not in b"%?#" else f"%{byte:02x}" for byte in spelled
    )
    root = "" if address.startswith("/") else "/"  # before the drive of Windows
    return sqlite3.connect(f"file:{root}{address}?{how}", uri=True, factory=Connection)


def finish(draft: Path, path: Path) -> None:
    """Make a filled draft the store of that path: sealed with its checksum, and copied."""
    with draft.open("r+b") as stream:
        seal = _sum(stream)
        stream.seek(_SEAL.start)
        stream.write(seal)
    _copy(draft, path.with_suffix(SECOND))
    draft.replace(path)


def mend(path: Path) -> None:
    """Put the whole copy in the place of a damaged one; remove both if both are damaged.

    Nothing happens if both are whole. Raises OSError.
    """
    both = (path, path.with_suffix(SECOND))
    good = [copy for copy in both if _whole(copy)]
    for copy in both:
        if not good:
            copy.unlink(missing_ok=True)
        elif copy not in good:
            _copy(good[0], copy)


def contents(store: Store) -> Iterator[bytes]:
    """The whole store as an SQLite file, in pieces. Raises DamagedError, OSError."""
    if store.path is None:
        return iter([store.copies[0].serialize()])
    if not _whole(store.path):
        raise DamagedError("its checksum is wrong")
    return _read(store.path)


_SEAL = slice(60, 64)
"""Where the header has the four bytes that SQLite leaves to us (user_version)."""


def _copy(path: Path, to: Path) -> None:
    with locks.draft(to) as draft:
        with draft.open("wb") as stream:
            stream.writelines(_read(path))
        draft.replace(to)


def _whole(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        seal = stream.read(_SEAL.stop)[_SEAL]
        return seal == _sum(stream)


def _sum(stream: IO[bytes]) -> bytes:
    """The checksum of a file, without the four bytes that hold it."""
    from zlib import crc32

    stream.seek(0)
    total = crc32(stream.read(_SEAL.start))
    stream.seek(_SEAL.stop)
    for piece in _pieces(stream):
        total = crc32(piece, total)
    return total.to_bytes(4)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from _pieces(stream)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(1 << 20):
        yield piece
