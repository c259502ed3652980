"""A drawing of what happens in a step: the cancer cell's way from the tumor to the liver.

The scenes of the five steps continue each other: where one ends, the vessel of the next begins.
A step that is none of the five gets a plain scene of a cell on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bclm_cli.graph.figure.canvas import Canvas, number
from bclm_cli.graph.figure.theme import Theme

WIDTH, HEIGHT = 240.0, 150.0
Point = tuple[float, float]

# Upper and lower wall of the vessel: y at the left edge, two control points, y at the right edge.
_WALLS = {
    "intravasation": ((100, 98, 84, 78), (142, 142, 132, 126)),
    "circulation": ((78, 44, 36, 62), (126, 150, 142, 114)),
    "margination": ((62, 56, 42, 40), (114, 108, 88, 82)),
    "extravasation": ((40, 38, 34, 32), (82, 80, 70, 68)),
    "colonization": ((32, 30, 20, 18), (68, 66, 50, 46)),
}


def define(canvas: Canvas) -> None:
    """What all scenes need once in the document."""
    with canvas.inside("defs"), canvas.inside("clipPath", id="scene"):
        canvas.add("rect", width=WIDTH, height=HEIGHT, rx=12)


def draw(canvas: Canvas, step: str, x: float, y: float, width: float, theme: Theme) -> float:
    """The scene of the step with this id, `width` wide; returns where it ends."""
    scale = width / WIDTH
    place = f"translate({number(x)} {number(y)}) scale({scale:.4f})"
    with canvas.inside("g", transform=place, aria_hidden="true"):
        with canvas.inside("g", clip_path="url(#scene)"):
            _SCENES.get(step, _elsewhere)(canvas, theme)
        canvas.add("rect", width=WIDTH, height=HEIGHT, rx=12, fill="none",
                   stroke=theme.hairline)  # fmt: skip
    return y + HEIGHT * scale


def _intravasation(canvas: Canvas, theme: Theme) -> None:
    _ground(canvas, theme.stroma)
    _vessel(canvas, "intravasation", theme)
    _blood(canvas, ((22, 122), (74, 116), (116, 122), (222, 98)), theme)
    mass = (
        (6, 6), (30, 4), (55, 8), (80, 4), (104, 9), (16, 28), (42, 27), (67, 26), (91, 27),
        (5, 50), (29, 50), (54, 49), (78, 47), (15, 72), (41, 70), (64, 67),
    )  # fmt: skip
    _trail(canvas, "M92 46C118 54 134 62 146 84S168 108 184 106", theme)
    _cells(canvas, mass, 12.5, theme)
    _cell(canvas, (109, 50), 11.5, theme, stretch=1.25, turn=24)
    _cell(canvas, (146, 86), 10, theme, stretch=2.0, turn=62)
    _cell(canvas, (190, 106), 11.5, theme)


def _circulation(canvas: Canvas, theme: Theme) -> None:
    _ground(canvas, theme.stroma)
    _vessel(canvas, "circulation", theme)
    cells = (
        (20, 90), (26, 115), (58, 70), (62, 116), (88, 126), (92, 62), (148, 62), (166, 122),
        (186, 70), (196, 112), (222, 78), (226, 102),
    )  # fmt: skip
    _blood(canvas, cells, theme)
    _trail(canvas, "M-4 104C30 104 60 94 104 94M142 92C180 90 206 92 236 90", theme)
    _dots(canvas, ((109, 78), (134, 80), (106, 105), (138, 104), (122, 114)), 7, theme.platelet)
    _cell(canvas, (122, 93), 15, theme)


def _margination(canvas: Canvas, theme: Theme) -> None:
    _liver(canvas, "margination", theme)
    _vessel(canvas, "margination", theme)
    _blood(canvas, ((18, 76), (84, 66), (196, 52), (218, 70), (122, 60)), theme)
    _trail(canvas, "M-4 92C40 94 70 86 104 82S122 78 128 76", theme)
    bonds = ((133, 96.5), (140, 95), (147, 93.5), (154, 92), (161, 90.5))
    legs = "".join(f"M{x:g} {y:g}V78" for x, y in bonds)
    canvas.add("path", d=legs, stroke=theme.tumor_edge, stroke_width=1.8)
    _dots(canvas, bonds, 5, theme.tumor_edge)
    _cell(canvas, (46, 92), 12, theme)
    _cell(canvas, (147, 73), 13.5, theme, stretch=1.25, turn=-8)


def _extravasation(canvas: Canvas, theme: Theme) -> None:
    _liver(canvas, "extravasation", theme)
    _vessel(canvas, "extravasation", theme)
    _blood(canvas, ((30, 56), (132, 50), (206, 46), (170, 56)), theme)
    _trail(canvas, "M50 62C74 62 88 66 97 80S130 118 164 114", theme)
    _cell(canvas, (46, 65), 12, theme)
    _cell(canvas, (99, 79), 10, theme, stretch=2.05, turn=62)
    _cell(canvas, (168, 112), 13, theme, stretch=1.2, turn=-14)


def _colonization(canvas: Canvas, theme: Theme) -> None:
    _liver(canvas, "colonization", theme)
    _vessel(canvas, "colonization", theme)
    _blood(canvas, ((24, 50), (80, 42), (150, 40), (212, 32)), theme)
    colony = (
        (100, 80), (124, 74), (148, 80), (86, 101), (110, 97), (135, 95), (160, 100), (98, 119),
        (122, 118), (147, 117), (171, 121), (80, 124), (110, 139), (135, 139), (158, 138),
    )  # fmt: skip
    _cells(canvas, colony, 13.5, theme)


def _elsewhere(canvas: Canvas, theme: Theme) -> None:
    _ground(canvas, theme.stroma)
    for x in (34.0, 206.0):
        canvas.add("circle", cx=x, cy=75, r=52, fill=theme.lumen)
    _trail(canvas, "M34 75H196", theme)
    _cell(canvas, (34, 75), 14, theme)
    _cell(canvas, (120, 75), 14, theme, stretch=1.2)
    _cell(canvas, (206, 75), 14, theme)


_SCENES: dict[str, Callable[[Canvas, Theme], None]] = {
    "intravasation": _intravasation,
    "circulation": _circulation,
    "margination": _margination,
    "extravasation": _extravasation,
    "colonization": _colonization,
}


def _ground(canvas: Canvas, color: str) -> None:
    canvas.add("rect", width=WIDTH, height=HEIGHT, fill=color)


def _vessel(canvas: Canvas, step: str, theme: Theme) -> None:
    upper, lower = _WALLS[step]
    (a, b, c, d), (e, f, g, h) = upper, lower
    in_liver = step in ("margination", "extravasation", "colonization")
    lumen = f"M-4 {a}C80 {b} 160 {c} 244 {d}V{h}C160 {g} 80 {f} -4 {e}Z"
    if in_liver:  # the narrow space between the sinusoid's wall and the liver cells
        canvas.add("path", d=lumen, fill=theme.liver, stroke=theme.liver, stroke_width=15)
    canvas.add("path", d=lumen, fill=theme.lumen)
    thick, long, gap = (4.5, 10.0, 8.0) if in_liver else (6.0, 22.0, 9.0)
    for left, first, second, right in (upper, lower):
        line = f"M-4 {left}C80 {first} 160 {second} 244 {right}"
        _dashes(canvas, line, thick, f"{long:g} {gap:g}", 0, theme.wall)
        _dashes(canvas, line, thick * 0.5, f"0.1 {long + gap - 0.1:g}", -long / 2,
                theme.wall_nucleus)  # fmt: skip


def _dashes(
    canvas: Canvas, line: str, thick: float, pattern: str, offset: float, color: str
) -> None:
    canvas.add(
        "path", d=line, fill="none", stroke=color, stroke_width=thick, stroke_linecap="round",
        stroke_dasharray=pattern, stroke_dashoffset=offset,
    )  # fmt: skip


def _liver(canvas: Canvas, step: str, theme: Theme) -> None:
    _ground(canvas, theme.liver_edge)
    centers = [
        (column * 34.0 + (17.0 if row % 2 else 0.0) - 4, row * 29.0 - 2)
        for row in range(7)
        for column in range(9)
    ]
    canvas.add("path", d="".join(map(_hexagon, centers)), fill=theme.liver,
               stroke=theme.liver, stroke_width=5, stroke_linejoin="round")  # fmt: skip
    outside = (center for center in centers if not _in_vessel(center, step))
    _dots(canvas, outside, 8, theme.liver_nucleus)


def _in_vessel(point: Point, step: str) -> bool:
    """Whether a nucleus there would be cut by the vessel's edge or lie inside."""
    x, y = point
    t = (x + 4) / (WIDTH + 8)
    upper, lower = (
        (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t * t * (1 - t) * c + t**3 * d
        for a, b, c, d in _WALLS[step]
    )
    return upper - 13 < y < lower + 13


def _hexagon(center: Point) -> str:
    x, y = center
    return f"M{x:g} {y - 15:g}l13 7.5v15l-13 7.5l-13 -7.5v-15Z"


def _blood(canvas: Canvas, centers: Iterable[Point], theme: Theme) -> None:
    centers = tuple(centers)
    _dots(canvas, centers, 15, theme.blood)
    _dots(canvas, centers, 7, theme.blood_center)


def _trail(canvas: Canvas, line: str, theme: Theme) -> None:
    _dashes(canvas, line, 2.2, "0.1 6", 0, theme.tumor_edge)


def _cells(canvas: Canvas, centers: Iterable[Point], radius: float, theme: Theme) -> None:
    for center in centers:
        _cell(canvas, center, radius, theme)


def _cell(
    canvas: Canvas, center: Point, radius: float, theme: Theme, *, stretch: float = 1.0,
    turn: float = 0.0,
) -> None:  # fmt: skip
    x, y = center
    place = f"translate({number(x)} {number(y)})" + (f" rotate({number(turn)})" if turn else "")
    with canvas.inside("g", transform=place):
        canvas.add(
            "ellipse", rx=radius * stretch, ry=radius, fill=theme.tumor,
            stroke=theme.tumor_edge, stroke_width=1.6,
        )  # fmt: skip
        canvas.add("ellipse", cx=-radius * 0.12, rx=radius * 0.5 * stretch**0.5,
                   ry=radius * 0.46, fill=theme.nucleus)  # fmt: skip


def _dots(canvas: Canvas, centers: Iterable[Point], size: float, color: str) -> None:
    line = "".join(f"M{number(x)} {number(y)}h.01" for x, y in centers)
    canvas.add("path", d=line, fill="none", stroke=color, stroke_width=size,
               stroke_linecap="round")  # fmt: skip
