"""RIS, which EndNote, Zotero, Mendeley and most databases read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bclm_cli.export import _people
from bclm_cli.export._options import Options, container, wanted
from bclm_cli.export._text import clean, plain
from bclm_cli.model import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES, Date, Reference

HELP = "RIS for EndNote, Zotero, Mendeley and others."
SUFFIX = ".ris"

# fmt: off
_TYPES = {
    "article-journal": "JOUR", "review": "JOUR", "review-book": "JOUR",
    "article-magazine": "MGZN", "article-newspaper": "NEWS", "book": "BOOK", "classic": "BOOK",
    "collection": "EDBOOK", "chapter": "CHAP", "entry": "CHAP", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "paper-conference": "CPAPER", "thesis": "THES",
    "report": "RPRT", "dataset": "DATA", "software": "COMP", "webpage": "ELEC",
    "post": "ICOMM", "post-weblog": "BLOG", "article": "UNPB", "manuscript": "UNPB",
    "patent": "PAT", "pamphlet": "PAMP", "map": "MAP", "figure": "FIGURE", "graphic": "ART",
    "motion_picture": "MPCT", "broadcast": "VIDEO", "song": "SOUND", "musical_score": "MUSIC",
    "legal_case": "CASE", "legislation": "STAT", "bill": "BILL", "hearing": "HEAR",
    "standard": "STAND", "personal_communication": "PCOMM", "periodical": "SER",
}
# CSL variable -> tag, in the order in which they are written
_BEFORE_PAGES = {
    "title-short": "ST", "original-title": "OP", "collection-title": "T3", "volume": "VL",
    "issue": "IS", "number": "C7", "collection-number": "M1",
}
_AFTER_PAGES = {
    "number-of-volumes": "NV", "edition": "ET", "chapter-number": "SE", "publisher": "PB",
    "publisher-place": "CY", "genre": "M3", "version": "VO", "event-title": "C3",
    "event-place": "C1", "ISSN": "SN", "ISBN": "SN", "language": "LA", "archive": "AV",
    "call-number": "CN", "source": "DB", "status": "C6", "PMID": "AN", "PMCID": "C2",
    "DOI": "DO", "URL": "UR", "abstract": "AB", "note": "N1",
}
_PEOPLE = {"author": "AU", "editor": "ED", "collection-editor": "A3", "translator": "A4"}
_SEASONS = {"1": "Spring", "2": "Summer", "3": "Autumn", "4": "Winter"}
# fmt: on

_RAW = frozenset(("PMID", "PMCID", "DOI", "URL", "ISSN", "ISBN"))
_OWN = ("ID", "TI", "T2", "J2", "PY", "DA", "Y2", "SP", "EP", "KW")
FIELDS = frozenset(
    tag.lower()
    for tag in (*_OWN, *_BEFORE_PAGES.values(), *_AFTER_PAGES.values(), *_PEOPLE.values())
)
_HELD = {
    *_BEFORE_PAGES, *_AFTER_PAGES, *_PEOPLE, "title", "container-title", "container-title-short",
    "issued", "accessed", "page", "keyword",
}  # fmt: skip
DROPS = frozenset((*TEXT_VARIABLES, *NAME_VARIABLES, *DATE_VARIABLES)) - _HELD | {"custom"}


def dump(references: Iterable[Reference], options: Options) -> Iterator[str]:
    """The records, each from TY to ER."""
    for reference in wanted(references, options, FIELDS):
        lines = [
            f"{tag}  - {value}\n"
            for tag, value in _fields(reference, options)
            if value and tag.lower() not in options.without
        ]
        type_ = _TYPES.get(reference.type, "GEN")
        yield f"TY  - {type_}\n{''.join(lines)}ER  - \n\n"


def _fields(reference: Reference, options: Options) -> Iterator[tuple[str, str]]:
    text = reference.text
    yield "ID", clean(reference.id)
    for role, tag in _PEOPLE.items():
        for person in reference.names.get(role, ()):
            yield tag, _people.comma_form(person)
        if role == "author" and reference.incomplete_authors:
            yield tag, _people.MORE
    yield "TI", plain(text.get("title", ""))
    yield "T2", plain(container(reference, options))
    yield "J2", plain(text.get("container-title-short", ""))
    yield from _dates(reference)
    for variable, tag in _BEFORE_PAGES.items():
        if variable in text:
            yield tag, plain(text[variable])
    first, last = _people.split_pages(text.get("page", ""))
    yield "SP", first
    yield "EP", last
    for variable, tag in _AFTER_PAGES.items():
        if variable in text:
            yield tag, clean(text[variable]) if variable in _RAW else plain(text[variable])
    for keyword in plain(text.get("keyword", "")).replace(";", ",").split(","):
        yield "KW", keyword.strip()


def _dates(reference: Reference) -> Iterator[tuple[str, str]]:
    issued = reference.issued
    if issued.start:
        yield "PY", str(issued.start[0])
    if len(issued.start) > 1 or issued.season or issued.end or issued.literal:
        yield "DA", _date(issued)
    if accessed := reference.dates.get("accessed"):
        yield "Y2", _date(accessed)


def _date(date: Date) -> str:
    """`YYYY/MM/DD/other`, the slashes always three; the rest of a range is in other."""
    parts = [f"{part:02d}" for part in date.start]
    other = _SEASONS.get(date.season, date.season) or date.literal
    if date.end:
        other = f"to {Date(date.end)}"
    return "/".join([*parts, *[""] * (3 - len(parts)), clean(other).replace("/", "-")])
