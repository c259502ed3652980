"""The bibliographies that a manuscript names itself, and where they lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from bclm_cli.manuscript import scan
from bclm_cli.manuscript.readers import markdown


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def named(name: str, text: str) -> list[str]:
    """The files that a manuscript of this name and text names."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return [one.file.as_posix() for one in scan([name]).bibliographies]


@pytest.mark.parametrize(
    ("name", "text", "files"),
    [
        ("a.tex", r"\bibliography{refs}", ["refs.bib"]),
        ("a.tex", "\\bibliography{ refs.bib , sub/more\n}", ["refs.bib", "sub/more.bib"]),
        ("a.tex", "% \\bibliography{old}\n\\bibliography{new}", ["new.bib"]),
        ("a.tex", r"\addbibresource[label=x]{a.bib}\addglobalbib{b.bib}", ["a.bib", "b.bib"]),
        ("a.tex", r"\addbibresource[location = remote]{http://example.org/x.bib}", []),
        ("a.tex", r"\bibliography{\jobname}\newcommand{\b}[1]{\bibliography{#1}}", []),
        ("a.tex", r"\newcites{sup}{S}\bibliographysup{more}", ["more.bib"]),
        ("a.aux", "\\bibdata{refs,more}\n", ["refs.bib", "more.bib"]),
        ("a.md", "---\nbibliography: refs.bib\n---\n@a", ["refs.bib"]),
        ("a.md", "---\nbibliography: [a.bib, \"b.json\"]\n---\n", ["a.bib", "b.json"]),
        ("a.Rmd", "---\nbibliography:\n  - a.bib\n  - 'sub/b.yaml'\nx: y\n---\n",
         ["a.bib", "sub/b.yaml"]),
        ("a.md", "bibliography: prose.bib", []),
        ("a.typ", '#bibliography("refs.bib")', ["refs.bib"]),
        ("a.typ", '#bibliography(("a.bib", "b.yml"), title: "X", style: "apa")',
         ["a.bib", "b.yml"]),
        ("a.typ", '// #bibliography("refs.bib")\n#show bibliography: it => it', []),
        ("doc/a.typ", '#bibliography("/refs.bib")', ["doc/refs.bib"]),
        ("doc/a.tex", r"\bibliography{refs}", ["doc/refs.bib"]),
    ],
)  # fmt: skip
def test_what_a_manuscript_names(name: str, text: str, files: list[str]) -> None:
    assert named(name, text) == files


def test_biber_is_told_its_files() -> None:
    control = (
        '<bcf:controlfile xmlns:bcf="https://sourceforge.net/projects/biblatex">'
        '<bcf:bibdata section="0"><bcf:datasource type="file" datatype="bibtex">refs.bib'
        '</bcf:datasource></bcf:bibdata><bcf:citekey order="1">a</bcf:citekey></bcf:controlfile>'
    )
    assert named("a.bcf", control) == ["refs.bib"]


def test_a_file_beside_a_part_wins() -> None:
    Path("parts").mkdir()
    Path("parts/own.bib").touch()
    Path("parts/one.tex").write_text(r"\bibliography{own,main}")
    assert named("a.tex", r"\input{parts/one}\bibliography{main}") == ["parts/own.bib", "main.bib"]
    [first, second] = scan(["a.tex"]).bibliographies
    assert (first.path, first.line, second.path) == ("parts/one.tex", 1, "parts/one.tex")


def test_the_project_of_quarto_names_one_for_all_its_parts() -> None:
    Path("book").mkdir()
    Path("book/_quarto.yml").write_text("project:\n  type: book\nbibliography: refs.bib\n")
    assert named("book/part/a.qmd", "@a") == [Path("book/refs.bib").resolve().as_posix()]
    assert named("book/a.tex", "\\cite{a}") == []


@pytest.mark.parametrize("options", ["    fig-title: Abb.\n" * 40, "  a:\n      b: c\n" * 40])
def test_many_options_of_cross_references_without_a_kind(options: str) -> None:
    """Each line is passed over once; four spaces before it made it 4 times slower a line."""
    assert list(markdown.custom_kinds(f"crossref:\n{options}other: x\n")) == []
