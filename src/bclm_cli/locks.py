"""Locks and drafts: several runs at once, and runs that were killed, on the same files.

A lock is the operating system's (flock, on Windows msvcrt.locking), so it ends with the process
that holds it, however that ends, and no lock is ever stale.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOCK_FILE = ".bclm.lock"
"""The file in a folder that stands for the folder where folders cannot be locked (Windows, NFS)."""
POLL = 0.05
"""Seconds between two attempts to take a lock."""
DAY = 24 * 60 * 60


@contextmanager
def held(
    path: Path, patience: float, waiting: Callable[[], object] = lambda: None
) -> Iterator[bool]:
    """Hold the lock of a folder or of a lock file, which is made if it is not there.

    False if another process kept it for `patience` seconds; `waiting` is called now and then
    meanwhile. True also where the file system has no locks.
    """
    lock = None
    try:
        for place in (path, path / LOCK_FILE) if path.is_dir() else (path,):
            with suppress(OSError):
                lock = _open(place)
                taken = _take(lock, patience, waiting)
                break
        else:
            taken = True
        yield taken
    finally:
        if lock is not None:
            os.close(lock)


@contextmanager
def draft(target: Path, mode: int = 0o666) -> Iterator[Path]:
    """A new, empty file beside the target with this mode, gone at the end if it was not renamed.

    It is locked while its writer lives. Drafts of writers that were killed are swept before.
    """
    sweep(target.parent)
    short = target.name.encode("utf-8", "surrogateescape")[:200].decode("utf-8", "ignore")
    while True:
        path = target.with_name(f".{short}.{os.urandom(6).hex()}.draft")
        path.touch(mode, exist_ok=False)
        lock = _open(path) if _LOCKS_DRAFTS else None
        if lock is None or _hold_draft(lock):
            break
        os.close(lock)  # another run took it for one of a killed writer, and sweeps it
    try:
        yield path
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        if lock is not None:
            os.close(lock)


def sweep(folder: Path) -> None:
    """Remove the drafts in a folder whose writers are gone."""
    for path in folder.glob(".*.draft"):
        with suppress(OSError):
            if _DRAFT.fullmatch(path.name) and _abandoned(path):
                path.unlink()


_DRAFT = re.compile(r"\..+\.[0-9a-f]{12}\.draft", re.DOTALL)

if sys.platform == "win32":
    import msvcrt

    _LOCKS_DRAFTS = False  # no file that is open can be removed there
    _SPECIAL = 0

    def _lock(file: int) -> None:
        """Take the lock, or raise OSError at once."""
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(error.errno, error.strerror) from None
else:
    import fcntl

    _LOCKS_DRAFTS = True
    _SPECIAL = os.O_NONBLOCK  # opening a named pipe would wait for its other end

    def _lock(file: int) -> None:
        """Take the lock, or raise OSError at once."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _open(path: Path) -> int:
    """A descriptor of a folder or of a file, which is made if it is not there."""
    if path.is_dir():
        return os.open(path, os.O_RDONLY)
    return os.open(path, os.O_RDWR | os.O_CREAT | _SPECIAL, 0o666)


def _take(lock: int, patience: float, waiting: Callable[[], object]) -> bool:
    """Whether the lock could be taken in time. Raises OSError where there are no locks."""
    until = time.monotonic() + patience
    while True:
        try:
            _lock(lock)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            waiting()
            time.sleep(POLL)
        else:
            return True


def _hold_draft(lock: int) -> bool:
    """Lock a draft of our own; False if somebody is about to remove it, or has done so."""
    try:
        _lock(lock)
    except BlockingIOError:
        return False
    except OSError:  # no locks here: its age keeps it
        return True
    return os.fstat(lock).st_nlink > 0


def _abandoned(path: Path) -> bool:
    """Whether nobody writes to a draft: nobody has locked it, or without locks, it is a day old."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        return False
    if not _LOCKS_DRAFTS:
        return True
    file = os.open(path, os.O_RDONLY | _SPECIAL)
    try:
        _lock(file)
    except BlockingIOError:
        return False
    except OSError:
        return time.time() - status.st_mtime > DAY
    finally:
        os.close(file)
    return True
