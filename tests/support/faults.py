"""Runs of the program in trouble: limits, signals, another user; and what an honest end is."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.program import Real, Result

SECONDS = 120
"""After so many a run hangs; the machine may be busy with other tests."""
NOBODY = 65534
"""The user without rights on Linux."""


def run(
    real: Real,
    *arguments: str,
    env: Mapping[str, str | None] = {},
    limit: Callable[[], None] | None = None,
    stdout: int = subprocess.PIPE,
    cwd: Path | None = None,
) -> Result:
    """One run; `limit` is called in its process before the program starts. A run that hangs fails
    the test."""
    done = subprocess.run(
        [*real.command, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=real.environment(**env),
        preexec_fn=limit,
        cwd=cwd,
        timeout=SECONDS,
        check=False,
    )
    return Result(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())


def started(
    real: Real, *arguments: str, env: Mapping[str, str | None] = {}, cwd: Path | None = None
) -> subprocess.Popen[bytes]:
    """A run that goes on."""
    return subprocess.Popen(
        [*real.command, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=real.environment(**env),
        cwd=cwd,
    )


def assert_honest(found: Result, right: Result) -> None:
    """The right answer, or no answer with an exit code (3 for data that cannot be read, 4) and a
    reason; never a traceback."""
    if found.code == right.code:
        assert found.out == right.out
    else:
        assert found.code in (3, 4), found
        assert right.out.startswith(found.out)
    lines = found.err.splitlines()
    assert all(line.startswith(("bclm: ", "hint: ")) for line in lines), found.err
    assert found.code == 0 or lines, found


def as_nobody() -> None:
    """Let the process at hand be another user's; for `limit`, where the tests are root's."""
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """An empty disk of that size (`1m`) in that folder. Skips the test where there can be none."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
