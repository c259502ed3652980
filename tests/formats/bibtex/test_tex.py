"""Real bibtex, biber and pdflatex over every shipped reference, and over the awkward ones."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bclm_cli import load
from bclm_cli.formats import registry
from bclm_cli.formats.bibtex import capitals, writer
from bclm_cli.formats.interface import Options
from bclm_cli.model.records import Factor, Reference
from bclm_cli.text.control_chars import one_line
from bclm_cli.text.latex import ascii_
from bclm_cli.text.markup import marks
from support.awkward import awkward
from support.papers import read_references
from support.paths import SHIPPED
from support.tools import needs

pytestmark = pytest.mark.slow

DATA = SHIPPED
STYLES = ("plain", "unsrt", "alpha", "abbrv", "plainnat")
FAULT = re.compile(r"^!.*|.*Missing character.*", re.MULTILINE)

AWKWARD_WARNINGS = [
    "Warning--empty author in anonymous2011",
    "Warning--empty year in undated",
    "Warning--to sort, need author or key in anonymous2011",
]
# What these references lack, and what biblatex takes for a number alone.
AWKWARD_COMPLAINTS = [
    "Entry 'anonymous2011' (refs.bib): Missing mandatory field 'author'",
    "Entry 'inpress' (refs.bib): Missing mandatory field - one of 'date, year' must be defined",
    "Entry 'norway2004' (refs.bib): Invalid value of field 'volume' must be datatype 'integer'"
    " - ignoring field",
    "Entry 'sigil2004' (refs.bib): Invalid value of field 'volume' must be datatype 'integer'"
    " - ignoring field",
    "Entry 'undated' (refs.bib): Missing mandatory field - one of 'date, year' must be defined",
]


def shipped() -> list[Reference]:
    return read_references(DATA / "references.yaml")


def terms() -> frozenset[str]:
    records = (loaded.record for loaded in load.read(DATA / "steps.yaml"))
    return frozenset(
        name
        for factor in records
        if isinstance(factor, Factor)
        for name in (factor.name, *factor.synonyms)
    )


def write(folder: Path, name: str, references: Iterable[Reference]) -> None:
    chunks = registry.writer(name).dump(references, Options(terms=terms()))
    (folder / "refs.bib").write_text("".join(chunks), encoding="utf-8")


def run(folder: Path, *command: str) -> str:
    """What a program says; it must end well, and no configuration of this machine counts."""
    environment = {**os.environ, "max_print_line": "1000", "TEXMFHOME": str(folder)}
    done = subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=False)
    said = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, said[-3000:]
    return said


def bibtex(folder: Path, style: str) -> list[str]:
    """The warnings of bibtex, sorted; the list of references is then in STYLE.bbl."""
    aux = f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n"
    (folder / f"{style}.aux").write_text(aux)
    run(folder, "bibtex", style)
    log = (folder / f"{style}.blg").read_text(encoding="utf-8", errors="replace")
    return sorted({line for line in log.splitlines() if line.startswith("Warning--")})


def pdflatex(folder: Path, *lines: str) -> list[str]:
    """The faults that pdflatex finds in a document; no fonts are needed to find them."""
    (folder / "paper.tex").write_text("\n".join(lines), encoding="utf-8")
    run(folder, "pdflatex", "-draftmode", "-interaction=nonstopmode", "paper")
    log = (folder / "paper.log").read_text(encoding="utf-8", errors="replace")
    return FAULT.findall(log)


def article(*preamble: str, body: Iterable[str]) -> Iterator[str]:
    yield r"\documentclass{article}"
    yield from preamble
    yield r"\begin{document}"
    yield from body
    yield r"\end{document}"


@needs("bibtex", "pdflatex")
def test_bibtex_and_pdflatex_take_every_shipped_reference(tmp_path: Path) -> None:
    write(tmp_path, "bibtex", shipped())
    assert {style: bibtex(tmp_path, style) for style in STYLES} == {style: [] for style in STYLES}
    body = (f"\\input{{{style}.bbl}}" for style in STYLES)
    faults = pdflatex(tmp_path, *article(
        r"\usepackage[numbers]{natbib}", r"\usepackage{url}", body=body))  # fmt: skip
    assert faults == []


@needs("bibtex", "pdflatex")
def test_bibtex_and_pdflatex_take_the_awkward_references(tmp_path: Path) -> None:
    """Only Cyrillic and Han need another engine; for Þ and Ð, LaTeX wants T1."""
    references = [reference for reference in awkward() if reference.id != "kirill2016"]
    write(tmp_path, "bibtex", references)
    expected = dict.fromkeys(STYLES, AWKWARD_WARNINGS)
    expected["unsrt"] = AWKWARD_WARNINGS[:2]  # which does not sort
    assert {style: bibtex(tmp_path, style) for style in STYLES} == expected
    body = (f"\\input{{{style}.bbl}}" for style in STYLES)
    faults = pdflatex(tmp_path, *article(
        r"\usepackage[T1]{fontenc}", r"\usepackage[numbers]{natbib}", r"\usepackage{url}",
        body=body))  # fmt: skip
    assert faults == []


@needs("biber", "pdflatex")
def test_biber_and_pdflatex_take_every_reference(tmp_path: Path) -> None:
    """biber validates against biblatex's data model: the shipped references are all clean."""
    references = [reference for reference in awkward() if reference.id != "kirill2016"]
    write(tmp_path, "biblatex", [*shipped(), *references])
    document = list(article(
        r"\usepackage[T1]{fontenc}", r"\usepackage[style=numeric]{biblatex}",
        r"\addbibresource{refs.bib}", body=(r"\nocite{*}", r"\printbibliography")))  # fmt: skip
    assert pdflatex(tmp_path, *document) == []
    said = run(tmp_path, "biber", "--validate-datamodel", "paper")
    complaints = [line for line in said.splitlines() if not line.startswith("INFO")]
    assert sorted(line.removeprefix("WARN - Datamodel: ") for line in complaints) == (
        AWKWARD_COMPLAINTS
    )
    assert pdflatex(tmp_path, *document) == []


@needs("bibtex")
def test_titles_keep_the_case_that_they_have(tmp_path: Path) -> None:
    """`plain` puts titles in lower case: what is a name, a symbol or an acronym stays."""
    references = [*shipped(), *awkward()]
    write(tmp_path, "bibtex", references)
    bibtex(tmp_path, "plain")
    printed = _without_braces((tmp_path / "plain.bbl").read_text(encoding="utf-8"))
    words = capitals.dictionary(terms())
    written = (
        writer.title(reference.title, ascii_, words, english=True) for reference in references
    )
    assert [title for title in written if _without_braces(title) not in printed] == []


def _without_braces(text: str) -> str:
    return re.sub(r"[{}]", "", re.sub(r"\s+", " ", text))


def test_nothing_is_protected_that_lower_case_would_not_change() -> None:
    """No title is braced whole, and no ordinary word is in braces."""
    words = capitals.dictionary(terms())
    needless = []
    for reference in shipped():
        bare, _ = marks(one_line(reference.title))
        for start, end in capitals.protected(bare, words):
            word = bare[start:end]
            if word == word.lower() and not any(map(str.isdigit, word)):
                needless.append((reference.id, word))
        title = writer.title(reference.title, ascii_, words, english=True)
        if title.startswith("{") and title.endswith("}") and " " in title:
            assert "}" in title[1:-1], reference.id
    assert needless == []
