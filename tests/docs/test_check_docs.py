"""docs/checks.md names every rule, docs/manuscript.md only what is there, and hooks work."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
import yaml

from bclm_cli.checks import rules
from support.paths import ROOT
from support.program import Program

PAGE = ROOT / "docs" / "checks.md"
MADE = "<!-- made by"
HEADINGS = {
    "manuscript": "Of a manuscript",
    "bibliography": "Of a bibliography",
    "references": "Of a paper",
    "steps": "Of a step, factor or claim",
    "all data": "Of all data together",
    "online": "Of what the services know, with `--online`",
}


def tables() -> str:
    """The rules as they stand in the program."""
    lines = []
    for about, heading in HEADINGS.items():
        of = [rule for rule in rules() if rule.about == about]
        lines += ["", f"### {heading}", "", "| rule | level | what is asked |", "|---|---|---|"]
        lines += [f"| `{rule.name}` | {rule.level} | {rule.what} |" for rule in of]
    return "\n".join(lines) + "\n"


def test_every_rule_is_listed() -> None:
    head, mark, made = PAGE.read_text(encoding="utf-8").partition(MADE)
    line, _, made = made.partition("\n")
    if os.environ.get("BCLM_UPDATE") == "1":
        PAGE.write_text(f"{head}{mark}{line}\n{tables()}", encoding="utf-8")
    else:
        assert made == tables()


def test_links_lead_somewhere() -> None:
    for page in ("checks.md", "manuscript.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        headings = {
            re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
            for line in text.splitlines()
            if line.startswith("#")
        }
        for target in re.findall(r"\]\((?!https:)([^)\s]+)\)", text):
            path, _, anchor = target.partition("#")
            if path:
                assert (ROOT / "docs" / path).exists(), target
            else:
                assert anchor in headings, target


HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


@pytest.mark.parametrize(
    ("hook", "files"),
    [
        ("bclm-manuscript", ["a.tex", "b/c.qmd", "d.Rmd", "e.typ"]),
        ("bclm-data", ["lab/references.yaml", "steps.yaml", "references.json"]),
        ("bclm-bibliography", ["a.tex", "refs.bib", "refs.json"]),
        ("bclm-online", ["a.tex", "c.qmd", "refs.bib"]),
    ],
)
def test_hooks_see_their_files(hook: str, files: list[str]) -> None:
    pattern = HOOKS[hook]["files"]
    others = ["README.rst", "a.py", "myreferences.yaml.orig", "a.tex.orig"]
    assert [name for name in [*files, *others] if re.search(pattern, name)] == files


def test_hooks_run(small: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def run(hook: str, *arguments: str) -> int:
        program, *words = shlex.split(HOOKS[hook]["entry"])
        assert program == "bclm"
        return small(*words, *arguments).code

    Path("good.tex").write_text(r"\cite{adams2001}")
    Path("bad.tex").write_text(r"\cite{nosuchpaper}")
    assert [run("bclm-manuscript", name) for name in ("good.tex", "bad.tex")] == [0, 1]
    arguments = ("--used-in", "good.tex", "-o", "refs.bib")
    assert run("bclm-bibliography", *arguments) == 1
    assert small("export", *arguments).code == 0
    assert run("bclm-bibliography", *arguments) == 0
    Path("references.yaml").write_text("references:\n  - {id: a, type: book, DOI: x}\n")
    assert run("bclm-data", "references.yaml") == 1


def test_the_online_hook_runs(online: Program, desk: Path) -> None:
    program, *words = shlex.split(HOOKS["bclm-online"]["entry"])
    assert program == "bclm"
    (desk / "refs.bib").write_text("@article{a, title={Invented}, doi={10.1000/none}}\n")
    result = online(*words, "refs.bib")
    assert (result.code, "no-such-identifier" in result.out) == (1, True)
    assert HOOKS["bclm-online"]["stages"] == ["pre-push", "manual"]  # not at every commit


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
