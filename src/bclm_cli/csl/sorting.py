"""The order that `cs:sort` asks for (CSL 1.0.2, "Sorting"), words compared without accents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from bclm_cli.csl import dates, rich_text
from bclm_cli.csl.context import Cite, Context, Environment
from bclm_cli.csl.item import Item
from bclm_cli.csl.person import Person
from bclm_cli.csl.rendering import children
from bclm_cli.csl.xml import Element
from bclm_cli.model.variables import DATES, NAMES, NUMBER_VARIABLES

_WORD_ENDS = str.maketrans("'’,ʾʿ", "     ")
_LIMITS = {
    "names-min": "et_al_min",
    "names-use-first": "et_al_use_first",
}
Key = tuple[tuple[str, ...], tuple[str, ...]]
Sorted = TypeVar("Sorted")


def in_order(
    environment: Environment,
    things: Sequence[Sorted],
    item_of: Callable[[Sorted], Item],
    part: Element | None,
) -> list[Sorted]:
    """The things by the keys of a citation or bibliography; as they came where it has none.

    An item that lacks a key comes last, in either direction.
    """
    found = list(things)
    sort = part.child("sort") if part is not None else None
    if sort is None or part is None:
        return found
    for key in reversed(sort.children):
        value_of = _reader(environment, key, part)
        values = [value_of(item_of(thing)) for thing in found]
        with_key = [at for at, value in enumerate(values) if value is not None]
        with_key.sort(key=values.__getitem__, reverse=key.get("sort") == "descending")
        without = [at for at, value in enumerate(values) if value is None]
        found = [found[at] for at in with_key + without]
    return found


def _reader(environment: Environment, key: Element, part: Element) -> Callable[[Item], Any]:
    """What gives the value of a `cs:key` for an item, None where it has none."""
    macro, variable = key.get("macro"), key.get("variable")
    if macro:
        element = environment.style.macros[macro]
        limits = _limits(key)

        def rendered(item: Item) -> Any:
            context = Context(environment, item, part, Cite(item.id))
            context.sort_names = limits
            text = rich_text.strip(children(element, context))
            return collation(text) if text else None

        return rendered
    if variable == "citation-number":
        return lambda item: environment.numbers.get(item.id)
    if variable in NAMES:
        demoted = environment.style.root.get("demote-non-dropping-particle") != "never"

        def people(item: Item) -> Any:
            names = item.names(variable)
            return collation(",".join(_name(one, demoted) for one in names)) if names else None

        return people
    if variable in DATES:
        return lambda item: _date(item, variable)
    if variable == "citation-label":
        return lambda item: collation(environment.labels.get(item.id, ""))
    return lambda item: _text(item, variable)


def _limits(key: Element) -> dict[str, Any]:
    """A key's own limits of et al."""
    found: dict[str, Any] = {
        option: int(key.get(name)) for name, option in _LIMITS.items() if key.get(name)
    }
    if "names-use-last" in key.attributes:
        found["et_al_use_last"] = key.get("names-use-last") == "true"
    return found


def _date(item: Item, variable: str) -> str | None:
    date = item.date(variable)
    return (dates.sort_key(date) or date.literal.lower()) if date else None


def _text(item: Item, variable: str) -> Any:
    text = rich_text.strip(item.value(variable))
    if variable in NUMBER_VARIABLES and text.isdecimal():
        text = text.zfill(8)
    return collation(text) if text else None


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
    if word.isascii():
        return "".join(filter(str.isalnum, word))
    import unicodedata

    table = _latin()
    folded = unicodedata.normalize("NFKD", word.translate(table))
    return "".join(sign for sign in folded if sign.isalnum()).translate(table)


@cache
def _latin() -> dict[int, str]:
    """Latin letters that Unicode does not take apart."""
    from bclm_cli.text.normalize import LATIN

    return str.maketrans(LATIN)
