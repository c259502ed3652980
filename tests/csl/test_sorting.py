"""The order of words."""

from __future__ import annotations

from bclm_cli.csl import dates, sorting


def test_the_order_of_words() -> None:
    texts = [
        "Müller B",
        "Muller A",
        "Mueller",
        "Łącki",
        "Lacki",
        "lacki b",
        "O’Hara",
        "Ohara",
        "Øre",
    ]
    assert sorted(texts, key=sorting.collation) == [
        "Lacki", "Łącki", "lacki b", "Mueller", "Muller A", "Müller B", "O’Hara", "Ohara", "Øre",
    ]  # fmt: skip


def test_dates_come_before_words() -> None:
    years = [dates.sort_key(dates.Date((year,))) for year in (-100, -44, 33, 1999, 2024)]
    texts = [*years, "forthcoming", "in press"]
    assert sorted([*texts[4:], *texts[:4]], key=sorting.collation) == texts
