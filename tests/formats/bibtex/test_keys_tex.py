"""Odd keys that are written are those that \\cite finds, with the real bibtex, biber and pandoc."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Options
from bclm_cli.model.records import Name, Reference
from support import pandoc
from support.tools import needs

pytestmark = pytest.mark.slow

ALL = ("a_b", "a&b", "a@b", "a;b", "a!b", "a`b", "a[b]", "a$b", "a*b", "a?b", "hernán2024")
BIBTEX = (*ALL, "a=b", "a'b", "a(b)", "url:https://example.org/pdf?id=Sk-oDY")
NOTED = ('a"b', "a<b>", "a^b|c", "a–b")
"""Which BibTeX takes, and pandoc does not."""


def _bib(keys: tuple[str, ...], name: str) -> str:
    author = (Name(family="Doe", given="Jane"),)
    return "".join(
        registry.writer(name).dump(
            [Reference(key, "book", {"title": "Hit"}, {"author": author}, {}, {}) for key in keys],
            Options(),
        )
    )


def _not_found(folder: Path, program: str, keys: tuple[str, ...]) -> list[str]:
    """What LaTeX says of citations after the usual four runs."""
    package, resource, end = (
        (r"\usepackage{biblatex}", r"\addbibresource{refs.bib}", r"\printbibliography")
        if program == "biber"
        else ("", "", r"\bibliographystyle{plain}\bibliography{refs}")
    )
    cites = "\n".join(f"\\cite{{{key}}}" for key in keys)
    (folder / "paper.tex").write_text(
        f"\\documentclass{{article}}{package}{resource}\n\\begin{{document}}\n{cites}\n{end}\n"
        "\\end{document}\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "max_print_line": "1000", "TEXMFHOME": str(folder)}
    for command in ("pdflatex", program, "pdflatex", "pdflatex"):
        options = ["-interaction=nonstopmode"] if command == "pdflatex" else []
        subprocess.run(
            [command, *options, "paper"], cwd=folder, capture_output=True, env=environment,
            check=True,
        )  # fmt: skip
    log = (folder / "paper.log").read_text(encoding="utf-8", errors="replace")
    return [line for line in log.splitlines() if "Citation" in line and "undefined" in line]


@needs("bibtex", "biber", "pdflatex")
@pytest.mark.parametrize(
    ("name", "program", "keys"),
    [("bibtex", "bibtex", BIBTEX + NOTED), ("biblatex", "biber", ALL + NOTED[1:])],
)
def test_latex_finds_what_is_written(
    tmp_path: Path, name: str, program: str, keys: tuple[str, ...]
) -> None:
    (tmp_path / "refs.bib").write_text(_bib(keys, name), encoding="utf-8")
    assert _not_found(tmp_path, program, keys) == []


@needs("python:pypandoc")
def test_pandoc_reads_what_no_note_is_about() -> None:
    assert list(pandoc.items(_bib(BIBTEX, "bibtex"), "bibtex")) == list(BIBTEX)
    for key in NOTED:
        assert registry.check_keys("bibtex", [key])
        with pytest.raises(subprocess.CalledProcessError):
            pandoc.items(_bib((key,), "bibtex"), "bibtex")
