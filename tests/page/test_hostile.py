"""Data from strangers: whatever it holds is text, on every view, and nothing of it runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.browser import CHROMIUM, Browser
from support.program import Real

pytestmark = pytest.mark.slow

SCRIPT = "</script><script>document.body.dataset.hacked = 1</script>"
IMAGE = '<img src=x onerror="document.body.dataset.hacked = 1">'
ATTRIBUTE = "\"' onmouseover=document.body.dataset.hacked=1 x='"
COMMENT = "<!-- <script> --!> ]]> &amp; &#60;b&#62; $title ${title} \\0"
RIGHT_TO_LEFT = "\u202eevil \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627"
CONTROLS = "bell \x07, escape \x1b[31m, null \x00, line \u2028, \ufffe"
NASTY = (
    SCRIPT,
    IMAGE,
    ATTRIBUTE,
    COMMENT,
    RIGHT_TO_LEFT,
    CONTROLS,
    "javascript:alert(1)",
    "a/b?c#d%20e",
)


def data(folder: Path) -> Path:
    """A data folder in which each text is nasty."""
    folder.mkdir()
    papers: list[dict[str, Any]] = [
        {
            "id": f"paper{number}",
            "type": "article-journal",
            "title": f"Title {text}",
            "author": [{"family": f"{text} {n}", "given": text} for n in range(60)],
            "container-title": f"Journal {text}",
            "issued": "2020",
            "URL": "javascript:document.body.dataset.hacked=1",
            "DOI": f'10.1000/{number}"><script>1</script>',
        }
        for number, text in enumerate(NASTY)
    ]
    factors = [
        {"name": f"F {text}", "kind": "gene", "full_name": text, "synonyms": [f"S {text}"]}
        for text in NASTY
    ]
    claims = {
        factor["name"]: [
            {
                "effect": effect, "statement": f"Statement {text}", "reference": f"paper{number}",
                "system": [text], "site": text, "cancer": [text, "breast"],
            }
            for effect in ("promotes", "suppresses", "marks")
        ]
        for number, (text, factor) in enumerate(zip(NASTY, factors, strict=True))
    }  # fmt: skip
    step = {
        "id": "step", "name": f"Step {SCRIPT}", "summary": IMAGE, "from": ATTRIBUTE, "to": COMMENT,
        "claims": claims,
    }  # fmt: skip
    steps = {"title": f"Model {SCRIPT} {IMAGE}", "factors": factors, "steps": [step]}
    (folder / "references.json").write_text(json.dumps(papers), encoding="utf-8")
    (folder / "steps.yaml").write_text(json.dumps(steps), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def nasty_page(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nasty")
    page = folder / "page.html"
    arguments = ("--only-data", "--data", str(data(folder / "data")), "-o", str(page))
    assert Real(cache).pipe("page", *arguments).err == ""
    return page


@CHROMIUM
def test_nothing_of_the_data_runs_or_is_an_element(browser: Browser, nasty_page: Path) -> None:
    browser.open(nasty_page)
    ids = browser.run(
        "return [...document.querySelectorAll('#document [id*=\"/\"]')].map(e => e.id)"
    )
    lists = [
        "cascade",
        "claims",
        "factors",
        "papers",
        "conflicts",
        "search/script",
        "search/onerror",
    ]
    assert len(ids) > 5 * len(NASTY)
    for address in (*lists, *ids):
        browser.go(address)
        assert browser.texts("#view h2") != ["Not found"], address
        state = browser.run(
            "return [document.body.dataset.hacked ?? '', document.images.length,"
            " document.querySelectorAll('script:not([type])').length,"
            " [...document.querySelectorAll('*')].filter(e => [...e.attributes]"
            ".some(a => a.name.startsWith('on'))).length,"
            " [...document.querySelectorAll('[href]')].map(e => e.protocol)"
            ".filter(p => !['https:', 'file:'].includes(p))]"
        )
        assert state == ["", 0, 1, 0, []], address
    browser.go("factors")
    assert f"F {SCRIPT} gene" in browser.texts("#view tbody th")
    browser.go("paper/paper1")
    assert browser.texts("#view h2") == [f"Title {IMAGE}"]


@CHROMIUM
def test_references_of_the_data_are_text_too(browser: Browser, nasty_page: Path) -> None:
    for number in range(len(NASTY)):
        browser.open(nasty_page, f"paper/paper{number}")
        browser.wait("return document.querySelector('.cited').innerText")
        tags = browser.run(
            "return [...new Set([...document.querySelectorAll('.cited *')].map(e => e.tagName))]"
        )
        assert set(tags) <= {"P", "A", "I", "B", "SPAN"}


@CHROMIUM
def test_right_to_left_words_leave_their_neighbors_alone(
    browser: Browser, nasty_page: Path
) -> None:
    browser.open(nasty_page, f"paper/paper{NASTY.index(RIGHT_TO_LEFT)}")
    shown = browser.run("return document.querySelector('main').textContent")
    assert "\u202e" not in shown
    assert "\u05e9\u05dc\u05d5\u05dd" in shown


@CHROMIUM
@pytest.mark.parametrize("width", [360, 1400])
def test_long_words_do_not_widen_the_window(
    browser: Browser, cache: Path, tmp_path: Path, width: int
) -> None:
    long = "w" * 300
    folder = tmp_path / "long"
    folder.mkdir()
    paper = {"id": "long2020", "type": "book", "title": long, "author": [{"family": long}],
             "container-title": long, "issued": "2020"}  # fmt: skip
    claim = {"effect": "promotes", "statement": long, "reference": "long2020", "cancer": [long]}
    step = {"id": "long", "name": long, "summary": long, "from": long, "to": long,
            "claims": {long: [claim, {**claim, "effect": "suppresses"}]}}  # fmt: skip
    steps = {"title": long, "factors": [{"name": long, "kind": "gene"}], "steps": [step]}
    (folder / "references.json").write_text(json.dumps([paper]), encoding="utf-8")
    (folder / "steps.yaml").write_text(json.dumps(steps), encoding="utf-8")
    page = tmp_path / "page.html"
    result = Real(cache).pipe("page", "--only-data", "--data", str(folder), "-o", str(page))
    assert result == (0, "", "")
    browser.size(width)
    browser.open(page)
    for address in ("cascade", "claims", "factors", "papers", "conflicts", f"factor/{long}",
                    "paper/long2020", f"search/{long}"):  # fmt: skip
        browser.go(address)
        assert browser.run("return document.documentElement.scrollWidth") <= width, address


@CHROMIUM
def test_an_empty_selection_is_a_page_that_works(
    browser: Browser, cache: Path, tmp_path: Path
) -> None:
    page = tmp_path / "empty.html"
    result = Real(cache).pipe("page", "CXCR4", "3", "-o", str(page))
    assert result == (0, "", "bclm: no claims match\n")
    browser.open(page)
    assert browser.texts("#view .empty") == ["No claim matches this selection."]
    for address in ("claims", "factors", "papers", "conflicts"):
        browser.go(address)
        assert len(browser.texts("#view h2")) == 1
    browser.go("search/CXCR4")
    assert browser.texts("#view .empty") == ["Nothing holds all of these words."]
