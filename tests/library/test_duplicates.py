"""When two records are of one work: an example for each predicate, and for the rule."""

from __future__ import annotations

from typing import Any

import pytest

from bclm_cli.library import duplicates
from bclm_cli.library.duplicates import Fingerprint, fingerprint
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference

PLACE = {"container-title": "Journal of Invented Results", "volume": "12", "page": "1-5"}


def work(type_: str = "article-journal", year: int = 2012, **fields: Any) -> Fingerprint:
    """A paper of Ann Example; `author` is a name, every other field a text variable."""
    author = fields.pop("author", Name("Example", "Ann"))
    text = {"title": "A title of one work", **{k.replace("_", "-"): v for k, v in fields.items()}}
    names = {"author": (author,)} if author else {}
    text = {name: value for name, value in text.items() if value}
    return fingerprint(Reference("key", type_, text, names, {"issued": Date((year,))}, {}))


PLACED = work(**PLACE)


@pytest.mark.parametrize(
    ("ours", "theirs", "agree", "differ"),
    [
        ({"DOI": "10.1000/AbC"}, {"DOI": "10.1000/aBc"}, True, False),
        ({"DOI": "10.1000/a", "PMID": "1"}, {"DOI": "10.1000/a"}, True, False),
        ({"PMCID": "PMC1"}, {"PMCID": "pmc1"}, True, False),
        ({"DOI": "10.1000/a", "PMID": "1"}, {"DOI": "10.1000/b", "PMID": "1"}, False, True),
        ({"DOI": "10.1000/a"}, {"PMID": "1"}, False, False),
        ({}, {}, False, False),
    ],
)
def test_identifiers(
    ours: dict[str, str], theirs: dict[str, str], agree: bool, differ: bool
) -> None:
    one, other = work(**ours), work(**theirs)
    assert duplicates.identifiers_agree(one, other) == agree
    assert duplicates.identifiers_differ(one, other) == differ


@pytest.mark.parametrize(
    ("ours", "theirs", "agree", "nearly"),
    [
        ("Wnt signaling in tumors", "{WNT} Signalling in <i>Tumours</i>", True, True),
        ("Cells: what they do", "Cells", False, True),
        ("Cells", "Cells – what they do", False, True),
        ("Cells", "", False, True),
        ("A long title with one slip in it", "A long title wiht one slip in it", False, True),
        ("A long title of many words, part I", "A long title of many words, part II", False, False),
        ("Results of 2011 in many patients", "Results of 2012 in many patients", False, False),
        ("Response style and rating scales", "Making food systems resilient", False, False),
        ("", "", False, True),
    ],
)
def test_titles(ours: str, theirs: str, agree: bool, nearly: bool) -> None:
    one, other = work(title=ours), work(title=theirs)
    assert duplicates.titles_agree(one, other) == agree
    assert duplicates.titles_nearly_agree(one, other) == nearly


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        (Name("Example", "Ann"), Name("Example", "A. B."), True),
        (Name("Example", "Ann"), Name("Example"), True),
        (Name("Müller", "Ann"), Name("Muller", "A"), True),
        (Name("Rijn", "A", "", "van de"), Name("Rijn", "A"), True),
        (Name("Example", "Ann"), Name("Example", "Bo"), False),
        (Name("Example", "Ann"), Name("Other", "Ann"), False),
        (Name("Example", "Ann"), None, False),
        (Name(literal="World Example Body"), Name(literal="World example body"), True),
        (None, None, True),
    ],
)
def test_first_author(ours: Name | None, theirs: Name | None, same: bool) -> None:
    assert duplicates.same_first_author(work(author=ours), work(author=theirs)) == same


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("Journal of Invented Results", "J Invent Results", True),
        ("Proc. Natl. Acad. Ex.", "Proceedings of the National Academy of Examples", True),
        ("Nature", "Nature", True),
        ("Nature", "Nature Medicine", False),
        ("J One", "J Two", False),
        ("J 1", "J 10", False),
        ("J Clin", "Journal of Clinical Examples", False),
        ("J Ex", "J Ex Med", False),
        ("J One", "", False),
        ("", "", True),
    ],
)
def test_container(ours: str, theirs: str, same: bool) -> None:
    one, other = work(container_title=ours), work(container_title=theirs)
    assert duplicates.same_container(one, other) == same
    assert duplicates.same_container(other, one) == same


def test_the_short_title_of_a_container_will_do() -> None:
    both = work(container_title="Annals of Examples", container_title_short="AoE")
    assert duplicates.same_container(both, work(container_title="AoE"))


@pytest.mark.parametrize(
    ("change", "same", "differ"),
    [
        ({}, True, False),
        ({"page": "1–5"}, True, False),
        ({"page": "1"}, True, False),
        ({"page": "7-9"}, False, True),
        ({"page": ""}, False, False),
        ({"volume": "13"}, False, True),
        ({"year": 2013}, False, True),
        ({"container-title": "Another Journal"}, False, True),
        ({"author": Name("Other", "O")}, False, True),
    ],
)
def test_place(change: dict[str, Any], same: bool, differ: bool) -> None:
    other = work(**{**PLACE, **change})
    assert duplicates.same_place(PLACED, other) == same
    assert duplicates.places_differ(PLACED, other) == differ


@pytest.mark.parametrize(
    ("ours", "theirs", "doi", "differ"),
    [
        ("article", "article-journal", "", True),
        ("article", "article-journal", "10.1000/a", True),
        ("chapter", "book", "10.1000/a", True),
        ("paper-conference", "article-journal", "", True),
        ("paper-conference", "article-journal", "10.1000/a", False),
        ("document", "article-journal", "", False),
        ("book", "book", "", False),
    ],
)
def test_types(ours: str, theirs: str, doi: str, differ: bool) -> None:
    assert duplicates.types_differ(work(ours, DOI=doi), work(theirs, DOI=doi)) == differ


def test_a_container_with_a_page_or_volume_is_a_place() -> None:
    assert duplicates.in_container(PLACED)
    assert not duplicates.in_container(work(container_title="Journal of Invented Results"))
    assert not duplicates.in_container(work(volume="1"))


def test_a_preprint_and_its_article_are_versions() -> None:
    preprint = work("article", container_title="A server")
    assert duplicates.are_versions(preprint, PLACED)
    assert not duplicates.are_versions(work("book"), PLACED)
    assert not duplicates.are_versions(work("article", title="Another title"), PLACED)


@pytest.mark.parametrize(
    ("fields", "preprint"),
    [
        ({"container_title": "bioRxiv"}, True),
        ({"container_title": "arXiv preprint arXiv:1502.00001"}, True),
        ({"publisher": "Research Square"}, True),
        ({"archive": "arXiv", "URL": "https://arxiv.org/abs/1502.00001"}, True),
        ({"note": "medRxiv preprint"}, True),
        ({"archive": "arXiv", "container_title": "Journal of Examples"}, False),
        ({"note": "bioRxiv 2019 first", "container_title": "Journal of Examples"}, False),
        ({"publisher": "Examples Press"}, False),
        ({"container_title": "SSRN Electronic Journal"}, True),
        ({"container_title": "OSF Preprints"}, True),
        ({"note": "a pre-print"}, True),
        ({"URL": "https://www.researchsquare.com/article/rs-1/v1"}, True),
        ({"container_title": "Class RNA"}, False),
        ({"container_title": "Journal of Gene Expression and Reprints"}, False),
        ({"publisher": "Beta Authoreans"}, False),
        ({}, False),
    ],
)
def test_where_a_preprint_stands(fields: dict[str, str], preprint: bool) -> None:
    assert work(**fields).is_preprint is preprint
    assert work("article", **fields).is_preprint


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        (PLACE, PLACE, True),
        ({**PLACE, "DOI": "10.1000/a"}, PLACE, True),
        ({**PLACE, "DOI": "10.1000/a"}, {**PLACE, "DOI": "10.1000/b"}, False),
        ({"DOI": "10.1000/a"}, {"DOI": "10.1000/a", "year": 2013, "volume": "2"}, True),
        ({"DOI": "10.1000/a"}, {"DOI": "10.1000/a", "title": "Quite another thing"}, False),
        ({"DOI": "10.1000/a"}, {"DOI": "10.1000/a", "title": "A titel of one work"}, True),
        (
            {"DOI": "10.1000/a", "volume": "1"},
            {"DOI": "10.1000/a", "title": "A titel of one work", "volume": "2"},
            False,
        ),
        ({**PLACE, "page": ""}, PLACE, False),
        ({}, {}, True),
        ({"edition": "1"}, {"edition": "2"}, False),
        ({"version": "1.0"}, {"version": "2.0"}, False),
        ({"note": "In the morning"}, {"note": "In the evening"}, False),
        ({"title": ""}, {"title": ""}, False),
    ],
)
def test_same_work(ours: dict[str, Any], theirs: dict[str, Any], same: bool) -> None:
    assert duplicates.is_same_work(work(**ours), work(**theirs)) == same
    assert duplicates.is_same_work(work(**theirs), work(**ours)) == same
