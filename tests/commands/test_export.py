"""`bclm export` from the command line: formats, files, staleness, and what goes wrong."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

import pytest

from bclm_cli.cli import main
from bclm_cli.formats import registry
from support.paths import DATA

AWKWARD = DATA / "awkward"
TWINS = """\
@article{twin2012,
  author = {Twin, Tina and Other, Olaf},
  title = {First of two},
  journal = {Journal of Invented Results},
  year = {2012},
  month = mar,
  volume = {12},
  number = {1},
  pages = {1--5},
}

"""
TWIN_IN_SHORT = """\
TY  - JOUR
ID  - twin2012
AU  - Twin, Tina
AU  - Other, Olaf
TI  - First of two
T2  - J Invent Results
J2  - J Invent Results
PY  - 2012
DA  - 2012/03//
VL  - 12
IS  - 1
SP  - 1
EP  - 5
ER  -\x20

"""


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


class Program:
    """The program, run in this process on the awkward references alone."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str, data: Path = AWKWARD) -> Ran:
        code = main(["export", *arguments, "--only-data", "--data", str(data)])
        said = self._capsys.readouterr()
        return Ran(code, said.out, said.err)


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Program:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("BCLM_DATA", raising=False)
    return Program(capsys)


def test_bibtex_is_the_default(run: Program) -> None:
    assert run("twin2012") == Ran(0, TWINS, "")


def test_keys_in_the_order_given_else_sorted(run: Program) -> None:
    def keys(ran: Ran) -> list[str]:
        return [line[6:] for line in ran.out.splitlines() if line.startswith("ID  - ")]

    assert keys(run("twin2012a", "alfason2020", "-f", "ris")) == ["twin2012a", "alfason2020"]
    everything = keys(run("-f", "ris"))
    assert (everything, len(everything)) == (sorted(everything), 35)


@pytest.mark.parametrize("name", registry.writer_names())
def test_the_suffix_of_the_file_is_the_format(run: Program, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"refs{registry.writer(name).SUFFIX}"
    assert run("-o", str(file)) == Ran(0, "", "")
    assert run("-f", name) == Ran(0, file.read_bytes().decode(), "")


def test_abbreviations_and_fields_left_out(run: Program) -> None:
    assert run("twin2012", "-f", "ris", "--journal", "abbrev") == Ran(0, TWIN_IN_SHORT, "")
    ran = run("twin2012", "--journal", "abbrev", "--without", "Month,PAGES", "--without", "author")
    assert ran.out == (
        TWINS.replace("Journal of Invented Results", "J. Invent. Results")
        .replace("  month = mar,\n", "")
        .replace("  pages = {1--5},\n", "")
        .replace("  author = {Twin, Tina and Other, Olaf},\n", "")
    )


def test_a_file_is_written_only_when_that_changes_it(run: Program, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    link = tmp_path / "link.bib"
    assert run("twin2012", "-o", str(file)).code == 0
    assert file.read_text() == TWINS
    link.symlink_to(file)
    file.chmod(0o640)
    os.utime(file, (1, 1))
    assert run("twin2012", "-o", str(link)) == Ran(0, "", "")
    assert file.stat().st_mtime == 1
    assert run("twin2012a", "-o", str(link)).code == 0
    assert (link.is_symlink(), stat.S_IMODE(file.stat().st_mode)) == (True, 0o640)
    assert file.read_text().startswith("@article{twin2012a,")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        "link.bib",
        "refs.bib",
    ]


def test_check_tells_a_stale_file(run: Program, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text(TWINS.replace("month = mar", "month = apr"))
    stale = f"bclm: {file} is stale\nhint: the same command without --check writes it\n"
    diff = f"""\
--- {file} (as it is)
+++ {file} (as it should be)
   title = {{First of two}},
   journal = {{Journal of Invented Results}},
   year = {{2012}},
-  month = apr,
+  month = mar,
   volume = {{12}},
   number = {{1}},
   pages = {{1--5}},
"""
    assert run("twin2012", "-o", str(file), "--check") == Ran(1, diff, stale)
    assert "month = apr" in file.read_text()
    run("twin2012", "-o", str(file))
    assert run("twin2012", "-o", str(file), "--check") == Ran(0, "", "")


def test_check_of_a_file_that_is_not_there_or_is_no_text(run: Program, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    ran = run("-o", str(file), "--check")
    assert (ran.code, len(ran.out.splitlines()), file.exists()) == (1, 21, False)
    assert ran.out.endswith("\n...\n")
    file.write_bytes(b"\xff\x00" * 100)
    assert run("twin2012", "-o", str(file), "--check").code == 1


def test_help_on_formats(run: Program) -> None:
    ran = run("-f", "help")
    assert ran.out == "".join(
        f"{name:10} {registry.writer(name).SUFFIX:14} {registry.writer(name).HELP}\n"
        for name in registry.writer_names()
    )


NAMES = ", ".join(registry.writer_names())


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("twin2012", "twin2013"), 1, "no paper 'twin2013'; did you mean twin2012"),
        (("-f", "bibtx"), 2, "bclm: no format 'bibtx'; did you mean bibtex"),
        (("-f", "_tex"), 2, "bclm: no format '_tex'"),
        (("-f", "../cite"), 2, "bclm: no format '../cite'"),
        (
            ("-o", "refs.docx"),
            2,
            "bclm: no format of this answer has the suffix '.docx'\nhint: name one with -f: ",
        ),
        (("--check",), 2, "bclm: --check needs -o FILE"),
        (
            ("--journal", "short"),
            2,
            "bclm: no journal form 'short'\nhint: journal forms are full, abbrev\n",
        ),
        (("--without", "pags"), 2, "bclm: no bibtex field 'pags'; did you mean pages"),
    ],
)
def test_wrong_usage_names_the_way_out(
    run: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...], code: int, said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_a_key_that_bibtex_cannot_hold_stops_before_the_first_byte(
    run: Program, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "references.yaml").write_text(
        "references:\n"
        "  - {id: good2001, type: book, title: Good}\n"
        "  - {id: 'no#good', type: book, title: Bad}\n"
    )
    said = (
        "bclm: no#good: BibTeX cannot hold this key because of '#'; export -f csljson, which holds"
        " it, or give the paper another key in the bibliography and the manuscript"
    )
    ran = run(data=data)
    assert (ran.code, ran.out, ran.err.startswith(said)) == (3, "", True)
    assert run("-f", "ris", data=data).code == 0
    file = tmp_path / "refs.bib"
    file.write_text("old")
    assert run("-o", str(file), data=data).code == 3
    assert file.read_text() == "old"


def test_a_target_that_cannot_be_written_keeps_what_it_had(run: Program, tmp_path: Path) -> None:
    (tmp_path / "folder.bib").mkdir()
    for target in (tmp_path / "folder.bib", tmp_path / "none/refs.bib"):
        ran = run("twin2012", "-o", str(target))
        assert (ran.code, ran.out, ran.err.startswith(f"bclm: cannot write {target}: ")) == (
            4, "", True,
        )  # fmt: skip


def test_an_empty_selection_says_so(run: Program) -> None:
    assert run("--year", "1800", "-f", "csljson") == Ran(0, "[]\n", "bclm: no papers match\n")
    assert run("--year", "1800", "-f", "csljson", "-q") == Ran(0, "[]\n", "")


def test_letters_that_bibtex_cannot_hold_are_noted(run: Program, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "references.yaml").write_text(
        "references:\n"
        "  - {id: bao2001, type: book, title: Bảo, author: [{family: Phương, given: V.}]}\n"
        "  - {id: doe2001, type: book, title: Müller}\n"
        "  - {id: popesti2001, type: book, title: Əħ, author: [{family: Popești, given: V.}]}\n",
        encoding="utf-8",
    )
    note = (
        "bclm: BibTeX has no command for ħƏơưșả: the nearest letters stand there"
        " (bao2001, popesti2001); -f biblatex keeps them\n"
    )
    ran = run(data=data)
    assert (ran.out.isascii(), ran.err) == (True, note)
    assert run("-f", "biblatex", data=data).err == ""
    assert run("doe2001", data=data).err == ""
