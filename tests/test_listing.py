"""A list settles its format and columns once, and only where they are needed."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from bclm_cli.errors import UsageError
from bclm_cli.listing import Listing
from bclm_cli.model.records import Row, Step
from bclm_cli.options.groups import ListOptions
from bclm_cli.query import FIELDS, Library, Selection
from support.program import Program


def test_a_pipe_takes_rows_and_a_text_takes_cards(small: Program) -> None:
    rows, cards = Listing("steps", ListOptions()), Listing("steps", ListOptions(format="text"))
    assert (rows.format, rows.is_for_readers, rows.is_cards) == ("tsv", False, False)
    assert (cards.format, cards.is_for_readers, cards.is_cards) == ("text", True, True)
    assert not Listing("steps", ListOptions(format="text", sort="name")).is_cards


def test_the_file_decides_the_format_unless_a_flag_does(small: Program) -> None:
    file = Path("steps.json")
    assert Listing("steps", ListOptions(file=file)).format == "json"
    assert Listing("steps", ListOptions(file=file, format="csv")).format == "csv"
    assert Listing("steps", ListOptions(file=Path("steps"))).format == "tsv"
    with pytest.raises(UsageError, match="--json and -f csv contradict each other"):
        assert Listing("steps", ListOptions(format="csv", json=True)).format


def test_columns_are_those_asked_for_once_each(small: Program) -> None:
    assert Listing("steps", ListOptions(fields="name, id,name")).columns == ("name", "id")
    assert Listing("search", ListOptions(fields="id"), ("type", "id")).columns == ("id",)
    with pytest.raises(UsageError, match="--fields names no field"):
        assert Listing("steps", ListOptions(fields=" , ")).columns


def test_help_lists_what_there_is_and_ends(
    small: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        Listing("steps", ListOptions(fields="help")).show(Library(), Selection())
    assert capsys.readouterr().out.splitlines() == list(FIELDS["steps"])


def test_rows_that_repeat_are_left_out_before_the_limit(
    small: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ListOptions(fields="step", limit=2)
    Listing("claims", options).show(Library(), Selection(), distinct=True)
    assert capsys.readouterr().out == "departure\ndeparture-lounge\n"


ROWS: list[Row] = [("b", "here", 2), ("a", "there", None), ("C", "nowhere", 1), ("d", "here", 10)]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        (None, "baCd"),
        ("name", "abCd"),
        ("-name", "dCba"),
        ("step", "abdC"),
        ("-step", "bdaC"),
        ("count", "Cbda"),
        ("-count", "dbCa"),
        ("step,-count", "adbC"),
    ],
)
def test_rows_that_are_no_list_of_the_store_are_sorted_alike(
    small: Program, capsys: pytest.CaptureFixture[str], sort: str | None, names: str
) -> None:
    """Without regard to case, numbers as numbers, steps in their order, what is absent last."""
    steps = [Step(number, id_, "", "", "", "") for number, id_ in enumerate(("there", "here"), 1)]
    options = ListOptions(fields="name", sort=sort)
    Listing("search", options, ("name", "step", "count")).show_rows(ROWS, steps=steps)
    assert capsys.readouterr().out == "".join(f"{name}\n" for name in names)


def test_fields_to_sort_by_that_are_none(small: Program) -> None:
    with pytest.raises(UsageError, match="no field 'size'"):
        Listing("search", ListOptions(sort="id,-size"), ("type", "id")).show_rows([])
