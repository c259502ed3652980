"""Control characters: one table of sets, and everything that must not let them through."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest

from bclm_cli import render
from bclm_cli.formats import registry
from bclm_cli.formats.clean import clean
from bclm_cli.formats.interface import Options
from bclm_cli.graph import labels
from bclm_cli.model.records import Reference
from bclm_cli.text import control_chars
from bclm_cli.text.control_chars import codes, one_line, printable, visible
from bclm_cli.views import Table

CONTROLS = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cc"]
HARMFUL = "".join(
    [
        *CONTROLS,
        "\u2028\u2029\ufeff",
        *map(chr, codes(control_chars.BIDI)),
        "\ud800\udfff\ufdd0\uffff",
    ]
)


def test_the_sets_are_what_unicode_says() -> None:
    assert [*map(chr, codes(control_chars.CONTROL))] == CONTROLS
    bidi = {"LRM", "RLM", "LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    assert len([*codes(control_chars.BIDI)]) == len(bidi)
    assert [*codes("a-cx\n")] == [97, 98, 99, 120, 10]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain", "plain"),
        ("  two\t\tspaces \n and a line ", "two spaces and a line"),
        ("a\u2028b\x85c\x0bd", "a b c d"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("a\x00b\x9fc\ufeff\ufdd0\uffffd", "abcd"),
        ("half \ud800 a sign", "half \ufffd a sign"),
        ("e\u0301", "é"),
        ("\u00a0kept\u00a0inside\u00a0", "kept\u00a0inside"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line
    assert clean(text) == line


def test_a_terminal_gets_pictures() -> None:
    assert visible("a\x1b[31m\x7f\u202eb\x9b") == "a␛[31m␡\ufffdb\ufffd"
    assert printable("a\x1b\u202eb") == "a\ufffd\ufffdb"


@pytest.mark.parametrize("form", sorted({*render.FORMATS} - {"json", "jsonl"}))
def test_lists_hold_none(form: str) -> None:
    text = "".join(render.table(Table(("a",), [(f"x{HARMFUL[:-4]}y",)]), form, header=False))
    assert re.findall(f"[{control_chars.CONTROL_IN_LINES}{control_chars.BIDI}]", text) == []


@pytest.mark.parametrize("name", registry.writer_names())
def test_bibliographies_hold_none(name: str) -> None:
    paper = Reference.from_csl({"id": "a", "type": "book", "title": f"One {HARMFUL} title"})
    text = "".join(registry.writer(name).dump([paper], Options())).removeprefix("\ufeff")
    found = re.findall(f"[{control_chars.CONTROL_IN_LINES}{control_chars.SURROGATES}\uffff]", text)
    assert [sign for sign in found if sign != "\r"] == []
    io.StringIO(text).read().encode()


def test_labels_hold_none() -> None:
    assert labels.clean(f"a{HARMFUL}b") == "a b"
