"""Locks and drafts: who holds one, what ends it, which drafts are swept."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bclm_cli import locks


def test_a_second_holder_waits_for_its_patience(tmp_path: Path) -> None:
    times = 0

    def waiting() -> None:
        nonlocal times
        times += 1

    with locks.held(tmp_path, 1) as first:
        with locks.held(tmp_path, 0.2, waiting) as second:
            assert (first, second) == (True, False)
        assert 1 <= times <= 5
    with locks.held(tmp_path, 0) as third:
        assert third is True
    assert list(tmp_path.iterdir()) == []  # a folder is locked itself


def test_where_folders_have_no_locks_a_file_in_them_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock = fcntl.flock

    def files_only(file: int, how: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{file}"):  # noqa: PTH112
            raise OSError(errno.EBADF, "Bad file descriptor")
        flock(file, how)

    monkeypatch.setattr(fcntl, "flock", files_only)
    with locks.held(tmp_path, 0) as first, locks.held(tmp_path, 0) as second:
        assert (first, second) == (True, False)
    assert [path.name for path in tmp_path.iterdir()] == [locks.LOCK_FILE]


def test_where_nothing_has_locks_nobody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with locks.held(tmp_path, 9) as first, locks.held(tmp_path, 9) as second:
        assert (first, second) == (True, True)
    young, old = (tmp_path / f".x.{letter * 12}.draft" for letter in "ab")
    for path, days in ((young, 0.5), (old, 2)):
        path.touch()
        os.utime(path, (time.time() - days * locks.DAY,) * 2)
    locks.sweep(tmp_path)
    assert (young.exists(), old.exists()) == (True, False)


def test_a_pipe_in_the_place_of_a_lock_file_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lock")
    with locks.held(tmp_path / "lock", 1) as held:
        assert held is True


def test_a_lock_file_that_cannot_be_made_is_no_lock(tmp_path: Path) -> None:
    with locks.held(tmp_path / "nowhere" / "lock", 9) as held:
        assert held is True


def test_the_draft_of_a_living_writer_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    with locks.draft(target) as first:
        first.write_text("first\n")
        with locks.draft(target) as second:
            assert first.read_text() == "first\n"
            second.replace(target)
        first.replace(target)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"out.txt": "first\n"}


def test_the_draft_of_a_killed_writer_is_swept_by_the_next(tmp_path: Path) -> None:
    script = (
        "import os, sys, pathlib; from bclm_cli import locks\n"
        "with locks.draft(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "one.txt")],
        env=os.environ | {"PYTHONPATH": str(Path(locks.__file__).parents[1])},
        check=False,
    )
    [left] = tmp_path.iterdir()
    assert left.name.startswith(".one.txt.")
    with locks.draft(tmp_path / "two.txt"):
        assert not left.exists()


@pytest.mark.parametrize(
    "name", [".draft", ".out.txt.draft", ".out.txt.0123456789az.draft", "out.0123456789ab.draft"]
)
def test_what_is_no_draft_of_ours_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine\n")
    (tmp_path / ".x.0123456789ab.draft").mkdir()
    locks.sweep(tmp_path)
    assert (tmp_path / name).read_text() == "mine\n"
    assert (tmp_path / ".x.0123456789ab.draft").is_dir()
