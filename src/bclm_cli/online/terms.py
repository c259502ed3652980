"""Searches of PubMed made from the model: the subject, with the names of steps and factors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bclm_cli.model.records import Factor, Step
from bclm_cli.text.normalize import normalize

SUBJECT = "breast cancer AND liver metastasis"
"""Without field tags, so that PubMed adds its MeSH terms and their narrower ones."""
MAX_LENGTH = 3_000
"""Characters of a search, which has to fit into an address; the last names of a long list go."""
SHORTEST = 3
"""Characters of a name that is worth searching for."""


def search(steps: Sequence[Step], factors: Sequence[Factor]) -> str:
    """What to ask PubMed for papers on any of these steps and on any of these factors.

    A factor is searched by its name, its full name and its synonyms, in titles and abstracts.
    """
    groups = [_any_of(_step_names(steps)), _any_of(_factor_names(factors))]
    return " AND ".join(f"({part})" for part in (SUBJECT, *filter(None, groups)))


def _step_names(steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        yield step.name
        yield step.id.replace("-", " ")


def _factor_names(factors: Iterable[Factor]) -> Iterator[str]:
    """All names first, then what else the factors are called: what is cut off is least."""
    factors = list(factors)
    yield from (factor.name for factor in factors)
    yield from (factor.full_name for factor in factors)
    yield from (name for factor in factors for name in factor.synonyms)


def _any_of(names: Iterable[str]) -> str:
    """Any of these as phrases; names in Greek letters in Latin ones too."""
    found: dict[str, str] = {}  # by the phrase in small letters, which PubMed does not tell apart
    length = 0
    for name in names:
        for spelled in (name, *((normalize(name),) if not name.isascii() else ())):
            phrase = " ".join(spelled.replace('"', " ").split())
            if len(phrase) < SHORTEST or phrase.lower() in found:
                continue
            term = f'"{phrase}"[tiab]'
            length += len(term) + len(" OR ")
            if length > MAX_LENGTH:
                return " OR ".join(found.values())
            found[phrase.lower()] = term
    return " OR ".join(found.values())
