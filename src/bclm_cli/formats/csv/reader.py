"""CSV with a header of CSL's names, as this program writes it and spreadsheets save it again."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from bclm_cli.formats import dates
from bclm_cli.formats.clean import clean
from bclm_cli.formats.csl.items import entry
from bclm_cli.formats.interface import (
    MAX_FIELDS,
    MAX_VALUE,
    Problem,
    Results,
    TooMuchError,
    passed_over,
)
from bclm_cli.formats.names import are_given_first, persons, without_et_al
from bclm_cli.model import variables
from bclm_cli.model.dates import Date
from bclm_cli.text import markup

HELP = "CSV (.csv) whose columns have CSL's names, as this program gives it"
SUFFIXES = (".csv", ".tsv")

_VARIABLES = {name.lower(): name for name in variables.VARIABLES}
_COLUMNS = _VARIABLES | {
    "key": "id", "id": "id", "type": "type", "year": "year", "other": "other",
    # as PubMed, Scopus and people call them
    "authors": "author", "journal": "container-title", "journal/book": "container-title",
    "source title": "container-title", "abbreviated source title": "container-title-short",
    "publication year": "year", "pages": "page", "art. no.": "number",
}  # fmt: skip
_EXPECTED = "key, type, author, year, title, container-title, volume, page, DOI …"
_ZOTERO = frozenset({"item type", "publication title"})
_SHIELDED = re.compile(r"^'(?=[=+\-@])")
_END = "\x02"  # no text that comes here has a control character
_SEPARATOR = re.compile(r"sep=([,;:|\t])\n", re.IGNORECASE)
_SEPARATORS = ",;\t"
_SHOWN = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
_WORD = re.compile(r"[^\s,;]+")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
MAX_COLUMNS = 1_000


def looks_like(head: str) -> bool:
    """Whether a text that begins so has a header with a title and two more names of ours."""
    rows = csv.reader([_header(head)], delimiter=_separator(head))
    try:
        names = {name.strip().lower() for row in rows for name in row}
    except csv.Error:
        return False
    return "title" in names and len(names & _COLUMNS.keys()) > 2


def read(text: str) -> Results:
    """The rows below the header; a column that no reference has is reported."""
    csv.field_size_limit(MAX_VALUE)
    separator = _separator(text)
    start = len(said[0]) if (said := _SEPARATOR.match(text)) else 0
    rows = csv.reader(io.StringIO(f"{text[start:]}\n{_END}"), delimiter=separator)
    shift = 1 + bool(start)
    try:
        header = [name.strip() for name in next(rows, [])]
        columns = [_COLUMNS.get(name.lower(), "") for name in header]
        if fault := _fault(header, columns):
            yield Problem(shift, fault)
            return
        unknown: Counter[str] = Counter(
            clean(name)[:40] for name, variable in zip(header, columns, strict=True) if not variable
        )
        known, line = frozenset(columns), rows.line_num + shift
        for row in rows:
            if row == [_END]:
                break
            if row and row[-1].endswith(_END):
                what = "a quotation mark is not closed; the row may hold others"
                yield Problem(line, what)
                row[-1] = row[-1].removesuffix(_END)
            if any(row):
                yield from _entry(row, columns, known, line, unknown)
            line = rows.line_num + shift
        yield from passed_over(unknown)
    except csv.Error as error:
        yield Problem(rows.line_num + shift - 1, f"{error}; nothing after this line is read")


def _header(text: str) -> str:
    """The first line, but for Excel's word on the separator."""
    said = _SEPARATOR.match(text)
    return text[said.end() if said else 0 :].split("\n", 1)[0]


def _separator(text: str) -> str:
    """What stands between the names of the header; a spreadsheet goes by its language."""
    if said := _SEPARATOR.match(text):
        return said[1]
    return max(_SEPARATORS, key=_header(text).count)


def _fault(header: list[str], columns: list[str]) -> str:
    """Why these are not our columns, "" where they are."""
    if len(header) > MAX_COLUMNS:
        return f"over {MAX_COLUMNS:,} columns; this is no bibliography"
    if {name.lower() for name in header} >= _ZOTERO:
        return "Zotero's own CSV; export it as CSL JSON instead"
    if twice := next((name for name in columns if name and columns.count(name) > 1), ""):
        return f"the column {twice} stands twice; keep one of the two"
    if "title" not in columns:
        return f"the first line has no column `title`; the columns are {_EXPECTED}"
    return ""


def _entry(
    row: list[str], columns: list[str], known: frozenset[str], line: int, unknown: Counter[str]
) -> Results:
    cells = {
        name: _SHIELDED.sub("", cell.strip(), count=1)
        for name, cell in zip(columns, row, strict=False)
        if name and cell.strip()
    }
    if any(cell.strip() for cell in row[len(columns) :]):
        yield Problem(line, "the row has more cells than the header; the last are left out")
    other: Any = {}
    if "other" in cells:
        try:
            other = _DECODER.decode(cells.pop("other"))
        except (ValueError, RecursionError):
            yield Problem(line, "the cell under `other` is not JSON; it is left out")
    warnings: dict[str, str] = {}
    try:
        item = _item(cells, other if isinstance(other, dict) else {}, known, warnings)
    except TooMuchError as error:
        yield Problem(line, str(error))
        return
    for warning in warnings.values():
        yield Problem(line, warning, left_out=False)
    yield from entry(item, line, unknown)


def _item(
    cells: dict[str, str],
    other: Mapping[str, Any],
    columns: frozenset[str],
    warnings: dict[str, str],
) -> dict[str, Any]:
    """The CSL item of a row. What `other` says of a column is whole (marks, parts of names), and
    counts unless somebody changed the cell. `warnings` are filled, by variable."""
    year = cells.pop("year", "")
    item: dict[str, Any] = {"id": "", **cells}
    for variable, cell in cells.items():
        if variable in variables.NAMES:
            mixed: list[str] = []
            item[variable], more = _people(cell, other.get(variable), mixed)
            if mixed:
                warnings[variable] = f"{'; '.join(mixed)}; separate names with a semicolon"
            if more and variable == "author":
                item["custom"] = {"incomplete-authors": "true"}
        elif variable in variables.DATES:
            item[variable] = _date(cell, year if variable == "issued" else "").to_csl()
    if year and "issued" not in cells:
        item["issued"] = _date(year, "").to_csl()
    elif year and _date(year, "").year not in (None, _date(cells["issued"], year).year):
        warnings["year"] = f"year is {year}, issued {cells['issued']}; issued is taken"
    if "container-title" in cells:
        item.setdefault("type", "article-journal")  # which most are, where nobody says
    for variable, value in other.items():
        if variable not in columns or _is_same(value, cells.get(variable, "")):
            item[variable] = value
            warnings.pop(variable, None)
    return item


def _people(cell: str, known: Any, warnings: list[str]) -> tuple[list[Mapping[str, str]], bool]:
    """Names between semicolons, and whether "et al." stands for more; those that are `known`, and
    that nobody changed, are taken whole."""
    if cell.count(";") > MAX_FIELDS:
        raise TooMuchError(f"there are over {MAX_FIELDS:,} names")
    maps = known if isinstance(known, list) else []
    unchanged = {_letters(*_parts(name)): name for name in maps if isinstance(name, dict)}
    people: list[Mapping[str, str]] = []
    more = False
    parts = list(filter(None, map(str.strip, cell.split(";"))))
    given_first = len(parts) > 1 and are_given_first(parts)
    for part in parts:
        same = unchanged.get(_letters(part))
        if same and _is_same_name(same, part):
            people.append(same)
            continue
        text, ends = without_et_al(part.removeprefix("and "))
        more = more or ends
        if text:
            found = persons(text, warnings, given_first=given_first)
            people += [name.to_csl() for name in found]
    return people, more


def _date(cell: str, year: str) -> Date:
    """A date; where a spreadsheet has put it into words of its own, the year beside it counts."""
    date = Date.from_csl(cell)
    if date.literal:
        date = dates.date(cell)
    return Date.from_csl(year) if year and re.search(r"\d", date.literal) else date


def _is_same(value: Any, cell: str) -> bool:
    """Whether a cell still shows this value, as it was written."""
    if isinstance(value, str):
        return clean(markup.plain(value)) == clean(cell)
    if isinstance(value, list):
        shown = [part.strip() for part in cell.split(";")]
        shown = shown[:-1] if shown[-1] == "et al." else shown
        maps = [name for name in value if isinstance(name, dict)]
        parts = [part for name in maps for part in _parts(name)]
        if inside := sum(part.count(";") for part in parts):  # of a body: "Committee on A; B"
            at = [clean(cell).find(_parts(name)[0]) for name in maps]
            is_whole = len(shown) == len(maps) + inside and _letters(*parts) == _letters(*shown)
            return is_whole and at == sorted(at)
        return len(shown) == len(maps) and all(map(_is_same_name, maps, shown))
    if isinstance(value, dict):
        try:
            return str(Date.from_csl(value)) == cell
        except ValueError:
            return False
    return False


def _is_same_name(name: Mapping[str, Any], shown: str) -> bool:
    """Whether these are the letters of a name, its family name before the comma."""
    before = shown if "literal" in name else shown.partition(",")[0]
    first = clean(str(name.get("literal") or name.get("family") or ""))
    return _letters(*_parts(name)) == _letters(shown) and first.partition(",")[0] in before


def _parts(name: Mapping[str, Any]) -> list[str]:
    return [clean(str(name[part])) for part in _SHOWN if part in name]


def _letters(*parts: str) -> str:
    """What is left of a name whatever its order."""
    return "".join(sorted("".join(_WORD.findall(" ".join(parts)))))
