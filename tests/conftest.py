"""What the tests share: the program on the small frozen data, and on the shipped data."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bclm_cli import paths
from bclm_cli.online import client, rates
from support.program import SMALL, Program, Real
from support.replay import Replay

SETTINGS = (
    "BCLM_EMAIL", "NCBI_API_KEY", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy",
    "https_proxy", "all_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
)  # fmt: skip


# A shell's background job ignores SIGINT, under nohup SIGHUP, and its children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

# No test asserts a time: a loaded machine is no fault of the program.
settings.register_profile("bclm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("bclm")


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


@pytest.fixture
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
def online(
    replay: Replay, waits: list[float], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Program:
    """bclm on the small frozen data, the replayed services, and a cache that is empty."""
    return Program(monkeypatch, tmp_path / "cache", SMALL)
