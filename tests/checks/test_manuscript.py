"""What `bclm check` says of a manuscript's citations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bclm_cli.checks import rules
from bclm_cli.checks.manuscript import Known, bibliographies, check, missing_bibliographies
from bclm_cli.manuscript import ALL, Bibliography, Citation, Remark, Scan
from bclm_cli.model.records import Claim, Reference


def paper(key: str, **fields: Any) -> Reference:
    whole = {"id": key, "type": "article-journal", "DOI": f"10.1000/{key}", "page": "1-2"}
    csl = {name: value for name, value in {**whole, **fields}.items() if value}
    return Reference.from_csl(csl)


def claim(key: str, basis: str = "abstract") -> Claim:
    return Claim("first", "alpha", "promotes", "So it is.", key, basis=basis)


def said(
    *keys: str,
    papers: dict[str, Reference] | None = None,
    claims: tuple[Claim, ...] = (),
    bibliographies: dict[str, Path] = {},  # noqa: B006  (never changed)
    remarks: tuple[Remark, ...] = (),
) -> list[str]:
    """What is said of keys that are cited one a line."""
    citations = tuple(Citation(key, "paper.tex", n, 7) for n, key in enumerate(keys, 1))
    by_paper: dict[str, list[Claim]] = {}
    for one in claims:
        by_paper.setdefault(one.reference, []).append(one)
    known = Known(papers or {}, by_paper, lambda key: ["alpha2001"], lambda key: [], bibliographies)
    return [str(one) for one in check(Scan(citations, remarks), known)]


def test_whole_papers_raise_nothing() -> None:
    papers = {"a": paper("a"), "b": paper("b", page="", number="e7")}
    assert said("a", "b", "a", papers=papers, claims=(claim("a"),)) == []


def test_an_unknown_key_is_told_once_with_all_its_places() -> None:
    assert said("x", "a", "x", ALL, "x", papers={"a": paper("a")}) == [
        "paper.tex:1:7: x: no such paper (also at 3:7, 5:7); did you mean alpha2001?"
        " [error: unknown-key]",
    ]


def test_an_identifier_that_manubot_cites_is_no_earlier_key() -> None:
    assert said("doi:10.1000/a", papers={"doi:10.1000/a": paper("a")}) == []


def test_many_places_are_counted() -> None:
    [line] = said(*["x"] * 30)
    assert line.count(":7") == 21
    assert " and 9 more); did you mean" in line


def test_what_is_in_the_data_alone_is_told_where_the_manuscript_has_a_bibliography() -> None:
    papers = {key: paper(key)._replace(source=f"/{key}.bib") for key in "ab"}
    assert said("a", "b", papers=papers, bibliographies={"/a.bib": Path("a.bib")}) == [
        "paper.tex:2:7: b: in the data, but not in a.bib; `bclm add KEY --write a.bib` adds the"
        " entry [warning: not-in-bibliography]"
    ]


def test_an_author_may_mean_and_others() -> None:
    own = paper("a", author=[{"family": "Example"}], custom={"incomplete-authors": "true"})
    own = own._replace(source="/refs.bib")
    assert said("a", papers={"a": own}) == [
        "paper.tex:1:7: a: only 1 of its authors is known, so styles print et al."
        " [note: and-others]"
    ]
    nobody = own._replace(names={})
    assert said("a", papers={"a": nobody})[-1] == (
        "paper.tex:1:7: a: none of its authors is known [note: and-others]"
    )


def test_one_identifier_on_two_works_does_not_make_them_one() -> None:
    titles = {"a": "A title of one work", "b": "Quite another thing"}
    papers = {key: paper(key, DOI="10.1000/x", title=title) for key, title in titles.items()}
    assert said("a", "b", papers=papers) == []


def test_a_bibliography_that_is_still_to_be_written_is_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("here.bib").touch()
    named = (Bibliography(Path("here.bib"), "paper.tex", 1, 1),
             Bibliography(Path("gone.bib"), "paper.tex", 2, 3))  # fmt: skip
    scan = Scan((), (), named)
    assert list(map(str, missing_bibliographies(scan))) == [
        "paper.tex:2:3: gone.bib is not there; `bclm export --used-in FILE -o` writes it"
        " [note: bibliography]"
    ]
    assert bibliographies(scan, ["also.bib"]) == {
        str(tmp_path / "here.bib"): Path("here.bib"), str(tmp_path / "also.bib"): Path("also.bib")
    }  # fmt: skip


def test_an_earlier_key_is_told_at_each_place() -> None:
    assert said("old", "old", papers={"old": paper("new")}) == [
        "paper.tex:1:7: old: this is an earlier key of new; write new [warning: alias]",
        "paper.tex:2:7: old: this is an earlier key of new; write new [warning: alias]",
    ]


@pytest.mark.parametrize(
    "other",
    [
        paper("a"),
        paper("b", DOI="10.1000/A"),
        paper("b", DOI="", PMID="123"),
    ],
)
def test_one_paper_under_two_keys(other: Reference) -> None:
    papers = {"a": paper("a", PMID="123"), "b": other}
    found = said("a", "b", "a", papers=papers)
    twice = (
        "paper.tex:2:7: b: this is the same paper as a, which is cited at paper.tex:1; cite it"
        " by one key, or it is printed twice [error: two-keys]"
    )
    assert [line for line in found if "[error" in line] == [twice]


LOOK_UP = "add what a record lacks in a bibliography or data folder of your own"


@pytest.mark.parametrize(
    ("fields", "finding"),
    [
        ({"DOI": ""}, f"its record has no DOI; {LOOK_UP} [warning: no-doi]"),
        (
            {"page": ""},
            f"its record has neither pages nor an article number; {LOOK_UP} [warning: no-pages]",
        ),
        (
            {"author": [{"family": "Example"}], "custom": {"incomplete-authors": "true"}},
            f"only 1 of its authors is known, so styles print et al.; {LOOK_UP} [warning: authors]",
        ),
    ],
)
def test_incomplete_records_are_reported_once(fields: dict[str, Any], finding: str) -> None:
    found = said("b", "a", "a", papers={"a": paper("a", **fields), "b": paper("b")})
    assert found == [f"paper.tex:2:7: a: {finding}"]


def test_a_book_needs_neither_doi_nor_pages() -> None:
    assert said("a", papers={"a": paper("a", type="book", DOI="", page="")}) == []


@pytest.mark.parametrize(
    ("bases", "what"),
    [
        (["title"], "the claim that rests on it was read in its title alone"),
        (["second-hand"], "the claim that rests on it was read in another paper alone"),
        (["title", "abstract"], "1 of 2 claims that rest on it was read in its title alone"),
        (["title", "title"], "2 of 2 claims that rest on it were read in its title alone"),
    ],
)
def test_claims_on_a_weak_basis(bases: list[str], what: str) -> None:
    claims = tuple(claim("a", basis) for basis in bases)
    hint = "read the paper before you cite it for that"
    assert said("a", papers={"a": paper("a")}, claims=claims) == [
        f"paper.tex:1:7: a: {what}; {hint} [warning: weak-basis]"
    ]


def test_what_hides_a_key_is_a_finding() -> None:
    remarks = (
        Remark("error", "\\cite{ is never closed", "paper.tex", 2, 3),
        Remark("warning", "gone is not found", "part.tex", 1, 1),
    )
    assert said("x", "a", papers={"a": paper("a")}, remarks=remarks) == [
        "paper.tex:1:7: x: no such paper; did you mean alpha2001? [error: unknown-key]",
        "paper.tex:2:3: \\cite{ is never closed [error: hidden-key]",
        "part.tex:1:1: gone is not found [warning: hidden-key]",
    ]


def test_many_unknown_keys_are_no_work() -> None:
    asked: list[str] = []
    citations = tuple(Citation(f"x{n}", "paper.tex", n, 1) for n in range(1, 1001))

    def near(key: str) -> list[str]:
        asked.append(key)
        return []

    known = Known({}, {}, near, lambda key: [])
    found = check(Scan(citations, ()), known)
    assert len(found) == 1000
    assert len(asked) == 100
    assert str(found[-1]) == (
        "paper.tex:1000:1: x1000: no such paper; --also FILE names another bibliography"
        " [error: unknown-key]"
    )


def test_every_rule_is_heard() -> None:
    heard = Path(__file__).read_text()
    names = [rule.name for rule in rules() if rule.about == "manuscript"]
    assert [name for name in names if f": {name}]" not in heard] == []
