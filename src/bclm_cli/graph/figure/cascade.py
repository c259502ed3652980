"""The whole cascade: stations side by side, or below each other where space is short."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bclm_cli.graph.figure import metrics, page, scene, symbols
from bclm_cli.graph.figure.canvas import Canvas
from bclm_cli.graph.figure.page import BODY, MARGIN, SMALL, Sheet
from bclm_cli.graph.figure.theme import Theme
from bclm_cli.graph.labels import clean, isolated, listed
from bclm_cli.graph.network import Action, Network, Station
from bclm_cli.text.counted import counted

GUTTER = 18.0
NAME = 14.5
ROW_GAP = 11.0
_WORDS = {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five"}


class Column(NamedTuple):
    """Where a station stands, with a canvas of its own, so that its parts stay together."""

    station: Station
    canvas: Canvas
    theme: Theme
    x: float
    width: float


def draw(network: Network, theme: Theme, pixels: int) -> Iterator[str]:
    """The figure of the cascade, `pixels` wide."""
    beside = 3 <= len(network.stations) <= 5 and pixels >= 900
    width = min(max(pixels, 1280), 1440) if beside else min(max(pixels, 560), 900)
    sheet = Sheet(Canvas(), theme, width)
    title = page.title_of(network)
    y = page.head(sheet, title, (_subtitle(network),))
    if not network.claims:
        y = page.empty(sheet, y)
    elif beside:
        y = _beside(sheet, network, y + 24)
    else:
        y = _below(sheet, network, y + 24)
    y = page.foot(sheet, network, y)
    return page.write(sheet, y, pixels, title, describe(network))


def describe(network: Network) -> str:
    """The figure in words."""
    if not network.claims:
        return "No claim matches this selection."
    return listed((_subtitle(network), *map(_described, network.stations)), " ")


def _subtitle(network: Network) -> str:
    if not network.stations:
        return page.credit(network)
    first, last = network.stations[0].step, network.stations[-1].step
    steps = len(network.stations)
    noun = "step" if steps == 1 else "steps"
    ends = f"from {isolated(first.from_)} to {isolated(last.to)}"
    way = f"{_WORDS.get(steps, steps)} {noun} {ends}."
    shown = max((len(station.actions) for station in network.stations), default=0)
    cut = any(station.hidden for station in network.stations)
    rank = f"Up to {counted(shown, 'factor')} a step, best supported first." if cut else ""
    return listed((way, rank, page.credit(network)), " ")


def _described(station: Station) -> str:
    step = station.step
    actions = (
        f"{clean(a.factor.name)} ({a.net}, {counted(len(a.papers), 'paper')})"
        for a in station.actions
    )
    return f"{step.number}. {clean(step.name)}: {clean(step.summary)} {listed(actions)}."


def _beside(sheet: Sheet, network: Network, y: float) -> float:
    count = len(network.stations)
    width = (sheet.content_width - GUTTER * (count - 1)) / count
    columns = [
        Column(station, Canvas(), sheet.theme, MARGIN + i * (width + GUTTER), width)
        for i, station in enumerate(network.stations)
    ]
    top = y
    for part in (_scene, _heading, _totals):
        y = max(part(column, y) for column in columns)
    for row in range(max(len(station.actions) for station in network.stations)):
        y = max(_action(column, row, y) for column in columns)
    y = max(_hidden(column, y) for column in columns)
    for column in columns:
        _paste(sheet, column)
    middle = top + width * scene.HEIGHT / scene.WIDTH / 2
    for column in columns[1:]:
        _onward(sheet, column.x - GUTTER / 2, middle)
    return y


def _below(sheet: Sheet, network: Network, y: float) -> float:
    picture = min(240.0, sheet.content_width * 0.36)
    across = 3 if sheet.content_width > 780 else 2
    for station in network.stations:
        canvas = Canvas()
        beside = MARGIN + picture + 22
        left = Column(station, canvas, sheet.theme, MARGIN, picture)
        right = left._replace(x=beside, width=sheet.width - MARGIN - beside)
        y = max(_scene(left, y), _totals(right, _heading(right, y - 8))) + 6
        y = _grid(left._replace(width=sheet.content_width), y, across) + 34
        _paste(sheet, left)
    return y - 34


def _paste(sheet: Sheet, column: Column) -> None:
    step = column.station.step
    with sheet.canvas.inside("g", role="graphics-object", aria_label=clean(step.name)):
        sheet.canvas.paste(column.canvas)


def _scene(column: Column, y: float) -> float:
    step = column.station.step
    return scene.draw(column.canvas, step.id, column.x, y, column.width, column.theme) + 12


def _onward(sheet: Sheet, x: float, y: float) -> None:
    theme = sheet.theme
    sheet.canvas.add("circle", cx=x, cy=y, r=11, fill=theme.background)
    sheet.canvas.add("path", d=f"M{x - 3:g} {y - 5:g}l6 5l-6 5", fill="none", stroke=theme.ink,
                     stroke_width=2, stroke_linecap="round", stroke_linejoin="round")  # fmt: skip


def _heading(column: Column, y: float) -> float:
    step, canvas, theme = column.station.step, column.canvas, column.theme
    y = symbols.numbered(
        canvas, step.number, clean(step.name), column.x, y + 3, column.width, theme
    )
    way = f"{isolated(step.from_)} → {isolated(step.to)}"
    y = canvas.paragraph(way, column.x, y + 5, column.width, SMALL, theme.muted, lines=3)
    return canvas.paragraph(clean(step.summary), column.x, y + 5, column.width, BODY, theme.ink,
                            lines=9) + 8  # fmt: skip


def _totals(column: Column, y: float) -> float:
    station, canvas, theme = column.station, column.canvas, column.theme
    right = column.x + column.width
    canvas.add("path", d=f"M{column.x:g} {y:g}h{column.width:g}", stroke=theme.hairline)
    left, y = column.x, y + 7 + SMALL
    if station.claims:
        canvas.text(counted(station.factors, "factor"), left, y, SMALL, theme.muted)
        papers = counted(station.papers, "paper")
        claims = f"{station.direct} direct of {counted(station.claims, 'claim')}"
        canvas.text(papers, right, y, SMALL, theme.muted, anchor="end")
        with canvas.inside("g", role="img", aria_label=symbols.spoken(station.tally)):
            end = symbols.totals(canvas, station.tally, left, y + 9, theme)
        if end + metrics.width(claims, SMALL) < right:
            canvas.text(claims, right, y + 9 + symbols.SIZE, SMALL, theme.muted, anchor="end")
    else:
        canvas.text("No claim in this selection.", left, y, SMALL, theme.muted)
    y += 9 + symbols.SIZE + 12
    canvas.add("path", d=f"M{column.x:g} {y:g}h{column.width:g}", stroke=theme.hairline)
    return y + 14


def _grid(column: Column, y: float, across: int) -> float:
    width = (column.width - GUTTER * (across - 1)) / across
    cells = [column._replace(x=column.x + i * (width + GUTTER), width=width) for i in range(across)]
    for start in range(0, len(column.station.actions), across):
        y = max(_action(cell, start + i, y) for i, cell in enumerate(cells))
    return _hidden(column, y)


def _action(column: Column, row: int, y: float) -> float:
    if row >= len(column.station.actions):
        return y
    action = column.station.actions[row]
    canvas, theme, x = column.canvas, column.theme, column.x
    papers = f"{len(action.papers):,}"
    available = column.width - metrics.width(papers, NAME) - 10
    with canvas.inside("g", role="listitem"):
        canvas.words("title", _spoken(action))
        canvas.text(papers, x + column.width, y + NAME, NAME, theme.muted, anchor="end")
        y = canvas.paragraph(clean(action.factor.name), x, y, available, NAME, theme.ink, bold=True,
                             lines=3) + 3  # fmt: skip
        used = symbols.row(canvas, action.claims, x, y, column.width - 24, theme)
        if action.net == "conflicting":
            y = _conflicting(column, y, used)
    return y + symbols.SIZE + ROW_GAP


def _conflicting(column: Column, y: float, used: float) -> float:
    """Say it at the right end of a row whose signs are `used` wide, or below; returns the row's y.

    Where the word has no space beside the signs, the diamond stands alone.
    """
    canvas, theme, right = column.canvas, column.theme, column.x + column.width
    left = column.width - used
    if left < 20:
        y += symbols.SIZE + 6
    symbols.conflict(canvas, right - 12, y - 1, theme)
    if left < 20 or left > 26 + metrics.width("conflicting", SMALL):
        canvas.text("conflicting", right - 18, y + 9.5, SMALL, theme.ink, anchor="end")
    return y


def _hidden(column: Column, y: float) -> float:
    hidden = column.station.hidden
    if not hidden:
        return y - ROW_GAP
    words = f"and {counted(hidden, 'more factor')}"
    return column.canvas.paragraph(words, column.x, y + 2, column.width, SMALL, column.theme.muted)


def _spoken(action: Action) -> str:
    name = clean(action.factor.name)
    claims = f"{action.direct} direct of {counted(len(action.claims), 'claim')}"
    return f"{name}: {action.net}, {counted(len(action.papers), 'paper')}, {claims}"
