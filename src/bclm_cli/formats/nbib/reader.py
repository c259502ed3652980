"""NBIB, the MEDLINE format of PubMed: full names, DOIs in LID and AID, wrapped lines."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial

from bclm_cli import identifiers
from bclm_cli.formats import dates, values
from bclm_cli.formats.draft import Draft, entry_or_problems
from bclm_cli.formats.interface import Problem, Results, passed_over
from bclm_cli.formats.tagged import Record, Shape, records
from bclm_cli.model.records import Name

HELP = "NBIB or MEDLINE (.nbib), as PubMed gives it"
SUFFIXES = (".nbib", ".medline")

_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3})[ \t]{0,3}-(?:[ \t]|$)")
_PMID = re.compile(r"^PMID {0,2}- *\d", re.MULTILINE)
_OF_RIS = re.compile(r"^\s{0,3}TY {1,3}- ?\S", re.MULTILINE)
# Elements that no other format has, in columns of their own; RIS has "TI  - " too.
_ELEMENT = re.compile(
    r"^(?:(PMC|FAU|OWN|STAT|LID|AID|CRDT|PHST|TA|JT|DP|PT) {0,2}- \S)", re.MULTILINE
)
# What stands before an abstract: an empty line within that begins no record.
_HEAD = frozenset({"OWN", "STAT", "IS", "ISBN", "VI", "IP", "DP", "TI"})
_BY_PMID = Shape(_LINE, frozenset({"PMID"}), after_blank=_HEAD)
_BY_BLANKS = Shape(_LINE, frozenset(), after_blank=None)

_PLAIN = {
    "JT": "container-title", "TA": "container-title-short", "VI": "volume", "IP": "issue",
    "AB": "abstract", "PB": "publisher",
}  # fmt: skip
_OF_BOOKS = {
    "PL": "publisher-place",
}  # fmt: skip
_TYPES = {
    "Preprint": "article", "Book Chapter": "chapter", "Book": "book", "Dataset": "dataset",
    "Thesis": "thesis", "Technical Report": "report",
    "Newspaper Article": "article-newspaper", "Congress": "paper-conference", "Webpage": "webpage",
}  # fmt: skip
_HOUSEKEEPING = frozenset(
    {"AD", "AID", "AU", "AUID", "CDAT", "CI", "CIN", "CN", "COI", "COIS", "CON", "CP", "CRDT",
     "CRF", "CRI", "CTDT", "DA", "DCOM", "DDIN", "DRDT", "DRIN", "DSO", "ECF", "ECI", "ED",
     "EDAT", "EFR", "EIN", "EN", "FIR", "FPS", "GR", "GS", "IR", "IRAD", "JID", "LID", "LR",
     "MH", "MHDA", "MID", "NM", "OAB", "OABL", "OCI", "OID", "ORI", "OTO", "OWN", "PHST", "PL",
     "PMCR", "PRIN", "PROF", "PS", "PT", "PUBM", "RF", "RN", "ROF", "RPF", "RPI", "RRF", "RRI",
     "SB", "SFM", "SI", "SO", "SPIN", "STAT", "UIN", "UOF"}
)  # fmt: skip
"""Other elements of MEDLINE's format (www.nlm.nih.gov/bsd/mms/medlineelements.html), which a
reference has no place for."""
_NO_TITLE = ("", "[Not Available].", "[Not Available]")
_LOCATION = re.compile(r"(\S.*?)\s*\[(doi|pii|bookaccession)\]", re.IGNORECASE)
_SERIAL = re.compile(r"([0-9]{4}-?[0-9]{3}[0-9Xx])(?:\s*\((\w+)\))?")


def looks_like(head: str) -> bool:
    """Whether a text that begins so may be MEDLINE."""
    if _OF_RIS.search(head):
        return False
    return bool(_PMID.search(head) or len(set(_ELEMENT.findall(head))) > 2)


def read(text: str) -> Results:
    """The records of a file; a retracted paper is taken, and reported."""
    unknown_fields: Counter[str] = Counter()
    for record in records(text, _BY_PMID if _PMID.search(text) else _BY_BLANKS):
        if isinstance(record, Problem):
            yield record
            continue
        name = f"PMID {record.first('PMID')}" if record.first("PMID") else "MEDLINE record"
        if record.first("RIN") or "Retracted Publication" in record.all("PT"):
            notice = record.first("RIN")
            what = f"{name} is retracted" + (f" ({notice})" if notice else "")
            yield Problem(record.line, f"{what}; do not cite it as a finding", left_out=False)
        yield from entry_or_problems(record.line, name, partial(_draft, record))
        unknown_fields.update(record.untouched(_HOUSEKEEPING))
    yield from passed_over(unknown_fields)


def _draft(record: Record) -> Draft:
    kinds = [_TYPES[kind] for kind in record.all("PT") if kind in _TYPES]
    draft = Draft("", kinds[0] if kinds else "article-journal")
    title = record.first("TI")
    if title in _NO_TITLE:
        title = record.first("TT")
    else:
        draft.put("original-title", values.without_final_stop(record.first("TT")))
    draft.put("title", values.without_final_stop(title or record.first("BTI")))
    record.put(_PLAIN, draft.put)
    if draft.type != "article-journal":  # PL of an article is the country of its journal
        record.put(_OF_BOOKS, draft.put)
        draft.put("edition", values.edition(record.first("EN")))
        draft.put(
            "container-title", values.without_final_stop(record.first("BTI")) if title else ""
        )
    draft.put("container-title", record.first("TA"))
    draft.put("collection-title", record.first("CTI"))
    draft.note("; ".join(record.all("GN")))
    draft.status(record.first("PST"))
    _people(draft, record)
    draft.date("issued", dates.date(record.first("DP")))
    draft.date("issued", dates.date(record.first("DEP")))
    draft.pages(record.first("PG"))
    _identifiers(draft, record)
    draft.put("keyword", ", ".join(word.lstrip("*") for word in record.all("OT")))
    language = values.language(record.first("LA"))
    draft.put("language", language if language != "en" else "")
    return draft


def _people(draft: Draft, record: Record) -> None:
    """FAU has the full names; AU only where it is missing, since it has initials."""
    tags = {"CN": "author", "FED": "editor", ("FAU" if record.first("FAU") else "AU"): "author"}
    if not record.first("FED"):
        tags["ED"] = "editor"
    record.asked.update(tags)
    for tag, value in record.tags:
        if tag not in tags or not value:
            continue
        if tag == "CN":
            draft.person("author", Name(literal=value))
        else:
            draft.people(tags[tag], value)


def _identifiers(draft: Draft, record: Record) -> None:
    draft.put("PMID", identifiers.pmid(record.first("PMID")))
    draft.identifier("PMCID", record.first("PMC"))
    for value in record.all("LID", "AID", "DOI"):
        match = _LOCATION.match(value)
        if not match or match.group(2).lower() == "doi":
            draft.identifier("DOI", match.group(1) if match else value)
        elif match.group(1) == draft.text.get("page") or draft.type != "article-journal":
            draft.put("number", match.group(1))
        elif "page" not in draft.text and values.is_article_number(match.group(1)):
            draft.pages(match.group(1))
    serials = [match for value in record.all("IS") if (match := _SERIAL.match(value))]
    serials.sort(key=lambda match: match.group(2) not in ("Print", "Linking"))
    if serials:
        draft.put("ISSN", serials[0].group(1))
    draft.serial(record.first("ISBN"))
