#!/usr/bin/env python3
"""How large a page is, how soon it can be used and how fast it searches, in Chromium.

    pip install . selenium && python benchmarks/page.py [--papers 10000]

Needs chromium and chromedriver. Milliseconds are medians over RUNS windows with an empty profile.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import library

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from support.browser import Browser, chromium

RUNS = 5
QUESTIONS = ("c", "cx", "cxc", "cxcr", "cxcr4", "tgf", "tgf-β", "kupffer cell", "breast", "mouse")
"""What a person types, a request after each key."""
READY = """
const done = arguments[0];
const [navigation] = performance.getEntriesByType('navigation');
done([navigation.domInteractive, navigation.domContentLoadedEventEnd, performance.now()]);
"""
SEARCH = """
const [question, done] = arguments;
const view = document.getElementById('view');
const start = performance.now();
new MutationObserver((_, observer) => {
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
}).observe(view, {childList: true});
location.hash = `search/${encodeURIComponent(question)}`;
"""


def measured(page: Path) -> dict[str, float]:
    """Milliseconds until the first view stands, and for a search: the first, and the others."""
    found: dict[str, list[float]] = {"first use": [], "first search": [], "search": []}
    for _ in range(RUNS):
        with chromium() as browser:
            browser.size(1400)
            browser.driver.set_script_timeout(120)
            browser.open(page)
            found["first use"].append(_ready(browser))
            first, *others = (_search(browser, question) for question in QUESTIONS)
            found["first search"].append(first)
            found["search"].append(statistics.median(others))
    return {name: statistics.median(times) for name, times in found.items()}


def _ready(browser: Browser) -> float:
    _, loaded, _ = browser.driver.execute_async_script(READY)
    return float(loaded)


def _search(browser: Browser, question: str) -> float:
    milliseconds: Any = browser.driver.execute_async_script(SEARCH, question)
    return float(milliseconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library.write(folder / "lab", given.papers)
        for what, arguments in (("shipped", []), (given.papers, ["--data", str(folder / "lab")])):
            page = folder / "page.html"
            subprocess.run(["bclm", "page", *arguments, "-o", page], check=True)
            times = ", ".join(f"{name} {ms:,.0f} ms" for name, ms in measured(page).items())
            print(f"{what}: {page.stat().st_size / 1e6:.2f} MB, {times}")


if __name__ == "__main__":
    main()
