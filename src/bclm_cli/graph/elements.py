"""The network as nodes and edges with attributes, the same for every network format.

A factor is one node, however many steps it acts in; an edge runs from it to each of these steps, to
what it belongs to and to what it binds.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from bclm_cli import evidence
from bclm_cli.graph.network import Action, Network, Station
from bclm_cli.model.records import EFFECTS, Factor

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
        yield Node(f"factor:{name}", _factor(actions[0].factor, actions))
    for family in _families(network):
        yield Node(f"factor:{family.name}", _factor(family, []))


def edges(network: Network) -> Iterator[Edge]:
    """The way from step to step, what acts in each, then how the factors hang together."""
    for before, after in pairwise(network.stations):
        source, target = _step_id(before), _step_id(after)
        yield Edge(f"{source} > {target}", source, target, {"interaction": "leads to"})
    for station in network.stations:
        for action in station.actions:
            source, target = f"factor:{action.factor.name}", _step_id(station)
            yield Edge(f"{source} > {target}", source, target, _action(action))
    yield from _relations(network)


def _relations(network: Network) -> Iterator[Edge]:
    """From each factor to what it belongs to; between two that bind each other, once."""
    factors = {action.factor.name: action.factor for s in network.stations for action in s.actions}
    factors |= {family.name: family for family in _families(network)}
    for name, factor in factors.items():
        source = f"factor:{name}"
        for of in factor.broader:
            if of in factors:
                target = f"factor:{of}"
                yield Edge(f"{source} in {target}", source, target, {"interaction": "belongs to"})
        papers: dict[str, list[str]] = {}
        for binding in factor.binds:
            papers.setdefault(binding.partner, []).append(binding.reference)
        for partner, keys in papers.items():
            if partner in factors and name <= partner:
                target = f"factor:{partner}"
                attributes: dict[str, Value] = {
                    "interaction": "binds", "references": len(keys), "keys": tuple(keys),
                }  # fmt: skip
                yield Edge(f"{source} binds {target}", source, target, attributes)


def _families(network: Network) -> list[Factor]:
    """The families of the factors that are shown, and the families of these."""
    shown = {action.factor.name for station in network.stations for action in station.actions}
    broader = {
        name
        for station in network.stations
        for action in station.actions
        for name in action.factor.broader
    }
    known = {family.name: family for family in network.families}
    found: dict[str, Factor] = {}
    while broader := {name for name in broader if name in known and name not in found}:
        found |= {name: known[name] for name in sorted(broader)}
        broader = {of for name in broader for of in known[name].broader}
    return [family for name, family in found.items() if name not in shown]


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
        "direct": station.direct,
        "place": step.place,
    }


def _factor(factor: Factor, actions: list[Action]) -> dict[str, Value]:
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
        "direct": evidence.count_direct(claims),
        "level": evidence.strongest(claim.level for claim in claims),
    }


def _action(action: Action) -> dict[str, Value]:
    effects = action.effects
    return {
        "interaction": action.net,
        "effect": tuple(effect for effect in EFFECTS if effect in effects),
        **{
            effect.replace(" ", "_").replace("-", "_"): effects.get(effect, 0) for effect in EFFECTS
        },
        "conflicting": action.net == "conflicting",
        "claims": len(action.claims),
        "references": len(action.papers),
        "keys": action.papers,
        "verdict": action.weight.verdict,
        "level": action.weight.level,
        **{
            near: sum(claim.directness == near for claim in action.claims)
            for near in evidence.DIRECTNESS
        },
    }
