"""One step's own figure: its scene, its factors with every claim, and the papers behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bclm_cli import identifiers
from bclm_cli.graph.figure import metrics, page, scene, symbols
from bclm_cli.graph.figure.canvas import Canvas
from bclm_cli.graph.figure.page import BODY, MARGIN, SMALL, Sheet
from bclm_cli.graph.figure.theme import Theme
from bclm_cli.graph.labels import author_year, clean, isolated, listed, short_citation
from bclm_cli.graph.network import Action, Network, Station, side
from bclm_cli.model.records import Claim, Reference
from bclm_cli.text.counted import counted
from bclm_cli.views.claims import WEAK

GUTTER = 22.0
PADDING = 16.0
STATEMENT = 14.0


class Card(NamedTuple):
    """A block of known height, so that it can be put where there is space."""

    canvas: Canvas
    height: float


def draw(network: Network, theme: Theme, pixels: int) -> Iterator[str]:
    """The figure of the network's first station, `pixels` wide."""
    station = network.stations[0]
    sheet = Sheet(Canvas(), theme, min(max(pixels, 560), 1280))
    y = _head(sheet, network, station)
    if station.claims:
        y = _cards(sheet, network, station, y + 24)
        y = _papers(sheet, network, station, y + 22)
    else:
        y = page.empty(sheet, y)
    y = page.foot(sheet, network, y)
    return page.write(sheet, y, pixels, _title(network, station), describe(network, station))


def describe(network: Network, station: Station) -> str:
    """The figure in words."""
    step = station.step
    actions = (
        f"{clean(action.factor.name)}: {symbols.spoken(action.tally)}."
        for action in station.actions
    )
    return listed((clean(step.summary), _counts(station), *actions, page.credit(network)), " ")


def _title(network: Network, station: Station) -> str:
    return f"{clean(station.step.name)} — {page.title_of(network)}"


def _counts(station: Station) -> str:
    numbers = ((station.factors, "factor"), (station.claims, "claim"), (station.papers, "paper"))
    rank = f"; the {len(station.actions)} best supported factors" if station.hidden else ""
    return listed(counted(*each) for each in numbers) + f"{rank}."


def _head(sheet: Sheet, network: Network, station: Station) -> float:
    canvas, theme, step = sheet.canvas, sheet.theme, station.step
    picture = min(300.0, sheet.content_width * 0.38)
    bottom = scene.draw(canvas, step.id, MARGIN, MARGIN, picture, theme)
    x, y = MARGIN + picture + 28, MARGIN - 4
    available = sheet.width - MARGIN - x
    y = canvas.paragraph(page.title_of(network), x, y, available, SMALL, theme.muted, lines=2) + 6
    y = symbols.numbered(canvas, step.number, clean(step.name), x, y, available, theme, 27) + 4
    way = f"{isolated(step.from_)} → {isolated(step.to)}"
    y = canvas.paragraph(way, x, y, available, SMALL, theme.muted, lines=2) + 6
    y = canvas.paragraph(clean(step.summary), x, y, available, 16, theme.ink, lines=9) + 10
    y = canvas.paragraph(_counts(station), x, y, available, BODY, theme.muted) + 6
    if station.claims:
        with canvas.inside("g", role="img", aria_label=symbols.spoken(station.tally)):
            symbols.totals(canvas, station.tally, x, y, theme)
    return max(y + symbols.SIZE, bottom)


def _cards(sheet: Sheet, network: Network, station: Station, y: float) -> float:
    across = 2 if sheet.width > 800 else 1
    width = (sheet.content_width - GUTTER * (across - 1)) / across
    labels = _labels(network, station)
    ends = [y] * across
    for action in station.actions:
        place = ends.index(min(ends))
        x = MARGIN + place * (width + GUTTER)
        card = _card(labels, action, x, ends[place], width, sheet.theme)
        with sheet.canvas.inside("g", role="graphics-object", aria_label=clean(action.factor.name)):
            sheet.canvas.add(
                "rect", x=x, y=ends[place], width=width, height=card.height, rx=12,
                fill=sheet.theme.card, stroke=sheet.theme.hairline,
            )  # fmt: skip
            sheet.canvas.paste(card.canvas)
        ends[place] += card.height + GUTTER * 0.75
    y = max(ends)
    if station.hidden:
        more = f"and {counted(station.hidden, 'more factor')} in this step"
        y = sheet.canvas.paragraph(more, MARGIN, y, sheet.content_width, SMALL, sheet.theme.muted)
    return y


def _card(
    labels: Mapping[str, str], action: Action, x: float, y: float, width: float, theme: Theme
) -> Card:
    canvas, top = Canvas(), y
    left, available = x + PADDING, width - 2 * PADDING
    factor, papers = action.factor, counted(len(action.papers), "paper")
    y += PADDING - 4
    canvas.text(papers, left + available, y + 16, SMALL, theme.muted, anchor="end")
    beside = available - metrics.width(papers, SMALL) - 12
    y = canvas.paragraph(clean(factor.name), left, y, beside, 17, theme.ink, bold=True, lines=3)
    about = listed((clean(factor.full_name), clean(factor.kind), clean(factor.identifier)), " · ")
    y = canvas.paragraph(about, left, y + 1, available, SMALL, theme.muted, lines=2)
    if action.net == "conflicting":
        symbols.conflict(canvas, left - 1, y + 4, theme)
        y = canvas.paragraph("The papers conflict.", left + 18, y + 3, available - 18,
                             SMALL, theme.ink)  # fmt: skip
    for claim in sorted(action.claims, key=symbols.rank):
        y = _claim(canvas, claim, labels[claim.reference], left, y + 9, available, theme)
    return Card(canvas, y + PADDING - 6 - top)


def _claim(
    canvas: Canvas, claim: Claim, by: str, x: float, y: float, available: float, theme: Theme
) -> float:
    filled = claim.directness == "direct"
    symbols.mark(canvas, side(claim), x, y + 2.5, theme, filled=filled)
    indent = 20.0
    statement = clean(claim.statement)
    y = canvas.paragraph(
        statement, x + indent, y, available - indent, STATEMENT, theme.ink, lines=8
    )
    site = "" if claim.site == "any" else clean(claim.site)
    systems = listed(map(clean, claim.system))
    effect = "" if claim.effect in ("promotes", "suppresses") else clean(claim.effect)
    weight = listed(filter(None, (claim.directness, claim.level)))
    about = listed((by, effect, weight, systems, site, WEAK.get(claim.basis, "")), " · ")
    return canvas.paragraph(about, x + indent, y, available - indent, 12.5, theme.muted, lines=3)


def _labels(network: Network, station: Station) -> dict[str, str]:
    """Author and year of each paper that is shown, with the key where two would look alike."""
    keys = {key for action in station.actions for key in action.papers}
    papers = {key: network.references.get(key) for key in sorted(keys)}
    labels = {key: author_year(paper) if paper else clean(key) for key, paper in papers.items()}
    alike = Counter(labels.values())
    return {
        key: label if alike[label] == 1 else f"{label} ({clean(key)})"
        for key, label in labels.items()
    }


def _papers(sheet: Sheet, network: Network, station: Station, y: float) -> float:
    canvas, theme = sheet.canvas, sheet.theme
    keys = {key for action in station.actions for key in action.papers}
    papers = sorted(
        (network.references[key] for key in keys if key in network.references),
        key=lambda paper: (author_year(paper).casefold(), paper.id),
    )
    y = canvas.paragraph("Papers", MARGIN, y, sheet.content_width, 17, theme.ink, bold=True) + 6
    across = 2 if sheet.width > 800 else 1
    width = (sheet.content_width - GUTTER * (across - 1)) / across
    cards = [_paper(paper, width, theme) for paper in papers]
    half = -(-len(cards) // across)
    end = y
    for column in range(across):
        below = y
        for card in cards[column * half : (column + 1) * half]:
            place = f"translate({MARGIN + column * (width + GUTTER):g} {below:g})"
            with canvas.inside("g", transform=place):
                canvas.paste(card.canvas)
            below += card.height
        end = max(end, below)
    return end


def _paper(paper: Reference, width: float, theme: Theme) -> Card:
    """Author and year with the key, then where it stands."""
    canvas = Canvas()
    label = listed(dict.fromkeys((author_year(paper), clean(paper.id))), " · ")
    y = canvas.paragraph(label, 0, 0, width, 12.5, theme.ink, lines=2)
    cited, address = (
        short_citation(paper, authors=0),
        identifiers.address("doi", clean(paper.get("DOI"))),
    )
    if address:
        with canvas.inside("a", href=address, target="_blank"):
            y = canvas.paragraph(cited, 0, y, width, 12.5, theme.muted, lines=4)
    else:
        y = canvas.paragraph(cited, 0, y, width, 12.5, theme.muted, lines=4)
    return Card(canvas, y + 6)
