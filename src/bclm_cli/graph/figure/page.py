"""The frame of a figure: size, title, description, legend and source line around its content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bclm_cli.graph.figure import metrics, scene, symbols
from bclm_cli.graph.figure.canvas import FONTS, LEADING, Canvas, number
from bclm_cli.graph.figure.theme import Theme
from bclm_cli.graph.labels import author_year, clean, escape, listed, short_citation
from bclm_cli.graph.network import Network
from bclm_cli.text.counted import counted

MARGIN = 36.0
SMALL, BODY = 13.0, 15.0


class Sheet(NamedTuple):
    """What a layout draws on: `width` is in the figure's own units, which `page` scales."""

    canvas: Canvas
    theme: Theme
    width: float

    @property
    def content_width(self) -> float:
        """The width between the margins."""
        return self.width - 2 * MARGIN


def head(sheet: Sheet, title: str, lines: tuple[str, ...]) -> float:
    """The title with muted lines below; returns where it ends."""
    canvas, theme = sheet.canvas, sheet.theme
    size = 29.0 if sheet.width > 900 else 24.0
    y = canvas.paragraph(
        title, MARGIN, MARGIN - 8, sheet.content_width, size, theme.ink, bold=True, lines=3
    )
    y += 3
    for line in lines:
        y = canvas.paragraph(line, MARGIN, y, sheet.content_width, BODY, theme.muted, lines=4)
    return y


def foot(sheet: Sheet, network: Network, y: float) -> float:
    """The legend and where the figure comes from; returns where it ends."""
    y += 26
    _rule(sheet, y)
    y = _legend(sheet, y + 16, signs_count=not (network.whole_step or network.subjects)) + 8
    return source(sheet, network, y)


def empty(sheet: Sheet, y: float) -> float:
    """Says that there is nothing to show; returns where it ends."""
    canvas, theme = sheet.canvas, sheet.theme
    y += 24
    canvas.add("rect", x=MARGIN, y=y, width=sheet.content_width, height=120, rx=12, fill=theme.card,
               stroke=theme.hairline, stroke_dasharray="6 6")  # fmt: skip
    middle = sheet.width / 2
    canvas.text("Nothing to show", middle, y + 56, 19, theme.ink, bold=True, anchor="middle")
    canvas.text("No claim matches this selection.", middle, y + 82, BODY, theme.muted,
                anchor="middle")  # fmt: skip
    return y + 120


def write(sheet: Sheet, height: float, pixels: int, title: str, description: str) -> Iterator[str]:
    """The whole file, `pixels` wide."""
    height = round(height + MARGIN - 8)
    tall = pixels * height / sheet.width
    yield (
        '<svg xmlns="http://www.w3.org/2000/svg" role="graphics-document document"'
        f' aria-labelledby="title desc" width="{pixels}" height="{number(round(tall))}"'
        f' viewBox="0 0 {number(sheet.width)} {number(height)}" font-family="{FONTS}">\n'
    )
    yield f'<title id="title">{escape(title)}</title>\n'
    yield f'<desc id="desc">{escape(description)}</desc>\n'
    frame = Canvas()
    scene.define(frame)
    frame.add("rect", width=sheet.width, height=height, fill=sheet.theme.background)
    for line in (*frame.lines, *sheet.canvas.lines):
        yield f"{line}\n"
    yield "</svg>\n"


def _rule(sheet: Sheet, y: float) -> None:
    sheet.canvas.add("path", d=f"M{MARGIN:g} {y:g}H{number(sheet.width - MARGIN)}",
                     stroke=sheet.theme.hairline)  # fmt: skip


def _legend(sheet: Sheet, y: float, *, signs_count: bool) -> float:
    canvas, theme = sheet.canvas, sheet.theme
    x = MARGIN
    entries = [(sign.name, sign.legend) for sign in symbols.SIGNS]
    entries.append(("conflicting", "conflicting"))
    entries.append(("hollow", "hollow: not direct (not breast cancer at the step's place)"))
    if signs_count:
        entries.append(("", "One sign is one claim; the number counts papers."))
    with canvas.inside("g", role="list", aria_label="Legend"):
        for name, words in entries:
            wide = metrics.width(words, SMALL) + (18 if name else 0)
            if x > MARGIN and x + wide > sheet.width - MARGIN:
                x, y = MARGIN, y + SMALL * LEADING + 4
            with canvas.inside("g", role="listitem"):
                if name == "conflicting":
                    symbols.conflict(canvas, x - 1, y + 1, theme)
                elif name == "hollow":
                    symbols.mark(canvas, "promoting", x, y + 2, theme, filled=False)
                elif name:
                    symbols.mark(canvas, name, x, y + 2, theme)
                canvas.text(words, x + (18 if name else 0), y + 11.5, SMALL, theme.ink)
            x += wide + 20
    return y + SMALL * LEADING


def source(sheet: Sheet, network: Network, y: float) -> float:
    """Where the figure comes from, and what to cite; returns where it ends."""
    canvas, theme = sheet.canvas, sheet.theme
    papers = counted(network.papers, "paper")
    parts = [f"Drawn by bclm from {counted(network.claims, 'claim')} in {papers}."]
    if network.source:
        cited = short_citation(network.source)
        parts.insert(0, f"The model, and what to cite: {cited}")
    for part in parts:
        y = canvas.paragraph(part, MARGIN, y, sheet.content_width, SMALL, theme.muted, lines=6)
    return y


def credit(network: Network) -> str:
    """The words that name the model's source, "After Ma et al. 2015."; "" without one."""
    return f"After {author_year(network.source)}." if network.source else ""


def title_of(network: Network) -> str:
    """The model's title, or what the figure shows where a library has none."""
    return (
        clean(network.title)
        or listed((clean(s.step.name) for s in network.stations), " · ")
        or "Cascade"
    )
