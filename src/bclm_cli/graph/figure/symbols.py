"""The signs for claims: an arrowhead promotes, a T-bar suppresses, a ring is neither."""

from __future__ import annotations

from typing import NamedTuple

from bclm_cli.graph.figure.canvas import Canvas, number, points
from bclm_cli.graph.figure.metrics import width
from bclm_cli.graph.figure.theme import Theme
from bclm_cli.graph.labels import clean
from bclm_cli.graph.network import Tally, side
from bclm_cli.model.records import Claim

PITCH = 13.0
SIZE = 10.0


class Sign(NamedTuple):
    """A class of claims, as the legend words it."""

    name: str
    legend: str


SIGNS = (
    Sign("promoting", "promotes, or is required"),
    Sign("suppressing", "suppresses"),
    Sign("other", "marks, depends on context, or has no effect"),
)


def mark(canvas: Canvas, sign: str, x: float, y: float, theme: Theme, size: float = SIZE) -> None:
    """One sign in a square of `size` whose upper left corner is at x, y."""
    half = size / 2
    if sign == "promoting":
        corners = ((x + 0.5, y), (x + size, y + half), (x + 0.5, y + size))
        canvas.add("polygon", points=points(corners), fill=theme.promoting)
    elif sign == "suppressing":
        stem = f"M{number(x + size * 0.14)} {number(y + half)}h{number(size * 0.6)}"
        bar = f"M{number(x + size * 0.8)} {number(y)}v{number(size)}"
        canvas.add("path", d=stem + bar, stroke=theme.suppressing, stroke_width=size * 0.25,
                   fill="none")  # fmt: skip
    else:
        canvas.add(
            "circle", cx=x + half, cy=y + half, r=half - size * 0.13, fill="none",
            stroke=theme.other, stroke_width=size * 0.17,
        )  # fmt: skip


def of_claim(canvas: Canvas, claim: Claim, x: float, y: float, theme: Theme) -> None:
    """The sign of one claim, with its words for whoever points at it."""
    with canvas.inside("g", role="listitem"):
        canvas.words(
            "title", f"{claim.effect}: {clean(claim.statement)} ({clean(claim.reference)})"
        )
        mark(canvas, side(claim), x, y, theme)


def row(canvas: Canvas, tally: Tally, x: float, y: float, available: float, theme: Theme) -> float:
    """One sign for each claim; where they would not fit, each sign once with its number.

    Returns the width that they take.
    """
    with canvas.inside("g", role="img", aria_label=spoken(tally)):
        if sum(tally) * PITCH > available:
            return totals(canvas, tally, x, y, theme) - x
        each = (sign.name for sign, claims in zip(SIGNS, tally, strict=True) for _ in range(claims))
        for place, sign in enumerate(each):
            mark(canvas, sign, x + place * PITCH, y, theme)
    return sum(tally) * PITCH


def totals(canvas: Canvas, tally: Tally, x: float, y: float, theme: Theme) -> float:
    """Each sign that occurs once, with its number; returns the right end."""
    for sign, claims in zip(SIGNS, tally, strict=True):
        if claims:
            mark(canvas, sign.name, x, y, theme)
            label = f"{claims:,}" if claims < 10_000 else f"{claims // 1000:,}k"
            canvas.text(label, x + SIZE + 5, y + SIZE * 0.96, 13, theme.ink)
            x += SIZE + 5 + width(label, 13) + 14
    return x


def spoken(tally: Tally) -> str:
    """What a screen reader says for a row of signs."""
    parts = zip(SIGNS, tally, strict=True)
    return ", ".join(f"{claims} {sign.name}" for sign, claims in parts if claims)


def contradiction(canvas: Canvas, x: float, y: float, theme: Theme) -> None:
    """The sign for claims that contradict each other: a diamond, half of each color."""
    size = 12.0
    half, bottom = size / 2, y + size
    left = ((x + half, y), (x, y + half), (x + half, bottom))
    right = ((x + half, y), (x + size, y + half), (x + half, bottom))
    canvas.add("polygon", points=points(left), fill=theme.promoting)
    canvas.add("polygon", points=points(right), fill=theme.background)
    outline = ((x + half, y), (x + size, y + half), (x + half, bottom), (x, y + half))
    canvas.add(
        "polygon", points=points(outline), fill="none", stroke=theme.suppressing, stroke_width=1.6
    )


def numbered(
    canvas: Canvas, number: int, name: str, x: float, y: float, available: float, theme: Theme,
    size: float = 19.0,
) -> float:  # fmt: skip
    """A step's number in a disc with its name beside; returns where it ends."""
    label, small = str(number), size * 0.79
    radius = max(size * 0.69, width(label, small, bold=True) / 2 + 5)
    middle = y + size * 0.66
    canvas.add("circle", cx=x + radius, cy=middle, r=radius, fill=theme.tumor_edge)
    canvas.text(label, x + radius, middle + small * 0.36, small, theme.background, bold=True,
                anchor="middle")  # fmt: skip
    indent = 2 * radius + size * 0.5
    return canvas.paragraph(name, x + indent, y, available - indent, size, theme.ink, bold=True,
                            lines=3)  # fmt: skip
