"""The network as nodes and edges with attributes, the same for every network format.

A factor is one node, however many steps it acts in; an edge runs from it to each of these steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from bclm_cli.graph.network import Action, Network, Station
from bclm_cli.model.records import EFFECTS

Value = str | int | bool | tuple[str, ...]


class Node(NamedTuple):
    """A step or a factor; `id` is unique among both."""

    id: str
    attributes: dict[str, Value]


class Edge(NamedTuple):
    """From one step to the next, or from a factor to a step in which it acts."""

    id: str
    source: str
    target: str
    attributes: dict[str, Value]


def nodes(network: Network) -> Iterator[Node]:
    """The steps in order, then the factors."""
    for station in network.stations:
        yield Node(_step_id(station), _step(station))
    acting: dict[str, list[Action]] = {}
    for station in network.stations:
        for action in station.actions:
            acting.setdefault(action.factor.name, []).append(action)
    for name, actions in acting.items():
        yield Node(f"factor:{name}", _factor(actions))


def edges(network: Network) -> Iterator[Edge]:
    """The way from step to step, then what acts in each."""
    for before, after in pairwise(network.stations):
        source, target = _step_id(before), _step_id(after)
        yield Edge(f"{source} > {target}", source, target, {"interaction": "leads to"})
    for station in network.stations:
        for action in station.actions:
            source, target = f"factor:{action.factor.name}", _step_id(station)
            yield Edge(f"{source} > {target}", source, target, _action(action))


def _step_id(station: Station) -> str:
    """The node's id of a step."""
    return f"step:{station.step.id}"


def _step(station: Station) -> dict[str, Value]:
    step = station.step
    return {
        "type": "step",
        "name": step.name,
        "number": step.number,
        "summary": step.summary,
        "from": step.from_,
        "to": step.to,
        "factors": station.factors,
        "claims": station.claims,
        "references": station.papers,
    }


def _factor(actions: list[Action]) -> dict[str, Value]:
    factor = actions[0].factor
    claims = [claim for action in actions for claim in action.claims]
    return {
        "type": "factor",
        "name": factor.name,
        "kind": factor.kind,
        "identifier": factor.identifier,
        "full_name": factor.full_name,
        "synonyms": factor.synonyms,
        "claims": len(claims),
        "references": len({claim.reference for claim in claims}),
    }


def _action(action: Action) -> dict[str, Value]:
    effects = action.effects
    return {
        "interaction": action.net,
        "effect": tuple(effect for effect in EFFECTS if effect in effects),
        **{
            effect.replace(" ", "_").replace("-", "_"): effects.get(effect, 0) for effect in EFFECTS
        },
        "contradicted": action.net == "contradicted",
        "claims": len(action.claims),
        "references": len(action.papers),
        "keys": action.papers,
    }
