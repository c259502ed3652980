"""Lists of a selection as SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bclm_cli.query.conditions import Conditions, conditions, where
from bclm_cli.query.lists import CLAIMS, FIELDS, TOTALS
from bclm_cli.query.lookup import Execute
from bclm_cli.query.selection import Selection
from bclm_cli.store import REFERENCE, hits


class Question(NamedTuple):
    """A list of a selection as SQL with room for `columns`, and the values that it names.

    `fields` has the SQL of each field. `given` is the order in which things were named, "" for the
    list's own. `late` says that columns are better looked up after sorting. `notes` are lines
    on how names were understood.
    """

    sql: str
    values: dict[str, str]
    fields: Mapping[str, str]
    given: str = ""
    late: bool = False
    notes: tuple[str, ...] = ()


def question(execute: Execute, list_: str, selection: Selection) -> Question:
    """What to ask the store for a list.

    A step or factor without a selected claim is left out, unless it was itself named and nothing
    else asked for. Factors and papers stand in the order in which they were named, or else cited.
    """
    found = conditions(execute, selection)
    return _asked(list_, found)._replace(notes=tuple(found.notes))


def _asked(list_: str, found: Conditions) -> Question:
    fields = FIELDS[list_]
    named = next((name for name in ("keys", "used_in", "factor") if name in found.values), "")
    if list_ == "claims":
        all_ = [*found.of_claims, *found.of_their_papers, *found.match]
        sql = f"SELECT {{columns}} {CLAIMS}{where(all_)}"
        return Question(sql, found.values, fields, late=bool(all_) and not named)
    if list_ == "refs":
        return _papers(found, fields, named)
    name, alias, own, others = (
        ("step", "s", found.step, found.factor)
        if list_ == "steps"
        else ("factor", "f", found.factor, found.step)
    )
    own = [condition.format(f"{alias}.id") for condition in own]
    table, given = f"{name} {alias}", ""
    if list_ == "factors" and "factor" in found.values:
        table = "json_each(:factor) given CROSS JOIN factor f ON f.id = given.value"
        given = "given.key"
    if not (others or found.claim or found.paper or found.match):
        sql = f"SELECT {{columns}} FROM {table} JOIN {name}_total t ON t.{name} = {alias}.id"
        sql = f"{_claims(())} {sql}{where(own)}"
        return Question(sql, found.values, {**fields, **TOTALS[list_]}, given)
    claims = _claims([*found.of_claims, *found.of_their_papers, *found.match])
    sql = f"{claims} SELECT {{columns}} FROM {table} JOIN p ON p.{name} = {alias}.id{where(own)}"
    return Question(f"{sql} GROUP BY {alias}.id", found.values, fields, given)


def _papers(found: Conditions, fields: Mapping[str, str], named: str) -> Question:
    own = list(found.paper)
    on_claims = [*found.of_claims, *found.match]
    if on_claims:
        itself = (
            f"r.id IN {hits('match', REFERENCE)} OR " if found.match and not found.of_claims else ""
        )
        picked = f"SELECT c.reference FROM claim c{where(on_claims)}"
        own.append(f"({itself}r.id IN ({picked}))")
    table, given = "reference r", ""
    if named in ("keys", "used_in"):
        table = f"json_each(:{named}) given CROSS JOIN reference r ON r.key = given.value"
        given = "given.key"
    sql = f"{_claims(on_claims)} SELECT {{columns}} FROM {table}{where(own)}"
    return Question(sql, found.values, fields, given, late=bool(own) and not named)


def _claims(conditions: Sequence[str]) -> str:
    """The selected claims as `p`. To be kept as they are, they would first be collected all."""
    return f"WITH p AS NOT MATERIALIZED (SELECT c.* FROM claim c{where(conditions)})"
