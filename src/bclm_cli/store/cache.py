"""The store as a file in the cache: found, opened if it is whole and fresh, replaced at once."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, suppress
from pathlib import Path
from typing import NamedTuple

from bclm_cli import __version__, locks, paths
from bclm_cli.store import copies
from bclm_cli.store.copies import FAILURES, DamagedError, Store
from bclm_cli.store.layers import Layer
from bclm_cli.store.tables import VERSION

Fill = Callable[[sqlite3.Connection, Store | None], None]
"""Fills an empty store; from an old one, if there is one, what has not changed."""

PATIENCE = 600
"""Seconds to wait for another builder, which may have been stopped or lost with its machine."""


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


def open_fresh(path: Path, files: tuple[File, ...]) -> Store | None:
    """The store, if it is there and made from just these files. Raises DamagedError."""
    try:
        store = Store.opened(path)
        if store is None:
            return None
        made_from = "SELECT layer, path, size, mtime_ns, ctime_ns FROM file ORDER BY id"
        noted = list(store.execute(made_from))
        list(store.execute("PRAGMA user_version"))  # the seals: both are of the same build
    except FAILURES as error:
        raise DamagedError(str(error)) from None
    if noted == [(file.layer, *file.noted) for file in files]:
        return store
    store.close()
    return None


def open_mended(path: Path, files: tuple[File, ...]) -> Store | None:
    """The store, as `open_fresh`; of a damaged one what is whole is put right before.

    Only for the holder of the builder's lock. Raises OSError.
    """
    try:
        return open_fresh(path, files)
    except DamagedError:
        copies.mend(path)
    try:
        return open_fresh(path, files)
    except DamagedError:
        return None


def replace(path: Path, fill: Fill, *, again: bool) -> None:
    """Build under a temporary name, then rename: a reader sees the old store or the new one.

    `again` reads every file anew; else what the old store holds of an unchanged file is taken.
    """
    old = None if again else _old(path)
    try:
        _sweep(path)
        with locks.draft(path) as draft:
            # Nobody else writes to the draft, and a network home may have no locks.
            with closing(copies.connected(draft, "nolock=1")) as store:
                fill(store, old)
            if old:  # Windows replaces no file that is open
                old.close()
            copies.finish(draft, path)
    except DamagedError:
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


def _old(path: Path) -> Store | None:
    with suppress(*FAILURES):
        return Store.opened(path)
    return None


_OURS = f"{__version__}-{VERSION}-"


def _sweep(path: Path) -> None:
    """Take away what no run has built for 30 days, and a day old drafts of earlier versions."""
    from time import time

    drafts = [(draft, locks.DAY) for draft in path.parent.glob(".*.sqlite.*[0-9]")]
    stores = [
        (store, 30 * locks.DAY)
        for kind in ("sqlite", "copy", "lock")
        for store in path.parent.glob(f"*.{kind}")
    ]
    for other, kept in drafts + stores:
        with suppress(OSError):
            if other.stem != path.stem and time() - other.stat().st_mtime > kept:
                other.unlink()
