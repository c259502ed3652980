"""The page searches as the program does: the same words, the same hits in the same order."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from bclm_cli.page.document import tables
from bclm_cli.text import normalize
from support.browser import CHROMIUM, Browser
from support.paths import ROOT
from support.program import Program

pytestmark = [CHROMIUM, pytest.mark.slow]
ASSETS = ROOT / "src/bclm_cli/page/assets"

SHOWN = 300
"""Hits that the page shows at once."""
QUESTIONS = (
    "CXCR4", "cxcr", "TGF-β", "tgf beta", "TGFβ1", "TNF-α", "IL-8", "il8", "CTC clusters", "CTCs",
    "Kupffer", "kupffer cells", "neutrophils", "metastases", "tumours", "colonisation", "α2β1",
    "Müller", "mueller", "muller 2001", "Tabariès", "tabaries", "Aceto 2014 CTC", "Ma 2015",
    "mouse", "E-cadherin", "E-cad", "liver sinusoidal endothelial", "NK cell", "the", "of the", "I",
    "10.1186/s12885-016-2366-2", "https://doi.org/10.1186/S12885-016-2366-2",
    "doi:10.1038/35065016", "PMID:25885919", "25885919", "PMC4440291", "HGNC:5344", "ICAM1",
    "icam-1", "CD54", "margination", "step", "Nature 2001", "zzz", "-", "β", "integrin",
    "αvβ3 integrin", "NF-κB",
    "  SELE  ", "ß", "dormant", "metastatic", "hepatic", "LSEC", "LSECs migration", "TNBC",
    "cancer associated fibroblast", "cancer-associated fibroblasts", "breast liver metastasis",
    "liver sinusoidal endothelial cell adhesion", "mammary tumour cells invade",
)  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_are_those_of_the_program(
    browser: Browser, shipped_page: Path, shipped: Program, question: str
) -> None:
    found = shipped("search", "--json", "--", question)
    wanted = [[hit["type"], hit["id"]] for hit in json.loads(found.out or "[]")]
    if browser.driver.current_url.partition("#")[0] != shipped_page.as_uri():
        browser.open(shipped_page)
    browser.go(f"search/{quote(question, safe='')}")
    hits = browser.run(
        "return [...document.querySelectorAll('#view .found > li')].map(e => e.dataset.at)"
    )
    assert [program_name(hit) for hit in hits] == wanted[:SHOWN]
    [more] = browser.texts("#view button.more") or [""]
    assert more == (f"Show all {len(wanted)}" if len(wanted) > SHOWN else "")


def program_name(address: str) -> list[str]:
    """A hit as `bclm search` calls it: a claim by its paper."""
    type_, *rest = map(unquote, address.split("/"))
    return [type_, rest[2] if type_ == "claim" else rest[0]]


def test_words_are_normalized_as_in_the_program(browser: Browser, shipped_page: Path) -> None:
    data = "".join((ROOT / "data" / name).read_text() for name in ("steps.yaml", "references.yaml"))
    texts = sorted({*re.findall(r"\S+", data), *AWKWARD})
    browser.driver.get("about:blank")
    script = f"const TABLES = {json.dumps(tables())};\n{(ASSETS / 'normalize.js').read_text()}"
    found = browser.run(
        f"{script}; return arguments[0].map(text => [normalize(text), compact(text), words(text)])",
        texts,
    )
    wanted = [
        [normalize.normalize(text), normalize.compact(text), normalize.words(text)]
        for text in texts
    ]
    assert [(t, f, w) for t, f, w in zip(texts, found, wanted, strict=True) if f != w] == []


AWKWARD = (
    "Straße", "STRASSE", "İstanbul", "ıspanak", "Łódź", "Ørsted", "Þór", "œdème", "æon",
    "ﬁbronectin",
    "ΑΒΓ", "ς", "ϵ", "ϑ", "Ω", "µm", "μm", "Å", "²", "x²", "½", "CO₂", "TGF‑β", "TGF–β", "a_b",
    "CTCs", "xCTCs", "DTCs.", "ABCs2", "NaCls", "metastases", "analyses", "diagnoses",
    "hypotheses",
    "mice", "viruses", "loss", "focus", "axis", "IgGs", "tumour", "haemoglobin", "oestrogen",
    "leucocytes", "colonisation", "<i>in vivo</i>", "a<b", "<b", "CD4+CD25+", "Vitamin D₃",
    "नमस्ते", "日本語", "العربية", "עברית", "naïve", "Ångström", "e\u0301", "A\u200bB", "a\u00adb",
)  # fmt: skip


def test_typing_searches(browser: Browser, small_page: Path) -> None:
    browser.open(small_page)
    browser.find("#query").send_keys("dummy")
    browser.wait("return location.hash === '#search/dummy'")
    browser.settled()
    assert browser.texts("#view .hit") == ["DUMB", "mock cell", "Dummies in review"]
    browser.find("#query").send_keys(" zzz")
    browser.wait("return location.hash === '#search/dummy%20zzz'")
    browser.settled()
    assert browser.texts("#view .empty") == ["Nothing holds all of these words."]
    assert browser.texts("#status") == ["0 results"]
    browser.find("#query").clear()
    browser.find("#query").send_keys(" ")
    browser.wait("return location.hash === '#cascade'")


@pytest.mark.parametrize(
    "flags", ["--site liver", "--step arrival", "--year 2012", "--effect marks"]
)
def test_filters_hold_for_what_is_found(
    browser: Browser, small_page: Path, small: Program, flags: str
) -> None:
    hits = json.loads(small("search", "mock", *flags.split(), "--json").out)
    name, value = flags.removeprefix("--").split()
    query = f"from={value}&to={value}" if name == "year" else f"{name}={value}"
    browser.open(small_page, f"search/mock?{query}")
    shown = browser.run(
        "return [...document.querySelectorAll('#view .found > li')].map(e => e.dataset.at)"
    )
    assert [program_name(hit) for hit in shown] == [[hit["type"], hit["id"]] for hit in hits]
