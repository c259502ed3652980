"""The outer ring: minutes, not seconds; `make check-all` and CI run it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.program import Real
from support.tools import load_script


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def labs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folders named after the number of their papers, each with two claims on it."""
    return tmp_path_factory.mktemp("labs")


@pytest.fixture
def lab(labs: Path, request: pytest.FixtureRequest) -> Path:
    """A data folder of as many papers as the test is parametrized with (2,000 by default)."""
    count = getattr(request, "param", 2_000)
    folder = labs / str(count)
    if not folder.exists():
        load_script("benchmarks/library.py").write(folder, count)
    return folder


@pytest.fixture
def alone(tmp_path: Path) -> Real:
    """The program with a cache that no other test uses."""
    return Real(tmp_path / "cache")
