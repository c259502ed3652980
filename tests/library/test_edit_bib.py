"""An author's .bib is mended and added to without touching another byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from bclm_cli.errors import DataError
from bclm_cli.library import edit_bib
from bclm_cli.library.edit_bib import Text

TERMS = frozenset({"CXCR4"})
OLD = """\
% my papers, with care
@string{jex = {J Examples}}

@article{one2001,
    title   = {CXCR4 in α cells},
    journal = jex,
    pages   = {1-5},
    doi     = {https://doi.org/10.1000/one},
    x-shelf = {3 & 4},
}
"""
NEW = """\
% my papers, with care
@string{jex = {J Examples}}

@article{one2001,
    title   = {{CXCR4} in $\\alpha$ cells},
    journal = jex,
    pages   = {1--5},
    doi     = {10.1000/one},
    x-shelf = {3 & 4},
}
"""


def mended(text: str) -> str:
    return edit_bib.mended(Text(text, "utf-8"), TERMS)[0]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_values_are_mended_and_every_other_byte_stays(newline: str) -> None:
    assert mended(OLD.replace("\n", newline)) == NEW.replace("\n", newline)
    assert mended(NEW) == NEW


def test_names_with_greek_letters_are_protected_as_the_data_spells_them() -> None:
    text = "@article{{a, title={{Loss of {} & CXCR4}}}}\n"
    new, changes = edit_bib.mended(
        Text(text.format("TGF-β1"), "utf-8"), frozenset({"TGF-β1", "CXCR4"})
    )
    assert new == "@article{a, title={Loss of {TGF-$\\beta$1} \\& {CXCR4}}}\n"
    assert [change.what for change in changes] == ["characters"]
    assert mended(new) == new


def test_the_name_of_a_string_stays() -> None:
    text = "@article{a, title = CXCR4, journal = j_clin, doi = doi_1, pages = {1-5}}\n"
    assert mended(text) == text.replace("1-5", "1--5")


def test_a_value_that_would_end_its_delimiters_stays() -> None:
    text = '@article{a, doi = "doi:10.1000/{"}x", pages = {1-5}}\n@article{b, url = "URL"}\n'
    text = text.replace("URL", 'https://doi.org/10.1000/{"}x')
    assert mended(text) == text.replace("1-5", "1--5")


def test_the_changes_say_what_they_are() -> None:
    _, changes = edit_bib.mended(Text(OLD, "utf-8"), TERMS)
    assert [change.what for change in changes] == ["characters", "pages", "DOI"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("url = {https://doi.org/10.1000/x},\n year=2001", "doi = {10.1000/x},\n year=2001"),
        ('URL   = "http://dx.doi.org/10.1000/x"', 'DOI   = "10.1000/x"'),
        ("Url={https://doi.org/10.1000/x}, pages={1-2}", "doi={10.1000/x}, pages={1--2}"),
        ("url = {https://doi.org/10.1000/x}, doi = {10.1000/x}", None),
        ("url = {https://doi.org/10.1000/x}, doi = {10.1000/y}", None),
        ("doi = {}, url = {https://doi.org/10.1000/x}", None),
        ("url = {https://doi.org/10.1000/x}, url = {https://example.org}", None),
        ('url = "https://doi.org/" # "10.1000/x"', None),
        ("url = {https://example.org/10.1000/x}", None),
        ("note = {https://doi.org/10.1000/x}", None),
    ],
)
def test_the_address_of_a_doi_becomes_the_doi_that_is_missing(old: str, new: str | None) -> None:
    text = "@article{{a, title={{A}},\n {} }}\n"
    assert mended(text.format(old)) == text.format(new or old)


def test_an_entry_that_stands_twice_is_taken_out() -> None:
    twice = "@book{a, title = {A}}\n\n@book{a,\n title={A} }\n% end\n"
    assert mended(twice) == "@book{a, title = {A}}\n\n% end\n"


def test_another_entry_of_a_key_gets_a_letter() -> None:
    text = "@book{a, title={A}}\n@book{aa, title={B}}\n@book{a, title={C}}\n@book{a, title={D}}\n"
    assert mended(text) == (
        "@book{a, title={A}}\n@book{aa, title={B}}\n@book{ab, title={C}}\n@book{ac, title={D}}\n"
    )


def test_an_older_encoding_keeps_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "old.bib"
    path.write_bytes("@book{a, title={Über CXCR4}, doi={doi:10.1000/a}}".encode("latin-1"))
    file = edit_bib.current(path)
    assert file is not None
    text, _ = edit_bib.mended(file, TERMS)
    assert text.encode(file.encoding) == (
        "@book{a, title={Über {CXCR4}}, doi={10.1000/a}}".encode("latin-1")
    )


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    path = tmp_path / "bom.bib"
    path.write_text("@book{a, pages={1-5}}", encoding="utf-8-sig")
    file = edit_bib.current(path)
    assert file is not None
    text, _ = edit_bib.mended(file, TERMS)
    assert text.encode(file.encoding) == "\ufeff@book{a, pages={1--5}}".encode()


def test_a_broken_entry_is_left_alone() -> None:
    text = "@book{bad, title={Open, pages={1-5}\n@book{a, pages={1-5}}\n"
    assert mended(text) == text.replace("a, pages={1-5}", "a, pages={1--5}")


def test_no_file_is_none(tmp_path: Path) -> None:
    assert edit_bib.current(tmp_path / "no.bib") is None
    with pytest.raises(DataError, match="cannot read"):
        edit_bib.current(tmp_path)
