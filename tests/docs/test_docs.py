"""docs/cli.md is made from --help, docs/output.md tells the truth, and every example works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from bclm_cli import cli, errors, help_topics
from bclm_cli.library import new
from bclm_cli.query import FIELDS
from bclm_cli.views import COLUMNS
from bclm_cli.views.weights import COMPARED, CONFLICT
from support.paths import ROOT
from support.program import SMALL, Program
from support.replay import Replay
from support.works import article, work

DOCS = ROOT / "docs"
CLI = DOCS / "cli.md"
OUTPUT = DOCS / "output.md"

HEAD = """\
# The command line

What `bclm --help`, `bclm COMMAND --help` and `bclm help TOPIC` say, in one page. It is made from
the program by `make golden`; what output promises to scripts is in [output.md](output.md).
"""


def test_cli_page_is_what_help_says(shipped: Program) -> None:
    page = "".join(sections(shipped))
    if os.environ.get("BCLM_UPDATE") == "1":
        CLI.write_text(page, encoding="utf-8")
    assert CLI.read_text(encoding="utf-8") == page


def sections(program: Program) -> Iterator[str]:
    """The page, a section for each command and each topic."""
    yield HEAD
    yield section(program, "bclm", "--help")
    for command in cli.command_names():
        yield section(program, f"bclm {command}", command, "--help")
    yield section(program, "Topics of bclm help", "help")
    for topic in help_topics.TOPICS:
        yield section(program, f"bclm help {topic}", "help", topic)


def section(program: Program, title: str, *arguments: str) -> str:
    result = program(*arguments, env={"COLUMNS": "80"})
    assert (result.code, result.err) == (0, "")
    assert max(map(len, result.out.splitlines())) <= 80
    return f"\n## {title}\n\n```text\n{result.out.rstrip()}\n```\n"


@pytest.mark.parametrize("columns", [50, 80, 200])
def test_help_is_the_same_at_every_width_that_holds_it(shipped: Program, columns: int) -> None:
    shown = shipped("claims", "--help", columns=columns).out
    text, _, examples = shown.partition("Examples:\n")
    assert max(map(len, text.splitlines())) <= columns
    assert examples.startswith("  $ bclm claims ")
    if columns >= 80:
        assert shown == shipped("claims", "--help", env={"COLUMNS": "80"}).out


def test_help_of_a_command_is_its_help(shipped: Program) -> None:
    for command in cli.command_names():
        assert shipped("help", command) == shipped(command, "--help"), command


# ---- examples


@pytest.fixture
def desk(tmp_path: Path, replay: Replay, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that examples speak of, and services that know their papers."""
    monkeypatch.chdir(tmp_path)
    replay.add_work(work("10.1371/journal.pone.0033693"))
    replay.add_article(article("11242036"))
    replay.otherwise = ["30108519"]
    (tmp_path / "paper.tex").write_text(r"\cite{muller2001, tabaries2011}" + "\n")
    (tmp_path / "paper.qmd").write_text("Seen before [@muller2001; @tabaries2011].\n")
    (tmp_path / "mine.bib").write_text("@misc{mine2020, title = {Mine}}\n")
    shutil.copy(DOCS.parent / "tests/data/import/zotero.bib", tmp_path)
    shutil.copytree(SMALL, tmp_path / "lab")
    return tmp_path


@pytest.mark.parametrize("command", cli.command_names())
def test_every_example_works(
    shipped: Program, desk: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if command == "browse":  # it would wait for keys, which tests/browse presses
        pytest.importorskip("textual")
        monkeypatch.setattr("bclm_cli.commands.browse._check_terminal", lambda: None)
        monkeypatch.setattr(
            "bclm_cli.browse.app.Browser.run", lambda app: print(app.explorer.place)
        )
    for example in import_module(f"bclm_cli.commands.{command}").EXAMPLES:
        words = shlex.split(example)
        assert words[:2] == ["bclm", command]
        _, *arguments = words
        target = None
        if ">" in arguments:
            *arguments, _, target = arguments
        result = shipped(*arguments)
        good = (0, 1) if command == "check" else (0,)  # check says 1 of what it finds
        assert result.code in good, (example, result.err)
        assert "Traceback" not in result.err
        assert result.out or {"-o", "--check", "--db", "--write", "check"} & {*arguments}, example
        if target:
            Path(target).write_text(result.out, encoding="utf-8")


def test_the_papers_that_help_names_are_there(shipped: Program) -> None:
    named = re.findall(r"\b[a-z]+\d{4}\b|PMID:\d+", help_topics.NAMES)
    found = shipped("refs", *named, "--fields", "key")
    assert (found.out.split(), found.err) == (["muller2001", "ma2015"], "")


def test_the_commands_shown_first_work(shipped: Program, desk: Path) -> None:
    from bclm_cli.home import NEXT

    for line, _ in NEXT:
        assert shipped(*shlex.split(line)[1:]).code == 0, line


# ---- the output contract


def rows(heading: str) -> list[list[str]]:
    """The rows of the table under a heading of docs/output.md, code marks taken off."""
    text = OUTPUT.read_text(encoding="utf-8")
    part = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    return [[re.sub(r"`", "", cell) for cell in row] for row in table]


def test_exit_codes_of_the_contract() -> None:
    assert {int(code): meaning for code, meaning in rows("Exit codes")} == errors.MEANINGS


def test_variables_of_the_contract() -> None:
    reported = {name: meaning.replace("`", "") for name, meaning in help_topics.ENVIRONMENT.items()}
    assert dict(rows("Environment")) == reported


def test_fields_of_the_contract() -> None:
    promised = {list_: fields.split(", ") for list_, fields, _ in rows("Fields")}
    others = {
        "search": COLUMNS["search"][1],
        "new": new.COLUMNS,
        "compare": COMPARED,
        "conflicts": CONFLICT,
    }
    reported = dict(FIELDS) | {list_: dict.fromkeys(fields) for list_, fields in others.items()}
    assert promised == {list_: list(fields) for list_, fields in reported.items()}
    defaults = {list_: int(number) for list_, _, number in rows("Fields")}
    assert defaults == {list_: number for list_, (number, _) in COLUMNS.items()}


@pytest.mark.parametrize("list_", list(FIELDS))
def test_fields_help_says_the_same(small: Program, list_: str) -> None:
    assert small(list_, "--fields", "help").out.split() == list(FIELDS[list_])
