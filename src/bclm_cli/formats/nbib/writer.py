"""NBIB, the MEDLINE format in which PubMed hands out citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bclm_cli.formats import plain_names
from bclm_cli.formats.interface import Options, container, wanted
from bclm_cli.formats.plain_names import season
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference
from bclm_cli.model.variables import VARIABLES
from bclm_cli.text.control_chars import one_line
from bclm_cli.text.markup import plain_line

HELP = "NBIB (MEDLINE), as PubMed writes it."
SUFFIX = ".nbib"

# fmt: off
_TYPES = {
    "article-journal": "Journal Article", "review": "Journal Article", "book": "Book",
    "chapter": "Book Chapter", "article": "Preprint", "dataset": "Dataset",
    "article-newspaper": "Newspaper Article", "thesis": "Thesis", "report": "Technical Report",
    "paper-conference": "Congress", "webpage": "Webpage",
}
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# ISO 639-2 codes, which PubMed uses
_LANGUAGES = {
    "en": "eng", "de": "ger", "fr": "fre", "es": "spa", "it": "ita", "pt": "por", "nl": "dut",
    "sv": "swe", "da": "dan", "no": "nor", "fi": "fin", "pl": "pol", "cs": "cze", "hu": "hun",
    "ru": "rus", "uk": "ukr", "el": "gre", "tr": "tur", "ja": "jpn", "zh": "chi", "ko": "kor",
    "ar": "ara", "he": "heb", "fa": "per",
}
# fmt: on

_OWN = "pmid is isbn vi ip dp ti pg lid ab cn fau au fed ed la pt pl ta jt bti cti pb ci pst"
FIELDS = frozenset((*_OWN.split(), "pmc", "aid", "ot", "gn", "en", "tt", "so"))
_HELD = {
    "PMID", "PMCID", "DOI", "ISSN", "ISBN", "volume", "issue", "issued", "title", "page",
    "number", "abstract", "author", "editor", "language", "publisher-place", "publisher",
    "container-title", "container-title-short", "collection-title", "keyword", "note", "edition",
    "original-title", "status",
}  # fmt: skip
DROPS = VARIABLES - _HELD | {"custom"}

_WIDTH = 88
_INITIAL = re.compile(r"[^\W\d_]+")


def dump(references: Iterable[Reference], options: Options) -> Iterator[str]:
    """The records, an empty line between them."""
    for reference in wanted(references, options, FIELDS):
        lines = [
            _line(tag, value)
            for tag, value in _fields(reference, options)
            if value and tag.lower() not in options.without
        ]
        yield "".join((*lines, "\n"))


def _line(tag: str, value: str) -> str:
    """A field, its long value going on in lines that begin with six spaces."""
    first, *words = value.split(" ")
    line, lines = f"{tag:4}- {first}", []
    for word in words:
        if len(line) + len(word) < _WIDTH:
            line += f" {word}"
        else:
            lines.append(line)
            line = f"      {word}"
    return "\n".join((*lines, f"{line}\n"))


def _fields(reference: Reference, options: Options) -> Iterator[tuple[str, str]]:
    text = reference.text

    def of(variable: str) -> str:
        return plain_line(text.get(variable, ""))

    yield "PMID", one_line(text.get("PMID", ""))
    # PubMed always says which of a journal's numbers it is; one alone is nearest to the linking one
    yield "IS", of("ISSN") and f"{of('ISSN')} (Linking)"
    yield "ISBN", of("ISBN")
    yield "VI", of("volume")
    yield "IP", of("issue")
    yield "DP", _date(reference.issued)
    yield "TI", _sentence(of("title"))
    yield "PG", of("page")
    yield "LID", _marked(of("number"), "pii")
    yield "LID", _marked(one_line(text.get("DOI", "")), "doi")
    yield "AB", of("abstract")
    yield from _authors(reference)
    for person in reference.names.get("editor", ()):
        yield "FED", _full(person)
        yield "ED", _short(person)
    yield "LA", _LANGUAGES.get(of("language").lower()[:2], of("language"))
    yield "PT", _TYPES.get(reference.type, "")
    yield "TT", of("original-title")
    yield "PL", of("publisher-place")
    yield "EN", of("edition")
    yield "PB", of("publisher")
    yield "TA", of("container-title-short")
    yield (
        ("BTI" if reference.type == "chapter" else "JT"),
        plain_line(container(reference, options)),
    )
    yield "CTI", of("collection-title")
    for keyword in of("keyword").replace(";", ",").split(","):
        yield "OT", keyword.strip()
    yield "GN", of("note")
    yield "PMC", of("PMCID")
    yield "PST", of("status")
    yield "AID", _marked(one_line(text.get("DOI", "")), "doi")


def _authors(reference: Reference) -> Iterator[tuple[str, str]]:
    for person in reference.author:
        if person.literal:
            yield "CN", plain_line(person.literal)
        else:
            yield "FAU", _full(person)
            yield "AU", _short(person)
    if reference.incomplete_authors:
        yield "FAU", plain_names.MORE
        yield "AU", plain_names.MORE


def _full(person: Name) -> str:
    """`Sample, Robert B Jr`: in MEDLINE no comma stands before what follows a name."""
    if not (person.family and person.given and person.suffix):
        return plain_names.comma_form(person)
    suffix = one_line(person.suffix).rstrip(".")
    return f"{plain_names.comma_form(person._replace(suffix=''))} {suffix}"


def _short(person: Name) -> str:
    """`Rijn M van de`, as it stands in a citation: `van de Rijn M`, `Sample RB Jr`."""
    if person.literal or not person.family:
        return plain_names.comma_form(person)
    family = one_line(plain_names.joined(person.non_dropping_particle, person.family))
    initials = "".join(word[0].upper() for word in _INITIAL.findall(one_line(person.given)))
    return " ".join(filter(None, (family, initials, one_line(person.suffix).rstrip("."))))


def _date(date: Date) -> str:
    """`2012 Aug 15`, `2012 Spring`, `2012 Dec-2013 Jan`."""
    start = _day(date.start)
    if date.season:
        start += f" {season(date)}"
    if date.end:
        return f"{start}-{_day(date.end)}"
    return start or one_line(date.literal)


def _day(parts: tuple[int, ...]) -> str:
    words = [str(part) for part in parts]
    if len(parts) > 1 and 0 < parts[1] < len(_MONTHS):
        words[1] = _MONTHS[parts[1]]
    return " ".join(words)


def _sentence(title: str) -> str:
    return title if not title or title[-1] in ".?!" else f"{title}."


def _marked(value: str, kind: str) -> str:
    return value and f"{value} [{kind}]"
