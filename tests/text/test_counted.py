"""Numbers of things: one alone has no plural, thousands are set apart."""

from __future__ import annotations

import pytest

from bclm_cli.text.counted import counted


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 papers"), (1, "1 paper"), (2, "2 papers"), (1234, "1,234 papers")]
)
def test_a_number_of_papers(number: int, shown: str) -> None:
    assert counted(number, "paper") == shown
