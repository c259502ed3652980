"""The file: one piece, nothing from outside, every link with its target, no script but ours."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from support.program import SMALL, Program, Real

VOID = {"meta", "input", "path", "rect", "circle", "ellipse", "br", "polygon"}
LIMIT = 1_500_000
"""Bytes that a page of the shipped data may have, for mail."""


class Elements(HTMLParser):
    """What a file consists of; an end without its beginning is an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.attributes if name in attributes]


@pytest.fixture(params=["small_page", "shipped_page"])
def page(request: pytest.FixtureRequest) -> str:
    path: Path = request.getfixturevalue(request.param)
    return path.read_text(encoding="utf-8")


def test_every_link_leads_to_an_address_that_is_there_once(page: str) -> None:
    elements = Elements(page)
    ids = Counter(elements.values("id"))
    assert [id_ for id_, times in ids.items() if times > 1 or re.search(r"\s", id_)] == []
    inside = {href[1:] for href in elements.values("href") if href.startswith("#")}
    assert inside - set(ids) == {"conflicts"}  # a view that only the script can make


def test_nothing_is_loaded_from_anywhere(page: str) -> None:
    elements = Elements(page)
    tags = {tag for tag, _ in elements.attributes}
    assert not tags & {"img", "link", "iframe", "object", "embed", "audio", "video", "base"}
    assert elements.values("src") == elements.values("srcset") == []
    styles = "".join(re.findall(r"<style>(.*?)</style>", page, re.S))
    assert "@import" not in styles
    assert re.findall(r"url\((?!#)", styles) == []
    outside = {href for href in elements.values("href") if not href.startswith("#")}
    assert {href.partition(":")[0] for href in outside} == {"https"}


def test_the_policy_allows_this_style_and_this_script_alone(page: str) -> None:
    policy = next(
        attributes["content"]
        for _, attributes in Elements(page).attributes
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    [style] = re.findall(r"<style>(.*?)</style>", page, re.S)
    [script] = re.findall(r"<script>(.*?)</script>", page, re.S)
    assert policy == (
        f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}';"
        " base-uri 'none'; form-action 'none';"
        " require-trusted-types-for 'script'; trusted-types 'none'"
    )
    assert Elements(page).values("style") == []  # which the policy would not apply


def digest(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


def test_a_page_of_the_shipped_data_can_be_mailed(shipped_page: Path) -> None:
    assert shipped_page.stat().st_size <= LIMIT


def test_the_same_data_gives_the_same_bytes(small_page: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.html"
    result = Real(tmp_path / "cache").pipe(
        "page", "--only-data", "--data", str(SMALL), "-o", str(again)
    )
    assert result.code == 0
    assert again.read_bytes() == small_page.read_bytes()


def test_each_step_factor_claim_and_paper_has_an_address(small_page: Path) -> None:
    ids = [unquote(id_) for id_ in Elements(small_page.read_text()).values("id") if "/" in id_]
    assert sorted(ids) == [
        "claim/arrival/EXA1/example2012a",
        "claim/arrival/TSTG/gruen2020",
        "claim/arrival/mock niche/gruen2020",
        "claim/context/mock state/nobody",
        "claim/departure-lounge/placebo/adams2001",
        "claim/departure/DUMB/example2012a",
        "claim/departure/EXA1/adams2001",
        "claim/departure/EXA1/adams2001/2",
        "claim/departure/EXA1/gruen2020",
        "claim/departure/mock cell/example2012b",
        "factor/DUMB",
        "factor/EXA1",
        "factor/TSTG",
        "factor/mock cell",
        "factor/mock family",
        "factor/mock niche",
        "factor/mock state",
        "factor/placebo",
        "factor/spare part",
        "paper/adams2001",
        "paper/example2012a",
        "paper/example2012b",
        "paper/gruen2020",
        "paper/nobody",
        "paper/origin2015",
        "step/arrival",
        "step/arrival/EXA1",
        "step/arrival/TSTG",
        "step/arrival/mock niche",
        "step/context",
        "step/context/mock state",
        "step/departure",
        "step/departure-lounge",
        "step/departure-lounge/placebo",
        "step/departure/DUMB",
        "step/departure/EXA1",
        "step/departure/mock cell",
    ]


def test_a_selection_leaves_the_rest_out(small: Program) -> None:
    result = small("page", "EXA1", "--site", "liver")
    assert (result.code, result.err) == (0, "")
    ids = [id_ for id_ in Elements(result.out).values("id") if "/" in id_]
    assert ids == [
        "step/departure", "step/departure/EXA1", "claim/departure/EXA1/adams2001",
        "step/arrival", "step/arrival/EXA1", "claim/arrival/EXA1/example2012a",
        "factor/EXA1", "paper/adams2001", "paper/example2012a",
    ]  # fmt: skip
