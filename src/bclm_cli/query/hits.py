"""What a search finds in the full-text index, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bclm_cli import store
from bclm_cli.query.lists import CLAIMS
from bclm_cli.query.lookup import Execute, by_identifier
from bclm_cli.query.questions import Question
from bclm_cli.query.search import match
from bclm_cli.query.selection import EVERYTHING, Selection
from bclm_cli.text.normalize import compact, words

QuestionOf = Callable[[str, Selection], Question]
"""What a list of a selection is as a question: the name of the list, and the selection."""


class Hit(NamedTuple):
    """One thing that a search found: step, factor, claim or paper, its id and its text.

    The id of a claim is the key of its paper.
    """

    type: str
    id: str
    text: str


def found(
    execute: Execute, question_of: QuestionOf, text: str, selection: Selection
) -> Iterator[Hit]:
    """Whatever holds all the words, best first; a factor of just that name leads. Of an identifier
    the papers that have it, and nothing else."""
    if keys := by_identifier(execute, text):
        asked = question_of("refs", selection._replace(keys=tuple(keys)))
        for (id_,) in execute(asked.sql.format(columns="r.id"), asked.values):
            if hit := _hit(execute, id_, store.REFERENCE):
                yield hit
        return
    expression = match(text)
    if not expression:
        return
    sql = (
        "SELECT rowid, (SELECT min(rank) FROM factor_name WHERE folded IN (:exact, :stem)"
        f" AND {store.hit_id(store.FACTOR, 'factor')} = search.rowid) AS named"
        " FROM search WHERE search MATCH :words"
        f"{_within(question_of, selection)}"
        " ORDER BY named IS NULL, named, bm25(search, 10.0, 3.0, 1.0)"
    )
    values = {"words": expression, "exact": compact(text), "stem": "".join(words(text))}
    if selection != EVERYTHING:
        values |= question_of("refs", selection).values
    for rowid, _ in execute(sql, values):
        if hit := _hit(execute, *store.hit_of(rowid)):
            yield hit


def _within(question_of: QuestionOf, selection: Selection) -> str:
    """SQL that keeps the rows of the index within what is selected."""
    if selection == EVERYTHING:
        return ""
    claims = question_of("claims", selection).sql
    papers = question_of("refs", selection).sql
    papers = papers.format(columns=store.hit_id(store.REFERENCE, "r.id"))
    types = ((store.CLAIM, "c.id"), (store.FACTOR, "c.factor"), (store.STEP, "c.step"))
    parts = [claims.format(columns=store.hit_id(*type_)) for type_ in types]
    return "".join((" AND (", " OR ".join(f"rowid IN ({part})" for part in (*parts, papers)), ")"))


def _hit(execute: Execute, id_: int, type_: int) -> Hit | None:
    sql = {
        store.STEP: "SELECT 'step', key, name || ': ' || summary FROM step WHERE id = ?",
        store.FACTOR: "SELECT 'factor', name, kind || coalesce('; ' || full_name, '') ||"
        " CASE synonyms WHEN '[]' THEN '' ELSE '; ' || (SELECT group_concat(value, ', ')"
        " FROM json_each(synonyms)) END FROM factor WHERE id = ?",
        store.CLAIM: "SELECT 'claim', r.key, f.name || ' ' || c.effect || ': ' || c.statement"
        f" {CLAIMS} WHERE c.id = ?",
        store.REFERENCE: "SELECT 'paper', key, coalesce(author || ' ', '') || coalesce(year ||"
        " '. ', '') || title || '. ' || coalesce(journal, '') FROM reference WHERE id = ?",
    }[type_]
    row = next(execute(sql, (id_,)), None)
    return Hit(*row) if row else None
