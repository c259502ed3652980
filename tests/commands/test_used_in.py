"""--used-in: from a manuscript to the papers that it cites."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from bclm_cli import cli

REFERENCES = """\
references:
  - id: alpha2001
    type: article-journal
    title: First made-up paper
    author: [{family: Example, given: Ann}]
    issued: "2001"
    custom: {aliases: [old2001]}
  - id: beta2002
    type: article-journal
    title: Second made-up paper
    author: [{family: Example, given: Bob}]
    issued: "2002"
  - id: gamma2003
    type: article-journal
    title: Third made-up paper
    author: [{family: Example, given: Cy}]
    issued: "2003"
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("BCLM_DATA", raising=False)
    Path("lab").mkdir()
    Path("lab/references.yaml").write_text(REFERENCES)


def bclm(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main([*words, "--only-data", "--data", "lab"])
    return (code, *capsys.readouterr())


def entries(text: str) -> list[str]:
    return [line.split("{")[1].rstrip(",") for line in text.splitlines() if line[:1] == "@"]


def test_papers_come_in_the_order_of_citation(capsys: pytest.CaptureFixture[str]) -> None:
    Path("paper.tex").write_text(r"\cite{gamma2003,alpha2001} \cite{gamma2003}")
    code, out, err = bclm(capsys, "export", "--used-in", "paper.tex")
    assert (code, entries(out), err) == (0, ["gamma2003", "alpha2001"], "")
    code, out, err = bclm(capsys, "refs", "--used-in", "paper.tex", "--fields", "key")
    assert (code, out, err) == (0, "gamma2003\nalpha2001\n", "")


def test_other_selections_hold_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    Path("paper.md").write_text("@gamma2003 @alpha2001")
    words = ("refs", "--used-in", "paper.md", "--year", "..2002", "--fields", "key")
    assert bclm(capsys, *words) == (0, "alpha2001\n", "")
    words = ("refs", "beta2002", "alpha2001", "--used-in", "paper.md", "--fields", "key")
    assert bclm(capsys, *words) == (0, "alpha2001\n", "")


def test_everything(capsys: pytest.CaptureFixture[str]) -> None:
    Path("paper.tex").write_text(r"\cite{gamma2003}\nocite{*}")
    code, out, err = bclm(capsys, "export", "--used-in", "paper.tex")
    assert (code, entries(out), err) == (0, ["alpha2001", "beta2002", "gamma2003"], "")


def test_unknown_keys_write_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("paper.tex").write_text(
        "\\cite{alpha2001}\n\\cite{betta2002}\n \\cite{other}\\cite{other}"
    )
    words = ("export", "--used-in", "paper.tex", "-o", "refs.bib")
    assert bclm(capsys, *words) == (
        1,
        "",
        "bclm: paper.tex:2:7: no paper 'betta2002'; did you mean beta2002?\n"
        "bclm: paper.tex:3:8: no paper 'other'\n"
        "hint: --data FILE adds the papers of your own bibliography, --also FILE only says that"
        " its keys exist, --skip-unknown leaves them out\n",
    )
    assert not Path("refs.bib").exists()


def test_the_bibliography_that_a_manuscript_names_is_the_way_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("paper.tex").write_text("\\cite{other}\\bibliography{my refs,lost}")
    Path("my refs.bib").write_text("@misc{other, title={Other}}")
    _, _, err = bclm(capsys, "refs", "--used-in", "paper.tex")
    assert "hint: --data 'my refs.bib' adds the papers of the bibliography that it names" in err
    words = ("refs", "--used-in", "paper.tex", "--data", "my refs.bib", "--fields", "key")
    assert bclm(capsys, *words) == (0, "other\n", "")


def test_a_bibliography_that_is_already_read_is_no_way_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("paper.tex").write_text("\\cite{other,nobody}\\bibliography{refs,more}")
    Path("refs.bib").write_text("@misc{other, title={Other}}")
    words = ("refs", "--used-in", "paper.tex", "--data", "./refs.bib")
    assert bclm(capsys, *words) == (
        1,
        "",
        "bclm: paper.tex:1:13: no paper 'nobody'\n"
        "hint: --also FILE names another bibliography, --skip-unknown leaves them out\n",
    )
    Path("more.bib").write_text("@misc{more, title={More}}")
    _, _, err = bclm(capsys, *words)
    assert "hint: --data more.bib adds the papers of the bibliography that it names" in err


def test_unknown_keys_that_are_elsewhere_or_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    Path("paper.tex").write_text("\\cite{alpha2001}\n\\cite{betta2002}\n\\cite{other}")
    Path("mine.bib").write_text("@misc{other,}")
    words = ("export", "--used-in", "paper.tex", "--also", "mine.bib", "--skip-unknown")
    code, out, err = bclm(capsys, *words)
    assert (code, entries(out)) == (0, ["alpha2001"])
    assert err == "bclm: paper.tex:2:7: no paper 'betta2002'; did you mean beta2002?\n"
    assert bclm(capsys, *words, "-q")[2] == ""
    listed = bclm(capsys, "refs", *words[1:], "--fields", "key")
    assert listed == (0, "alpha2001\n", err)


def test_a_paper_cited_by_an_earlier_key_has_that_key(capsys: pytest.CaptureFixture[str]) -> None:
    Path("paper.tex").write_text(r"\cite{beta2002,old2001}")
    code, out, err = bclm(capsys, "export", "--used-in", "paper.tex")
    assert (code, entries(out), err) == (0, ["beta2002", "old2001"], "")
    assert bclm(capsys, "refs", "--used-in", "paper.tex", "--fields", "key") == (
        0,
        "beta2002\nalpha2001\n",
        "",
    )


def test_warnings_are_noted(capsys: pytest.CaptureFixture[str]) -> None:
    Path("paper.tex").write_text("\\cite{alpha2001}\n\\input{gone}")
    code, out, err = bclm(capsys, "export", "--used-in", "paper.tex")
    assert (code, entries(out)) == (0, ["alpha2001"])
    what = "gone is not found; the keys that it cites are missing here"
    assert err == f"bclm: paper.tex:2:7: {what}\n"


def test_what_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("paper.tex").write_text(r"\cite{alpha2001")
    assert bclm(capsys, "export", "--used-in", "paper.tex") == (
        3,
        "",
        "bclm: paper.tex:1:6: \\cite{ is never closed\n",
    )
    code, out, err = bclm(capsys, "export", "--used-in", "paper.docx")
    assert (code, out) == (2, "")
    assert err.startswith("bclm: paper.docx: cannot find citations in a .docx file\nhint: Zotero")


def test_a_bibliography_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("paper.tex").write_text(r"\cite{alpha2001}")
    Path("mine.json").write_text("null")
    assert bclm(capsys, "export", "--used-in", "paper.tex", "--also", "mine.json") == (
        3,
        "",
        "bclm: mine.json: holds no list of references; begin it with [ and end it with ]\n",
    )


def test_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"[@beta2002; @alpha2001]")))
    words = ("refs", "--used-in", "-", "--used-in-format", "md", "--fields", "key")
    assert bclm(capsys, *words) == (0, "beta2002\nalpha2001\n", "")
