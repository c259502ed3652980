"""Forms of a list, read back by other readers; columns that fit; text that is harmless."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from bclm_cli import render
from bclm_cli.identifiers import address
from bclm_cli.model.records import Cell, Row
from bclm_cli.output import Output, visible
from bclm_cli.render.columns import GAP, Column, breaks, longest_piece, widths
from bclm_cli.views import Card, Reading, Span, Table
from support.program import Program

COLUMNS = ("text", "number", "list")
cells = st.text(st.characters(codec="utf-8"))
rows = st.lists(
    st.tuples(st.none() | cells, st.none() | st.integers(), st.lists(cells).map(tuple)), max_size=4
)
HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def shown(form: str, found: list[Row], *, header: bool = True) -> str:
    return "".join(render.table(Table(COLUMNS, iter(found)), form, header=header))


def joined(cell: Cell) -> str:
    return "" if cell is None else "; ".join(cell) if isinstance(cell, tuple) else str(cell)


@given(rows)
def test_json_comes_back_as_it_was(found: list[Row]) -> None:
    wanted = [dict(zip(COLUMNS, [row[0], row[1], list(row[2])], strict=True)) for row in found]
    assert json.loads(shown("json", found)) == wanted
    assert [json.loads(line) for line in shown("jsonl", found).split("\n")[:-1]] == wanted


@given(rows)
def test_yaml_comes_back_as_it_was(found: list[Row]) -> None:
    wanted = [dict(zip(COLUMNS, [row[0], row[1], list(row[2])], strict=True)) for row in found]
    assert yaml.safe_load(shown("yaml", found)) == wanted


@given(rows)
def test_csv_and_tsv_have_a_line_a_row_and_a_cell_a_value(found: list[Row]) -> None:
    tsv = [line.split("\t") for line in shown("tsv", found).split("\n")[:-1]]
    read = list(csv.reader(io.StringIO(shown("csv", found), newline="")))
    assert read[0] == tsv[0] == list(COLUMNS)
    assert [len(row) for row in read] == [len(row) for row in tsv] == [3] * (len(found) + 1)
    for row, line in zip(found, read[1:], strict=True):
        if joined(row[0]).isprintable():
            assert line[0] == joined(row[0])


ODD = "\u202ebib.\u2066x\u2069 \u200f \x9b31m\x7f \x1b[31m \u2028: # ü"


@given(rows, st.sampled_from(sorted(render.FORMATS)))
@example([(ODD, 1, (ODD, "plain\xa0space"))], "yaml")
def test_no_form_sends_what_a_terminal_obeys(found: list[Row], form: str) -> None:
    assert not HARMFUL.search(shown(form, found))


def test_yaml_escapes_what_json_escapes() -> None:
    assert shown("yaml", [("\u202ebib. ü", 1, ("plain\xa0ü",))]) == (
        '- text: "\\u202ebib. ü"\n  number: 1\n  list:\n    - plain\xa0ü\n'
    )
    assert yaml.safe_load(shown("yaml", [(ODD, 1, (ODD,))])) == [
        {"text": ODD, "number": 1, "list": [ODD]}
    ]


def test_forms_stream() -> None:
    def endless() -> object:
        while True:
            yield ("x", 1, ())

    for form in render.FORMATS:
        chunks = render.table(Table(COLUMNS, endless()), form, header=True)  # type: ignore[arg-type]
        assert "x" in "".join(next(chunks) for _ in range(3))


@given(st.text(st.characters(codec="utf-8")))
def test_visible_keeps_what_can_be_seen(text: str) -> None:
    assert not HARMFUL.search(visible(text))
    assert len(visible(text)) == len(text)
    if text.isprintable():
        assert visible(text) == text


# ---- columns


@given(
    st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1), st.integers(20, 200)
)
def test_widths_fit_or_there_are_none(sizes: list[tuple[int, int]], total: int) -> None:
    columns = [Column(max(size), min(size)) for size in sizes]
    found = widths(columns, total)
    room = total - GAP * (len(columns) - 1)
    if found is None:
        assert sum(column.least for column in columns) > room
        return
    assert sum(found) <= room
    assert all(c.least <= width <= c.natural for c, width in zip(columns, found, strict=True))
    if sum(column.natural for column in columns) <= room:
        assert found == [column.natural for column in columns]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("context-dependent", 10, ["context-", "dependent"]),
        ("an epithelial-mesenchymal one", 14, ["an epithelial-", "mesenchymal", "one"]),
        ("E-selectin is kept", 10, ["E-selectin", "is kept"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("肝転移", 4, ["肝転", "移"]),
        ("", 4, [""]),
    ],
)
def test_cells_are_broken_where_a_reader_would(text: str, width: int, lines: list[str]) -> None:
    at = [0, *breaks(text, width, cell_len), len(text)]
    found = [text[start:end].strip() for start, end in pairwise(at)]
    assert found == lines


@given(st.text(st.sampled_from("ab -/–肝")), st.integers(4, 20))
def test_broken_cells_fit(text: str, width: int) -> None:
    at = [0, *breaks(text, width, cell_len), len(text)]
    lines = [text[start:end] for start, end in pairwise(at)]
    assert "".join(lines) == text
    assert all(cell_len(line.rstrip()) <= width for line in lines if line.strip())
    assert longest_piece(text, cell_len) <= cell_len(text)


# ---- terminal text

PLAIN = Output(terminal=True, color=False, width=80, height=24)


def test_markup_and_emoji_codes_are_printed_as_they_are() -> None:
    odd = "[bold]x[/bold] [/] [link=file:///]y :mouse: \\[z] 3 < 4 \x1b[31m\x07\u202e"
    card = Card((Span(odd, "title"),), (("odd", (Span(odd),)),))
    text = "".join(render.text([card], PLAIN._replace(width=200)))
    seen = "[bold]x[/bold] [/] [link=file:///]y :mouse: \\[z] 3 < 4 ␛[31m␇\ufffd"
    assert text == f"{seen}\n  odd  {seen}\n"


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.integers(20, 100), st.booleans())
def test_no_line_is_wider_than_the_terminal(text: str, width: int, color: bool) -> None:
    out = PLAIN._replace(width=width, color=color)
    view = Reading(("key", "title"), iter([((Span("k", "key"),), (Span(text),))]))
    drawn = re.sub(r"\x1b\[[0-9;]*m", "", "".join(render.text(view, out)))
    assert not HARMFUL.search(drawn)
    assert max(map(cell_len, drawn.split("\n"))) <= width


@pytest.mark.slow
@pytest.mark.parametrize("width", [40, 50, 60, 80, 120])
@pytest.mark.parametrize(
    "line",
    ["", "steps", "steps 5", "tree 2", "factors", "claims --step 3", "refs", "search liver",
     "refs --fields key,title,authors,doi,journal", "claims --sort factor", "info"],
)  # fmt: skip
def test_answers_of_the_shipped_data_fit(shipped: Program, line: str, width: int) -> None:
    result = shipped(*line.split(), columns=width, env={"NO_COLOR": "1"})
    assert result.code == 0
    lines = [one for one in result.out.splitlines() if not one.strip().startswith("/")]  # a path
    wide = [one for one in lines if cell_len(one) > width]
    assert wide == []
    assert [one for one in result.out.splitlines() if one != one.rstrip()] == []


def test_a_path_is_never_broken(small: Program, tmp_path: Path) -> None:
    lab = tmp_path / "a folder with a long name" / "and-another-one-below-it-for-our-lab"
    lab.mkdir(parents=True)
    (lab / "references.yaml").write_text("references:\n  - {id: a, type: book, title: x}\n")
    shown = small("info", "--data", str(lab), columns=50, env={"NO_COLOR": "1"}).out
    assert f"\n{lab}\n  {lab}/references.yaml\n  1 reference\n" in shown


@pytest.mark.parametrize(
    ("kind", "identifier", "wanted"),
    [
        ("doi", "10.1/a", "https://doi.org/10.1/a"),
        ("doi", "10.1/a;b<c>#d?e%f g\x1b", "https://doi.org/10.1/a%3Bb%3Cc%3E%23d%3Fe%25f%20g%1B"),
        ("pmid", "7", "https://pubmed.ncbi.nlm.nih.gov/7"),
        ("url", "https://example.org/ü?a=b", "https://example.org/%C3%BC?a=b"),
        ("url", "file:///etc/passwd", ""),
        ("url", "javascript:alert(1)", ""),
        ("doi", "", ""),
    ],
)
def test_addresses(kind: str, identifier: str, wanted: str) -> None:
    assert address(kind, identifier) == wanted
