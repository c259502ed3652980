"""Page ranges: dashes, spaces and shortened ends."""

from __future__ import annotations

import pytest

from bclm_cli.text.pages import hyphenated, whole_range


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
        ("e00313–19", "e00313-19", "e00313-19"),
        ("00313-19", "00313-19", "00313-19"),
        ("10313-19", "10313-19", "10313-10319"),
        ("e0313-19", "e0313-19", "e0313-e0319"),
    ],
)
def test_pages(pages: str, hyphen: str, whole: str) -> None:
    assert hyphenated(pages) == hyphen
    assert whole_range(hyphen) == whole
