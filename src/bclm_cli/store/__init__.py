"""The model as an SQLite file in the cache, made again when the data changed.

The YAML is the only master; whatever stands in the cache may be deleted at any time. A file that
is missing, stale, damaged or foreign is built anew in silence, and where the cache cannot be
written the same store is built in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bclm_cli.errors import DataError
from bclm_cli.store import cache, sources
from bclm_cli.store.cache import File
from bclm_cli.store.layers import SHIPPED, Layer, Progress
from bclm_cli.store.sources import layers
from bclm_cli.store.tables import (
    CLAIM,
    FACTOR,
    MANY_VALUES,
    REFERENCE,
    STEP,
    direct,
    hit_id,
    hit_of,
    hits,
    sides,
    steps,
)

__all__ = ["CLAIM", "FACTOR", "MANY_VALUES", "REFERENCE", "SHIPPED", "STEP", "Layer", "Progress",
           "connect", "contents", "direct", "hit_id", "hit_of", "hits", "layers", "sides",
           "steps"]  # fmt: skip


def connect(
    layers: tuple[Layer, ...], *, refresh: bool = False, progress: Progress | None = None
) -> sqlite3.Connection:
    """A read-only connection to the store of these layers, built first where that is needed.

    `refresh` builds it in any case: for a file changed without its size or times changing.
    Raises DataError if the data cannot be read.
    """
    files = tuple(_files(layers))
    path = cache.path_for(layers)
    if path and not refresh and (store := cache.open_fresh(path, files)):
        return store

    def fill(store: sqlite3.Connection, old: sqlite3.Connection | None = None) -> None:
        from bclm_cli.store import build

        build.fill(store, layers, files, progress, old)

    reason = "what was written cannot be read back" if path else "no home folder"
    try:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            with cache.only_builder(path, progress.waiting if progress else lambda: None):
                if refresh or not (store := cache.open_fresh(path, files)):
                    cache.replace(path, fill, again=refresh)
                    store = cache.open_fresh(path, files)
                if store:
                    return store
    except (OSError, sqlite3.Error) as error:  # no room, no permission, no such file system
        reason = getattr(error, "strerror", None) or str(error)
    store = sqlite3.connect(":memory:", factory=cache.Connection)
    fill(store)
    if progress:
        progress.uncached(reason)
    return store


def contents(store: sqlite3.Connection) -> Iterator[bytes]:
    """The whole store as an SQLite file, in pieces."""
    [path] = next(store.execute("SELECT file FROM pragma_database_list WHERE name = 'main'"))
    if not path:  # in memory, since the cache cannot be written
        yield store.serialize()
        return
    with Path(path).open("rb") as stream:
        while piece := stream.read(1 << 20):
            yield piece


def _files(layers: tuple[Layer, ...]) -> Iterator[File]:
    for index, layer in enumerate(layers):
        for path in sources.files(layer):
            try:
                status = path.stat()
            except OSError as error:  # gone since it was listed
                raise DataError(f"cannot read: {error.strerror}", path=str(path)) from None
            yield File(index, path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
