"""Records to the rows of the store's tables, written in batches."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from bclm_cli import evidence
from bclm_cli.identifiers.lookup import identifiers_of
from bclm_cli.model.records import Claim, Factor, Name, Reference
from bclm_cli.store.records import to_json
from bclm_cli.store.tables import ALIAS, CLAIM, FACTOR, INSERT, OWN, REFERENCE, SHARED, STEP
from bclm_cli.text import markup
from bclm_cli.text.normalize import compact, index_words, name_words

BATCH = 500
"""Rows that wait for each other: SQLite takes many at once in half the time."""

Row = tuple[str, tuple[Any, ...]]
"""The name of a table and a row for it."""
Rows = Iterator[Row]


class Tie(NamedTuple):
    """The ids of what a claim speaks of, and where its step happens."""

    step: int
    factor: int
    reference: int
    place: str


class Writer:
    """Puts rows into the tables of a store."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self.store = store
        self.waiting: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)

    def add(self, table: str, row: tuple[Any, ...]) -> None:
        """Write a row soon."""
        waiting = self.waiting[table]
        waiting.append(row)
        if len(waiting) == BATCH:
            self.store.executemany(INSERT[table], waiting)
            waiting.clear()

    def add_all(self, rows: Rows) -> None:
        """Write rows soon."""
        for table, row in rows:
            self.add(table, row)

    def run(self, sql: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """Execute a statement that sees all rows added before."""
        self.flush()
        return self.store.execute(sql, values)

    def flush(self) -> None:
        """Write what waits."""
        for table, waiting in self.waiting.items():
            self.store.executemany(INSERT[table], waiting)
            waiting.clear()


def reference_rows(id: int, record: Reference, layer: int) -> Rows:
    """A paper, the names by which it is also known, and what a search finds it by."""
    text = record.text
    authors = [_listed(name) for name in record.author]
    author_words = [name_words(author) for author in authors]
    year = record.year
    yield "reference", (
        id, record.id, year, record.short_author or None, markup.plain(record.title),
        text.get("container-title"), text.get("DOI"), text.get("PMID"), text.get("PMCID"),
        text.get("volume"), text.get("issue"), text.get("page"), record.kind or None,
        to_json(authors), to_json(author_words), layer,
    )  # fmt: skip
    for name in record.aliases:
        yield "identifier", (name, id, ALIAS)
    for value, is_own in identifiers_of(record.type, text):
        yield "identifier", (value, id, OWN if is_own else SHARED)
    others = ("container-title", "container-title-short", "PMID", "keyword", "note", "abstract")
    more = " ".join((record.id, str(year or ""), *(text.get(name, "") for name in others)))
    yield _search(
        REFERENCE, id, index_words(record.title), index_words(" ".join(authors)), index_words(more)
    )


def factor_rows(id: int, record: Factor, layer: int) -> Rows:
    """A factor, its spellings, and what a search finds it by."""
    yield "factor", (
        id, record.name, record.kind, record.identifier or None, record.full_name or None,
        to_json(record.synonyms), to_json(record.broader),
        to_json([*dict.fromkeys(binding.partner for binding in record.binds)]), layer,
    )  # fmt: skip
    spellings = [(record.name, 0), (record.full_name, 1), (record.identifier, 1)]
    spellings += [(synonym, 1) for synonym in record.synonyms]
    for text, rank in spellings:
        if text:
            yield "factor_name", (compact(text), rank, id)
    yield _search(
        FACTOR,
        id,
        index_words(record.name),
        index_words(" ".join((*record.synonyms, record.full_name))),
        index_words(f"{record.kind} {record.identifier}"),
    )


def step_words(id: int, name: str, summary: str, from_: str, to: str) -> Row:
    """What a search finds a step by."""
    return _search(STEP, id, index_words(name), index_words(summary), index_words(f"{from_} {to}"))


def claim_rows(id: int, fields: list[Any], tie: Tie, layer: int, spellings: str) -> Rows:
    """A claim, as the list of its fields, and what a search finds it by, its factor included."""
    claim = Claim(*fields)
    yield "claim", (
        id, tie.step, tie.factor, claim.effect, claim.statement, tie.reference,
        _array(*claim.system), claim.site, _array(*claim.cancer), claim.basis,
        claim.observed or None, claim.outcome or None, _array(*claim.perturbation),
        _array(*claim.agent), _array(*claim.model), _array(*claim.subtype),
        evidence.directness(claim.cancer, claim.site, tie.place),
        evidence.level(claim.system) or None, layer, 0,
    )  # fmt: skip
    yield _search(CLAIM, id, "", index_words(claim.statement), spellings)


@lru_cache(maxsize=1000)
def _array(*texts: str) -> str:
    return to_json(texts)


def _search(type_: int, id: int, *texts: str) -> Row:
    return "search", (type_, id, *texts)


def _listed(name: Name) -> str:
    """A name as the list of authors shows it: "van de Rijn, M."."""
    family, given, *rest = name
    if family and given and not any(rest):
        return f"{family}, {given}"
    given = " ".join(filter(None, (given, name.dropping_particle)))
    return ", ".join(filter(None, (name.sort_family, given, name.suffix)))
