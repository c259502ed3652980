"""What the tests of `online` share: a client, and a cache of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bclm_cli.online.cache import Cache
from bclm_cli.online.client import Client


@pytest.fixture
def http() -> Iterator[Client]:
    """A client that is closed again."""
    opened = Client()
    yield opened
    opened.close()


@pytest.fixture
def answers(tmp_path: Path) -> Iterator[Cache]:
    """An empty cache of answers."""
    opened = Cache(tmp_path / "answers.sqlite")
    yield opened
    opened.close()
