"""RIS, NBIB, CSV, CSL-JSON and Hayagriva as rispy, pandoc, nbib, Biopython, Python and Typst
read them."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from bclm_cli.formats.nbib import writer as nbib_writer
from bclm_cli.formats.plain_names import comma_form
from bclm_cli.formats.ris import writer as ris_writer
from bclm_cli.model.records import Name, Reference
from support import facts, pandoc, typst_reader
from support.facts import INCOMPLETE, Facts
from support.reading import MORE, Consumer, held, join
from support.reading_bib import SEASONS, pandoc_reader

_ROLES = ("author", "editor", "translator")


def _person(person: Name) -> str:
    return facts.flat(comma_form(person))


def _plain_names(found: Facts, reference: Reference) -> None:
    for role in _ROLES:
        if role in found:
            found[role] = " & ".join(map(_person, reference.names[role]))


def _listed(names: list[str], found: Facts, role: str = "author") -> None:
    """Names as a list of strings, the last of which may be "et al."."""
    if names and names[-1] in MORE:
        found[INCOMPLETE] = "true"
        names = names[:-1]
    if names:
        found[role] = " & ".join(facts.flat(name) for name in names)


# ---- RIS


def _ris(reference: Reference) -> Facts:
    found = held("ris", reference, facts.flat)
    _plain_names(found, reference)
    join(found, "note", "note", "status")
    return found


_BIBTEX_ORDER = {"Robert B., Jr": "Jr, Robert B.", "Henry, III": "III, Henry"}


def _pandoc_ris(reference: Reference) -> Facts:
    """pandoc reads T2, PY and SN in one way whatever the type is, and names as BibTeX has them."""
    found = {name: facts.marked(value) for name, value in _ris(reference).items()}
    if reference.issued.start:
        found["issued"] = str(reference.issued.start[0])
    else:
        found.pop("issued", None)
    if "author" in found:
        for ours, theirs in _BIBTEX_ORDER.items():
            found["author"] = found["author"].replace(ours, theirs)
    if "keyword" in found:
        found["keyword"] = ", ".join(reversed(found["keyword"].split(", ")))
    join(found, "container-title", "event-title", "collection-title", "container-title")
    if reference.type == "chapter":
        found["container-title"] = found["container-title"].partition("; ")[2]
    elif reference.type == "paper-conference":
        found["container-title"] = found["container-title"].partition("; ")[0]
    if reference.type in ("software", "dataset"):
        join(found, "edition", "version")
    if reference.type == "report":
        join(found, "ISSN", "number")
    join(found, "ISSN", "ISSN", "ISBN")
    return found


def _read_rispy(text: str) -> dict[str, Facts]:
    import rispy

    return {entry["id"]: _rispy_facts(entry) for entry in rispy.loads(text)}


_SERIAL = {"RPRT": "number", "BOOK": "ISBN", "CHAP": "ISBN"}


def _rispy_facts(entry: Any) -> Facts:
    from rispy.config import TAG_KEY_MAPPING

    type_ = entry["type_of_reference"]
    tags = {tag: entry[name] for tag, name in TAG_KEY_MAPPING.items() if name in entry}
    tags |= tags.pop("UK", {})
    event = {"event-title": "there"} if "C3" in tags else {}
    variables = ris_writer.tags(type_, Reference("", "", event, {}, {}, {}))
    found: Facts = {}
    for variable, tag in variables.items():
        if tag not in tags or (tag == "SN" and variable != _SERIAL.get(type_, "ISSN")):
            continue
        values = tags[tag] if isinstance(tags[tag], list) else [tags[tag]]
        if variable in _ROLES:
            _listed([value.removesuffix(",") for value in values], found, variable)
        elif variable in facts.IDENTIFIERS:
            (found[variable],) = values
        elif variable not in ("issued", "accessed", "status"):
            found[variable] = (", " if tag == "KW" else "; ").join(map(facts.flat, values))
    if "EP" in tags:
        found["page"] += f"-{tags['EP']}"
    if "PY" in tags or "DA" in tags:
        found["issued"] = _ris_date(tags.get("DA") or f"{tags['PY']}///")
    if "Y2" in tags:
        found["accessed"] = _ris_date(tags["Y2"])
    return found


def _ris_date(text: str) -> str:
    *parts, other = text.split("/")
    start = "-".join(filter(None, parts))
    if other.startswith("to "):
        return f"{start}/{other[3:]}"
    return f"{start}-{SEASONS[other]}" if other in SEASONS else start or other


# ---- NBIB

_MONTHS = {name: f"{number:02d}" for number, name in enumerate(nbib_writer._MONTHS) if name}
_CODES = {long: short for short, long in nbib_writer._LANGUAGES.items()}


def _nbib(reference: Reference) -> Facts:
    found = held("nbib", reference, facts.flat)
    found.pop("author", None)
    bodies = [_person(person) for person in reference.author if person.literal]
    people = [_medline_person(person) for person in reference.author if not person.literal]
    found |= {"author": " & ".join(people)} if people else {}
    found |= {"bodies": " & ".join(bodies)} if bodies else {}
    if "editor" in found:
        found["editor"] = " & ".join(map(_medline_person, reference.names["editor"]))
    return found


def _medline_person(person: Name) -> str:
    """`Sample, Robert B. Jr`."""
    return " ".join(filter(None, (_person(person._replace(suffix="")), person.suffix)))


def _nbib_facts(tags: dict[str, list[str]]) -> Facts:
    """MEDLINE's tags as facts."""
    found: Facts = {}
    for variable, tag in _TAGS.items():
        if tag in tags:
            found[variable] = facts.flat("; ".join(tags[tag]))
    _listed(tags.get("FAU", []), found)
    _listed(tags.get("FED", []), found, "editor")
    if "CN" in tags:
        found["bodies"] = " & ".join(map(facts.flat, tags["CN"]))
    if "title" in found:
        found["title"] = found["title"].removesuffix(".")
    if "ISSN" in found:
        found["ISSN"] = found["ISSN"].removesuffix(" (Linking)")
    for value in tags.get("LID", []):
        value, _, kind = value.rpartition(" ")
        found["DOI" if kind == "[doi]" else "number"] = value
    if "DP" in tags:
        found["issued"] = "/".join(map(_medline_date, tags["DP"][0].split("-")))
    if "LA" in tags:
        found["language"] = _CODES.get(tags["LA"][0], tags["LA"][0])
    if "OT" in tags:
        found["keyword"] = ", ".join(tags["OT"])
    if "page" in found:
        found["page"] = facts.pages(found["page"])
    return found


_TAGS = {
    "PMID": "PMID", "ISSN": "IS", "ISBN": "ISBN", "volume": "VI", "issue": "IP", "title": "TI",
    "page": "PG", "abstract": "AB", "publisher-place": "PL", "publisher": "PB",
    "container-title-short": "TA", "container-title": "JT", "collection-title": "CTI",
    "note": "GN", "status": "PST", "PMCID": "PMC", "edition": "EN", "original-title": "TT",
}  # fmt: skip


def _medline_date(text: str) -> str:
    parts = text.split(" ")
    if not parts[0].isdigit():
        return text
    named = [_MONTHS.get(part) or SEASONS.get(part) or part for part in parts]
    return "-".join(part.zfill(2) for part in named)


def _read_biopython(text: str) -> list[Facts]:
    from Bio import Medline

    records = []
    for record in Medline.parse(io.StringIO(text)):
        tags = {tag: value if isinstance(value, list) else [value] for tag, value in record.items()}
        tags["LID"] = [
            part if part.endswith("]") else f"{part}]"
            for value in tags.get("LID", [])
            for part in value.split("] ")
        ]
        if "BTI" in tags:
            tags["JT"] = tags.pop("BTI")
        records.append(_nbib_facts(tags))
    return records


_NBIB_NAMES = {
    "pubmed_id": "PMID", "journal_volume": "VI", "journal_issue": "IP", "title": "TI",
    "pages": "PG", "abstract": "AB", "place_of_publication": "PL", "journal": "JT",
    "journal_abbreviated": "TA", "linking_issn": "IS", "transliterated_title": "TT",
    "publication_date": "DP", "language": "LA", "corporate_author": "CN",
}  # fmt: skip


def _read_nbib(text: str) -> list[Facts]:
    from nbib import read

    records = []
    for record in read(text):
        tags = {_NBIB_NAMES[name]: [str(v)] for name, v in record.items() if name in _NBIB_NAMES}
        tags["FAU"] = [person["author"] for person in record.get("authors", [])]
        tags["LID"] = [f"{record['doi']} [doi]"] if "doi" in record else []
        tags["LID"] += [f"{record['pii']} [pii]"] if "pii" in record else []
        if "pmcid" in record:
            tags["PMC"] = [f"PMC{record['pmcid']}"]
        records.append(_nbib_facts(tags))
    return records


def _nbib_package(reference: Reference) -> Facts:
    """The nbib package keeps the last of several bodies alone."""
    found = _nbib(reference)
    if "bodies" in found:
        found["bodies"] = found["bodies"].rpartition(" & ")[2]
    return found


# ---- CSL-JSON and CSV


def _read_json(text: str) -> dict[str, Facts]:
    return {
        item["id"]: facts.of(Reference.from_csl(item), facts.marked) for item in json.loads(text)
    }


def _csv(reference: Reference) -> Facts:
    found = facts.of(reference, facts.flat)
    for role in ("author", "editor"):
        if role in found:
            found[role] = " & ".join(map(_person, reference.names[role]))
    return found


def _csv_facts(rows: list[list[str]]) -> dict[str, Facts]:
    header, *rows = rows
    read: dict[str, Facts] = {}
    for row in rows:
        cells = {name: cell for name, cell in zip(header, row, strict=True) if cell}
        cells = {name: re.sub("^'(?=[=+@-])", "", cell) for name, cell in cells.items()}
        key, other = cells.pop("key"), json.loads(cells.pop("other", "{}"))
        del cells["type"]
        cells.pop("year", None)
        rest = facts.of(Reference.from_csl({"id": key, "type": "", **other}), facts.flat)
        found: Facts = {}
        for role in ("author", "editor"):
            _listed(cells.pop(role, "").split("; "), found, role)
        found |= {
            name: cell if name in facts.IDENTIFIERS else facts.flat(cell)
            for name, cell in cells.items()
        }
        if "page" in found:
            found["page"] = facts.pages(found["page"])
        # of names the columns are read; what is odd about them stands under `other` too
        rest = {name: value for name, value in rest.items() if name not in ("author", "editor")}
        read[key] = {name: value for name, value in (found | rest).items() if value}
    return read


def _read_csv(text: str) -> dict[str, Facts]:
    return _csv_facts(list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))))


def _read_csv_with_pandoc(text: str) -> dict[str, Facts]:
    return _csv_facts(pandoc.rows(text))


# ---- Hayagriva


def _hayagriva(reference: Reference) -> Facts:
    found = held("hayagriva", reference, facts.flat)
    _plain_names(found, reference)
    if "author" in found:
        found["author"] = found["author"].replace("例, 太郎", "例太郎")  # as it is written there
    issued = reference.issued
    if not issued.start:
        found.pop("issued", None)
    elif issued.end or issued.season:
        found["issued"] = str(issued._replace(end=()))
    note = [found.pop(name) for name in ("note", "status") if name in found]
    note += filter(None, (issued.literal, {"1": "spring"}.get(issued.season)))
    note += [str(issued)] if issued.end else []
    if note:
        found["note"] = "; ".join(note)
    if "container-title" in found:
        found.setdefault("container-title-short", found["container-title"])
    found.setdefault("title-short", found["title"])
    return {name: facts.pages(value) for name, value in found.items()}


def _read_typst(text: str) -> dict[str, Facts]:
    read: dict[str, Facts] = {}
    for fields in typst_reader.fields(text):
        found: Facts = {}
        for name, value in fields.items():
            if name in typst_reader.NAMES:
                _listed(value.split(" ⋄ "), found, name)
            elif name != "citation-key":
                is_identifier = name in facts.IDENTIFIERS
                found[name] = facts.pages(value if is_identifier else facts.flat(value))
        read[fields["citation-key"]] = found
    return read


PLAIN_CONSUMERS = (
    Consumer("ris", "pandoc", "python:pypandoc", pandoc_reader("ris"), _pandoc_ris, frozenset((
        "PMCID", "PMID", "accessed", "chapter-number", "collection-number", "container-title-short",
        "event-place", "genre", "note", "number", "original-title", "publisher-place",
        "title-short", "translator",
    ))),
    Consumer("ris", "rispy", "python:rispy", _read_rispy, _ris),
    Consumer("nbib", "nbib", "python:nbib", _read_nbib, _nbib_package, frozenset((
        "ISBN", "collection-title", "container-title", "edition", "editor", "keyword", "note",
        "number", "publisher", "status",
    ))),
    Consumer("nbib", "Biopython", "python:Bio", _read_biopython, _nbib),
    Consumer("csljson", "Python", "python:json", _read_json,
             lambda reference: held("csljson", reference, facts.marked)),
    Consumer("csv", "Python", "python:csv", _read_csv, _csv),
    Consumer("csv", "pandoc", "python:pypandoc", _read_csv_with_pandoc, _csv),
    Consumer("hayagriva", "Typst", "python:typst", _read_typst, _hayagriva),
)  # fmt: skip
