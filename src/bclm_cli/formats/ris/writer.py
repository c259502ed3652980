"""RIS, which EndNote, Zotero, Mendeley and most databases read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bclm_cli.formats import plain_names
from bclm_cli.formats.interface import Options, container, wanted
from bclm_cli.formats.plain_names import season
from bclm_cli.formats.ris.types import OF_PUBMED
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Reference
from bclm_cli.model.variables import VARIABLES
from bclm_cli.text.control_chars import one_line
from bclm_cli.text.markup import plain_line

HELP = "RIS for EndNote, Zotero, Mendeley and others."
SUFFIX = ".ris"

# fmt: off
_TYPES = {
    "article-journal": "JOUR", "review": "JOUR", "review-book": "JOUR",
    "article-magazine": "MGZN", "article-newspaper": "NEWS", "book": "BOOK", "classic": "BOOK",
    "collection": "EDBOOK", "chapter": "CHAP", "entry": "CHAP", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "paper-conference": "CPAPER", "thesis": "THES",
    "report": "RPRT", "dataset": "DATA", "software": "COMP", "webpage": "ELEC",
    "post": "ICOMM", "post-weblog": "BLOG", "article": "UNPB", "manuscript": "MANSCPT",
    "patent": "PAT", "pamphlet": "PAMP", "map": "MAP", "figure": "FIGURE", "graphic": "ART",
    "motion_picture": "MPCT", "broadcast": "VIDEO", "song": "SOUND", "musical_score": "MUSIC",
    "legal_case": "CASE", "legislation": "STAT", "bill": "BILL", "hearing": "HEAR",
    "standard": "STAND", "personal_communication": "PCOMM", "periodical": "SER",
}
# CSL variable -> tag, in the order in which they are written
_TAGS = {
    "author": "AU", "editor": "A2", "collection-editor": "A3", "translator": "A4",
    "title": "TI", "title-short": "ST", "original-title": "OP", "container-title": "T2",
    "container-title-short": "J2", "event-title": "C3", "collection-title": "T3", "issued": "PY",
    "volume": "VL", "issue": "IS", "number": "M1", "collection-number": "M2", "page": "SP",
    "number-of-volumes": "NV", "chapter-number": "SE", "edition": "ET", "version": "RP",
    "publisher": "PB", "publisher-place": "CY", "event-place": "C1", "genre": "M3",
    "medium": "C5", "ISSN": "SN", "ISBN": "SN", "language": "LA", "call-number": "CN",
    "archive": "DP", "source": "DB", "PMID": "AN", "PMCID": "C2", "DOI": "DO", "URL": "UR",
    "accessed": "Y2", "keyword": "KW", "abstract": "AB", "note": "N1", "status": "N1",
}
# The same tag means different things for different types (EndNote's table, which Zotero shares).
_ARTICLE = {"number": "C7", "version": "ET"}
_BOOK = {
    "editor": "ED", "collection-editor": "A2", "collection-title": "T2", "container-title": "T3",
    "collection-number": "M1", "number": "M2",
}
_OTHERWISE = {
    "JOUR": _ARTICLE, "MGZN": _ARTICLE, "NEWS": _ARTICLE, "BOOK": _BOOK, "EDBOOK": _BOOK,
    "CPAPER": {"container-title": "C3", "event-title": "T2", "publisher-place": "C1",
               "event-place": "CY"},
    "RPRT": {"number": "SN"}, "STAND": {"number": "SN"}, "PAT": {"number": "SN"},
    "CHAP": {"collection-number": "M1", "number": "M2"},
    "COMP": {"version": "ET", "edition": "RP"}, "DATA": {"version": "ET", "edition": "RP"},
}
# fmt: on

_RAW = frozenset(("PMID", "PMCID", "DOI", "URL", "ISSN", "ISBN"))
FIELDS = frozenset(
    tag.lower()
    for table in (_TAGS, *_OTHERWISE.values())
    for tag in ("ID", "DA", "EP", *table.values())
)
DROPS = VARIABLES - {*_TAGS} | {"custom"}


def dump(references: Iterable[Reference], options: Options) -> Iterator[str]:
    """The records, each from TY to ER."""
    for reference in wanted(references, options, FIELDS):
        type_ = _TYPES.get(reference.type, "GEN")
        lines = [
            f"{tag}  - {value}\n"
            for tag, value in _fields(reference, tags(type_, reference), options)
            if value and tag.lower() not in options.without
        ]
        yield f"TY  - {type_}\n{''.join(lines)}ER  - \n\n"


def tags(type_: str, reference: Reference) -> dict[str, str]:
    """Which tag each variable has in a record of this type."""
    found = {**_TAGS, **_OTHERWISE.get(type_, {})}
    if type_ == "CPAPER" and not reference.get("event-title"):
        found["container-title"], found["event-title"] = "T2", "C3"  # which readers look for
    return found


def _fields(
    reference: Reference, tags: dict[str, str], options: Options
) -> Iterator[tuple[str, str]]:
    text = reference.text
    yield "ID", one_line(reference.id)
    for variable, tag in tags.items():
        if variable in reference.names:
            for person in reference.names[variable]:
                yield tag, plain_names.comma_form(person, close=True)
            if variable == "author" and reference.incomplete_authors:
                yield tag, plain_names.MORE
        elif variable in reference.dates:
            yield from _dates(tag, reference.dates[variable])
        elif variable == "container-title":
            yield tag, plain_line(container(reference, options))
        elif variable == "page":
            first, last = plain_names.split_pages(text.get("page", ""))
            yield from ((tag, first), ("EP", last))
        elif variable == "keyword":
            for keyword in plain_line(text.get("keyword", "")).replace(";", ",").split(","):
                yield tag, keyword.strip()
        elif variable == "PMID" and "PMID" in text and _is_of_another_database(text):
            yield tag, f"PMID: {one_line(text[variable])}"
        elif variable in text:
            yield tag, one_line(text[variable]) if variable in _RAW else plain_line(text[variable])


def _is_of_another_database(text: Mapping[str, str]) -> bool:
    """Whether DB or DP names one whose accession numbers are no PMIDs, such as arXiv."""
    base = text.get("source") or text.get("archive")
    return base is not None and not OF_PUBMED.search(base)


def _dates(tag: str, date: Date) -> Iterator[tuple[str, str]]:
    """The year alone in PY; a whole date, `YYYY/MM/DD/other`, in DA and Y2."""
    if tag == "PY":
        yield tag, str(date.start[0]) if date.start else ""
        tag = "DA"
        if len(date.start) == 1 and not (date.season or date.end or date.literal):
            return
    parts = [f"{part:02d}" for part in date.start]
    other = season(date) or date.literal
    if date.end:
        other = f"to {Date(date.end)}"
    yield tag, "/".join([*parts, *[""] * (3 - len(parts)), one_line(other).replace("/", "-")])
