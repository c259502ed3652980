"""The figure in pixels, 300 to the inch, made from the SVG."""

from __future__ import annotations

from collections.abc import Iterator

from bclm_cli.graph import Options
from bclm_cli.graph.convert import to_png
from bclm_cli.graph.formats import svg
from bclm_cli.graph.network import Network

HELP = "the same figure in pixels, 300 to the inch; needs rsvg-convert"
SUFFIX = ".png"
TOP = svg.TOP
TOP_OF_STEP = svg.TOP_OF_STEP


def dump(network: Network, options: Options) -> Iterator[bytes]:
    """The figure as svg draws it, converted."""
    yield to_png(svg.dump(network, options))
