"""CSL items as Crossref and others write them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bclm_cli.formats.csl import reader_csljson
from bclm_cli.formats.interface import Entry, Problem
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference

WORK = {"title": ["A title"], "type": "journal-article", "author": [{"family": "Example"}]}


def read(tree: Any) -> list[Reference]:
    found = list(reader_csljson.read(json.dumps(tree)))
    return [one.reference for one in found if isinstance(one, Entry)]


@pytest.mark.parametrize(
    ("tree", "count"),
    [
        ({"status": "ok", "message-type": "work", "message": WORK}, 1),
        ({"status": "ok", "message-type": "work-list", "message-version": "1.0.0",
          "message": {"facets": {}, "total-results": 2, "items": [WORK, WORK], "query": {}}}, 2),
        ({"items": [WORK, WORK]}, 2),
        (WORK, 1),
    ],
)  # fmt: skip
def test_what_stands_around_the_items_is_taken_off(tree: Any, count: int) -> None:
    paper = Reference(
        "", "article-journal", {"title": "A title"}, {"author": (Name("Example"),)}, {}, {}
    )
    assert read(tree) == [paper] * count


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"page": "105-9"}, {"page": "105-109"}),
        ({"page": "105–109"}, {"page": "105-109"}),
        ({"page": "n/a", "volume": "-"}, {}),
        ({"page": "2020-01"}, {"page": "2020-01"}),
    ],
)
def test_pages(fields: dict[str, str], text: dict[str, str]) -> None:
    (paper,) = read([{"id": "a", "title": "T", **fields}])
    assert paper.text == {"title": "T", **text}


def test_what_crossref_parts_is_put_together() -> None:
    work = WORK | {"subtitle": ["a study in mice"], "article-number": "1234", "volume": "5"}
    assert [paper.text for paper in read(work)] == [
        {"title": "A title: a study in mice", "volume": "5", "number": "1234", "page": "1234"}
    ]


def test_lines_after_a_broken_one_are_read() -> None:
    lines = '{"title":"a"}\n{"title":"b",}\n{"title":"c"}\n{"title":"d"\n{"title":"e"}\n'
    found = list(reader_csljson.read(lines))
    assert [one.reference.title for one in found if isinstance(one, Entry)] == ["a", "c", "e"]
    assert [one.line for one in found] == [1, 2, 3, 5, 5]


def test_a_field_that_stands_twice_is_told() -> None:
    text = '[{"id":"a","title":"One","title":"Two"},\n{"id":"b","title":"Three"}]'
    problem, one, two = reader_csljson.read(text)
    assert problem == Problem(1, "title is there twice; the last is taken")
    assert isinstance(one, Entry)
    assert isinstance(two, Entry)
    assert (one.reference.title, two.reference.title) == ("Two", "Three")


def test_a_particle_is_split_off_where_none_is_given() -> None:
    names = [
        {"family": "van der Berg", "given": "A"},
        {"family": "de Vries", "given": "B", "non-dropping-particle": "van"},
    ]
    (paper,) = read([{"id": "a", "title": "T", "author": names}])
    assert paper.author == (
        Name("Berg", "A", non_dropping_particle="van der"),
        Name("de Vries", "B", non_dropping_particle="van"),
    )


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"raw": "2012 Aug 15"}, Date((2012, 8, 15))),
        ({"raw": "2012-08"}, Date((2012, 8))),
        ({"raw": "in press"}, Date(literal="in press")),
        ({"literal": "Spring 2012"}, Date(literal="Spring 2012")),
    ],
)
def test_a_raw_date_is_read(issued: dict[str, str], date: Date) -> None:
    (paper,) = read([{"id": "a", "title": "T", "issued": issued}])
    assert paper.issued == date
