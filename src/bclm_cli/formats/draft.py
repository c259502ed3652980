"""A reference in the making: what every importer does with a value before it is one."""

from __future__ import annotations

import re
from collections.abc import Callable

from bclm_cli import identifiers
from bclm_cli.formats import dates, values
from bclm_cli.formats.clean import MARKED, clean, clean_name, marked
from bclm_cli.formats.document_types import are_document_types
from bclm_cli.formats.interface import PUBLISHED, Entry, Problem, Results
from bclm_cli.formats.names import persons, simple, without_et_al
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference

_IN_DATABASES = frozenset({"chapter", "paper-conference"})
_BLANK = re.compile(r"\s*\(?<blank>\)?", re.IGNORECASE)  # of Ovid, where it has nothing
_PII = re.compile(
    r"(?:pii|art(?:icle|\.)?(?:\s*(?:no\.?|number|id))?)\s*[:.]?\s+(?=\S)", re.IGNORECASE
)
_VISIT = re.compile(
    r"[\[(]?\s*(?:online[;,]\s*)?\b(?:last\s+)?(?:accessed|visited)(?:\s*:\s*|\s+on:?\s+|\s+)"
    r"(?P<date>\d{4}-\d\d?-\d\d?|\d\d?[-. ][A-Za-z]{3,9}\.?[- ]\d{4}|[A-Za-z]{3,9}\.? \d\d?,? \d{4}"
    r"|\d\d?[/.]\d\d?[/.]\d{4})\s*[\])]?\.?\s*",
    re.IGNORECASE,
)
_DOI_BEHIND = re.compile(r"[.;,]?\s*\bdoi\s*[:.]\s*(\S+)\s*$", re.IGNORECASE)


class Draft:
    """Collects the fields of one reference; the first value of a field stays.

    `warnings` are the values that could not be read, in words for people; `notes` what else is odd.
    `given_first` says that names of the file are written as "Given Family".
    """

    given_first = False

    def __init__(self, key: str = "", type_: str = "document") -> None:
        self.key, self.type = key, type_
        self.text: dict[str, str] = {}
        self.names: dict[str, list[Name]] = {}
        self.dates: dict[str, Date] = {}
        self.custom: dict[str, str | list[str]] = {}
        self.noted: dict[str, str] = {}  # identifiers in notes, which yield to those in fields
        self.warnings: list[str] = []
        self.notes: list[str] = []

    def put(self, variable: str, value: str) -> None:
        """Take a value of a text variable, unless it is empty or one is there."""
        if value and variable not in self.text:
            if variable in MARKED:
                value = clean(marked(value))
            else:
                value = clean(_BLANK.sub("", value) if "<" in value else value)
                value = "" if values.is_placeholder(value) else value
            if value:
                self.text[variable] = value

    def genre(self, value: str) -> None:
        """Take a genre; what databases call an article is no genre of one ("[Article]")."""
        if not value:
            return
        is_listed = self.type.startswith("article-") or self.type in _IN_DATABASES
        if not (is_listed and are_document_types(value)):
            self.put("genre", value)

    def note(self, value: str) -> None:
        """Take a note; identifiers with which a line of it begins become the paper's own."""
        lines = []
        for line in value.split("\n"):
            found, rest = values.labeled(line.strip()) if ":" in line else ({}, line)
            self.noted = {**found, **self.noted}
            lines.append(rest)
        self.put("note", self._without_visit("\n".join(lines)))

    def _without_visit(self, note: str) -> str:
        """A note without "Accessed: DATE", which becomes the date of the visit."""
        match = _VISIT.search(note)
        visit = dates.date(match["date"]) if match else Date()
        if not match or len(visit.start) < 3 or "accessed" in self.dates:
            return note
        self.date("accessed", visit)
        rest = f"{note[: match.start()].rstrip(' ;,')}{note[match.end() :]}".strip(" ;,.")
        return rest if rest.lower() != "online" else ""

    def status(self, value: str) -> None:
        """Take a status of publication; that a work is published goes without saying."""
        if value.strip().lower() not in PUBLISHED:
            self.put("status", value)

    def identifier(self, variable: str, value: str) -> None:
        """Take a DOI, PMID or PMCID with or without its address or label."""
        if not value:
            return
        value = clean(value)
        found = identifiers.PARSERS[variable](value)
        self.put(variable, found)
        if not found:
            self._warn(variable, value)

    def link(self, url: str) -> None:
        """Take a URL; one that only resolves the DOI becomes the DOI."""
        if not url:
            return
        url, taken = clean(url), False
        for part in url.split(" "):  # Mendeley puts several into one field
            if (identifiers.is_doi_address(part) or part[:3] == "10.") and (
                found := identifiers.doi_within(part)
            ):
                self.put("DOI", found)
            elif address := identifiers.url(part):
                self.put("URL", address)
            else:
                continue
            taken = True
        if not taken and "://" not in url:  # an address that only a program can open
            self._warn("URL", url)

    def serial(self, value: str) -> None:
        """Take the first ISSN or ISBN of a field, whichever it holds."""
        if value:
            variable, found = identifiers.serial(clean(value))
            self.put(variable, found)
            if not found:
                self._warn("ISSN or ISBN", clean(value))

    def _warn(self, variable: str, value: str) -> None:
        if not values.is_placeholder(value):
            self.warnings.append(values.unread(variable, value))

    def pages(self, value: str) -> None:
        """Take pages; an article number ("pii: E1392" too) goes into `number` as well, where
        styles look for it, and a DOI behind them where it belongs."""
        if not value:
            return
        value = clean(value)
        if "doi" in value.lower() and (found := _DOI_BEHIND.search(value)):
            self.put("DOI", identifiers.doi(found[1]))
            value = value[: found.start()]
        label = _PII.match(value) if value[:1].isalpha() and not value.isalnum() else None
        value = value[label.end() :] if label else values.page(value, self._year)
        if label is None or values.is_article_number(value) or value.isdigit():
            self.put("page", value)
        if self.type == "article-journal" and (label or values.is_article_number(value)):
            self.put("number", value)

    @property
    def _year(self) -> int | None:
        return self.dates["issued"].year if "issued" in self.dates else None

    def people(self, variable: str, text: str) -> None:
        """Take the names of a line that should hold one; "et al." says that more exist."""
        name = simple(text)
        if name:
            self.names.setdefault(variable, []).append(name)
            return
        text, more = without_et_al(text.strip())
        if more:
            self.more_authors(variable)
        found = persons(text, self.notes, given_first=self.given_first) if text else []
        for name in found:
            self.person(variable, name)

    def more_authors(self, variable: str) -> None:
        """Remember that a list of authors is not whole."""
        if variable == "author":
            self.custom["incomplete-authors"] = "true"

    def person(self, variable: str, name: Name) -> None:
        """Add one name; an empty one is passed over."""
        name = clean_name(name)
        if name.family or name.given or name.literal:
            self.names.setdefault(variable, []).append(name)

    def date(self, variable: str, value: Date) -> None:
        """Take a date, unless it is empty or one is there."""
        if any(value) and variable not in self.dates:
            if value.literal:
                value = value._replace(literal=clean(value.literal))
                if not value.start and re.search(r"\d", value.literal):
                    self.notes.append(f"{values.unread('date', value.literal)}; kept as text")
            self.dates[variable] = value

    def reference(self) -> Reference:
        """The reference; raises ValueError where nothing is known of it."""
        for variable, value in self.noted.items():
            self.put(variable, value)
        if not (self.text or self.names):
            raise ValueError("there is nothing in it")
        if "title" not in self.text:
            self.notes.append("it has no title")
        names = {variable: tuple(people) for variable, people in self.names.items()}
        return Reference(self.key, self.type, self.text, names, self.dates, self.custom)


def entry_or_problems(line: int, name: str, draft_of: Callable[[], Draft]) -> Results:
    """An entry, after what could not be read of it; or why it is none. `name` is for people."""
    try:
        draft = draft_of()
        reference = draft.reference()
    except ValueError as error:  # TooMuchError is one
        yield Problem(line, f"{name}: {error}")
        return
    for warning in draft.warnings:
        yield Problem(line, f"{name}: {warning}")
    for note in draft.notes:
        yield Problem(line, f"{name}: {note}", left_out=False)
    yield Entry(line, reference)
