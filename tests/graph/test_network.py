"""The network behind the pictures, and each text format whole on a made-up cascade."""

from __future__ import annotations

import os
import re

import pytest

from bclm_cli import graph
from bclm_cli.graph import Options, cells
from bclm_cli.graph.cells import fit, width, wrap
from bclm_cli.graph.labels import author_year, clean, short_citation
from bclm_cli.graph.network import Action
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Claim, Name, Reference
from support.cascades import AWKWARD_NAMES, CLAIMS, FACTORS, REFERENCES, awkward, empty, small
from support.paths import DATA

GRAPHS = DATA / "graph"
FORMATS = ["cyjs", "dot", "graphml", "mermaid", "svg", "text"]


def drawn(name: str, network: graph.Network, options: Options | None = None) -> str:
    return "".join(graph.get(name).dump(network, options or Options()))


def test_the_folder_is_the_list_of_formats() -> None:
    assert graph.names() == sorted([*FORMATS, "pdf", "png"])


@pytest.mark.parametrize("name", ["nope", "_label", "../svg", "_figure"])
def test_another_name_is_no_format(name: str) -> None:
    with pytest.raises(KeyError):
        graph.get(name)


def test_stations_stand_in_order_with_their_strongest_factors_first() -> None:
    assert [
        (station.step.id, [(action.factor.name, action.net) for action in station.actions])
        for station in small().stations
    ] == [
        ("intravasation", [("ABC1", "promoting"), ("brake", "suppressing")]),
        (
            "middle",
            [("ABC1", "conflicting"), ("helper cell", "promoting"), ("stress", "other")],
        ),
    ]


def test_background_claims_and_uncited_papers_stay_out() -> None:
    network = small()
    assert network.claims == len(CLAIMS) - 1
    assert sorted(network.references) == ["one2001", "three2003", "two2002"]


def test_the_counts_are_those_of_the_selection_whatever_is_shown() -> None:
    first = small().strongest(1).stations[0]
    assert [action.factor.name for action in first.actions] == ["ABC1"]
    assert (first.factors, first.claims, first.papers, first.hidden) == (2, 4, 2, 1)
    assert first.tally == (2, 1, 1)
    assert small().strongest(None) == small()


@pytest.mark.parametrize(
    ("effects", "net", "tally"),
    [
        (["promotes"], "promoting", (1, 0, 0)),
        (["required"], "promoting", (1, 0, 0)),
        (["suppresses", "marks"], "suppressing", (0, 1, 1)),
        (["required", "suppresses"], "conflicting", (1, 1, 0)),
        (["marks", "context-dependent", "no effect"], "other", (0, 0, 3)),
        (["promotes", "no effect"], "conflicting", (1, 0, 1)),
        (["promotes", "context-dependent"], "promoting", (1, 0, 1)),
    ],
)
def test_neither_a_mark_nor_a_null_result_ever_counts_as_promotion(
    effects: list[str], net: str, tally: tuple[int, int, int]
) -> None:
    claims = tuple(Claim("s", "f", effect, "x", f"k{i}") for i, effect in enumerate(effects))
    action = Action(FACTORS[0], claims)
    assert (action.net, action.tally) == (net, tally)


def test_two_claims_of_one_paper_are_one_paper() -> None:
    action = small().stations[0].actions[0]
    assert action.papers == ("one2001", "two2002")
    assert action.effects == {"promotes": 1, "required": 1, "marks": 1}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("kind", ["small", "step", "empty"])
def test_each_format_as_a_whole(name: str, kind: str) -> None:
    """The files of data/graph; BCLM_UPDATE=1 writes them again."""
    network = {"small": small(), "step": small(whole_step=True), "empty": empty()}[kind]
    path = GRAPHS / f"{kind}{graph.get(name).SUFFIX}"
    text = drawn(name, network)
    if os.environ.get("BCLM_UPDATE"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_fit_for_a_file(name: str) -> None:
    text = drawn(name, awkward(40, 3))
    assert text.endswith("\n")
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text or name == "cyjs"  # where data is data, json keeps it


@pytest.mark.parametrize("name", FORMATS)
def test_no_step_at_all_is_drawn_too(name: str) -> None:
    nothing = graph.build("", (), (), (), ())
    text = drawn(name, nothing)
    assert text.endswith("\n")
    if name not in ("cyjs", "graphml"):
        assert "No claim matches this selection." in text


WIDE = """\
╭─ 1 Entry ────────────────────────╮   ╭─ 2 Middle ───────────────────────╮
│ home → start                     │──▶│ start → goal                     │
│ The cell enters.                 │   │ It floats.                       │
│ 2 factors, 2 papers              │   │ 3 factors, 3 papers              │
│                                  │   │                                  │
│ ▶ ABC1                         2 │   │ ◆ ABC1                         2 │
│ ⊣ brake                        1 │   │ ▶ helper cell                  1 │
│                                  │   │ ○ stress                       1 │
╰──────────────────────────────────╯   ╰──────────────────────────────────╯
▶ promotes/required   ⊣ suppresses   ◆ conflicting   ○ neither   number: papers of any effect
"""
NARROW = """\
╭─ 1 Entry ─────────╮
│ home → start      │
│ The cell enters.  │
│ 2 factors         │
│ 2 papers          │
│                   │
│ ▶ ABC1          2 │
│   and 1 more      │
╰───────────────────╯
          ▼
╭─ 2 Middle ────────╮
│ start → goal      │
│ It floats.        │
│ 3 factors         │
│ 3 papers          │
│                   │
│ ◆ ABC1          2 │
│   and 2 more      │
╰───────────────────╯
▶ promotes/required
⊣ suppresses
◆ conflicting
○ neither
number: papers of any
effect
"""


def test_boxes_stand_side_by_side_where_there_is_room() -> None:
    assert drawn("text", small(), Options(width=100)) == WIDE


def test_boxes_stand_below_each_other_where_there_is_none() -> None:
    assert drawn("text", small().strongest(1), Options(width=21)) == NARROW


def test_color_changes_no_character() -> None:
    colored = drawn("text", small(), Options(width=100, color=True))
    assert "\x1b[32m▶\x1b[0m" in colored
    plain = re.sub(r"\x1b\[[\d;]*m", "", colored)
    assert [line.rstrip() for line in plain.splitlines()] == WIDE.splitlines()


@pytest.mark.parametrize("columns", [21, 33, 60, 80, 120, 200])
@pytest.mark.parametrize("steps", [1, 2, 5])
def test_boxes_close_and_keep_to_the_width(columns: int, steps: int) -> None:
    text = drawn("text", awkward(len(AWKWARD_NAMES), steps), Options(width=columns))
    for line in text.split("\n"):
        assert width(line) <= columns
        if line.startswith(("│", "╭", "╰")):
            assert line[-1] in "│╮╯"


def test_cells_are_what_a_terminal_counts() -> None:
    assert width("日本") == 4
    assert width("e\u0301") == 1
    assert fit("日本語", 5) == "日本…"
    assert fit("日本語", 4) == "日… "
    assert wrap("epithelial-mesenchymal transition", 12) == [
        "epithelial-",
        "mesenchymal",
        "transition",
    ]
    assert wrap("日本語", 1) == ["日", "本", "語"]
    assert wrap("a-bé-cdéf gh", 5) == ["a-bé-", "cdéf", "gh"]


def test_a_long_word_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []
    monkeypatch.setattr(cells, "_cell", lambda sign: measured.append(sign) or 1)
    assert wrap("é" * 1000, 10) == ["é" * 10] * 100
    assert len(measured) < 2 * 1000


def test_a_label_is_one_visible_line() -> None:
    assert clean(" line\nbreak\t\x07\x1b[1m\u202e\ufeffx \ud800") == "line break x"


@pytest.mark.parametrize(
    ("names", "year", "said"),
    [
        ((Name("Example"),), 2001, "Example 2001"),
        ((Name("Example"), Name("Sample")), 2001, "Example and Sample 2001"),
        ((Name("A"), Name("B"), Name("C")), 2001, "A et al. 2001"),
        ((Name("Berg", non_dropping_particle="van den"),), 2001, "van den Berg 2001"),
        ((Name(literal="The Body"),), None, "The Body"),
        ((), 2001, "key"),
        ((Name("שלום"),), 2001, "\u2068שלום\u2069 2001"),
    ],
)
def test_a_paper_in_running_text(names: tuple[Name, ...], year: int | None, said: str) -> None:
    dates = {"issued": Date((year,))} if year else {}
    assert author_year(Reference("key", "book", {}, {"author": names}, dates, {})) == said


def test_a_paper_on_one_line() -> None:
    one, two, three, _ = REFERENCES
    assert short_citation(one, authors=2) == (
        "Example AB, Sample C, et al. An example of one. J Examp. 2001;1:1-2. doi:10.1234/<a>"
    )
    assert short_citation(two) == "Two T. Two? 2002."
    assert short_citation(three) == "Three."
    many = three._replace(text={"title": "Beyond 10<sup>6</sup> <i>cells</i>"})
    assert short_citation(many) == "Beyond 10⁶ cells."
