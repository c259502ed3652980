"""The cascade as a figure for a slide, a poster or a paper, in SVG."""

from __future__ import annotations

from collections.abc import Iterator

from bclm_cli.graph import Options
from bclm_cli.graph.figure import cascade, step
from bclm_cli.graph.figure.theme import THEMES
from bclm_cli.graph.network import Network

HELP = "a figure for a slide or a paper"
SUFFIX = ".svg"
TOP: int | None = 8
TOP_OF_STEP: int | None = 12
WIDTH = 1280


def dump(network: Network, options: Options) -> Iterator[str]:
    """The figure, `options.width` pixels wide, in the colors of `options.theme`."""
    draw = step.draw if network.whole_step and network.stations else cascade.draw
    return draw(network, THEMES[options.theme], options.width or WIDTH)
