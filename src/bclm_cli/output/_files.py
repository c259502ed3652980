"""Files: written whole or not at all, or compared with what would be written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bclm_cli.errors import CannotError


def write(path: Path, chunks: Iterable[str] | Iterable[bytes]) -> bool:
    """See output.write_file."""
    try:
        target = path.resolve()
        if target.is_dir():
            raise CannotError(f"cannot write {path}: it is a folder")
        if target.exists() and not target.is_file():  # /dev/stdout, a named pipe
            with target.open("wb") as stream:
                stream.writelines(map(_encoded, chunks))
            return True
        with _draft(target) as (draft, stream):
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
        old = path.read_bytes() if path.exists() or path.is_symlink() else b""
    except OSError as error:
        raise CannotError(f"cannot read {path}: {error.strerror or error}") from None
    if old == new.encode("utf-8", "surrogateescape") and path.exists():
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
    return [*diff[:shown], "..."] if len(diff) > shown else diff


@contextmanager
def _draft(target: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A new file beside the target, gone again if it was not renamed to it."""
    draft = target.with_name(f".{target.name[:200]}.{os.getpid()}.draft")
    try:
        with draft.open("xb") as stream:
            yield draft, stream
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
