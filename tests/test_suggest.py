"""Guesses at what was meant."""

from __future__ import annotations

import pytest

from bclm_cli.model.records import SITES, SYSTEMS
from bclm_cli.suggest import missing, near, shortened


@pytest.mark.parametrize(
    ("name", "guesses"),
    [
        ("human", ["human cohort", "human tissue"]),
        ("Mouse", ["mouse model"]),
        ("zebra fish", ["zebrafish"]),
        ("hum", []),
        ("", []),
    ],
)
def test_a_name_finds_what_begins_with_it_and_what_looks_like_it(
    name: str, guesses: list[str]
) -> None:
    assert near(name, SYSTEMS) == guesses


def test_letters_of_any_case_look_alike() -> None:
    assert near("LIVR", SITES) == ["liver"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("nobody", "'nobody'"),
        (r"\cite{x}", r"'\cite{x}'"),
        ("d'Example", '"d\'Example"'),
        ("5' and 3\"", "'5' and 3\"'"),
        ("\x1b[31m", r"'\x1b[31m'"),
    ],
)
def test_a_name_is_quoted_as_it_was_typed(typed: str, shown: str) -> None:
    assert missing("paper", typed, ()) == f"no paper {shown}"


@pytest.mark.parametrize(
    ("names", "shown"),
    [("", ""), ("a", "a"), ("a b c", "a, b, c"), ("a b c d", "a, b, c and 1 more")],
)
def test_the_first_of_many_names(names: str, shown: str) -> None:
    assert shortened(names.split(), 3) == shown
