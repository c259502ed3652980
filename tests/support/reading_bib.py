"""BibTeX and BibLaTeX as pandoc, bibtexparser and pybtex read them, and pandoc's CSL."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bclm_cli.formats.bibtex import writer_bibtex
from bclm_cli.formats.journal import dotted
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference, name_from_csl
from support import facts, pandoc
from support.facts import Facts
from support.reading import Consumer, Read, Text, held, join, people

# ---- pandoc

_UPPER = {name: name.upper() for name in ("doi", "pmid", "pmcid", "url", "isbn", "issn")}


def pandoc_reader(format_: str) -> Read:
    def read(text: str) -> dict[str, Facts]:
        return {key: _pandoc_facts(item) for key, item in pandoc.items(text, format_).items()}

    return read


def _pandoc_facts(item: pandoc.Item) -> Facts:
    found: Facts = {}
    for name, value in item.items():
        variable = _UPPER.get(name, name)
        if variable == "author":
            found |= people(map(name_from_csl, value))
        elif isinstance(value, list):
            found[variable] = facts.names(map(name_from_csl, value))
        elif variable in ("issued", "accessed"):
            found[variable] = facts.day(Date.from_csl(value))
        elif isinstance(value, str) and variable not in ("id", "type"):
            is_identifier = variable in facts.IDENTIFIERS
            found[variable] = value if is_identifier else facts.marked(value)
    if "page" in found:
        found["page"] = facts.pages(found["page"])
    return found


def _csl(format_: str, reference: Reference) -> Facts:
    found = held(format_, reference, facts.marked)
    if format_ == "csljson" and reference.issued.season:
        found["issued"] = str(reference.issued)  # it reads no season there
    return found


# ---- BibTeX

_MISC = ("article", "dataset", "software", "webpage")


def _encoded(found: Facts) -> None:
    """Braces of an identifier, which no .bib file can hold, come percent-encoded."""
    for name in facts.IDENTIFIERS:
        if name in found:
            found[name] = found[name].replace("{", "%7B").replace("}", "%7D")


def _bibtex(reference: Reference, text: Text) -> Facts:
    found = held("bibtex", reference, text)
    if reference.type.startswith("article-") and found.get("page") in (None, found.get("number")):
        join(found, "page", "number")
        if re.fullmatch(r"S?\d{1,4}", reference.get("number")):
            found["number"] = found["page"]
    if "edition" in found:
        found["edition"] = writer_bibtex._ordinal(found["edition"])
    if reference.type in _MISC and "container-title" not in found and "publisher" in found:
        found["container-title"] = found.pop("publisher")  # both are howpublished
    join(found, "note", "status", "note")
    _encoded(found)
    issued = reference.issued
    if issued.end and issued.end[0] != issued.start[0]:
        found["issued"] = f"{issued.start[0]}-{issued.end[0]}"
    return found


def _pandoc_bibtex(reference: Reference) -> Facts:
    found = _capitalized(_bibtex(reference, facts.marked))
    found["title"] = found.get("title", "").replace("™", "<sup>TM</sup>")
    _pandoc_names(found, _UNREAD_IN_NAMES | UNREAD_IN_BIBTEX)
    if reference.issued.season:
        found["issued"] = str(reference.issued)
    elif reference.issued.end and "issued" in found:
        found["issued"] = found["issued"].replace("-", "--")
    if reference.type in _MISC:
        join(found, "publisher", "container-title")
    return found


_BIBTEX_FIELDS = {
    "title": "title", "journal": "container-title", "booktitle": "container-title",
    "howpublished": "container-title", "volume": "volume", "pages": "page", "eid": "number",
    "edition": "edition", "chapter": "chapter-number", "publisher": "publisher",
    "school": "publisher", "institution": "publisher", "address": "publisher-place",
    "type": "genre", "version": "version", "note": "note", "annote": "annote",
    "keywords": "keyword", "language": "language", "series": "collection-title",
    "seriesnumber": "collection-number", "isbn": "ISBN", "issn": "ISSN", "doi": "DOI",
    "pmid": "PMID", "pmcid": "PMCID", "url": "URL", "urldate": "accessed", "issue": "issue",
}  # fmt: skip
SEASONS = {"Spring": "21", "Summer": "22", "Autumn": "23", "Winter": "24"}


def _number_of(type_: str, fields: Facts) -> str:
    if type_ == "article":
        return "issue"
    return "collection-number" if "series" in fields else "number"


def _bibtex_facts(type_: str, fields: Facts, decode: Callable[[str], str]) -> Facts:
    found: Facts = {}
    for field, value in fields.items():
        variable = _number_of(type_, fields) if field == "number" else _BIBTEX_FIELDS.get(field)
        if variable in facts.IDENTIFIERS:
            found[variable] = value
        elif variable:
            found[variable] = facts.bare(decode(value))
    if "page" in found:
        found["page"] = facts.pages(found["page"])
    if "year" in fields:
        year, month = decode(fields["year"]), fields.get("month", "")
        number = (
            writer_bibtex._MONTHS.index(month[:3].lower())
            if month[:3].lower() in writer_bibtex._MONTHS
            else 0
        )
        parts = [facts.pages(year)]
        parts += [f"{number:02d}"] if number else []
        parts += [SEASONS[month]] if month in SEASONS else []
        parts += [f"{int(fields['day']):02d}"] if "day" in fields else []
        found["issued"] = "-".join(parts)
    return found


def _bibtexparser_entries(text: str) -> dict[str, tuple[str, Facts, Callable[[str], str]]]:
    import bibtexparser
    from bibtexparser import middlewares

    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    latex = middlewares.LatexDecodingMiddleware(keep_math_mode=False)

    def decode(value: str) -> str:
        result: tuple[str, str] = latex._transform_python_value_string(value)
        return result[0]

    return {
        entry.key: (
            entry.entry_type, {field.key: str(field.value) for field in entry.fields}, decode
        )
        for entry in library.entries
    }  # fmt: skip


def _bibtexparser_people(fields: Facts, decode: Callable[[str], str]) -> Facts:
    from bibtexparser.middlewares.names import split_multiple_persons_names

    found: Facts = {}
    for role in ("author", "editor", "translator"):
        if role in fields:
            listed = [
                _bibtexparser_name(name, decode)
                for name in split_multiple_persons_names(fields[role])
            ]
            found |= people(listed, facts.bare, role)
    return found


def read_bibtexparser(text: str) -> dict[str, Facts]:
    return {
        key: _bibtex_facts(type_, fields, decode) | _bibtexparser_people(fields, decode)
        for key, (type_, fields, decode) in _bibtexparser_entries(text).items()
    }


def _bibtexparser_name(name: str, decode: Callable[[str], str]) -> Name:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    parts = parse_single_name_into_parts(name)
    first, von, last, jr = (
        decode(" ".join(part)) for part in (parts.first, parts.von, parts.last, parts.jr)
    )
    return Name(family=last, given=first, dropping_particle=von, suffix=jr)


def _pybtex_name(person: Any, decode: Callable[[str], str]) -> Name:
    last, first, von, jr = (
        decode(" ".join(part))
        for part in (
            person.last_names, person.first_names + person.middle_names, person.prelast_names,
            person.lineage_names,
        )
    )  # fmt: skip
    return Name(family=last, given=first, dropping_particle=von, suffix=jr)


def read_pybtex(text: str) -> dict[str, Facts]:
    from pybtex.database import Person, parse_string
    from pylatexenc.latex2text import LatexNodes2Text

    decode = LatexNodes2Text(math_mode="text", keep_braced_groups=False).latex_to_text
    read: dict[str, Facts] = {}
    for key, entry in parse_string(text, "bibtex").entries.items():
        fields = {name.lower(): str(value) for name, value in entry.fields.items()}
        found = _bibtex_facts(entry.type, fields, decode)
        persons = dict(entry.persons)
        if "translator" in fields:  # a list of names to no other program either
            persons["translator"] = [Person(name) for name in fields["translator"].split(" and ")]
        for role, listed in persons.items():
            found |= people((_pybtex_name(person, decode) for person in listed), facts.bare, role)
        read[key] = found
    return read


# ---- BibLaTeX


def _biblatex(reference: Reference, text: Text) -> Facts:
    found = held("biblatex", reference, text)
    _encoded(found)
    short, full = reference.get("container-title-short"), reference.get("container-title")
    if short:
        found["container-title-short"] = text(dotted(short, full))
        if found["container-title-short"] == found.get("container-title") and " " not in full:
            del found["container-title-short"]
    if reference.type.startswith("article-") and found.get("page") == found.get("number"):
        found.pop("page", None)
    if not reference.issued.start:
        join(found, "status", "status", "issued")
    return found


def _pandoc_biblatex(reference: Reference) -> Facts:
    found = _capitalized(_biblatex(reference, facts.marked))
    _pandoc_names(found, _UNREAD_IN_NAMES)
    if "PMID" in found and "URL" not in found:
        found["URL"] = f"https://www.ncbi.nlm.nih.gov/pubmed/{found['PMID']}"
    if reference.type in _MISC and reference.type != "dataset":
        join(found, "publisher", "container-title", "publisher")
    if "event-title" in found:
        found["event"] = found.pop("event-title")
    if reference.type == "article" and "publisher" in found:
        del found["number"]  # it reads an eprint of the servers alone that it knows
    if "language" in found:
        found["language"] = _LOCALES[found["language"]]
    return found


_LOCALES = {"en": "en-US", "fr": "fr-FR", "ru": "ru-RU"}
_BIBLATEX_FIELDS = {
    "journaltitle": "container-title", "shortjournal": "container-title-short",
    "booktitle": "container-title", "titleaddon": "container-title", "date": "issued",
    "shorttitle": "title-short", "series": "collection-title", "volumes": "number-of-volumes",
    "pagetotal": "number-of-pages", "location": "publisher-place", "institution": "publisher",
    "publisher": "publisher", "organization": "publisher", "pubstate": "status",
    "eventtitle": "event-title", "venue": "event-place", "origtitle": "original-title",
    "usera": "PMCID", "langid": "language", "annotation": "annote", "type": "genre",
}  # fmt: skip


def _read_biblatex(text: str) -> dict[str, Facts]:
    from bclm_cli.formats.bibtex.writer_biblatex import _LANGUAGES

    codes = {name: code for code, name in _LANGUAGES.items()}
    read: dict[str, Facts] = {}
    for key, (type_, fields, decode) in _bibtexparser_entries(text).items():
        known = {field: value for field, value in fields.items() if field not in _BIBLATEX_FIELDS}
        if "series" in fields and "number" in known:
            known["seriesnumber"] = known.pop("number")
        found = _bibtex_facts(type_, known, decode)
        for field, variable in _BIBLATEX_FIELDS.items():
            if field in fields:
                found[variable] = facts.bare(decode(fields[field]))
        if fields.get("eprinttype") == "pubmed":
            found["PMID"] = fields["eprint"]
        elif "eprint" in fields:
            found["number"] = fields["eprint"]
        if "language" in found:
            found["language"] = codes[found["language"]]
        read[key] = found | _bibtexparser_people(fields, decode)
    return read


def _bibtexparser_biblatex(reference: Reference) -> Facts:
    found = _biblatex(reference, facts.bare)
    if reference.type in _MISC and reference.type != "dataset":
        join(found, "publisher", "container-title", "publisher")
    return found


_TITLE_START = re.compile(r"(^\W*)([a-z])")


def _capitalized(found: Facts) -> Facts:
    """pandoc's habit with .bib files: a capital to begin with, and what stands before a colon and
    a capital as the short title."""
    found["title"] = _TITLE_START.sub(lambda start: start[1] + start[2].upper(), found["title"])
    main, _, more = found["title"].partition(": ")
    if more and not ("a" <= more[0] <= "z"):
        found.setdefault("title-short", main.strip())
    return found


# pandoc 3.9 drops \\TH, \\DH and their like from .bib files, and takes no formula in a name.
_UNREAD_IN_NAMES = {"{": "\\lbrace"}
UNREAD_IN_BIBTEX = dict.fromkeys("ÞþÐðĐđŊŋ¡¢¤ª¬º¿·\u0387€‰‡ẞ℗‚", "")


def _pandoc_names(found: Facts, unread: dict[str, str]) -> Facts:
    if "author" in found:
        for sign, instead in unread.items():
            found["author"] = found["author"].replace(sign, instead)
    return found


CSL_CONSUMERS = tuple(
    Consumer(
        name, "pandoc", "python:pypandoc", pandoc_reader(name),
        lambda reference, name=name: _csl(name, reference),  # type: ignore[misc]
        frozenset((facts.INCOMPLETE,)),
    )
    for name in ("csljson", "cslyaml")
)  # fmt: skip
BIB_CONSUMERS = (
    Consumer("bibtex", "pandoc", "python:pypandoc", pandoc_reader("bibtex"), _pandoc_bibtex,
             frozenset(("language", "issue", "number", "collection-number"))),
    Consumer("bibtex", "bibtexparser", "python:bibtexparser", read_bibtexparser,
             lambda reference: _bibtex(reference, facts.bare)),
    Consumer("bibtex", "pybtex", "python:pybtex", read_pybtex,
             lambda reference: _bibtex(reference, facts.bare)),
    Consumer("biblatex", "pandoc", "python:pypandoc", pandoc_reader("biblatex"), _pandoc_biblatex,
             frozenset(("PMID", "PMCID", "number"))),
    Consumer("biblatex", "bibtexparser", "python:bibtexparser", _read_biblatex,
             _bibtexparser_biblatex),
)  # fmt: skip
