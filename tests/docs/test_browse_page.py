"""docs/browse.md: its table of keys is the program's help, its picture the program's screen."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bclm_cli import paths
from bclm_cli.query import EVERYTHING, Library
from support.paths import ROOT
from support.tools import needs

pytestmark = needs("python:textual")

UPDATE = os.environ.get("BCLM_UPDATE") == "1"
PAGE = ROOT / "docs/browse.md"
PICTURE = ROOT / "docs/figures/terminal-browse.svg"
KEYS = ("down", "down", "right", "down", "down", "right")


def test_the_keys_are_those_of_the_help() -> None:
    from bclm_cli.browse.screens import KEYS as KNOWN

    rows = [f"| {keys} | {what} |" for keys, what in KNOWN.items()]
    table = "\n".join(("| key | what it does |", "|---|---|", *rows))
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition("<!-- keys -->\n")
    _, _, after = rest.partition("<!-- end of keys -->")
    wanted = f"{before}<!-- keys -->\n{table}\n<!-- end of keys -->{after}"
    if UPDATE:
        PAGE.write_text(wanted, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == wanted


def words(svg: str) -> list[str]:
    """The texts of the picture; how they are drawn is Textual's affair."""
    root = ElementTree.fromstring(svg)
    texts = ("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))
    return [text.replace("\xa0", " ") for text in texts]


def test_the_picture_shows_what_the_program_shows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from bclm_cli.browse.app import Browser
    from bclm_cli.browse.explorer import Explorer

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    app = Browser(Explorer(Library([paths.data()], shipped=False), EVERYTHING))
    app.theme = "textual-light"

    async def screen() -> str:
        async with app.run_test(size=(100, 28)) as pilot:
            await pilot.pause()
            for key in KEYS:
                await pilot.press(key)
                await pilot.pause()
            return app.export_screenshot(title="bclm browse")

    drawn = asyncio.run(screen())
    if UPDATE and (not PICTURE.exists() or words(PICTURE.read_text("utf-8")) != words(drawn)):
        PICTURE.write_text(drawn, encoding="utf-8")
    assert words(PICTURE.read_text(encoding="utf-8")) == words(drawn), "run `make golden`"
