"""The signs for claims: an arrowhead promotes, a T-bar suppresses, a ring is neither."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bclm_cli.graph.figure.canvas import Canvas, number, points
from bclm_cli.graph.figure.metrics import width
from bclm_cli.graph.figure.theme import Theme
from bclm_cli.graph.labels import clean
from bclm_cli.graph.network import Tally, side, tally
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
    Sign("other", "takes no side"),
)


def mark(
    canvas: Canvas, sign: str, x: float, y: float, theme: Theme, size: float = SIZE,
    *, filled: bool = True,
) -> None:  # fmt: skip
    """One sign in a square of `size` whose upper left corner is at x, y; filled for a direct claim,
    hollow for any other."""
    half, line = size / 2, size * 0.12
    if sign == "promoting":
        inset = 0 if filled else line / 2
        corners = ((x + 0.5 + inset, y + inset), (x + size - inset, y + half),
                   (x + 0.5 + inset, y + size - inset))  # fmt: skip
        fill = theme.promoting if filled else "none"
        canvas.add("polygon", points=points(corners), fill=fill, stroke=theme.promoting,
                   stroke_width=0 if filled else line, stroke_linejoin="round")  # fmt: skip
    elif sign == "suppressing":
        thick = 0.25 if filled else 0.2
        across, stem = (size * at for at in (0.68, 0.14))
        outline = (
            f"M{number(x + stem)} {number(y + half - size * thick / 2)}H{number(x + across)}"
            f"V{number(y + line / 2)}h{number(size * 0.26)}v{number(size - line)}"
            f"H{number(x + across)}V{number(y + half + size * thick / 2)}H{number(x + stem)}Z"
        )
        fill = theme.suppressing if filled else "none"
        canvas.add("path", d=outline, fill=fill, stroke=theme.suppressing,
                   stroke_width=0 if filled else line)  # fmt: skip
    else:
        canvas.add(
            "circle", cx=x + half, cy=y + half, r=half - size * 0.13,
            fill=theme.other if filled else "none", stroke=theme.other, stroke_width=line,
        )  # fmt: skip


def of_claim(canvas: Canvas, claim: Claim, x: float, y: float, theme: Theme) -> None:
    """The sign of one claim, with its words for whoever points at it."""
    with canvas.inside("g", role="listitem"):
        canvas.words(
            "title", f"{claim.effect}: {clean(claim.statement)} ({clean(claim.reference)})"
        )
        mark(canvas, side(claim), x, y, theme, filled=claim.directness == "direct")


def row(
    canvas: Canvas, claims: Sequence[Claim], x: float, y: float, available: float, theme: Theme
) -> float:
    """One sign for each claim, by side and direct ones first; where they would not fit, each sign
    once with its number.

    Returns the width that they take.
    """
    counted = tally(claims)
    with canvas.inside("g", role="img", aria_label=spoken(counted)):
        if len(claims) * PITCH > available:
            return totals(canvas, counted, x, y, theme) - x
        for place, claim in enumerate(sorted(claims, key=rank)):
            filled = claim.directness == "direct"
            mark(canvas, side(claim), x + place * PITCH, y, theme, filled=filled)
    return len(claims) * PITCH


def rank(claim: Claim) -> tuple[int, bool]:
    """The place of a claim's sign among others."""
    return [sign.name for sign in SIGNS].index(side(claim)), claim.directness != "direct"


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


def conflict(canvas: Canvas, x: float, y: float, theme: Theme) -> None:
    """The sign for papers that conflict: a diamond, half of each color."""
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
