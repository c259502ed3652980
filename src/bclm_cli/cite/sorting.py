"""The order that a style asks for: its `cs:sort` keys, compared as words without accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from bclm_cli.cite import dates, marks
from bclm_cli.cite.elements import Element
from bclm_cli.cite.engine import Engine
from bclm_cli.cite.items import CitedItem
from bclm_cli.cite.people import Person
from bclm_cli.model.variables import DATES, NAMES
from bclm_cli.text import normalize

_LETTERS = str.maketrans(normalize.LATIN)
_WORD_ENDS = str.maketrans("'’,ʾʿ", "     ")
Key = tuple[tuple[str, ...], tuple[str, ...]]


def in_order(engine: Engine, items: Sequence[CitedItem], outer: Element) -> list[CitedItem]:
    """The items by the keys of a citation or bibliography; as they came where it has none.

    An item that lacks a key comes last, in either direction.
    """
    found = list(items)
    sort = outer.parts.get("sort") if outer is not None else None
    for key in reversed(sort.kids if sort is not None else []):
        values = {item.key: _value(engine, key, item, outer) for item in found}
        with_key = [item for item in found if values[item.key] is not None]
        without = [item for item in found if values[item.key] is None]
        with_key.sort(key=lambda item: values[item.key], reverse=key.get("sort") == "descending")
        found = with_key + without
    return found


def _value(engine: Engine, key: Element, item: CitedItem, outer: Element) -> Any:
    macro, variable = key.get("macro"), key.get("variable")
    if macro:
        return collation(engine.sort_text(macro, item, outer, _limits(key)))
    if variable == "citation-number":
        return item.number
    if variable in NAMES:
        people = item.people(variable)
        demoted = engine.root.get("demote-non-dropping-particle") != "never"
        return collation(",".join(_name(one, demoted) for one in people)) if people else None
    if variable in DATES:
        date = item.date(variable)
        return dates.sort_key(date) or date.literal.lower() if date else None
    text = marks.strip(item.value(variable))
    return collation(text) if text else None


def _limits(key: Element) -> dict[str, int]:
    names = {"names-min": "et_al_min", "names-use-first": "et_al_use_first"}
    return {option: int(key.get(name)) for name, option in names.items() if key.get(name)}


def _name(one: Person, demoted: bool) -> str:
    if one.body:
        return one.body
    family = one.family if demoted else f"{one.kept} {one.family}"
    particle = f"{one.dropping} {one.kept if demoted else ''}"
    return f"{family} {particle} {one.given} {one.suffix}"


def collation(text: str) -> Key:
    """A key to compare by: word by word the letters, and only where those are all the same accents.

    An approximation of the Unicode collation that covers Latin scripts; others sort by their
    characters, behind them. Punctuation within a word does not count.
    """
    words = text.casefold().translate(_WORD_ENDS).split()
    return tuple(map(_letters, words)), tuple(words)


def _letters(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(sign for sign in folded if sign.isalnum()).translate(_LETTERS)
