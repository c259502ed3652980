"""Dates as databases and people write them keep the precision that they have."""

from __future__ import annotations

import pytest

from bclm_cli.formats import dates
from bclm_cli.model.dates import is_impossible


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2016-07-18T20:26:06+10:00", "2016-07-18"),
        ("2016-07-18T20:26:06.123Z", "2016-07-18"),
        ("2016-07-18T20:26-0500", "2016-07-18"),
        ("2016-07-18 20:26", "2016-07-18"),
        ("1999-01-XX", "1999-01"),
        ("1999-XX-XX", "1999"),
        ("1999-uu", "1999"),
        ("2021-02-30", "2021-02"),
        ("2012 Feb 30", "2012-02"),
        ("19000229", "1900-02"),
        ("20000229", "2000-02-29"),
        ("Jan./1992", "1992-01"),
        ("May/Jun 1992", "1992-05/1992-06"),
        ("12/2004", "2004-12"),
        ("12/03/2004", "2004"),
        ("25/03/2004", "2004-03-25"),
        ("03/25/2004", "2004-03-25"),
        ("04/04/2004", "2004-04-04"),
        ("19-July-2008", "2008-07-19"),
        ("in press", "in press"),
    ],
)
def test_a_date(text: str, iso: str) -> None:
    assert (str(dates.exact(text)), str(dates.date(text))) == (iso, iso)


@pytest.mark.parametrize(
    ("month", "day", "iso"),
    [
        ("2 sep", "", "2012-09-02"),
        ("sep 2", "", "2012-09-02"),
        ("sep\u00a02", "", "2012-09-02"),
        ("2nd September", "", "2012-09-02"),
        ("1-5 sep", "", "2012-09"),
        ("jan-feb", "", "2012-01/2012-02"),
        ("9", "2", "2012-09-02"),
        ("feb", "30", "2012-02"),
    ],
)
def test_month_and_day_of_bibtex(month: str, day: str, iso: str) -> None:
    assert str(dates.year_month("2012", month, day)) == iso


@pytest.mark.parametrize("text", ["2021-02-30", "2021-13", "2021-04-31", "2020-01/2021-02-29"])
def test_what_the_calendar_has_not(text: str) -> None:
    assert is_impossible(text)


@pytest.mark.parametrize("text", ["2020-02-29", "2021-21", "2021-00", "2012/..", "soon", "2012~"])
def test_what_it_has(text: str) -> None:
    assert not is_impossible(text)
