"""One reference from what several services say, each for what it is best at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bclm_cli.model import notices
from bclm_cli.model.notices import Notice
from bclm_cli.model.records import Name, Reference
from bclm_cli.online.crossref import SOURCE as CROSSREF
from bclm_cli.online.records import Record
from bclm_cli.text.normalize import normalize

FROM_CROSSREF = ("container-title",)
"""PubMed writes journals in sentence case; of titles of papers it keeps the case, Crossref not."""
COMPARED = ("volume", "issue", "page", "DOI")
"""Variables whose disagreements between services are reported."""


class Merged(NamedTuple):
    """The reference; for each variable who it is from; and where the sources disagree."""

    reference: Reference
    sources: dict[str, str]
    differences: tuple[str, ...]


def merged(records: Sequence[Record]) -> Merged:
    """One reference from the records of one paper, the most trusted of which stands first."""
    first = records[0]
    result, sources = first.reference, dict.fromkeys(first.reference.variables, first.source)
    differences: list[str] = []
    for record in records[1:]:
        other = record.reference
        differences += _differences(result, other, sources, record.source)
        text, names, dates = dict(result.text), dict(result.names), dict(result.dates)
        for variable, value in other.text.items():
            if variable not in text or _better(variable, text[variable], value, record.source):
                text[variable], sources[variable] = value, record.source
        custom = result.custom
        for variable, people in other.names.items():
            if variable not in names:
                names[variable], sources[variable] = people, record.source
            elif variable == "author":
                names[variable], whole = joined(names[variable], people)
                if whole:
                    sources[variable] = record.source
                    custom = {k: v for k, v in custom.items() if k != "incomplete-authors"}
                elif names[variable] != result.names[variable]:
                    sources[variable] += f", given names {record.source}"
        for variable, date in other.dates.items():
            if variable not in dates:
                dates[variable], sources[variable] = date, record.source
        result = result._replace(text=text, names=names, dates=dates, custom=custom)
    return Merged(result, sources, tuple(differences))


def grave(records: Sequence[Record]) -> list[Notice]:
    """The notices, whoever has them, that shake what a paper says."""
    every = notices.merged(notice for record in records for notice in record.notices)
    return [notice for notice in every if notice.kind in notices.GRAVE]


def joined(ours: tuple[Name, ...], theirs: tuple[Name, ...]) -> tuple[tuple[Name, ...], bool]:
    """A list of authors with the fuller given names of another list of the same people; the other
    list, and True, if it begins with the same people and goes on."""
    if len(theirs) > len(ours) and _same_people(ours, theirs[: len(ours)]):
        return theirs, True
    if len(theirs) == len(ours) and _same_people(ours, theirs):
        return tuple(map(_fuller, ours, theirs)), False
    return ours, False


def _same_people(ours: Sequence[Name], theirs: Sequence[Name]) -> bool:
    return all(
        normalize(one.sort_family) == normalize(other.sort_family)
        for one, other in zip(ours, theirs, strict=True)
    )


def _fuller(ours: Name, theirs: Name) -> Name:
    """Given names spelled out, or with the stops that PubMed leaves out, if they are the same."""
    one, other = normalize(ours.given).split(), normalize(theirs.given).split()
    if len(other) < len(one) or not all(b.startswith(a) for a, b in zip(one, other, strict=False)):
        return ours
    return ours._replace(given=theirs.given)


def _better(variable: str, ours: str, theirs: str, source: str) -> bool:
    """Whether the value of a less trusted source is taken all the same."""
    if variable == "page":  # PubMed has now and then the first page alone
        return theirs.startswith(f"{ours}-")
    return variable in FROM_CROSSREF and source == CROSSREF


def _differences(
    ours: Reference, theirs: Reference, sources: dict[str, str], source: str
) -> list[str]:
    found = []
    if ours.year and theirs.year and ours.year != theirs.year:
        found.append(
            _disagreement(
                "year", str(ours.year), sources.get("issued", ""), str(theirs.year), source
            )
        )
    for variable in COMPARED:
        one, other = ours.get(variable), theirs.get(variable)
        if one and other and normalize(one) != normalize(other) and not other.startswith(f"{one}-"):
            found.append(_disagreement(variable, one, sources.get(variable, ""), other, source))
    return found


def _disagreement(variable: str, ours: str, our_source: str, theirs: str, source: str) -> str:
    return f"{variable}: {our_source} has {ours}, {source} {theirs}; {ours} is taken"
