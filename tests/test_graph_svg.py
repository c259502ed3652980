"""The figure: whole for every selection, readable by everybody, safe with any label."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bclm_cli import graph
from bclm_cli.graph import THEMES, Network, Options
from bclm_cli.graph._figure.metrics import width, wrap
from bclm_cli.graph._figure.theme import THEMES as COLORS
from bclm_cli.graph._label import clean
from cascades import AWKWARD_NAMES, awkward, empty, small
from tools import needs

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
        "2 factors, 4 claims",
        "2 papers",
        "ABC1",
        "helper cell",
        "contradicted",
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
        "Two 2002 · marks · known by its title only",
        "Papers",
        "Two T. Two? 2002.",
    ):
        assert words in shown


def test_an_empty_selection_says_so() -> None:
    for network in (empty(), empty(whole_step=True)):
        shown = texts(drawn(network))
        assert "No claim matches this selection." in shown
        assert "contradicted" in shown  # the legend stays, and so does the frame


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


@needs("chromium")
def test_nothing_overlaps_or_is_cut(tmp_path: Path) -> None:
    """Measured by a browser, in the widest of the fonts that stand for a missing Helvetica."""
    page = tmp_path / "figures.html"
    script = (Path(__file__).parent / "overlaps.js").read_text(encoding="utf-8")
    with page.open("w", encoding="utf-8") as file:
        file.write('<!doctype html><meta charset="utf-8"><body>')
        for name, svg in selections():
            svg = re.sub(r'(?<=font-family=")[^"]*', "DejaVu Sans", svg, count=1)
            file.write(f'<div data-name="{name}">{svg}</div>')
        file.write(f"<script>{script}</script>")
    command = ["chromium", "--no-sandbox", "--headless", "--disable-gpu", "--dump-dom"]
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    html = subprocess.run(
        [*command, profile, str(page)], capture_output=True, encoding="utf-8", check=True,
        timeout=120,
    ).stdout  # fmt: skip
    match = re.search(r"<pre>(.*)</pre>", html, re.DOTALL)
    assert match
    measured = json.loads(unescape(match[1]))
    assert measured["count"] > 5000
    assert measured["found"] == []


def selections() -> Iterator[tuple[str, str]]:
    for pixels in (400, 800, 950, 1280, 1600):
        yield f"small {pixels}", drawn(small(), pixels)
        for factors, steps in ((0, 5), (1, 1), (2, 6), (5, 3), (23, 5), (60, 1)):
            network = awkward(factors, steps)
            yield f"{factors} factors, {steps} steps, {pixels}", drawn(network, pixels)
        for factors in (0, 1, 7):
            network = awkward(factors, whole_step=True)
            yield f"a step of {factors} factors, {pixels}", drawn(network, pixels)
