"""Where entries and fields stand: the same as the reader cuts, with their places."""

from __future__ import annotations

import pytest

from bclm_cli.formats.bibtex import spans
from bclm_cli.formats.bibtex.blocks import Block, blocks

TEXT = """\
@string{jex = {Journal}}
@comment{@article{no, title={No}}}
 @Article {key-1 ,
  Title = {One {deep {er}} title},
  journal = jex # " of " # {Examples},
  year=2001, note = "quoted {"} sign"
}
@article(two, title={Two}, pages = {1--2},)
@article{broken, title={Open,
@book{three,title={Three}}
"""


def test_the_parts_of_an_entry() -> None:
    first, second, third = spans.entries(TEXT)
    assert (first.type, TEXT[slice(*first.key)]) == ("article", "key-1")
    assert [(field.name, TEXT[slice(*field.value)]) for field in first.fields] == [
        ("title", "{One {deep {er}} title}"),
        ("journal", 'jex # " of " # {Examples}'),
        ("year", "2001"),
        ("note", '"quoted {"} sign"'),
    ]
    inner = [TEXT[slice(*field.inner)] if field.inner else None for field in first.fields]
    assert inner == ["One {deep {er}} title", None, None, 'quoted {"} sign']
    assert TEXT[second.start : second.end] == "@article(two, title={Two}, pages = {1--2},)"
    title = second.field("nothing", "title")
    assert title
    assert TEXT[title.start : title.value[1]] == "title={Two}"
    assert second.field("nothing") is None
    assert TEXT[third.start : third.end] == "@book{three,title={Three}}"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "whole", [TEXT, "@book{a, title={A}} @book{b, title={B}}@comment{c}\t@book{d, year=1}\n"]
)
def test_the_reader_finds_the_same(newline: str, whole: str) -> None:
    text = whole.replace("\n", newline)
    found = {
        text[slice(*entry.key)]: [field.name for field in entry.fields]
        for entry in spans.entries(text)
    }
    read = {one.key: list(one.fields) for one in blocks(text) if isinstance(one, Block)}
    assert found == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "@article",
        "@article{",
        "@article{a",
        "@article{a,",
        "@article{a, b",
        "@article{a, b=",
        "@string{a",
    ],
)
def test_what_is_not_whole_is_passed_over(text: str) -> None:
    assert list(spans.entries(text)) == []


@pytest.mark.parametrize(
    ("begun", "key"),
    [
        ("a=b, title={T}", "a=b"),
        ("url:https://example.org/x?id=3,\n title={T}", "url:https://example.org/x?id=3"),
        ("https://example.org/id=3, title={T}", "https://example.org/id=3"),
        ('a"b, title={T}', 'a"b'),
        ("id=5, title={T}", "id=5"),
        ("key\n title={T}", "key"),
        ("title={T}, year=2001", ""),
        ("title = t, year=2001", ""),
        ('title="T", year=2001', ""),
        ("year=2001, title={T}", ""),
        ("\n  Year=2001, title={T}", ""),
    ],
)
def test_a_key_and_a_first_field_are_told_apart(begun: str, key: str) -> None:
    """BibTeX ends a key at a comma or a space; where it is forgotten, a field stands first."""
    text = f"@misc{{{begun}}}\n"
    (block,) = (one for one in blocks(text) if isinstance(one, Block))
    assert (block.key, "title" in block.fields) == (key, True)
    assert [text[slice(*one.key)] for one in spans.entries(text)] == ([key] if key else [])
