"""The pictures of the documentation are what the program draws today; `make golden` remakes them.

They show the shipped data, so a change of the data makes them stale as well.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bclm_cli.cli import main
from support import screenshot
from support.browser import CHROMIUM
from support.paths import ROOT
from support.terminal_svg import picture

FIGURES = ROOT / "docs/figures"
GRAPHS = {
    "cascade-light.svg": "graph -f svg",
    "cascade-dark.svg": "graph -f svg --theme dark",
    "kupffer-cell.svg": "graph -f svg --factor 'Kupffer cell' --factor neutrophil",
    "margination.svg": "graph margination -f svg --top 4",
    "axis.svg": "graph CXCL12 CXCR4 -f svg",
    "timeline.svg": "graph --timeline -f svg",
}
TERMINALS = {
    "terminal-steps.svg": (96, "steps"),
    "terminal-tree.svg": (96, "tree margination --kind cell"),
    "terminal-factors.svg": (96, "factors neutrophil"),
    "terminal-graph.svg": (136, "graph"),
}

PAGE = "page.png"
BROWSER = "terminal-browse.svg"
"""The terminal browser, drawn by test_browse_page.py."""


@pytest.fixture(autouse=True)
def _quiet_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "BCLM_DATA", "PAGER", "BCLM_PAGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def shown(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(shlex.split(command)) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def compared(name: str, drawn: str) -> None:
    path = FIGURES / name
    if os.environ.get("BCLM_UPDATE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(drawn, encoding="utf-8")
    ElementTree.fromstring(drawn)
    assert path.exists(), f"{name} is not drawn yet: run `make golden`"
    assert drawn == path.read_text(encoding="utf-8"), f"{name} is stale: run `make golden`"


@pytest.mark.parametrize("name", GRAPHS)
def test_a_figure_is_the_one_that_the_program_draws(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    compared(name, shown(GRAPHS[name], capsys))


@pytest.mark.parametrize("name", TERMINALS)
def test_a_terminal_looks_as_in_the_picture(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    columns, command = TERMINALS[name]
    monkeypatch.setenv("COLUMNS", str(columns))
    text = shown(f"{command} -f text --color always", capsys)
    compared(name, picture(f"bclm {command}", text))


@CHROMIUM
def test_the_page_looks_as_in_the_picture(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = tmp_path / "bclm.html"
    page.write_text(shown("page", capsys), encoding="utf-8")
    picture_of_it = FIGURES / PAGE
    of_today = screenshot.digest(page.read_text(encoding="utf-8"))
    if os.environ.get("BCLM_UPDATE") and (
        not picture_of_it.exists() or screenshot.taken_of(picture_of_it.read_bytes()) != of_today
    ):
        picture_of_it.write_bytes(screenshot.taken(page))
    assert screenshot.taken_of(picture_of_it.read_bytes()) == of_today, "stale: run `make golden`"


def test_every_picture_is_made_here() -> None:
    if not os.environ.get("BCLM_UPDATE"):
        assert {path.name for path in FIGURES.iterdir()} == {*GRAPHS, *TERMINALS, PAGE, BROWSER}


def test_a_picture_of_a_terminal() -> None:
    drawn = picture("echo", "\x1b[1;35m1\x1b[0m ├─ \x1b[2ma & b\x1b[0m  far\n")
    texts = [
        (text.text, text.get("fill"), text.get("font-weight"), text.get("x"))
        for text in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert texts == [
        ("$ echo", None, None, "18.00"),
        ("1", "#e79ad9", "bold", "18.00"),
        ("a & b", "#8e99a8", None, "60.15"),
        ("far", None, None, "119.16"),
    ]
    assert drawn.count("<path") == 1


@pytest.mark.parametrize("text", ["\x1b[5mblink", "\x1b[2Kgone", "\x1b[38;5;4mblue"])
def test_what_a_picture_cannot_show_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="nobody knows"):
        picture("echo", text)
