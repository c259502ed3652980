"""Little memory, few descriptors, no home, another user."""

from __future__ import annotations

import os
import resource
import shutil
import sys
from pathlib import Path

import pytest

from support.faults import as_nobody, assert_honest, run
from support.program import Real

ASK = ("refs", "--fields", "key,title")
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may be another user")


@pytest.mark.parametrize("megabytes", [12, 16, 20, 24, 28, 32, 36, 40, 48, 64])
@pytest.mark.parametrize("ask", [ASK, ("cite", "muller2001"), ("export", "-f", "hayagriva")])
def test_little_memory(real: Real, tmp_path: Path, ask: tuple[str, ...], megabytes: int) -> None:
    right = run(real, *ask)

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    for env in ({}, {"XDG_CACHE_HOME": str(tmp_path / "cache")}):
        found = run(real, *ask, env=env, limit=little)
        if not python_starts(real, little):
            continue
        assert_honest(found, right)
    assert run(real, *ask, env={"XDG_CACHE_HOME": str(tmp_path / "cache")}) == right


@pytest.mark.parametrize("descriptors", range(3, 16))
def test_few_descriptors(real: Real, tmp_path: Path, descriptors: int) -> None:
    right = run(real, *ASK)

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))

    for env in ({}, {"XDG_CACHE_HOME": str(tmp_path / "cache")}):
        if python_starts(real, few):
            assert_honest(run(real, *ASK, env=env, limit=few), right)
    assert run(real, *ASK, env={"XDG_CACHE_HOME": str(tmp_path / "cache")}) == right


def python_starts(real: Real, limit: object) -> bool:
    """Whether Python itself comes so far that a program could say anything."""
    python = Real(real.cache)
    python.command = (sys.executable, "-c")  # type: ignore[assignment]
    program = "import bclm_cli.__main__, typing, re"
    return run(python, program, limit=limit).code == 0  # type: ignore[arg-type]


@pytest.mark.parametrize("home", [None, "", "/nonexistent", "/dev/null"])
def test_no_home(real: Real, tmp_path: Path, home: str | None) -> None:
    right = run(real, *ASK)
    env = {"HOME": home, "XDG_CACHE_HOME": None, "USERPROFILE": None}
    assert run(real, *ASK, env=env, cwd=tmp_path) == right
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
