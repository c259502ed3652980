"""One factor or several: in each step, claims against on the left, claims for on the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bclm_cli.evidence import count_direct
from bclm_cli.graph.figure import page, symbols
from bclm_cli.graph.figure.canvas import LEADING, Canvas
from bclm_cli.graph.figure.page import BODY, MARGIN, SMALL, Sheet
from bclm_cli.graph.figure.theme import Theme
from bclm_cli.graph.labels import clean, isolated, listed
from bclm_cli.graph.network import Network, Station, Subject, side, tally
from bclm_cli.model.records import Claim
from bclm_cli.text.counted import counted

LABELS = 170.0
"""The width of the column with the steps."""
CELL = 270.0
"""The least width of a factor's column."""
ARM = 125.0
"""The greatest width for signs on one side of the axis."""
PITCH = symbols.SIZE + 3
LINE = symbols.SIZE + 5


def draw(network: Network, theme: Theme, pixels: int) -> Iterator[str]:
    """The figure of the network's subjects, `pixels` wide."""
    subjects = network.subjects
    needed = 2 * MARGIN + LABELS + CELL * len(subjects)
    sheet = Sheet(Canvas(), theme, max(needed, 760.0))
    title = listed((isolated(one.factor.name) for one in subjects), " · ")
    y = page.head(sheet, title, (_subtitle(network),))
    column = (sheet.content_width - LABELS) / len(subjects)
    places = [(one, MARGIN + LABELS + i * column, column) for i, one in enumerate(subjects)]
    top = y + 18
    y = max(_about(sheet, one, x, top, width) for one, x, width in places) + 10
    for station in network.stations:
        y = _step(sheet, station, places, y)
    y = page.foot(sheet, network, y - 14)
    return page.write(sheet, y, pixels, title, describe(network))


def describe(network: Network) -> str:
    """The figure in words."""
    parts = [_subtitle(network)]
    for subject in network.subjects:
        said = []
        for station in network.stations:
            claims = claims_on(station, subject)
            if claims:
                said.append(f"{clean(station.step.name)}: {symbols.spoken(tally(claims))}")
        parts.append(f"{clean(subject.factor.name)}: {listed(said, '; ') or 'no claim'}.")
    return listed(parts, " ")


def claims_on(station: Station, subject: Subject) -> list[Claim]:
    """The claims in a step on a factor, or on any member of a family."""
    return [
        claim
        for action in station.actions
        if action.factor.name in subject.names
        for claim in action.claims
    ]


def _subtitle(network: Network) -> str:
    what = f"{counted(network.claims, 'claim')} in {counted(network.papers, 'paper')}, by step."
    return listed((what, page.credit(network)), " ")


def _about(sheet: Sheet, subject: Subject, x: float, y: float, width: float) -> float:
    """A factor's names, what it belongs to and what binds it, each with the paper that says so."""
    canvas, theme, factor = sheet.canvas, sheet.theme, subject.factor
    available = width - 20
    y = canvas.paragraph(isolated(factor.name), x, y, available, 19, theme.ink, bold=True, lines=2)
    kind = listed((factor.kind, clean(factor.full_name)), " · ")
    y = canvas.paragraph(kind, x, y, available, SMALL, theme.muted, lines=3)
    if factor.broader:
        family = f"belongs to {listed(map(isolated, factor.broader))}"
        y = canvas.paragraph(family, x, y, available, SMALL, theme.ink, lines=3)
    if factor.binds:
        keys: dict[str, list[str]] = {}
        for binding in factor.binds:
            keys.setdefault(binding.partner, []).append(clean(binding.reference))
        partners = (
            f"{'itself' if name == factor.name else isolated(name)} ({listed(of)})"
            for name, of in keys.items()
        )
        y = canvas.paragraph(
            f"binds {listed(partners)}", x, y, available, SMALL, theme.ink, lines=8
        )
    return y


def _step(
    sheet: Sheet, station: Station, places: Sequence[tuple[Subject, float, float]], y: float
) -> float:
    canvas, theme, step = sheet.canvas, sheet.theme, station.step
    canvas.add("path", d=f"M{MARGIN:g} {y:g}h{sheet.content_width:g}", stroke=theme.hairline)
    y += 14
    with canvas.inside("g", role="graphics-object", aria_label=clean(step.name)):
        bottom = symbols.numbered(
            canvas, step.number, clean(step.name), MARGIN, y, LABELS - 12, theme, BODY
        )
        bottoms = [_cell(sheet, claims_on(station, one), x, y, width) for one, x, width in places]
    return max(bottom, *bottoms) + 16


def _cell(sheet: Sheet, claims: Sequence[Claim], x: float, y: float, width: float) -> float:
    """Claims against to the left of an axis, claims for to its right, the others below."""
    canvas, theme = sheet.canvas, sheet.theme
    if not claims:
        canvas.text("no claim", x, y + BODY, SMALL, theme.muted)
        return y + BODY * LEADING
    arm = min((width - 20) / 2, ARM)
    axis, across = x + arm, int(arm / PITCH)
    sides = {name: [c for c in claims if side(c) == name] for name in ("suppressing", "promoting")}
    rows = max((len(of) + across - 1) // across for of in sides.values())
    with canvas.inside("g", role="img", aria_label=symbols.spoken(tally(claims))):
        if rows:
            canvas.add("path", d=f"M{axis:g} {y:g}v{rows * LINE:g}", stroke=theme.muted)
        for name, of in sides.items():
            for place, claim in enumerate(of):
                out = (place % across) * PITCH
                left = axis + 4 + out if name == "promoting" else axis - 4 - symbols.SIZE - out
                symbols.of_claim(canvas, claim, left, y + place // across * LINE, theme)
        y += rows * LINE
        others = [claim for claim in claims if side(claim) == "other"]
        for start in range(0, len(others), 2 * across):
            line = others[start : start + 2 * across]
            left = axis - len(line) * PITCH / 2
            for place, claim in enumerate(line):
                symbols.of_claim(canvas, claim, left + place * PITCH, y, theme)
            y += LINE
    return canvas.paragraph(_counts(claims), x, y + 2, width - 20, SMALL, theme.muted, lines=2)


def _counts(claims: Sequence[Claim]) -> str:
    papers = len({claim.reference for claim in claims})
    of = f"{count_direct(claims)} direct of {counted(len(claims), 'claim')}"
    return f"{counted(papers, 'paper')} · {of}"
