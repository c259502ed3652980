"""How fast a service may be asked: what it says itself, else what it documents."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

clock = time.monotonic

MAX_INTERVAL = 60.0
"""Seconds; a header that asks for more between two requests is not believed."""


class Pace:
    """Spaces requests evenly; lists of records have a pace of their own beside single ones."""

    def __init__(self, per_second: float, *, ceiling: float | None = None) -> None:
        self.interval = 1 / per_second
        # Crossref's header names the rate of single records in answers to lists too.
        self._least = 1 / ceiling if ceiling else 0.0
        self._next = 0.0

    def wait(self, sleep: Callable[[float], None]) -> None:
        """Sleep until the next request may go out."""
        now = clock()
        if self._next > now:
            sleep(self._next - now)
        self._next = max(now, self._next) + self.interval

    def heed(self, headers: Mapping[str, str]) -> None:
        """Take the rate that an answer names (`x-rate-limit-limit` requests in each
        `x-rate-limit-interval`, such as "1s")."""
        try:
            limit = int(headers.get("x-rate-limit-limit", ""))
            seconds = float(headers.get("x-rate-limit-interval", "1s").rstrip("s"))
            interval = seconds / limit
        except (ValueError, OverflowError, ZeroDivisionError):
            return
        if limit > 0 and 0 < interval <= MAX_INTERVAL:
            self.interval = max(interval, self._least)


def retry_after(value: str | None) -> float | None:
    """The seconds that a `Retry-After` header asks for (RFC 9110, 10.2.3: a number or a date);
    None where it says nothing that can be read."""
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        when = parsedate_to_datetime(value)
        return max(0.0, when.timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
