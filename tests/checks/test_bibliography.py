"""What `bclm check` says of a bibliography in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bclm_cli.checks import rules
from bclm_cli.checks.bibliography import check, read
from bclm_cli.errors import DataError

WHOLE = """\
@article{{{key}, author={{Example, Ann}}, title={{{title}}}, journal={{Journal of Examples}},
  year=2012, volume=1, pages={{{page}--19}}, doi={{10.1000/{key}}}}}
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def entry(key: str, title: str = "A title of one work", page: int = 11) -> str:
    return WHOLE.format(key=key, title=title, page=page)


def said(text: str, *more: str, cited: set[str] | None = None) -> list[str]:
    """What is said of a file of this text, and of others."""
    files = []
    for number, one in enumerate((text, *more)):
        files.append(Path(f"{'ab'[number]}.bib"))
        files[-1].write_text(one)
    return [str(one) for one in check([read(file, frozenset()) for file in files], cited)]


def test_a_whole_entry_raises_nothing() -> None:
    assert said(entry("a")) == []
    assert said(entry("a"), cited={"a"}) == []


def test_what_cannot_be_read() -> None:
    lost = "@article{bad, title={Open,\n"
    assert said(lost + entry("a").replace("10.1000/a", "no doi")) == [
        "a.bib:1:1: bad: the value of title is not closed [error: entry]",
        "a.bib:2:1: a: has no DOI [note: incomplete]",
        "a.bib:2:1: @article a: no DOI can be read in 'no doi' [warning: field]",
    ]
    assert said(entry("a").replace("volume=1", "volume=1, shelf={3}")) == [
        "a.bib:1:1: fields that are not taken: shelf (1) [note: field]"
    ]


def test_two_entries_of_one_key() -> None:
    assert said(entry("a") + entry("a", "Quite another work")) == [
        "a.bib:3:1: the key a stands twice; the first entry is taken [error: same-key]"
    ]
    assert said(entry("a"), entry("a", "Quite another work")) == [
        "b.bib:1:1: a: the key stands in a.bib:1 too; that entry is taken [error: same-key]"
    ]


def test_an_entry_without_a_key() -> None:
    assert said(entry("").replace("10.1000/", "10.1000/x")) == [
        "a.bib:1:1: the entry has no key, so that nothing can cite it [note: key]"
    ]


def test_keys_that_differ_in_capitals() -> None:
    other = entry("A", "Quite another work").replace("10.1000/A", "10.1000/b")
    assert said(entry("a") + other) == [
        "a.bib:3:1: key A differs from a in capitals alone; BibTeX takes one [warning: case-of-key]"
    ]


def test_one_work_under_two_keys_with_what_differs() -> None:
    other = entry("b").replace("10.1000/b", "10.1000/A").replace("volume=1,", "")
    other = other.replace("year=2012", "year=2013, pmid=7")
    assert said(entry("a") + other)[0] == (
        "a.bib:3:1: b: is the same work as a (line 1), by DOI 10.1000/a; with other issued; it"
        " alone has PMID; it lacks volume; keep b, and cite it by one key [warning: same-paper]"
    )
    assert said(entry("a"), other)[0].startswith(
        "b.bib:1:1: b: is the same work as a (a.bib:1), by"
    )


def test_one_identifier_on_two_works() -> None:
    other = entry("b", "Quite another work").replace("10.1000/b", "10.1000/a")
    assert said(entry("a") + other) == [
        "a.bib:3:1: b: has the DOI 10.1000/a of a (line 1), which is another work; one is wrong"
        " [error: identifier-clash]"
    ]


def test_a_preprint_and_its_article_are_two_works() -> None:
    preprint = entry("p").replace("@article", "@preprint").replace("pages={11--19}, ", "")
    assert [line for line in said(entry("a") + preprint) if "same" in line] == []


def test_a_preprint_and_its_article_are_related() -> None:
    named = (
        "@article{p, author={Example, A.}, title={A Title of One Work}, journal={bioRxiv},"
        " year=2011}"
    )
    beside = entry("a") + named
    advice = "; cite the article, unless the preprint is meant [note: preprint]"

    def related(cited: set[str] | None, text: str = beside) -> list[str]:
        return [line for line in said(text, cited=cited) if line.endswith("preprint]")]

    one = "a.bib:3:1: p: seems to be the preprint of a (line 1)"
    assert related(None) == [one + advice]
    assert related({"p"}) == [f"{one}; the manuscript cites the preprint alone{advice}"]
    assert related({"p", "a"}) == [f"{one}; the manuscript cites both{advice}"]
    assert related({"a"}) == related({"x"}) == []
    assert related(None, f"{named}\n{entry('a')}") == [
        f"a.bib:2:1: a: seems to be the article of the preprint p (line 1){advice}"
    ]


def test_fields_that_are_missing_by_type() -> None:
    assert said("@book{b, author={Example, Ann}, title={A book}, year=2001}") == [
        "a.bib:1:1: b: has no publisher, which a reference to it needs [warning: needed]",
        "a.bib:1:1: b: has no ISBN [note: incomplete]",
    ]


def test_a_title_in_title_case_is_no_more_than_a_note() -> None:
    titled = entry("a", "A Title Where Words Begin Like This")
    assert said(titled) == [
        "a.bib:1:1: a.title: the title is in Title Case; write it in sentence case"
        " [note: title-case]"
    ]


def test_with_a_manuscript_the_cited_entries_are_looked_at() -> None:
    book = "@book{b, title={A book}, year=2001}\n"
    assert said(book + book.replace("{b", "{c").replace("A book", "Other"), cited={"b"}) == [
        "a.bib:1:1: b: has no author or publisher, which a reference to it needs [warning: needed]",
        "a.bib:2:1: c: is not cited [note: unused]",
    ]
    assert said(book, cited={"*"}) == said(book, cited={"b"})
    assert said(entry("a").replace("year", "ids={old}, year"), cited={"old"}) == []


def test_a_file_that_is_not_there_is_no_finding() -> None:
    with pytest.raises(DataError, match=r"gone.bib: cannot read: No such file"):
        read(Path("gone.bib"), frozenset())


def test_every_rule_is_heard() -> None:
    heard = Path(__file__).read_text()
    names = [rule.name for rule in rules() if rule.about == "bibliography"]
    assert [name for name in names if f": {name}]" not in heard] == []


def test_findings_stand_in_the_order_of_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(
        "@book{a, title={A}, author={Doe, J}, year=2001, publisher={P},\n"
        " doi={https://doi.org/10.1000/a}}\n@book{b, title={B}}\n"
        "@book{c, title={C}, author={Doe, J}, year=2001, publisher={P}, doi={doi:10.1000/c}}\n"
    )
    found = [one for one in check([read(path, frozenset())]) if one.level == "warning"]
    assert [(one.line, one.rule) for one in found] == [
        (2, "can-be-fixed"),
        (3, "needed"),
        (4, "can-be-fixed"),
    ]


def test_fields_are_named_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text("@article{a, title={A}, author={Doe, J}}\n")
    found = {one.rule: one.what for one in check([read(path, frozenset())])}
    needed = "has no journal title or year, which a reference to it needs"
    assert found["needed"] == needed
