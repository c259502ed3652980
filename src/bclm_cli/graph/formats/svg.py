"""The cascade as a figure for a slide, a poster or a paper, in SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bclm_cli.graph import Options
from bclm_cli.graph.figure import cascade, factors, step, timeline
from bclm_cli.graph.figure.theme import THEMES, Theme
from bclm_cli.graph.network import Network

HELP = "a figure for a slide or a paper"
SUFFIX = ".svg"
TOP: int | None = 8
TOP_OF_STEP: int | None = 12
WIDTH = 1280


def dump(network: Network, options: Options) -> Iterator[str]:
    """The figure, `options.width` pixels wide, in the colors of `options.theme`."""
    return _layout(network)(network, THEMES[options.theme], options.width or WIDTH)


def _layout(network: Network) -> Callable[[Network, Theme, int], Iterator[str]]:
    if network.timeline:
        return timeline.draw
    if network.subjects and network.claims:
        return factors.draw
    return step.draw if network.whole_step and network.stations else cascade.draw
