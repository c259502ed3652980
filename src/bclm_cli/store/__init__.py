"""The model as an SQLite file in the cache, made again when the data changed.

The YAML is the only master; whatever stands in the cache may be deleted at any time. A file that
is missing, stale, damaged or foreign is built anew in silence, and where the cache cannot be
written the same store is built in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bclm_cli.errors import CannotError, unreadable
from bclm_cli.store import cache, copies, sources
from bclm_cli.store.cache import File
from bclm_cli.store.copies import FAILURES, DamagedError, Store, contents
from bclm_cli.store.layers import SHIPPED, Layer, Progress
from bclm_cli.store.sources import layers
from bclm_cli.store.tables import (
    CLAIM,
    FACTOR,
    FORMER,
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

__all__ = ["CLAIM", "FACTOR", "FAILURES", "FORMER", "MANY_VALUES", "REFERENCE", "SHIPPED", "STEP",
           "Layer", "Progress", "Store", "connect", "contents", "direct", "hit_id", "hit_of",
           "hits", "layers", "reopened", "sides", "steps"]  # fmt: skip


def connect(
    layers: tuple[Layer, ...], *, refresh: bool = False, progress: Progress | None = None
) -> Store:
    """The store of these layers, built first where that is needed.

    `refresh` builds it in any case: for a file changed without its size or times changing.
    Raises DataError if the data cannot be read.
    """
    files = tuple(_files(layers))
    path = cache.path_for(layers)
    found = None
    if path and not refresh:
        with suppress(DamagedError):
            found = cache.open_fresh(path, files)
    if found is None:
        found = _built(layers, files, path, refresh=refresh, progress=progress)
    found.made_from = files
    return found


def reopened(layers: tuple[Layer, ...], store: Store, progress: Progress | None = None) -> Store:
    """The store again, after an answer that failed: what is damaged is put right before.

    Raises DataError if the data cannot be read any more, CannotError if it is not what it was.
    """
    if store.path is None:
        return store
    with suppress(OSError), cache.only_builder(store.path, lambda: None):
        copies.mend(store.path)
    found = connect(layers, progress=progress)
    if found.made_from != store.made_from:
        raise CannotError("the data changed while it was read", "run the same command again")
    return found


def _built(
    layers: tuple[Layer, ...],
    files: tuple[File, ...],
    path: Path | None,
    *,
    refresh: bool,
    progress: Progress | None,
) -> Store:
    def fill(store: sqlite3.Connection, old: Store | None = None) -> None:
        from bclm_cli.store import build

        build.fill(store, layers, files, progress, old)

    reason = "what was written cannot be read back" if path else "no home folder"
    try:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            with cache.only_builder(path, progress.waiting if progress else lambda: None):
                found = None if refresh else cache.open_mended(path, files)
                if found is None:
                    cache.replace(path, fill, again=refresh)
                    found = cache.open_fresh(path, files)
                if found:
                    return found
    except (OSError, sqlite3.Error) as error:  # no room, no permission, no such file system
        reason = getattr(error, "strerror", None) or str(error)
    except DamagedError:
        pass
    memory = sqlite3.connect(":memory:", factory=copies.Connection)
    fill(memory)
    if progress:
        progress.uncached(reason)
    return Store(memory)


def _files(layers: tuple[Layer, ...]) -> Iterator[File]:
    for index, layer in enumerate(layers):
        for path in sources.files(layer):
            try:
                status = path.stat()
            except OSError as error:  # gone since it was listed
                raise unreadable(path, error) from None
            yield File(index, path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
