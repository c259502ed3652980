"""Whether a record and a paper at hand are one work."""

from __future__ import annotations

import pytest

from bclm_cli.model.records import Reference
from bclm_cli.online import agree


def paper(family: str = "", year: str = "", literal: str = "") -> Reference:
    name = {"literal": literal} if literal else {"family": family, "given": "A"}
    fields = {"author": [name]} if family or literal else {}
    issued = {"issued": year} if year else {}
    return Reference.from_csl(
        {"id": "x", "type": "article-journal", "title": "T", **fields, **issued}
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Role of TGF-β in Liver Metastasis", "Role of TGF-beta in liver metastasis.", True),
        ("RETRACTED: Tumour cells in the liver", "Tumor cells in the liver", True),
        ("Tumor cells in the liver sinusoid: a study", "Tumor cells in the liver sinusoid", True),
        ("Cells: a study", "Cells", False),
        ("Tumor cells in the liver", "Tumor cells in the lung", False),
        ("", "", False),
    ],
)
def test_titles(one: str, other: str, same: bool) -> None:
    assert agree.same_title(one, other) is same
    assert agree.same_title(other, one) is same


def test_another_work_agrees_in_neither_title_nor_author_and_year() -> None:
    ours = Reference.from_csl(
        {"id": "x", "type": "book", "title": "Tumor cells", "original-title": "Tumorzellen",
         "author": [{"family": "Example"}], "issued": "2012"}
    )  # fmt: skip
    other = ours._replace(text={"title": "Sea slugs"})
    assert not agree.is_other(ours, other)
    assert not agree.is_other(ours, paper("Sample")._replace(text={"title": "Tumorzellen"}))
    assert agree.is_other(ours, other._replace(names={}))
    assert agree.is_other(ours, other._replace(dates={}))
    assert not agree.is_other(other._replace(text={}), ours._replace(names={}))


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("Circulating tumor cells are precursors of metastasis in breast cancer",
         "Circulating tumor cell are precursors for metastasis in breast cancer", True),
        ("Circulating tumor cells are precursors of metastasis",
         "A catalog of beetles of the Canary Islands", False),
        ("", "x", False),
    ],
)  # fmt: skip
def test_titles_that_may_be_one(one: str, other: str, like: bool) -> None:
    assert agree.like_title(one, other) is like


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (paper("Müller"), paper("Muller"), True),
        (paper("van der Berg"), paper("Berg"), True),
        (paper("Example"), paper("Sample"), False),
        (paper(literal="Invented Group"), paper(literal="invented group"), True),
        (paper(), paper(), True),
        (paper("Example"), paper(), False),
    ],
)
def test_first_authors(one: Reference, other: Reference, same: bool) -> None:
    assert agree.same_author(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2012", "2012-08", True),
        ("2012", "2011", True),
        ("2012", "2010", False),
        ("2012", "", False),
    ],
)
def test_years(one: str, other: str, same: bool) -> None:
    assert agree.same_year(paper("E", one), paper("E", other)) is same
