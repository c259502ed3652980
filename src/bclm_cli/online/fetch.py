"""Papers by their identifiers, from the services, for commands that take papers in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bclm_cli.errors import ServiceError
from bclm_cli.identifiers import Identifier
from bclm_cli.model.records import Reference
from bclm_cli.online.lookup import UNWATCHED, Watch
from bclm_cli.online.merge import grave, merged
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
            fetched.append(Fetched(identifier, None, _missing(identifier, exists=not one.missing)))
            continue
        made = merged(one.records)
        warnings = [str(failure) for failure in one.failures]
        warnings += [f"{notice}; do not cite it as a finding" for notice in grave(one.records)]
        by_source: dict[str, list[str]] = {}
        for variable, source in made.sources.items():
            by_source.setdefault(source, []).append(variable)
        sources = [f"{source}: {', '.join(names)}" for source, names in by_source.items()]
        sources += made.differences
        sources += [problem for record in one.records for problem in record.problems]
        reference = _as_asked(made.reference, identifier)
        fetched.append(Fetched(identifier, reference, "", tuple(warnings), tuple(sources)))
    return fetched


def _as_asked(reference: Reference, identifier: Identifier) -> Reference:
    """With the capitals of the DOI that was asked for, which Crossref makes small."""
    doi = reference.get("DOI")
    if identifier.kind != "DOI" or doi != identifier.value.lower():
        return reference
    return reference._replace(text={**reference.text, "DOI": identifier.value})


def _missing(identifier: Identifier, *, exists: bool) -> str:
    if exists:
        return "it exists, but no service has its record"
    return {
        "DOI": "no such DOI is registered",
        "PMID": "PubMed has no such paper",
        "PMCID": "PubMed Central has no such paper",
    }[identifier.kind]
