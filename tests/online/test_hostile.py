"""Answers of no foreseen form: each is a record, nothing, or an error that says so."""

from __future__ import annotations

import json
import random
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest

from bclm_cli.errors import ServiceError
from bclm_cli.formats.csl.yaml_blocks import block
from bclm_cli.online import crossref, doi, pubmed
from bclm_cli.online.merge import merged
from bclm_cli.online.records import Record
from support.replay import RECORDED

ODD: list[Any] = [
    None, True, 0, -1, 10**30, 1.5, "", " ", "x", "\x1b[2J", "\ud800", "9" * 5000, [], [[]], {},
    [None], [[None]], {"a": {"b": []}}, {"date-parts": [[2012, 13, 40]]}, [{"family": ["x"]}],
    [{"family": "A", "given": {"x": 1}}], "&lt;script&gt;", "<i>", "</i>", "10.1000/x\n",
]  # fmt: skip


def spoiled(value: Any, chance: random.Random) -> Any:
    """A JSON value with one part of it replaced, moved or taken out."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        key = chance.choice(list(value))
        if chance.random() < 0.1:
            return {name: part for name, part in value.items() if name != key}
        return value | {key: spoiled(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        at = chance.randrange(len(value))
        return [*value[:at], spoiled(value[at], chance), *value[at + 1 :]]
    return chance.choice(ODD)


def check(answered: Any) -> None:
    """What came of it can be written and merged, and holds nothing that a terminal obeys."""
    assert answered is None or isinstance(answered, Record | ServiceError)
    if isinstance(answered, Record):
        text = block(merged([answered]).reference._replace(id="x"))
        assert all(sign.isprintable() or sign == "\n" for sign in text)
        assert all(str(notice).isprintable() for notice in answered.notices)


@pytest.mark.parametrize("seed", range(300))
def test_spoiled_works_of_crossref(seed: int) -> None:
    chance = random.Random(seed)
    path = chance.choice(sorted((RECORDED / "crossref").glob("works_*.json")))
    message = json.loads(path.read_text(encoding="utf-8"))["message"]
    message["updated-by"] = [{"type": "retraction", "DOI": "10.1000/n", "source": "x",
                              "updated": {"date-parts": [[2010, 2, 6]]}}]  # fmt: skip
    message["update-to"] = [{"type": "retraction", "DOI": "10.1000/p"}]
    message["relation"] = {"is-preprint-of": [{"id-type": "doi", "id": "10.1000/q"}]}
    for _ in range(3):
        message = spoiled(message, chance)
    check(crossref._answered("10.1000/x", message))
    check(doi._answered("10.1000/x", message))


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_odd_values_in_the_place_of_a_work(odd: Any) -> None:
    check(crossref._answered("10.1000/x", odd))
    check(doi._answered("10.1000/x", odd))


@pytest.mark.parametrize("seed", range(200))
def test_spoiled_articles_of_pubmed(seed: int) -> None:
    chance = random.Random(seed)
    path = chance.choice(sorted((RECORDED / "pubmed").glob("efetch_*.xml")))
    article = fromstring(path.read_bytes())[0]
    for _ in range(20):
        elements = list(article.iter())
        one: Element = chance.choice(elements)
        match chance.randrange(4):
            case 0:
                one.text = chance.choice(["", " ", "\x9b", "9" * 500, "<i>", "[x].", "2012", "0"])
            case 1:
                one.clear()
            case 2:
                one.tag = chance.choice(elements).tag
            case 3:
                one.append(chance.choice(elements) if one is not article else Element("x"))
                if sum(1 for _ in _bounded(article)) >= 20_000:  # it contains itself
                    return
    check(pubmed._answered(article))


def _bounded(article: Element) -> Any:
    left = [article]
    for _ in range(20_000):
        if not left:
            return
        one = left.pop()
        yield one
        left.extend(one)
