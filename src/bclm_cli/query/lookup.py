"""The lookups that questions by name and suggestions share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bclm_cli.suggest import quoted, shortened

Execute = Callable[..., Iterator[Any]]
"""Runs one SQL question with its values and streams the rows."""


def by_identifier(execute: Execute, text: str) -> list[str]:
    """The keys of the papers with this identifier, with or without its address or label: more than
    one where several have it, and nothing tells which is meant."""
    from bclm_cli.identifiers.lookup import candidates

    return next(filter(None, (called(execute, value) for value in candidates(text))), [])


def called(execute: Execute, value: str) -> list[str]:
    """The keys of the papers with this alias or identifier, just as it is stored, of which an
    identifier of their own counts before one that they share, and later data before earlier.
    Records of one work count as one paper."""
    sql = (
        "SELECT i.kind, r.layer, r.id, r.key FROM identifier i JOIN reference r"
        " ON r.id = i.reference WHERE i.value = ? ORDER BY i.kind, i.reference DESC LIMIT ?"
    )
    rows = sorted(execute(sql, (value, _MOST_SHARED)), key=lambda row: (row[0], -row[1], row[2]))
    surest = [row for row in rows if row[:2] == rows[0][:2]]
    keys = {str(key): int(id_) for *_, id_, key in surest}
    return [*keys] if len(keys) < 2 or not _are_one_work(execute, [*keys.values()]) else [*keys][:1]


def _are_one_work(execute: Execute, ids: Sequence[int]) -> bool:
    from bclm_cli.library import duplicates
    from bclm_cli.model.records import Reference

    sql = "SELECT payload FROM record WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    records = (Reference.from_csl(json.loads(csl)) for (csl,) in execute(sql, (json.dumps(ids),)))
    first, *others = map(duplicates.fingerprint, records)
    return all(duplicates.is_same_work(first, other) for other in others)


def shared(name: str, keys: Sequence[str]) -> str:
    """The sentence for a name that several papers have."""
    return f"{quoted(name)} leads to several papers: {shortened(keys)}; cite one by its key"


_MOST_SHARED = 50
"""At most this many papers of one identifier are read."""


def spellings(execute: Execute) -> Iterator[tuple[str, str]]:
    """Every name and synonym of a factor, with its name."""
    for name, synonyms in execute("SELECT name, synonyms FROM factor ORDER BY name"):
        yield str(name), str(name)
        yield from ((str(synonym), str(name)) for synonym in json.loads(str(synonyms)))


def values_of(execute: Execute, field: str) -> list[str]:
    """The values that a field of claims has in the data."""
    sql = "SELECT value FROM claim_value WHERE field = ? ORDER BY value"
    return [str(value) for (value,) in execute(sql, (field,))]


def once_each(flag: str, value: str) -> str:
    """What a hint adds for values that commas join."""
    return f"; give --{flag} once for each" if "," in value else ""
