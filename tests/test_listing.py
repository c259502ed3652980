"""A list settles its format and columns once, and only where they are needed."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from bclm_cli.errors import UsageError
from bclm_cli.listing import Listing
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


def test_hits_have_an_order_of_their_own(
    small: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = ("type", "id")
    Listing("search", ListOptions(fields="id,type"), fields).show_rows([("step", "one")])
    assert capsys.readouterr().out == "one\tstep\n"
    with pytest.raises(UsageError, match="--sort has no meaning for `search`"):
        Listing("search", ListOptions(sort="id"), fields).show_rows([])
