"""The DOI that the data has of a paper whose own record lacks it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import islice
from shlex import quote
from typing import NamedTuple

from bclm_cli.library import duplicates
from bclm_cli.library.catalog import Catalog
from bclm_cli.model.records import Reference
from bclm_cli.query import Library, Selection
from bclm_cli.text import markup

MOST_LOOKED_FOR = 200
"""At most this many papers without a DOI are looked for: each is a search."""
_MOST_HITS = 20


class Found(NamedTuple):
    """A DOI, the key of the paper that has it in the data, and whether that is the same work for
    sure, so that `bclm add --update` fills it in."""

    doi: str
    key: str
    is_same: bool

    @property
    def what(self) -> str:
        """What a finding says of it."""
        return f"{self.key} in the data has {self.doi}"

    def hint(self, file: str) -> str:
        """How a bibliography gets it."""
        if self.is_same and file.lower().endswith(".bib"):
            return f"`bclm add --update --write {quote(file)}` fills it in"
        return "add it to your record, if it is the same paper"


Find = Callable[[Reference], Found | None]
"""What finds the DOI of a paper whose record lacks it."""


def nothing(paper: Reference) -> None:
    """Where no data is at hand: no DOI is found."""


class InData:
    """Looks in the data, without the bibliographies that are checked, for papers without a DOI."""

    def __init__(self, opened: Callable[[], Library]) -> None:
        """`opened` gives the data, where something is to be looked for."""
        self._opened = cache(opened)
        self._looked_for = 0

    def find(self, paper: Reference) -> Found | None:
        """The DOI of a paper that is the same work, or has its title and first author and nothing
        that differs."""
        if paper.get("DOI") or not paper.title or self._looked_for == MOST_LOOKED_FOR:
            return None
        self._looked_for += 1
        library = self._opened()
        hits = islice(library.search(markup.plain(paper.title)), _MOST_HITS)
        keys = tuple(hit.id for hit in hits if hit.type == "paper")
        papers = {one.id: one for one in library.references(Selection(keys=keys))}
        catalog = Catalog(one for one in papers.values() if one.get("DOI"))
        work = duplicates.fingerprint(paper)
        match = catalog.duplicate(work)
        key = match.key if match else catalog.possible_duplicate(work)
        return Found(papers[key].get("DOI"), key, match is not None) if key else None
