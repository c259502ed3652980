"""Two records of one work: what one lacks, where they differ, which keys lead to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from bclm_cli import identifiers
from bclm_cli.model.records import Name, Reference
from bclm_cli.text import normalize

T = TypeVar("T")


def fill_missing_fields(
    reference: Reference, other: Reference, dropped: Collection[str] = ()
) -> Reference | None:
    """The reference with what it lacks and the other has, None where that is nothing.

    Variables that are `dropped` by the file that it stands in are none. A list of authors that is
    not whole stays so where it fills a gap.
    """
    text = _joined(reference.text, other.text, dropped)
    names = _joined(reference.names, other.names, dropped)
    dates = _joined(reference.dates, other.dates, dropped)
    custom = reference.custom
    if other.incomplete_authors and other.author and not reference.author:
        custom = {**custom, "incomplete-authors": "true"}
    filled = reference._replace(text=text, names=names, dates=dates, custom=custom)
    return None if filled == reference else filled


def _joined(
    ours: Mapping[str, T], theirs: Mapping[str, T], dropped: Collection[str]
) -> dict[str, T]:
    return {**{name: value for name, value in theirs.items() if name not in dropped}, **ours}


def differing(reference: Reference, other: Reference) -> list[str]:
    """The CSL variables that both have, with values that differ by more than spelling."""
    return [
        *(
            variable
            for variable in reference.names
            if variable in other.names
            and _families(reference.names[variable]) != _families(other.names[variable])
        ),
        *(
            variable
            for variable, value in reference.text.items()
            if variable in other.text
            and normalize.compact(value) != normalize.compact(other.text[variable])
        ),
        *(
            variable
            for variable, date in reference.dates.items()
            if variable in other.dates and date.year != other.dates[variable].year
        ),
    ]


def better(reference: Reference, other: Reference) -> Reference | None:
    """The record of one work that is to be preferred: the one with more identifiers, else with more
    variables; None where neither is."""
    mine, theirs = (
        (len(identifiers.unique(one.text)), len(one.variables) - one.incomplete_authors)
        for one in (reference, other)
    )
    return None if mine == theirs else reference if mine > theirs else other


def with_aliases(reference: Reference, keys: Iterable[str]) -> Reference:
    """The reference with these keys among its earlier ones, its own left out."""
    aliases = dict.fromkeys((*reference.aliases, *keys))
    aliases.pop(reference.id, None)
    if tuple(aliases) == reference.aliases:
        return reference
    return reference._replace(custom={**reference.custom, "aliases": [*aliases]})


def _families(names: tuple[Name, ...]) -> list[str]:
    return [normalize.compact(name.family or name.literal) for name in names]
