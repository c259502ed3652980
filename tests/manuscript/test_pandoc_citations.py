"""Whole citations in pandoc's syntax, and those of a manuscript in its order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bclm_cli.manuscript.in_text import citations_of
from bclm_cli.manuscript.pandoc_citations import Cite, parse
from support import pandoc
from support.tools import needs


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("[@a]", [Cite("a")]),
        ("[see @a, p. 33; -@b]", [Cite("a", "see ", "", "33"), Cite("b", suppress_author=True)]),
        ("[@a, pp. 33-35, 38-39 and *passim*]",
         [Cite("a", suffix=" and <i>passim</i>", locator="33-35, 38-39")]),
        ("[@a, {pp. iv, vi, (xv)-(xvii)} with suffix here]",
         [Cite("a", suffix=" with suffix here", locator="iv, vi, (xv)-(xvii)")]),
        ("[@a{ii, A, D-Z}]", [Cite("a", locator="ii, A, D-Z")]),
        ("[@a chap. 3; @b 5]", [Cite("a", locator="3", label="chapter"), Cite("b", locator="5")]),
        ("[see also @{doi:10.1/x(2)}, figs. 2A–C]",
         [Cite("doi:10.1/x(2)", "see also ", "", "2A–C", "figure")]),
        ("[@a, § 4]", [Cite("a", locator="4", label="section")]),
        ("[@a, a good paper]", [Cite("a", suffix=", a good paper")]),
        ("[@a; a good paper; @b]", [Cite("a", suffix="; a good paper"), Cite("b")]),
    ],
)  # fmt: skip
def test_in_brackets(text: str, cites: list[Cite]) -> None:
    found = parse(text)
    assert found is not None
    assert (list(found.cites), found.author_in_text) == (cites, False)


def test_in_the_sentence() -> None:
    found = parse("@a [p. 3; also @b]")
    assert found is not None
    assert found.author_in_text
    assert found.cites == (Cite("a", locator="3"), Cite("b", "also "))
    alone = parse("-@a")
    assert alone is not None
    assert (alone.author_in_text, alone.cites) == (False, (Cite("a", suppress_author=True),))


@pytest.mark.parametrize("text", ["a", "", "[a]", "[see a, p. 3]", "@a and @b", "[@a] [@b]", "[@a"])
def test_what_is_no_citation(text: str) -> None:
    assert parse(text) is None


TEXT = """\
---
nocite: "@listed"
---
As @a [p. 5] say, and [@b; @a, p. 2].^[A note with
@c.] Not `[@d]`, nor me@home.example.

<!-- [@e] --> [A [nested] @f] (see @g)
"""


def test_those_of_a_manuscript_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    path.write_text(TEXT)
    found = citations_of([str(path)])
    assert [(one.author_in_text, [cite.key for cite in one.cites]) for one in found] == [
        (True, ["a"]), (False, ["b", "a"]), (True, ["c"]), (False, ["f"]), (True, ["g"]),
    ]  # fmt: skip


PANDOC = (
    "[@a]", "[see @a, p. 33; -@b]", "[@a, pp. 33-35 and so on]", "[@a, chap. 3; @b, fig. 2]",
    "[@a, {iv, vi} more]", "@a [p. 3; @b]", "-@a", "[see @a; also @b, sec. 4]", "[@a 33]",
)  # fmt: skip


@needs("python:pypandoc")
@pytest.mark.parametrize("text", PANDOC)
def test_pandoc_cites_the_same_keys_prefixes_and_modes(text: str) -> None:
    found = parse(text)
    assert found is not None
    tree = json.loads(pandoc.run(text + "\n", "-f", "markdown", "-t", "json"))
    (cite,) = [one for one in tree["blocks"][0]["c"] if one["t"] == "Cite"]
    theirs = [
        (one["citationId"], plain(one["citationPrefix"]), one["citationMode"]["t"])
        for one in cite["c"][0]
    ]
    first = "AuthorInText" if found.author_in_text else "NormalCitation"
    ours = [
        (
            one.key,
            one.prefix.strip(),
            "SuppressAuthor" if one.suppress_author else "NormalCitation" if at else first,
        )
        for at, one in enumerate(found.cites)
    ]
    assert ours == theirs


def plain(inlines: list[dict[str, Any]]) -> str:
    return "".join(one.get("c", " ") if one["t"] == "Str" else " " for one in inlines).strip()


@given(st.text("@ab[];{},. p3-–\n*\\^", max_size=40))
def test_whatever_is_typed_is_a_citation_or_none(text: str) -> None:
    found = parse(text)
    assert found is None or found.cites
