"""`bclm check`: what it lists, in which form, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.program import Program, Result

REFERENCES = """\
references:
  - id: lab2020
    type: article-journal
    title: A made-up paper from the lab
    author: [{family: Example, given: Ann}]
    container-title: Examples
    issued: "2020"
    page: 1–2
    DOI: doi:10.5555/lab
"""
DOI = (
    "lab/references.yaml:9:10: lab2020.DOI: 'doi:10.5555/lab' is more than a DOI; write"
    " 10.5555/lab [error: doi]\n"
)
PAGE = (
    "lab/references.yaml:8:11: lab2020.page: '1–2' has a dash; write 1-2, styles set it"
    " [warning: page]\n"
)
NOTE = "lab/references.yaml:2:5: lab2020: has no volume [note: incomplete]\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lab").mkdir()
    Path("lab/references.yaml").write_text(REFERENCES)


def test_check_of_a_data_folder(small: Program) -> None:
    end = "hint: --level note lists the notes\n"
    assert small("check", "lab") == (1, PAGE + DOI, f"bclm: 1 error, 1 warning, 1 note\n{end}")
    assert small("check", "lab", "--level", "note") == (
        1,
        NOTE + PAGE + DOI,
        "bclm: 1 error, 1 warning, 1 note\n",
    )
    assert small("check", "lab", "--level", "error")[:2] == (1, DOI)
    assert small("check", "lab/references.yaml")[:2] == (1, PAGE + DOI)
    assert small("check", "--data", "lab", "--only-data")[:2] == (1, PAGE + DOI)


def test_warnings_alone_are_no_failure_unless_strict(small: Program) -> None:
    note = "bclm: 1 warning, 1 note (--level note lists the notes)\n"
    assert small("check", "lab", "--ignore", "doi") == (0, PAGE, note)
    assert small("check", "lab", "--ignore", "doi", "-q") == (0, PAGE, "")
    assert small("check", "lab", "--ignore", "doi", "--strict")[:2] == (1, PAGE)
    rules = "doi,page"
    assert small("check", "lab", "--ignore", rules, "--ignore", "incomplete", "--strict") == (
        0,
        "",
        "bclm: no problems found\n",
    )


def test_forms(small: Program) -> None:
    code, out, _ = small("check", "lab", "-f", "json", "--ignore", "page")
    assert (code, json.loads(out)) == (
        1,
        [
            {
                "level": "error",
                "rule": "doi",
                "file": "lab/references.yaml",
                "line": 9,
                "column": 10,
                "id": "lab2020",
                "field": "DOI",
                "what": "'doi:10.5555/lab' is more than a DOI",
                "hint": "write 10.5555/lab",
            }
        ],
    )
    assert small("check", "lab", "-f", "json", "--ignore", "page,doi")[:2] == (0, "[]\n")
    assert small("check", "lab", "-o", "found.csv", "--ignore", "page")[:2] == (1, "")
    assert Path("found.csv").read_text().splitlines()[0] == (
        "level,rule,file,line,column,id,field,what,hint"
    )


def test_on_a_terminal_the_level_has_its_color(small: Program) -> None:
    _, out, _ = small("check", "lab", columns=200)
    assert "\x1b[1;31m[error: doi]\x1b[0m\n" in out
    assert small("check", "lab", columns=200, env={"NO_COLOR": "1"}).out == PAGE + DOI


def test_check_of_a_manuscript(small: Program) -> None:
    Path("paper.tex").write_text("\\cite{adams2001,adams2000}\n\\cite{adam2001,mine}\n")
    Path("mine.bib").write_text("@misc{mine, title={Mine}}")
    code, out, err = small("check", "paper.tex", "--also", "mine.bib", "--ignore", "weak-basis")
    assert (code, out) == (
        1,
        "paper.tex:1:17: adams2000: this is the same paper as adams2001, which is cited at"
        " paper.tex:1; cite it by one key, or it is printed twice [error: two-keys]\n"
        "paper.tex:1:17: adams2000: this is an earlier key of adams2001; write adams2001"
        " [warning: alias]\n"
        "paper.tex:2:7: adam2001: no such paper; did you mean adams2001? [error: unknown-key]\n",
    )
    assert err == "bclm: also checked: mine.bib\nbclm: 2 errors, 1 warning\n"


def test_a_manuscript_from_a_pipe(small: Program) -> None:
    assert small("check", "-", "--used-in-format", "md", stdin="@nobodyy") == (
        1,
        "(stdin):1:1: nobodyy: no such paper; did you mean nobody? [error: unknown-key]\n",
        "bclm: 1 error\n",
    )


def test_broken_manuscripts_and_data_are_findings_missing_ones_are_not(small: Program) -> None:
    Path("paper.tex").write_text("\\cite{adams2001")
    Path("lab/references.yaml").write_text("references:\n  - {id: a, titel: b}\n")
    assert small("check", "paper.tex", "lab") == (
        1,
        "lab/references.yaml:2:13: unknown field 'titel'; did you mean title? if it is no CSL"
        " variable, move it under custom [error: schema]\n"
        "paper.tex:1:6: \\cite{ is never closed [error: hidden-key]\n",
        "bclm: 2 errors\n",
    )
    assert small("check", "gone.tex") == (
        3,
        "",
        "bclm: gone.tex: cannot read: No such file or directory\n",
    )


def test_shipped_data_by_default(shipped: Program) -> None:
    assert shipped("check")[:2] == (0, "")


def test_what_is_put_right_is_shown_first(small: Program) -> None:
    diff = (
        "--- lab/references.yaml\n"
        "+++ lab/references.yaml\n"
        "@@ -5,5 +5,5 @@\n"
        "     author: [{family: Example, given: Ann}]\n"
        "     container-title: Examples\n"
        '     issued: "2020"\n'
        "-    page: 1–2\n"
        "-    DOI: doi:10.5555/lab\n"
        "+    page: 1-2\n"
        "+    DOI: 10.5555/lab\n"
    )
    file = Path("lab/references.yaml")
    refused = "bclm: nothing is written yet\nhint: --write writes it\n"
    assert small("check", "lab", "--fix") == (1, diff, refused)
    assert file.read_text() == REFERENCES
    assert small("check", "lab", "--fix", "--write") == (
        0,
        diff,
        "bclm: put 2 values right in lab/references.yaml\n"
        "bclm: 1 note (--level note lists the notes)\n",
    )
    assert file.read_text() == REFERENCES.replace("–", "-").replace("doi:10", "10")
    assert small("check", "lab", "--fix", "--write") == (
        0,
        "",
        "bclm: nothing here can be fixed safely without looking at the paper\n"
        "bclm: 1 note (--level note lists the notes)\n",
    )


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["--fix"], "--fix needs a bibliography or a data folder", "bclm check refs.bib --fix"),
        (["--write", "lab"], "--write needs --fix", "bclm check --fix --write FILE"),
        (["--level", "warn"], "no level 'warn'; did you mean warning?",
         "levels are error, warning, note"),
        (["-f", "xml"], "no format 'xml'",
         "formats are text, md, html, latex, tsv, csv, json, jsonl, yaml"),
    ],
)  # fmt: skip
def test_wrong_usage(small: Program, words: list[str], message: str, hint: str) -> None:
    assert small("check", *words) == Result(2, "", f"bclm: {message}\nhint: {hint}\n")


def test_an_unknown_rule(small: Program) -> None:
    code, out, err = small("check", "--ignore", "dio")
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == "bclm: no rule 'dio'; did you mean doi?"
