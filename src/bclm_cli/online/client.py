"""HTTP as a good guest: paced, patient with busy services, wary of what comes back."""

from __future__ import annotations

import json
import os
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from bclm_cli.errors import ServiceError
from bclm_cli.online import services
from bclm_cli.online.rates import Pace, retry_after
from bclm_cli.online.services import Service

if TYPE_CHECKING:
    import httpx

CONNECT_TIMEOUT, READ_TIMEOUT = 10.0, 30.0
TOTAL_TIMEOUT = 120.0
"""Seconds for one whole answer: a server that sends a byte now and then is given up too."""
MAX_BYTES = 32_000_000
"""Bytes of one answer, unpacked; two hundred records of PubMed have 2 to 10 million."""
MAX_REDIRECTS = 5
ATTEMPTS = 5
UNREACHED = 2
"""Attempts where there is no connection at all, as on a machine without a network."""
SLOW = 3
"""Attempts where a service takes longer than a timeout."""
BACKOFF = 1.0
"""Seconds after the first attempt; doubled after each one that follows."""
MAX_WAIT = 60.0
"""Most seconds that a `Retry-After` is obeyed; a service that asks for more is given up."""
BUSY = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

sleep = time.sleep


class Answer(NamedTuple):
    """What a service answered: its status (200, or one that the caller expects) and its body."""

    status: int
    body: bytes
    content_type: str


class _BusyError(Exception):
    """No answer this time, at most `attempts` times; `wait` is the seconds that the service asks
    for, if it does."""

    def __init__(self, what: str, wait: float | None = None, attempts: int = ATTEMPTS) -> None:
        super().__init__(what)
        self.wait, self.attempts = wait, attempts


class Client:
    """Asks services, one request at a time. A service that was given up is not asked again.

    `retrying` is told why and when a request will be made again.
    """

    def __init__(self, retrying: Callable[[str], None] = lambda what: None) -> None:
        self._retrying = retrying
        self._paces: dict[tuple[str, bool], Pace] = {}
        self._given_up: dict[str, ServiceError] = {}
        self._http: httpx.Client | None = None

    def get(
        self,
        service: Service,
        path: str,
        params: Mapping[str, str] = {},
        *,
        accept: str = "application/json",
        listed: bool = False,
        expected: frozenset[int] = frozenset({404}),
    ) -> Answer:
        """Ask for `path` below the service's address; `listed` asks for a list of records.

        Statuses of `expected` are answers; after any other but 200, after a redirect that must
        not be followed, or when no answer comes, raises ServiceError.
        """
        services.check_allowed()
        if service.name in self._given_up:
            raise self._given_up[service.name]
        url = service.base.rstrip("/") + path
        pace = self._pace(service, listed=listed)
        for attempt in range(1, ATTEMPTS + 1):
            pace.wait(sleep)
            try:
                answer = self._follow(url, {**params, **dict(service.params)}, accept, pace)
            except _BusyError as busy:
                problem = str(busy)
                wait = busy.wait if busy.wait is not None else _backoff(attempt)
                if wait > MAX_WAIT:
                    problem += f", and it asks to wait {wait:.0f} seconds"
                    break
                if attempt >= busy.attempts:
                    break
                self._retrying(f"{service.name}: {problem}; asking again in {wait:.0f} s")
                sleep(wait)
                continue
            if answer.status == 200 or answer.status in expected:
                return answer
            raise ServiceError(f"{service.name} refuses the request (HTTP {answer.status})")
        error = ServiceError(f"{service.name} cannot be asked: {problem}", "try again later")
        self._given_up[service.name] = error
        raise error

    def close(self) -> None:
        """Let the connections go."""
        if self._http is not None:
            self._http.close()
            self._http = None

    def _pace(self, service: Service, *, listed: bool) -> Pace:
        rate = service.listed if listed else service.single
        return self._paces.setdefault(
            (service.name, listed), Pace(rate, ceiling=rate if listed else None)
        )

    def _follow(self, url: str, params: Mapping[str, str], accept: str, pace: Pace) -> Answer:
        """One attempt, with the redirects that lead to the answer."""
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in params.items())
        url = f"{url}?{query}" if query else url
        for _ in range(MAX_REDIRECTS + 1):
            status, headers, body = self._once(url, accept)
            pace.heed(headers)
            if status in BUSY:
                raise _BusyError(f"HTTP {status}", retry_after(headers.get("retry-after")))
            if status not in _REDIRECTS or "location" not in headers:
                return Answer(status, body, headers.get("content-type", ""))
            url = _redirected(url, headers["location"])
        raise ServiceError(f"{_host(url)} redirects in a circle")

    def _once(self, url: str, accept: str) -> tuple[int, Mapping[str, str], bytes]:
        import httpx

        headers = {"Accept": accept, "User-Agent": services.user_agent()}
        deadline = time.monotonic() + TOTAL_TIMEOUT
        http, body = self._connection(), bytearray()
        with _explained(url), http.stream("GET", url, headers=headers) as response:
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MAX_BYTES:
                    most = f"{MAX_BYTES // 1_000_000} million bytes"
                    raise ServiceError(f"{_host(url)} sends more than {most}")
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("too slow")
        return response.status_code, response.headers, bytes(body)

    def _connection(self) -> httpx.Client:
        if self._http is None:
            import httpx

            timeout = httpx.Timeout(READ_TIMEOUT, connect=CONNECT_TIMEOUT)
            try:
                self._http = httpx.Client(
                    timeout=timeout, follow_redirects=False, verify=_certificates()
                )
            except (OSError, ValueError, ImportError) as error:
                raise ServiceError(
                    f"the network is not set up: {error}",
                    "look at HTTPS_PROXY, SSL_CERT_FILE and REQUESTS_CA_BUNDLE",
                ) from None
        return self._http


def read_json(answer: Answer, service: Service) -> Any:
    """The JSON of an answer. Raises ServiceError where it is something else, or cut off."""
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        kind = answer.content_type.partition(";")[0].strip() or "nothing that is named"
        raise ServiceError(
            f"{service.name} answers with no JSON that can be read ({kind})", "try again later"
        ) from None


def in_path(identifier: str) -> str:
    """An identifier as a part of an address; dots that would climb are written out."""
    climbs = any(part in ("", ".", "..") for part in identifier.split("/"))
    return quote(identifier, safe="" if climbs else "/")


def _certificates() -> Any:
    """The certificates that SSL_CERT_FILE, SSL_CERT_DIR, REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE
    name; the first two are httpx's own business."""
    if not any(os.environ.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR")):
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            if bundle := os.environ.get(name):
                import ssl

                return ssl.create_default_context(cafile=bundle)
    return True


def _backoff(attempt: int) -> float:
    """Seconds after an attempt: doubled each time, and spread so that not all come at once."""
    return float(BACKOFF * 2 ** (attempt - 1) * random.uniform(0.75, 1.25))


def _redirected(url: str, location: str) -> str:
    """Where a redirect leads. Raises ServiceError where it must not be followed."""
    try:
        target = urljoin(url, location)
        before, after = urlsplit(url).scheme, urlsplit(target).scheme
    except ValueError:
        target, before, after = location, "", ""
    if after not in ("http", "https") or (before, after) == ("https", "http"):
        shown = location.partition("?")[0][:60]  # what follows may hold a key
        raise ServiceError(f"{_host(url)} redirects to {shown!r}, which is not followed")
    return target


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


@contextmanager
def _explained(url: str) -> Iterator[None]:
    """Turn httpx's many errors into the two that there are: try again, or give up."""
    import httpx

    try:
        yield
    except httpx.ConnectTimeout:
        raise _BusyError(f"{_host(url)} does not answer", attempts=UNREACHED) from None
    except httpx.TimeoutException:
        raise _BusyError(f"{_host(url)} is too slow", attempts=SLOW) from None
    except httpx.ConnectError as error:
        raise _BusyError(
            f"no connection to {_host(url)} ({_reason(error)})", attempts=UNREACHED
        ) from None
    except httpx.ProxyError as error:
        raise _BusyError(f"the proxy refuses ({_reason(error)})", attempts=UNREACHED) from None
    except httpx.TransportError as error:
        raise _BusyError(f"the connection to {_host(url)} broke ({_reason(error)})") from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise ServiceError(f"{_host(url)} cannot be asked: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    text = re.sub(r"^\[Errno -?\d+\] ", "", " ".join(str(error).split()))
    return text[:200] or type(error).__name__
