"""What becomes of imported references: new, known, filled; and no key gets lost."""

from __future__ import annotations

from bclm_cli.library.intake import Intake
from bclm_cli.library.merge import better, differing, fill_missing_fields, with_aliases
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference

PLACE = {"container-title": "Journal of Invented Results", "volume": "1", "page": "1-5"}


def paper(key: str = "", **text: str) -> Reference:
    """A paper with the author and year that these tests want."""
    fields = {"title": "A title that is long enough", **text}
    authors = {"author": (Name("Müller-Ångström", "Ann"),)}
    return Reference(key, "article-journal", fields, authors, {"issued": Date((2012,))}, {})


def into(*own: Reference) -> Intake:
    """An intake for a file that holds these."""
    return Intake(own, {reference.id: reference for reference in own})


def test_the_key_of_a_duplicate_stays_as_an_alias() -> None:
    intake = into(paper("ours2012", DOI="10.1000/a"))
    assert intake.take(paper("theirs", DOI="10.1000/A"), fill=False) == [
        "already there as ours2012 (DOI 10.1000/a); kept as its alias: theirs"
    ]
    assert (intake.new, intake.duplicates) == ({}, 1)
    assert intake.changed == {
        "ours2012": with_aliases(paper("ours2012", DOI="10.1000/a"), ["theirs"])
    }
    assert intake.take(paper("theirs", DOI="10.1000/a"), fill=False) == [
        "already there as ours2012 (DOI 10.1000/a); skipped"
    ]


def test_the_key_of_a_duplicate_in_one_batch_stays_as_an_alias() -> None:
    intake = into()
    assert intake.take(paper("a", DOI="10.1000/a"), fill=False) == []
    intake.take(paper("b", DOI="10.1000/a"), fill=False)
    intake.take(paper("c", DOI="10.1000/a"), fill=False)
    assert intake.new == {"a": with_aliases(paper("a", DOI="10.1000/a"), ["b", "c"])}


def test_an_alias_that_is_the_key_of_another_stays_its_own() -> None:
    intake = into(paper("a", DOI="10.1000/a"), paper("b", title="Another title altogether"))
    intake.take(paper("b", DOI="10.1000/a"), fill=False)
    assert intake.changed == {}


def test_a_key_that_has_to_change_stays_as_an_alias() -> None:
    intake = into()
    assert intake.take(paper("a{b"), fill=False) == ["key 'a{b' becomes mullerangstrom2012"]
    assert intake.new["mullerangstrom2012"].aliases == ("a{b",)
    assert intake.take(paper("http://zotero.org/users/1/items/A", **PLACE), fill=False) == [
        "key 'http://zotero.org/users/1/items/A' becomes mullerangstrom2012a",
        "mullerangstrom2012a may be the same paper as mullerangstrom2012: title and first author"
        " agree, and one lacks the year or identifier that would settle it; both are kept",
    ]
    assert intake.new["mullerangstrom2012a"].aliases == ()


def test_a_work_of_other_data_is_taken_under_a_key_of_its_own() -> None:
    intake = Intake([paper("shipped2012", DOI="10.1000/a")], {})
    assert intake.take(paper("Own:2012", DOI="10.1000/a"), fill=False) == [
        "the data has this paper as shipped2012 (DOI 10.1000/a); taken as well, under your key"
        " Own:2012"
    ]
    assert list(intake.new) == ["Own:2012"]


def test_a_second_key_of_a_work_of_other_data_is_an_alias_of_the_first() -> None:
    intake = Intake([paper("shipped2012", DOI="10.1000/a")], {})
    intake.take(paper("Own:2012", DOI="10.1000/a"), fill=False)
    assert intake.take(paper("Own:2012b", DOI="10.1000/a"), fill=False) == [
        "already there as Own:2012 (DOI 10.1000/a); kept as its alias: Own:2012b"
    ]
    assert list(intake.new) == ["Own:2012"]


def test_a_work_of_other_data_is_skipped_under_its_key_there_or_none() -> None:
    intake = Intake([with_aliases(paper("shipped2012", DOI="10.1000/a"), ["old2012"])], {})
    skipped = ["already in the data as shipped2012 (DOI 10.1000/a); skipped"]
    for key in ("shipped2012", "old2012", ""):
        assert intake.take(paper(key, DOI="10.1000/a"), fill=False) == skipped
    assert intake.take(paper(DOI="10.1000/a"), fill=True) == [
        f"{skipped[0]}, and not filled, because it stands in other data"
    ]
    assert intake.new == {}


def test_a_work_of_other_data_is_new_to_a_bibliography() -> None:
    shipped = with_aliases(paper("shipped2012", DOI="10.1000/a"), ["old2012"])
    for key, taken in (("shipped2012", "shipped2012"), ("old2012", "old2012"), ("", "shipped2012")):
        intake = Intake([shipped], {}, in_place=True)
        assert intake.take(paper(key, DOI="10.1000/a"), fill=False) == []
        assert list(intake.new) == [taken]
        assert intake.take(paper("b", DOI="10.1000/a"), fill=False) == [
            f"already there as {taken} (DOI 10.1000/a); kept as its alias: b"
        ]
    assert intake.take(paper("c", DOI="10.1000/a", title="Other words"), fill=False) == [
        "c and shipped2012 are two works with one DOI 10.1000/a; both are kept"
    ]


def test_the_record_of_a_bibliography_counts_before_that_of_other_data() -> None:
    """Both are the incoming work, by our rules, and not each other."""
    own = paper("own", page="1-5")
    shipped = paper("shipped2012", DOI="10.1000/a", **PLACE)
    intake = Intake([shipped, own], {"own": own}, in_place=True)
    assert intake.take(paper("x", DOI="10.1000/a", page="1-5"), fill=True) == [
        "already there as own (title, year, author and place); filled: DOI; kept as its alias: x"
    ]


def test_two_works_with_one_identifier_are_both_kept() -> None:
    intake = into()
    intake.take(paper("a", DOI="10.1000/a"), fill=False)
    assert intake.take(paper("b", DOI="10.1000/a", title="Other words altogether"), fill=False) == [
        "b and a are two works with one DOI 10.1000/a; both are kept"
    ]
    assert list(intake.new) == ["a", "b"]


def test_a_preprint_and_its_article_are_both_kept() -> None:
    intake = into(paper("article2012", **PLACE))
    preprint = paper("preprint2012")._replace(type="article")
    assert intake.take(preprint, fill=False) == [
        "preprint2012 is a preprint of article2012; both are kept"
    ]
    assert intake.take(paper("again", DOI="10.1000/c", **PLACE), fill=False) == [
        "already there as article2012 (title, year, author and place); it has DOI, which --update"
        " adds; kept as its alias: again"
    ]


def test_keys_that_differ_in_capitals_are_reported() -> None:
    intake = into(paper("muller2012", title="One title of a paper"))
    assert intake.take(paper("Muller2012"), fill=False) == [
        "key Muller2012 differs from muller2012 in capitals alone; BibTeX takes one"
    ]
    assert list(intake.new) == ["Muller2012"]


def test_fields_that_differ_are_named() -> None:
    intake = into(paper("a", DOI="10.1000/a", volume="1"))
    other = paper("", DOI="10.1000/a", volume="2", PMID="1")
    assert intake.take(other._replace(dates={"issued": Date((2013,))}), fill=False) == [
        "already there as a (DOI 10.1000/a), with other volume, issued; it has PMID, which"
        " --update adds; skipped"
    ]


def test_update_fills_and_changes_nothing() -> None:
    intake = into(paper("a", DOI="10.1000/a", volume="1"))
    other = paper("b", DOI="10.1000/a", volume="2", PMID="1")
    assert intake.take(other, fill=True) == [
        "already there as a (DOI 10.1000/a), with other volume; filled: PMID; kept as its alias: b"
    ]
    filled = paper("a", DOI="10.1000/a", volume="1", PMID="1")
    assert intake.changed == {"a": with_aliases(filled, ["b"])}
    assert intake.take(paper("a", DOI="10.1000/a"), fill=True) == [
        "already there as a (DOI 10.1000/a); it lacks no field to fill in"
    ]


def test_the_identifiers_of_a_duplicate_are_learned() -> None:
    intake = into(paper("ours2012", DOI="10.1000/a"))
    intake.take(paper("b", DOI="10.1000/A", PMID="1"), fill=False)
    assert intake.take(paper("c", PMID="1"), fill=False) == [
        "already there as ours2012 (PMID 1); it has PMID, which --update adds; kept as its alias: c"
    ]


def test_what_a_duplicate_brought_tells_the_next_apart() -> None:
    intake = into(paper("ours2012", **PLACE))
    intake.take(paper("b", DOI="10.1000/b", **PLACE), fill=False)
    assert intake.take(paper("c", DOI="10.1000/c", **PLACE), fill=False) == []
    assert list(intake.new) == ["c"]


def test_missing_fields_are_filled_and_nothing_is_changed() -> None:
    ours, theirs = paper("ours2012", volume="1"), paper("theirs", volume="2", DOI="10.1000/a")
    assert fill_missing_fields(ours, theirs) == paper("ours2012", volume="1", DOI="10.1000/a")
    assert fill_missing_fields(theirs, ours) is None


def test_authors_that_fill_a_hole_stay_incomplete() -> None:
    theirs = paper("theirs")._replace(custom={"incomplete-authors": "true", "x": "y"})
    ours = paper("ours2012")._replace(names={}, custom={"kind": "review"})
    assert fill_missing_fields(ours, theirs) == paper("ours2012")._replace(
        custom={"kind": "review", "incomplete-authors": "true"}
    )
    assert fill_missing_fields(paper("ours2012"), theirs) is None


def test_spelling_is_no_difference() -> None:
    ours = paper("a", volume="1", page="1-5")
    assert differing(ours, paper("b", title="A Title that is <i>long</i> enough", page="1–5")) == []
    other = ours._replace(names={"author": (Name("Other"),)})
    assert differing(ours, other) == ["author"]


def test_the_better_record_has_more_identifiers_then_more_fields() -> None:
    ours, theirs = paper("a", DOI="10.1000/a"), paper("b", volume="1", issue="2", page="3")
    assert better(ours, theirs) == ours
    assert better(theirs, ours) == ours
    assert better(paper("a", volume="1"), theirs) == theirs
    assert better(ours, ours._replace(id="c")) is None
