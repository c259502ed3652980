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
    """The only reference of a text, which has no problem but tags that are not taken."""
    found, *notes = read(name, text)
    assert all(isinstance(note, Problem) and "not taken" in note.what for note in notes), notes
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
def test_what_cannot_be_read_is_reported(field: str, what: str) -> None:
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


@pytest.mark.parametrize(
    ("base", "number"),
    [
        ({}, "1234567"),
        ({"source": "PubMed"}, "1234567"),
        ({"source": "DOI.org (Crossref)"}, "PMID: 1234567"),
        ({"archive": "arXiv"}, "PMID: 1234567"),
        ({"source": "PubMed", "archive": "arXiv"}, "1234567"),
    ],
)
def test_a_pmid_is_told_from_the_number_of_another_database(
    base: dict[str, str], number: str
) -> None:
    paper = Reference("a", "article-journal", {"title": "T", **base, "PMID": "1234567"}, {}, {}, {})
    text = "".join(registry.writer("ris").dump([paper], Options()))
    assert f"\nAN  - {number}\n" in text
    assert one("ris", text).text["PMID"] == "1234567"


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


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ("AN  - 35123456", {"PMID": "35123456"}),
        ("AN  - 35123456|DB  - PubMed", {"PMID": "35123456", "source": "PubMed"}),
        ("AN  - 35123456|DB  - Ovid MEDLINE(R)", {"PMID": "35123456", "source": "Ovid MEDLINE(R)"}),
        ("AN  - 35123456|DP  - Europe PMC", {"PMID": "35123456", "source": "Europe PMC"}),
        ("AN  - 351234567", {}),
        ("AN  - 35123456|DB  - Embase", {"source": "Embase"}),
        ("AN  - 35123456|DB  - rzh|DP  - EBSCOhost", {"source": "EBSCOhost"}),
        ("AN  - 304123456|DB  - ProQuest", {"source": "ProQuest"}),
        ("C2  - 33980000|DB  - Scopus", {"PMID": "33980000", "source": "Scopus"}),
        ("C2  - 33980000", {}),
        ("N1  - PMID: NLM32601671.", {"PMID": "32601671", "note": "PMID: NLM32601671."}),
    ],
)  # fmt: skip
def test_an_accession_number_is_a_pmid_in_pubmed_alone(fields: str, text: dict[str, str]) -> None:
    assert ris(fields).text == {"title": "T", **text}


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ("SP  - 123|LP  - 130", {"page": "123-130"}),
        ("PG  - 12-20", {"page": "12-20"}),
        ("VO  - 39", {"volume": "39"}),
        ("VO  - 39|VL  - 40", {"volume": "40"}),
        ("AB  - One.|DOI - 10.1000/x", {"abstract": "One.", "DOI": "10.1000/x"}),
        ("AB  - One|PMID- 33957087", {"abstract": "One", "PMID": "33957087"}),
        ("AB  - One|DNA - protein", {"abstract": "One DNA - protein"}),
        ("CY  - , |PB  - ,|VL  - .", {}),
        ("CY  - , <Blank>|PB  - N/A|SP  - N.PAG", {}),
        ("CY  - [S.l.]|PB  - s.n.|IS  - null", {}),
        ("PB  - A, B & C", {"publisher": "A, B & C"}),
        ("SP  - e00313|EP  - e00319", {"page": "e00313-e00319"}),
        ("PY  - 2019|SP  - e12345-19", {"page": "e12345-19", "number": "e12345-19"}),
        ("PY  - 2020|SP  - e12345-19", {"page": "e12345-19", "number": "e12345-19"}),
        ("PY  - 2012|SP  - e12345-49", {"page": "e12345-e12349"}),
        ("SP  - e00313–19", {"page": "e00313-19", "number": "e00313-19"}),
        ("SP  - Article ID 987", {"page": "987", "number": "987"}),
        ("SP  - Art. No. e12", {"page": "e12", "number": "e12"}),
        ("SP  - pii: S0140-6736(20)30183-5", {"number": "S0140-6736(20)30183-5"}),
    ],
)
def test_what_databases_write_into_ris(fields: str, text: dict[str, str]) -> None:
    assert ris(fields).text == {"title": "T", **text}


@pytest.mark.parametrize(
    ("kind", "genre", "kept"),
    [
        ("JOUR", "Perspective", False),
        ("JOUR", "Journal Article; Review; Research Support, Non-U.S. Gov't", False),
        ("JOUR", "Meta-Analysis", False),
        ("JOUR", "Journal Article/Editorial", False),
        ("CHAP", "Book chapter", False),
        ("CPAPER", "Conference paper", False),
        ("JOUR", "Invented kind", True),
        ("JOUR", "Article; Invented kind", True),
        ("THES", "Review", True),
        ("RPRT", "Guideline", True),
    ],
)
def test_a_document_type_of_a_database_is_no_genre(kind: str, genre: str, kept: bool) -> None:
    assert ris(f"M3  - {genre}", kind).get("genre") == (genre if kept else "")


@pytest.mark.parametrize("end", ["", "EF  - \n", "\n\nEF  - ", "\nEF  -\n\n"])
def test_the_last_line_of_the_web_of_science_is_passed_over(end: str) -> None:
    assert one("ris", f"TY  - JOUR\nTI  - T\nER  - \n{end}").title == "T"


@pytest.mark.parametrize(
    ("name", "text", "reported"),
    [
        ("ris", "TY  - JOUR\nTI  - T\nZZ  - x\nAD  - Town\nAD  - City\nER  - \n"
         "TY  - JOUR\nTI  - U\nAD  - Town\nER  - \n", "AD (2), ZZ (1)"),
        ("ris", "TY  - JOUR\nTI  - T\nAN  - 35123456\nDB  - Embase\nER  - \n", "AN (1)"),
        ("nbib", "PMID- 1\nTI  - T\nMH  - Liver\nXYZ - x\n\nPMID- 2\nTI  - T\nXYZ - x\n",
         "XYZ (2)"),
        ("enw", "%0 Book\n%T T\n%+ Town\n%& 12\n%> file.pdf\n", "%& (1), %+ (1)"),
    ],
)  # fmt: skip
def test_tags_that_are_not_taken_are_reported_once(name: str, text: str, reported: str) -> None:
    notes = [found for found in read(name, text) if isinstance(found, Problem)]
    (note,) = notes
    assert (note.line, note.left_out) == (1, False)
    listed = note.what.removeprefix("fields that are not taken: ").split(", ")
    assert sorted(listed) == reported.split(", ")


@pytest.mark.parametrize(
    ("name", "line", "form"),
    [
        ("ris", "AU  - {}\n", "TY  - JOUR\nTI  - T\n{}ER  - \n"),
        ("enw", "%A {}\n", "%0 Journal Article\n%T T\n{}"),
    ],
)
@pytest.mark.parametrize(
    ("people", "names", "is_reported"),
    [
        (["Jane Doe", "Bo van der Roe"],
         [Name("Doe", "Jane"), Name("Roe", "Bo", non_dropping_particle="van der")], True),
        (["Jane Doe", "Example Study Group"],
         [Name("Doe", "Jane"), Name(literal="Example Study Group")], True),
        (["Jane Doe", "Roe, Bo"], [Name(literal="Jane Doe"), Name("Roe", "Bo")], False),
        (["J. Doe", "A. B. Roe"], [Name("Doe", "J."), Name("Roe", "A. B.")], False),
        (["World Health Organization"], [Name(literal="World Health Organization")], False),
    ],
)  # fmt: skip
def test_a_file_of_given_names_first(
    name: str, line: str, form: str, people: list[str], names: list[Name], is_reported: bool
) -> None:
    text = form.format("".join(map(line.format, people)))
    what = 'names are written as "Given Family": their last words are taken for family names'
    reported = Problem(1, what, left_out=False)
    *notes, entry = read(name, text)
    assert isinstance(entry, Entry)
    assert entry.reference.names == {"author": tuple(names)}
    assert notes == ([reported] if is_reported else [])


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("Preprint", "article"),
        ("Online Multimedia", "motion_picture"),
        ("Film or Broadcast", "motion_picture"),
        ("Statute", "legislation"),
        ("journal article", "article-journal"),
    ],
)
def test_a_type_of_endnote(kind: str, type_: str) -> None:
    assert one("enw", f"%0 {kind}\n%T T\n").type == type_


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ("PG  - pii: E1392", {"page": "E1392", "number": "E1392"}),
        ("PG  - pii: bax123. doi: 10.1000/bax123",
         {"page": "bax123", "number": "bax123", "DOI": "10.1000/bax123"}),
        ("PG  - 12-9. doi: 10.1000/x.", {"page": "12-19", "DOI": "10.1000/x"}),
        ("PG  - 1392, 1393-5", {"page": "1392, 1393-1395"}),
        ("PG  - pii: 1234", {"page": "1234", "number": "1234"}),
    ],
)  # fmt: skip
def test_pages_of_medline(fields: str, text: dict[str, str]) -> None:
    found = one("nbib", f"PMID- 1\nTI  - T.\n{fields}\n").text
    assert found == {"title": "T", "PMID": "1", **text}
