"""YAML comes in as strings, lists and maps with their places, and nothing else comes in."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bclm_cli.load import parse
from bclm_cli.load.parse import Item, Spot


def tree(text: str | bytes) -> parse.Tree:
    """A document in which no record is set apart."""
    [item] = parse.items(text.encode() if isinstance(text, str) else text, "f.yaml")
    assert item[0] == ()
    return item.value


@pytest.fixture(params=["C", "pure"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML: a platform without libyaml has the pure one only."""
    if request.param == "pure":
        monkeypatch.delattr(yaml, "CSafeLoader")
    return str(request.param)


RETYPED = [
    "NO", "yes", "on", "off", "true", "False", "y", "n", "1.10", "007", "0o7", "0x1F", "1_000",
    "12:30:45", "2021-04-15", "2001-12-14T21:59:43Z", ".inf", ".NaN", "1e3", "+1", "4T1", "E0771",
    "=", "nulll",
]  # fmt: skip


@pytest.mark.parametrize("text", RETYPED)
def test_what_yaml_would_retype_stays_a_string(loader: str, text: str) -> None:
    assert tree(f"a: {text}\n") == {"a": text}
    assert tree(f"{text}: a\n") == {text: "a"}
    assert tree(f"a: [{text}]\n") == {"a": [text]}


@pytest.mark.parametrize("text", ["~", "null", "Null", "NULL"])
def test_null_is_null(loader: str, text: str) -> None:
    assert tree(f"a: {text}\nb: [{text}]\nc:\nd: # a comment\n") == {
        "a": None, "b": [None], "c": None, "d": None,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["~", "null", "NULL", "", "<<", "*a", "&a", "!a"])
def test_quotes_make_text_of_anything(loader: str, text: str) -> None:
    assert tree(f"'{text}': [\"{text}\"]\n") == {text: [text]}


def test_a_document_of_every_form(loader: str) -> None:
    text = (
        "# a comment\n"
        "Größe: {flow: [a, 'it''s', \"\\u00fc\\t\"], empty: {}}\n"
        "block:\n"
        "  - folded: >-\n"
        "      two\n"
        "      lines\n"
        "  - literal: |\n"
        "      two\n"
        "      lines\n"
        "  -\n"
        "? explicit key\n"
        ": value\n"
    )
    assert tree(text) == {
        "Größe": {"flow": ["a", "it's", "ü\t"], "empty": {}},
        "block": [{"folded": "two lines"}, {"literal": "two\nlines\n"}, None],
        "explicit key": "value",
    }


@pytest.mark.parametrize(
    "text",
    [
        "---\na: b\n---\n",
        "---\na: b\n...\n",
        "---\na: b\n---\n...\n",
        "%YAML 1.1\n---\na: b\n",
        "a: b\r\n",
        "\ufeffa: b\n",
    ],
)
def test_one_document_may_be_framed(loader: str, text: str) -> None:
    assert tree(text) == {"a": "b"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_yaml_knows_by_their_mark(loader: str, encoding: str) -> None:
    assert tree("a: Müller β\n".encode(encoding)) == {"a": "Müller β"}


def test_nothing_is_null(loader: str) -> None:
    assert tree("") is None
    assert tree("# only a comment\n") is None
    assert tree("---\n") is None


STEPS = """\
title: T
steps:
  - id: one
    claims:
      CDH1:
        - {effect: promotes}
        -
          effect: suppresses
      NO: []
  - id: two
  - three
context:
  diet: [a, {b: c}]
  age: 40
factors:
  - name: NO
references:
  - id: x
other: [{a: b}]
"""


def test_records_come_one_by_one_and_the_rest_last(loader: str) -> None:
    assert list(parse.items(STEPS.encode(), "f.yaml")) == [
        Item(("steps", 0, "claims", "CDH1", 0), {"effect": "promotes"}, 6, 11),
        Item(("steps", 0, "claims", "CDH1", 1), {"effect": "suppresses"}, 8, 11),
        Item(("steps", 0), {"id": "one", "claims": {"CDH1": [], "NO": []}}, 3, 5),
        Item(("steps", 1), {"id": "two"}, 10, 5),
        Item(("steps", 2), "three", 11, 5),
        Item(("context", "diet", 0), "a", 13, 10),
        Item(("context", "diet", 1), {"b": "c"}, 13, 13),
        Item(("factors", 0), {"name": "NO"}, 16, 5),
        Item(("references", 0), {"id": "x"}, 18, 5),
        Item(
            (),
            {
                "title": "T",
                "steps": [],
                "context": {"diet": [], "age": "40"},
                "factors": [],
                "references": [],
                "other": [{"a": "b"}],
            },
            1,
            1,
        ),
    ]


def test_what_is_no_map_has_no_records(loader: str) -> None:
    assert list(parse.items(b"- id: a\n", "f.yaml")) == [Item((), [], 1, 1)]
    assert list(parse.items(b"hello\n", "f.yaml")) == [Item((), "hello", 1, 1)]
    assert list(parse.items(b"", "f.yaml")) == [Item((), None, 1, 1)]
    assert list(parse.items(b"references: {a: {b: c}}\n", "f.yaml")) == [
        Item((), {"references": {"a": {"b": "c"}}}, 1, 1)
    ]


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (1, 1), (1, 1)),
        (("title",), (1, 8), (1, 1)),
        (("steps",), (3, 3), (2, 1)),
        (("steps", 0, "claims", "CDH1", 1), (8, 11), (8, 11)),
        (("steps", 0, "claims", "CDH1", 1, "effect"), (8, 19), (8, 11)),
        (("steps", 0, "claims", "NO"), (9, 11), (9, 7)),
        (("other", 0, "a"), (19, 13), (19, 10)),
        (("steps", 1, "missing", "deeper"), (10, 5), (10, 5)),
        (("steps", 9), (3, 3), (2, 1)),
        (("title", "deeper"), (1, 8), (1, 1)),
    ],
)
def test_a_path_leads_to_its_place_or_the_nearest_around_it(
    path: parse.Path, value: tuple[int, int], key: tuple[int, int]
) -> None:
    spots = [Spot(path), Spot(path, key=True)]
    assert parse.locate(STEPS.encode(), "f.yaml", spots) == [value, key]


def test_nothing_is_located_at_the_beginning() -> None:
    assert parse.locate(b"", "f.yaml", [Spot(("a",))]) == [(1, 1)]


def test_what_is_broken_further_on_hinders_no_locating() -> None:
    spots = [Spot(("a", 1)), Spot(("b", "c"))]
    assert parse.locate(b"a: [x, y]\nb: &d e\n", "f.yaml", spots) == [(1, 8), (1, 1)]


def test_every_place_in_the_order_of_the_text() -> None:
    assert list(parse.places(b"a: [x, {b: y}]\nc: ~\n", "f.yaml")) == [
        ((), 1, 1),
        (("a",), 1, 4),
        (("a", 0), 1, 5),
        (("a", 1), 1, 8),
        (("a", 1, "b"), 1, 12),
        (("c",), 2, 4),
    ]
    assert list(parse.places(b"", "f.yaml")) == []


YAML_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), max_size=12
)
TREES = st.recursive(
    st.none() | YAML_TEXT,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(YAML_TEXT, below, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60)
@given(TREES)
def test_any_tree_of_quoted_strings_reads_back_the_same(value: parse.Tree) -> None:
    class Quoted(yaml.SafeDumper):
        def ignore_aliases(self, _: object) -> bool:
            return True

    Quoted.add_representer(
        str, lambda dumper, text: dumper.represent_scalar(_STRING, text, style='"')
    )
    text = yaml.dump({"a": value}, Dumper=Quoted, allow_unicode=True)
    assert tree(text) == {"a": value}


_STRING = "tag:yaml.org,2002:str"
