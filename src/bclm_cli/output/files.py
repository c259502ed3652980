"""Files: written whole or not at all, or compared with what would be written."""

from __future__ import annotations

import os
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import EllipsisType

from bclm_cli import locks
from bclm_cli.errors import CannotError

PATIENCE = 300
"""Seconds to wait for another writer, which may have been stopped."""


def write(
    path: Path,
    chunks: Iterable[str] | Iterable[bytes],
    tell: Callable[[str], None],
    before: bytes | EllipsisType | None = ...,
    replacing: Callable[[], None] | None = None,
) -> bool:
    """See output.write_file and output.rewrite_file, which gives what the file held `before`."""
    try:
        path.parent.stat()  # "x/../a.bib" is a.bib to realpath, also without any x
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise CannotError(f"cannot write {path}: it is a folder")
        if target.is_symlink():
            raise CannotError(f"cannot write {path}: its links lead in a circle")
        # of the path itself: where /dev/stdout is a pipe, its link leads to no name
        there = path.stat() if path.exists() else None
        if there and not stat.S_ISREG(there.st_mode):
            with announced_pipes([path], "reads", tell), path.open("wb") as stream:
                stream.writelines(map(encoded, chunks))
            return True
        with locks.draft(target, 0o600 if there else 0o666) as draft:
            lost = _keep(draft, there) if there else []
            with draft.open("wb") as stream:  # closed before it is renamed: Windows asks for that
                stream.writelines(map(encoded, chunks))
                stream.flush()
                os.fsync(stream.fileno())
            same = _same(draft, target)
            if before is not ... and before != _content(target):
                raise CannotError(
                    f"{path} was changed by another program meanwhile; nothing was written",
                    "the same command again takes the file as it is now",
                )
            if same:
                return False
            if there and not there.st_mode & 0o222:  # which a folder that can be written hides
                raise CannotError(f"cannot write {path}: it is read-only", f"chmod u+w {path}")
            if there and replacing:
                replacing()
            draft.replace(target)
        for what in lost:
            tell(f"{path} {what}")
        return True
    except OSError as error:
        raise CannotError(f"cannot write {path}: {error.strerror or error}") from None


@contextmanager
def announced_pipes(
    paths: Iterable[Path], does: str, tell: Callable[[str], None]
) -> Iterator[None]:
    """Tell, if what happens meanwhile takes more than a second, of named pipes among these files:
    opening one waits for a program that `does` what this one does not (reads, writes)."""
    pipes = [str(path) for path in paths if path.is_fifo()]
    if not pipes:
        yield
        return
    what = f"waiting for a program that {does} the pipe {', '.join(pipes)}"
    timer = threading.Timer(1, tell, [what])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def turn(path: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """See output.turn."""
    folder = Path(os.path.realpath(path)).parent
    if not folder.is_dir():  # where a lock would make a file of its name
        raise CannotError(f"cannot write {path}: there is no folder {folder}")
    start, said = time.monotonic(), False

    def waiting() -> None:
        nonlocal said
        if not said and time.monotonic() - start > 1:
            said = True
            tell(f"waiting for another bclm, which writes in {folder}")

    with locks.held(folder, PATIENCE, waiting) as alone:
        if not alone:
            raise CannotError(
                f"another bclm has been writing in {folder} for {PATIENCE} seconds",
                "nothing was written; is one stopped?",
            )
        yield


def difference(path: Path, chunks: Iterable[str], shown: int) -> list[str]:
    """See output.difference."""
    new = "".join(chunks)
    try:
        there = path.exists()
        if there and not path.is_file():
            raise CannotError(f"cannot read {path}: not a regular file")
        old = path.read_bytes() if there or path.is_symlink() else b""
    except OSError as error:
        raise CannotError(f"cannot read {path}: {error.strerror or error}") from None
    if there and old == encoded(new):
        return []
    from difflib import unified_diff

    before, after = old.decode("utf-8", "replace").splitlines(), new.splitlines()
    same = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    # what follows the first change is compared no further than it is shown: difflib is quadratic
    window = slice(max(0, same - 3), same + 10 * shown)
    lines = unified_diff(
        before[window],
        after[window],
        f"{path} (as it is)",
        f"{path} (as it should be)",
        lineterm="",
    )
    diff = [line for line in lines if not line.startswith("@@")]
    if not diff:
        return [f"{path} {_unseen(old, encoded(new)) if there else 'is not there'}"]
    return [*diff[:shown], "..."] if len(diff) > shown else diff


def _unseen(old: bytes, new: bytes) -> str:
    """What differs where the lines do not."""
    ends = old.splitlines() == new.splitlines()  # of bytes: at \n, \r and \r\n alone
    return "differs in the ends of its lines" if ends else "differs in bytes that no line shows"


def _keep(draft: Path, there: os.stat_result) -> list[str]:
    """Give a draft the owner and the mode of the file that it will replace, before anything is in
    it; what cannot be kept."""
    lost = []
    ours = draft.stat()
    if sys.platform != "win32":
        for name, old, new, owner in (
            ("owner", ours.st_uid, there.st_uid, (there.st_uid, -1)),
            ("group", ours.st_gid, there.st_gid, (-1, there.st_gid)),
        ):
            try:
                if old != new:
                    os.chown(draft, *owner)
            except OSError:  # only root may give a file away
                lost.append(f"has another {name} now: {new} could not be kept")
    draft.chmod(stat.S_IMODE(there.st_mode))
    if there.st_nlink > 1:
        lost.append(
            f"is a file of its own now; {there.st_nlink - 1} more of its names (hard links)"
            " keep what it was"
        )
    return lost


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def encoded(chunk: str | bytes) -> bytes:
    return chunk.encode("utf-8", "surrogateescape") if isinstance(chunk, str) else chunk


def _same(one: Path, other: Path) -> bool:
    try:
        if one.stat().st_size != other.stat().st_size:
            return False
        with one.open("rb") as left, other.open("rb") as right:
            while block := left.read(1 << 20):
                if block != right.read(1 << 20):
                    return False
        return True
    except OSError:
        return False
