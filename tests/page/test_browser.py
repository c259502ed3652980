"""The page as a person uses it, in a real Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from support.browser import CHROMIUM, Browser, chromium
from support.program import Program

pytestmark = [CHROMIUM, pytest.mark.slow]

VIEWS = (
    "cascade", "claims", "factors", "conflicts", "papers", "step/circulation",
    "step/margination/SELE",
    "factor/ICAM1", "paper/kang2016", "claim/circulation/ICAM1/regev2022", "search/TGF-%CE%B2",
    "factor/nobody",
)  # fmt: skip
"""One of each kind, of the shipped data."""


# ---- addresses


def test_every_address_shows_what_it_names(browser: Browser, small_page: Path) -> None:
    browser.open(small_page)
    factors = {name: f"{name} {kind}" for name, kind in (
        ("DUMB", "gene"), ("EXA1", "gene"), ("mock cell", "cell"), ("mock niche", "structure"),
        ("mock state", "condition"), ("placebo", "drug"), ("spare part", "process"),
        ("TSTG", "gene"),
    )}  # fmt: skip
    steps = {
        "departure": "1 Departure mock tumor → mock blood",
        "departure-lounge": "2 Departure lounge mock blood → mock blood",
        "arrival": "3 Arrival mock blood → liver",
        "context": "Background",
    }
    for name, heading in {**factors, **steps}.items():
        kind = "step" if name in steps else "factor"
        browser.go(f"{kind}/{quote(name)}")
        assert browser.texts("#view h2") == [heading]
    browser.go("step/departure/EXA1")
    assert (browser.texts("#view h2"), browser.texts("#view h3")[0]) == (
        ["1 Departure"], "EXA1"
    )  # fmt: skip
    browser.go("claim/departure/EXA1/adams2001/2")
    [meant] = browser.texts("#view .meant p:first-of-type")
    assert meant == "no effect In rats EXA1 made no difference."
    assert len(browser.texts("#view .claim")) == 3
    browser.go("paper/nobody")
    assert len(browser.texts("#view h2")) == 1


def test_the_figure_leads_to_steps_and_factors(browser: Browser, small_page: Path) -> None:
    browser.open(small_page)
    assert browser.texts("#view .station strong") == ["Departure", "Departure lounge", "Arrival"]
    browser.click("#view .station:nth-child(3) .scene")
    assert browser.texts("#view h2") == ["3 Arrival mock blood → liver"]
    assert browser.texts("#view .onward a") == ["← 2 Departure lounge", "→ Background"]
    browser.driver.back()
    browser.settled()
    browser.click("#view .acting a[href='#factor/EXA1']")
    assert browser.texts("#view h2") == ["EXA1 gene"]
    assert browser.texts("#view h3") == ["1 Departure", "3 Arrival"]
    assert browser.driver.title == "EXA1 gene · A made-up model in three steps"


def test_a_card_leads_on_to_papers_and_back_to_the_factor(
    browser: Browser, small_page: Path
) -> None:
    browser.open(small_page, "factor/TSTG")
    assert browser.texts("#view .claim p:first-of-type") == ["promotes TST-γ made mock cells stay."]
    browser.click("#view .claim .key")
    assert browser.run("return location.hash") == "#paper/gruen2020"
    assert browser.texts("#view h3 a") == ["1 Departure", "3 Arrival"]
    assert browser.texts("#view h4") == ["EXA1", "TSTG", "mock niche"]
    browser.click("#view h4 .factor")
    assert browser.run("return location.hash") == "#factor/EXA1"


def test_a_factor_is_found_by_its_synonym_in_an_address(browser: Browser, small_page: Path) -> None:
    browser.open(small_page, "factor/tst-gamma")
    browser.wait("return document.querySelector('#view h2')")
    assert browser.texts("#view h2") == ["TSTG gene"]


def test_an_address_that_is_nowhere_says_so(browser: Browser, small_page: Path) -> None:
    for address in ("factor/nothing", "step/nowhere", "rubbish/%E0%A4%A", "constructor", "main"):
        browser.open(small_page, address)
        browser.wait("return document.querySelector('#view h2')")
        assert browser.texts("#view h2") == ["Not found"], address


# ---- sides


def test_what_is_conflicts_stands_side_by_side(browser: Browser, small_page: Path) -> None:
    browser.open(small_page, "conflicts")
    assert browser.texts("#view h3") == ["1 Departure"]
    assert browser.texts("#view .side h5") == ["For", "Against"]
    (left, top), (right, beside) = places(browser)
    assert (top, left < right) == (beside, True)
    browser.size(360)
    (left, top), (right, below) = places(browser)
    assert (left, top < below) == (right, True)


def places(browser: Browser) -> list[list[float]]:
    script = (
        "return [...document.querySelectorAll('#view .side')].map(e => e.getBoundingClientRect())"
        ".map(r => [r.left, r.top])"
    )
    return list(browser.run(script))


# ---- filters


@pytest.mark.parametrize(
    ("chosen", "flags"),
    [
        ({"site": "liver"}, "--site liver"),
        ({"effect": "suppresses", "cancer": "breast"}, "--effect suppresses --cancer breast"),
        ({"step": "margination", "from": "2010", "to": "2015"}, "--step 3 --year 2010..2015"),
        ({"from": "2020"}, "--year 2020.."),
        ({"step": "context"}, "--step context"),
    ],
)
def test_filters_leave_what_the_flags_select(
    browser: Browser,
    shipped_page: Path,
    shipped: Program,
    chosen: dict[str, str],
    flags: str,
) -> None:
    browser.open(shipped_page, "claims")
    for name, value in chosen.items():
        browser.run(
            "const field = document.querySelector(`#filters [name=${arguments[0]}]`);"
            "field.value = arguments[1]; field.dispatchEvent(new Event('input', {bubbles: true}))",
            name,
            value,
        )
        browser.settled()
    statements = shipped("claims", *flags.split(), "--fields", "statement").out.splitlines()
    assert statements
    shown = browser.texts("#view .claim p:first-of-type")
    assert len(shown) == len(statements)
    assert all(any(one in text for text in shown) for one in statements)
    assert browser.texts("#status") == [f"{len(statements)} claims left by the filters"]
    browser.go(f"papers?{browser.run('return location.hash').partition('?')[2]}")
    keys = browser.run(
        "return [...document.querySelectorAll('#view article')].map(e => e.dataset.paper)"
    )
    assert keys == shipped("refs", *flags.split(), "--fields", "key").out.split()
    browser.find("#filters [type=reset]").click()
    browser.settled()
    assert browser.run("return location.hash") == "#papers"


def test_filters_leave_rows_and_cells_of_the_table(browser: Browser, small_page: Path) -> None:
    browser.open(small_page, "factors?site=liver")
    assert browser.texts("#view tbody th") == ["TSTG gene", "EXA1 gene", "mock niche structure"]
    assert browser.texts("#view tbody td a") == ["+1", "+1", "−1", "•1"]
    assert browser.texts("#view tbody td.count") == ["1", "2", "1"]
    said = "return document.querySelector('#view .chips').getAttribute('aria-label')"
    assert browser.run(said) == "1 for"
    assert browser.run("return document.querySelector('[name=site]').value") == "liver"


# ---- references to copy


def test_references_are_those_that_cite_and_export_write(
    browser: Browser, shipped_page: Path, shipped: Program
) -> None:
    for key in ("kang2016", "ma2015", "aceto2014"):
        browser.open(shipped_page, f"paper/{key}")
        browser.wait("return document.querySelector('.cited').innerText")
        names = browser.run(
            "return [...document.querySelectorAll('.cite option')].map(o => o.value)"
        )
        assert names == ["vancouver", "biomed-central", "apa", "ama", "nature",
                         "chicago-author-date", "bibtex", "ris"]  # fmt: skip
        for name in names:
            browser.run(
                "const choice = document.querySelector('.cite select');"
                "choice.value = arguments[0]; choice.dispatchEvent(new Event('change'))",
                name,
            )
            shown = browser.run("return document.querySelector('.cited').textContent")
            if name in ("bibtex", "ris"):
                assert shown == shipped("export", key, "-f", name).out
            else:
                line = shipped("cite", key, "--style", name).out.rstrip("\n")
                assert shown in (line, line.removeprefix("1. ")), name


def test_copy_puts_the_reference_on_the_clipboard(browser: Browser, shipped_page: Path) -> None:
    browser.open(shipped_page, "paper/kang2016")
    text = browser.wait("return document.querySelector('.cited').innerText.trim()")
    browser.find(".cite button").click()
    assert browser.wait("return document.querySelector('.told').textContent") == "Copied."
    browser.find("#query").click()
    browser.paste()
    assert browser.run("return document.getElementById('query').value") == text


def test_without_a_clipboard_the_text_is_selected(browser: Browser, shipped_page: Path) -> None:
    browser.open(shipped_page, "paper/kang2016")
    text = browser.wait("return document.querySelector('.cited').innerText.trim()")
    browser.run(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.execCommand = () => false"
    )
    browser.find(".cite button").click()
    told = browser.wait("return document.querySelector('.told').textContent")
    assert told == "Selected: press Ctrl+C or ⌘C."
    assert browser.run("return getSelection().toString().trim()") == text


# ---- keys, light, paper


def test_keys_are_enough(browser: Browser, small_page: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.open(small_page)
    browser.keys(Keys.TAB)
    assert browser.run("return document.activeElement.className") == "skip"
    browser.keys(Keys.ENTER)
    assert browser.run("return document.activeElement.id") == "main"
    browser.keys("/")
    browser.keys("dum")
    browser.wait("return document.querySelector('#view .found a')")
    browser.keys(Keys.ARROW_DOWN)
    assert browser.run("return document.activeElement.textContent") == "DUMB"
    outline = "return getComputedStyle(document.activeElement).outlineStyle"
    assert browser.run(outline) == "solid"
    browser.keys(Keys.ENTER)
    browser.wait("return location.hash === '#factor/DUMB'")
    browser.settled()
    assert browser.run("return document.activeElement.id") == "main"
    browser.keys("/")
    assert browser.run("return document.activeElement.id") == "query"


def test_light_and_dark(browser: Browser, small_page: Path) -> None:
    background = "return getComputedStyle(document.body).backgroundColor"
    light, dark = "rgb(255, 255, 255)", "rgb(13, 17, 23)"
    browser.open(small_page)
    assert browser.run(background) == light
    browser.media(prefers_color_scheme="dark")
    assert browser.run(background) == dark
    browser.find("#theme").click()
    assert browser.run(background) == light
    browser.media()
    browser.find("#theme").click()
    assert browser.run(background) == dark
    browser.open(small_page)
    assert browser.run(background) == dark  # kept
    browser.media("print")
    assert browser.run(background) == light
    browser.run("localStorage.clear()")


def test_paper_shows_the_view_and_no_controls(browser: Browser, small_page: Path) -> None:
    browser.open(small_page, "factor/EXA1")
    browser.media("print")
    assert browser.texts("header, form, button, .self, #status") == []
    assert browser.texts("#view h2") == ["EXA1 gene"]
    assert len(browser.texts("#view .claim")) == 4


@pytest.mark.parametrize("width", [320, 360, 800, 1400])
def test_nothing_is_wider_than_the_window(browser: Browser, shipped_page: Path, width: int) -> None:
    browser.size(width)
    browser.open(shipped_page)
    wide = {}
    for address in VIEWS:
        browser.go(address)
        if (shown := browser.run("return document.documentElement.scrollWidth")) > width:
            wide[address] = shown
    assert wide == {}


def test_without_a_script_it_is_a_document(shipped_page: Path, shipped: Program) -> None:
    claims = json.loads(shipped("claims", "--fields", "step,factor,statement", "--json").out)
    with chromium(script=False) as browser:
        browser.driver.get(f"{shipped_page.as_uri()}#step/margination/SELE")
        shown = browser.texts("#document .claim p:first-of-type")
        assert len(shown) == len(claims)
        assert all(any(claim["statement"] in text for text in shown) for claim in claims)
        assert browser.texts(".scripted") == []
        top = "return document.getElementById('step/margination/SELE').getBoundingClientRect().top"
        assert 0 <= browser.run(top) < 200
