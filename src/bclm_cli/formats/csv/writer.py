"""CSV for a spreadsheet: one paper a row, the same columns whatever the papers hold."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator

from bclm_cli.formats import plain_names
from bclm_cli.formats.interface import Options, container, wanted
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference
from bclm_cli.text.control_chars import one_line
from bclm_cli.text.markup import plain_line

HELP = "CSV for Excel, LibreOffice and other spreadsheets."
SUFFIX = ".csv"
DROPS: frozenset[str] = frozenset()

# fmt: off
_TEXT = (
    "title", "container-title", "container-title-short", "volume", "issue", "page", "number",
    "edition", "collection-title", "publisher", "publisher-place", "genre", "language", "ISBN",
    "ISSN", "DOI", "PMID", "PMCID", "URL", "keyword", "note", "abstract",
)
# fmt: on
_NAMES = ("author", "editor")
COLUMNS = ("key", "type", *_NAMES, "year", "issued", *_TEXT, "other")
FIELDS = frozenset(column.lower() for column in COLUMNS)

_RAW = frozenset(("DOI", "PMID", "PMCID", "URL", "ISBN", "ISSN"))
_QUOTED = re.compile(r'[",\n\r]|^\s|\s$')
_SEPARATORS = re.compile(r"[,;]")
_FORMULA = ("=", "+", "-", "@")


def dump(references: Iterable[Reference], options: Options) -> Iterator[str]:
    """A byte-order mark, without which Excel garbles ü, then a header and the rows."""
    columns = [column for column in COLUMNS if column.lower() not in options.without]
    yield "\ufeff" + ",".join(columns) + "\n"
    for reference in wanted(references, options, FIELDS):
        row = _row(reference, options, columns)
        yield ",".join(_cell(row.get(column, "")) for column in columns) + "\n"


def _row(reference: Reference, options: Options, columns: Container[str]) -> dict[str, str]:
    row = {"key": reference.id, "type": reference.type, "issued": str(reference.issued)}
    row["year"] = "" if reference.year is None else str(reference.year)
    for role in _NAMES:
        people = [plain_names.comma_form(person) for person in reference.names.get(role, ())]
        if role == "author" and reference.incomplete_authors:
            people.append(plain_names.MORE)
        row[role] = "; ".join(people)
    for variable in _TEXT:
        value = reference.get(variable)
        row[variable] = one_line(value) if variable in _RAW else plain_line(value)
    row["container-title"] = plain_line(container(reference, options))
    row["other"] = _other(reference, columns)
    return row


def _other(reference: Reference, columns: Container[str]) -> str:
    """What no column holds whole, as one JSON object: a spreadsheet with 120 columns helps nobody,
    and neither do marks in its cells."""
    issued = reference.issued
    shown = {"id", "type"}
    shown |= {name for name in _TEXT if name not in columns or _is_plain(reference.get(name))}
    shown |= {
        role
        for role in _NAMES
        if role not in columns or all(map(_is_simple, reference.names.get(role, ())))
    }
    if issued in (Date(issued.start, issued.end), Date(literal=issued.literal)):
        shown.add("issued")
    rest = {name: value for name, value in reference.to_csl().items() if name not in shown}
    return one_line(json.dumps(rest, ensure_ascii=False)) if rest else ""


def _is_plain(text: str) -> bool:
    return "<" not in text or plain_line(text) == one_line(text)


def _is_simple(person: Name) -> bool:
    """Whether nothing in `Family, Given` is lost or could be taken for something else."""
    family, given = person.family, person.given
    return (
        person == Name(family, given)
        and family[:1].isupper()
        and not _SEPARATORS.search(family + given)
        and (len(given) > 4 or (bool(given) and " " not in family))
    )


def _cell(text: str) -> str:
    """A cell; what a spreadsheet would run as a formula gets an apostrophe before it."""
    if text.startswith(_FORMULA):
        text = f"'{text}"
    if _QUOTED.search(text):
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text
