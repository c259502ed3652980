"""BibLaTeX for biber, in Unicode, with every field where its data model has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from bclm_cli.formats import journal
from bclm_cli.formats.bibtex import capitals, writer
from bclm_cli.formats.bibtex.writer import Entry, braced, is_english
from bclm_cli.formats.interface import Options, container, wanted
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Reference
from bclm_cli.model.variables import VARIABLES
from bclm_cli.text.latex import unicode_

HELP = "BibLaTeX for LaTeX with biber: Unicode, every field of its data model."
SUFFIX = ".biblatex.bib"

# fmt: off
_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "review": "review", "review-book": "review", "book": "book", "classic": "book",
    "collection": "collection", "chapter": "incollection", "entry": "inreference",
    "entry-dictionary": "inreference", "entry-encyclopedia": "inreference",
    "paper-conference": "inproceedings", "report": "report", "thesis": "thesis",
    "patent": "patent", "dataset": "dataset", "software": "software", "webpage": "online",
    "post": "online", "post-weblog": "online", "article": "misc", "manuscript": "unpublished",
    "periodical": "periodical", "pamphlet": "booklet", "motion_picture": "movie",
    "legislation": "legislation", "legal_case": "jurisdiction", "standard": "standard",
    "musical_score": "music", "song": "audio", "performance": "performance", "graphic": "image",
    "figure": "image", "map": "image", "personal_communication": "letter",
}
_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_ARTICLES = {"article", "review"}
_CONTAINERS = {
    "article": "journaltitle", "review": "journaltitle", "incollection": "booktitle",
    "inreference": "booktitle", "inproceedings": "booktitle", "book": "maintitle",
    "collection": "maintitle",
}
_PUBLISHERS = {"thesis": "institution", "report": "institution"}
_NO_PUBLISHER = {"online", "software", "misc", "booklet", "unpublished"}
# names of babel's languages, which langid takes
_LANGUAGES = {
    "en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian",
    "pt": "portuguese", "nl": "dutch", "sv": "swedish", "da": "danish", "no": "norwegian",
    "nb": "norwegian", "nn": "nynorsk", "fi": "finnish", "is": "icelandic", "pl": "polish",
    "cs": "czech", "sk": "slovak", "sl": "slovene", "hr": "croatian", "hu": "hungarian",
    "ro": "romanian", "bg": "bulgarian", "ru": "russian", "uk": "ukrainian", "el": "greek",
    "tr": "turkish", "la": "latin", "ca": "catalan", "eu": "basque", "ja": "japanese",
    "zh": "chinese", "ko": "korean", "ar": "arabic", "he": "hebrew", "fa": "persian",
}
_TEXT = {
    "title-short": "shorttitle", "volume": "volume",
    "number-of-volumes": "volumes", "part-number": "part", "chapter-number": "chapter",
    "edition": "edition", "number-of-pages": "pagetotal", "genre": "type", "version": "version",
    "event-place": "venue", "medium": "howpublished",
    "original-title": "origtitle", "note": "note", "annote": "annotation",
    "keyword": "keywords", "call-number": "library", "ISBN": "isbn", "ISSN": "issn",
    "PMCID": "usera",
}
_TITLES = {"collection-title": "series", "event-title": "eventtitle"}
_LISTS = {
    "publisher-place": "location", "original-publisher": "origpublisher",
    "original-publisher-place": "origlocation",
}
_PEOPLE = {
    "author": "author", "container-author": "bookauthor", "editor": "editor",
    "translator": "translator",
}
_DATES = {"event-date": "eventdate", "original-date": "origdate", "accessed": "urldate"}
_RAW = {"DOI": "doi", "URL": "url"}
# fmt: on

FIELDS = frozenset((
    "entrysubtype", "title", "journaltitle", "shortjournal", "booktitle", "maintitle",
    "titleaddon", "date", "number", "issue", "seriesnumber", "eid", "pages", "publisher",
    "institution", "organization", "pubstate", "eprint", "eprinttype", "langid", "options",
    *_TEXT.values(), *_LISTS.values(), *_PEOPLE.values(), *_DATES.values(), *_RAW.values(),
    *_TITLES.values(),
))  # fmt: skip
_HELD = {
    *_TEXT, *_TITLES, *_LISTS, *_PEOPLE, *_DATES, *_RAW, "title", "container-title",
    "container-title-short", "issued", "issue", "number", "collection-number", "page",
    "publisher", "status", "PMID", "language",
}  # fmt: skip
DROPS = VARIABLES - _HELD | {"custom"}

_BREAKS_KEY = writer.breaking("\"#%'(),={}\\~")  # tried with biber 2.18


def dump(references: Iterable[Reference], options: Options) -> Iterator[str]:
    """The entries; raises DataError for a key that biber cannot take."""
    terms = capitals.dictionary(options.terms)
    for reference in wanted(references, options, FIELDS):
        writer.safe_key(reference.id, "BibLaTeX", _BREAKS_KEY)
        yield entry(reference, options, terms).text(options.without)


def check_keys(keys: Iterable[str]) -> list[str]:
    """What is to be noted of keys that pandoc cannot take.

    Raises DataError for one that biber cannot take.
    """
    return [*writer.not_for_pandoc([writer.safe_key(key, "BibLaTeX", _BREAKS_KEY) for key in keys])]


def entry(reference: Reference, options: Options, terms: capitals.Dictionary) -> Entry:
    """One reference as an entry."""
    type_ = _type(reference)
    return Entry(type_, reference.id, [
        *_people(reference),
        *_titles(reference, type_, options, terms),
        *_dates(reference),
        *_numbers(reference, type_),
        *_publisher(reference, type_),
        *_rest(reference),
    ])  # fmt: skip


def _type(reference: Reference) -> str:
    if reference.type == "book" and not reference.author and reference.names.get("editor"):
        return "collection"
    return _TYPES.get(reference.type, "misc")


def _people(reference: Reference) -> Iterator[tuple[str, str]]:
    kept = False
    for role, field in _PEOPLE.items():
        people = reference.names.get(role)
        if people:
            more = role == "author" and reference.incomplete_authors
            yield field, braced(writer.names(people, unicode_, more=more))
            kept = kept or any(person.non_dropping_particle for person in people)
    if kept:
        yield "options", "{useprefix=true}"  # "van de Rijn" stays whole in citations


def _titles(
    reference: Reference, type_: str, options: Options, terms: capitals.Dictionary
) -> Iterator[tuple[str, str]]:
    english = is_english(reference)
    text = reference.text
    if "title" in text:
        kept = not reference.unprotected_title
        title = writer.title(text["title"], unicode_, terms, english=english, kept=kept)
        yield "title", braced(title)
    if subtype := _SUBTYPES.get(reference.type):
        yield "entrysubtype", braced(subtype)
    venue = container(reference, options)
    short = journal.dotted(text.get("container-title-short", ""), text.get("container-title", ""))
    if venue and type_ not in _NO_PUBLISHER:
        field = _CONTAINERS.get(type_, "titleaddon")
        if short and options.journal == "abbrev":
            venue = short
        if field == "journaltitle":
            yield field, _plain(venue)
        else:
            yield field, braced(writer.title(venue, unicode_, terms, english=english))
    # one word is its own abbreviation
    if short and (short != venue or (" " in short and options.journal == "full")):
        yield "shortjournal", _plain(short)
    for variable, field in _TITLES.items():
        if variable in text:
            yield field, braced(writer.title(text[variable], unicode_, terms, english=english))


def _dates(reference: Reference) -> Iterator[tuple[str, str]]:
    issued = reference.issued
    if issued.start:
        yield "date", braced(_edtf(issued))
    state = "; ".join(filter(None, dict.fromkeys((reference.get("status"), issued.literal))))
    if state:
        yield "pubstate", _plain(state)
    for variable, field in _DATES.items():
        date = reference.dates.get(variable)
        if date:
            yield field, braced(_edtf(date)) if date.start else _plain(date.literal)


def _edtf(date: Date) -> str:
    """ISO 8601-2, as biber reads it: a season as month 21 to 24, ~ for circa."""
    text = str(date._replace(literal=""))
    if date.season in ("1", "2", "3", "4") and len(date.start) == 1 and not date.end:
        text += f"-2{date.season}"
    return text + ("~" if date.circa else "")


def _numbers(reference: Reference, type_: str) -> Iterator[tuple[str, str]]:
    text = reference.text
    number, series = text.get("number", ""), text.get("collection-number", "")
    if type_ in _ARTICLES:
        slots = {"number": text.get("issue"), "seriesnumber": series, "eid": number}
    elif number and not _is_eprint(reference):
        slots = {"number": number, "seriesnumber": series, "issue": text.get("issue")}
    else:
        slots = {"number": series, "issue": text.get("issue")}
    for field, value in slots.items():
        if value:
            yield field, _plain(value)
    page = text.get("page")
    if page and page != slots.get("eid"):
        yield "pages", braced(writer.pages(page, unicode_))


def _publisher(reference: Reference, type_: str) -> Iterator[tuple[str, str]]:
    publisher = reference.get("publisher")
    if type_ in _NO_PUBLISHER:
        houses = [reference.get("container-title"), publisher]
        listed = " and ".join(_item(house) for house in houses if house)
        if listed:
            yield "organization", braced(listed)
    elif publisher:
        yield _PUBLISHERS.get(type_, "publisher"), braced(_item(publisher))


def _rest(reference: Reference) -> Iterator[tuple[str, str]]:
    text = reference.text
    for variable, field in _TEXT.items():
        if variable in text:
            yield field, _plain(text[variable])
    for variable, field in _LISTS.items():
        if variable in text:
            yield field, braced(_item(text[variable]))
    if language := text.get("language"):
        yield "langid", _plain(_LANGUAGES.get(language.lower()[:2], language))
    for variable, field in _RAW.items():
        if variable in text:
            yield field, braced(writer.identifier(text[variable]))
    if "PMID" in text:
        yield "eprint", braced(writer.identifier(text["PMID"]))
        yield "eprinttype", "{pubmed}"
    elif "archive" in text and "archive_location" in text:
        yield "eprint", braced(writer.identifier(text["archive_location"]))
        yield "eprinttype", _plain(text["archive"])
    elif _is_eprint(reference):
        yield "eprint", braced(writer.identifier(text["number"]))
        yield "eprinttype", _plain(text["publisher"])


def _is_eprint(reference: Reference) -> bool:
    """Whether its number is that of a preprint server, in a reference that PubMed has not."""
    text = reference.text
    return (
        reference.type == "article"
        and "PMID" not in text
        and not ("archive" in text and "archive_location" in text)
        and bool(text.get("number") and text.get("publisher"))
    )


def _item(text: str) -> str:
    """One item of a list, which `and` would divide."""
    written = writer.rich(text, unicode_)
    return braced(written) if writer.LIST_WORD.search(text) else written


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return braced(writer.rich(text, unicode_))
