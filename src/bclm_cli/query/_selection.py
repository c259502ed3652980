"""A Selection, and the SQL conditions it stands for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bclm_cli.errors import UsageError
from bclm_cli.fold import fold, words
from bclm_cli.model import EFFECTS, FACTOR_KINDS, REFERENCE_KINDS
from bclm_cli.query import _names as names
from bclm_cli.query._lists import CLAIMS, STEP_KEY
from bclm_cli.query._names import Ask
from bclm_cli.query._search import match


class UsedIn(NamedTuple):
    """What manuscripts cite: each key or earlier key once, in order, with its first place.

    `everything` stands for LaTeX's `\\nocite{*}` and its like: the keys then restrict nothing.
    Keys that lead to no paper are an error, or with `lenient` left out.
    """

    places: tuple[tuple[str, str], ...]
    everything: bool = False
    lenient: bool = False


class Selection(NamedTuple):
    """What the selection flags ask for. Different flags must all hold, values of one are either-or.

    `keys` are papers named one by one, in their order; None is no restriction, () selects nothing.
    """

    step: tuple[str, ...] = ()
    factor: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    effect: tuple[str, ...] = ()
    system: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    cancer: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    keys: tuple[str, ...] | None = None
    used_in: UsedIn | None = None


def where(ask: Ask, list_: str, selection: Selection) -> tuple[str, dict[str, str]]:
    """The FROM and WHERE of a list for a selection, with its values."""
    claim, paper, values = conditions(ask, selection)
    picked = f"SELECT c.* {CLAIMS}{_and([*claim, *paper])}"
    if list_ == "claims":
        return f"SELECT {{columns}} {CLAIMS}{_and([*claim, *paper])}", values
    with_ = f"WITH p AS ({picked})"
    if list_ == "refs":
        if claim:
            paper = [*paper, "r.id IN (SELECT reference FROM p)"]
        return f"{with_} SELECT {{columns}} FROM reference r{_and(paper)}", values
    table, alias = ("step", "s") if list_ == "steps" else ("factor", "f")
    join = "JOIN" if claim or paper else "LEFT JOIN"
    return (
        f"{with_} SELECT {{columns}} FROM {table} {alias} {join} p ON p.{table} = {alias}.id"
        f" GROUP BY {alias}.id",
        values,
    )


def given_order(values: Mapping[str, str]) -> list[str]:
    """Papers stand in the order in which they were named, or else cited."""
    for given in ("keys", "used_in"):
        if given in values:
            return [f"(SELECT key FROM json_each(:{given}) WHERE value = r.key)"]
    return []


def conditions(ask: Ask, selection: Selection) -> tuple[list[str], list[str], dict[str, str]]:
    """Conditions on claims (c, f), those on papers (r), and their values as JSON arrays."""
    claim: list[str] = []
    paper: list[str] = []
    values: dict[str, str] = {}

    def among(to: list[str], column: str, name: str, wanted: Iterable[object]) -> None:
        values[name] = json.dumps(list(wanted))
        to.append(f"{column} IN (SELECT value FROM json_each(:{name}))")

    if selection.step:
        steps = {names.step(ask, name) for name in selection.step}
        among(claim, STEP_KEY, "step", steps)
    if selection.factor:
        among(
            claim, "f.name", "factor", [f for n in selection.factor for f in names.factor(ask, n)]
        )
    if selection.kind:
        kinds = [_known("kind", k, (*FACTOR_KINDS, *REFERENCE_KINDS)) for k in selection.kind]
        if of_factor := [kind for kind in kinds if kind in FACTOR_KINDS]:
            among(claim, "f.kind", "factor_kind", of_factor)
        if of_paper := [kind for kind in kinds if kind in REFERENCE_KINDS]:
            among(paper, "r.kind", "paper_kind", of_paper)
    if selection.effect:
        among(
            claim,
            "c.effect",
            "effect",
            [_known("effect", e, EFFECTS) for e in selection.effect],
        )
    if selection.site:
        among(claim, "c.site", "site", _values(ask, "site", selection.site))
    for field in ("system", "cancer"):
        if wanted := getattr(selection, field):
            values[field] = json.dumps(_values(ask, field, wanted))
            claim.append(
                f"EXISTS (SELECT 1 FROM json_each(c.{field}) JOIN json_each(:{field}) AS wanted"
                " ON wanted.value = json_each.value)"
            )
    if selection.author:
        values["author"] = json.dumps([" " + " ".join(words(a)) for a in selection.author])
        paper.append(
            "EXISTS (SELECT 1 FROM json_each(:author) WHERE instr(' ' || r.folded_authors, value))"
        )
    if selection.year:
        years = [_years(year) for year in selection.year]
        paper.append(
            "(" + " OR ".join(f"r.year BETWEEN {first} AND {last}" for first, last in years) + ")"
        )
    if selection.match:
        values["match"] = " OR ".join(f"({match(text)})" for text in selection.match)
        hits = "(SELECT rowid FROM search WHERE search MATCH :match)"
        claim.append(
            f"(c.id * 4 + 2 IN {hits} OR f.id * 4 + 1 IN {hits} OR r.id * 4 + 3 IN {hits})"
        )
    if selection.keys is not None:
        among(paper, "r.key", "keys", selection.keys)
    if selection.used_in is not None:
        keys = names.cited(ask, selection.used_in.places, lenient=selection.used_in.lenient)
        if not selection.used_in.everything:
            among(paper, "r.key", "used_in", dict.fromkeys(keys.values()))
    return claim, paper, values


def _values(ask: Ask, field: str, wanted: tuple[str, ...]) -> list[str]:
    """The values of a free field that the data uses, among those asked for."""
    column = "c.site" if field == "site" else "value"
    of = "claim c" if field == "site" else f"claim c, json_each(c.{field})"
    known = [row[0] for row in ask(f"SELECT DISTINCT {column} FROM {of} ORDER BY 1")]
    return [_known(field, value, known) for value in wanted]


def _known(what: str, value: str, known: Sequence[str]) -> str:
    wanted = fold(value)
    for candidate in known:
        if fold(candidate) == wanted:
            return candidate
    raise names.unknown(what, value, known, f"{what}s are {', '.join(known)}")


def _and(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _years(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{4})?(\.\.)?(\d{4})?", text.strip(), re.ASCII)
    if not match or not (match[1] or match[3]) or (match[1] and match[3] and not match[2]):
        raise UsageError(f"no year or range of years: {text!r}", "write 2015, 2010..2020 or 2014..")
    first, dots, last = match.groups()
    return int(first or 0), int(last or (9999 if dots else first))
