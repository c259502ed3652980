"""Page ranges, and when a value is a number."""

from __future__ import annotations

import pytest

from bclm_cli.csl import numbers


@pytest.mark.parametrize(
    ("pages", "expanded", "minimal", "two", "chicago"),
    [
        ("105-9", "105–109", "105–9", "105–09", "105–9"),
        ("1110–1122", "1110–1122", "1110–22", "1110–22", "1110–22"),
        ("1496-1504", "1496–1504", "1496–504", "1496–504", "1496–1504"),
        ("100-104", "100–104", "100–4", "100–04", "100–104"),
        ("3-10", "3–10", "3–10", "3–10", "3–10"),
        ("S1-S12", "S1–S12", "S1–12", "S1–12", "S1–12"),
        ("e136215", "e136215", "e136215", "e136215", "e136215"),
        ("1-10, 15, 20-22", "1–10, 15, 20–22", "1–10, 15, 20–2", "1–10, 15, 20–22",
         "1–10, 15, 20–22"),
        ("3902-3915.e6", "3902–3915.e6", "3902–3915.e6", "3902–3915.e6", "3902–3915.e6"),
        ("10-2-3", "10-2-3", "10-2-3", "10-2-3", "10-2-3"),
        ("9-", "9–", "9–", "9–", "9–"),
    ],
)  # fmt: skip
def test_pages(pages: str, expanded: str, minimal: str, two: str, chicago: str) -> None:
    rules = ("expanded", "minimal", "minimal-two", "chicago")
    assert [numbers.pages(pages, rule, "–") for rule in rules] == [expanded, minimal, two, chicago]


def test_chicago_in_its_sixteenth_edition() -> None:
    assert numbers.pages("1496-1504", "chicago-16", "–") == "1496–504"


@pytest.mark.parametrize("value", ["1", "12S", "e136215", "1-2", "1, 3 & 5", "S1–S12"])
def test_numbers(value: str) -> None:
    assert numbers.is_numeric(value)


@pytest.mark.parametrize("value", ["", "II", "1/2", "1.10", "4+", "Suppl 2", "TR-06/1"])
def test_no_numbers(value: str) -> None:
    assert not numbers.is_numeric(value)
