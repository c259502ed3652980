"""The cascade in Graphviz' DOT language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bclm_cli.graph import Options
from bclm_cli.graph.labels import clean, listed, short_citation
from bclm_cli.graph.network import Action, Network, Station
from bclm_cli.text.counted import counted

HELP = "a graph for Graphviz"
SUFFIX = ".dot"
TOP: int | None = 8
TOP_OF_STEP: int | None = None

# Arrowheads follow the habit of pathway figures: a T-bar suppresses.
_EDGES = {
    "promoting": 'arrowhead=normal color="#0b5aa2"',
    "suppressing": 'arrowhead=tee color="#c8500a" penwidth=1.8',
    "conflicting": 'arrowhead=teenormal color="#18212f" style=dashed',
    "other": 'arrowhead=odot color="#6c7684"',
}
_NODES = {
    "promoting": 'color="#0b5aa2" fillcolor="#e3effa"',
    "suppressing": 'color="#c8500a" fillcolor="#fdece2" shape=box',
    "conflicting": 'color="#18212f" fillcolor="#ffffff" style="rounded,filled,dashed"',
    "other": 'color="#6c7684" fillcolor="#f2f4f6"',
}
_HEAD = """\
  graph [rankdir=LR ranksep=0.55 nodesep=0.1 splines=true fontname="Helvetica"]
  node [shape=box style="rounded,filled" fontname="Helvetica" fontsize=11 height=0.28]
  node [margin="0.1,0.03"]
  edge [arrowsize=0.7]
"""
_LEGEND = (
    "number: papers of any effect · arrow: promotes · bar: suppresses · dashed: conflicting"
    " · ring: other · dotted: binds"
)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;"})


def dump(network: Network, options: Options) -> Iterator[str]:
    """The steps in a row, each with the factors that act in it before it."""
    yield "digraph cascade {\n"
    if network.source:
        yield f"  // {short_citation(network.source)}\n"
    yield _HEAD
    yield f"  label={_quoted(network.title, _LEGEND)} labelloc=t fontsize=14\n"
    if not network.claims:
        yield '  empty [label="No claim matches this selection." color="#6c7684" fillcolor=white]\n'
    else:
        for station in network.stations:
            yield from _station(station)
        for before, after in pairwise(network.stations):
            yield f'  {_step(before)} -> {_step(after)} [color="#7d2a6d" penwidth=3 weight=9]\n'
    yield "}\n"


def _station(station: Station) -> Iterator[str]:
    step = station.step
    name = f"{step.number}. {clean(step.name)}"
    way = f"{clean(step.from_)} → {clean(step.to)}"
    tooltip = _quoted(step.summary)
    yield (
        f"  {_step(station)} [label={_quoted(name, way)} tooltip={tooltip} fontcolor=white"
        ' color="#7d2a6d" fillcolor="#7d2a6d" fontsize=13 margin="0.2,0.12"]\n'
    )
    for place, action in enumerate(station.actions, start=1):
        yield from _action(station, action, f"{_step(station)}f{place}")
    yield from _bindings(station)


def _bindings(station: Station) -> Iterator[str]:
    """Lines without arrows between the factors of one step that bind each other."""
    nodes = {
        action.factor.name: f"{_step(station)}f{place}"
        for place, action in enumerate(station.actions, start=1)
    }
    for action in station.actions:
        name = action.factor.name
        for partner in dict.fromkeys(binding.partner for binding in action.factor.binds):
            if partner in nodes and name < partner:
                yield (
                    f"  {nodes[name]} -> {nodes[partner]} [dir=none style=dotted"
                    ' constraint=false color="#6c7684" interaction="binds"]\n'
                )


def _action(station: Station, action: Action, node: str) -> Iterator[str]:
    factor = action.factor
    papers = counted(len(action.papers), "paper")
    claims = f"{action.direct} direct of {counted(len(action.claims), 'claim')}"
    about = listed((factor.full_name, factor.kind, factor.identifier, papers, claims), " · ")
    label = _quoted(f"{factor.name} · {len(action.papers)}")
    weight = f"direct={action.direct} level={_quoted(action.weight.level)}"
    yield f"  {node} [label={label} tooltip={_quoted(about)} {_NODES[action.net]}]\n"
    yield f"  {node} -> {_step(station)} [{_EDGES[action.net]} {weight}]\n"


def _step(station: Station) -> str:
    return f"s{station.step.number}"


def _quoted(*lines: str) -> str:
    """A DOT string in which escape sequences and HTML entities of the data are shown as such."""
    return '"' + "\\n".join(clean(line).translate(_ESCAPES) for line in lines) + '"'
