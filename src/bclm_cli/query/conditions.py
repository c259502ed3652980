"""What a Selection demands, as SQL conditions on steps, factors, claims and papers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from bclm_cli.errors import NotFoundError, UsageError
from bclm_cli.evidence import DIRECTNESS, LEVELS
from bclm_cli.evidence import level as level_of
from bclm_cli.model.records import EFFECTS, FACTOR_KINDS, PERTURBATIONS, REFERENCE_KINDS
from bclm_cli.query import factors, names
from bclm_cli.query.lookup import Execute, values_of
from bclm_cli.query.search import alternatives, match
from bclm_cli.query.selection import Selection
from bclm_cli.store import CLAIM, FACTOR, MANY_VALUES, REFERENCE, hits
from bclm_cli.suggest import missing
from bclm_cli.text.normalize import compact, normalize, words

_KINDS = (*FACTOR_KINDS, *REFERENCE_KINDS)
_FIXED = {"effect": EFFECTS, "directness": DIRECTNESS, "level": LEVELS}
"""Fields of claims that have one value out of a few."""
_ALSO_LEVELS = {"invivo": "animal", "insilico": "computational"}
"""What people call a level that is no system of a claim either."""
_NO_SPELLING = re.compile(r"[!?*=<>|&~^]")
"""What other programs write for "not" or "any"; no value is spelled so."""


class Conditions(NamedTuple):
    """SQL conditions by what they are about, and the values they name, mostly JSON arrays.

    Those on steps and factors leave room for the column that has the id. `notes` are lines on how
    names were understood. The names of values begin with `prefix`.
    """

    step: list[str]
    factor: list[str]
    claim: list[str]
    paper: list[str]
    match: list[str]
    values: dict[str, str]
    notes: list[str]
    prefix: str = ""

    @classmethod
    def none(cls, prefix: str = "") -> Conditions:
        """Nothing demanded yet."""
        return cls([], [], [], [], [], {}, [], prefix)

    def named(self, name: str, value: str) -> str:
        """Keep a value under the name; how SQL calls it."""
        self.values[self.prefix + name] = value
        return f":{self.prefix}{name}"

    def among(self, to: list[str], column: str, name: str, wanted: Iterable[object]) -> None:
        """Let the column have one of these values, kept under the name."""
        value = self.named(name, json.dumps(list(dict.fromkeys(wanted))))
        to.append(f"{column} IN (SELECT value FROM json_each({value}))")

    def exclude(self, other: Conditions) -> None:
        """Let nothing meet any of the other's conditions."""
        for own, others in (
            (self.step, other.step),
            (self.factor, other.factor),
            (self.claim, other.claim),
            (self.paper, other.paper),
        ):
            own += [f"({condition}) IS NOT TRUE" for condition in others]
        self.values.update(other.values)
        self.notes.extend(other.notes)

    @property
    def of_claims(self) -> list[str]:
        """What is demanded of claims themselves."""
        steps = [condition.format("c.step") for condition in self.step]
        factors = [condition.format("c.factor") for condition in self.factor]
        return [*steps, *factors, *self.claim]

    @property
    def of_their_papers(self) -> list[str]:
        """What is demanded of claims through their papers."""
        papers = f"SELECT r.id FROM reference r{where(self.paper)}"
        return [f"c.reference IN ({papers})"] if self.paper else []


def conditions(execute: Execute, selection: Selection) -> Conditions:
    """What the selection demands of steps, factors, claims (c) and papers (r)."""
    found = _demanded(execute, selection, Conditions.none())
    if selection.keys is not None:
        found.among(found.paper, "r.key", "keys", selection.keys)
    if (used_in := selection.used_in) is not None:
        cited = names.cited(
            execute, used_in.places, lenient=used_in.lenient, bibliographies=used_in.bibliographies
        )
        if not used_in.everything:
            found.among(found.paper, "r.key", "used_in", cited.values())
    for number, (field, value) in enumerate(selection.excluded):
        fields: dict[str, Any] = {field: (value,)}
        one = Selection(**fields)
        found.exclude(_demanded(execute, one, Conditions.none(f"not{number}_")))
    return found


def where(conditions: Sequence[str]) -> str:
    """SQL that demands all of these."""
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _demanded(execute: Execute, selection: Selection, found: Conditions) -> Conditions:
    if selection.step:
        steps = names.steps(execute, selection.step)
        found.among(found.step, "{}", "step", _step_ids(execute, steps))
    if selection.factor:
        named = factors.named(execute, selection.factor)
        found.notes.extend(named.notes)
        found.among(found.factor, "{}", "factor", factors.ids(execute, named.names))
    if selection.kind:
        _of_kind(selection.kind, found)
    _of_claims(execute, selection, found)
    if selection.author:
        _by_author(execute, selection.author, found)
    if selection.year:
        from bclm_cli.query.years import years

        found.among(found.paper, "r.year", "years", years(execute, selection.year))
    return found


def _step_ids(execute: Execute, known: Iterable[str]) -> list[int]:
    """The ids of steps that exist; 0 stands for the background, which is none."""
    sql = "SELECT id FROM step WHERE key = ?"
    return [next(execute(sql, (name,)), (0,))[0] for name in known]


def _of_kind(wanted: Sequence[str], found: Conditions) -> None:
    kinds = _known("kind", wanted, _KINDS)
    if all(kind in FACTOR_KINDS for kind in kinds):
        of_kind: list[str] = []
        found.among(of_kind, "kind", "factor_kind", kinds)
        found.factor.append(f"{{}} IN (SELECT id FROM factor{where(of_kind)})")
    elif all(kind in REFERENCE_KINDS for kind in kinds):
        found.among(found.paper, "r.kind", "paper_kind", kinds)
    else:
        raise UsageError("--kind takes kinds of factors or kinds of papers, not both")


def _of_claims(execute: Execute, selection: Selection, found: Conditions) -> None:
    for field, allowed in _FIXED.items():
        if wanted := getattr(selection, field):
            found.among(found.claim, f"c.{field}", field, _known(field, wanted, allowed))
    if selection.site:
        sites = _known("site", selection.site, values_of(execute, "site"))
        found.among(found.claim, "c.site", "site", sites)
    for field in MANY_VALUES:
        if wanted := getattr(selection, field):
            known = PERTURBATIONS if field == "perturbation" else values_of(execute, field)
            value = found.named(field, json.dumps(_known(field, wanted, known)))
            found.claim.append(
                f"EXISTS (SELECT 1 FROM json_each(c.{field}) JOIN json_each({value}) AS wanted"
                " ON wanted.value = json_each.value)"
            )
    if selection.match:
        texts = [match(text) for text in selection.match]
        if not all(texts):
            raise UsageError("--match needs a word", "letters or digits")
        found.named("match", " OR ".join(f"({text})" for text in texts))
        found.match.append(
            f"(c.id IN {hits('match', CLAIM)} OR c.factor IN {hits('match', FACTOR)}"
            f" OR c.reference IN {hits('match', REFERENCE)})"
        )


def _known(field: str, wanted: Sequence[str], known: Sequence[str]) -> list[str]:
    """The known values that are meant, whatever their case and hyphens; commas may join several."""
    return [value for text in wanted for value in _meant(field, text, known)]


def _meant(field: str, text: str, known: Sequence[str]) -> list[str]:
    if found := _spelled(text, known):
        return found
    parts = text.split(",")
    if len(parts) > 1:
        return [value for part in parts for value in _meant(field, part.strip(), known)]
    from bclm_cli.query.suggestions import unknown

    hint = f"--{field} takes {', '.join(known)}" if known else f"no claim here has a {field}"
    level = _ALSO_LEVELS.get(compact(text))
    if field == "level" and (level := level or level_of([text.lower()])):
        raise NotFoundError(missing(field, text, [level]), hint)
    if field == "system" and level:  # `in vivo` looks like `in vitro`
        raise NotFoundError(missing(field, text, [f"--level {level}"]), hint)
    if same := [value for other in alternatives(text) for value in _spelled(other, known)]:
        raise NotFoundError(missing(field, text, same), hint)
    raise unknown(field, text, known, hint)


def _spelled(text: str, known: Sequence[str]) -> list[str]:
    """The values that are spelled so: a data file may write BT-20 and BT20."""
    wanted = compact(text)
    if not wanted or _NO_SPELLING.search(text):
        return []
    return [value for value in known if compact(value) == wanted]


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
        text = found.named(f"author{number}", f"text : ({terms})")
        parts = found.named(f"name{number}", json.dumps(patterns))
        either.append(f"(r.id IN {hits(text[1:], REFERENCE)} AND {_OF_ONE_AUTHOR.format(parts)})")
        values = {name[1:]: found.values[name[1:]] for name in (text, parts)}
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
