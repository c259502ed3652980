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


HITS = "(SELECT rowid FROM search WHERE search MATCH :match)"


class Conditions(NamedTuple):
    """SQL conditions by what they are about, and the values they name, as JSON arrays."""

    step: list[str]
    factor: list[str]
    claim: list[str]
    paper: list[str]
    match: list[str]
    values: dict[str, str]

    def among(self, to: list[str], column: str, name: str, wanted: Iterable[object]) -> None:
        """Let the column have one of these values, kept under the name."""
        self.values[name] = json.dumps(list(wanted))
        to.append(f"{column} IN (SELECT value FROM json_each(:{name}))")


def where(ask: Ask, list_: str, selection: Selection) -> tuple[str, dict[str, str]]:
    """The FROM and WHERE of a list for a selection, with its values.

    A step or factor without a selected claim is left out, unless it was itself named and nothing
    else asked for.
    """
    found = conditions(ask, selection)
    on_claims = [*found.step, *found.factor, *found.claim]
    picked = f"{CLAIMS}{_and([*on_claims, *found.paper, *found.match])}"
    if list_ == "claims":
        return f"SELECT {{columns}} {picked}", found.values
    with_ = f"WITH p AS (SELECT c.* {picked})"
    if list_ == "refs":
        own = list(found.paper)
        if on_claims or found.match:
            itself = f"r.id * 4 + 3 IN {HITS} OR " if found.match and not on_claims else ""
            own.append(f"({itself}r.id IN (SELECT reference FROM p))")
        return f"{with_} SELECT {{columns}} FROM reference r{_and(own)}", found.values
    table, own, others = (
        ("step s", found.step, found.factor)
        if list_ == "steps"
        else ("factor f", found.factor, found.step)
    )
    name, alias = table.split()
    join = "JOIN" if others or found.claim or found.paper or found.match else "LEFT JOIN"
    return (
        f"{with_} SELECT {{columns}} FROM {table} {join} p ON p.{name} = {alias}.id{_and(own)}"
        f" GROUP BY {alias}.id",
        found.values,
    )


def given_order(list_: str, values: Mapping[str, str]) -> list[str]:
    """Factors and papers stand in the order in which they were named, or else cited."""
    name, lists = {"refs": ("r.key", ("keys", "used_in")), "factors": ("f.name", ("factor",))}.get(
        list_, ("", ())
    )
    for given in lists:
        if given in values:
            return [f"(SELECT key FROM json_each(:{given}) WHERE value = {name})"]
    return []


def conditions(ask: Ask, selection: Selection) -> Conditions:
    """What the selection demands of steps (s), factors (f), claims (c) and papers (r)."""
    found = Conditions([], [], [], [], [], {})
    if selection.step:
        found.among(
            found.step, STEP_KEY, "step", {names.step(ask, name) for name in selection.step}
        )
    if selection.factor:
        found.among(found.factor, "f.name", "factor", names.factors(ask, selection.factor))
    if selection.kind:
        kinds = [_known("kind", k, (*FACTOR_KINDS, *REFERENCE_KINDS)) for k in selection.kind]
        if of_factor := [kind for kind in kinds if kind in FACTOR_KINDS]:
            found.among(found.factor, "f.kind", "factor_kind", of_factor)
        if of_paper := [kind for kind in kinds if kind in REFERENCE_KINDS]:
            found.among(found.paper, "r.kind", "paper_kind", of_paper)
    if selection.keys is not None:
        found.among(found.paper, "r.key", "keys", selection.keys)
    if selection.used_in is not None:
        cited = names.cited(ask, selection.used_in.places, lenient=selection.used_in.lenient)
        if not selection.used_in.everything:
            found.among(found.paper, "r.key", "used_in", dict.fromkeys(cited.values()))
    _of_claims(ask, selection, found)
    _of_papers(selection, found)
    return found


def _of_claims(ask: Ask, selection: Selection, found: Conditions) -> None:
    if selection.effect:
        effects = [_known("effect", effect, EFFECTS) for effect in selection.effect]
        found.among(found.claim, "c.effect", "effect", effects)
    if selection.site:
        found.among(found.claim, "c.site", "site", _values(ask, "site", selection.site))
    for field in ("system", "cancer"):
        if wanted := getattr(selection, field):
            found.values[field] = json.dumps(_values(ask, field, wanted))
            found.claim.append(
                f"EXISTS (SELECT 1 FROM json_each(c.{field}) JOIN json_each(:{field}) AS wanted"
                " ON wanted.value = json_each.value)"
            )
    if selection.match:
        texts = [match(text) for text in selection.match]
        if not all(texts):
            raise UsageError("--match needs a word", "letters or digits")
        found.values["match"] = " OR ".join(f"({text})" for text in texts)
        found.match.append(
            f"(c.id * 4 + 2 IN {HITS} OR f.id * 4 + 1 IN {HITS} OR r.id * 4 + 3 IN {HITS})"
        )


def _of_papers(selection: Selection, found: Conditions) -> None:
    if selection.author:
        authors = [words(author) for author in selection.author]
        if not all(authors):
            raise UsageError("--author needs a name")
        found.values["author"] = json.dumps([" " + " ".join(author) for author in authors])
        found.paper.append(
            "EXISTS (SELECT 1 FROM json_each(:author) WHERE instr(' ' || r.folded_authors, value))"
        )
    if selection.year:
        years = [_years(year) for year in selection.year]
        found.paper.append(
            "(" + " OR ".join(f"r.year BETWEEN {first} AND {last}" for first, last in years) + ")"
        )


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
