"""Papers by their identifiers, from the services, for commands that take papers in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bclm_cli.errors import ServiceError
from bclm_cli.identifiers import Identifier
from bclm_cli.model.records import Reference
from bclm_cli.online.agree import is_other
from bclm_cli.online.lookup import UNWATCHED, Watch
from bclm_cli.online.merge import grave, merged
from bclm_cli.online.records import UNREGISTERED, Record, described
from bclm_cli.online.session import session


class Fetched(NamedTuple):
    """What the services know of an identifier: the paper, or `missing` in words for people.

    `warnings` (a retraction, a service that could not be asked) are for everybody, `sources`
    (who said what) to those who ask.
    """

    identifier: Identifier
    reference: Reference | None
    missing: str = ""
    warnings: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def fetch(
    wanted: Sequence[Identifier], *, refresh: bool = False, watch: Watch = UNWATCHED
) -> list[Fetched]:
    """What the services know of each identifier, in their order.

    Raises ServiceError if a paper cannot be had because a service cannot be asked; what was
    fetched stays in the cache, so that the next run asks for the rest alone.
    """
    with session(refresh=refresh, watch=watch) as lookup:
        found = lookup.papers([{one.kind: one.value} for one in wanted])
    fetched = []
    for identifier, one in zip(wanted, found, strict=True):
        if not one.records:
            if one.failures:
                raise ServiceError(f"{identifier}: {one.failures[0]}", one.failures[0].hint)
            exists = "it exists, but no service has its record"
            missing = UNREGISTERED[identifier.kind] if one.missing else exists
            fetched.append(Fetched(identifier, None, missing))
            continue
        records, others = _of_one_work(one.records, identifier)
        made = merged(records)
        warnings = [str(failure) for failure in one.failures]
        warnings += [
            f"{other.source} has another work under this identifier, which is left out:"
            f" {described(other.reference)}"
            for other in others
        ]
        warnings += [f"{notice}; do not cite it as a finding" for notice in grave(records)]
        by_source: dict[str, list[str]] = {}
        for variable, source in made.sources.items():
            by_source.setdefault(source, []).append(variable)
        sources = [f"{source}: {', '.join(names)}" for source, names in by_source.items()]
        sources += made.differences
        sources += [problem for record in records for problem in record.problems]
        reference = _as_asked(made.reference, identifier)
        doi = reference.get("DOI")
        if identifier.kind == "DOI" and doi and doi.lower() != identifier.value.lower():
            warnings.append(f"its own DOI is {doi}, which is taken")
        fetched.append(Fetched(identifier, reference, "", tuple(warnings), tuple(sources)))
    return fetched


def _of_one_work(
    records: Sequence[Record], identifier: Identifier
) -> tuple[list[Record], list[Record]]:
    """The records of the work that was asked for, and those of another one: PubMed's DOI of a paper
    may be wrong. Whose a DOI is, its own agency knows best, whose record stands last."""
    best = records[-1] if identifier.kind == "DOI" else records[0]
    others = [one for one in records if is_other(best.reference, one.reference)]
    return [one for one in records if one not in others], others


def _as_asked(reference: Reference, identifier: Identifier) -> Reference:
    """With the capitals of the DOI that was asked for, which Crossref makes small."""
    doi = reference.get("DOI")
    if identifier.kind != "DOI" or doi != identifier.value.lower():
        return reference
    return reference._replace(text={**reference.text, "DOI": identifier.value})
