"""Hayagriva YAML, the bibliography format of Typst."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bclm_cli.formats import plain_names
from bclm_cli.formats.bibtex import capitals
from bclm_cli.formats.interface import Options, container, wanted
from bclm_cli.formats.plain_names import season
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference
from bclm_cli.model.variables import VARIABLES
from bclm_cli.text import yaml_text
from bclm_cli.text.control_chars import one_line
from bclm_cli.text.markup import marks, plain_line

HELP = "Hayagriva YAML for Typst."
SUFFIX = ".yml"

# fmt: off
# CSL type -> type of the entry, and of the parent that has the title of the journal or book
_TYPES = {
    "article-journal": ("article", "periodical"), "article-magazine": ("article", "periodical"),
    "article-newspaper": ("article", "newspaper"), "review": ("article", "periodical"),
    "review-book": ("article", "periodical"), "article": ("article", "misc"),
    "book": ("book", "misc"), "classic": ("book", "misc"), "collection": ("anthology", "misc"),
    "chapter": ("chapter", "book"), "entry": ("entry", "reference"),
    "entry-dictionary": ("entry", "reference"), "entry-encyclopedia": ("entry", "reference"),
    "paper-conference": ("article", "proceedings"), "thesis": ("thesis", "misc"),
    "report": ("report", "book"), "manuscript": ("manuscript", "misc"),
    "dataset": ("repository", "misc"), "software": ("repository", "misc"),
    "webpage": ("web", "web"), "post": ("post", "thread"), "post-weblog": ("article", "blog"),
    "patent": ("patent", "misc"), "periodical": ("periodical", "misc"),
    "legal_case": ("case", "reference"), "legislation": ("legislation", "anthology"),
    "bill": ("legislation", "anthology"), "motion_picture": ("video", "misc"),
    "broadcast": ("video", "video"), "song": ("audio", "audio"), "graphic": ("artwork", "misc"),
}
_ROLES = {
    "translator": "translator", "compiler": "compiler", "composer": "composer",
    "contributor": "collaborator", "illustrator": "illustrator", "narrator": "narrator",
    "organizer": "organizer", "performer": "cast-member", "producer": "producer",
    "executive-producer": "executive-producer", "script-writer": "writer",
}
_TEXT = {
    "genre": "genre", "abstract": "abstract", "archive": "archive",
    "archive_location": "archive-location", "authority": "organization",
    "call-number": "call-number", "number-of-pages": "page-total",
}
_SERIAL = {
    "DOI": "doi", "PMID": "pmid", "PMCID": "pmcid", "ISBN": "isbn", "ISSN": "issn",
    "number": "serial",
    "version": "version", "printing-number": "printing",
}
# fmt: on

FIELDS: frozenset[str] = frozenset()
_HELD = {
    *_ROLES, *_TEXT, *_SERIAL, "author", "container-author", "editor", "original-author",
    "collection-editor", "issued", "accessed", "event-date", "original-date", "title",
    "title-short", "container-title", "container-title-short", "collection-title",
    "collection-number", "volume", "issue", "page", "edition", "chapter-number",
    "number-of-volumes", "publisher", "publisher-place", "event-title", "event-place",
    "original-title", "original-publisher", "original-publisher-place", "language", "URL", "note",
    "status",
}  # fmt: skip
DROPS = VARIABLES - _HELD | {"custom"}

_MARKUP = re.compile(r"[\\{}$]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")
_URL = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,4})?(?:[/?#]\S*)?")
_SIMPLE_NAME = re.compile(r"(?:[A-Z]\S*)(?: [A-Z]\S*)*")

Fields = dict[str, Any]


def dump(references: Iterable[Reference], options: Options) -> Iterator[str]:
    """A mapping from keys to entries."""
    terms = capitals.dictionary(options.terms)
    before = ""
    for reference in wanted(references, options):
        entry = _entry(reference, options, terms)
        lines = yaml_text.lines({one_line(reference.id): _pruned(entry)}, "")
        yield before + "".join(lines)
        before = "\n"
    if not before:
        yield "{}\n"


def _entry(reference: Reference, options: Options, terms: capitals.Dictionary) -> Fields:
    text, people = reference.text, reference.names
    type_, parent_type = _TYPES.get(reference.type, ("misc", "misc"))
    volume = _volume(reference)
    collection = {
        "type": "anthology",
        "title": _title(text.get("collection-title", ""), "", terms),
        "volume": plain_line(text.get("collection-number", "")),
        "editor": _names(people.get("collection-editor", ())),
    }
    venue = container(reference, options)
    venue_terms = None if parent_type in ("periodical", "newspaper") else terms
    in_parent = parent_type != "misc" and bool(venue or reference.type == "chapter")
    parent = {
        "type": parent_type,
        "title": _title(venue, text.get("container-title-short", ""), venue_terms),
        "author": _names(people.get("container-author", ())),
        **(volume if in_parent else {}),
    }
    if in_parent:
        parent["parent"] = _if_any(collection)
    return {
        "type": type_,
        "title": _title(text.get("title", ""), text.get("title-short", ""), terms),
        "author": _names(reference.author, more=reference.incomplete_authors),
        **({"volume": plain_line(text.get("chapter-number", ""))} if in_parent else volume),
        "affiliated": [
            {"role": role, "names": _names(people[variable])}
            for variable, role in _ROLES.items()
            if people.get(variable)
        ],
        "date": _date(reference.issued),
        "page-range": plain_line(text.get("page", "")),
        "serial-number": _serial(reference, in_parent=in_parent),
        "url": _url(reference),
        "language": _language(text.get("language", "")),
        **{name: _string(text.get(variable, "")) for variable, name in _TEXT.items()},
        "note": _string(_note(reference)),
        "parent": _parents(
            parent, {} if in_parent else collection, *_circumstances(reference, terms)
        ),
    }


def _volume(reference: Reference) -> Fields:
    """What belongs to the journal or book, which is the entry itself where it has no parent."""
    text = reference.text
    total = plain_line(text.get("number-of-volumes", ""))
    return {
        "volume": plain_line(text.get("volume", "")),
        "volume-total": total if any(map(str.isdigit, total)) else "",
        "issue": plain_line(text.get("issue", "")),
        "edition": plain_line(text.get("edition", "")),
        "editor": _names(reference.names.get("editor", ())),
        "publisher": {
            "name": _string(text.get("publisher", "")),
            "location": _string(text.get("publisher-place", "")),
        },
    }


def _serial(reference: Reference, *, in_parent: bool) -> Fields:
    text = reference.text
    numbers = {name: one_line(text.get(variable, "")) for variable, name in _SERIAL.items()}
    if not in_parent:
        numbers["chapter"] = plain_line(text.get("chapter-number", ""))
    return numbers


def _circumstances(reference: Reference, terms: capitals.Dictionary) -> Iterator[Fields]:
    text, dates = reference.text, reference.dates
    yield {
        "type": "conference",
        "title": _title(text.get("event-title", ""), "", terms),
        "location": _string(text.get("event-place", "")),
        "date": _date(dates.get("event-date", Date())),
    }
    yield {
        "type": "original",
        "title": _title(text.get("original-title", ""), "", terms),
        "author": _names(reference.names.get("original-author", ())),
        "date": _date(dates.get("original-date", Date())),
        "publisher": {
            "name": _string(text.get("original-publisher", "")),
            "location": _string(text.get("original-publisher-place", "")),
        },
    }


def _parents(*parents: Fields) -> Any:
    found = [parent for parent in map(_if_any, parents) if parent]
    return found[0] if len(found) == 1 else found


def _if_any(parent: Fields) -> Fields:
    """The parent, or nothing if it has nothing but a type."""
    pruned: Fields = _pruned(parent)
    return pruned if len(pruned) > 1 else {}


def _pruned(value: Any) -> Any:
    """Without what is empty."""
    if isinstance(value, dict):
        pruned = {name: _pruned(part) for name, part in value.items()}
        return {name: part for name, part in pruned.items() if part not in ("", None, {}, [])}
    return [_pruned(part) for part in value] if isinstance(value, list) else value


def _title(text: str, short: str, terms: capitals.Dictionary | None) -> Any:
    value = _string(text, terms)
    if not short or not text:
        return value
    return {"value": value, "short": _string(short, terms)}


def _string(text: str, terms: capitals.Dictionary | None = None) -> Any:
    """Text whose braces keep the case of what is inside; one with characters that Hayagriva would
    read as markup (its own escapes cut the text off, tried with Typst 0.15) is verbatim whole."""
    bare = plain_line(text)
    if _MARKUP.search(bare):
        return {"value": {"value": bare, "verbatim": True}}
    if terms is None:
        return bare
    _, found = marks(one_line(text))
    spans = capitals.protected(bare, terms)
    spans += [(mark.start, mark.end) for mark in found if mark.kind == "nocase"]
    at = 0
    parts: list[str] = []
    for start, end in capitals.merged(spans):
        parts += bare[at:start], "{", bare[start:end], "}"
        at = end
    return "".join((*parts, bare[at:]))


def _names(people: Iterable[Name], *, more: bool = False) -> list[str | dict[str, str]]:
    return [_name(person) for person in people] + ([{"name": plain_names.MORE}] if more else [])


def _name(person: Name) -> str | dict[str, str]:
    if person.literal:
        return {"name": plain_line(person.literal)}
    family = one_line(plain_names.joined(person.non_dropping_particle, person.family))
    given, prefix, suffix = map(one_line, (person.given, person.dropping_particle, person.suffix))
    if not family:
        family, given = given, ""
    if given and "," not in given and _SIMPLE_NAME.fullmatch(family) and not (prefix or suffix):
        return f"{family}, {given}"
    parts = {"name": family, "given-name": given, "prefix": prefix, "suffix": suffix}
    return {part: value for part, value in parts.items() if value}


def _date(date: Date) -> str:
    """The first day of a range: Hayagriva knows no ranges, seasons or words (see `_note`)."""
    parts = date.start
    if len(parts) > 1 and not 0 < parts[1] < 13:
        parts = parts[:1]
    if len(parts) > 2 and not 0 < parts[2] < 32:
        parts = parts[:2]
    return ("~" if date.circa and parts else "") + str(Date(parts))


def _url(reference: Reference) -> Any:
    url = one_line(reference.get("URL"))
    accessed = _date(reference.dates.get("accessed", Date()))
    if not _URL.fullmatch(url):
        return ""
    return {"value": url, "date": accessed} if accessed else url


def _language(language: str) -> str:
    return language if _LANGUAGE.fullmatch(language) else ""


def _note(reference: Reference) -> str:
    """The note, and after it what Typst would refuse in its own field."""
    text, issued, url = reference.text, reference.issued, one_line(reference.get("URL"))
    accessed = str(reference.dates.get("accessed", ""))
    total, language = text.get("number-of-volumes", ""), text.get("language", "")
    rest = (
        text.get("note", ""),
        text.get("status", ""),
        issued.literal,
        season(issued).lower(),
        str(issued) if issued.end else "",
        *(() if _URL.fullmatch(url) else (url, accessed and f"accessed {accessed}")),
        "" if any(map(str.isdigit, total)) else total,
        "" if _LANGUAGE.fullmatch(language) else language,
    )
    return "; ".join(filter(None, dict.fromkeys(rest)))
