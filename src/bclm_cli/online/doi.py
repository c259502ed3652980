"""doi.org: which agency a DOI belongs to, whether it exists, and its record from any agency."""

from __future__ import annotations

from typing import Any

from bclm_cli.errors import ServiceError
from bclm_cli.online import services
from bclm_cli.online.cache import RECORDS_AGE, Cache
from bclm_cli.online.client import Client, in_path, read_json
from bclm_cli.online.records import Answered, Record, dated, from_csl, text, title_notice

SOURCE = "doi.org"
CSL_JSON = "application/vnd.citationstyles.csl+json"
_KEPT = (
    "type", "title", "subtitle", "author", "editor", "container-title", "container-title-short",
    "volume", "issue", "page", "number", "issued", "publisher", "DOI", "URL", "version", "genre",
)  # fmt: skip
_NOT_THERE = frozenset({"DOI does not exist", "Invalid DOI", "Unknown"})


class DoiOrg:
    """Asks doi.org, and remembers; `max_age` (seconds) is how old an answer may be."""

    def __init__(self, client: Client, cache: Cache, max_age: float = RECORDS_AGE) -> None:
        self._client, self._cache, self._max_age = client, cache, max_age
        self._service = services.doi_org()

    def agency(self, doi: str) -> str | None:
        """The agency with which a DOI is registered ("Crossref", "DataCite"), None if it does not
        exist. Raises ServiceError."""
        key = f"agency:{doi.lower()}"
        kept = self._cache.get(key, self._max_age)
        if kept is not None:
            return str(kept.value) if kept.value is not None else None
        answer = self._client.get(self._service, f"/doiRA/{in_path(doi)}")
        found = read_json(answer, self._service)
        first = found[0] if isinstance(found, list) and found else {}
        agency = text(first.get("RA")) if isinstance(first, dict) else ""
        status = text(first.get("status")) if isinstance(first, dict) else ""
        if not agency and status not in _NOT_THERE:
            raise ServiceError(f"{SOURCE} does not say whether {doi} exists")
        self._cache.put({key: agency or None})
        return agency or None

    def work(self, doi: str) -> Answered:
        """The record of a DOI as its agency gives it (CSL-JSON), None where there is none."""
        key = f"csl:{doi.lower()}"
        kept = self._cache.get(key, self._max_age)
        if kept is not None:
            return dated(_answered(doi, kept.value), kept.fetched)
        try:
            answer = self._client.get(
                self._service,
                f"/{in_path(doi)}",
                accept=CSL_JSON,
                expected=frozenset({204, 404, 406, 410}),
            )
            item = read_json(answer, self._service) if answer.status == 200 else None
        except ServiceError as error:
            return error
        self._cache.put({key: item})
        return _answered(doi, item)


def record(item: dict[str, Any], doi: str) -> Record:
    """A CSL-JSON item in our terms. Raises ServiceError for one without a title."""
    fields = {field: item[field] for field in _KEPT if item.get(field)}
    fields["DOI"] = text(item.get("DOI")) or doi
    reference, problems = from_csl(fields, f"the record of {doi}")
    return Record(SOURCE, reference, title_notice(reference.title), problems=problems)


def _answered(doi: str, item: Any) -> Answered:
    if item is None:
        return None
    if not isinstance(item, dict):
        return ServiceError(f"{SOURCE}'s answer for {doi} holds no record")
    try:
        return record(item, doi)
    except ServiceError as error:
        return error
