"""What the tests share: the program on the small frozen data, and on the shipped data."""

from __future__ import annotations

from pathlib import Path

import pytest

from bclm_cli import paths
from support.program import SMALL, Program, Real


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests of a worker that do not look into it."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, cache: Path) -> Program:
    """bclm as if it shipped with the small frozen data."""
    return Program(monkeypatch, cache, SMALL)


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch, cache: Path) -> Program:
    """bclm with the data that it ships with."""
    return Program(monkeypatch, cache, paths.data())


@pytest.fixture
def real(cache: Path) -> Real:
    """The real program in a process of its own, on the shipped data."""
    return Real(cache)
