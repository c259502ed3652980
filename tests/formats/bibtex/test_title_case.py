"""Titles in Title Case: kept where they are printed as they stand, lowered where a .bib says so."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from bclm_cli.formats import registry
from bclm_cli.formats.bibtex import capitals, writer
from bclm_cli.formats.interface import Entry, Options
from bclm_cli.model.records import Reference
from bclm_cli.text.latex import ascii_
from bclm_cli.text.markup import marks
from bclm_cli.text.title_case import is_title_case
from support import csl_suite, title_trip
from support.papers import read_references
from support.paths import SHIPPED
from support.tools import needs

NOTHING = capitals.dictionary(frozenset())
# As they stand in CSL, and as they go to a .bib.
TITLES = {
    "Delirium in Mechanically Ventilated Patients":
        "Delirium in {Mechanically Ventilated Patients}",
    "Boundaries of Dissent: Protest and State Power in Mexico City":
        "Boundaries of {Dissent}: {Protest} and {State Power} in {Mexico City}",
    "Hot Spots or Hot Hands? A Study of Flat-Headed Cats in France":
        "Hot {Spots} or {Hot Hands}? {A Study} of {Flat-Headed Cats} in {France}",
    "“Hard” Cases, Easy Answers, and the “Third” Way":
        "``{Hard}'' {Cases}, {Easy Answers}, and the ``{Third}'' {Way}",
    "Genes of <i>Drosophila</i> in Brain Development":
        "Genes of {{\\emph{Drosophila}}} in {Brain Development}",
    "The Decline of <i>Mus musculus</i> and Related Species on Two Islands of Central Norway":
        "The {Decline} of \\emph{{Mus} musculus} and {Related Species} on {Two Islands} of "
        "{Central Norway}",
    "Roles of HER2 and p53 in Breast Cancer Metastasis":
        "Roles of {HER2} and {p53} in {Breast Cancer Metastasis}",
}  # fmt: skip


def from_csl(*titles: str) -> list[Reference]:
    authors = [{"family": "Sample", "given": "Ann"}]
    journal = {"type": "article-journal", "container-title": "Journal", "issued": "2012"}
    return title_trip.read({"title": title, "author": authors, **journal} for title in titles)


def from_bib(title: str, more: str = "") -> Reference:
    text = f"@article{{a, author={{Sample, Ann}}, title={{{title}}}, year=2012{more}}}"
    (entry,) = registry.reader("bibtex").read(text)
    assert isinstance(entry, Entry)
    return entry.reference


def written(references: list[Reference], form: str = "bibtex") -> list[str]:
    text = "".join(registry.writer(form).dump(references, Options()))
    return re.findall(r"^  title = \{(.*)\},$", text, re.MULTILINE)


def test_a_title_that_is_printed_as_it_stands_keeps_its_capitals() -> None:
    assert written(from_csl(*TITLES)) == [*TITLES.values()]
    plain = [title for title in TITLES.values() if "``" not in title]
    assert [title for title in written(from_csl(*TITLES), "biblatex") if "“" not in title] == plain


@pytest.mark.parametrize("form", ["ris", "nbib", "enw", "csv"])
def test_so_do_those_of_other_formats(form: str) -> None:
    text = {
        "ris": "TY  - JOUR\nTI  - Role of Mice in Two Large Studies of Cats\nER  - \n",
        "nbib": "PMID- 1\nTI  - Role of Mice in Two Large Studies of Cats\n",
        "enw": "%0 Journal Article\n%T Role of Mice in Two Large Studies of Cats\n",
        "csv": "title\nRole of Mice in Two Large Studies of Cats\n",
    }[form]
    (entry,) = (one for one in registry.reader(form).read(text) if isinstance(one, Entry))
    assert written([entry.reference._replace(id="a")]) == [
        "Role of {Mice} in {Two Large Studies} of {Cats}"
    ]


@pytest.mark.parametrize(
    ("latex", "unprotected", "again"),
    [
        ("Delirium in Mechanically Ventilated Patients", True, "the same"),
        ("The {\\\"U}ber Cells of \\emph{Mus Musculus} Strains", True, "the same"),
        # braces that the author wrote, in whatever way, stay
        ("Delirium in {Mechanically Ventilated Patients}", False, "the same"),
        ("Delirium in {Mechanically} {Ventilated} {Patients}", False,
         "Delirium in {Mechanically Ventilated Patients}"),
        ("{Delirium in Mechanically Ventilated Patients}", False,
         "Delirium in {Mechanically Ventilated Patients}"),
        ("Delirium in Mechanically Ventilated Patients of {Paris}", False,
         "Delirium in mechanically ventilated patients of {Paris}"),
        ("Delirium in ventilated patients", False, "the same"),
        ("The {p53} Pathway in Mechanically Ventilated Patients", True, "the same"),
    ],
)  # fmt: skip
def test_a_title_that_a_bib_leaves_to_the_style_stays_so(
    latex: str, unprotected: bool, again: str
) -> None:
    reference = from_bib(latex)
    assert reference.unprotected_title == unprotected
    assert written([reference]) == [latex if again == "the same" else again]


def test_capitals_of_another_language_are_never_left_to_the_style() -> None:
    reference = from_bib("Die Grundlagen der Logik und Mengenlehre", ", langid={ngerman}")
    assert not reference.unprotected_title
    assert written([reference]) == ["Die {Grundlagen} der {Logik} und {Mengenlehre}"]


def test_a_library_remembers_what_a_bib_said() -> None:
    reference = from_bib("Delirium in Mechanically Ventilated Patients")
    for form in ("csljson", "cslyaml"):
        text = "".join(registry.writer(form).dump([reference], Options()))
        (entry,) = registry.reader(form).read(text)
        assert isinstance(entry, Entry)
        assert written([entry.reference]) == ["Delirium in Mechanically Ventilated Patients"]


def test_no_ordinary_word_of_the_shipped_titles_is_in_braces() -> None:
    """They are in sentence case, so that the rule for Title Case touches none."""
    titles = [marks(one.title)[0] for one in read_references(SHIPPED / "references.yaml")]
    assert [title for title in titles if is_title_case(title)] == []
    assert [
        title
        for title in titles
        if capitals.protected(title, NOTHING) != capitals.protected(title, NOTHING, lowered=False)
    ] == []


@needs("python:pypandoc")
def test_pandoc_reads_the_titles_as_they_stand() -> None:
    references = from_csl(*TITLES)
    assert title_trip.trip(references) == (len(TITLES), len(TITLES), len(TITLES))


@pytest.mark.slow
@needs("python:pypandoc")
@pytest.mark.skipif(csl_suite.folder() is None, reason="the CSL test suite is not here")
def test_the_items_of_the_csl_suite_come_back_from_pandoc() -> None:
    folder = csl_suite.folder()
    assert folder is not None
    whole, but_for_capitals, items = title_trip.trip(title_trip.read(title_trip.of_suite(folder)))
    assert whole >= 0.965 * items
    assert but_for_capitals >= 0.986 * items


@pytest.mark.slow
@needs("bibtex")
@pytest.mark.parametrize("style", ["plain", "abbrv", "plainnat"])
def test_bibtex_prints_the_titles_as_they_stand(style: str, tmp_path: Path) -> None:
    """These styles lower every letter outside braces but the first, and those behind a colon."""
    text = "".join(registry.writer("bibtex").dump(from_csl(*TITLES), Options()))
    (tmp_path / "refs.bib").write_text(text)
    (tmp_path / "a.aux").write_text(f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n")
    subprocess.run(["bibtex", "a"], cwd=tmp_path, check=True, capture_output=True)
    printed = _bare((tmp_path / "a.bbl").read_text())
    assert [one for one in TITLES if _bare(writer.rich(one, ascii_)) not in printed] == []


def _bare(latex: str) -> str:
    return re.sub(r"[{}]", "", re.sub(r"\s+", " ", latex))
