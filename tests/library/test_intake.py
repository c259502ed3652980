"""Keys, twins and holes of imported references."""

from __future__ import annotations

import pytest

from bclm_cli.library.duplicates import Catalog, Likeness, Twin
from bclm_cli.library.intake import Intake
from bclm_cli.library.keys import make_key
from bclm_cli.library.merge import holes
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference


def paper(key: str = "", **text: str) -> Reference:
    """A paper with the author and year that most of these tests want."""
    fields = {"title": "A title that is long enough", **text}
    return Reference(
        key,
        "article-journal",
        fields,
        {"author": (Name("Müller-Ångström", "Ann"),)},
        {"issued": Date((2012,))},
        {},
    )


@pytest.mark.parametrize(
    ("names", "issued", "title", "key"),
    [
        ((Name("Müller", "Ann"),), Date((2012,)), "T", "muller2012"),
        ((Name("Rijn", "A", "", "van de"),), Date((2012, 3)), "T", "rijn2012"),
        ((Name("Smith Jones", "A"),), Date((2012,)), "T", "smithjones2012"),
        ((Name("Łącki"),), Date((1999,)), "T", "lacki1999"),
        ((Name("O’Neill"),), Date((2012,)), "T", "oneill2012"),
        ((Name("Weiß"),), Date((2012,)), "T", "weiss2012"),
        ((Name(literal="World Example Organization"),), Date((2012,)), "T",
         "worldexampleorganization2012"),
        ((Name(given="Specimena"),), Date(), "T", "specimenand"),
        ((), Date((2012,)), "The <i>liver</i> of it", "liver2012"),
        ((Name("例"),), Date((2012,)), "架空", "anonymous2012"),
        ((Name("Примеров"),), Date((2012,)), "Other words", "other2012"),
        ((), Date(literal="in press"), "", "anonymousnd"),
    ],
)  # fmt: skip
def test_make_key(names: tuple[Name, ...], issued: Date, title: str, key: str) -> None:
    authors = {"author": names} if names else {}
    reference = Reference("", "book", {"title": title}, authors, {"issued": issued}, {})
    assert make_key(reference) == key


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("Own:Key_2012+x.y/z-1", "Own:Key_2012+x.y/z-1"),
        ("", "mullerangstrom2012"),
        ("has space", "mullerangstrom2012"),
        ("müller2012", "mullerangstrom2012"),
        ("http://zotero.org/users/1/items/ABC", "mullerangstrom2012"),
        ("x" * 101, "mullerangstrom2012"),
        ("-dash", "mullerangstrom2012"),
        ("a{b", "mullerangstrom2012"),
        ("../../etc", "mullerangstrom2012"),
    ],
)
def test_a_valid_key_is_kept(given: str, key: str) -> None:
    assert Catalog().free_key(paper(given)) == key


def test_a_key_that_is_taken_gets_a_letter() -> None:
    catalog = Catalog([paper("muller2012"), paper("Muller2012A")])
    assert catalog.free_key(paper("muller2012")) == "muller2012b"
    for letter in "bcdefghijklmnopqrstuvwxyz":
        catalog.add(paper(f"muller2012{letter}"))
    assert catalog.free_key(paper("muller2012")) == "muller2012aa"


def test_an_earlier_key_is_taken_too() -> None:
    old = paper("new2012")._replace(custom={"aliases": ["old2012"]})
    assert Catalog([old]).free_key(paper("old2012")) == "old2012a"


@pytest.mark.parametrize(
    ("ours", "theirs", "twin"),
    [
        ({"DOI": "10.1000/AbC"}, {"DOI": "10.1000/aBc", "title": "x"}, "DOI 10.1000/abc"),
        ({"DOI": "https://doi.org/10.1000/A"}, {"DOI": "10.1000/a", "title": "x"}, "DOI 10.1000/a"),
        ({"PMID": "1"}, {"PMID": "1", "title": "x"}, "PMID 1"),
        ({"PMCID": "PMC1"}, {"PMCID": "pmc1", "title": "x"}, "PMCID PMC1"),
        ({}, {"title": "A <i>Title</i> that is LONG enough."}, "title and year"),
        ({"DOI": "10.1000/a"}, {"title": "A title that is long enough"}, "title and year"),
        ({"DOI": "10.1000/a"}, {"DOI": "10.1000/b"}, None),
        ({"PMID": "1"}, {"PMID": "2"}, None),
        ({}, {"title": "Another title"}, None),
    ],
)
def test_twin(ours: dict[str, str], theirs: dict[str, str], twin: str | None) -> None:
    found = Catalog([paper("ours2012", **ours)]).twin(Likeness(paper(**theirs)))
    assert found == (Twin("ours2012", twin) if twin else None)


def test_one_title_by_two_authors_of_one_name_is_two_papers() -> None:
    other = paper()._replace(names={"author": (Name("Müller", "B."),)})
    assert Catalog([paper("ours2012")]).twin(Likeness(other)) is None


def test_one_title_by_two_authors_is_two_papers() -> None:
    other = paper()._replace(names={"author": (Name("Example", "Ann"),)})
    assert Catalog([paper("ours2012")]).twin(Likeness(other)) is None


def test_a_paper_without_author_may_be_anybodys() -> None:
    nobody = paper()._replace(names={})
    assert Catalog([paper("ours2012")]).twin(Likeness(nobody)) == Twin("ours2012", "title and year")
    assert Catalog([nobody._replace(id="ours2012")]).twin(Likeness(paper())) == Twin(
        "ours2012", "title and year"
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("article", "article-journal", False),
        ("chapter", "book", False),
        ("document", "article-journal", True),
        ("article-journal", "document", True),
    ],
)
def test_a_preprint_is_no_article(ours: str, theirs: str, same: bool) -> None:
    catalog = Catalog([paper("ours2012")._replace(type=ours)])
    twin = catalog.twin(Likeness(paper()._replace(type=theirs)))
    assert twin == (Twin("ours2012", "title and year") if same else None)


def test_the_identifiers_of_a_twin_are_learned() -> None:
    intake = Intake([paper("ours2012", DOI="10.1000/a")], {})
    assert "DOI 10.1000/a" in intake.take(paper("b", DOI="10.1000/A", PMID="1"), fill=False)
    assert "already there as ours2012 (PMID 1)" in intake.take(
        paper("c", PMID="1", title="Other words"), fill=False
    )


def test_what_a_twin_brought_tells_the_next_apart() -> None:
    intake = Intake([paper("ours2012")], {})
    assert "title and year" in intake.take(paper("b", DOI="10.1000/b"), fill=False)
    assert intake.take(paper("c", DOI="10.1000/c"), fill=False) == ""
    assert list(intake.new) == ["c"]


def test_one_title_in_two_years_is_two_papers() -> None:
    other = paper()._replace(dates={"issued": Date((2013,))})
    assert Catalog([paper("ours2012")]).twin(Likeness(other)) is None


def test_holes_are_filled_and_nothing_is_changed() -> None:
    ours, theirs = paper("ours2012", volume="1"), paper("theirs", volume="2", DOI="10.1000/a")
    assert holes(ours, theirs) == paper("ours2012", volume="1", DOI="10.1000/a")
    assert holes(theirs, ours) is None


def test_authors_that_fill_a_hole_stay_incomplete() -> None:
    theirs = paper("theirs")._replace(custom={"incomplete-authors": "true", "x": "y"})
    ours = paper("ours2012")._replace(names={}, custom={"kind": "review"})
    assert holes(ours, theirs) == paper("ours2012")._replace(
        custom={"kind": "review", "incomplete-authors": "true"}
    )
    assert holes(paper("ours2012"), theirs) is None
