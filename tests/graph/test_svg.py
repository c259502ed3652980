"""The figure: whole for every selection, readable by everybody, safe with any label."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from bclm_cli import graph
from bclm_cli.graph import THEMES, Network, Options
from bclm_cli.graph.figure.metrics import width, wrap
from bclm_cli.graph.figure.theme import THEMES as COLORS
from bclm_cli.graph.labels import clean
from support.cascades import AWKWARD_NAMES, awkward, empty, small
from support.paths import ROOT
from support.tools import font_file, needs

FIGURES = [
    path for path in ROOT.glob("docs/figures/*.svg") if not path.name.startswith("terminal-")
]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(network: Network, pixels: int | None = None, theme: str = "light") -> str:
    return "".join(graph.get("svg").dump(network, Options(pixels, theme)))


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_figure_shows_steps_in_order_factors_counts_and_source() -> None:
    shown = texts(drawn(small()))
    assert [text for text in shown if text in ("Entry", "Middle")] == ["Entry", "Middle"]
    for words in (
        "A made-up cascade",
        "Two steps from home to goal. After Example et al. 2001.",
        "home → start",
        "The cell enters.",
        "2 factors",
        "2 papers",
        "4 claims",
        "ABC1",
        "helper cell",
        "conflicting",
        "promotes, or is required",
        "The model, and what to cite: Example AB, Sample C, Test D. An example of one. J Examp.",
        "Drawn by bclm from 8 claims in 3 papers.",
    ):
        assert words in " ".join(shown)
    assert "Belongs to no step." not in shown


def test_what_is_not_shown_is_counted() -> None:
    shown = texts(drawn(small().strongest(1)))
    assert "and 1 more factor" in shown
    assert "and 2 more factors" in shown


def test_a_step_shows_its_claims_and_papers() -> None:
    shown = texts(drawn(small(whole_step=True)))
    for words in (
        "Entry",
        "example protein 1 · gene · HGNC:0",
        "ABC1 helps.",
        "Example et al. 2001 · in vitro · liver",
        "Two 2002 · required",
        "Two 2002 · marks · read in the title only",
        "Papers",
        "Two 2002 · two2002",
        "Two? 2002.",
    ):
        assert words in shown


def test_an_empty_selection_says_so() -> None:
    for network in (empty(), empty(whole_step=True)):
        shown = texts(drawn(network))
        assert "No claim matches this selection." in shown
        assert "conflicting" in shown  # the legend stays, and so does the frame


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("whole_step", [False, True])
def test_a_screen_reader_gets_the_figure_in_words(theme: str, whole_step: bool) -> None:
    root = ElementTree.fromstring(drawn(small(whole_step=whole_step), theme=theme))
    assert root.get("role") == "graphics-document document"
    assert root.get("aria-labelledby") == "title desc"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.get("id"), description.get("id")) == ("title", "desc")
    assert "A made-up cascade" in (title.text or "")
    assert "ABC1" in (description.text or "")
    labels = [element.get("aria-label") for element in root.iter() if element.get("role") == "img"]
    assert "2 promoting, 1 suppressing, 1 other" in labels
    hidden = [element for element in root.iter() if element.get("aria-hidden") == "true"]
    assert hidden
    assert not any(text for scene in hidden for text in scene.iter(f"{SVG}text"))


@pytest.mark.parametrize("whole_step", [False, True])
def test_labels_stay_labels(whole_step: bool) -> None:
    svg = drawn(awkward(len(AWKWARD_NAMES), whole_step=whole_step))
    root = ElementTree.fromstring(svg)
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds <= {
        "svg", "title", "desc", "defs", "clipPath", "g", "rect", "circle", "ellipse", "path",
        "polygon", "text", "a",
    }  # fmt: skip
    assert {e.get("href", "")[:16] for e in root.iter(f"{SVG}a")} <= {"https://doi.org/"}
    shown = " ".join(texts(svg))
    for name in AWKWARD_NAMES:
        if len(name) < 30:
            assert clean(name).replace(" ", "") in shown.replace(" ", "")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", svg)


def test_the_same_selection_gives_the_same_bytes() -> None:
    assert drawn(awkward(9, 5)) == drawn(awkward(9, 5))


@pytest.mark.parametrize("pixels", [200, 800, 1280, 3000])
def test_the_width_is_the_one_asked_for(pixels: int) -> None:
    root = ElementTree.fromstring(drawn(small(), pixels))
    box = [float(part) for part in root.get("viewBox", "").split()]
    assert root.get("width") == str(pixels)
    assert float(root.get("height", "")) == pytest.approx(pixels * box[3] / box[2], abs=1)


@pytest.mark.parametrize("theme", THEMES)
def test_colors_can_be_told_apart_from_the_ground_and_in_grey(theme: str) -> None:
    """WCAG 2.2: text 4.5 to 1, signs 3 to 1. The two effects differ in lightness too."""
    colors = COLORS[theme]
    for ground in (colors.background, colors.card):
        for name in ("ink", "muted"):
            assert contrast(getattr(colors, name), ground) >= 4.5, name
        for name in ("promoting", "suppressing", "other"):
            assert contrast(getattr(colors, name), ground) >= 3, name
    assert contrast(colors.tumor_edge, colors.background) >= 4.5  # a step's number on its disc
    assert contrast(colors.promoting, colors.suppressing) >= 1.3


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
                        for c in channels)  # fmt: skip
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_lines_break_at_spaces_then_hyphens_then_anywhere() -> None:
    assert wrap("one two three", 60, 10) == ["one two", "three"]
    assert wrap("epithelial-mesenchymal", 80, 10) == ["epithelial-", "mesenchymal"]
    assert wrap("W" * 25, 100, 10) == ["W" * 10, "W" * 10, "W" * 5]
    assert wrap("one two three four", 45, 10, lines=2) == ["one two", "three…"]
    assert wrap("", 45, 10) == []
    assert wrap("e\u0301" * 3, 1, 10) == ["e\u0301"] * 3
    assert width("iW", 10) == pytest.approx(13)


@needs("rsvg-convert")
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("pixels", [800, 3000])
def test_librsvg_renders_it(theme: str, pixels: int) -> None:
    svg = drawn(small(), pixels, theme)
    image = subprocess.run(
        ["rsvg-convert"], input=svg.encode(), capture_output=True, check=True
    ).stdout
    assert image.startswith(b"\x89PNG")
    assert int.from_bytes(image[16:20], "big") == pixels


class Box(NamedTuple):
    """Where a text stands: its ink, roughly, since descenders rarely meet ascenders."""

    words: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


Measure = Callable[[str, float, bool], float]


@needs("python:fontTools", "font:DejaVu Sans")
def test_nothing_overlaps_or_is_cut() -> None:
    """Measured with the widest of the fonts that stand in where there is no Helvetica."""
    measure = measure_in("DejaVu Sans")
    faults = []
    count = 0
    assert FIGURES
    for name, svg in selections():
        root = ElementTree.fromstring(svg)
        _, _, wide, tall = (float(part) for part in root.get("viewBox", "").split())
        boxes = sorted(placed(root, measure), key=lambda box: box.top)
        count += len(boxes)
        for i, box in enumerate(boxes):
            if box.left < 0 or box.right > wide or box.top < 0 or box.bottom > tall:
                faults.append((name, "cut", box.words))
            below = takewhile(lambda other: other.top < box.bottom, boxes[i + 1 :])  # noqa: B023
            faults += [(name, box.words, other.words) for other in below if box.meets(other)]
    assert count > 5000
    assert faults == []


def placed(element: ElementTree.Element, measure: Measure, x: float = 0, y: float = 0
           ) -> Iterator[Box]:  # fmt: skip
    """Every text below the element; of transformations the figure uses only shifts for texts."""
    if element.get("aria-hidden") == "true":
        return
    if match := re.fullmatch(r"translate\((\S+) (\S+)\)", element.get("transform", "")):
        x, y = x + float(match[1]), y + float(match[2])
    if element.tag == f"{SVG}text":
        words, size = element.text or "", float(element.get("font-size", ""))
        wide = measure(words, size, element.get("font-weight") == "700")
        shift = {"start": 0.0, "middle": wide / 2, "end": wide}
        left = x + float(element.get("x", "")) - shift[element.get("text-anchor", "start")]
        base = y + float(element.get("y", ""))
        yield Box(words, left, left + wide, base - size * 0.75, base + size * 0.2)
    for child in element:
        yield from placed(child, measure, x, y)


def measure_in(family: str) -> Measure:
    """The advance of a text in a font; a character that it lacks counts as it does for us."""
    from fontTools.ttLib import TTFont

    faces = {}
    for bold in (False, True):
        path = font_file(family, bold=bold)
        assert path
        with TTFont(path) as font:
            faces[bold] = (
                font.getBestCmap(),
                {name: advance for name, (advance, _) in font["hmtx"].metrics.items()},
                font["head"].unitsPerEm,
            )

    def measure(text: str, size: float, bold: bool) -> float:
        glyphs, advances, em = faces[bold]
        return sum(
            size * advances[glyphs[ord(c)]] / em if ord(c) in glyphs else width(c, size, bold=bold)
            for c in text
        )

    return measure


@needs("python:fontTools", "font:DejaVu Sans")
def test_the_table_of_widths_is_never_too_small() -> None:
    measure = measure_in("DejaVu Sans")
    for bold in (False, True):
        for c in map(chr, [*range(32, 127), *range(0xAE, 0x460), *range(0x2010, 0x2028)]):
            assert width(c, 1, bold=bold) >= measure(c, 1, bold) or unicodedata.combining(c), c


def selections() -> Iterator[tuple[str, str]]:
    for path in FIGURES:
        yield path.name, path.read_text(encoding="utf-8")
    for pixels in (400, 800, 950, 1280, 1600):
        yield f"small {pixels}", drawn(small(), pixels)
        for factors, steps in ((0, 5), (1, 1), (2, 6), (5, 3), (23, 5), (60, 1)):
            network = awkward(factors, steps)
            yield f"{factors} factors, {steps} steps, {pixels}", drawn(network, pixels)
        for factors in (0, 1, 7):
            network = awkward(factors, whole_step=True)
            yield f"a step of {factors} factors, {pixels}", drawn(network, pixels)
