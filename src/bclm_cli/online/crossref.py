"""Crossref's records of works, by DOI in batches, by title, and what its notices say.

The forms are those of its REST interface (`/works`, message-version 1.0.0).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from bclm_cli.errors import ServiceError
from bclm_cli.model import notices
from bclm_cli.model.notices import Notice
from bclm_cli.model.records import Reference
from bclm_cli.online import services
from bclm_cli.online.cache import RECORDS_AGE, Cache
from bclm_cli.online.client import Client, in_path, read_json
from bclm_cli.online.records import Answered, Record, dated, from_csl, text, title_notice
from bclm_cli.text.normalize import normalize

SOURCE = "Crossref"
BATCH = 20
"""DOIs in one list request; Crossref answers longer filters slowly or not at all."""
MAX_QUERY = 1_500
"""Characters of the DOIs in one list request, so that its address stays short enough."""
CANDIDATES = 5
"""Works that are looked at for a title: what ranks lower is another paper."""

_KEPT = (
    "type", "title", "subtitle", "author", "container-title", "short-container-title", "volume",
    "issue", "page", "article-number", "DOI",
)  # fmt: skip
"""What a citation needs of a record."""
_OF_BOOKS = ("editor", "publisher", "ISBN", "edition-number")
_DATES = ("published-print", "issued", "published-online", "published")
"""The issue's date is the one that is cited; `issued` is the earliest of all dates."""
_UNUSED = ("reference", "abstract", "license", "link", "indexed", "assertion", "funder")
"""What is not kept in the cache: nine tenths of a record."""


class Crossref:
    """Asks Crossref, and remembers; `max_age` (seconds) is how old an answer may be."""

    def __init__(self, client: Client, cache: Cache, max_age: float = RECORDS_AGE) -> None:
        self._client, self._cache, self._max_age = client, cache, max_age
        self._service = services.crossref()

    def works(
        self, dois: Iterable[str], done: Callable[[int], None] = lambda count: None
    ) -> dict[str, Answered]:
        """The records of these DOIs, by DOI in small letters; None for a DOI that Crossref does
        not have, which another agency may. `done` is called after each request
        with how many are known.
        """
        found: dict[str, Answered] = {}
        wanted: list[str] = []
        for doi in dict.fromkeys(doi.lower() for doi in dois):
            kept = self._cache.get(_key(doi), self._max_age)
            if kept is None:
                wanted.append(doi)
            else:
                found[doi] = dated(_answered(doi, kept.value), kept.fetched)
        done(len(found))
        for batch in _batches(wanted):
            for doi, answered in self._batch(batch):
                found[doi] = answered
                done(len(found))
        return found

    def search(self, title: str, author: str, year: int | None) -> list[Record]:
        """The works that Crossref finds nearest to a title, with no promise that one is the same;
        the caller compares them. Raises ServiceError."""
        words = " ".join(filter(None, (title, author, str(year or ""))))[:500]
        key = f"crossref-search:{words}"
        kept = self._cache.get(key, self._max_age)
        if kept is None:
            params = {"query.bibliographic": words, "rows": str(CANDIDATES)}
            answer = self._client.get(self._service, "/works", params, listed=True)
            items = [_trimmed(item) for item in self._items(read_json(answer, self._service))]
            self._cache.put({key: items})
        else:
            items = kept.value
        answers = (_answered(text(item.get("DOI")), item) for item in items)
        return [answer for answer in answers if isinstance(answer, Record)]

    def _batch(self, dois: Sequence[str]) -> Iterator[tuple[str, Answered]]:
        """The records of a batch; one by one those that the list does not hold."""
        messages: dict[str, Any] = {}
        if len(dois) > 1:
            params = {"filter": ",".join(f"doi:{doi}" for doi in dois), "rows": str(len(dois))}
            try:
                answer = self._client.get(
                    self._service, "/works", params, listed=True, expected=frozenset({400, 404})
                )
                if answer.status == 200:
                    for item in self._items(read_json(answer, self._service)):
                        messages[text(item.get("DOI")).lower()] = _trimmed(item)
            except ServiceError as error:
                yield from ((doi, error) for doi in dois)
                return
            self._cache.put({_key(doi): messages[doi] for doi in dois if doi in messages})
            yield from ((doi, _answered(doi, messages[doi])) for doi in dois if doi in messages)
        for doi in dois:
            if doi not in messages:
                yield doi, self._single(doi)

    def _single(self, doi: str) -> Answered:
        try:
            answer = self._client.get(self._service, f"/works/{in_path(doi)}")
            message = None
            # HTML is some proxy's: Crossref's own 404 is plain text.
            if answer.status == 200 or "html" in answer.content_type:
                whole = read_json(answer, self._service)
                message = whole.get("message") if isinstance(whole, dict) else None
                if not isinstance(message, dict):
                    raise ServiceError(f"{SOURCE}'s answer for {doi} holds no work")
                message = _trimmed(message)
        except ServiceError as error:
            return error
        self._cache.put({_key(doi): message})
        return _answered(doi, message)

    def _items(self, whole: Any) -> list[dict[str, Any]]:
        """The works of a list. Raises ServiceError where it is none."""
        message = whole.get("message") if isinstance(whole, dict) else None
        items = message.get("items") if isinstance(message, dict) else None
        if not isinstance(items, list):
            raise ServiceError(f"{SOURCE}'s answer holds no list of works")
        return [item for item in items if isinstance(item, dict)]


def record(message: Mapping[str, Any]) -> Record:
    """A work in our terms. Raises ServiceError for one without a title, which nobody can cite."""
    item = {field: message[field] for field in _KEPT if message.get(field)}
    kind = text(message.get("type"))
    if kind != "journal-article":
        item |= {field: message[field] for field in _OF_BOOKS if message.get(field)}
        if "edition-number" in item:
            item["edition"] = item.pop("edition-number")
    if message.get("subtype") == "preprint":
        item["genre"] = "Preprint"
    if date := _date(message):
        item["issued"] = date
    reference, problems = from_csl(item, f"{SOURCE}'s record of {text(message.get('DOI'))}")
    reference = _abbreviated(reference)
    relation = message.get("relation")
    return Record(
        SOURCE,
        reference,
        notices.merged((*_notices(message), *title_notice(reference.title))),
        _notice_of(message),
        _related(relation if isinstance(relation, dict) else {}, "is-preprint-of"),
        problems,
    )


def _abbreviated(reference: Reference) -> Reference:
    """Without a short title that only leaves words out ("Journal Orthopaedic Research"): it would
    be printed for the abbreviation that it is not."""
    short, whole = (
        normalize(reference.get(field)).split()
        for field in ("container-title-short", "container-title")
    )
    if short == whole or not set(short) <= set(whole):
        return reference
    text = {k: v for k, v in reference.text.items() if k != "container-title-short"}
    return reference._replace(text=text)


def _answered(doi: str, message: Any) -> Answered:
    if message is None:
        return None
    try:
        return record(message)
    except ServiceError as error:
        return error
    except (TypeError, ValueError, AttributeError):
        return ServiceError(f"{SOURCE}'s record of {doi} has a form that is not understood")


def _key(doi: str) -> str:
    return f"crossref:{doi}"


def _trimmed(message: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in message.items() if field not in _UNUSED}


def _batches(dois: Iterable[str]) -> Iterator[list[str]]:
    """DOIs for one list request each; a comma would part the filter, so such a DOI goes alone."""
    batch: list[str] = []
    for doi in dois:
        if "," in doi:
            yield [doi]
            continue
        if len(batch) == BATCH or sum(map(len, batch)) + len(doi) > MAX_QUERY:
            yield batch
            batch = []
        batch.append(doi)
    if batch:
        yield batch


def _date(message: Mapping[str, Any]) -> dict[str, Any] | None:
    """The first date that is one; Crossref writes `[[null]]` for what it does not know."""
    for field in _DATES:
        value = message.get(field)
        parts = value.get("date-parts") if isinstance(value, dict) else None
        if isinstance(parts, list) and parts and isinstance(parts[0], list):
            numbers = [part for part in parts[0][:3] if isinstance(part, int)]
            if numbers:
                return {"date-parts": [numbers]}
    return None


def _notices(message: Mapping[str, Any]) -> Iterator[Notice]:
    """Every update of this work: retractions often stand behind an older correction."""
    for update in _updates(message, "updated-by"):
        kind = notices.crossref_kind(text(update.get("type")))
        if kind:
            yield Notice(
                kind,
                _day(update),
                text(update.get("DOI")).lower(),
                source=text(update.get("source")) or SOURCE,
            )


def _notice_of(message: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The works that this one retracts or corrects: kind and DOI."""
    own = text(message.get("DOI")).lower()
    found = (
        (notices.crossref_kind(text(update.get("type"))), text(update.get("DOI")).lower())
        for update in _updates(message, "update-to")
    )
    # A new version in place names itself.
    return tuple(dict.fromkeys((kind, doi) for kind, doi in found if kind and doi not in ("", own)))


def _updates(message: Mapping[str, Any], field: str) -> Iterator[Mapping[str, Any]]:
    updates = message.get(field)
    for update in updates if isinstance(updates, list) else ():
        if isinstance(update, dict):
            yield update


def _day(update: Mapping[str, Any]) -> str:
    """The date of an update in ISO form."""
    updated = update.get("updated")
    if not isinstance(updated, dict):
        return ""
    parts = updated.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [part for part in parts[0][:3] if isinstance(part, int) and 0 < part < 10_000]
        return "-".join(f"{number:0{4 if not at else 2}d}" for at, number in enumerate(numbers))
    return text(updated.get("date-time"))[:10]


def _related(relation: Mapping[str, Any], kind: str) -> str:
    """The DOI to which a work stands in a relation, "" where there is none."""
    related = relation.get(kind)
    for one in related if isinstance(related, list) else ():
        if isinstance(one, dict) and text(one.get("id-type")) == "doi":
            return text(one.get("id")).lower()
    return ""
