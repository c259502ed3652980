"""A reference on its way through a style: its values as marked text, and what sets it apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bclm_cli.cite import marks
from bclm_cli.cite.numbers import first_page
from bclm_cli.cite.people import Person, person
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Reference
from bclm_cli.model.variables import DATES, NAMES

_NO_MARKUP = frozenset(("DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL", "language"))
_RENAMED = {"event": "event-title", "event-title": "event", "shortTitle": "title-short"}
_WEB = re.compile("(?:https?|ftp)://", re.IGNORECASE)


class CitedItem:
    """What citeproc-py's elements ask of an item, answered from a `Reference`.

    `number` is its place in the list. `hints`, `at_least` and `year_suffix` (1 is "a") come from
    the disambiguation; `ambiguous` answers `if disambiguate="true"`. What a `cs:substitute` used
    is hidden from the rest of the entry, as CSL asks.
    """

    has_locator = False

    def __init__(self, reference: Reference, number: int) -> None:
        self.key = reference.id
        self.type = reference.type
        self.number = number
        self.source = reference
        self.hints: Mapping[tuple[Person, bool], str] = {}
        self.at_least = 0
        self.year_suffix = 0
        self.ambiguous = False
        self._hidden: set[str] = set()
        self._values: dict[str, str] = {}
        self._people: dict[str, tuple[Person, ...]] = {}

    @property
    def reference(self) -> CitedItem:
        """Itself: citeproc-py keeps the variables one step further away."""
        return self

    @property
    def language(self) -> str:
        """The language of the work in lower case, "" where it is not known: "en" of "en-US"."""
        return self.source.get("language").partition("-")[0].lower()

    def has(self, variable: str) -> bool:
        """Whether the variable is there, used up by a substitute or not."""
        source = self.source
        if variable in NAMES:
            return bool(source.names.get(variable))
        if variable in DATES:
            return variable in source.dates
        return bool(self._read(variable))

    def value(self, variable: str) -> str:
        """A text variable as marked text, "" where it is not known."""
        if variable in self._hidden:
            return ""
        if variable not in self._values:
            self._values[variable] = self._read(variable)
        return self._values[variable]

    def _read(self, variable: str) -> str:
        if variable == "page-first":
            return first_page(self.source.get("page"))
        text = self.source.get(variable)
        if not text and variable in _RENAMED:
            text = self.source.get(_RENAMED[variable])
        if variable in _NO_MARKUP:
            return marks.clean(text).strip()
        return marks.read(text.strip())

    def people(self, variable: str) -> tuple[Person, ...]:
        """The people of a name variable, () where there are none."""
        if variable in self._hidden:
            return ()
        if variable not in self._people:
            names = self.source.names.get(variable, ())
            self._people[variable] = tuple(person(name) for name in names)
        return self._people[variable]

    def date(self, variable: str) -> Date | None:
        """A date variable, None where it is not known."""
        found = None if variable in self._hidden else self.source.dates.get(variable)
        return found if found and (found.start or found.literal) else None

    def hide(self, variables: Iterable[str]) -> None:
        """Leave the variables out of the rest of this entry."""
        self._hidden.update(variables)

    def reset(self) -> None:
        """Forget what is hidden; every entry begins with that."""
        self._hidden.clear()

    def address(self, kind: str, text: str) -> str:
        """The web address behind an identifier or a title, "" for none and for other schemes.

        A link must not run a script in the reader's page.
        """
        if kind == "title":
            kinds = ("doi", "pmcid", "pmid", "url")
            return next(filter(None, (self.address(k, self.value(k.upper())) for k in kinds)), "")
        if not text or "://" in text:
            return text if _WEB.match(text) else ""
        return _ADDRESSES[kind] + text


_ADDRESSES = {
    "doi": "https://doi.org/",
    "pmid": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    "url": "https://",
}
