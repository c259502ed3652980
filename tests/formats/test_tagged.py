"""RIS, MEDLINE and EndNote: what each tag becomes, and where a record ends."""

from __future__ import annotations

from typing import Any

import pytest

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Entry, Options, Problem
from bclm_cli.formats.ris import writer as written
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference


def read(name: str, text: str) -> list[Entry | Problem]:
    return list(registry.reader(name).read(text))


def one(name: str, text: str) -> Reference:
    """The only reference of a text, which has no problem."""
    (found,) = read(name, text)
    assert isinstance(found, Entry), found
    return found.reference


def ris(fields: str, kind: str = "JOUR") -> Reference:
    """A RIS record of a title and these fields, divided by bars."""
    lines = "".join(f"{field}\n" for field in fields.split("|") if field)
    return one("ris", f"TY  - {kind}\nTI  - T\n{lines}ER  - \n")


@pytest.mark.parametrize(
    ("kind", "fields", "text"),
    [
        ("JOUR", "M2  - 12", {}),
        ("JOUR", "N1  - 1234567", {"note": "1234567"}),
        ("JOUR", "U1  - 1234567", {}),
        ("JOUR", "AN  - 1234567", {"PMID": "1234567"}),
        ("JOUR", "M2  - PMID: 1234567", {"PMID": "1234567"}),
        ("JOUR", "N1  - PMID: 1234567", {"PMID": "1234567"}),
        ("JOUR", "N1  - PMID: 1234567 PMCID: PMC12 Words", {
            "note": "Words", "PMID": "1234567", "PMCID": "PMC12"}),
        ("JOUR", "N1  - Erratum: PMID: 1234567", {"note": "Erratum: PMID: 1234567"}),
        ("JOUR", "N1  - PMID: 1234567|AN  - 7654321", {"PMID": "7654321"}),
        ("BOOK", "T2  - S|M1  - 3|M2  - 12", {
            "collection-title": "S", "collection-number": "3", "number": "12"}),
        ("RPRT", "M1  - 7", {"number": "7"}),
        ("RPRT", "SN  - TR-7", {"number": "TR-7"}),
        ("RPRT", "SN  - 0000-0000", {"ISSN": "0000-0000"}),
        ("PAT", "SN  - US 1,234,567", {"number": "US 1,234,567"}),
        ("COMP", "ET  - 1.2", {"version": "1.2"}),
        ("DATA", "ET  - 1.2", {"version": "1.2"}),
        ("BOOK", "ET  - 2nd edition", {"edition": "2"}),
        ("JOUR", "ET  - 2012/08/15", {}),
        ("JOUR", "ET  - v2", {"version": "v2"}),
        ("JOUR", "RP  - IN FILE", {}),
        ("CPAPER", "T2  - E|C3  - P|C1  - London|CY  - Paris", {
            "container-title": "P", "event-title": "E", "publisher-place": "London",
            "event-place": "Paris"}),
        ("CONF", "T2  - P|CY  - Paris|PB  - Sons", {
            "container-title": "P", "publisher-place": "Paris", "publisher": "Sons"}),
        ("JOUR", "M3  - Article", {}),
        ("JOUR", "M3  - Article; Proceedings Paper", {}),
        ("JOUR", "M3  - Obituary", {"genre": "Obituary"}),
        ("THES", "M3  - PhD thesis", {"genre": "PhD thesis"}),
        ("JOUR", "VL  - n/a|IS  - -|SP  - n/a|EP  - n/a", {}),
        ("JOUR", "SP  - n/a-n/a", {}),
        ("JOUR", "SP  - 437-49; discussion 450-1", {"page": "437-449; discussion 450-451"}),
        ("JOUR", "UR  - <Go to ISI>://WOS:0001", {}),
        ("JOUR", "SP  - pl1", {"page": "pl1", "number": "pl1"}),
        ("JOUR", "SP  - P10|EP  - P19", {"page": "P10-P19"}),
        ("JOUR", "SP  - PD4-3", {"page": "PD4-3"}),
        ("JOUR", "SP  - P4-07-15", {"page": "P4-07-15"}),
        ("JOUR", "SP  - pp. 12-19", {"page": "12-19"}),
        ("JOUR", "SP  - p12", {"page": "12"}),
        ("JOUR", "SP  - P. S12", {"page": "S12"}),
        ("JOUR", "M3  - https://doi.org/10.1000/x|N1  - https://doi.org/10.1000/x",
         {"DOI": "10.1000/x"}),
        ("JOUR", "AB  - <p>One.</p><p>Two</p>", {"abstract": "One. Two"}),
        ("BOOK", "ET  - 2nd ed", {"edition": "2"}),
        ("BOOK", "ET  - Third ed.", {"edition": "3"}),
        ("BOOK", "ET  - 2e", {"edition": "2"}),
        ("JOUR", "UR  - www.example.org", {"URL": "https://www.example.org"}),
        ("JOUR", "AB  - Wnt&notch and ?x=1&copy=3 &lt; &amp;c",
         {"abstract": "Wnt&notch and ?x=1&copy=3 < &c"}),
        ("JOUR", "KW  - one|two|KW  - three", {"keyword": "one, two, three"}),
    ],
)  # fmt: skip
def test_a_tag_of_ris(kind: str, fields: str, text: dict[str, str]) -> None:
    assert ris(fields, kind).text == {"title": "T", **text}


@pytest.mark.parametrize(
    ("kind", "fields", "names"),
    [
        ("JOUR", "A2  - Editor, Ed", {"editor": (Name("Editor", "Ed"),)}),
        ("CHAP", "A2  - Editor, Ed", {"editor": (Name("Editor", "Ed"),)}),
        ("BOOK", "A2  - Series, Sue|A3  - Editor, Ed|ED  - Other, Olga", {
            "collection-editor": (Name("Series", "Sue"),),
            "editor": (Name("Editor", "Ed"), Name("Other", "Olga"))}),
        ("JOUR", "AU  - Smith, John; Doe, Jane", {
            "author": (Name("Smith", "John"), Name("Doe", "Jane"))}),
        ("JOUR", "AU  - Smith J, Doe AB", {"author": (Name("Smith", "J"), Name("Doe", "AB"))}),
        ("JOUR", "AU  - Smith, J., Doe, A. B.", {
            "author": (Name("Smith", "J."), Name("Doe", "A. B."))}),
        ("JOUR", "AU  - M&uuml;ller, J.", {"author": (Name("Müller", "J."),)}),
        ("JOUR", "AU  - Smith III, JA", {"author": (Name("Smith", "JA", suffix="III"),)}),
        ("JOUR", "AU  - Smith, John, Jr", {"author": (Name("Smith", "John", suffix="Jr"),)}),
    ],
)  # fmt: skip
def test_people_of_ris(kind: str, fields: str, names: dict[str, tuple[Name, ...]]) -> None:
    assert ris(fields, kind).names == names


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("PY  - 1999-2000", Date((1999,), (2000,))),
        ("PY  - 2012, in press", Date((2012,))),
        ("DA  - 20120815", Date((2012, 8, 15))),
        ("PY  - 2012|DA  - Mar 14", Date((2012, 3, 14))),
        ("PY  - 2012|DA  - JUL-AUG", Date((2012, 7), (2012, 8))),
        ("PY  - 2012|DA  - 12 Mar 2012", Date((2012, 3, 12))),
        ("DA  - March 12, 2012", Date((2012, 3, 12))),
        ("PY  - 2012/Spring", Date((2012,), season="1")),
        ("PY  - in press", Date(literal="in press")),
    ],
)
def test_a_date_of_ris(fields: str, issued: Date) -> None:
    assert ris(fields).issued == issued


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("DO  - see the web", "no DOI can be read in 'see the web'"),
        ("UR  - see the web", "no URL can be read in 'see the web'"),
        ("SN  - see the web", "no ISSN or ISBN can be read in 'see the web'"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(field: str, what: str) -> None:
    problem, entry = read("ris", f"\nTY  - JOUR\nTI  - T\n{field}\nER  - \n")
    assert problem == Problem(2, f"RIS record: {what}")
    assert isinstance(entry, Entry)
    assert entry.reference.text == {"title": "T"}


def test_records_of_two_manners_in_one_file() -> None:
    text = (
        "TY  - JOUR\nTI  - One\nAB  - IL\nIL - 2 is no tag\nER  - \n"
        "TY - JOUR\nTI - Two\nER -\nTY  - JOUR\nTI  - Three\nER  - \n"
    )
    found = read("ris", text)
    assert [entry.reference.text for entry in found if isinstance(entry, Entry)] == [
        {"title": "One", "abstract": "IL IL - 2 is no tag"},
        {"title": "Two"},
        {"title": "Three"},
    ]
    assert len(found) == 3


# What RIS has no tag of its own for, or a tag that others fill with something else; the number
# of an article alone is its page as well.
_ANYWHERE = {"archive", "status", "issue"}
_OF_ARTICLES = frozenset({"event-title", "event-place", "chapter-number", "collection-number",
                          "edition", "number"})  # fmt: skip
_CONTAINERS = frozenset({"container-title", "container-title-short"})
_NOT_BACK = {
    "JOUR": _OF_ARTICLES, "MGZN": _OF_ARTICLES, "NEWS": _OF_ARTICLES, "BOOK": _CONTAINERS,
    "EDBOOK": _CONTAINERS, "RPRT": _CONTAINERS, "SER": _CONTAINERS, "CPAPER": {"event-title"},
}  # fmt: skip


@pytest.mark.parametrize("type_", sorted(written._TYPES))
def test_the_roles_that_we_write_come_back(type_: str) -> None:
    """Each variable alone in a record of each type; what has company is above."""
    record = written._TYPES[type_]
    paper = Reference("a", type_, {"title": "T"}, {}, {}, {})
    lost = set()
    for variable in {*written.tags(record, paper)} - {"title", "issued", "accessed", *_ANYWHERE}:
        full = _with(paper, _sample(variable))
        text = "".join(registry.writer("ris").dump([full], Options()))
        back = one("ris", text)
        if (back.text, back.names) != (full.text, full.names):
            lost.add(variable)
    assert lost == _NOT_BACK.get(record, set())


def _sample(variable: str) -> dict[str, Any]:
    names = {"author", "editor", "collection-editor", "translator"}
    values = {
        "ISSN": "0000-0000", "ISBN": "9780000000002", "DOI": "10.1000/a", "PMID": "123",
        "PMCID": "PMC123", "URL": "https://example.org", "page": "1-9",
    }  # fmt: skip
    if variable in names:
        return {variable: (Name("Example", "Ann"),)}
    found = {variable: values.get(variable, "7")}
    # These are read by the company they keep.
    company = {"container-title-short": "container-title", "collection-number": "collection-title"}
    return found | {other: "C" for own, other in company.items() if own == variable}


def _with(paper: Reference, fields: dict[str, Any]) -> Reference:
    text = {name: value for name, value in fields.items() if isinstance(value, str)}
    names = {name: value for name, value in fields.items() if not isinstance(value, str)}
    return paper._replace(text={**paper.text, **text}, names=names)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("TI  - [Not Available].|TT  - Un titre.", {"title": "Un titre"}),
        ("TI  -|TT  - Un titre.", {"title": "Un titre"}),
        ("TI  - [A title].|TT  - Un titre.", {"title": "[A title]", "original-title": "Un titre"}),
        ("TI  - T.|BTI - A book.|PT  - Book Chapter", {"title": "T", "container-title": "A book"}),
        ("TI  - T.|GN  - PMCID: PMC12", {"title": "T", "PMCID": "PMC12"}),
        ("TI  - T.|AB  - One.||two|AD  - x", {"title": "T", "abstract": "One. two"}),
        ("TI  - T.|AB  - One.||TA  - J", {"title": "T", "abstract": "One.",
                                         "container-title": "J", "container-title-short": "J"}),
    ],
)  # fmt: skip
def test_a_tag_of_medline(lines: str, text: dict[str, str]) -> None:
    found = one("nbib", "PMID- 1\n" + lines.replace("|", "\n") + "\n")
    assert found.text == {**text, "PMID": "1"}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("AU  - Smith JA 3rd", Name("Smith", "JA", suffix="3rd")),
        ("FAU - Smith, John A Jr", Name("Smith", "John A", suffix="Jr")),
        ("AU  - van der Berg A", Name("Berg", "A", non_dropping_particle="van der")),
    ],
)
def test_a_name_of_medline(line: str, name: Name) -> None:
    assert one("nbib", f"PMID- 1\nTI  - T.\n{line}\n").author == (name,)


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("2000 Sep 1-15", Date((2000, 9))),
        ("2007 Jul 15-Aug 1", Date((2007, 7))),
        ("2020 Spring-Summer", Date((2020,))),
        ("2020 1st Quart", Date((2020,))),
        ("1998 Dec-1999 Jan", Date((1998, 12), (1999, 1))),
        ("2012 Dec-Jan", Date((2012,))),
        ("2012 Winter", Date((2012,), season="4")),
    ],
)
def test_a_date_of_medline(text: str, issued: Date) -> None:
    assert one("nbib", f"PMID- 1\nTI  - T.\nDP  - {text}\n").issued == issued


def test_records_of_medline_that_only_an_empty_line_divides() -> None:
    text = "PMID- 1\nTI  - One.\n\nIS  - 0000-0000\nTI  - Two.\n\nTI  - Three.\n"
    assert [found.reference.title for found in read("nbib", text) if isinstance(found, Entry)] == [
        "One", "Two", "Three"
    ]  # fmt: skip
    text = text.removeprefix("PMID- 1\n")
    assert [found.reference.title for found in read("nbib", text) if isinstance(found, Entry)] == [
        "One", "Two", "Three"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("%K one|two|three", {"keyword": "one, two, three"}),
        ("%9 Journal Article", {}),
        ("%7 2012/08/15", {}),
        ("%Z PMID: 1234567", {"PMID": "1234567"}),
        ("%X One.||two|%V 3", {"abstract": "One. two", "volume": "3"}),
        ("%X One.||%V 3", {"abstract": "One.", "volume": "3"}),
        ("%N n/a", {}),
    ],
)
def test_a_tag_of_endnote(lines: str, text: dict[str, str]) -> None:
    found = one("enw", "%0 Journal Article\n%T T\n" + lines.replace("|", "\n") + "\n")
    assert found.text == {"title": "T", **text}


def test_records_of_endnote_without_types() -> None:
    text = "%A Example, Ann\n%T One\n%X Words.\n\nmore\n%V 1\n\nA heading\n%A Sample, Bob\n%T Two\n"
    found = [entry.reference for entry in read("enw", text) if isinstance(entry, Entry)]
    assert [(paper.title, paper.get("volume"), paper.author[0].family) for paper in found] == [
        ("One", "1", "Example"),
        ("Two", "", "Sample"),
    ]
