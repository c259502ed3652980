"""From what people call a factor to the factor, and what belongs to what."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from bclm_cli.model.records import FAMILY
from bclm_cli.query.lookup import Execute, spellings
from bclm_cli.suggest import quoted
from bclm_cli.text.normalize import compact, words


class Named(NamedTuple):
    """The factors that are called so, and lines on names that are not whole ones."""

    names: tuple[str, ...]
    notes: tuple[str, ...]


def named(execute: Execute, wanted: Sequence[str]) -> Named:
    """The factors called so: by name, or else by a synonym, which several may share; as a pair
    ("CXCL12-CXCR4"); or by words that stand in one name alone ("niche exosome").

    Case, hyphens, spaces and Greek or Latin spelling make no difference. Raises one NotFoundError
    that tells of each other one what it may mean.
    """
    found: dict[str, None] = {}
    notes, unknown = [], []
    for name in wanted:
        if exact := exactly(execute, name):
            found |= dict.fromkeys(exact)
        elif pair := _pair(execute, name):
            found |= dict.fromkeys(pair)
            notes.append(f"{quoted(name)} is taken as {' and '.join(pair)}")
        elif len(holding := containing(execute, name)) == 1:
            found |= dict.fromkeys(holding)
            notes.append(f"{quoted(name)} is taken as {holding[0]}")
        else:
            unknown.append(name)
    if unknown:
        together = " ".join(wanted)
        from bclm_cli.query import suggestions

        together = together if exactly(execute, together) else ""
        raise suggestions.no_factors(execute, unknown, together)
    return Named(tuple(found), tuple(notes))


def exactly(execute: Execute, name: str) -> list[str]:
    """The factors of this name, or else of this synonym."""
    if next(execute("SELECT 1 FROM factor WHERE name = ?", (name,)), None):
        return [name]
    for wanted in (compact(name), "".join(words(name)), compact(_LATIN.sub(_in_greek, name))):
        found = list(
            execute(
                "SELECT f.name, min(n.rank) FROM factor_name n JOIN factor f ON f.id = n.factor"
                " WHERE n.folded = ? GROUP BY f.id ORDER BY 2, 1",
                (wanted,),
            )
        )
        if found:
            return [str(name) for name, rank in found if rank == found[0][1]]
    return _in_other_order(execute, name)


def containing(execute: Execute, name: str) -> list[str]:
    """The factors in whose name these words stand together. Synonyms do not count: "FOXP3" is part
    of one of regulatory T cell, and another thing."""
    wanted = " ".join(words(name))
    if len(wanted) < 2 or wanted.isdigit():
        return []
    known = (str(name) for (name,) in execute(f"SELECT name FROM factor {_BY_NAME}"))
    return [name for name in known if f" {wanted} " in f" {' '.join(words(name))} "]


def narrower(execute: Execute, factor: str) -> tuple[str, ...]:
    """What belongs to a factor, directly or through others: members, parts, kinds; best supported
    first."""
    sql = (
        f"{_WITHIN} SELECT f.name FROM factor f JOIN factor_total t ON t.factor = f.id"
        " WHERE f.id IN within AND f.name <> :name"
        " ORDER BY t.direct DESC, t.papers DESC, f.name COLLATE NOCASE, f.name"
    )
    return tuple(str(name) for (name,) in execute(sql, {"name": factor}))


def relatives(execute: Execute, factor: str) -> tuple[str, ...]:
    """What a factor belongs to, and what else belongs there."""
    own = {factor, *narrower(execute, factor)}
    sql = (
        "SELECT f.name FROM factor_broader b JOIN factor f ON f.id = b.broader"
        " WHERE b.factor = (SELECT id FROM factor WHERE name = ?)"
    )
    broader = [str(name) for (name,) in execute(sql, (factor,))]
    found = (name for of in broader for name in (of, *narrower(execute, of)))
    return tuple(name for name in dict.fromkeys(found) if name not in own)


def ids(execute: Execute, names: Sequence[str]) -> list[int]:
    """The ids of these factors; a family stands for its members too, which follow it."""
    found: dict[str, None] = {}
    for name in names:
        found |= dict.fromkeys((name, *members(execute, [name])))
    sql = "SELECT f.id FROM json_each(?) n JOIN factor f ON f.name = n.value ORDER BY n.key"
    return [id_ for (id_,) in execute(sql, (json.dumps(list(found)),))]


def members(execute: Execute, names: Sequence[str]) -> tuple[str, ...]:
    """These factors, with the members of a family in its place."""
    found: dict[str, None] = {}
    for name in names:
        found |= dict.fromkeys(narrower(execute, name) if _is_family(execute, name) else (name,))
    return tuple(found)


def _is_family(execute: Execute, name: str) -> bool:
    return bool(next(execute("SELECT kind = ? FROM factor WHERE name = ?", (FAMILY, name)))[0])


def _pair(execute: Execute, name: str) -> list[str]:
    """The two factors that a hyphen, slash or "and" joins."""
    for joint in _JOINT.finditer(name):
        parts = [exactly(execute, part) for part in (name[: joint.start()], name[joint.end() :])]
        if all(len(part) == 1 for part in parts) and parts[0] != parts[1]:
            return [*parts[0], *parts[1]]
    return []


def _in_other_order(execute: Execute, name: str) -> list[str]:
    """The one factor that is called by these words in another order ("αvβ3 integrin")."""
    wanted = sorted(words(name))
    if len(wanted) < 2:
        return []
    found = {known for spelled, known in spellings(execute) if sorted(words(spelled)) == wanted}
    return list(found) if len(found) == 1 else []


def _in_greek(letter: re.Match[str]) -> str:
    """The Greek letter that TGFb and "integrin a2b1" write as a Latin one."""
    return _GREEK[letter[0]]


_GREEK = {"a": "alpha", "b": "beta", "g": "gamma", "d": "delta", "k": "kappa"}
_LATIN = re.compile(r"(?<![a-z])[abgdk](?=\d|\b)")
_JOINT = re.compile(r"\s*[-‐‑–—/+&:→]\s*|\s+and\s+")
_WITHIN = (
    "WITH RECURSIVE within (id) AS (SELECT id FROM factor WHERE name = :name"
    " UNION SELECT b.factor FROM factor_broader b JOIN within w ON b.broader = w.id)"
)
_BY_NAME = "ORDER BY name COLLATE NOCASE, name"
