"""The figure as a page of vectors, made from the SVG."""

from __future__ import annotations

from collections.abc import Iterator

from bclm_cli.graph import Options
from bclm_cli.graph.convert import to_pdf
from bclm_cli.graph.formats import svg
from bclm_cli.graph.network import Network

HELP = "the same figure as a page of vectors; needs rsvg-convert"
SUFFIX = ".pdf"
TOP = svg.TOP
TOP_OF_STEP = svg.TOP_OF_STEP


def dump(network: Network, options: Options) -> Iterator[bytes]:
    """The figure as svg draws it, converted."""
    yield to_pdf(svg.dump(network, options))
