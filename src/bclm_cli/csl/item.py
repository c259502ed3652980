"""An item: its variables (CSL 1.0.2, "Appendix IV"), read from CSL-JSON when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bclm_cli.csl import rich_text
from bclm_cli.csl.dates import Date, parse_date
from bclm_cli.csl.numbers import first_page
from bclm_cli.csl.person import Person, person
from bclm_cli.model.variables import DATES, NAMES

_NO_MARKUP = frozenset(("DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL", "language"))
_RENAMED = {
    "event": ("event-title",),
    "event-title": ("event",),
    "title-short": ("shortTitle",),
    "container-title-short": ("journalAbbreviation",),
}
_NOTE_VARIABLE = (
    r"(?m:^([A-Za-z][A-Za-z-]+): *([^\n]{1,500})$)"
    r"|\{:([A-Za-z][A-Za-z-]+): ?([^{}\n]{0,500})\}"
)
OTHERS = "others"
"""A last name with this literal says that there are more people whose names nobody gives."""


class Item:
    """A work that is cited; a variable that is absent is "", () or None."""

    def __init__(self, csl: Mapping[str, Any]) -> None:
        self.id = str(csl.get("id", ""))
        self.type = str(csl.get("type", ""))
        self.language = str(csl.get("language") or "").partition("-")[0].lower()
        self._csl = {**_in_note(csl["note"]), **csl} if ":" in str(csl.get("note")) else csl
        self._values: dict[str, str] = {}
        self._names: dict[str, tuple[Person, ...]] = {}
        self._dates: dict[str, Date | None] = {}

    def value(self, variable: str) -> str:
        """A text or number variable as rich text."""
        if variable not in self._values:
            self._values[variable] = self._read(variable)
        return self._values[variable]

    def _read(self, variable: str) -> str:
        if variable == "page-first" and not self._csl.get(variable):
            return first_page(self.value("page"))
        text = self._text(variable)
        if not text:
            others = (self._text(other) for other in _RENAMED.get(variable, ()))
            text = next(filter(None, others), "")
        if variable in _NO_MARKUP:
            return rich_text.clean(text).strip()
        return rich_text.read(text.strip())

    def _text(self, variable: str) -> str:
        value = self._csl.get(variable)
        return str(value) if isinstance(value, str | int | float) else ""

    def names(self, variable: str) -> tuple[Person, ...]:
        """The people of a name variable, without the "others" at its end."""
        if variable not in self._names:
            self._names[variable] = tuple(person(name) for name in self._people(variable))
        return self._names[variable]

    def _people(self, variable: str) -> list[Mapping[str, Any]]:
        value = self._csl.get(variable)
        found = [one for one in value if _is_name(one)] if isinstance(value, list) else []
        return found[:-1] if len(found) > 1 and found[-1].get("literal") == OTHERS else found

    def has_others(self, variable: str) -> bool:
        """Whether there are more people than are named."""
        value = self._csl.get(variable)
        last = value[-1] if isinstance(value, list) and len(value) > 1 else None
        return isinstance(last, Mapping) and last.get("literal") == OTHERS

    def date(self, variable: str) -> Date | None:
        """A date variable."""
        if variable not in self._dates:
            self._dates[variable] = parse_date(self._csl.get(variable))
        return self._dates[variable]

    def has(self, variable: str) -> bool:
        """Whether the variable holds anything."""
        if variable in NAMES:
            return bool(self.names(variable))
        if variable in DATES:
            return self.date(variable) is not None
        return bool(self.value(variable))


def _in_note(note: object) -> dict[str, Any]:
    """Variables that the note holds, a line each ("original-date: 1900") or as `{:PMID: 1}`.

    citeproc-js and pandoc read them; reference managers write them for what they have no field for.
    """
    found: dict[str, Any] = {}
    for match in re.finditer(_NOTE_VARIABLE, str(note)):
        variable, value = (match[1] or match[3], (match[2] or match[4] or "").strip())
        if variable in NAMES and "||" in value:
            family, _, given = value.partition("||")
            found.setdefault(variable, []).append(
                {"family": family.strip(), "given": given.strip()}
            )
        elif variable not in NAMES:
            found.setdefault(variable, value)
    return found


def _is_name(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    return any(map(_says_something, map(value.get, ("family", "literal", "given"))))


def _says_something(text: object) -> bool:
    """Whether text is more than spaces and markup."""
    if not isinstance(text, str) or not text:
        return False
    if text[0].isalpha():
        return True
    return bool(rich_text.strip(rich_text.read(text)).strip() if "<" in text else text.strip())
