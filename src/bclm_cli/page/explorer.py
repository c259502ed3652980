"""What a page shows: a selection of the model, with what is said of it as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bclm_cli.model.notices import Notice
from bclm_cli.model.records import Claim, Factor, Reference, Step

Indexed = tuple[tuple[str, ...], int, str, str, str, tuple[str, ...]]
"""What a record is called, its row, its words by the columns of the index, its other names."""


class Explorer(NamedTuple):
    """What a page shows; `indexed` is for its search, and may hold more.

    `synonyms` has, by normalized words or phrases, what a search takes for the same.
    `narrower` names for each factor what belongs to it, `relatives` what it belongs to and what
    else does, `notices` for the key of a paper what is known about it, and as of which day.
    `versions` are those of the program and of the data, `terms` the names whose
    capitals BibTeX styles must leave alone, `origin` is the paper behind the model. `subject` is
    what was asked for by name, which the window's title begins with.
    """

    title: str
    versions: tuple[str, str]
    origin: Reference | None
    steps: Sequence[Step]
    factors: Sequence[Factor]
    claims: Sequence[Claim]
    papers: Sequence[Reference]
    indexed: Sequence[Indexed]
    narrower: Mapping[str, Sequence[str]]
    relatives: Mapping[str, Sequence[str]]
    notices: Mapping[str, tuple[Sequence[Notice], str]]
    synonyms: Mapping[str, Sequence[str]]
    terms: frozenset[str]
    subject: str = ""
