"""What the tests of `online` share: the replay server, and a client that does not wait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bclm_cli.online import client, rates
from bclm_cli.online.cache import Cache
from bclm_cli.online.client import Client
from support.replay import Replay

SETTINGS = (
    "BCLM_EMAIL", "NCBI_API_KEY", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy",
    "https_proxy", "all_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
)  # fmt: skip


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of what the machine says about networks."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def replay(settings: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    """The services with all recorded answers, and the variables that lead to them."""
    with Replay().recorded().running() as server:
        for name, value in server.environment().items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds for which the client would have slept, on a clock that only its sleep moves."""
    waited: list[float] = []
    monkeypatch.setattr(client, "sleep", waited.append)
    monkeypatch.setattr(rates, "clock", lambda: sum(waited))
    monkeypatch.setattr(client, "_backoff", lambda attempt: 2.0 ** (attempt - 1))
    return waited


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
