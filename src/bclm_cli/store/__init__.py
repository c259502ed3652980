"""The model as an SQLite file in the cache, made again when the data changed.

The YAML is the only master; whatever stands in the cache may be deleted at any time. A file that
is missing, stale, damaged or foreign is built anew in silence, and where the cache cannot be
written the same store is built in memory.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from bclm_cli import __version__
from bclm_cli.errors import DataError
from bclm_cli.store._schema import CLAIM, FACTOR, REFERENCE, STEP, VERSION

__all__ = ["CLAIM", "FACTOR", "REFERENCE", "SHIPPED", "STEP", "Layer", "Progress", "connect"]

SHIPPED = "shipped"
"""The name of the layer that comes with the program."""

Progress = Callable[[str, int, int, int], None]
"""Called while building: file name, bytes read, bytes in all, records so far."""


class Layer(NamedTuple):
    """A data folder; a later layer wins over an earlier one, record by record."""

    name: str
    folder: Path


class _File(NamedTuple):
    layer: int
    path: Path
    size: int
    mtime_ns: int


def layers(folders: Sequence[Path] = (), *, shipped: bool = True) -> tuple[Layer, ...]:
    """The shipped data (unless left out) and the overlays on it, in the order of winning.

    Raises DataError for a folder that is not there or holds no data file.
    """
    found = [Layer(SHIPPED, shipped_folder())] if shipped else []
    for folder in folders:
        if not folder.is_dir():
            raise DataError("no such data folder", path=str(folder))
        found.append(Layer(str(folder), folder))
    for layer in found:
        if not any((layer.folder / name).exists() for name in _FILES):
            raise DataError(
                f"the folder holds none of {', '.join(_FILES)}; `bclm add --init DIR` makes one",
                path=str(layer.folder),
            )
    return tuple(found)


def shipped_folder() -> Path:
    """Where the program's own YAML lies: in the installed package, else in the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "data"
    return installed if installed.is_dir() else package.parents[1] / "data"


def connect(
    layers: tuple[Layer, ...], *, refresh: bool = False, progress: Progress | None = None
) -> sqlite3.Connection:
    """A read-only connection to the store of these layers, built first where that is needed.

    `refresh` builds it in any case: for a file changed without its size or time changing.
    Raises DataError if the data cannot be read.
    """
    files = tuple(_files(layers))
    folder = _cache_folder()
    if folder is None:
        return _in_memory(layers, files, progress)
    path = folder / _cache_name(layers)
    if not refresh and (store := _open(path, files)):
        return store
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _only_builder(path):
            if refresh or not (store := _open(path, files)):
                _replace(path, layers, files, progress, again=refresh)
                store = _open(path, files)
            if store:
                return store
    except (OSError, sqlite3.Error):  # no room, no permission, no SQLite on this file system
        pass
    return _in_memory(layers, files, progress)


_FILES = ("references.yaml", "references.json", "steps.yaml")


def _files(layers: tuple[Layer, ...]) -> Iterator[_File]:
    for index, layer in enumerate(layers):
        for name in _FILES:
            path = layer.folder / name
            try:
                status = path.stat()
            except OSError:
                continue
            yield _File(index, path, status.st_size, status.st_mtime_ns)


def _cache_folder() -> Path | None:
    """`$XDG_CACHE_HOME/bclm`, by default under ~/.cache; None for a user without a home."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):  # noqa: PTH117  (the specification: a relative path is ignored)
        return Path(base, "bclm")
    if sys.platform == "win32" and (base := os.environ.get("LOCALAPPDATA", "")):
        return Path(base, "bclm", "Cache")
    home = os.environ.get("HOME") or os.environ.get("USERPROFILE")
    return Path(home, ".cache", "bclm") if home else None


def _cache_name(layers: tuple[Layer, ...]) -> str:
    from zlib import crc32

    folders = "\n".join(str(layer.folder.absolute()) for layer in layers)
    return f"{__version__}-{VERSION}-{crc32(folders.encode('utf-8', 'surrogateescape')):08x}.sqlite"


def _open(path: Path, files: tuple[_File, ...]) -> sqlite3.Connection | None:
    """The store, if it is whole and made from just these files."""
    wanted = [(file.layer, str(file.path.absolute()), file.size, file.mtime_ns) for file in files]
    store = _read_only(path)
    if store is None:
        return None
    with suppress(sqlite3.Error):
        made_from = store.execute("SELECT layer, path, size, mtime_ns FROM file ORDER BY id")
        if made_from.fetchall() == wanted:
            return store
    store.close()
    return None


def _read_only(path: Path) -> sqlite3.Connection | None:
    """A finished store as it is. Nobody ever writes to one, so it needs no lock: a network home
    may have none."""
    try:
        if _whole(path):
            address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            return sqlite3.connect(address, uri=True)
    except (OSError, sqlite3.Error):
        pass
    return None


def _whole(path: Path) -> bool:
    """Whether the file is as long as its header says (SQLite file format, section 1.3)."""
    with path.open("rb") as stream:
        header = stream.read(32)
        page = int.from_bytes(header[16:18]) or 0
        length = (65536 if page == 1 else page) * int.from_bytes(header[28:32])
        return (
            header[:16] == b"SQLite format 3\0" and 0 < length == os.fstat(stream.fileno()).st_size
        )


def _replace(
    path: Path,
    layers: tuple[Layer, ...],
    files: tuple[_File, ...],
    progress: Progress | None,
    *,
    again: bool,
) -> None:
    """Build under a temporary name, then rename: a reader sees the old store or the new one.

    `again` reads every file anew; else what the old store holds of an unchanged file is taken.
    """
    from bclm_cli.store import _build

    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _sweep(path)
        old = None if again else _read_only(path)
        with closing(sqlite3.connect(draft)) as store:
            _build.fill(store, layers, files, progress, old)
        if old:
            old.close()
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _sweep(path: Path) -> None:
    """Take away the drafts of killed builders (a day old) and the stores of earlier versions."""
    from time import time

    ours = f"{__version__}-{VERSION}-"
    day = 24 * 60 * 60
    drafts = [(draft, day) for draft in path.parent.glob(".*.sqlite.*")]
    stores = [(store, 30 * day) for store in path.parent.glob("*.sqlite")]
    for other, kept in drafts + stores:
        with suppress(OSError):
            if not other.name.startswith(ours) and time() - other.stat().st_mtime > kept:
                other.unlink()


def _in_memory(
    layers: tuple[Layer, ...], files: tuple[_File, ...], progress: Progress | None
) -> sqlite3.Connection:
    from bclm_cli.store import _build

    store = sqlite3.connect(":memory:")
    _build.fill(store, layers, files, progress)
    return store


@contextmanager
def _only_builder(path: Path) -> Iterator[None]:
    """Let a second builder wait for the first, where the file system knows locks."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.with_suffix(".lock").open("w") as stream:
        with suppress(OSError):
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield
