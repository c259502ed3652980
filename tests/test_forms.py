"""Forms of pages: shortened ends written out, and what only looks like one."""

from __future__ import annotations

import pytest

from bclm_cli import forms


@pytest.mark.parametrize(
    ("pages", "whole"),
    [
        ("105-9", "105-109"),
        ("S12-9", "S12-S19"),
        ("e12-e9", "e12-e19"),
        ("437-49; discussion 450-1", "437-449; discussion 450-451"),
        ("12-19, 25-8", "12-19, 25-28"),
        ("2020-01", "2020-01"),
        ("1234-12", "1234-12"),
        ("99-105", "99-105"),
        ("1-2-3", "1-2-3"),
        ("1032.e1-3", "1032.e1-3"),
        ("R12-S5", "R12-S5"),
        ("27", "27"),
    ],
)
def test_whole_range(pages: str, whole: str) -> None:
    assert forms.whole_range(pages) == whole
