"""The client over real HTTP: rates, patience, limits, and servers that misbehave."""

from __future__ import annotations

import gzip
import socket
import subprocess
import time
from email.utils import formatdate
from pathlib import Path

import pytest

from bclm_cli import __version__
from bclm_cli.errors import ServiceError, UsageError
from bclm_cli.online import client, rates, services
from bclm_cli.online.client import Client, in_path, read_json
from support.replay import Replay, Reply, Request, as_json
from support.tools import needs

pytestmark = pytest.mark.slow

ONE = "/works/10.1371/journal.pone.0033693"


def ask(http: Client, path: str = ONE, *, listed: bool = False) -> client.Answer:
    return http.get(services.crossref(), path, listed=listed)


def always(*replies: Reply) -> object:
    """A fault that gives these replies in turn, the last one for ever."""
    left = list(replies)
    return lambda request: left.pop(0) if len(left) > 1 else left[0]


def failing(replay: Replay, *replies: Reply) -> None:
    replay.faults.append(always(*replies))  # type: ignore[arg-type]


def error_of(http: Client, path: str = ONE) -> str:
    with pytest.raises(ServiceError) as caught:
        ask(http, path)
    return str(caught.value)


def test_a_record_is_fetched(replay: Replay, http: Client) -> None:
    answer = ask(http)
    assert answer.status == 200
    assert (
        read_json(answer, services.crossref())["message"]["DOI"] == "10.1371/journal.pone.0033693"
    )
    (request,) = replay.log
    assert (request.service, request.path, request.params) == ("crossref", ONE, {})
    assert request.headers["user-agent"] == f"bclm/{__version__}"
    assert request.headers["accept"] == "application/json"


def test_who_asks_is_said(replay: Replay, http: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BCLM_EMAIL", "someone@example.org")
    monkeypatch.setenv("NCBI_API_KEY", "abc123")
    ask(http)
    http.get(services.pubmed(), "/efetch.fcgi", {"id": "9997"})
    http.get(services.id_converter(), "", {"ids": "PMC1"})
    assert [request.params for request in replay.log] == [
        {"mailto": "someone@example.org"},
        {"id": "9997", "tool": "bclm", "email": "someone@example.org", "api_key": "abc123"},
        {"ids": "PMC1", "tool": "bclm", "email": "someone@example.org"},
    ]
    assert replay.log[0].headers["user-agent"] == (
        f"bclm/{__version__} (mailto:someone@example.org)"
    )


@pytest.mark.parametrize("email", ["someone", "a b@c.de", "a@b.c\r\nX: y", "ä@example.org"])
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, email: str) -> None:
    monkeypatch.setenv("BCLM_EMAIL", email)
    with pytest.raises(UsageError, match="BCLM_EMAIL is"):
        services.crossref()


def test_a_key_that_is_none_is_refused_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NCBI_API_KEY", "a&b=c")
    with pytest.raises(UsageError, match="NCBI_API_KEY holds characters that no key has"):
        services.pubmed()


@pytest.mark.parametrize(
    "url", ["api.crossref.org", "file:///etc/passwd", "http://", "http://[", "https://x/?q=1"]
)
def test_a_base_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("BCLM_CROSSREF_URL", url)
    with pytest.raises(UsageError, match="BCLM_CROSSREF_URL is"):
        services.crossref()


@pytest.mark.parametrize(
    ("identifier", "part"),
    [
        ("10.1000/xyz", "10.1000/xyz"),
        ("10.1002/(SICI)1<5::A>;#%é", "10.1002/%28SICI%291%3C5%3A%3AA%3E%3B%23%25%C3%A9"),
        ("10.1000/../x", "10.1000%2F..%2Fx"),
        ("10.1000//x", "10.1000%2F%2Fx"),
    ],
)  # fmt: skip
def test_an_identifier_becomes_a_part_of_an_address(identifier: str, part: str) -> None:
    assert in_path(identifier) == part


def test_a_doi_with_every_sign_arrives_whole(replay: Replay, http: Client) -> None:
    doi = "10.1002/(sici)1097<1::aid-x>3.0.co;2-#%25é,+?"
    assert ask(http, f"/works/{in_path(doi)}").status == 404
    assert replay.log[0].path == f"/works/{doi}"


def test_not_there_is_an_answer(replay: Replay, http: Client) -> None:
    answer = ask(http, "/works/10.1371/notarealdoi")
    assert (answer.status, answer.body) == (404, b"Resource not found.")


def test_a_refusal_is_reported(replay: Replay, http: Client) -> None:
    failing(replay, Reply(403, b"no", "text/plain"))
    assert error_of(http) == "Crossref refuses the request (HTTP 403)"
    assert len(replay.log) == 1


def test_offline_nothing_is_asked(
    replay: Replay, http: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BCLM_OFFLINE", "1")
    assert error_of(http) == "BCLM_OFFLINE forbids the network"
    assert replay.log == []


def test_requests_are_spaced_as_documented(
    replay: Replay, http: Client, waits: list[float]
) -> None:
    replay.rates = {}
    for _ in range(3):
        ask(http)
    assert waits == pytest.approx([0.2, 0.2])


def test_a_named_rate_is_heeded(replay: Replay, http: Client, waits: list[float]) -> None:
    replay.rates = {"x-rate-limit-limit": "2", "x-rate-limit-interval": "1s"}
    ask(http)
    ask(http)
    ask(http)
    assert waits == pytest.approx([0.2, 0.5])  # the first wait is of before the rate was known


def test_lists_are_never_asked_for_faster_than_documented(
    replay: Replay, http: Client, waits: list[float]
) -> None:
    replay.rates = {"x-rate-limit-limit": "50", "x-rate-limit-interval": "1s"}
    for _ in range(2):
        ask(http, "/works?filter=doi:10.1/x", listed=True)
        ask(http)
    assert waits == pytest.approx([1.0])  # which is time enough for single records


@pytest.mark.parametrize("limit", ["", "abc", "0", "-3", "1e9", "9" * 400])
@pytest.mark.parametrize("interval", ["", "s", "0s", "-1s", "nan", "inf", "1000000s"])
def test_a_senseless_rate_is_passed_over(limit: str, interval: str) -> None:
    pace = rates.Pace(5)
    pace.heed({"x-rate-limit-limit": limit, "x-rate-limit-interval": interval})
    assert pace.interval == 0.2


def test_retry_after_is_obeyed(replay: Replay, http: Client, waits: list[float]) -> None:
    ok = as_json({"message": {}})
    failing(replay, Reply(429, b"", headers={"retry-after": "7"}), ok)
    assert ask(http).status == 200
    assert 7.0 in waits
    assert len(replay.log) == 2


def test_retry_after_may_be_a_date(replay: Replay, http: Client, waits: list[float]) -> None:
    later = formatdate(time.time() + 30, usegmt=True)
    failing(replay, Reply(503, b"", headers={"retry-after": later}), as_json({}))
    assert ask(http).status == 200
    assert any(27 < wait <= 30 for wait in waits)


@pytest.mark.parametrize("value", [None, "", "soon", "-1", "Fri, 99 Foo 2026", "9" * 30])
def test_a_senseless_retry_after_says_nothing(value: str | None) -> None:
    assert rates.retry_after(value) is None


def test_without_retry_after_the_waits_double(
    replay: Replay, http: Client, waits: list[float]
) -> None:
    failing(replay, Reply(429, b""))
    assert error_of(http) == "Crossref cannot be asked: HTTP 429"
    assert [wait for wait in waits if wait >= 1] == [1.0, 2.0, 4.0, 8.0]
    assert len(replay.log) == 5


def test_a_broken_service_is_given_up_and_left_alone(
    replay: Replay, http: Client, waits: list[float]
) -> None:
    failing(replay, Reply(500, b"<html>"))
    assert error_of(http) == "Crossref cannot be asked: HTTP 500"
    assert len(replay.log) == 5
    assert error_of(http) == "Crossref cannot be asked: HTTP 500"
    assert len(replay.log) == 5


def test_who_asks_to_wait_for_an_hour_is_given_up(
    replay: Replay, http: Client, waits: list[float]
) -> None:
    failing(replay, Reply(429, b"", headers={"retry-after": "3600"}))
    assert error_of(http) == (
        "Crossref cannot be asked: HTTP 429, and it asks to wait 3600 seconds"
    )
    assert len(replay.log) == 1


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(200, b"<html>Down for maintenance</html>", "text/html; charset=utf-8"),
         "Crossref answers with no JSON that can be read (text/html)"),
        (Reply(200, b'{"message": {"DOI": "10.1'),
         "Crossref answers with no JSON that can be read (application/json)"),
        (Reply(200, b"[" * 100_000),
         "Crossref answers with no JSON that can be read (application/json)"),
        (Reply(200, b"", ""),
         "Crossref answers with no JSON that can be read (nothing that is named)"),
    ],
    ids=["html", "cut JSON", "deep JSON", "empty"],
)  # fmt: skip
def test_what_is_no_json_is_reported(replay: Replay, http: Client, reply: Reply, said: str) -> None:
    failing(replay, reply)
    with pytest.raises(ServiceError) as caught:
        read_json(ask(http), services.crossref())
    assert str(caught.value) == said


def test_an_answer_that_breaks_off_is_asked_for_again(
    replay: Replay, http: Client, waits: list[float]
) -> None:
    failing(replay, Reply(200, b'{"message": {}}', cut=5), as_json({"message": {}}))
    assert ask(http).body == b'{"message": {}}'
    assert len(replay.log) == 2


def test_a_trickle_is_given_up(
    replay: Replay, http: Client, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "TOTAL_TIMEOUT", 0.1)
    failing(replay, Reply(200, b"x" * 1000, slow=0.02))
    assert error_of(http) == "Crossref cannot be asked: localhost is too slow"
    assert len(replay.log) == 3


def test_silence_is_given_up(
    replay: Replay, http: Client, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "READ_TIMEOUT", 0.05)
    failing(replay, Reply(200, b"x" * 10, slow=0.3))
    assert error_of(http) == "Crossref cannot be asked: localhost is too slow"


def test_too_much_is_refused(replay: Replay, http: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(replay, Reply(200, b"x" * 50_000_000, "text/xml"))
    assert error_of(http) == "localhost sends more than 32 million bytes"


def test_a_small_answer_that_unpacks_to_much_is_refused(replay: Replay, http: Client) -> None:
    bomb = gzip.compress(b"0" * 60_000_000)
    failing(replay, Reply(200, bomb, headers={"content-encoding": "gzip"}))
    assert error_of(http) == "localhost sends more than 32 million bytes"


def test_a_redirect_is_followed(replay: Replay, http: Client) -> None:
    failing(replay, Reply(302, b"", headers={"location": "/crossref/elsewhere"}), as_json({}))
    assert ask(http).body == b"{}"
    assert [request.path for request in replay.log] == [ONE, "/elsewhere"]


def test_a_redirect_in_a_circle_ends(replay: Replay, http: Client) -> None:
    failing(replay, Reply(301, b"", headers={"location": ONE}))
    assert error_of(http) == "localhost redirects in a circle"
    assert len(replay.log) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd?key=1", "ftp://localhost/x", "http://["])
def test_a_redirect_out_of_http_is_refused(replay: Replay, http: Client, target: str) -> None:
    failing(replay, Reply(302, b"", headers={"location": target}))
    shown = target.partition("?")[0]
    assert error_of(http) == f"localhost redirects to {shown!r}, which is not followed"
    assert len(replay.log) == 1


@needs("openssl")
def test_tls_is_checked_and_never_left(
    tmp_path: Path,
    settings: None,
    http: Client,
    waits: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key,
         "-out", certificate, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    with Replay().recorded().running((certificate, key)) as server:
        monkeypatch.setenv("BCLM_CROSSREF_URL", server.environment()["BCLM_CROSSREF_URL"])
        assert "CERTIFICATE_VERIFY_FAILED" in error_of(http)
        for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            with monkeypatch.context() as patch:
                patch.setenv(name, str(certificate))
                trusting = Client()
                assert ask(trusting).status == 200
                server.faults = [lambda r: Reply(302, headers={"location": "http://localhost/x"})]
                assert error_of(trusting) == (
                    "localhost redirects to 'http://localhost/x', which is not followed"
                )
                server.faults = []
                trusting.close()


def test_a_certificate_file_that_is_not_there_is_reported(
    replay: Replay, http: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    assert error_of(http).startswith("the network is not set up: ")


def test_a_proxy_is_used(replay: Replay, http: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", replay.url)
    monkeypatch.setenv("BCLM_CROSSREF_URL", "http://api.invalid/crossref")
    failing(replay, as_json({"seen": True}))
    assert ask(http).body == b'{"seen": true}'
    assert replay.log[0].headers["host"] == "api.invalid"


def test_no_network_is_told_soon(
    replay: Replay, http: Client, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_name(*arguments: object, **more: object) -> object:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", no_name)
    assert error_of(http) == (
        "Crossref cannot be asked: no connection to localhost"
        " (Temporary failure in name resolution)"
    )
    assert [wait for wait in waits if wait >= 1] == [1.0]


def test_a_closed_port_is_reported(
    settings: None, http: Client, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("BCLM_CROSSREF_URL", f"http://127.0.0.1:{free.getsockname()[1]}")
        assert error_of(http).startswith("Crossref cannot be asked: no connection to 127.0.0.1 (")


def test_connections_are_used_again(replay: Replay, http: Client) -> None:
    ports: list[str] = []

    def note(request: Request) -> None:
        ports.append(request.headers.get("connection", ""))

    replay.faults.append(note)
    ask(http)
    ask(http)
    assert ports == ["keep-alive", "keep-alive"]
    assert len(replay.peers) == 1


def test_who_watches_hears_of_each_new_attempt(replay: Replay, waits: list[float]) -> None:
    heard: list[str] = []
    failing(replay, Reply(429), Reply(503, headers={"retry-after": "7"}), as_json({}))
    watched = Client(heard.append)
    ask(watched)
    watched.close()
    assert heard == [
        "Crossref: HTTP 429; asking again in 1 s",
        "Crossref: HTTP 503; asking again in 7 s",
    ]
