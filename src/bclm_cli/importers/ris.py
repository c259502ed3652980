"""RIS as publishers, Zotero, Mendeley and EndNote write it."""

from __future__ import annotations

import re

from bclm_cli.importers import _fields
from bclm_cli.importers._draft import Draft
from bclm_cli.importers._found import Entry, Found, Problem, TooMuchError
from bclm_cli.importers._names import person
from bclm_cli.importers._tagged import Record, Shape, records
from bclm_cli.model import Date

HELP = "RIS (.ris), as publishers and reference managers give it"
SUFFIXES = (".ris",)

TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "JFULL": "periodical",
    "ABST": "article-journal", "INPR": "article-journal", "MGZN": "article-magazine",
    "NEWS": "article-newspaper", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "SER": "book", "CHAP": "chapter", "ECHAP": "chapter", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "CPROC": "paper-conference", "SLIDE": "speech",
    "THES": "thesis", "RPRT": "report", "GOVDOC": "report", "GRANT": "report", "STAND": "standard",
    "PAT": "patent", "DATA": "dataset", "AGGR": "dataset", "DBASE": "dataset", "COMP": "software",
    "ELEC": "webpage", "WEB": "webpage", "BLOG": "post-weblog", "ICOMM": "personal_communication",
    "PCOMM": "personal_communication", "UNPB": "article", "MANSCPT": "manuscript",
    "PAMP": "pamphlet", "DICT": "entry-dictionary", "ENCYC": "entry-encyclopedia", "MAP": "map",
    "FIGURE": "figure", "ART": "graphic", "CASE": "legal_case", "BILL": "bill",
    "STAT": "legislation", "LEGAL": "legislation", "HEAR": "hearing", "MPCT": "motion_picture",
    "VIDEO": "motion_picture", "SOUND": "song", "MUSIC": "musical_score", "CLSWK": "classic",
    "PREPRINT": "article", "UNBILL": "bill",
}  # fmt: skip
_SEASONS = {"spring": "1", "summer": "2", "autumn": "3", "fall": "3", "winter": "4"}
_JOURNALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "periodical"})
_IN_BOOKS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})

_PLAIN = {
    "VL": "volume", "CP": "issue", "PB": "publisher", "CY": "publisher-place", "PP":
    "publisher-place", "ET": "edition", "AB": "abstract", "N2": "abstract",
    "ST": "title-short", "OP": "original-title", "NV": "number-of-volumes", "CN": "call-number",
    "DP": "source", "DB": "source", "VO": "version",
    "RP": "version",
}  # fmt: skip
_SOFTWARE = {"ET": "version", "RP": "edition"}
_VERSIONED = frozenset({"software", "dataset"})
_NUMBERED = frozenset({"report", "standard", "patent"})
"""Whose SN is their own number."""
_PEOPLE = {
    "AU": "author", "A1": "author", "ED": "editor", "TA": "translator", "A4": "translator",
}  # fmt: skip
_DOI_TAGS = ("DO", "DI", "M3", "L3", "N1", "UR", "L1", "L2", "LK")

_ENDS = frozenset({"TY"}), frozenset({"ER"})
_STRICT = Shape(re.compile(r"([A-Z][A-Z0-9])  -(?:[ \t]|$)"), *_ENDS)
# Some publishers drop a space or add one. Taken only where the whole file is so, because a
# wrapped line of an abstract may begin with a word and a hyphen.
_LOOSE = Shape(re.compile(r"[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{0,3}-(?:[ \t]|$)"), *_ENDS)


def looks_like(head: str) -> bool:
    """Whether a text that begins so may be RIS."""
    return bool(re.search(r"^\s{0,3}TY {1,3}- ?[A-Z]{3,8}\s*$", head, re.MULTILINE))


def read(text: str) -> Found:
    """The records of a file; one whose ER is missing ends where the next begins."""
    shape = _STRICT if re.search(r"^TY  - ", text, re.MULTILINE) else _LOOSE
    for record in records(text, shape):
        if isinstance(record, Problem):
            yield record
        elif record.tags[0][0] != "TY":
            yield Problem(record.line, "the record does not begin with TY")
        else:
            try:
                yield Entry(record.line, _draft(record).reference())
            except (TooMuchError, ValueError) as error:
                yield Problem(record.line, f"RIS record: {error}")


def _draft(record: Record) -> Draft:
    draft = Draft(record.first("ID"), TYPES.get(record.first("TY").upper(), "document"))
    if draft.type == "paper-conference":
        _conference(draft, record)
    _titles(draft, record)
    for tag, variable in _PLAIN.items():
        draft.put(_SOFTWARE.get(tag, variable) if draft.type in _VERSIONED else variable,
                  record.first(tag))  # fmt: skip
    _people(draft, record)
    _dates(draft, record)
    _numbers(draft, record)
    _identifiers(draft, record)
    draft.put("keyword", ", ".join(record.all("KW")))
    draft.put("language", _fields.language(record.first("LA")))
    notes = [note for note in record.all("N1", "RN") if not _is_doi(note)]
    draft.put("note", "; ".join(notes))
    return draft


def _conference(draft: Draft, record: Record) -> None:
    """EndNote has the conference in T2 and CY, the volume in C3 and C1; where only T2 or CY is
    there, it is the volume's."""
    if record.first("C3"):
        draft.put("container-title", record.first("C3"))
        draft.put("event-title", record.first("T2"))
    if record.first("C1"):
        draft.put("publisher-place", record.first("C1"))
        draft.put("event-place", record.first("CY"))


def _is_doi(text: str) -> bool:
    """Whether a note or type is nothing but a DOI, which some publishers put there."""
    bare = text.lower().removeprefix("doi").lstrip(": ")
    return bare.startswith("10.") and " " not in bare


def _titles(draft: Draft, record: Record) -> None:
    title = record.first("TI", "T1", "CT", "BT" if draft.type == "book" else "TI")
    draft.put("title", title or record.first("T2" if draft.type == "book" else "BT"))
    full = record.first("JF") or record.first("T2", "JO", "BT")
    short = record.first("J2", "JA", "J1")
    if draft.type in _JOURNALS or draft.type in _IN_BOOKS or draft.type == "webpage":
        if not short and record.first("JF", "T2"):
            short = record.first("JO")
        draft.put("container-title", full or short)
        if short != full or record.first("JA", "J2"):
            draft.put("container-title-short", short)
        draft.put("collection-title", record.first("T3"))
    else:
        draft.put("collection-title", record.first("T3", "T2") if title else record.first("T3"))


def _people(draft: Draft, record: Record) -> None:
    roles = dict(_PEOPLE)
    roles["A2"] = "editor" if draft.type not in _JOURNALS else "author"
    roles["A3"] = "collection-editor"
    for tag, value in record.tags:
        if tag in roles and value:
            if tag in ("AU", "A1") and value.rstrip(".").lower() in ("et al", "others"):
                draft.custom["incomplete-authors"] = "true"
            else:
                draft.person(roles[tag], person(value))


def _dates(draft: Draft, record: Record) -> None:
    found = [_date(value) for value in record.all("DA", "PY", "Y1")]
    # DA repeats the year of PY and adds month and day; another year is not the paper's.
    year = next((_date(value).year for value in record.all("PY", "Y1")), None)
    same = [date for date in found if date.start and (year is None or date.year == year)]
    best = max(same, key=lambda date: (len(date.start), date.end, date.season), default=None)
    draft.date("issued", best or next(iter(found), Date()))
    draft.date("accessed", _date(record.first("Y2")))


def _date(text: str) -> Date:
    """YYYY/MM/DD/other; `other` is a season or words, the slashes may be missing."""
    *parts, other = text.split("/", 3) if text.count("/") >= 3 else (text, "")
    date = _fields.date("/".join(part for part in parts if part.strip()))
    if other.startswith("to "):
        return date._replace(end=Date.from_csl(other[3:]).start)
    if date.start and other.lower() in _SEASONS:
        return date._replace(season=_SEASONS[other.lower()])
    return date if date.start or date.literal else Date(literal=other)


def _numbers(draft: Draft, record: Record) -> None:
    start, end = record.first("SP"), record.first("EP")
    article_number = record.first("C7")
    draft.put("number", article_number)
    if draft.type in _JOURNALS:
        draft.put("issue", record.first("IS"))
        start = start or article_number
    else:
        draft.put("chapter-number", record.first("SE"))
        in_series = "collection-title" in draft.text
        draft.put("collection-number" if in_series else "number", record.first("M1", "IS"))
    if not re.search(r"\d", record.first("C6")):  # EndNote keeps NIHMS numbers there
        draft.put("status", record.first("C6"))
    if draft.type == "book":
        draft.put("number-of-pages", start if not end else "")
        draft.put("page", f"{start}-{end}" if start and end else "")
    elif start and end and start != end and "-" not in start:
        draft.pages(f"{start}-{end}")
    else:
        draft.pages(start or end)
    if draft.type in _NUMBERED:
        draft.put("number", record.first("SN"))
    else:
        draft.serial(record.first("SN"))


def _identifiers(draft: Draft, record: Record) -> None:
    for value in record.all("DO", "DI"):
        draft.identifier("DOI", value)
    for value in record.all(*_DOI_TAGS):
        draft.put("DOI", _fields.doi(value) if _is_doi(value) else _fields.doi_url(value))
    if not _is_doi(record.first("M3")):
        draft.put("genre", record.first("M3"))
    for value in record.all("AN", "C2", "M2", "U1", "N1"):
        draft.put("PMCID", _fields.pmcid(value) if len(value) < 30 else "")
        if value.isascii() and (value.lower().startswith("pmid") or value.isdigit()):
            draft.put("PMID", _fields.pmid(value))
    for value in record.all("UR", "LK"):
        if not _fields.doi_url(value) and value.startswith(("http://", "https://", "ftp://")):
            draft.put("URL", value)
