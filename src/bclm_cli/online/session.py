"""One run's dealings with the services: a client, the cache, and an end to both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bclm_cli import paths
from bclm_cli.online import services
from bclm_cli.online.cache import RECORDS_AGE, Cache
from bclm_cli.online.client import Client
from bclm_cli.online.lookup import UNWATCHED, Lookup, Watch


@contextmanager
def session(
    *, max_age: float = RECORDS_AGE, refresh: bool = False, watch: Watch = UNWATCHED
) -> Iterator[Lookup]:
    """The services, ready to be asked. With `refresh` no answer of an earlier run is good enough.

    Raises ServiceError if BCLM_OFFLINE forbids the network.
    """
    services.check_allowed()
    home = paths.cache()
    client = Client(watch.retrying)
    cache = Cache(home / "online" / "answers.sqlite" if home else None)
    try:
        yield Lookup(client, cache, 0.0 if refresh else max_age, watch)
    finally:
        cache.close()
        client.close()
