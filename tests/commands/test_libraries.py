"""Manuscripts with libraries as programs write them, in place: nothing that is cited gets lost."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from support.paths import DATA
from support.program import Program

pytestmark = pytest.mark.slow

FOLDER = DATA / "libraries"


class Library(NamedTuple):
    """A library with its manuscript; entries and citations counted by hand."""

    file: str
    manuscript: str
    entries: int
    cited: tuple[str, ...]
    faults: tuple[str, ...] = ()


LIBRARIES = {
    "mendeley": Library("library.bib", "main.tex", 4, ("Example2012", "Muller2015", "Roe1999")),
    "zotero": Library(
        "refs.bib",
        "main.tex",
        4,
        ("example_made-up_2012", "noauthor_mock_nodate", "roe_how_2019", "doe_what_2018"),
    ),
    "better-bibtex": Library(
        "refs.json",
        "paper.qmd",
        3,
        ("exampleMadeupTitle2012", "müllerSignalsMock2015", "roeMockCell1999"),
    ),
    "better-biblatex": Library(
        "refs.bib", "main.tex", 3, ("exampleOld", "mockPage", "roeChapter2019")
    ),
    "paperpile": Library(
        "paperpile.bib", "main.tex", 3, ("Example2012-ab", "Roe2021-zz", "Doe1999-cd")
    ),
    "endnote": Library("library.ris", "paper.md", 3, ("417", "419")),
    "jabref": Library("refs.bib", "main.tex", 3, ("Example2012", "Roe2019")),
    "manubot": Library(
        "manual-references.json",
        "paper.md",
        3,
        ("doi:10.1000/made.2012.001", "raw:inhouse", "url:https://www.example.org/mock?page=1"),
    ),
    "scholar": Library(
        "refs.bib",
        "main.tex",
        3,
        ("example2012made", "roe1999mock", "doe2020mock"),
        ("refs.bib:11: the key example2012made stands twice; the first entry is taken",),
    ),
    "pubmed": Library("pubmed.nbib", "paper.md", 2, ("example2012", "muller2015")),
    "typst": Library("refs.yml", "main.typ", 3, ("example-2012", "roe-1999", "mock-page")),
}


@pytest.fixture(params=LIBRARIES)
def library(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Library:
    """One of them, in the folder at hand."""
    shutil.copytree(FOLDER / request.param, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    return LIBRARIES[str(request.param)]


def test_every_entry_is_taken_and_faults_are_told(shipped: Program, library: Library) -> None:
    result = shipped("refs", "--data", library.file, "--only-data", "--fields", "key")
    assert len(result.out.splitlines()) == library.entries
    assert result.err.splitlines() == [f"bclm: {fault}" for fault in library.faults]


def test_every_citation_is_found_exported_and_printed(shipped: Program, library: Library) -> None:
    own = ("--used-in", library.manuscript, "--data", library.file)
    found = shipped("refs", *own, "--fields", "key")
    assert (found.code, len(found.out.splitlines())) == (0, len(library.cited))
    exported = shipped("export", *own, "-f", "csljson")
    assert tuple(re.findall(r'"id": "([^"]+)"', exported.out)) == library.cited
    printed = shipped("cite", *own)
    listed = re.findall(r"^\d+\. ", printed.out, re.MULTILINE)
    assert (printed.code, len(listed)) == (0, len(library.cited))


def test_nothing_is_lost_in_a_folder_of_ones_own(shipped: Program, library: Library) -> None:
    Path("lab").mkdir()
    assert shipped("add", library.file, "--write", "lab").code == 0
    exported = shipped("export", "--used-in", library.manuscript, "--data", "lab", "-f", "csljson")
    assert tuple(re.findall(r'"id": "([^"]+)"', exported.out)) == library.cited


def test_the_manuscript_is_checked_with_it(shipped: Program, library: Library) -> None:
    named = library.file in Path(library.manuscript).read_text() or library.manuscript == "main.tex"
    also = () if named else ("--also", library.file)
    result = shipped("check", library.manuscript, *also, "--level", "error")
    errors = [line for line in result.out.splitlines() if "[error: same-key]" not in line]
    assert (errors, f"bclm: also checked: {library.file}" in result.err) == ([], True)
