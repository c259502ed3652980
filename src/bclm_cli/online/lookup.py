"""Papers by their identifiers: which services to ask, in which order, for how many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from bclm_cli import identifiers
from bclm_cli.errors import ServiceError
from bclm_cli.model.records import Reference
from bclm_cli.online.agree import is_same
from bclm_cli.online.cache import DAY, RECORDS_AGE, Cache
from bclm_cli.online.client import Client
from bclm_cli.online.crossref import Crossref
from bclm_cli.online.doi import DoiOrg
from bclm_cli.online.pubmed import PubMed
from bclm_cli.online.records import Answered, Record
from bclm_cli.text.markup import plain
from bclm_cli.text.normalize import normalize

NOTICES_AGE = 7 * DAY
"""Seconds for which an answer is good enough to call a paper sound."""

Identifiers = Mapping[str, str]
"""Of one paper: its DOI, PMID and PMCID, as far as they are known."""


class Watch(Protocol):
    """Whoever shows how far the asking has come."""

    def asking(self, service: str, done: int, total: int) -> None:
        """A service answered for so many of the papers."""

    def retrying(self, what: str) -> None:
        """A request failed, and will be made again."""


class _Unwatched:
    def asking(self, service: str, done: int, total: int) -> None:
        pass

    def retrying(self, what: str) -> None:
        pass


UNWATCHED: Watch = _Unwatched()


class Results(NamedTuple):
    """What is known of a paper: records, PubMed's first; `failures` say which service could not
    be asked or read; `missing` are its identifiers that do not exist; `searched` says that it has
    none, and was looked for by its title."""

    records: tuple[Record, ...] = ()
    failures: tuple[ServiceError, ...] = ()
    missing: tuple[str, ...] = ()
    searched: bool = False


class Lookup:
    """Asks the services for papers. `max_age` (seconds) is how old an answer may be."""

    def __init__(
        self,
        client: Client,
        cache: Cache,
        max_age: float = RECORDS_AGE,
        watch: Watch = UNWATCHED,
    ) -> None:
        self.crossref = Crossref(client, cache, max_age)
        self.pubmed = PubMed(client, cache, max_age)
        self.doi_org = DoiOrg(client, cache, max_age)
        self._watch = watch

    def papers(self, wanted: Sequence[Identifiers], *, every_doi: bool = False) -> list[Results]:
        """What is known of each paper, in their order. With `every_doi` each DOI that Crossref
        does not have is asked for at doi.org too, even if PubMed has the paper."""
        failures: list[list[ServiceError]] = [[] for _ in wanted]
        missing: list[list[str]] = [[] for _ in wanted]
        wanted = self._with_converted(wanted, failures, missing)
        pmids = self._pmids(wanted, failures)
        articles = self.pubmed.articles(filter(None, pmids), self._counted("PubMed", pmids))
        found: list[list[Record]] = [[] for _ in wanted]
        for at, pmid in enumerate(pmids):
            if pmid:
                _sort_in(articles[pmid], found[at], failures[at])
                if articles[pmid] is None and wanted[at].get("PMID") == pmid:
                    missing[at].append(f"PMID:{pmid}")
        dois = [
            one.get("DOI") or (records[0].reference.get("DOI") if records else "")
            for one, records in zip(wanted, found, strict=True)
        ]
        works = self.crossref.works(filter(None, dois), self._counted("Crossref", dois))
        for at, doi in enumerate(dois):
            if not doi:
                continue
            _sort_in(works[doi.lower()], found[at], failures[at])
            if works[doi.lower()] is None and (every_doi or not found[at]):
                self._elsewhere(doi, found[at], failures[at], missing[at])
        return [
            Results(tuple(records), tuple(errors), tuple(absent))
            for records, errors, absent in zip(found, failures, missing, strict=True)
        ]

    def references(self, papers: Sequence[Reference]) -> list[Results]:
        """What is known of each of these papers, by its identifiers; an article that has none is
        looked for by its title, and a record counts if it agrees in that, author and year."""
        wanted = [
            {
                kind: value
                for kind, read in identifiers.PARSERS.items()
                if (value := read(paper.get(kind)))
            }
            for paper in papers
        ]
        found = self.papers(wanted, every_doi=True)
        searched = [
            at
            for at, paper in enumerate(papers)
            if not wanted[at] and paper.type == "article-journal" and paper.title
        ]
        for number, at in enumerate(searched):
            self._watch.asking("Crossref by title", number, len(searched))
            try:
                found[at] = Results(tuple(self.by_title(papers[at])), searched=True)
            except ServiceError as error:
                found[at] = Results(failures=(error,), searched=True)
        return found

    def by_title(self, paper: Reference) -> list[Record]:
        """The records of a paper without identifiers, which agree with it in title, first author
        and year. Raises ServiceError."""
        author = paper.author[0].sort_family if paper.author else ""
        found: list[Answered] = [*self.crossref.search(plain(paper.title), author, paper.year)]
        pmids = self.pubmed.search(_title_search(paper), limit=5, max_age=RECORDS_AGE).pmids
        same = []
        for one in (*self.pubmed.articles(pmids).values(), *found):
            if isinstance(one, ServiceError):
                raise one
            if one is not None and is_same(paper, one.reference):
                same.append(one)
        return same

    def _with_converted(
        self,
        wanted: Sequence[Identifiers],
        failures: list[list[ServiceError]],
        missing: list[list[str]],
    ) -> list[Identifiers]:
        """The identifiers, with PMID and DOI for a PMCID that stands without a PMID."""
        alone = {
            at: one["PMCID"]
            for at, one in enumerate(wanted)
            if one.get("PMCID") and not one.get("PMID")
        }
        complete = list(wanted)
        try:
            converted = self.pubmed.of_pmcids(alone.values()) if alone else {}
        except ServiceError as error:
            for at in alone:
                failures[at].append(error)
            return complete
        for at, pmcid in alone.items():
            if pmcid in converted:
                complete[at] = {**converted[pmcid], **wanted[at]}
            else:
                missing[at].append(pmcid)
        return complete

    def _pmids(
        self, wanted: Sequence[Identifiers], failures: list[list[ServiceError]]
    ) -> list[str]:
        """The PMID of each paper, "" where it has none or nobody could be asked."""
        pmids = [one.get("PMID", "") for one in wanted]
        dois = {at: one["DOI"] for at, one in enumerate(wanted) if one.get("DOI") and not pmids[at]}
        try:
            of_dois = self.pubmed.pmids_of(
                dois.values(), self._counted("PubMed by DOI", list(dois.values()))
            )
            for at, doi in dois.items():
                pmids[at] = of_dois.get(doi.lower(), "")
        except ServiceError as error:
            for at in dois:
                failures[at].append(error)
        return pmids

    def _elsewhere(
        self, doi: str, found: list[Record], failures: list[ServiceError], missing: list[str]
    ) -> None:
        """Ask doi.org for a DOI that Crossref does not have; a short one (10/aabbe) has no agency
        of its own, but leads to a record."""
        try:
            if not doi.startswith("10/") and self.doi_org.agency(doi) is None:
                missing.append(doi)
                return
        except ServiceError as error:
            failures.append(error)
            return
        if not found:
            _sort_in(self.doi_org.work(doi), found, failures)
        if doi.startswith("10/") and not found and not failures:
            missing.append(doi)

    def _counted(self, what: str, items: Iterable[str]) -> Callable[[int], None]:
        total = len({item.lower() for item in items if item})
        return lambda done: self._watch.asking(what, done, total)


def _sort_in(answered: Answered, found: list[Record], failures: list[ServiceError]) -> None:
    if isinstance(answered, Record):
        found.append(answered)
    elif answered is not None:
        failures.append(answered)


def _title_search(paper: Reference) -> str:
    """A search of PubMed for a title; signs in it would be taken for operators."""
    author = (
        f" AND {paper.author[0].family}[1au]" if paper.author and paper.author[0].family else ""
    )
    return f"{normalize(plain(paper.title))}[ti]{author}"
