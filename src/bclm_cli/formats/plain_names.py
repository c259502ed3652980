"""Names, pages and seasons for formats that write them as plain text."""

from __future__ import annotations

import re

from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name
from bclm_cli.text.control_chars import one_line
from bclm_cli.text.markup import plain_line
from bclm_cli.text.pages import ASM_NUMBER

MORE = "et al."
"""What stands for authors that nobody listed; MEDLINE did so itself until 1995."""

_PAGES = re.compile(r"([A-Za-z]*\d[\w.]*|[ivxlcdm]+) ?[-‐‑–—]{1,2} ?([A-Za-z]*\d[\w.]*|[ivxlcdm]+)")


def comma_form(person: Name, *, close: bool = False) -> str:
    """`Family, Given, Suffix` with a non-dropping particle before and a dropping one after.

    `close` puts a comma behind a body, so that a reader that splits names leaves it whole.
    """
    if person.literal:
        return plain_line(person.literal) + ("," if close else "")
    family = one_line(joined(person.non_dropping_particle, person.family))
    given = one_line(" ".join(filter(None, (person.given, person.dropping_particle))))
    parts = [part.replace(",", " ") for part in (family, given, one_line(person.suffix)) if part]
    return ", ".join(parts)


def joined(particle: str, family: str) -> str:
    """`van de Rijn`, but `d'Exemple`."""
    if not particle:
        return family
    return particle + ("" if particle[-1] in "'’-" else " ") + family


def split_pages(text: str) -> tuple[str, str]:
    """First and last page of "50-56"; anything else (e136215, "1-10, 15") stays in one piece."""
    text = plain_line(text)
    found = None if ASM_NUMBER.fullmatch(text) else _PAGES.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")


_SEASON_NAMES = {"1": "Spring", "2": "Summer", "3": "Autumn", "4": "Winter"}


def season(date: Date) -> str:
    """The season's name in English, "" where there is none."""
    return _SEASON_NAMES.get(date.season, date.season)
