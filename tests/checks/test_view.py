"""Findings for reading: many of one kind are one line, shared advice stands once."""

from __future__ import annotations

from bclm_cli.checks.findings import ERROR, NOTE, WARNING, Finding
from bclm_cli.checks.view import advice, folded, summary


def finding(number: int, level: str = WARNING, what: str = "has no DOI", hint: str = "") -> Finding:
    return Finding(level, "no-doi", "refs.bib", number, 1, f"key{number}", "", what, hint)


def test_many_of_one_kind_are_one_line_where_the_first_stands() -> None:
    many = [finding(number) for number in range(1, 65)]
    other = finding(3, NOTE)
    assert list(map(str, folded([*many[:3], other, *many[3:]]))) == [
        "refs.bib:1:1: 64 times: has no DOI (key1, key2, key3, key4, key5, key6, key7, key8 and"
        " 56 more) [warning: no-doi]",
        "refs.bib:3:1: key3: has no DOI [note: no-doi]",
    ]


def test_what_is_said_differently_is_said_of_the_first() -> None:
    many = [finding(number, what=f"lacks {number}") for number in range(1, 7)]
    assert folded(many)[0].what == (
        "6 similar, the first: lacks 1 (key1, key2, key3, key4, key5, key6)"
    )


def test_services_that_could_not_be_asked_have_a_line_each() -> None:
    many = [
        finding(number, what=f"{service} cannot be asked")._replace(rule="not-asked")
        for number in range(6)
        for service in ("PubMed", "Crossref")
    ]
    keys = "key0, key1, key2, key3, key4, key5"
    assert [one.what for one in folded(many)] == [
        f"6 papers: PubMed cannot be asked ({keys})",
        f"6 papers: Crossref cannot be asked ({keys})",
    ]


def test_few_and_errors_are_not_folded() -> None:
    few = [finding(number) for number in range(5)]
    errors = [finding(number, ERROR) for number in range(50)]
    pairs = [finding(number)._replace(rule="preprint") for number in range(50)]
    assert folded(pairs) == pairs
    assert folded(few) == few
    assert folded(errors) == errors


def test_shared_advice_stands_once() -> None:
    found = [finding(1, hint="add it"), finding(2, hint="add it"), finding(3, hint="write 3")]
    assert advice(found) == (
        [finding(1), finding(2), finding(3, hint="write 3")], ["no-doi: add it"]
    )  # fmt: skip


def test_summary() -> None:
    assert summary([finding(1), finding(2), finding(3, ERROR)]) == "1 error, 2 warnings"
    assert summary([]) == "no problems found"
