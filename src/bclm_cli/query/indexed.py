"""What the full-text index holds of each record, for a search outside the program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bclm_cli import store
from bclm_cli.query.lists import CLAIMS, STEP_KEY
from bclm_cli.query.lookup import Execute

_RECORDS = (
    (store.STEP, "SELECT id, 'step', key FROM step"),
    (store.FACTOR, "SELECT id, 'factor', name FROM factor"),
    (
        store.CLAIM,
        f"SELECT c.id, 'claim', {STEP_KEY}, f.name, r.key, c.statement {CLAIMS}",
    ),
    (store.REFERENCE, "SELECT id, 'paper', key FROM reference"),
)
_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.instances USING fts5vocab(main, search, 'instance')"
)
_INSTANCES = 'SELECT doc, col, term FROM temp.instances ORDER BY doc, col, "offset"'
_SPELLINGS = "SELECT factor, folded, rank FROM factor_name ORDER BY rank, folded"
_IDENTIFIERS = "SELECT reference, value FROM identifier ORDER BY reference, value"


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
    names: dict[tuple[int, int], list[str]] = {}
    for id_, folded, _ in execute(_SPELLINGS):
        names.setdefault((store.FACTOR, id_), []).append(folded)
    for id_, value in execute(_IDENTIFIERS):
        names.setdefault((store.REFERENCE, id_), []).append(value)
    for type_, sql in _RECORDS:
        for id_, *record in list(execute(sql)):
            row = type_ + id_ * 4
            columns = words.get(row, {})
            name, text, more = (" ".join(columns.get(one, ())) for one in ("name", "text", "more"))
            also = tuple(dict.fromkeys(names.get((type_, id_), ())))
            yield Indexed(tuple(record), row, name, text, more, also)
