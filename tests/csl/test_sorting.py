"""The order of words."""

from __future__ import annotations

from bclm_cli.csl import sorting


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
