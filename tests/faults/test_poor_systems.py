"""Little memory, few descriptors, no home, another user."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.faults import SECONDS, as_nobody, assert_honest, run
from support.program import Real

ASK = ("refs", "--fields", "key,title")
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may be another user")


@pytest.mark.parametrize("megabytes", [16, 20, 24, 28, 32, 40, 64])
@pytest.mark.parametrize("ask", [ASK, ("search", "neutrophil"), ("export", "-f", "hayagriva")])
def test_little_memory(real: Real, tmp_path: Path, ask: tuple[str, ...], megabytes: int) -> None:
    right = run(real, *ask)

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    if not python_starts(real, little):
        pytest.skip("not enough for Python itself")
    for env in ({}, {"XDG_CACHE_HOME": str(tmp_path / "cache")}):
        assert_honest(run(real, *ask, env=env, limit=little), right)
    assert run(real, *ask, env={"XDG_CACHE_HOME": str(tmp_path / "cache")}) == right


@pytest.mark.parametrize("descriptors", range(3, 12))
def test_few_descriptors(real: Real, tmp_path: Path, descriptors: int) -> None:
    right = run(real, *ASK)

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))

    if not python_starts(real, few):
        pytest.skip("not enough for Python itself")
    for env in ({}, {"XDG_CACHE_HOME": str(tmp_path / "cache")}):
        assert_honest(run(real, *ASK, env=env, limit=few), right)
    assert run(real, *ASK, env={"XDG_CACHE_HOME": str(tmp_path / "cache")}) == right


def python_starts(real: Real, limit: Callable[[], None]) -> bool:
    """Whether Python itself comes so far that a program could say anything."""
    started = subprocess.run(
        [sys.executable, "-c", "import bclm_cli.__main__, re, typing"],
        capture_output=True,
        env=real.environment(),
        preexec_fn=limit,
        timeout=SECONDS,
        check=False,
    )
    return started.returncode == 0


@pytest.mark.parametrize("home", [None, "", "/nonexistent", "/dev/null"])
def test_no_home(real: Real, tmp_path: Path, home: str | None) -> None:
    right = run(real, *ASK)
    env = {"HOME": home, "XDG_CACHE_HOME": None, "USERPROFILE": None}
    found = run(real, *ASK, env=env, cwd=tmp_path)
    assert (found.code, found.out) == (right.code, right.out)
    # said where reading takes more than a second
    assert re.fullmatch(r"(bclm: cannot write the cache \(.*\); each run .* anew\n)?", found.err)
    assert list(tmp_path.iterdir()) == []


@needs_root
def test_the_cache_of_another_user(real: Real, tmp_path: Path) -> None:
    """Root has filled the cache; somebody else runs with it, and may not write to it."""
    if not readable_by_all(Path(sys.executable)):
        pytest.skip("this Python is root's alone")
    right = run(real, *ASK)
    cache = tmp_path / "cache"
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_mode & 0o005 != 0o005:
            pytest.skip("the temporary folder is root's alone")
    run(real, *ASK, env={"XDG_CACHE_HOME": str(cache)})
    assert run(real, *ASK, env={"XDG_CACHE_HOME": str(cache)}, limit=as_nobody) == right
    shutil.rmtree(cache)
    cache.mkdir(mode=0o700)
    assert run(real, *ASK, env={"XDG_CACHE_HOME": str(cache)}, limit=as_nobody) == right


def readable_by_all(path: Path) -> bool:
    """Whether another user may come to this file."""
    return all(one.stat().st_mode & 0o005 == 0o005 for one in (path.resolve(), *path.parents))
