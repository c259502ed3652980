"""Forms of DOIs and pages: the good form of a nearly good one, nothing of anything else."""

from __future__ import annotations

import pytest

from bclm_cli.identifiers import bare_doi, letters
from bclm_cli.text.pages import hyphenated, whole_range


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/abc", "10.1000/abc"),
        ("doi: 10.1000/abc ", "10.1000/abc"),
        ("https://doi.org/10.1000/abc", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/abc", "10.1000/abc"),
        ("https://www.doi.org/10.1000/abc", "10.1000/abc"),
        ("doi.org/10.1000/a%3Cb%3E", "10.1000/a<b>"),
        ("https://doi.org/10.1000/abc?utm_source=x", ""),
        ("https://doi.org/10.1000/abc#abstract", ""),
        ("10.1002/(SICI)1(1998)1:1<1::A>3.0.CO;2-#", "10.1002/(SICI)1(1998)1:1<1::A>3.0.CO;2-#"),
        ("pmid 10.1000/abc", ""),
        ("abc", ""),
    ],
)  # fmt: skip
def test_doi(text: str, doi: str) -> None:
    assert bare_doi(text) == doi


@pytest.mark.parametrize(
    ("pages", "hyphen", "whole"),
    [
        ("105-9", "105-9", "105-109"),
        ("105–9", "105-9", "105-109"),
        ("S105 -- 9", "S105-9", "S105-S109"),
        ("12 - 19", "12-19", "12-19"),
        ("12 -19", "12-19", "12-19"),
        ("1-10, 15", "1-10, 15", "1-10, 15"),
        ("2020-01", "2020-01", "2020-01"),
        ("1234-12", "1234-12", "1234-12"),
        ("99-3", "99-3", "99-3"),
        ("e136215", "e136215", "e136215"),
        ("S12-9", "S12-9", "S12-S19"),
        ("e12-e9", "e12-e9", "e12-e19"),
        ("437-49; discussion 450–1", "437-49; discussion 450-1", "437-449; discussion 450-451"),
        ("1-2-3", "1-2-3", "1-2-3"),
        ("1032.e1-3", "1032.e1-3", "1032.e1-3"),
        ("R12-S5", "R12-S5", "R12-S5"),
    ],
)
def test_pages(pages: str, hyphen: str, whole: str) -> None:
    assert hyphenated(pages) == hyphen
    assert whole_range(hyphen) == whole


def test_letters() -> None:
    numbers = (1, 2, 26, 27, 52, 53, 702, 703)
    assert [letters(number) for number in numbers] == [
        "a", "b", "z", "aa", "az", "ba", "zz", "aaa",
    ]  # fmt: skip
