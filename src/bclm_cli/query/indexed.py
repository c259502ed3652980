"""What the full-text index holds of each record, for a search outside the program."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from bclm_cli import store
from bclm_cli.query.lists import CLAIMS, STEP_KEY
from bclm_cli.query.lookup import Execute

_RECORDS = (
    f"SELECT {store.hit_id(store.STEP, 'id')}, 'step', key FROM step",
    f"SELECT {store.hit_id(store.FACTOR, 'id')}, 'factor', name FROM factor",
    f"SELECT {store.hit_id(store.CLAIM, 'c.id')}, 'claim', {STEP_KEY}, f.name, r.key, c.statement"
    f" {CLAIMS}",
    f"SELECT {store.hit_id(store.REFERENCE, 'id')}, 'paper', key FROM reference",
)
_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.instances USING fts5vocab(main, search, 'instance')"
)
_INSTANCES = 'SELECT doc, col, term FROM temp.instances ORDER BY doc, col, "offset"'
_SPELLINGS = (
    f"SELECT {store.hit_id(store.FACTOR, 'factor')}, folded FROM factor_name ORDER BY rank, folded"
)
_IDENTIFIERS = (
    f"SELECT {store.hit_id(store.REFERENCE, 'reference')}, value FROM identifier"
    " ORDER BY reference, value"
)


class Indexed(NamedTuple):
    """The words of one record by the columns of the index, and what it is also called.

    `record` is "step" and its id, "factor" and its name, "paper" and its key, or "claim" and its
    step, factor, paper and statement. `row` is its place in the index, which decides between hits
    of equal rank. `names` are the normalized spellings of a factor, its own name first, or the
    identifiers of a paper.
    """

    record: tuple[str, ...]
    row: int
    name: str
    text: str
    more: str
    names: tuple[str, ...]


def indexed(execute: Execute) -> Iterator[Indexed]:
    """Every step, factor, claim and paper, type by type."""
    next(execute(_VOCABULARY), None)
    words: dict[int, dict[str, list[str]]] = {}
    for row, column, term in execute(_INSTANCES):
        words.setdefault(row, {}).setdefault(column, []).append(term)
    names: dict[int, list[str]] = {}
    for row, name in chain(execute(_SPELLINGS), execute(_IDENTIFIERS)):
        names.setdefault(row, []).append(name)
    for sql in _RECORDS:
        for row, *record in list(execute(sql)):
            columns = words.get(row, {})
            name, text, more = (" ".join(columns.get(one, ())) for one in ("name", "text", "more"))
            also = tuple(dict.fromkeys(names.get(row, ())))
            yield Indexed(tuple(record), row, name, text, more, also)
