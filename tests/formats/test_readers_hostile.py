"""Hostile files end soon, with a clear word, and nothing in them is run or reaches a terminal."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bclm_cli.errors import DataError
from bclm_cli.formats import interface, registry
from bclm_cli.formats.csl import yaml_blocks
from bclm_cli.formats.interface import Entry, Problem
from bclm_cli.library.catalog import Keys
from bclm_cli.load import parse, validate
from fuzz.hostile import CASES
from support.paths import DATA

pytestmark = pytest.mark.slow

FILES = [path.read_bytes() for path in (DATA / "import").rglob("*") if path.is_file()]


def titles_and_faults(data: bytes, name: str | None) -> tuple[list[str], list[str]]:
    """What was read of a text and what was complained of; each entry must be writable."""
    titles, faults = [], []
    keys = Keys()
    try:
        for found in registry.read(data, "x", name):
            if isinstance(found, Problem):
                assert found.what.isprintable()
                faults.append(found.what)
                continue
            reference = found.reference._replace(id=keys.free(found.reference))
            keys.take(reference)
            (item, _) = parse.items((yaml_blocks.HEAD + yaml_blocks.block(reference)).encode(), "-")
            assert validate.reference(item.value) == reference
            titles.append(reference.title)
    except DataError as error:
        faults.append(str(error))
    return titles, faults


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_is_survived(case: str) -> None:
    name, make = CASES[case]
    titles, faults = titles_and_faults(make(30_000).encode(), name)
    assert titles or faults


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        ("open braces", "the value of title is not closed"),
        ("paired braces", "the value of title is not closed"),
        ("doubled @string", "it has over 1,000,000 characters|grow without end|has over"),
        ("crossref circle", "leads back to itself"),
        ("JSON brackets", "nested too deep|not valid JSON"),
        ("JSON faults", "given up after 100 faults of JSON"),
        ("YAML brackets", "nested deeper than"),
        ("YAML dashes", "nested deeper than"),
        ("YAML bomb", "anchors"),
        ("YAML merge keys", "merge keys"),
        ("YAML python tag", "tags"),
        ("Hayagriva brackets", "nested deeper than"),
        ("Hayagriva bomb", "anchors"),
        ("Hayagriva merge keys", "merge keys"),
        ("Hayagriva parents", "nested deeper than"),
        ("CSV JSON brackets", "not JSON"),
        ("CSV columns", "over 1,000 columns"),
        ("CSV quotes left open", "field larger than field limit|it has no title"),
    ],
)
def test_the_reason_is_said(case: str, fault: str) -> None:
    name, make = CASES[case]
    _, faults = titles_and_faults(make(30_000).encode(), name)
    assert any(any(part in found for part in fault.split("|")) for found in faults), faults[:3]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "x: this is a PDF"),
        (b"PK\x03\x04", "x: this is a zip or Office file"),
        (b"<?xml version='1.0'?><xml><records/></xml>", "x: this is XML or HTML"),
        (b"\xef\xbb\xbf<PubmedArticleSet/>", "x: this is XML or HTML"),
        (b"TY  - JOUR\nTI  - \0x\n", "x:2: a NUL byte: this is no text"),
        (b"   \n", "x: the file is empty"),
        (b"just some words\n", "x: cannot tell the format"),
    ],
)
def test_what_is_no_bibliography_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(DataError) as caught:
        list(registry.read(data, "x"))
    assert str(caught.value).startswith(what)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bibtex", "@a{b, author={Example, Ann}, title={A \x1b[31mred\x1b[0m \x07 title\x9b}}"),
        ("bibtex", "@a{b, author={Example, Ann}, title={A &#27;red &#x1b; title}}"),
        ("ris", "TY  - JOUR\nTI  - A \x1b[31mred\x1b[0m title\nER  - \n"),
        ("nbib", "PMID- 1\nTI  - A \x1b[31mred\x1b[0m title\x85.\n"),
        ("enw", "%T A \x1b[31mred\x1b[0m title\n"),
        ("csljson", json.dumps([{"title": "A \x1b[31mred\x1b[0m title", "type": "book"}])),
        ("cslyaml", 'references:\n- id: a\n  title: "A \\e[31mred\\e[0m title"\n'),
        ("cslyaml", "references:\n- id: a\n  title: A \x1b[31mred\x1b[0m title\n"),
        ("hayagriva", 'a:\n  type: book\n  title: "A \\e[31mred\\e[0m title"\n'),
        ("csv", "key,title\na,A \x1b[31mred\x1b[0m title\n"),
        ("csv", 'key,title,other\na,A red title,"{""note"": ""\\u001b[31m""}"\n'),
    ],
)
def test_nothing_that_a_terminal_obeys_is_left(name: str, text: str) -> None:
    titles, _ = titles_and_faults(text.encode(), name)
    assert [" ".join(title.split()) for title in titles] == ["A red title"]


def test_too_many_problems_end_the_reading() -> None:
    found = list(registry.read(b"@a(\n" * 5_000, "x", "bibtex"))
    assert len(found) == registry.MAX_PROBLEMS + 1
    assert found[-1] == Problem(1002, "given up after 1,000 problems")


def test_a_half_good_file_is_read_to_its_end() -> None:
    text = "@a(\n@book{b,title={t}}\n" * 1_500
    found = list(registry.read(text.encode(), "x", "bibtex"))
    assert sum(isinstance(one, Entry) for one in found) == 1_500


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_damaged_files_are_survived(data: bytes, draw: st.DataObject) -> None:
    """A short smoke of what tests/fuzz/importers.py does for hours."""
    start = draw.draw(st.integers(0, len(data)))
    end = draw.draw(st.integers(start, min(len(data), start + 200)))
    junk = draw.draw(st.binary(max_size=20))
    name = draw.draw(st.sampled_from([*registry.reader_names(), None]))
    titles_and_faults(data[:start] + junk + data[end:], name)


def test_entries_with_parents_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry.reader("bibtex"), "MAX_HEIRS", 3)
    text = "@book{p,title={t}}\n" * 2 + "@book{k,title={t},crossref={p}}\n" * 4
    titles, faults = titles_and_faults(text.encode(), "bibtex")
    assert (len(titles), faults) == (5, ["over 3 entries with parents; split the file"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ris", "TY  - JOUR\nTI  - x\nER  - \n" * 6),
        ("bibtex", "@book{k,title={t}}\n" * 6),
        ("bibtex", "@book{k,title={t},crossref={k}}\n" * 2 + "@book{k,title={t}}\n" * 4),
        ("bibtex", "@xdata{k,title={t}}\n" * 2 + "@book{k,title={t}}\n" * 4),
    ],
)
def test_what_follows_too_many_entries_is_left_out_and_told(
    name: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (registry, interface, registry.reader("bibtex")):
        monkeypatch.setattr(module, "MAX_ENTRIES", 4)
    titles, faults = titles_and_faults(text.encode(), name)
    assert len(titles) <= 4
    assert faults[-1] == "over 4 entries; split the file"
