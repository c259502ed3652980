"""The store as a file in the cache: found, opened if it is whole and fresh, replaced at once."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, suppress
from pathlib import Path
from typing import NamedTuple

from bclm_cli import __version__, locks, paths
from bclm_cli.store.layers import Layer
from bclm_cli.store.tables import VERSION

Fill = Callable[[sqlite3.Connection, sqlite3.Connection | None], None]
"""Fills an empty store; from an old one, if there is one, what has not changed."""

SEALED = 4 << 20
"""Bytes up to which a store is sealed with a checksum: that costs a third of a millisecond for the
shipped data. In a larger one only the damage is seen that SQLite sees."""
PATIENCE = 600
"""Seconds to wait for another builder, which may have been stopped or lost with its machine."""


class Connection(sqlite3.Connection):
    """Closed when its last reader is gone; Python 3.13 warns of one that nobody closed."""

    def __del__(self) -> None:
        with suppress(sqlite3.Error):  # one that could not be opened
            self.close()


class DamagedError(Exception):
    """The old store cannot be read."""


DAMAGE = (sqlite3.Error, ValueError, TypeError, KeyError)
"""What reading a damaged store raises: SQLite's errors, and those of records that are none."""


class File(NamedTuple):
    """A data file as it was when it was looked at.

    The time of the inode (ctime) tells what size and mtime hide: a file put in another's place with
    its old time, as rsync, tar and cp -p do.
    """

    layer: int
    path: Path
    size: int
    mtime_ns: int
    ctime_ns: int

    @property
    def noted(self) -> tuple[str, int, int, int]:
        """What the store notes of it."""
        return absolute(self.path), self.size, self.mtime_ns, self.ctime_ns


def absolute(path: Path) -> str:
    """A path from the root, without `..`, as text that a database can hold."""
    return paths.spelled(Path(os.path.abspath(path)))  # noqa: PTH100


def path_for(layers: tuple[Layer, ...]) -> Path | None:
    """Where the store of these layers lies; None for a user without a home."""
    folder = paths.cache()
    if folder is None:
        return None
    from zlib import crc32

    named = (os.path.abspath(layer.path) for layer in layers)  # noqa: PTH100
    number = crc32("\n".join(named).encode("utf-8", "surrogateescape"))
    return folder / f"{_OURS}{number:08x}.sqlite"


def open_fresh(path: Path, files: tuple[File, ...]) -> sqlite3.Connection | None:
    """The store, if it is whole and made from just these files."""
    store = _open(path)
    if store is None:
        return None
    with suppress(sqlite3.Error):
        made_from = "SELECT layer, path, size, mtime_ns, ctime_ns FROM file ORDER BY id"
        if store.execute(made_from).fetchall() == [(file.layer, *file.noted) for file in files]:
            return store
    store.close()
    return None


def replace(path: Path, fill: Fill, *, again: bool) -> None:
    """Build under a temporary name, then rename: a reader sees the old store or the new one.

    `again` reads every file anew; else what the old store holds of an unchanged file is taken.
    """
    old = None if again else _open(path)
    try:
        _sweep(path)
        with locks.draft(path) as draft:
            # Nobody else writes to the draft, and a network home may have no locks.
            with closing(_connected(draft, "nolock=1")) as store:
                fill(store, old)
            if old:  # Windows replaces no file that is open
                old.close()
            _seal(draft)
            draft.replace(path)
    except DamagedError:
        path.unlink(missing_ok=True)
        replace(path, fill, again=True)
    finally:
        if old:
            old.close()


def only_builder(path: Path, waiting: Callable[[], object]) -> AbstractContextManager[bool]:
    """Let a second builder wait for the first, where the file system knows locks.

    `waiting` is called now and then meanwhile. Where there are no locks, or PATIENCE is over, both
    build: each has its own draft, and the last one to be renamed stays.
    """
    return locks.held(path.with_suffix(".lock"), PATIENCE, waiting)


_OURS = f"{__version__}-{VERSION}-"
_SEAL = slice(60, 64)


def _open(path: Path) -> sqlite3.Connection | None:
    """A finished store as it is. Nobody ever writes to one, so it needs no lock."""
    try:
        if path.is_file() and _whole(path):  # not a named pipe, whose opening would wait
            return _connected(path, "mode=ro&immutable=1")
    except (OSError, sqlite3.Error):
        pass
    return None


def _connected(path: Path, how: str) -> sqlite3.Connection:
    """A connection by URI; Path.as_uri takes 10 ms of imports from Python 3.14 on."""
    spelled = os.fsencode(path.absolute().as_posix())
    address = "".join(
        chr(byte) if 32 < byte < 127 and byte not in b"%?#" else f"%{byte:02x}" for byte in spelled
    )
    root = "" if address.startswith("/") else "/"  # before the drive of Windows
    return sqlite3.connect(f"file:{root}{address}?{how}", uri=True, factory=Connection)


def _whole(path: Path) -> bool:
    """Whether the file is as long as its header says (SQLite file format, section 1.3), and its
    seal, if it is small enough to have one, unbroken."""
    with path.open("rb") as stream:
        header = stream.read(100)
        page = int.from_bytes(header[16:18])
        length = (65536 if page == 1 else page) * int.from_bytes(header[28:32])
        if header[:16] != b"SQLite format 3\0" or length != os.fstat(stream.fileno()).st_size:
            return False
        return length > SEALED or _sum(header, stream.read()) == header[_SEAL]


def _seal(path: Path) -> None:
    """Note the sum of the whole file in the field that SQLite leaves to us (user_version)."""
    with path.open("r+b") as stream:
        header, rest = stream.read(100), stream.read(SEALED)
        if not stream.read(1):
            stream.seek(_SEAL.start)
            stream.write(_sum(header, rest))


def _sum(header: bytes, rest: bytes) -> bytes:
    from zlib import crc32

    return crc32(rest, crc32(header[: _SEAL.start] + header[_SEAL.stop :])).to_bytes(4)


def _sweep(path: Path) -> None:
    """Take away what no run has built for 30 days, and a day old drafts of earlier versions."""
    from time import time

    drafts = [(draft, locks.DAY) for draft in path.parent.glob(".*.sqlite.*[0-9]")]
    stores = [
        (store, 30 * locks.DAY)
        for kind in ("sqlite", "lock")
        for store in path.parent.glob(f"*.{kind}")
    ]
    for other, kept in drafts + stores:
        with suppress(OSError):
            if other.stem != path.stem and time() - other.stat().st_mtime > kept:
                other.unlink()
