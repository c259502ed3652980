"""Files with the faults that people really have: each gives the YAML and the problems beside it.

`BCLM_UPDATE=1 pytest tests/formats/test_files.py` writes the expectations again; read the diff.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bclm_cli.formats import registry
from bclm_cli.formats.csl import yaml_blocks
from bclm_cli.formats.interface import Entry
from support.paths import DATA

FOLDER = DATA / "import"
FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.suffix != ".expected")
PROGRAMS = {  # entries in the file, entries taken, things left out, notes
    "citavi.ris": (2, 2, 0, 1), "ebsco-cinahl.ris": (1, 1, 0, 1),
    "endnote-export.enw": (3, 3, 0, 1), "endnote.ris": (1, 1, 0, 1),
    "google-scholar.enw": (1, 1, 0, 0), "ieee.ris": (1, 1, 0, 0), "jabref.bib": (2, 2, 0, 1),
    "mendeley.bib": (1, 1, 0, 0), "ovid-embase.ris": (1, 1, 0, 1),
    "paperpile.bib": (1, 1, 0, 0), "papers.bib": (1, 1, 0, 1), "pubmed.nbib": (2, 2, 0, 0),
    "refworks.ris": (1, 1, 0, 1), "scopus.bib": (1, 1, 0, 1), "scopus.ris": (1, 1, 0, 0),
    "web-of-science.bib": (1, 1, 0, 1), "web-of-science.ris": (1, 1, 0, 0),
    "zotero-better-bibtex.bib": (2, 2, 0, 0), "zotero-csl.json": (2, 2, 0, 0),
}  # fmt: skip
"""Made-up records in the shape of real programs' exports."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_a_file_gives_what_is_written_beside_it(path: Path) -> None:
    answer = answer_to(path)
    expected = path.with_name(f"{path.name}.expected")
    if os.environ.get("BCLM_UPDATE"):
        expected.write_text(answer, encoding="utf-8")
    assert answer == expected.read_text(encoding="utf-8")


def test_every_format_has_three_files() -> None:
    chosen = [registry.detect(path.name, path.read_text("latin-1")) for path in FILES]
    assert {name: min(chosen.count(name), 3) for name in registry.reader_names()} == dict.fromkeys(
        registry.reader_names(), 3
    )


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_of_a_programs_export_is_lost(name: str) -> None:
    path = FOLDER / "programs" / name
    found = list(registry.read(path.read_bytes(), name))
    problems = [one for one in found if not isinstance(one, Entry)]
    entries = len(re.findall(BEGINNINGS[path.suffix], path.read_text("utf-8"), re.MULTILINE))
    left_out = sum(problem.left_out for problem in problems)
    taken = len(found) - len(problems)
    assert (entries, taken, left_out, len(problems) - left_out) == PROGRAMS[name]


BEGINNINGS = {
    ".bib": r"^@(?!(?i:comment|string))\w+\{",
    ".ris": r"^TY  - ", ".nbib": r"^PMID- ", ".enw": r"^%0 ", ".json": r'^  \{"id"',
}  # fmt: skip


def test_every_file_of_a_program_is_counted() -> None:
    there = {path.name for path in FILES if path.parent.name == "programs"}
    assert there == PROGRAMS.keys()


def answer_to(path: Path) -> str:
    """Blocks and problems in the order in which they come, each with its line."""
    lines = []
    for found in registry.read(path.read_bytes(), path.name):
        if isinstance(found, Entry):
            lines.append(f"line {found.line}:\n{yaml_blocks.block(found.reference)}")
        else:
            loss = "left out" if found.left_out else "note"
            lines.append(f"line {found.line}: {loss}: {found.what}\n")
    return "".join(lines)
