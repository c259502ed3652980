"""RIS as publishers, Zotero, Mendeley and EndNote write it."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import Any

from bclm_cli import identifiers
from bclm_cli.formats import dates, values
from bclm_cli.formats.draft import Draft, entry_or_problems
from bclm_cli.formats.interface import Problem, Results, passed_over
from bclm_cli.formats.ris.types import OF_PUBMED, TYPES
from bclm_cli.formats.tagged import Record, Shape, given_names_first, records
from bclm_cli.model.dates import Date

HELP = "RIS (.ris), as publishers and reference managers give it"
SUFFIXES = (".ris",)

_JOURNALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "periodical"})
_IN_BOOKS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})

_PLAIN = {
    "VL": "volume", "CP": "issue", "PB": "publisher", "CY": "publisher-place", "PP":
    "publisher-place", "AB": "abstract", "N2": "abstract",
    "ST": "title-short", "OP": "original-title", "NV": "number-of-volumes", "CN": "call-number",
    "DP": "source", "DB": "source",
}  # fmt: skip
_PEOPLE = {
    "AU": "author", "A1": "author", "A2": "editor", "A3": "collection-editor", "ED": "editor",
    "TA": "translator", "A4": "translator",
}  # fmt: skip
# The same tag means different things for different types; the writer has the table from the other
# side, and a test holds the two together.
_BOOKS = frozenset({"BOOK", "EBOOK", "EDBOOK"})
_NUMBERED_IN_SERIES = _BOOKS | {"CHAP", "ECHAP"}
_PEOPLE_OF_BOOKS = {**_PEOPLE, "A2": "collection-editor", "A3": "editor"}
_WITH_VERSION = frozenset({"article-journal", "article-magazine", "article-newspaper", "software",
                           "dataset"})  # fmt: skip
_SN_IS_NUMBER = frozenset({"report", "standard", "patent"})
_REPRINT = ("IN FILE", "NOT IN FILE", "ON REQUEST")  # RP of the RIS specification, no version
_DOI_TAGS = ("DO", "DI", "M3", "L3", "N1", "UR", "L1", "L2", "LK")

_HOUSEKEEPING = frozenset({"AV", "ER", "L4", "LB"})
_EBSCO_PMID = re.compile(r"\bPMID: NLM(\d{1,8})\b", re.ASCII)
_LONGEST_PMID = 8

_MORE: dict[str, Any] = {
    "first": frozenset({"TY"}), "last": frozenset({"ER"}), "listed": frozenset({"KW"}),
}  # fmt: skip
# MEDLINE's tags, which some programs put among those of RIS.
_LONG = (
    r"(?:DOI|PMID|PMCID|PMC|ISSN|ISBN|OWN|STAT|DCOM|JID|MHDA|CRDT|PHST|AID|PST|LID|EDAT|DEP|FAU)"
    r"(?= {0,2}-[ \t])"
)
_STRICT = Shape(re.compile(rf"([A-Z][A-Z0-9](?=  -)|{_LONG}) {{0,2}}-(?:[ \t]|$)"), **_MORE)
# Some publishers drop a space or add one. Taken only where the whole file is so, because a
# wrapped line of an abstract may begin with a word and a hyphen.
_LOOSE = Shape(re.compile(r"[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{0,3}-(?:[ \t]|$)"), **_MORE)

_AUTHOR = re.compile(r"^[ \t]{0,3}(?:AU|A1)[ \t]{1,3}-[ \t]*(\S.*)$", re.MULTILINE)


def looks_like(head: str) -> bool:
    """Whether a text that begins so may be RIS."""
    return bool(re.search(r"^\s{0,3}TY {1,3}- *[A-Za-z][A-Za-z ]{2,30}\s*$", head, re.MULTILINE))


def read(text: str) -> Results:
    """The records of a file; one whose ER is missing ends where the next begins."""
    turned = list(given_names_first(text, _AUTHOR))
    yield from turned
    unknown_fields: Counter[str] = Counter()
    for record in records(text, _STRICT, _LOOSE):
        if isinstance(record, Problem):
            yield record
        elif record.tags[0][0] == "EF" and len(record.tags) == 1:
            continue  # the last line of a file from the Web of Science
        elif record.tags[0][0] != "TY":
            yield Problem(record.line, "the record does not begin with TY")
        else:
            yield from entry_or_problems(
                record.line, "RIS record", partial(_draft, record, bool(turned))
            )
            unknown_fields.update(record.untouched(_HOUSEKEEPING))
    yield from passed_over(unknown_fields)


def _draft(record: Record, given_first: bool) -> Draft:
    type_ = record.first("TY").upper()
    draft = Draft(record.first("ID"), TYPES.get(type_, "document"))
    draft.given_first = given_first
    if type_ not in TYPES and type_ != "GEN":
        draft.notes.append(f"{type_[:20]} is no type known here; taken for a document")
    _titles(draft, record)
    record.put(_PLAIN, draft.put)
    _people(draft, record)
    _issued(draft, record)
    _numbers(draft, record)
    _identifiers(draft, record)
    draft.put("keyword", ", ".join(record.all("KW", "K1")))
    draft.put("language", values.language(record.first("LA")))
    _note(draft, record)
    return draft


def _note(draft: Draft, record: Record) -> None:
    notes = []
    for note in record.all("N1", "RN"):
        if pubmed := _EBSCO_PMID.search(note):
            draft.noted.setdefault("PMID", pubmed[1])
        if not _is_doi(note):
            found, rest = values.labeled(note)
            draft.noted = {**found, **draft.noted}
            notes.append(rest)
    draft.note("; ".join(filter(None, notes)))


def _is_doi(text: str) -> bool:
    """Whether a note or type is nothing but a DOI, which some publishers put there."""
    return bool(identifiers.doi(text))


def _titles(draft: Draft, record: Record) -> None:
    title = record.first("TI", "T1", "CT", "BT" if draft.type == "book" else "TI")
    draft.put("title", title or record.first("T2" if draft.type == "book" else "BT"))
    full = record.first("JF", "T2", "JO", "BT")
    short = record.first("J2", "JA", "J1", "JI", "J9")
    if draft.type == "paper-conference" and record.first("C3", "T2") != record.first("T2"):
        full = record.first("C3") if record.first("T2") else full
        draft.put("event-title", record.first("T2", "C3"))
    elif draft.type not in _JOURNALS:  # where the Web of Science has addresses
        draft.put("event-title", record.first("C3"))
    if draft.type in _JOURNALS or draft.type in _IN_BOOKS or draft.type == "webpage":
        if not short and record.first("JF", "T2"):
            short = record.first("JO")
        draft.put("container-title", full or short)
        if short != full or record.first("JA", "J2", "JI"):
            draft.put("container-title-short", short)
        draft.put("collection-title", record.first("T3"))
    elif record.first("TY") in _BOOKS and title and record.first("T2"):
        draft.put("collection-title", record.first("T2"))
        draft.put("container-title", record.first("T3"))
    elif draft.type in ("book", "report") and not (record.first("T2") and record.first("T3")):
        draft.put("collection-title", record.first("T3", "T2") if title else record.first("T3"))
    else:
        draft.put("container-title", record.first("T2") if title else "")
        draft.put("container-title-short", short if "container-title" in draft.text else "")
        draft.put("collection-title", record.first("T3"))


def _people(draft: Draft, record: Record) -> None:
    roles = _PEOPLE_OF_BOOKS if record.first("TY") in _BOOKS else _PEOPLE
    record.asked.update(roles)
    for tag, value in record.tags:
        if tag in roles and value:
            draft.people(roles[tag], value)


def _issued(draft: Draft, record: Record) -> None:
    days, years = record.all("DA", "PD"), record.all("PY", "Y1", "YR")
    of_years = [_date(value) for value in years]
    found = [dates.date(f"{years[0]} {day}") for day in days if years and day[:1].isalpha()]
    found += [*map(_date, days), *of_years]
    if len(found) > 1:
        # DA repeats the year of PY and adds month and day; another year is not the paper's.
        year = of_years[0].year if years else None
        same = [date for date in found if date.start and (year is None or date.year == year)]
        found = [max(same, key=_exactness)] if same else found
    for date in found:
        draft.date("issued", date)
    draft.date("accessed", _date(record.first("Y2")))


def _exactness(date: Date) -> tuple[int, tuple[int, ...], str]:
    return len(date.start), date.end, date.season


def _date(text: str) -> Date:
    """YYYY/MM/DD/other; `other` is a season or words, the slashes may be missing."""
    if "/" not in text:
        return dates.date(text)
    *parts, other = text.split("/", 3) if text.count("/") >= 3 else (text, "")
    date = dates.date("/".join(part for part in parts if part.strip()))
    if other.startswith("to "):
        return date._replace(end=Date.from_csl(other[3:]).start)
    if date.start and other.lower() in dates.SEASONS:
        return date._replace(season=dates.SEASONS[other.lower()])
    return date if date.start or date.literal else Date(literal=other)


def _numbers(draft: Draft, record: Record) -> None:
    draft.put("number", record.first("C7"))
    edition = record.first("ET")
    if draft.type not in _WITH_VERSION:
        draft.put("edition", values.edition(edition))
    elif not dates.is_date(edition):  # EndNote keeps there when an article was put online
        draft.put("version", edition)
    reprint = record.first("RP")
    if reprint and not reprint.upper().startswith(_REPRINT):
        draft.put("edition" if draft.type in ("software", "dataset") else "version", reprint)
    if draft.type in _JOURNALS:
        draft.put("issue", record.first("IS"))
        draft.put("volume", record.first("VO"))
    else:
        draft.put("version", record.first("VO"))
        draft.put("chapter-number", record.first("SE"))
        _in_series(draft, record)
    if record.first("C5").isdigit() and len(record.first("C5")) > 6:
        record.asked.discard("C5")  # a number of a database
    else:
        draft.put("medium", record.first("C5"))
    place = record.first("C1")
    if draft.type != "paper-conference":
        draft.put("event-place", place if draft.type not in _JOURNALS else "")
    elif place:
        draft.text.pop("publisher-place", None)
        draft.put("publisher-place", place)
        draft.put("event-place", record.first("CY"))
    elif record.first("TY").upper() == "CPAPER" and not record.first("PB"):
        draft.put("event-place", draft.text.pop("publisher-place", ""))
    status = record.first("C6")
    if status and not re.search(r"\d", status):  # EndNote keeps NIHMS numbers there
        draft.status(status)
    _pages(draft, record)
    for serial in record.all("SN", "ISSN", "ISBN"):
        if draft.type in _SN_IS_NUMBER and not identifiers.serial(serial)[0]:
            draft.put("number", serial)
        else:
            draft.serial(serial)


def _in_series(draft: Draft, record: Record) -> None:
    """The numbers of what is no article: its own and that in a series."""
    first, second = record.first("M1", "IS"), record.first("M2")
    if record.first("TY") in _NUMBERED_IN_SERIES and "collection-title" in draft.text:
        draft.put("collection-number", first)
        draft.put("number", second)
    else:
        draft.put("number", first)
        draft.put("collection-number" if "collection-title" in draft.text else "number", second)


def _pages(draft: Draft, record: Record) -> None:
    start, end = record.first("SP", "PG"), record.first("EP", "LP")
    if start and not end and draft.text.get("original-title", "").isdigit():
        end = draft.text.pop("original-title")  # RefWorks has other pages in OP
    if draft.type in _JOURNALS:
        start = start or record.first("C7")
    if draft.type == "book":
        draft.put("number-of-pages", start if not end else "")
        draft.put("page", f"{start}-{end}" if start and end else "")
    elif start and end and start != end and "-" not in start:
        draft.pages(f"{start}-{end}")
    else:
        draft.pages(start or end)


def _identifiers(draft: Draft, record: Record) -> None:
    for value in record.all("DO", "DI", "DOI"):
        draft.identifier("DOI", value)
    for value in record.all(*_DOI_TAGS):
        draft.put("DOI", identifiers.doi(value))
    kind = record.first("M3")
    if kind and not _is_doi(kind):
        draft.genre(kind)
    _numbers_of_databases(draft, record)
    for value in record.all("UR", "LK"):
        draft.link(value)


def _numbers_of_databases(draft: Draft, record: Record) -> None:
    """PMID and PMCID; an accession number is a PMID where the database has no others."""
    for value in record.all("PMID"):
        draft.identifier("PMID", value)
    bases = record.all("DB") or record.all("DP")
    is_pubmed = not bases or any(map(OF_PUBMED.search, bases))
    is_scopus = "Scopus" in bases
    for tag in ("AN", "C2", "M2", "U1", "PMCID", "PMC"):
        for value in record.all(tag):
            if len(value) > 30 or not value.isascii():
                continue
            draft.put("PMCID", identifiers.pmcid(value))
            labeled = value.lower().startswith(("pmid", "pubmed"))
            if labeled or (tag == "AN" and is_pubmed) or (tag == "C2" and is_scopus):
                found = identifiers.pmid(value)
                draft.put("PMID", found if len(found) <= _LONGEST_PMID else "")
    if record.first("AN") and not is_pubmed and "PMID" not in draft.text:
        record.asked.discard("AN")
