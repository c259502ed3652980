"""CSV: which files are ours, what is said of others, and that a changed cell counts."""

from __future__ import annotations

import csv
import io

import pytest

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Entry, Options
from bclm_cli.model.records import Name, Reference
from support.paths import DATA

COLUMNS = "key, type, author, year, title, container-title, volume, page, DOI …"


def read(text: str) -> list[Reference | str]:
    return [
        found.reference if isinstance(found, Entry) else f"{found.line}: {found.what}"
        for found in registry.read(text.encode(), "x.csv", "csv")
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("key,title\n", "1: there is no entry in it"),
        ("name,DOI\na,b\n", f"1: the first line has no column `title`; the columns are {COLUMNS}"),
        ("title,DOI,doi\na,b,c\n", "1: the column DOI stands twice; keep one of the two"),
        (
            "Key,Item Type,Title,Publication Title\na,b,c,d\n",
            "1: Zotero's own CSV; export it as CSL JSON instead",
        ),
        (f"title,author\na,{'b;' * 20_001}\n", "2: there are over 20,000 names"),
        (
            f"title\n{'a' * 1_000_001}\n",
            "2: field larger than field limit (1000000); nothing after this line is read",
        ),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    assert read(text) == [said]


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("import/resaved.csv", "csv"),
        ("import/people.csv", "csv"),
        ("export/awkward.csv", "csv"),
        ("import/typst.yml", "hayagriva"),
        ("import/faults.yml", "hayagriva"),
        ("export/awkward.yml", "hayagriva"),
        ("export/awkward.yaml", "cslyaml"),
        ("import/pandoc.yaml", "cslyaml"),
        ("import/bare.yaml", "cslyaml"),
    ],
)
def test_a_file_is_known_by_how_it_begins(name: str, format_: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8-sig")
    assert [registry.detect(path, text) for path in ("x", name)] == [format_, format_]


PAPER = Reference.from_csl(
    {
        "id": "a",
        "type": "book",
        "title": "On <i>examples</i>",
        "author": [{"family": "Example", "given": "Ann", "non-dropping-particle": "van"}],
        "issued": {"date-parts": [[2012]], "season": "1"},
        "custom": {"kind": "research"},
    }
)


@pytest.mark.parametrize(
    ("column", "cell", "changed"),
    [
        ("title", "On  examples", PAPER),
        ("title", "On Examples", PAPER._replace(text={"title": "On Examples"})),
        (
            "author",
            "Ann, van Example",
            PAPER._replace(names=Reference.from_csl(
                {"id": "", "type": "", "author": [{"family": "Ann", "given": "van Example"}]}
            ).names),
        ),
        ("title", "On samples", PAPER._replace(text={"title": "On samples"})),
        ("title", "", PAPER._replace(text={})),
        ("author", "", PAPER._replace(names={})),
        (
            "author",
            "Sample, Bob",
            PAPER._replace(names=Reference.from_csl(
                {"id": "", "type": "", "author": [{"family": "Sample", "given": "Bob"}]}
            ).names),
        ),
        (
            "issued",
            "2013-05",
            PAPER._replace(dates=Reference.from_csl(
                {"id": "", "type": "", "issued": "2013-05"}
            ).dates),
        ),
    ],
)  # fmt: skip
def test_a_cell_that_was_changed_counts(column: str, cell: str, changed: Reference) -> None:
    """`other` knows more than the cells do, until somebody writes something else there."""
    text = "".join(registry.writer("csv").dump([PAPER], Options()))
    header, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    row[header.index(column)] = cell
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows((header, row))
    notes = {"issued": ["2: year is 2012, issued 2013-05; issued is taken"],
             "title": ["2: a: it has no title"] if not cell else []}  # fmt: skip
    assert read(out.getvalue()) == [*notes.get(column, []), changed]


def test_names_that_nothing_divides_are_reported() -> None:
    text = 'title,authors\nT,"A, B, C, D; Foo, Ann"\n'
    names = (Name(literal="A, B, C, D"), Name("Foo", "Ann"))
    paper = Reference("", "document", {"title": "T"}, {"author": names}, {}, {})
    reported = (
        "'A, B, C, D' may be several names; it is kept as one; separate names with a semicolon"
    )
    assert read(text) == [f"2: {reported}", paper]


def test_raised_letters_come_back() -> None:
    paper = PAPER._replace(text={"title": "Of 10<sup>n</sup> cells, CD44<sup>hi</sup>"})
    text = "".join(registry.writer("csv").dump([paper], Options()))
    assert "Of 10ⁿ cells, CD44hi" in text
    assert read(text) == [paper]


def test_signs_that_are_no_shields_and_no_quotation_marks() -> None:
    text = "key,title,type\na,Ecto-5'-nucleotidase,book\nb,'-lactam rings,book\nc,A 5\" disc,book\n"
    titles = [one.title for one in read(text) if isinstance(one, Reference)]
    assert titles == ["Ecto-5'-nucleotidase", "-lactam rings", 'A 5" disc']


def test_identifiers_are_read_or_told() -> None:
    header = "key,title,type,year,PMID,DOI,URL,author\n"
    good = 'a,A,book,2020 Jan,PMID: 12345,doi:10.1000/x,www.x.org,"Smith, J., Doe, A."\n'
    [paper] = read(header + good)
    assert isinstance(paper, Reference)
    assert paper.text == {
        "title": "A",
        "PMID": "12345",
        "DOI": "10.1000/x",
        "URL": "https://www.x.org",
    }
    assert str(paper.issued) == "2020-01"
    assert [name.family for name in paper.author] == ["Smith", "Doe"]
    *said, paper = read(header + "b,B,book,2021,1.2E+07,not a doi,nowhere,\n")
    assert said == [
        "2: b: no DOI can be read in 'not a doi'",
        "2: b: no PMID can be read in '1.2E+07'",
        "2: b: no URL can be read in 'nowhere'",
    ]
    assert isinstance(paper, Reference)
    assert paper.text == {"title": "B"}


@pytest.mark.parametrize(
    ("authors", "families"),
    [
        ("Smith J, Doe A, et al.", ["Smith", "Doe"]),
        ("Smith, J.; Doe, A. et al.", ["Smith", "Doe"]),
        ("Smith, J.; and Doe, A.", ["Smith", "Doe"]),
        ("Smith, J.; and others", ["Smith"]),
    ],
)
def test_lists_of_names_as_people_write_them(authors: str, families: list[str]) -> None:
    (paper,) = read(f'title,authors\nT,"{authors}"\n')
    assert isinstance(paper, Reference)
    assert [name.family for name in paper.author] == families
    assert paper.incomplete_authors is ("al." in authors or "others" in authors)


def test_an_author_put_right_leaves_the_others_as_they_are() -> None:
    people = [
        {"literal": "The Foo, Bar and Baz Group"},
        {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
        {"family": "Smyth", "given": "Ann"},
    ]
    paper = Reference.from_csl({"id": "a", "type": "book", "title": "T", "author": people})
    text = "".join(registry.writer("csv").dump([paper], Options()))
    (found,) = read(text.replace("Smyth, Ann", "Smith, Ann"))
    assert isinstance(found, Reference)
    assert found.author == (*paper.author[:2], Name("Smith", "Ann"))


def test_a_body_with_a_semicolon_is_one_unless_it_was_changed() -> None:
    people = [{"literal": "Committee on Cells; Tissues"}, {"family": "Smyth", "given": "Ann"}]
    paper = Reference.from_csl({"id": "a", "type": "book", "title": "T", "author": people})
    text = "".join(registry.writer("csv").dump([paper], Options()))
    assert read(text) == [paper]
    cell = "Committee on Cells; Tissues; Smyth, Ann"
    assert cell in text
    (found,) = read(text.replace(cell, "Smyth, Ann; Committee on Cells; Tissues"))
    assert isinstance(found, Reference)
    assert found.author[0] == Name("Smyth", "Ann")
