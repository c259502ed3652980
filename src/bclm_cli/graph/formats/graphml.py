"""The cascade as GraphML, for Cytoscape, Gephi, networkx and igraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bclm_cli.graph import Options
from bclm_cli.graph.elements import Value, edges, nodes
from bclm_cli.graph.labels import clean, escape, short_citation
from bclm_cli.graph.network import Network

HELP = "a network for Cytoscape, Gephi and networkx"
SUFFIX = ".graphml"
TOP: int | None = None
TOP_OF_STEP: int | None = None

_TYPES = {str: "string", tuple: "string", int: "int", bool: "boolean"}


def dump(network: Network, options: Options) -> Iterator[str]:
    """The network with every attribute declared, as the GraphML primer asks."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    about: dict[str, Value] = {"title": network.title}
    if network.source:
        about["source"] = short_citation(network.source)
    yield from _keys("graph", [about])
    yield from _keys("node", (node.attributes for node in nodes(network)))
    yield from _keys("edge", (edge.attributes for edge in edges(network)))
    yield '  <graph id="cascade" edgedefault="directed">\n'
    yield _data("graph", about, "    ")
    for node in nodes(network):
        yield f'    <node id="{_fit(node.id)}">\n'
        yield _data("node", node.attributes, "      ")
        yield "    </node>\n"
    for edge in edges(network):
        ends = f'source="{_fit(edge.source)}" target="{_fit(edge.target)}"'
        yield f'    <edge id="{_fit(edge.id)}" {ends}>\n'
        yield _data("edge", edge.attributes, "      ")
        yield "    </edge>\n"
    yield "  </graph>\n</graphml>\n"


def _keys(domain: str, attributes: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    types = {name: _TYPES[type(value)] for each in attributes for name, value in each.items()}
    for name, kind in types.items():
        yield (
            f'  <key id="{domain}.{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'
        )


def _data(domain: str, attributes: Mapping[str, Value], indent: str) -> str:
    return "".join(
        f'{indent}<data key="{domain}.{name}">{_fit(value)}</data>\n'
        for name, value in attributes.items()
        if value not in ("", ())
    )


def _fit(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        value = "; ".join(value)
    return escape(clean(str(value)))
