"""Files: written whole or not at all, or compared with what would be written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bclm_cli.errors import CannotError


def write(path: Path, chunks: Iterable[str] | Iterable[bytes]) -> bool:
    """See output.write_file."""
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise CannotError(f"cannot write {path}: it is a folder")
        if target.is_symlink():
            raise CannotError(f"cannot write {path}: its links lead in a circle")
        if target.exists() and not target.is_file():  # /dev/stdout, a named pipe
            with target.open("wb") as stream:
                stream.writelines(map(_encoded, chunks))
            return True
        with _draft(target) as draft:
            with draft.open("wb") as stream:  # closed before it is renamed: Windows asks for that
                stream.writelines(map(_encoded, chunks))
                stream.flush()
                os.fsync(stream.fileno())
            if _same(draft, target):
                return False
            if target.exists():
                draft.chmod(target.stat().st_mode & 0o7777)
            draft.replace(target)
            return True
    except OSError as error:
        raise CannotError(f"cannot write {path}: {error.strerror or error}") from None


def difference(path: Path, chunks: Iterable[str], shown: int) -> list[str]:
    """See output.difference."""
    new = "".join(chunks)
    try:
        there = path.exists()
        old = path.read_bytes() if there or path.is_symlink() else b""
    except OSError as error:
        raise CannotError(f"cannot read {path}: {error.strerror or error}") from None
    if there and old == _encoded(new):
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
        return [f"{path} {_unseen(old, _encoded(new)) if there else 'is not there'}"]
    return [*diff[:shown], "..."] if len(diff) > shown else diff


def _unseen(old: bytes, new: bytes) -> str:
    """What differs where the lines do not."""
    ends = old.splitlines() == new.splitlines()  # of bytes: at \n, \r and \r\n alone
    return "differs in the ends of its lines" if ends else "differs in bytes that no line shows"


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """A new, empty file beside the target, gone again if it was not renamed to it."""
    short = target.name.encode("utf-8", "surrogateescape")[:200].decode("utf-8", "ignore")
    draft = target.with_name(f".{short}.{os.urandom(6).hex()}.draft")
    draft.touch(exist_ok=False)
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _encoded(chunk: str | bytes) -> bytes:
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
