"""CSL items as programs write them (CSL-JSON, CSL-YAML) to references that our schema takes.

What the schema refuses in one field costs that field, not the entry.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from bclm_cli import identifiers
from bclm_cli.formats import dates, values
from bclm_cli.formats.clean import MARKED, clean, marked
from bclm_cli.formats.interface import Entry, Problem, Results, TooMuchError
from bclm_cli.formats.names import person, split_particle
from bclm_cli.load import validate
from bclm_cli.load.csl_fields import SPELLINGS
from bclm_cli.model import records, variables
from bclm_cli.model.dates import Date

_RENAMED = SPELLINGS | {
    "short-container-title": "container-title-short",
    "PMC": "PMCID",
    "article-number": "number",
}
_OTHER_TYPES = {  # of Crossref, and of Zotero itself
    "journal-article": "article-journal", "proceedings-article": "paper-conference",
    "book-chapter": "chapter", "book-section": "chapter", "posted-content": "article",
    "monograph": "book", "edited-book": "book", "reference-book": "book", "dissertation": "thesis",
    "reference-entry": "entry", "report-component": "report", "proceedings": "book",
    "journalArticle": "article-journal", "magazineArticle": "article-magazine",
    "newspaperArticle": "article-newspaper", "bookSection": "chapter",
    "conferencePaper": "paper-conference", "preprint": "article", "blogPost": "post-weblog",
}  # fmt: skip
_VARIABLES = frozenset((*variables.VARIABLES, "custom"))
_EXTRA = re.compile(r"^(PMID|PMCID|DOI|Citation Key):[ \t]*(\S+)[ \t]*$\n?", re.MULTILINE)
MAX_DEPTH = 8


def entry(item: Any, line: int, unknown_fields: Counter[str]) -> Results:
    """One item as an entry, after a problem for each field that it loses."""
    if not isinstance(item, dict):
        yield Problem(line, "not a CSL item, which is a map of fields")
        return
    name = clean(str(item.get("id") or item.get("DOI") or "entry"))[:60]
    if "itemType" in item:
        yield Problem(line, f"{name}: Zotero's own JSON; export it as CSL JSON instead")
        return
    try:
        fields = _fields_of(item, unknown_fields)
    except TooMuchError as error:
        yield Problem(line, f"{name}: {error}")
        return
    for warning in _identifiers(fields):
        yield Problem(line, f"{name}: {warning}")
    key, aliases = _keys(str(fields["id"]), str(fields.pop("citation-key", "")))
    fields["id"] = "placeholder"
    while True:
        try:
            reference = validate.reference(fields)
            break
        except validate.InvalidError as error:
            yield Problem(line, f"{name}: {error}")
            if not _without(fields, error.path):
                return
    if not (reference.text or reference.names):
        yield Problem(line, f"{name}: there is nothing in it")
        return
    if not reference.title:
        yield Problem(line, f"{name}: it has no title", left_out=False)
    custom = {**reference.custom, **({"aliases": aliases} if aliases else {})}
    yield Entry(line, reference._replace(id=key, custom=custom))


def _keys(id_: str, citation_key: str) -> tuple[str, list[str]]:
    """The key of an item and its other one: its id is what pandoc and Quarto cite, unless it is
    none (the address or the number of an item in Zotero) and a citation key is there."""
    if not citation_key or citation_key == id_:
        return id_, []
    if not id_ or id_.isdigit() or "zotero.org/" in id_:
        return citation_key, [id_] if id_.isdigit() else []
    return id_, [citation_key]


def _without(fields: dict[str, Any], path: tuple[str | int, ...]) -> bool:
    """Take out the value that the schema refused; False where it is none of the fields."""
    match path:
        case ("type", *_):
            fields["type"] = "document"
        case ("custom", str(name), *_) if name in fields["custom"]:
            fields["custom"] = {k: v for k, v in fields["custom"].items() if k != name}
        case (str(name), *_) if name in fields:
            del fields[name]
        case _:
            return False
    return True


def _fields_of(item: Mapping[str, Any], unknown_fields: Counter[str]) -> dict[str, Any]:
    """The item with its values in our shape; fields that CSL does not know are counted."""
    kind = _scalar(item.get("type"))
    kind = _OTHER_TYPES.get(kind, kind)
    fields: dict[str, Any] = {"id": _scalar(item.get("id")), "type": kind or "document"}
    note = item["note"] if isinstance(item.get("note"), str) else ""
    for label, value in _EXTRA.findall(note):  # Zotero keeps there what it has no field for
        fields["citation-key" if label == "Citation Key" else label] = value
    for field, value in item.items():
        field = _RENAMED.get(field, field)
        if field in ("id", "type", "subtitle") or value in (None, "", [], {}):
            continue
        if field not in _VARIABLES:
            unknown_fields[clean(str(field))[:40]] += 1
        elif field in variables.NAMES:
            fields[field] = _people(value)
        elif field in variables.DATES:
            fields[field] = _date(_tree(value))
        elif field == "custom":
            fields[field] = _tree(value)
        else:
            fields[field] = _text(field, _EXTRA.sub("", note) if field == "note" else value)
    _of_crossref(item, fields)
    return {field: value for field, value in fields.items() if value or field == "id"}


def _of_crossref(item: Mapping[str, Any], fields: dict[str, Any]) -> None:
    """Crossref parts a title from its subtitle, and has article numbers in place of pages."""
    subtitle = _text("title", item.get("subtitle") or "")
    title = fields.get("title")
    if title and subtitle and str(subtitle).lower() not in str(title).lower():
        fields["title"] = values.with_subtitle(str(title), str(subtitle))
    if "article-number" in item and not fields.get("page"):
        fields["page"] = fields.get("number", "")


def _identifiers(fields: dict[str, Any]) -> Iterator[str]:
    """Put identifiers and the address into their form; what cannot be read is reported, not taken,
    and so is, in silence, an address that only repeats the DOI."""
    for variable, read in identifiers.PARSERS.items():
        if variable in fields and not (found := read(str(fields[variable]))):
            yield values.unread(variable, str(fields.pop(variable)))
        elif variable in fields:
            fields[variable] = found
    url = str(fields.get("URL", ""))
    as_doi = identifiers.doi(url) if identifiers.is_doi_address(url) else ""
    if as_doi and as_doi.lower() == str(fields.get("DOI")).lower():
        del fields["URL"]
    elif address := identifiers.url(url):
        fields["URL"] = address
    elif url and "://" not in url:
        yield values.unread("URL", str(fields.pop("URL")))


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return clean(str(value)) if isinstance(value, str | int | float) else ""


def _text(field: str, value: Any) -> Any:
    """A text variable on one line; Crossref gives lists where CSL wants the first of them."""
    if isinstance(value, list):
        parts = [part for part in value if isinstance(part, str)]
        value = ", ".join(parts) if field == "keyword" else "".join(parts[:1])
    if not isinstance(value, str | int | float):
        return _tree(value)
    text = clean(marked(str(value))) if field in MARKED else _scalar(value)
    if field not in MARKED and values.is_placeholder(text):
        return ""
    return values.page(text) if field == "page" else text


def _date(value: Any) -> Any:
    """A date; what a program left raw, or no rule of CSL fits, is read as dates of other formats
    are, and one without anything in it is none."""
    raw = value.get("raw") if isinstance(value, dict) and len(value) == 1 else value
    if isinstance(raw, str) and raw and not Date.from_csl(raw).start:
        return dates.date(raw).to_csl()
    if isinstance(value, dict) and not any(_leaves(value)):
        return None
    return value


def _leaves(tree: Any) -> Iterator[Any]:
    if isinstance(tree, dict | list):
        for part in tree.values() if isinstance(tree, dict) else tree:
            yield from _leaves(part)
    else:
        yield tree


def _people(value: Any) -> Any:
    people = []
    for name in value if isinstance(value, list) else [value]:
        if isinstance(name, str):
            name = person(clean(name)).to_csl()
        elif isinstance(name, dict):
            parts = {"literal": name["name"], **name} if "name" in name else name
            name = {
                part: text
                for part, value in parts.items()
                if part in records.NAME_PARTS and (text := clean(values.unescaped(_scalar(value))))
            }
            if name.get("family", "")[:1].islower() and name.keys() == {"family", "given"}:
                name = split_particle(records.name_from_csl(name)).to_csl()
        if name:
            people.append(name)
    return people


def _tree(value: Any, depth: int = 0) -> Any:
    """Strings, lists and maps as our YAML holds them, no deeper than it may be."""
    if depth > MAX_DEPTH:
        raise TooMuchError(f"a field is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, list):
        return [_tree(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {clean(str(key)): _tree(part, depth + 1) for key, part in value.items()}
    return None if value is None else _scalar(value)
