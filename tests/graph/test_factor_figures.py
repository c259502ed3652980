"""Figures of factors side by side, and of papers by year: what stands where, and for any label."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bclm_cli import graph
from bclm_cli.graph import Network, Options, Subject
from bclm_cli.model.records import Binding, Factor
from support.cascades import AWKWARD_NAMES, REFERENCES, awkward, empty, small
from support.program import SMALL, Program

SVG = "{http://www.w3.org/2000/svg}"


def drawn(network: Network, pixels: int | None = None) -> ElementTree.Element:
    text = "".join(graph.get("svg").dump(network, Options(pixels)))
    assert text.endswith("</svg>\n")
    return ElementTree.fromstring(text)


def texts(root: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def about(*names: str) -> Network:
    network = small()
    factors = {
        action.factor.name: action.factor
        for station in network.stations
        for action in station.actions
    }
    subjects = tuple(Subject(factors[name], frozenset((name,))) for name in names)
    return network._replace(subjects=subjects)


def test_claims_against_stand_left_of_the_axis_and_claims_for_right() -> None:
    root = drawn(about("ABC1"))
    middle = next(g for g in root.iter(f"{SVG}g") if g.get("aria-label") == "Middle")
    [axis] = [path.get("d") or "" for path in middle.findall(f"{SVG}g/{SVG}path")]
    at = float(re.match(r"M([\d.]+) ", axis)[1])  # type: ignore[index]
    [arrow] = middle.iter(f"{SVG}polygon")
    [bar] = [p for p in middle.iter(f"{SVG}path") if "V" in (p.get("d") or "") and p.get("fill")]
    assert all(float(pair.split(",")[0]) > at for pair in (arrow.get("points") or "").split())
    assert float(re.match(r"M([\d.]+) ", bar.get("d") or "")[1]) < at  # type: ignore[index]


def test_each_sign_says_its_claim() -> None:
    titles = [title.text for title in drawn(about("ABC1")).iter(f"{SVG}title")]
    assert titles[1:] == [
        "promotes: ABC1 helps. (one2001)",
        "required: No way without. (two2002)",
        "marks: Seen there. (two2002)",
        "suppresses: It harms. (three2003)",
        "promotes: It helps. (one2001)",
    ]


def test_factors_stand_beside_each_other() -> None:
    shown = texts(drawn(about("ABC1", "brake")))
    assert shown[0] == "ABC1 · brake"
    assert shown.count("no claim") == 1
    assert "2 papers · 0 direct of 3 claims" in shown
    assert "1 paper · 0 direct of 1 claim" in shown


def test_what_a_factor_binds_is_told_with_its_papers() -> None:
    factor = Factor(
        "ABC1", "gene", broader=("family",),
        binds=(Binding("ABC1", "one2001"), Binding("brake", "two2002"), Binding("brake", "x")),
    )  # fmt: skip
    network = about("ABC1")._replace(subjects=(Subject(factor, frozenset(("ABC1",))),))
    said = " ".join(texts(drawn(network)))
    assert "belongs to family" in said
    assert "binds itself (one2001), brake (two2002, x)" in said


def test_a_family_counts_its_members() -> None:
    members = Subject(Factor("both", "family"), frozenset(("both", "ABC1", "brake")))
    shown = texts(drawn(small()._replace(subjects=(members,))))
    assert "2 papers · 0 direct of 4 claims" in shown


@pytest.mark.parametrize("count", [1, 2, 6])
def test_any_name_is_safe(count: int) -> None:
    network = awkward(40, 3)
    factors = [action.factor for action in network.stations[0].actions][:count]
    subjects = tuple(Subject(one, frozenset((one.name,))) for one in factors)
    root = drawn(network._replace(subjects=subjects))
    assert root.find(f"{SVG}script") is None
    assert len(AWKWARD_NAMES) > 3


def test_the_timeline_has_a_dot_for_each_paper_in_each_step() -> None:
    papers = {paper.id: paper for paper in REFERENCES if paper.id != "unused"}
    root = drawn(small()._replace(timeline=True, references=papers))
    dots = [
        title.text
        for step in root.iter(f"{SVG}g")
        if step.get("aria-label") in ("Entry", "Middle")
        for title in step.iter(f"{SVG}title")
    ]
    assert dots == [
        "Example et al. 2001 · one2001", "Two 2002 · two2002",
        "Example et al. 2001 · one2001", "Two 2002 · two2002",
    ]  # fmt: skip
    assert {"2001", "2002"} <= set(texts(root))
    assert "No claim matches this selection." in " ".join(
        texts(drawn(empty()._replace(timeline=True)))
    )


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, cache: Path) -> Program:
    return Program(monkeypatch, cache, SMALL)


def test_the_command_line(program: Program) -> None:
    run = program("graph", "nowhere")
    assert (run.code, run.err.splitlines()[0]) == (
        1, "bclm: no step 'nowhere'; no factor 'nowhere' in the data",
    )  # fmt: skip
    assert program("graph", "EXA1", "-f", "svg").out.count("<title>suppresses: ") >= 1
    assert program("graph", "--timeline").err == (
        "bclm: --timeline is a figure\nhint: name a file: -o x.svg, x.pdf or x.png\n"
    )
    assert "by year and step" in program("graph", "--timeline", "-f", "svg").out
    assert program("graph", "EXA1", "--factor", "EXA1").code == 2
