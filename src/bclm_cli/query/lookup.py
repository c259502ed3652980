"""The lookups that questions by name and suggestions share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

Execute = Callable[..., Iterator[Any]]
"""Runs one SQL question with its values and streams the rows."""


def by_identifier(execute: Execute, text: str) -> str | None:
    """The key of the paper with this DOI, PMID or PMCID, with or without its address or label."""
    from bclm_cli.identifiers.lookup import candidates

    return next(filter(None, (identified(execute, value) for value in candidates(text))), None)


def identified(execute: Execute, value: str) -> str | None:
    """The key of the paper with this identifier or alias, just as it is stored."""
    sql = (
        "SELECT r.key FROM identifier i JOIN reference r ON r.id = i.reference"
        " WHERE i.value = ? LIMIT 1"
    )
    return next((str(key) for (key,) in execute(sql, (value,))), None)


def spellings(execute: Execute) -> Iterator[tuple[str, str]]:
    """Every name and synonym of a factor, with its name."""
    for name, synonyms in execute("SELECT name, synonyms FROM factor ORDER BY name"):
        yield str(name), str(name)
        yield from ((str(synonym), str(name)) for synonym in json.loads(str(synonyms)))


def once_each(flag: str, value: str) -> str:
    """What a hint adds for values that commas join."""
    return f"; give --{flag} once for each" if "," in value else ""
