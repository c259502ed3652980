"""Papers by year and step: one dot a paper, hollow for reviews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bclm_cli.graph.figure import page, symbols
from bclm_cli.graph.figure.canvas import Canvas, number
from bclm_cli.graph.figure.page import BODY, MARGIN, SMALL, Sheet
from bclm_cli.graph.figure.theme import Theme
from bclm_cli.graph.labels import author_year, clean, listed
from bclm_cli.graph.network import Network, Station
from bclm_cli.model.records import Reference
from bclm_cli.text.counted import counted

LABELS = 170.0
"""The width of the column with the steps."""
DOT = 9.0
REVIEW = "review"


def draw(network: Network, theme: Theme, pixels: int) -> Iterator[str]:
    """The timeline of the network's papers, `pixels` wide."""
    sheet = Sheet(Canvas(), theme, max(float(pixels), 760.0))
    title = page.title_of(network)
    y = page.head(sheet, title, (_subtitle(network),))
    years = _years(network)
    if not years:
        y = page.empty(sheet, y)
    else:
        y = _axis(sheet, years, y + 26)
        for station in network.stations:
            y = _step(sheet, network, station, years, y)
        y = _legend(sheet, y + 16)
    y = page.source(sheet, network, y + 12)
    return page.write(sheet, y, pixels, title, describe(network))


def describe(network: Network) -> str:
    """The figure in words."""
    parts = [_subtitle(network)]
    for station in network.stations:
        by_year = _by_year(network, station)
        said = (f"{year}: {len(papers)}" for year, papers in sorted(by_year.items()))
        parts.append(f"{clean(station.step.name)}: {listed(said)}.")
    return listed(parts, " ")


def _subtitle(network: Network) -> str:
    years = _years(network)
    span = f", {years[0]} to {years[-1]}" if years else ""
    what = f"{counted(network.papers, 'paper')} by year and step{span}."
    return listed((what, page.credit(network)), " ")


def _years(network: Network) -> range:
    """From the first year of a paper to the last."""
    found = [paper.year for paper in network.references.values() if paper.year is not None]
    return range(min(found), max(found) + 1) if found else range(0)


def _by_year(network: Network, station: Station) -> Mapping[int, list[Reference]]:
    found: dict[int, list[Reference]] = {}
    for key in dict.fromkeys(key for action in station.actions for key in action.papers):
        paper = network.references.get(key)
        if paper is not None and paper.year is not None:
            found.setdefault(paper.year, []).append(paper)
    return found


def _x(sheet: Sheet, years: range, year: int) -> float:
    left, right = MARGIN + LABELS + DOT, sheet.width - MARGIN - DOT
    return left + (right - left) * (year - years[0]) / max(1, len(years) - 1)


def _axis(sheet: Sheet, years: range, y: float) -> float:
    """Years at round distances."""
    canvas, theme = sheet.canvas, sheet.theme
    step = next(step for step in (1, 2, 5, 10, 20, 50, 10_000) if len(years) / step <= 14)
    for year in years:
        if year % step == 0:
            x = _x(sheet, years, year)
            canvas.text(str(year), x, y, SMALL, theme.muted, anchor="middle")
    return y + 10


def _step(sheet: Sheet, network: Network, station: Station, years: range, y: float) -> float:
    canvas, theme, step = sheet.canvas, sheet.theme, station.step
    by_year = _by_year(network, station)
    pitch = min(DOT + 3, (sheet.content_width - LABELS) / max(1, len(years)))
    tallest = max((len(papers) for papers in by_year.values()), default=0)
    height = max(56.0, tallest * pitch + 20)
    canvas.add("path", d=f"M{MARGIN:g} {number(y)}h{sheet.content_width:g}", stroke=theme.hairline)
    with canvas.inside("g", role="graphics-object", aria_label=clean(step.name)):
        end = symbols.numbered(
            canvas, step.number, clean(step.name), MARGIN, y + 12, LABELS - 12, theme, BODY
        )
        papers = sum(map(len, by_year.values()))
        canvas.text(counted(papers, "paper"), MARGIN, end + SMALL, SMALL, theme.muted)
        for year, of in by_year.items():
            for place, paper in enumerate(sorted(of, key=lambda one: one.kind == REVIEW)):
                _dot(sheet, paper, _x(sheet, years, year), y + height - 12 - place * pitch)
    return max(y + height, end + SMALL + 12)


def _dot(sheet: Sheet, paper: Reference, x: float, y: float) -> None:
    canvas, theme = sheet.canvas, sheet.theme
    hollow = paper.kind == REVIEW
    with canvas.inside("g", role="listitem"):
        canvas.words("title", f"{author_year(paper)} · {clean(paper.id)}")
        canvas.add(
            "circle", cx=x, cy=y, r=DOT / 2 - (0.8 if hollow else 0),
            fill="none" if hollow else theme.promoting,
            stroke=theme.promoting, stroke_width=1.6 if hollow else 0,
        )  # fmt: skip


def _legend(sheet: Sheet, y: float) -> float:
    canvas, theme, x = sheet.canvas, sheet.theme, MARGIN
    for hollow, text in ((False, "one paper"), (True, "a review")):
        canvas.add(
            "circle", cx=x + DOT / 2, cy=y + 7, r=DOT / 2 - (0.8 if hollow else 0),
            fill="none" if hollow else theme.promoting,
            stroke=theme.promoting, stroke_width=1.6 if hollow else 0,
        )  # fmt: skip
        canvas.text(text, x + DOT + 6, y + 11.5, SMALL, theme.ink)
        x += 110
    return y + 20
