"""A file's format and encoding, reported by what is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bclm_cli.errors import DataError
from bclm_cli.formats import registry
from bclm_cli.formats.decode import decode
from bclm_cli.formats.interface import Entry, Problem
from support.paths import DATA

FILES = [
    path
    for path in sorted((DATA / "import").rglob("*"))
    if path.is_file() and path.suffix != ".expected"
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_pipe_is_read_as_the_file_is(path: Path) -> None:
    text, _ = decode(path.read_bytes(), path.name)
    assert registry.detect("-", text) == registry.detect(path.name, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("TY  - JOUR\nTI  - A title\nAU  - Smith, Ann\nER  - \n", "ris"),
        ("TY - JOUR\nTI - A title\nER -\n", "ris"),
        ("Provider: X\nDatabase: Y\n\nTY  - JOUR\nPMID- 1\nTI  - A title\nER  - \n", "ris"),
        ("TY  - JOUR\nN1  - @article{a,\nER  - \n", "ris"),
        ("TY  - Journal Article\nTI  - A title\nER  - \n", "ris"),
        ("PMID- 1\nTI  - A title.\n", "nbib"),
        ("PMID - 1\nTI  - A title.\n", "nbib"),
        ("OWN - NLM\nSTAT- MEDLINE\nDP  - 2001\nTI  - A title.\n", "nbib"),
        ("%0 Journal Article\n%T A title\n", "enw"),
        ("@article{a, title={T}}", "bibtex"),
        ('[{"id": "a", "title": "T"}]', "csljson"),
        ("title,author,year\nT,A,2001\n", "csv"),
        ("references:\n- id: a\n  title: T\n", "cslyaml"),
        ("a:\n  type: book\n  title: T\n", "hayagriva"),
    ],
)
@pytest.mark.parametrize("path", ["-", "refs.txt", "refs"])
def test_the_format_shows_in_the_text(text: str, name: str, path: str) -> None:
    assert registry.detect(path, text) == name


def test_a_text_that_could_be_anything_is_refused() -> None:
    with pytest.raises(DataError, match="cannot tell the format"):
        registry.detect("-", "TI  - A title\nAU  - Smith, Ann\n")


TEXT = "@book{a,\n  title = {Of Ω and 漢字},\n}\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace("\n", "\r\n").encode("utf-16-le"),
    ],
)
def test_unicode_is_read_in_every_encoding(data: bytes) -> None:
    assert decode(data, "a.bib") == (TEXT, [])


@pytest.mark.parametrize("data", [b"a\0b", b"\0\0\0\0", b"abc\0" * 40, TEXT.encode() + b"\0"])
def test_other_files_with_nul_are_refused(data: bytes) -> None:
    with pytest.raises(DataError, match="NUL"):
        decode(data, "a.bib")


@pytest.mark.parametrize(
    "field", ["funding_text 1", "funding_text\u00a01", "Funding_Text\u00a012", "correspondence 1"]
)
def test_a_space_in_the_name_of_a_field_costs_nothing(field: str) -> None:
    text = f"@article{{a,\n title={{T}},\n {field}={{Supported}},\n year=2020\n}}"
    entry, note = registry.reader("bibtex").read(text)
    assert isinstance(entry, Entry)
    assert (entry.reference.title, str(entry.reference.issued)) == ("T", "2020")
    name = field.lower().replace("\u00a0", " ")
    assert note == Problem(1, f"fields that are not taken: {name} (1)", left_out=False)
