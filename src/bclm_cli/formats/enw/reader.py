"""EndNote's tagged format (.enw), as Google Scholar and many journals give it."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial

from bclm_cli import identifiers
from bclm_cli.formats import dates, values
from bclm_cli.formats.draft import Draft, entry_or_problems
from bclm_cli.formats.interface import Problem, Results, passed_over
from bclm_cli.formats.tagged import Record, Shape, given_names_first, records

HELP = "EndNote tagged (.enw), as Google Scholar gives it"
SUFFIXES = (".enw", ".endnote", ".refer")

TYPES = {
    "journal article": "article-journal", "electronic article": "article-journal",
    "magazine article": "article-magazine", "newspaper article": "article-newspaper",
    "book": "book", "edited book": "book", "electronic book": "book", "book section": "chapter",
    "electronic book section": "chapter", "conference paper": "paper-conference",
    "conference proceedings": "paper-conference", "thesis": "thesis", "report": "report",
    "government document": "report", "patent": "patent", "web page": "webpage",
    "blog": "post-weblog",
    "computer program": "software", "dataset": "dataset", "unpublished work": "manuscript",
    "manuscript": "manuscript", "dictionary": "entry-dictionary", "map": "map",
    "encyclopedia": "entry-encyclopedia", "standard": "standard", "pamphlet": "pamphlet",
    "personal communication": "personal_communication", "generic": "document",
    "preprint": "article", "online multimedia": "motion_picture",
    "film or broadcast": "motion_picture", "audiovisual material": "motion_picture",
    "video": "motion_picture", "music": "musical_score", "artwork": "graphic", "figure": "figure",
    "chart or table": "figure", "bill": "bill", "case": "legal_case", "statute": "legislation",
    "hearing": "hearing", "legal rule or regulation": "regulation", "classical work": "classic",
    "conference poster": "paper-conference", "serial": "periodical", "catalog": "book",
    "aggregated database": "dataset", "online database": "dataset", "interview": "interview",
    "discussion forum": "post", "social media": "post", "multimedia application": "software",
    "press release": "report", "grant": "report", "ancient text": "classic",
    "religious text": "classic", "equation": "figure",
}  # fmt: skip
_IN_BOOKS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})
_PLAIN = {
    "T": "title", "!": "title-short", "V": "volume", "I": "publisher", "C": "publisher-place",
    "6": "number-of-volumes", "X": "abstract", "L": "call-number",
    "(": "original-title", "S": "collection-title",
}  # fmt: skip
_PEOPLE = {"A": "author", "E": "editor", "Y": "collection-editor", "?": "translator"}

_LINE = re.compile(r"\s{0,3}%([0-9A-Z!@#$&()*+>^~<?\[\]|='`,;:_%{}-])[ \t]")
_HOUSEKEEPING = frozenset(">")  # a file on somebody's disk
_FIRST, _LISTED, _LONG = frozenset({"0"}), frozenset({"K"}), frozenset({"X", "Z"})
_BY_TYPES = Shape(_LINE, _FIRST, after_blank=frozenset("TA"), listed=_LISTED, long=_LONG)
_BY_BLANKS = Shape(_LINE, _FIRST, after_blank=None, listed=_LISTED, long=_LONG)

_AUTHOR = re.compile(r"^\s{0,3}%A[ \t]+(\S.*)$", re.MULTILINE)


def looks_like(head: str) -> bool:
    """Whether a text that begins so may be EndNote's."""
    return bool(re.search(r"^\s{0,3}%[0TA] \S", head, re.MULTILINE))


def read(text: str) -> Results:
    """The records of a file; where the first has no %0, an empty line begins the next one."""
    turned = list(given_names_first(text, _AUTHOR))
    yield from turned
    unknown_fields: Counter[str] = Counter()
    for record in records(text, _BY_TYPES if text.lstrip()[:2] == "%0" else _BY_BLANKS):
        if isinstance(record, Problem):
            yield record
        else:
            yield from entry_or_problems(
                record.line, "EndNote record", partial(_draft, record, bool(turned))
            )
            unknown_fields.update(f"%{tag}" for tag in record.untouched(_HOUSEKEEPING))
    yield from passed_over(unknown_fields)


def _draft(record: Record, given_first: bool) -> Draft:
    draft = Draft(record.first("F"), _type(record))
    draft.given_first = given_first
    name = record.first("0")
    if name and name.lower() not in TYPES:
        draft.notes.append(f"{name[:30]!r} is no type known here; taken for a document")
    record.put(_PLAIN, draft.put)
    draft.genre(record.first("9"))
    draft.note("\n".join(record.all("Z")))
    edition = values.edition(record.first("7"))
    if not (draft.type.startswith("article") and dates.is_date(edition)):
        draft.put("edition", edition)
    container = record.first("J") or record.first("B")
    if draft.type in _IN_BOOKS or record.first("J") or draft.type.startswith("article"):
        draft.put("container-title", container)
    else:
        draft.put("collection-title", container)
    draft.put("container-title-short", record.first("O") if "container-title" in draft.text else "")
    record.asked.update(_PEOPLE)
    for tag, value in record.tags:
        if tag in _PEOPLE and value:
            draft.people(_PEOPLE[tag], value)
    _issued(draft, record.first("D"), record.first("8"))
    draft.put("language", values.language(record.first("G")))
    draft.put("issue" if draft.type.startswith("article") else "number", record.first("N"))
    draft.pages(record.first("P"))
    _identifiers(draft, record)
    draft.put("keyword", ", ".join(record.all("K")))
    return draft


def _issued(draft: Draft, year: str, day: str) -> None:
    """The year of %D, with the month and day of %8 where that is of this year."""
    issued = dates.date(year)
    for exact in map(dates.date, (day, f"{year} {day}") if day else ()):
        if exact.start and exact.year == issued.year:
            issued = max(issued, exact, key=lambda date: len(date.start))
    draft.date("issued", issued)


def _type(record: Record) -> str:
    """The type that %0 names; without it, a %J makes an article, as in refer itself."""
    name = record.first("0").lower()
    if name:
        return TYPES.get(name, "document")
    if record.first("J"):
        return "article-journal"
    return "chapter" if record.first("B") else "book" if record.first("I") else "document"


def _identifiers(draft: Draft, record: Record) -> None:
    for value in record.all("R"):
        draft.identifier("DOI", value)
    for value in record.all("M"):
        draft.put("PMID", identifiers.pmid(value))
    draft.put("PMCID", identifiers.pmcid(record.first("2")))
    for value in record.all("U"):
        draft.link(value)
    draft.date("accessed", dates.date(record.first("[")))
    draft.serial(record.first("@"))
