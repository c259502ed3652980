"""The example manuscripts, from the cited keys to the list that the real tools print."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bclm_cli import cli
from bclm_cli.manuscript import scan
from bclm_cli.model.records import Reference
from bclm_cli.text.markup import plain
from bclm_cli.text.normalize import compact
from support.papers import read_references
from support.paths import ROOT
from support.tools import needs

pytestmark = pytest.mark.slow

PAPERS = {paper.id: paper for paper in read_references(ROOT / "data" / "references.yaml")}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """A copy of the example that the test names, as the current folder."""
    copy = tmp_path / "example"
    shutil.copytree(ROOT / "examples" / request.param, copy)
    monkeypatch.chdir(copy)
    monkeypatch.delenv("BCLM_DATA", raising=False)
    return copy


def bibliography(paper: str, *options: str) -> None:
    """Check the manuscript, write its bibliography, and see that it is up to date then."""
    assert cli.main(["check", paper]) == 0
    command = ["export", "--used-in", paper, *options]
    assert cli.main(command) == 0
    assert cli.main([*command, "--check"]) == 0


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def pdf_text(path: Path) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def printed(text: str, heading: str) -> list[str]:
    """The keys of the papers whose titles stand in the list under the heading, in its order."""
    listed = compact(text[text.rindex(heading) + len(heading) :])
    places = {key: listed.find(compact(plain(paper.title))) for key, paper in PAPERS.items()}
    found = sorted((place, key) for key, place in places.items() if place >= 0)
    for (place, key), (end, _) in zip(found, [*found[1:], (None, "")], strict=True):
        _look_at(PAPERS[key], listed, place, end)
    return [key for _, key in found]


def _look_at(paper: Reference, listed: str, place: int, end: int | None) -> None:
    """The entry has its first author before the title or after, its journal, volume and year."""
    entry = listed[max(place - 600, 0) : end]
    # In a PDF of TeX's old fonts the accent stands beside its letter: M¨uller.
    assert compact(paper.author[0].family) in entry, paper.id
    assert str(paper.year) in entry, paper.id
    assert paper.get("volume") in entry, paper.id


BIBTEX = [
    "ma2015",
    "wyckoff2007",
    "aceto2014",
    "zuo2013",
    "kimura2016",
    "tabaries2012",
    "naumov2002",
    "muller2001",
]


@needs("pdflatex", "bibtex", "python:pypdf")
@pytest.mark.parametrize("folder", ["latex-bibtex"], indirect=True)
def test_latex_with_bibtex(folder: Path) -> None:
    assert scan(["paper.tex"]).keys == tuple(BIBTEX)
    bibliography("paper.tex", "-o", "refs.bib")
    latex = ("pdflatex", "-interaction=batchmode", "-halt-on-error")
    run(*latex, "-draftmode", "paper")
    assert scan(["paper.aux"]).keys == tuple(BIBTEX)
    assert "Warning--" not in run("bibtex", "paper")
    run(*latex, "-draftmode", "paper")
    run(*latex, "paper")
    assert "undefined" not in Path("paper.log").read_text()
    assert printed(pdf_text(folder / "paper.pdf"), "References") == BIBTEX


BIBLATEX = [
    "ma2015",
    "mook2003",
    "zuo2013",
    "kimura2016",
    "wyckoff2007",
    "hauselmann2016",
    "tabaries2012",
    "fornvik2013",
]


@needs("pdflatex", "biber", "python:pypdf")
@pytest.mark.parametrize("folder", ["latex-biblatex"], indirect=True)
def test_latex_with_biber(folder: Path) -> None:
    assert scan(["paper.tex"]).keys == tuple(BIBLATEX)
    bibliography("paper.tex", "-f", "biblatex", "-o", "refs.bib")
    latex = ("pdflatex", "-interaction=batchmode", "-halt-on-error")
    run(*latex, "-draftmode", "paper")
    assert scan(["paper.bcf"]).keys == tuple(BIBLATEX)
    assert "WARN" not in run("biber", "paper")
    run(*latex, "paper")
    assert "undefined" not in Path("paper.log").read_text().replace("undefined references.", "")
    assert printed(pdf_text(folder / "paper.pdf"), "References") == sorted(BIBLATEX)


QUARTO = [
    "ma2015",
    "aceto2014",
    "donato2020",
    "wyckoff2007",
    "muller2001",
    "tabaries2012",
    "naumov2002",
]


@needs("python:pypandoc")
@pytest.mark.parametrize("folder", ["quarto-pandoc"], indirect=True)
def test_quarto(folder: Path) -> None:
    assert scan(["paper.qmd"]).keys == tuple(QUARTO)
    bibliography("paper.qmd", "-f", "csljson", "-o", "refs.json")
    # Quarto puts included files in place before it calls pandoc, which does all the rest.
    text = Path("paper.qmd").read_text()
    Path("whole.md").write_text(
        text.replace("{{< include _liver.qmd >}}", Path("_liver.qmd").read_text())
    )
    assert printed(pandoc("whole.md", "-t", "plain"), "References") == sorted(QUARTO)


TYPST = [
    "wyckoff2007",
    "aceto2014",
    "mook2003",
    "zuo2013",
    "hauselmann2016",
    "tabaries2012",
    "ma2015",
]


@needs("python:typst", "python:pypdf")
@pytest.mark.parametrize("folder", ["typst"], indirect=True)
def test_typst(folder: Path) -> None:
    import typst

    assert scan(["paper.typ"]).keys == tuple(TYPST)
    bibliography("paper.typ", "-f", "hayagriva", "-o", "refs.yml")
    typst.compile("paper.typ", output="paper.pdf")
    assert printed(pdf_text(folder / "paper.pdf"), "Bibliography") == TYPST


WORD = [
    "naumov2002",
    "correia2021",
    "khazali2018",
    "tabaries2012",
    "ma2015",
]


@needs("python:pypandoc")
@pytest.mark.parametrize("folder", ["word"], indirect=True)
def test_word(folder: Path) -> None:
    import rispy

    assert scan(["paper.md"]).keys == tuple(WORD)
    bibliography("paper.md", "-f", "csljson", "-o", "refs.json")
    pandoc("paper.md", "-o", "paper.docx")
    text = run(pandoc_path(), "paper.docx", "-t", "plain", "--wrap=none")
    assert printed(text, "References") == sorted(WORD)
    bibliography("paper.md", "-o", "refs.ris")
    entries = rispy.loads(Path("refs.ris").read_text())
    assert [entry["id"] for entry in entries] == WORD


def pandoc(*arguments: str) -> str:
    return run(pandoc_path(), "--citeproc", "--fail-if-warnings", *arguments)


def pandoc_path() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())
