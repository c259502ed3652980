"""Title Case is told from sentence case by the words that could be small."""

from __future__ import annotations

import pytest

from bclm_cli.text.title_case import is_title_case


@pytest.mark.parametrize(
    ("title", "is_so"),
    [
        ("Breast Cancer Cells Reach the Liver", True),
        ("Delirium in Mechanically Ventilated Patients", True),
        ("Metastasis From Liver With Brain Involvement", True),
        ("Breast cancer cells reach the Liver", False),
        ("How Camillo Golgi became Camillo Golgi", False),
        ("Kupffer and Ito cells", False),
        ("The Lancet", False),
    ],
)
def test_title_case(title: str, is_so: bool) -> None:
    assert is_title_case(title) is is_so
