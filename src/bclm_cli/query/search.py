"""Words to hits in the full-text index, best first."""

from __future__ import annotations

from typing import NamedTuple

from bclm_cli import store
from bclm_cli.query.lists import CLAIMS
from bclm_cli.query.lookup import Execute
from bclm_cli.text.normalize import compact, words


class Hit(NamedTuple):
    """One thing that a search found: step, factor, claim or paper, its id and its text.

    The id of a claim is the key of its paper.
    """

    type: str
    id: str
    text: str


def match(text: str) -> str:
    """An FTS5 query: every chunk of the text, "IL-8" as the phrase "il 8" or the word "il8"."""
    chunks = []
    for chunk in text.split():
        found = words(chunk)
        if not found:
            continue
        phrase, last = " ".join(found), found[-1]
        open_end = "*" if last.isalpha() and len(last) > 2 else ""
        chunks.append(
            f'("{phrase}"{open_end} OR "{compact(chunk)}")'
            if len(found) > 1
            else f'"{phrase}"{open_end}'
        )
    return " AND ".join(chunks)


def hit(execute: Execute, id_: int, type_: int) -> Hit | None:
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
