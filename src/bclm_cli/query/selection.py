"""A Selection, and the SQL conditions it stands for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bclm_cli.errors import UsageError
from bclm_cli.model.records import EFFECTS, FACTOR_KINDS, REFERENCE_KINDS
from bclm_cli.query import names
from bclm_cli.query.lists import CLAIMS, FIELDS, TOTALS
from bclm_cli.query.lookup import Execute, once_each
from bclm_cli.query.search import match
from bclm_cli.store import CLAIM, FACTOR, REFERENCE, hits
from bclm_cli.text.normalize import normalize, words


class UsedIn(NamedTuple):
    """What manuscripts cite: each key or earlier key once, in order, with its first place.

    `everything` stands for LaTeX's `\\nocite{*}` and its like: the keys then restrict nothing.
    Keys that lead to no paper are an error, or with `lenient` left out. `remarks` are lines on what
    may hide a key.
    """

    places: tuple[tuple[str, str], ...]
    everything: bool = False
    lenient: bool = False
    remarks: tuple[str, ...] = ()


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


EVERYTHING = Selection()


class Conditions(NamedTuple):
    """SQL conditions by what they are about, and the values they name, mostly JSON arrays.

    Those on steps and factors leave room for the column that has the id.
    """

    step: list[str]
    factor: list[str]
    claim: list[str]
    paper: list[str]
    match: list[str]
    values: dict[str, str]

    def among(self, to: list[str], column: str, name: str, wanted: Iterable[object]) -> None:
        """Let the column have one of these values, kept under the name."""
        self.values[name] = json.dumps(list(dict.fromkeys(wanted)))
        to.append(f"{column} IN (SELECT value FROM json_each(:{name}))")

    @property
    def of_claims(self) -> list[str]:
        """What is demanded of claims themselves."""
        steps = [condition.format("c.step") for condition in self.step]
        factors = [condition.format("c.factor") for condition in self.factor]
        return [*steps, *factors, *self.claim]

    @property
    def of_their_papers(self) -> list[str]:
        """What is demanded of claims through their papers."""
        papers = f"SELECT r.id FROM reference r{_and(self.paper)}"
        return [f"c.reference IN ({papers})"] if self.paper else []


class Question(NamedTuple):
    """A list of a selection as SQL with room for `columns`, and the values that it names.

    `fields` has the SQL of each field. `given` is the order in which things were named, "" for the
    list's own. `late` says that columns are better looked up after sorting.
    """

    sql: str
    values: dict[str, str]
    fields: Mapping[str, str]
    given: str = ""
    late: bool = False


def question(execute: Execute, list_: str, selection: Selection) -> Question:
    """What to ask the store for a list.

    A step or factor without a selected claim is left out, unless it was itself named and nothing
    else asked for. Factors and papers stand in the order in which they were named, or else cited.
    """
    found = conditions(execute, selection)
    fields = FIELDS[list_]
    named = next((name for name in ("keys", "used_in", "factor") if name in found.values), "")
    if list_ == "claims":
        all_ = [*found.of_claims, *found.of_their_papers, *found.match]
        sql = f"SELECT {{columns}} {CLAIMS}{_and(all_)}"
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
        sql = f"{_claims(())} {sql}{_and(own)}"
        return Question(sql, found.values, {**fields, **TOTALS[list_]}, given)
    claims = _claims([*found.of_claims, *found.of_their_papers, *found.match])
    sql = f"{claims} SELECT {{columns}} FROM {table} JOIN p ON p.{name} = {alias}.id{_and(own)}"
    return Question(f"{sql} GROUP BY {alias}.id", found.values, fields, given)


def _papers(found: Conditions, fields: Mapping[str, str], named: str) -> Question:
    own = list(found.paper)
    on_claims = [*found.of_claims, *found.match]
    if on_claims:
        itself = (
            f"r.id IN {hits('match', REFERENCE)} OR " if found.match and not found.of_claims else ""
        )
        picked = f"SELECT c.reference FROM claim c{_and(on_claims)}"
        own.append(f"({itself}r.id IN ({picked}))")
    table, given = "reference r", ""
    if named in ("keys", "used_in"):
        table = f"json_each(:{named}) given CROSS JOIN reference r ON r.key = given.value"
        given = "given.key"
    sql = f"{_claims(on_claims)} SELECT {{columns}} FROM {table}{_and(own)}"
    return Question(sql, found.values, fields, given, late=bool(own) and not named)


def _claims(conditions: Sequence[str]) -> str:
    """The selected claims as `p`. To be kept as they are, they would first be collected all."""
    return f"WITH p AS NOT MATERIALIZED (SELECT c.* FROM claim c{_and(conditions)})"


def conditions(execute: Execute, selection: Selection) -> Conditions:
    """What the selection demands of steps, factors, claims (c) and papers (r)."""
    found = Conditions([], [], [], [], [], {})
    if selection.step:
        steps = [names.step(execute, name) for name in selection.step]
        found.among(found.step, "{}", "step", _ids(execute, "step", "key", steps))
    if selection.factor:
        factors = names.factors(execute, selection.factor)
        found.among(found.factor, "{}", "factor", _ids(execute, "factor", "name", factors))
    if selection.kind:
        kinds = [_known("kind", k, (*FACTOR_KINDS, *REFERENCE_KINDS)) for k in selection.kind]
        if all(kind in FACTOR_KINDS for kind in kinds):
            of_kind: list[str] = []
            found.among(of_kind, "kind", "factor_kind", kinds)
            found.factor.append(f"{{}} IN (SELECT id FROM factor{_and(of_kind)})")
        elif all(kind in REFERENCE_KINDS for kind in kinds):
            found.among(found.paper, "r.kind", "paper_kind", kinds)
        else:
            raise UsageError("--kind takes kinds of factors or kinds of papers, not both")
    if selection.keys is not None:
        found.among(found.paper, "r.key", "keys", selection.keys)
    if selection.used_in is not None:
        cited = names.cited(execute, selection.used_in.places, lenient=selection.used_in.lenient)
        if not selection.used_in.everything:
            found.among(found.paper, "r.key", "used_in", cited.values())
    _of_claims(execute, selection, found)
    _of_papers(execute, selection, found)
    return found


def _ids(execute: Execute, table: str, column: str, known: Iterable[str]) -> list[int]:
    """The ids of things that exist; 0 stands for the background, which is no step."""
    sql = f"SELECT id FROM {table} WHERE {column} = ?"
    return [next(execute(sql, (name,)), (0,))[0] for name in known]


def _of_claims(execute: Execute, selection: Selection, found: Conditions) -> None:
    if selection.effect:
        effects = [_known("effect", effect, EFFECTS) for effect in selection.effect]
        found.among(found.claim, "c.effect", "effect", effects)
    if selection.site:
        found.among(found.claim, "c.site", "site", _values(execute, "site", selection.site))
    for field in ("system", "cancer"):
        if wanted := getattr(selection, field):
            found.values[field] = json.dumps(_values(execute, field, wanted))
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
            f"(c.id IN {hits('match', CLAIM)} OR c.factor IN {hits('match', FACTOR)}"
            f" OR c.reference IN {hits('match', REFERENCE)})"
        )


def _of_papers(execute: Execute, selection: Selection, found: Conditions) -> None:
    if selection.author:
        _by_author(execute, selection.author, found)
    if selection.year:
        from bclm_cli.query.years import years

        found.among(found.paper, "r.year", "years", years(execute, selection.year))


def _by_author(execute: Execute, authors: Sequence[str], found: Conditions) -> None:
    """Papers with an author whose name has all these words: `Müller`, `Nicola Aceto`, `Aceto N`
    (an initial stands for any word that begins so) or `Tabar*`."""
    either = []
    for number, name in enumerate(authors):
        if not normalize(name):
            raise UsageError("--author needs a name")
        wanted = normalize(names.with_initials(name)).split()
        begun = {word for word in wanted if len(word) == 1}
        begun |= {wanted[-1]} if name.rstrip().endswith("*") else set()
        sought = [word for word in wanted if word not in begun] or [max(begun, key=len)]
        terms = " AND ".join(_indexed(word, begun=word in begun) for word in sought)
        patterns = [f"% {word}{'' if word in begun else ' '}%" for word in wanted]
        found.values[f"author{number}"] = f"text : ({terms})"
        found.values[f"name{number}"] = json.dumps(patterns)
        holding = hits(f"author{number}", REFERENCE)
        either.append(f"(r.id IN {holding} AND {_OF_ONE_AUTHOR.format(f':name{number}')})")
        values = {key: found.values[key] for key in (f"author{number}", f"name{number}")}
        if not next(execute(f"SELECT 1 FROM reference r WHERE {either[-1]} LIMIT 1", values), None):
            from bclm_cli.query import suggestions

            raise suggestions.no_author(execute, name)
    found.paper.append(f"({' OR '.join(either)})")


def _indexed(word: str, *, begun: bool) -> str:
    """A word of a name as the index has it, without its plural; of a beginning, as much as a plural
    leaves alone."""
    return f'"{word[: max(len(word) - 3, 1)]}"*' if begun else f'"{words(word)[0]}"'


_OF_ONE_AUTHOR = (
    "EXISTS (SELECT 1 FROM json_each(r.author_words) a WHERE NOT EXISTS (SELECT 1"
    " FROM json_each({}) w WHERE ' ' || a.value || ' ' NOT LIKE w.value))"
)


def _values(execute: Execute, field: str, wanted: tuple[str, ...]) -> list[str]:
    """The values of a free field that the data uses, among those asked for."""
    sql = "SELECT value FROM claim_value WHERE field = ? ORDER BY value"
    known = [value for (value,) in execute(sql, (field,))]
    return [_known(field, value, known) for value in wanted]


def _known(what: str, value: str, known: Sequence[str]) -> str:
    wanted = normalize(value)
    for candidate in known:
        if normalize(candidate) == wanted:
            return candidate
    from bclm_cli.query.suggestions import unknown

    hint = f"{what}s are {', '.join(known)}{once_each(what, value)}"
    raise unknown(what, value, known, hint)


def _and(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
