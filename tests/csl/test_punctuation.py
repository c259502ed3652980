"""Punctuation where two parts meet, and at quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bclm_cli.csl import punctuation, rich_text


@given(st.lists(st.text("ab.,;:!? ", min_size=1, max_size=4), max_size=6))
def test_no_sign_is_doubled_where_parts_meet(parts: list[str]) -> None:
    joined = punctuation.join([rich_text.wrap("italic", part) for part in parts], ". ")
    assert rich_text.strip(joined) == rich_text.strip(punctuation.join(parts, ". "))


@pytest.mark.parametrize(
    ("left", "right", "met"),
    [("al.", ".", "al."), ("why?", ".", "why?"), ("why?", ",", "why?,"), ("a:", ".", "a:"),
     ("a ", " b", "a b"), ("a ", ".", "a."), ("a: ", ". b", "a: b"), ("", ".", "."),
     ("a,", "", "a,"), ("a.", "..", "a.")],
)  # fmt: skip
def test_two_parts_meet(left: str, right: str, met: str) -> None:
    assert punctuation.concat(left, right) == met
    assert (
        rich_text.strip(
            punctuation.concat(rich_text.wrap("bold", left), rich_text.wrap("bold", right))
        )
        == met
    )


@pytest.mark.parametrize("after", ["", " "])
def test_the_full_stop_of_a_closed_quotation_is_enough(after: str) -> None:
    said = rich_text.wrap("italic", rich_text.wrap("quote", "So."))
    assert rich_text.strip(punctuation.concat(said + after, ".")) == f"So.{after}"


def test_a_full_stop_gives_way_to_a_question_within_quotation_marks() -> None:
    asked = rich_text.wrap("quote", "Why?")
    assert punctuation.concat(asked, ". Cell") == f"{asked} Cell"
    told = rich_text.wrap("quote", "So")
    assert punctuation.inside_quotes(f"{told}, {told}. b") == (
        f"{rich_text.wrap('quote', 'So,')} {rich_text.wrap('quote', 'So.')} b"
    )
