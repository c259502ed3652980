"""`bclm graph` from the command line: what is drawn, how it is picked, where it goes."""

from __future__ import annotations

import os
import struct
import subprocess
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from bclm_cli import graph
from bclm_cli.cli import main
from support.paths import DATA
from support.tools import needs

LIBRARY = DATA / "graph/library"
TEXTS = [name for name in graph.names() if name not in ("pdf", "png")]
BOXES = """\
╭─ 1 Entry ────────────────────────╮   ╭─ 2 Goal ─────────────────────────╮
│ home → start                     │──▶│ start → goal                     │
│ The cell enters.                 │   │ The cell stays.                  │
│ 2 factors, 2 papers              │   │ 1 factor, 1 paper                │
│                                  │   │                                  │
│ ◆ ABC1                         2 │   │ ▶ helper cell                  1 │
│ ⊣ brake                        1 │   │                                  │
╰──────────────────────────────────╯   ╰──────────────────────────────────╯
▶ promotes/required   ⊣ suppresses   ◆ conflicting   ○ neither
number: papers of any effect
"""
BRAKE = """\
╭─ 1 Entry ────────────────────────╮   ╭─ 2 Goal ─────────────────────────╮
│ home → start                     │──▶│ start → goal                     │
│ The cell enters.                 │   │ The cell stays.                  │
│ 1 factor, 1 paper                │   │ no claim here                    │
│                                  │   │                                  │
│ ⊣ brake                        1 │   │                                  │
╰──────────────────────────────────╯   ╰──────────────────────────────────╯
▶ promotes/required   ⊣ suppresses   ◆ conflicting   ○ neither
number: papers of any effect
"""
GOAL = """\
╭─ 2 Goal ─────────────────────────────────────────────────────────────────────╮
│ start → goal                                                                 │
│ The cell stays.                                                              │
│ 1 factor, 1 paper                                                            │
│                                                                              │
│ ▶ helper cell   1                                                            │
╰──────────────────────────────────────────────────────────────────────────────╯
▶ promotes/required   ⊣ suppresses   ◆ conflicting   ○ neither
number: papers of any effect
"""


class Result(NamedTuple):
    code: int
    out: str
    err: str


class Bclm:
    """Runs the program on the small library in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Result:
        code = main(["graph", *arguments, "--data", str(LIBRARY), "--only-data"])
        return Result(code, *self._capsys.readouterr())


@pytest.fixture
def bclm(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Bclm:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "BCLM_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return Bclm(capsys)


def test_boxes_are_drawn_unless_told_otherwise(bclm: Bclm) -> None:
    assert bclm() == (0, BOXES, "")


def test_a_selection_keeps_the_steps_that_it_leaves_empty(bclm: Bclm) -> None:
    assert bclm("--factor", "brake") == (0, BRAKE, "")


@pytest.mark.parametrize("way", [["2"], ["goal"], ["--step", "goal"], ["ii"]])
def test_a_step_by_itself(bclm: Bclm, way: list[str]) -> None:
    assert bclm(*way) == (0, GOAL, "")


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("step", [[], ["1"]])
def test_each_format_from_the_command_line(bclm: Bclm, name: str, step: list[str]) -> None:
    code, out, err = bclm("-f", name, *step)
    assert (code, err) == (0, "")
    assert "ABC1" in out


@pytest.mark.parametrize("name", TEXTS)
def test_the_suffix_of_the_file_says_the_format(bclm: Bclm, name: str) -> None:
    suffix = graph.get(name).SUFFIX
    assert bclm("-o", f"cascade{suffix}") == (0, "", "")
    width = ["--width", "80"] if name == "text" else []
    assert Path(f"cascade{suffix}").read_text(encoding="utf-8") == bclm("-f", name, *width).out


def test_an_unchanged_file_is_not_written_again(bclm: Bclm) -> None:
    bclm("-o", "x.svg")
    os.utime("x.svg", (1, 1))
    assert bclm("-o", "x.svg").code == 0
    assert Path("x.svg").stat().st_mtime == 1


@pytest.mark.parametrize("name", TEXTS)
def test_an_empty_selection_is_no_failure(bclm: Bclm, name: str) -> None:
    for step in ([], ["1"]):
        code, out, err = bclm(*step, "-f", name, "--effect", "marks")
        assert (code, err) == (0, "bclm: no claims match\n")
        assert "No claim matches this selection." in out or name in ("cyjs", "graphml")


def test_background_belongs_to_no_step(bclm: Bclm) -> None:
    for name in TEXTS:
        assert bclm("context", "-f", name) == (
            1,
            "",
            "bclm: context is no step\n"
            "hint: `bclm tree context` and `bclm claims --step context`\n",
        )


def test_top_and_all(bclm: Bclm) -> None:
    assert "and 1 more" in bclm("--top", "1").out
    assert bclm("--top", "all").out == BOXES


def test_the_step_s_figure_shows_its_papers(bclm: Bclm) -> None:
    root = ElementTree.fromstring(bclm("goal", "-f", "svg", "--width", "700").out)
    assert root.get("width") == "700"
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Sample 2002 · two2002" in texts
    assert "A made-up model" in texts


def test_theme_changes_colors_only(bclm: Bclm) -> None:
    light, dark = bclm("-f", "svg").out, bclm("-f", "svg", "--theme", "dark").out
    assert light != dark
    assert light.count("<text") == dark.count("<text")


def test_color_is_for_the_terminal(bclm: Bclm) -> None:
    assert "\x1b[31m⊣\x1b[0m" in bclm("--color", "always").out
    assert "\x1b" not in bclm("--color", "always", "-f", "svg").out
    bclm("--color", "always", "-o", "boxes.txt")
    assert "\x1b" not in Path("boxes.txt").read_text(encoding="utf-8")


@needs("rsvg-convert", "pdffonts")
def test_pdf_has_vectors_and_its_fonts(bclm: Bclm) -> None:
    for step in ([], ["1"]):
        assert bclm(*step, "-o", "x.pdf") == (0, "", "")
        assert Path("x.pdf").read_bytes().startswith(b"%PDF-")
        images = subprocess.run(["pdfimages", "-list", "x.pdf"], capture_output=True, check=True)
        assert len(images.stdout.splitlines()) == 2  # the heading alone
        fonts = subprocess.run(["pdffonts", "x.pdf"], capture_output=True, text=True, check=True)
        rows = fonts.stdout.splitlines()[2:]
        assert rows
        assert {row.split()[-5] for row in rows} == {"yes"}, fonts.stdout


@needs("rsvg-convert")
def test_png_has_300_pixels_to_the_inch(bclm: Bclm) -> None:
    assert bclm("-o", "x.png", "--width", "960") == (0, "", "")
    png = Path("x.png").read_bytes()
    assert struct.unpack(">I", png[16:20]) == (3000,)
    assert png[37:41] == b"pHYs"
    assert struct.unpack(">IIB", png[41:50]) == (11811, 11811, 1)
    before = Path("x.png").stat().st_mtime_ns
    assert bclm("-o", "x.png", "--width", "960").code == 0
    assert Path("x.png").stat().st_mtime_ns == before


def test_without_a_converter(bclm: Bclm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert bclm("-o", "x.pdf") == (
        4,
        "",
        "bclm: PNG and PDF need rsvg-convert\n"
        "hint: apt install librsvg2-bin, or brew install librsvg; -o x.svg needs nothing\n",
    )
    assert not Path("x.pdf").exists()


def test_what_is_no_text_needs_a_file(bclm: Bclm) -> None:
    said = "bclm: png is no text\nhint: name a file: -o x.png\n"
    assert bclm("-f", "png") == (2, "", said)


def test_the_formats_explain_themselves(bclm: Bclm) -> None:
    code, out, err = bclm("-f", "help")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == graph.names()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["-f", "sgv"], 2, "no format 'sgv'; did you mean svg?\nhint: formats are cyjs, dot,"),
        (
            ["-o", "x.gif"],
            2,
            "no format of this answer has the suffix '.gif'\nhint: name one with -f: cyjs,",
        ),
        (["--theme", "drak"], 2, "no theme 'drak'; did you mean dark?\nhint: themes are light,"),
        (["--top", "0"], 2, "--top takes a number from 1, or all, not '0'\n"),
        (["--top", "9" * 5000], 2, "--top takes a number from 1, or all, not '999"),
        (["--top", "²"], 2, "--top takes a number from 1, or all, not '²'\n"),
        (["--color", "red"], 2, "no color 'red'\n"),
        (["nowhere"], 1, "no step 'nowhere'"),
        (["--factor", "ABCD1"], 1, "no factor 'ABCD1'; did you mean ABC1?"),
        (["-o", "no/such/folder.svg"], 4, "cannot write no/such/folder.svg: No such file"),
    ],
)
def test_mistakes_are_reported(bclm: Bclm, arguments: list[str], code: int, message: str) -> None:
    result = bclm(*arguments)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(f"bclm: {message}")
