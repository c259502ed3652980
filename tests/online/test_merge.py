"""One reference out of what several services say."""

from __future__ import annotations

from typing import Any

from bclm_cli.model.records import Reference
from bclm_cli.online import merge
from bclm_cli.online.records import Record


def reference(**csl: Any) -> Reference:
    return Reference.from_csl({"id": "x", "type": "article-journal", **csl})


def pair(ours: dict[str, Any], theirs: dict[str, Any]) -> merge.Merged:
    return merge.merged(
        [
            Record("PubMed", reference(title="T", **ours)),
            Record("Crossref", reference(title="T", **theirs)),
        ]
    )


def test_given_names_are_spelled_out_where_the_people_are_the_same() -> None:
    made = pair(
        {"author": [{"family": "Example", "given": "A B"}, {"family": "Sample", "given": "C"}]},
        {"author": [{"family": "Example", "given": "Ann B."}, {"family": "Sample", "given": "D."}]},
    )
    assert [name.given for name in made.reference.author] == ["Ann B.", "C"]
    assert made.sources["author"] == "PubMed, given names Crossref"


def test_a_list_that_goes_on_replaces_one_that_was_cut() -> None:
    made = pair(
        {"author": [{"family": "Example", "given": "A"}], "custom": {"incomplete-authors": "true"}},
        {"author": [{"family": "Example", "given": "A."}, {"family": "Sample", "given": "B."}]},
    )
    assert len(made.reference.author) == 2
    assert not made.reference.incomplete_authors
    other = pair(
        {"author": [{"family": "Example", "given": "A"}], "custom": {"incomplete-authors": "true"}},
        {"author": [{"family": "Else", "given": "A."}, {"family": "Sample", "given": "B."}]},
    )
    assert other.reference.incomplete_authors


def test_differences_are_told_and_the_first_is_taken() -> None:
    made = pair(
        {"volume": "17", "page": "101", "issued": "2012", "issue": "3"},
        {"volume": "18", "page": "101-110", "issued": "2013", "issue": "3", "DOI": "10.1000/x"},
    )
    assert made.differences == (
        "year: PubMed has 2012, Crossref 2013; 2012 is taken",
        "volume: PubMed has 17, Crossref 18; 17 is taken",
    )
    assert (made.reference.get("page"), made.reference.get("DOI")) == ("101-110", "10.1000/x")
    assert made.sources == {
        "title": "PubMed", "volume": "PubMed", "page": "Crossref", "issued": "PubMed",
        "issue": "PubMed", "DOI": "Crossref",
    }  # fmt: skip
