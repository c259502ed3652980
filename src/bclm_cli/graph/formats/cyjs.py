"""The cascade as Cytoscape JSON, for Cytoscape desktop and cytoscape.js."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bclm_cli.graph import Options
from bclm_cli.graph.elements import edges, nodes
from bclm_cli.graph.labels import short_citation
from bclm_cli.graph.network import Network

HELP = "a network for Cytoscape and cytoscape.js"
SUFFIX = ".cyjs"
TOP: int | None = None
TOP_OF_STEP: int | None = None


def dump(network: Network, options: Options) -> Iterator[str]:
    """`elements` with nodes and edges, one a line; a factor's place is left to the layout."""
    about = {"name": network.title, "shared_name": network.title}
    if network.source:
        about["source"] = short_citation(network.source)
    yield f'{{\n"format_version": "1.0",\n"generated_by": "bclm",\n"data": {_json(about)},\n'
    yield '"elements": {\n"nodes": ['
    yield from _lines({"id": node.id, **node.attributes} for node in nodes(network))
    yield '],\n"edges": ['
    yield from _lines(
        {"id": edge.id, "source": edge.source, "target": edge.target, **edge.attributes}
        for edge in edges(network)
    )
    yield "]\n}\n}\n"


def _lines(elements: Iterator[dict[str, object]]) -> Iterator[str]:
    between = "\n"
    for element in elements:
        yield f'{between}{{"data": {_json(element)}}}'
        between = ",\n"
    yield "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
