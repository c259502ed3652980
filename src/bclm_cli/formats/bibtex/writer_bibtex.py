"""Classic BibTeX, in ASCII wherever TeX has a command for a letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from bclm_cli.formats import journal
from bclm_cli.formats.bibtex import capitals, writer
from bclm_cli.formats.bibtex.writer import Entry, braced, is_english
from bclm_cli.formats.interface import PUBLISHED, Options, container, wanted
from bclm_cli.formats.plain_names import season
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Reference
from bclm_cli.model.variables import VARIABLES
from bclm_cli.text.latex import ascii_, loses_accent

HELP = "BibTeX for LaTeX with bibtex: ASCII, capitals protected."
SUFFIX = ".bib"

# fmt: off
_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "review": "article", "review-book": "article", "book": "book", "classic": "book",
    "chapter": "incollection", "entry": "incollection", "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection", "paper-conference": "inproceedings",
    "report": "techreport", "thesis": "phdthesis", "pamphlet": "booklet",
}
_CONTAINERS = {"article": "journal", "misc": "howpublished", "booklet": "howpublished"}
_PUBLISHERS = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}
_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDINALS = ("", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth",
             "Ninth", "Tenth")
# CSL variable -> field, where the type makes no difference
_TEXT = {
    "chapter-number": "chapter", "publisher-place": "address", "genre": "type",
    "version": "version", "keyword": "keywords",
    "language": "language", "annote": "annote", "ISBN": "isbn", "ISSN": "issn",
}
_RAW = {"DOI": "doi", "PMID": "pmid", "PMCID": "pmcid", "URL": "url"}
# fmt: on
_RARE = frozenset(_TEXT)  # most papers have none of them

FIELDS = frozenset((
    "author", "editor", "translator", "title", "journal", "booktitle", "howpublished",
    "series", "volume", "number", "issue", "pages", "eid", "chapter", "edition", "year",
    "month", "day", "publisher", "school", "institution", "address", "type", "version",
    "note", "annote", "keywords", "language", "isbn", "issn", "doi", "pmid", "pmcid", "url",
    "urldate", "seriesnumber",
))  # fmt: skip
_HELD = {
    *_TEXT, *_RAW, "author", "editor", "translator", "title", "container-title", "volume", "issue",
    "number", "collection-title", "collection-number", "page", "edition", "publisher", "status",
    "note", "issued", "accessed",
}  # fmt: skip
DROPS = VARIABLES - _HELD | {"custom"}

_BREAKS_KEY = writer.breaking("#%,{}\\~")  # tried with bibtex 0.99d, LaTeX's and natbib's \cite
_LIKE_A_PAGE = re.compile(r"S?[0-9]{1,4}")  # what else a number is, readers see by themselves
_MASTER = ("master", "msc", "m.sc", "diplom")


def dump(references: Iterable[Reference], options: Options) -> Iterator[str]:
    """The entries; raises DataError for a key that BibTeX or LaTeX cannot take."""
    terms = capitals.dictionary(options.terms)
    for reference in wanted(references, options, FIELDS):
        writer.safe_key(reference.id, "BibTeX", _BREAKS_KEY)
        yield entry(reference, options, terms).text(options.without)


def check_keys(keys: Iterable[str]) -> list[str]:
    """What is to be noted of keys that not every program takes.

    Raises DataError for one that BibTeX or LaTeX cannot take.
    """
    keys = [writer.safe_key(key, "BibTeX", _BREAKS_KEY) for key in keys]
    seen: dict[str, str] = {}
    notes = [
        f"keys {same} and {key} differ in capitals alone: bibtex prints the first for both;"
        " biber, pandoc and Typst tell them apart"
        for key in keys
        if (same := seen.setdefault(key.lower(), key)) != key
    ]
    # LaTeX's \cite of 2022 takes the first byte of a key apart from the rest
    if late := next((key for key in keys if not key[0].isascii()), ""):
        notes.append(
            f"pdflatex with bibtex finds no key that begins as {late} does, outside ASCII;"
            " lualatex does, and biber with -f biblatex"
        )
    return [*notes, *writer.not_for_pandoc(keys)]


def losses(reference: Reference) -> str:
    """The letters of a reference for which others are written, because there is no command."""
    people = "".join(chain.from_iterable(chain.from_iterable(reference.names.values())))
    if people.isascii() and "".join(reference.text.values()).isascii():
        return ""
    text = "".join(value for name, value in reference.text.items() if name != "abstract")
    signs = dict.fromkeys(text + people)
    return "".join(sign for sign in signs if sign > "\x7f" and loses_accent(sign))


def entry(reference: Reference, options: Options, terms: capitals.Dictionary) -> Entry:
    """One reference as an entry, its fields in the order in which people write them."""
    type_ = _type(reference)
    return Entry(type_, reference.id, [
        *_people(reference),
        *_titles(reference, type_, options, terms),
        *_date(reference.issued),
        *_numbers(reference, type_),
        *_series(reference, terms),
        *_publisher(reference, type_),
        *_rest(reference, type_),
    ])  # fmt: skip


def _type(reference: Reference) -> str:
    genre = reference.get("genre").lower()
    if reference.type == "thesis" and any(word in genre for word in _MASTER):
        return "mastersthesis"
    return _TYPES.get(reference.type, "misc")


def _people(reference: Reference) -> Iterator[tuple[str, str]]:
    for role in ("author", "editor", "translator"):
        people = reference.names.get(role)
        if people:
            more = role == "author" and reference.incomplete_authors
            yield role, braced(writer.names(people, ascii_, more=more))


def _titles(
    reference: Reference, type_: str, options: Options, terms: capitals.Dictionary
) -> Iterator[tuple[str, str]]:
    english = is_english(reference)
    text = reference.text
    if "title" in text:
        kept = not reference.unprotected_title
        title = writer.title(text["title"], ascii_, terms, english=english, kept=kept)
        yield "title", braced(title)
    venue = container(reference, options)
    if not venue:
        return
    field = _CONTAINERS.get(type_, "booktitle")
    if options.journal == "abbrev" and "container-title-short" in text:
        venue = journal.dotted(venue, text.get("container-title", ""))
    if field == "booktitle":
        yield field, braced(writer.title(venue, ascii_, terms, english=english))
    else:
        yield field, _plain(venue)


def _series(reference: Reference, terms: capitals.Dictionary) -> Iterator[tuple[str, str]]:
    if series := reference.get("collection-title"):
        yield "series", braced(writer.title(series, ascii_, terms, english=is_english(reference)))


def _date(date: Date) -> Iterator[tuple[str, str]]:
    if not date.start:
        if date.literal:
            yield "year", _plain(date.literal)
        return
    year, *rest = date.start
    last, *end = date.end or date.start
    yield "year", braced(str(year) if year == last else f"{year}--{last}")
    months = dict.fromkeys(part for part in (*rest[:1], *end[:1]) if 0 < part < len(_MONTHS))
    if months and year == last:
        yield "month", ' # "--" # '.join(_MONTHS[part] for part in months)
    elif date.season:
        yield "month", _plain(season(date))
    if len(rest) > 1 and not date.end:
        yield "day", braced(str(rest[1]))


def _numbers(reference: Reference, type_: str) -> Iterator[tuple[str, str]]:
    text = reference.text
    page, article_number = text.get("page", ""), text.get("number", "")
    if "volume" in text:
        yield "volume", _plain(text["volume"])
    for field, variable in _numbering(reference, type_).items():
        if text.get(variable):
            yield field, _plain(text[variable])
    if type_ == "article" and article_number:
        if page and page != article_number:
            yield "pages", _pages(page)
            yield "eid", _plain(article_number)
        else:
            yield "pages", _plain(article_number)
            if _LIKE_A_PAGE.fullmatch(article_number):
                yield "eid", _plain(article_number)
    elif page:
        yield "pages", _pages(page)
    if edition := text.get("edition", ""):
        yield "edition", _plain(_ordinal(edition))


def _numbering(reference: Reference, type_: str) -> dict[str, str]:
    """Which variable stands in `number`, of which BibTeX has one for three meanings, and in what
    styles pass over. An issue without its volume and a series' number beside a volume are faults
    to the standard styles."""
    text = reference.text
    if type_ == "article":
        return {
            "number" if "volume" in text else "issue": "issue",
            "seriesnumber": "collection-number",
        }
    series = "seriesnumber" if "volume" in text or "number" in text else "number"
    return {"issue": "issue", "number": "number", series: "collection-number"}


def _pages(page: str) -> str:
    return braced(writer.pages(page, ascii_))


def _publisher(reference: Reference, type_: str) -> Iterator[tuple[str, str]]:
    publisher = reference.get("publisher")
    if not publisher:
        return
    field = _PUBLISHERS.get(type_, "publisher")
    if _CONTAINERS.get(type_) == "howpublished" and not reference.get("container-title"):
        field = "howpublished"  # @misc has no publisher, and this is printed
    yield field, _plain(publisher)


def _rest(reference: Reference, type_: str) -> Iterator[tuple[str, str]]:
    text = reference.text
    if type_ == "phdthesis" and "genre" not in text:
        yield "type", "{Thesis}"  # else styles print "PhD thesis"
    if not _RARE.isdisjoint(text):
        for variable, field in _TEXT.items():
            if variable in text:
                yield field, _plain(text[variable])
    # a status that stands in the year would be printed twice
    status = text.get("status", "")
    if status == reference.issued.literal or status.lower() in PUBLISHED:
        status = ""
    note = "; ".join(filter(None, (status, text.get("note"))))
    if note:
        yield "note", _plain(note)
    for variable, field in _RAW.items():
        if variable in text:
            yield field, braced(writer.identifier(text[variable]))
    if accessed := str(reference.dates.get("accessed", "")):
        yield "urldate", _plain(accessed)


def _ordinal(edition: str) -> str:
    """`2` as Second, for styles write "second edition"; anything else as it is."""
    if not (edition.isascii() and edition.isdigit()) or edition.startswith("0"):
        return edition
    number = int(edition[:9])
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return edition + ("th" if 10 < number % 100 < 20 else ending)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """A value whose case no style changes; journals and years come again and again."""
    return braced(writer.rich(text, ascii_))
