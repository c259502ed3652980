"""What axe-core, the checker of accessibility, finds against each kind of view: nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.browser import AXE, Browser

pytestmark = [AXE, pytest.mark.slow]
VIEWS = (
    "cascade", "claims?site=liver", "factors?effect=suppresses", "conflicts", "papers?from=2020",
    "step/circulation", "step/margination/SELE", "factor/ICAM1", "paper/kang2016",
    "claim/circulation/ICAM1/regev2022", "search/TGF-%CE%B2", "search/zzz", "factor/nobody",
)  # fmt: skip


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1400, "light"),
        (360, "dark"),
        pytest.param(1400, "dark", marks=pytest.mark.slow),
        pytest.param(360, "light", marks=pytest.mark.slow),
    ],
)
def test_axe_has_nothing_to_say(browser: Browser, part_page: Path, width: int, scheme: str) -> None:
    browser.size(width)
    browser.media(prefers_color_scheme=scheme)
    browser.open(part_page)
    found = {}
    for address in VIEWS:
        browser.go(address)
        if said := browser.axe():
            found[address] = said
    assert found == {}


def test_axe_has_nothing_to_say_of_the_document(browser: Browser, small_page: Path) -> None:
    browser.open(small_page)
    browser.run("document.documentElement.classList.remove('script')")
    assert browser.axe() == {}


def test_axe_is_at_work(browser: Browser, small_page: Path) -> None:
    browser.open(small_page)
    browser.run("document.getElementById('query').labels[0].remove()")
    browser.run("document.getElementById('query').removeAttribute('placeholder')")
    assert browser.axe() == {
        "label": [browser.run("return document.getElementById('query').outerHTML")]
    }
