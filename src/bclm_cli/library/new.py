"""Papers in PubMed that a library lacks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bclm_cli import identifiers
from bclm_cli.errors import ServiceError
from bclm_cli.model.notices import GRAVE
from bclm_cli.model.records import Reference, Row
from bclm_cli.online.lookup import Lookup
from bclm_cli.text.markup import plain
from bclm_cli.text.normalize import compact

COLUMNS = ("id", "date", "author", "title", "journal", "doi", "pmid", "pmcid", "notice")
"""The fields of a paper that is new; the first one is what `bclm add` takes."""
MOST = 200
"""At most this many of the papers that a search finds are looked at, the newest ones."""


class Search(NamedTuple):
    """What a search came to: the rows of COLUMNS, newest first; how many papers it found in all,
    how many of those that were looked at the library has; the query as PubMed understood it."""

    rows: tuple[Row, ...]
    total: int
    looked_at: int
    known: int
    query: str


def search(lookup: Lookup, term: str, since: str, library: Iterable[Reference]) -> Search:
    """The papers that PubMed finds, without those that the library has by identifier or title.

    `since` is a day, 2026/11/29; what came into PubMed before is left out. Raises ServiceError.
    """
    hits = lookup.pubmed.search(term, limit=MOST, since=since)
    answers = lookup.pubmed.articles(hits.pmids)
    at_hand = {key for paper in library for key in _match_keys(paper)}
    rows: list[Row] = []
    known = 0
    for pmid in hits.pmids:
        record = answers[pmid]
        if isinstance(record, ServiceError):
            raise record
        if record is None:
            continue
        if not at_hand.isdisjoint(_match_keys(record.reference)):
            known += 1
            continue
        grave = [notice.short for notice in record.notices if notice.kind in GRAVE]
        rows.append(_row(record.reference, grave[0] if grave else None))
    return Search(tuple(rows), hits.total, len(hits.pmids), known, hits.query)


def _match_keys(paper: Reference) -> set[str]:
    """What shows that two records are of one paper: an identifier, or the title."""
    found = {f"{kind} {value}" for kind, value in identifiers.unique(paper.text)}
    return found | ({f"title {title}"} if (title := compact(paper.title)) else set())


def _row(paper: Reference, notice: str | None) -> Row:
    return (
        f"PMID:{paper.get('PMID')}",
        str(paper.issued),
        paper.short_author or None,
        plain(paper.title),
        paper.get("container-title-short") or paper.get("container-title") or None,
        paper.get("DOI") or None,
        paper.get("PMID"),
        paper.get("PMCID") or None,
        notice,
    )
