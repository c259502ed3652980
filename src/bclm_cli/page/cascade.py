"""The cascade at the top of the page: a station for each step, with the factors that lead on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bclm_cli.graph import Network
from bclm_cli.graph.figure import scene
from bclm_cli.graph.figure.canvas import Canvas
from bclm_cli.graph.figure.theme import THEMES, Theme
from bclm_cli.graph.network import Action, Station, Tally
from bclm_cli.page import addresses
from bclm_cli.page.markup import text
from bclm_cli.views import claims as words


class Sign(NamedTuple):
    """How a class of claims is shown: the role of a span, a sign, and words for a number of it."""

    role: str
    text: str
    words: str


TOP = 8
"""Factors that a station shows, those with the most direct claims, then with the most papers."""
SIGNS = (
    Sign("promotes", "+", "for"),
    Sign("suppresses", "−", "against"),
    Sign("neutral", "•", "on neither side"),
)
"""The classes of claims, in the order of a Tally."""
_VARIABLES = Theme(*(f"var(--{field.replace('_', '-')})" for field in Theme._fields))


def colors(name: str) -> str:
    """A theme of the figure as variables of a stylesheet."""
    pairs = zip(_VARIABLES, THEMES[name], strict=True)
    return ";".join(f"{variable[4:-1]}:{color}" for variable, color in pairs)


def shapes() -> str:
    """What all scenes refer to; once on the page."""
    canvas = Canvas()
    scene.define(canvas)
    inside = "".join(canvas.lines)
    return f'<svg class="shapes" width="0" height="0" aria-hidden="true">{inside}</svg>\n'


def cascade(network: Network) -> Iterator[str]:
    """The stations in their order."""
    yield '<ol class="cascade">\n'
    for station in network.strongest(TOP).stations:
        yield from _station(station)
    yield "</ol>\n"


def chips(tally: Tally, direct: int = 0) -> str:
    """How many claims there are of each class, and how many are direct, as signs with numbers;
    they are said in words."""
    shown = [(sign, n) for sign, n in zip(SIGNS, tally, strict=True) if n]
    said = ", ".join(f"{n} {sign.words}" for sign, n in shown)
    said += f"; {direct} direct" if direct else ""
    signs = "".join(f'<b class="{sign.role}">{sign.text}{n}</b>' for sign, n in shown)
    signs += f'<b class="strong">{words.DIRECT}{direct}</b>' if direct else ""
    return f'<span class="chips" role="img" aria-label="{said}">{signs}</span>'


def _station(station: Station) -> Iterator[str]:
    step = station.step
    address = f"#{addresses.step(step.id)}"
    canvas = Canvas()
    scene.draw(canvas, step.id, 0, 0, scene.WIDTH, _VARIABLES)
    yield f'<li class="station"><a class="scene" href="{address}">'
    yield f'<svg viewBox="0 0 {scene.WIDTH:g} {scene.HEIGHT:g}" aria-hidden="true">\n'
    yield "\n".join(canvas.lines)
    yield f'</svg>\n<b class="number">{step.number}</b> <strong>{text(step.name)}</strong></a>\n'
    yield f'<p class="way">{text(step.from_)} → {text(step.to)}</p>\n<p>{text(step.summary)}</p>\n'
    if not station.claims:
        yield '<p class="dim">No claim in this selection.</p></li>\n'
        return
    yield '<ol class="acting">\n'
    for action in station.actions:
        yield _action(action)
    yield "</ol>\n"
    more = f"and {station.hidden} more factors: " if station.hidden > 1 else ""
    more = "and 1 more factor: " if station.hidden == 1 else more
    yield f'<p class="more"><a href="{address}">{more}all {station.claims:,} claims</a></p></li>\n'


def _action(action: Action) -> str:
    name = action.factor.name
    conflicting = action.weight.verdict == "conflicting"
    said = ' <span class="conflict">conflicting</span>' if conflicting else ""
    return (
        f'<li><a href="#{addresses.factor(name)}">{text(name)}</a> '
        f"{chips(action.tally, action.direct)}{said}</li>\n"
    )
