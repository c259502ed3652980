"""Each graph format read by the program that it is for, and counted against the selection."""

from __future__ import annotations

import json
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bclm_cli import graph
from bclm_cli.graph import Network, Options, build
from bclm_cli.graph.labels import clean
from bclm_cli.model.records import Binding, Claim, Factor, Step
from support.cascades import AWKWARD_NAMES, awkward, empty, small
from support.paths import TESTS
from support.tools import needs

HERE = TESTS / "support"
NETWORKS = {"small": small(), "step": small(whole_step=True), "empty": empty(),
            "awkward": awkward(2 * len(AWKWARD_NAMES), 3)}  # fmt: skip
CASES = pytest.mark.parametrize("case", NETWORKS)


def drawn(name: str, network: Network) -> str:
    return "".join(graph.get(name).dump(network, Options()))


def run(*command: str, text: str) -> str:
    return subprocess.run(
        command, input=text, capture_output=True, encoding="utf-8", check=True
    ).stdout


def actions(network: Network) -> list[tuple[str, str, str]]:
    """Factor, step and net effect, by the selection itself."""
    return [
        (action.factor.name, station.step.name, action.net)
        for station in network.stations
        for action in station.actions
    ]


def ways(network: Network) -> list[tuple[str, str]]:
    names = [station.step.name for station in network.stations]
    return list(pairwise(names))


@needs("dot")
@CASES
def test_graphviz_draws_every_node_and_edge(case: str) -> None:
    network = NETWORKS[case]
    drawing = run("dot", "-Tsvg", text=drawn("dot", network))
    kinds: dict[str, list[list[str]]] = {"node": [], "edge": []}
    for group in ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}g"):
        if group.get("class") in kinds:
            texts = group.iter("{http://www.w3.org/2000/svg}text")
            kinds[group.get("class", "")].append([text.text or "" for text in texts])
    acting = actions(network)
    if case == "empty":
        assert kinds == {"node": [["No claim matches this selection."]], "edge": []}
        return
    assert len(kinds["edge"]) == len(acting) + len(network.stations) - 1
    labels = sorted(text[0].replace("\N{NO-BREAK SPACE}", " ") for text in kinds["node"])
    assert labels == sorted(
        [f"{s.step.number}. {clean(s.step.name)}" for s in network.stations]
        + [
            f"{clean(action.factor.name)} · {len(action.papers)}"
            for station in network.stations
            for action in station.actions
        ]
    )


@needs("node:mermaid", "node:jsdom")
def test_mermaid_finds_every_node_and_edge() -> None:
    texts = json.dumps([drawn("mermaid", network) for network in NETWORKS.values()])
    output = run("node", str(HERE / "read_mermaid.mjs"), text=texts)
    for network, found in zip(NETWORKS.values(), json.loads(output), strict=True):
        if not network.claims:
            assert found == {
                "nodes": [["No claim matches this selection.", []]], "boxes": [], "edges": [],
            }  # fmt: skip
            continue
        signs = {"promoting": "▶", "suppressing": "⊣", "conflicting": "◆", "other": "○"}
        assert found["nodes"] == [
            [
                f"{signs[action.net]} {clean(action.factor.name)} · {len(action.papers)}",
                [action.net],
            ]
            for station in network.stations
            for action in station.actions
        ]
        assert sorted(found["boxes"]) == sorted(
            [f"{s.step.number} · {clean(s.step.name)} · {s.factors} factors", len(s.actions)]
            for s in network.stations
        )
        numbers = [station.step.number for station in network.stations]
        assert found["edges"] == [[f"s{a}", f"s{b}"] for a, b in pairwise(numbers)]


@needs("python:networkx")
@CASES
def test_networkx_reads_graphml(case: str, tmp_path: Path) -> None:
    import networkx

    network = NETWORKS[case]
    path = tmp_path / "cascade.graphml"
    path.write_text(drawn("graphml", network), encoding="utf-8")
    read = networkx.read_graphml(path)
    acting = actions(network)
    assert read.number_of_nodes() == len(network.stations) + len({name for name, *_ in acting})
    found = [
        (read.nodes[source]["name"], read.nodes[target]["name"], data["interaction"])
        for source, target, data in read.edges(data=True)
    ]
    assert sorted(found) == sorted(
        [(clean(name), clean(step), net) for name, step, net in acting]
        + [(clean(before), clean(after), "leads to") for before, after in ways(network)]
    )


@needs("python:networkx")
def test_graphml_keeps_the_attributes_with_their_types(tmp_path: Path) -> None:
    import networkx

    path = tmp_path / "cascade.graphml"
    path.write_text(drawn("graphml", small()), encoding="utf-8")
    read = networkx.read_graphml(path)
    assert read.nodes["factor:ABC1"] == {
        "type": "factor", "name": "ABC1", "kind": "gene", "identifier": "HGNC:0",
        "full_name": "example protein 1", "synonyms": "A-B-C; abc", "claims": 5, "references": 3,
        "direct": 0,
    }  # fmt: skip
    edge = dict(read.edges["factor:ABC1", "step:middle"])
    assert edge.pop("id") == "factor:ABC1 > step:middle"
    assert edge == {
        "interaction": "conflicting", "effect": "promotes; suppresses", "promotes": 1,
        "suppresses": 1, "required": 0, "marks": 0, "context_dependent": 0, "no_effect": 0,
        "describes": 0,
        "conflicting": True, "claims": 2, "references": 2, "keys": "one2001; three2003",
        "verdict": "conflicting", "direct": 0, "breast": 0, "place": 0, "indirect": 0,
    }  # fmt: skip


@needs("node:cytoscape")
def test_cytoscape_loads_every_element() -> None:
    texts = json.dumps([drawn("cyjs", network) for network in NETWORKS.values()])
    output = run("node", str(HERE / "read_cytoscape.cjs"), text=texts)
    for network, found in zip(NETWORKS.values(), json.loads(output), strict=True):
        acting = actions(network)
        factors = list(dict.fromkeys(name for name, *_ in acting))
        assert found["nodes"] == [s.step.name for s in network.stations] + factors
        assert found["edges"] == [
            *([before, after, "leads to"] for before, after in ways(network)),
            *map(list, acting),
        ]
        assert found["conflicting"] == sum(net == "conflicting" for *_, net in acting)
        kinds = {a.factor.name: a.factor.kind for s in network.stations for a in s.actions}
        assert found["genes"] == sum(kind == "gene" for kind in kinds.values())


def test_cyjs_is_strict_json() -> None:
    def refuse(constant: str) -> Any:
        raise AssertionError(constant)

    for network in NETWORKS.values():
        json.loads(drawn("cyjs", network), parse_constant=refuse)


def related() -> Network:
    """Two genes of a family that bind each other, and what neither touches."""
    step = Step(1, "entry", "Entry", "The cell enters.", "home", "start", "liver")
    family = Factor("clan", "family", broader=("realm",))
    factors = (
        Factor("AAA", "gene", broader=("clan", "nowhere"), binds=(Binding("BBB", "one2001"),)),
        Factor("BBB", "gene", broader=("clan",), binds=(
            Binding("AAA", "one2001"), Binding("AAA", "two2002"), Binding("BBB", "two2002"),
            Binding("gone", "two2002"),
        )),
    )  # fmt: skip
    claims = (
        Claim("entry", "AAA", "promotes", "It does.", "one2001", ("human cohort",), "liver",
              ("breast",), directness="direct", level="human"),
        Claim("entry", "AAA", "marks", "It is.", "two2002", ("in vitro",), directness="indirect",
              level="in vitro"),
        Claim("entry", "BBB", "promotes", "It does.", "two2002", ("review",), "liver",
              ("several",), directness="place", level="review"),
    )  # fmt: skip
    families = (family, Factor("realm", "family"), Factor("others", "family"))
    return build("Made up", (step,), factors, claims, (), families=families)


@needs("python:networkx")
def test_networkx_reads_how_factors_hang_together_and_what_claims_weigh(tmp_path: Path) -> None:
    import networkx

    path = tmp_path / "cascade.graphml"
    path.write_text(drawn("graphml", related()), encoding="utf-8")
    read = networkx.read_graphml(path)
    edges = {
        (source, data["interaction"], target): data
        for source, target, data in read.edges(data=True)
    }
    assert set(edges) == {
        ("factor:AAA", "promoting", "step:entry"),
        ("factor:BBB", "other", "step:entry"),  # a review is no arrow of its own
        ("factor:AAA", "belongs to", "factor:clan"),
        ("factor:BBB", "belongs to", "factor:clan"),
        ("factor:clan", "belongs to", "factor:realm"),
        ("factor:AAA", "binds", "factor:BBB"),
        ("factor:BBB", "binds", "factor:BBB"),
    }
    weights = ("verdict", "level", "direct", "breast", "place", "indirect")
    acts = edges["factor:AAA", "promoting", "step:entry"]
    assert [acts[name] for name in weights] == ["single", "human", 1, 0, 0, 1]
    repeats = edges["factor:BBB", "other", "step:entry"]
    assert [repeats[name] for name in weights] == ["undecided", "review", 0, 0, 1, 0]
    assert edges["factor:AAA", "binds", "factor:BBB"]["keys"] == "one2001"
    assert read.nodes["factor:AAA"]["direct"] == 1
    assert read.nodes["step:entry"]["place"] == "liver"


@needs("node:cytoscape")
def test_cytoscape_finds_what_binds_and_what_is_direct() -> None:
    text = json.dumps([drawn("cyjs", related())])
    [found] = json.loads(run("node", str(HERE / "read_cytoscape.cjs"), text=text))
    assert found["direct"] == ["AAA"]
    assert [edge for edge in found["edges"] if edge[2] in ("binds", "belongs to")] == [
        ["AAA", "clan", "belongs to"],
        ["AAA", "BBB", "binds"],
        ["BBB", "clan", "belongs to"],
        ["BBB", "BBB", "binds"],
        ["clan", "realm", "belongs to"],
    ]
