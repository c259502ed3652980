"""Titles in Title Case become sentences where braces say which capitals count."""

from __future__ import annotations

import pytest

from bclm_cli.formats import registry
from bclm_cli.formats.bibtex.sentence_case import sentence_case
from bclm_cli.formats.interface import Entry


@pytest.mark.parametrize(
    ("latex", "sentence"),
    [
        ("{WNT} Signaling in Cancer of the Liver", "{WNT} signaling in cancer of the liver"),
        ("{WNT} Signaling in Cancer", "{WNT} signaling in cancer"),
        ("Hallmarks of Cancer: The Next {TGF}-beta Signals",
         "Hallmarks of cancer: The next {TGF}-beta signals"),
        ("Throwing Out the Baby With Water: A Comment on {Green} and {Kim}",
         "Throwing out the baby with water: A comment on {Green} and {Kim}"),
        ("Time-Series Analysis and X-Ray Studies in {A}ustralia",
         "Time-series analysis and X-ray studies in {A}ustralia"),
        ("Is It So? Perhaps a Study of Cells in {Japan}",
         "Is it so? Perhaps a study of cells in {Japan}"),
        (r"M\"uller Cells and Others in {B}erlin Study Groups",
         r"M\"uller cells and others in {B}erlin study groups"),
        ("DNA Repair in {Mouse} Cells of the Liver", "DNA repair in {Mouse} cells of the liver"),
    ],
)  # fmt: skip
def test_what_no_brace_holds_is_in_lower_case(latex: str, sentence: str) -> None:
    assert sentence_case(latex) == sentence


@pytest.mark.parametrize(
    "latex",
    [
        "Hallmarks of Cancer: The Next Generation",  # no brace: nobody says what counts
        "{Hallmarks of Cancer: The Next Generation}",  # braces round all
        "Made-up granules of the {Golgi} in liver cells",  # a sentence
        r"Studies of Liver Cells in \emph{Mus Musculus} Strains",  # a command's argument
        r"Studies of {\'E}lo Cells in Other Strains",  # an accent
        "{Golgi} Today",  # too short to tell
    ],
)
def test_other_titles_stay(latex: str) -> None:
    assert sentence_case(latex) == latex


@pytest.mark.parametrize(
    ("language", "title"),
    [("", "On cells of Japan in liver studies"), ("english", "On cells of Japan in liver studies"),
     ("ngerman", "On Cells of Japan in Liver Studies")],
)  # fmt: skip
def test_only_english_titles(language: str, title: str) -> None:
    text = f"@book{{a, title={{On Cells of {{Japan}} in Liver Studies}}, langid={{{language}}}}}"
    (entry,) = registry.reader("bibtex").read(text)
    assert isinstance(entry, Entry)
    assert entry.reference.title == title
