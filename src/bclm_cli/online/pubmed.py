"""PubMed's records by PMID in batches, its search, and which PMID a DOI or PMCID has.

The forms are those of NCBI's E-utilities (efetch, esearch) and of its ID converter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, tostring

from bclm_cli.errors import ServiceError
from bclm_cli.online import services
from bclm_cli.online.cache import DAY, RECORDS_AGE, Cache, Kept
from bclm_cli.online.client import Client, read_json
from bclm_cli.online.pubmed_record import SOURCE, record
from bclm_cli.online.pubmed_xml import parse, plain
from bclm_cli.online.records import Answered, dated

BATCH = 200
"""PMIDs in one efetch, PMCIDs in one conversion."""
SEARCHED = 20
"""DOIs in one esearch, which has to fit into an address."""
MAPPING_AGE, UNMAPPED_AGE = 90 * DAY, 7 * DAY
"""Seconds for which it is known which PMID a DOI has, or that it has none yet."""
_PLAIN_DOI = re.compile(r"[\w./-]+", re.ASCII)


class Hits(NamedTuple):
    """What a search found: PMIDs, newest first; `total` counts those that were not asked for
    too, `query` is the search as PubMed understood it."""

    pmids: tuple[str, ...]
    total: int
    query: str


class PubMed:
    """Asks PubMed, and remembers; `max_age` (seconds) is how old an answer may be."""

    def __init__(self, client: Client, cache: Cache, max_age: float = RECORDS_AGE) -> None:
        self._client, self._cache, self._max_age = client, cache, max_age
        self._mapped_age = MAPPING_AGE if max_age else 0.0
        self._unmapped_age = UNMAPPED_AGE if max_age else 0.0
        self._service, self._converter = services.pubmed(), services.id_converter()

    def articles(
        self, pmids: Iterable[str], done: Callable[[int], None] = lambda count: None
    ) -> dict[str, Answered]:
        """The records of these PMIDs, by PMID; None for one that PubMed does not have."""
        found: dict[str, Answered] = {}
        wanted: list[str] = []
        for pmid in dict.fromkeys(pmids):
            kept = self._cache.get(f"pubmed:{pmid}", self._max_age)
            if kept is None:
                wanted.append(pmid)
            else:
                found[pmid] = dated(_kept(pmid, kept.value), kept.fetched)
        done(len(found))
        for batch in _batches(wanted, BATCH):
            found.update(self._fetch(batch))
            done(len(found))
        return found

    def pmids_of(
        self, dois: Iterable[str], done: Callable[[int], None] = lambda count: None
    ) -> dict[str, str]:
        """The PMID of each DOI (in small letters) that PubMed knows. Raises ServiceError."""
        known: dict[str, str] = {}
        wanted: list[str] = []
        asked = list(dict.fromkeys(doi.lower() for doi in dois))
        for doi in asked:
            kept = self._mapped(doi)
            if kept is None:
                wanted.append(doi)
            elif kept.value is not None:
                known[doi] = str(kept.value)
        done(len(asked) - len(wanted))
        for batch in _batches(wanted, SEARCHED):
            mapped = self._search_dois(batch)
            self._cache.put({f"pmid-of:{doi}": mapped.get(doi) for doi in batch})
            known |= mapped
            done(len(known))
        return known

    def of_pmcids(self, pmcids: Iterable[str]) -> dict[str, dict[str, str]]:
        """PMID and DOI, if there are any, of each PMCID that PMC has. Raises ServiceError."""
        known: dict[str, dict[str, str]] = {}
        wanted: list[str] = []
        for pmcid in dict.fromkeys(pmcids):
            kept = self._mapped(pmcid)
            if kept is None:
                wanted.append(pmcid)
            elif isinstance(kept.value, dict):
                known[pmcid] = kept.value
        for batch in _batches(wanted, BATCH):
            params = {"ids": ",".join(batch), "format": "json"}
            answer = self._client.get(
                self._converter, "", params, listed=True, expected=frozenset({400, 404})
            )
            whole = read_json(answer, self._converter)
            records = whole.get("records") if isinstance(whole, dict) else None
            if not isinstance(records, list):
                said = str(whole.get("message") or "") if isinstance(whole, dict) else ""
                what = f"answers without a list of papers: {said[:200] or 'no reason given'}"
                raise ServiceError(f"{self._converter.name} {what}", "try again later")
            mapped = {
                str(one.get("pmcid", "")).upper(): {
                    kind.upper(): str(one[kind]) for kind in ("pmid", "doi") if one.get(kind)
                }
                for one in records
                if isinstance(one, dict) and one.get("status") != "error"
            }
            self._cache.put({f"pmid-of:{pmcid}": mapped.get(pmcid) for pmcid in batch})
            known |= mapped
        return known

    def search(self, term: str, *, limit: int = 20, since: str = "", max_age: float = 0) -> Hits:
        """The PMIDs that a search finds, the latest additions to PubMed first; `since`
        (2026/08/01) leaves out what came into PubMed before. Raises ServiceError."""
        params = {"db": "pubmed", "term": term, "retmode": "json", "retmax": str(limit)}
        params["sort"] = "pub_date"
        if since:
            params |= {"datetype": "edat", "mindate": since, "maxdate": "3000"}
        key = "esearch:" + "&".join(f"{name}={value}" for name, value in params.items())
        kept = self._cache.get(key, max_age) if max_age else None
        if kept is None:
            result = self._esearch(params)
            value = [result.get("idlist"), result.get("count"), result.get("querytranslation")]
            if max_age:
                self._cache.put({key: value})
        else:
            value = kept.value
        ids, count, query = value
        pmids = tuple(str(one) for one in (ids if isinstance(ids, list) else ()) if _is_pmid(one))
        total = int(str(count)) if _is_pmid(count) else len(pmids)
        return Hits(pmids, total, str(query or term))

    def _mapped(self, identifier: str) -> Kept | None:
        key = f"pmid-of:{identifier}"
        return self._cache.get(key, self._mapped_age, absent_age=self._unmapped_age)

    def _fetch(self, pmids: Sequence[str]) -> Iterator[tuple[str, Answered]]:
        params = {"db": "pubmed", "id": ",".join(pmids), "retmode": "xml"}
        try:
            answer = self._client.get(
                self._service,
                "/efetch.fcgi",
                params,
                accept="application/xml, text/xml",
                listed=True,
                expected=frozenset({400, 404}),
            )
            articles = list(_articles(answer.body)) if answer.status == 200 else []
        except ServiceError as error:
            yield from ((pmid, error) for pmid in pmids)
            return
        by_pmid = {plain(article, "MedlineCitation/PMID"): article for article in articles}
        self._cache.put(
            {
                f"pubmed:{pmid}": tostring(by_pmid[pmid], "unicode") if pmid in by_pmid else None
                for pmid in pmids
            }
        )
        for pmid in pmids:
            yield pmid, _answered(by_pmid.get(pmid))

    def _search_dois(self, dois: Sequence[str]) -> dict[str, str]:
        """PMIDs of DOIs. PubMed looks for a DOI that it does not know in all fields, so that only
        the records themselves tell whose they are."""
        term = " OR ".join(f"{_quoted(doi)}[doi]" for doi in dois)
        found = self.search(term, limit=2 * len(dois))
        if found.total > 2 * len(dois) and len(dois) > 1:
            half = len(dois) // 2
            return self._search_dois(dois[:half]) | self._search_dois(dois[half:])
        mapped: dict[str, str] = {}
        for pmid, answered in self.articles(found.pmids).items():
            if isinstance(answered, ServiceError):
                raise answered
            doi = answered.reference.get("DOI").lower() if answered else ""
            if doi in dois:
                mapped[doi] = pmid
        return mapped

    def _esearch(self, params: dict[str, str]) -> dict[str, Any]:
        whole = read_json(
            self._client.get(self._service, "/esearch.fcgi", params, listed=True), self._service
        )
        result = whole.get("esearchresult") if isinstance(whole, dict) else None
        if not isinstance(result, dict) or "idlist" not in result:
            said = whole.get("error") if isinstance(whole, dict) else ""
            said = said or (result.get("ERROR") if isinstance(result, dict) else "")
            raise ServiceError(f"{SOURCE} cannot search: {str(said or 'no reason given')[:200]}")
        return result


def _articles(body: bytes) -> Iterator[Element]:
    root = parse(body)
    if root.tag != "PubmedArticleSet":
        said = plain(root, "ERROR") or plain(root) or root.tag
        raise ServiceError(f"{SOURCE} answers with an error: {said[:200]}")
    yield from root.iterfind("PubmedArticle")


def _answered(article: Element | None) -> Answered:
    if article is None:
        return None
    try:
        return record(article)
    except ServiceError as error:
        return error


def _kept(pmid: str, text: Any) -> Answered:
    """A record from the cache; one that is damaged there could not be asked."""
    if text is None:
        return None
    try:
        return _answered(parse(str(text)))
    except ServiceError:
        return ServiceError(f"what is kept of PMID {pmid} cannot be read", "use --refresh")


def _quoted(doi: str) -> str:
    """A DOI as a search term; parentheses and the like would be taken for grouping."""
    return doi if _PLAIN_DOI.fullmatch(doi) else '"' + doi.replace('"', " ") + '"'


def _is_pmid(value: Any) -> bool:
    return isinstance(value, str | int) and str(value).isascii() and str(value).isdigit()


def _batches(items: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
