"""The text cases of the specification."""

from __future__ import annotations

import pytest

from bclm_cli.csl import rich_text, text_case


@pytest.mark.parametrize(
    ("title", "cased"),
    [
        ("the role of CXCR4 and 2B in the e-mail age end", "The Role of CXCR4 and 2B in the "
         "e-Mail Age End"),
        ("β1 integrin and 5 μg: a study", "β1 Integrin and 5 μg: A Study"),
        ("is it? a question. the answer", "Is It? A Question. The Answer"),
        ('mRNA of <span class="nocase">drosophila</span> in a fly', "mRNA of drosophila in a Fly"),
        ("what is this for", "What Is This For"),
        ("a/b tests (see here)", "A/b Tests (See Here)"),
    ],
)  # fmt: skip
def test_title_case(title: str, cased: str) -> None:
    assert rich_text.strip(text_case.change(rich_text.read(title), "title")) == cased


@pytest.mark.parametrize(
    ("case", "text"),
    [("sentence", "The role of CXCR4 in cells"), ("lowercase", "the role of cxcr4 in cells"),
     ("uppercase", "THE ROLE OF CXCR4 IN CELLS"), ("capitalize-all", "The Role Of CXCR4 In Cells"),
     ("capitalize-first", "The Role of CXCR4 in cells"), ("no such case", "the Role of CXCR4 in "
      "cells")],
)  # fmt: skip
def test_other_cases(case: str, text: str) -> None:
    assert text_case.change("the Role of CXCR4 in cells", case) == text


def test_symbols_keep_their_capital_in_sentence_case() -> None:
    title = "Notch1 and Her2 in Breast Cancer, JAK2-Stat5 and A Role"
    assert text_case.change(title, "sentence") == (
        "Notch1 and Her2 in breast cancer, JAK2-Stat5 and a role"
    )
