"""The methods that take the place of citeproc-py's own, for elements other than names and dates.

Each is a function of a style's element; `corrections` says which upstream method it replaces, and
why. An element knows the `engine` it belongs to and its children as `kids`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bclm_cli.cite import casing, marks, numbers, seams
from bclm_cli.cite.items import CitedItem

LINKED = {"DOI": "doi", "PMID": "pmid", "PMCID": "pmcid", "URL": "url", "title": "title"}
_LONGEST_NUMBER = 3
"""Digits of a number in words, as an ordinal or in Roman letters; no edition needs more."""
Element = Any
"""An lxml element of a class of citeproc-py, which has no types."""


def render_children(self: Element, item: CitedItem, delimiter: str = "", **kwargs: Any) -> str:
    """The children in a row; `delimiter` comes from the group around a `cs:choose`."""
    return seams.join(_rendered(self, item, delimiter, **kwargs), delimiter)


def _rendered(self: Element, item: CitedItem, delimiter: str, **kwargs: Any) -> Iterator[str]:
    for child in self.kids:
        self.engine.tick()
        if child.tag.endswith("}choose"):
            yield child.render(item, delimiter=delimiter, **kwargs)
        else:
            yield child.render(item, **kwargs)


def group(self: Element, item: CitedItem, **kwargs: Any) -> str | None:
    """The group's text, None if it asks for variables and none of them holds anything."""
    run = self.engine.run
    asked, found = run.asked, run.found
    text = render_children(self, item, self.get("delimiter", ""), **kwargs)
    return None if run.asked != asked and run.found == found else text


def branch(self: Element, item: CitedItem, delimiter: str = "", **kwargs: Any) -> str:
    """A branch of `cs:choose`; citeproc-py takes the next one if its conditions do not hold."""
    if not _holds(self, item):
        from citeproc.model import ConditionFailed

        raise ConditionFailed
    return render_children(self, item, delimiter, **kwargs)


def _holds(self: Element, item: CitedItem) -> bool:
    """Each word is a condition; of the types any will do, since a work has no two of them."""
    results = [
        test(item, word)
        for attribute, test in _TESTS.items()
        for word in self.get(attribute, "").split()
    ]
    if "type" in self.attrib:
        results.append(item.type in self.get("type").lower().split())
    match = self.get("match", "all")
    if match == "any":
        return any(results)
    return not any(results) if match == "none" else all(results)


def _uncertain(item: CitedItem, variable: str) -> bool:
    date = item.date(variable)
    return date is not None and date.circa


_TESTS: dict[str, Callable[[CitedItem, str], bool]] = {
    "variable": lambda item, word: item.has(word),
    "is-numeric": lambda item, word: numbers.is_numeric(item.value(word)),
    "is-uncertain-date": _uncertain,
    "disambiguate": lambda item, word: item.ambiguous == (word == "true"),
    "locator": lambda item, word: False,
    "position": lambda item, word: word == "first",
}


def text(self: Element, item: CitedItem, context: Any = None, **kwargs: Any) -> tuple[str, str]:
    """What `cs:text` shows, and the language that decides on title case."""
    engine = self.engine
    language = item.language or engine.language
    if "variable" in self.attrib:
        return _variable(self, item), language
    if "macro" in self.attrib:
        return _macro(self, item), language
    if "term" in self.attrib:
        return _term(self, item), language
    return marks.read(self.get("value", "")), language


def _macro(self: Element, item: CitedItem) -> str:
    """A macro is a group of its own; to the group around, it counts as a variable that is there."""
    run = self.engine.run
    found = group(self.engine.macros[self.get("macro")], item)
    if found:
        run.count(True)
    return found or ""


def _variable(self: Element, item: CitedItem) -> str:
    engine, variable = self.engine, self.get("variable")
    if variable == "citation-number":
        engine.run.count(True)
        return marks.wrap("number", str(item.number))
    if variable == "year-suffix":
        return str(engine.year_suffix(item))
    value = item.value(f"{variable}-short") if self.get("form") == "short" else ""
    value = value or item.value(variable)
    engine.run.count(bool(value))
    engine.run.use(variable)
    if variable == "page":
        return str(engine.pages(value))
    return marks.wrap(LINKED[variable], value) if variable in LINKED else value


def _term(self: Element, item: CitedItem) -> str:
    name, form = self.get("term"), self.get("form", "long")
    found: str = self.engine.words.term(name, form, self.get("plural") == "true")
    if name == "no date" and not self.engine.uses_year_suffix:
        suffix = self.engine.year_suffix(item)
        found += (" " if suffix and form == "long" else "") + suffix
    return found


def number(self: Element, item: CitedItem, **kwargs: Any) -> str:
    """What `cs:number` shows: each number of a list in the form that is asked for."""
    variable = self.get("variable")
    value = item.value(variable)
    self.engine.run.count(bool(value))
    self.engine.run.use(variable)
    if variable == "page":
        return str(self.engine.pages(value))
    return "".join(
        _in_form(self, part) if part.isdecimal() else "–" if part == "-" else part
        for part in numbers.parts(value)
    )


def _in_form(self: Element, digits: str) -> str:
    form = self.get("form", "numeric")
    if form == "numeric" or len(digits) > _LONGEST_NUMBER:
        return digits
    if form == "ordinal" or (form == "long-ordinal" and not 1 <= int(digits) <= 10):
        return str(self.engine.words.ordinal(int(digits)))
    return str(self.format_number(digits))


def label(self: Element, item: CitedItem, **kwargs: Any) -> str:
    """The label of a number variable, "" where the variable is empty."""
    variable = self.get("variable")
    value = item.value(variable)
    if not value:
        return ""
    plural = {"always": True, "never": False}.get(
        self.get("plural", ""), numbers.is_several(variable, value)
    )
    return str(self.engine.words.term(variable, self.get("form", "long"), plural))


def change_case(self: Element, value: str, language: str | None = None) -> str:
    """`text-case`; title case of a work's text only where its language is English."""
    case = self.get("text-case")
    if not case or (case == "title" and (language or "en") != "en"):
        return value
    return casing.change(value, case)


def wrap(self: Element, value: str | None) -> str:
    """Prefix and suffix, with no sign doubled where they meet the text."""
    if not value:
        return ""
    return seams.meet(seams.meet(_affix(self, "prefix"), value), _affix(self, "suffix"))


def _affix(self: Element, name: str) -> str:
    return str(self.get(name, "")).replace("'", "’")


def quote(self: Element, value: str) -> str:
    """Quotation marks as marks: only the finished line knows which of them are inner ones."""
    return marks.wrap("quote", value) if self.get("quotes") == "true" else value


def dress(self: Element, value: str, outer: Element | None = None) -> str:
    """Font style, weight and the like as marks; what the element does not say, `outer` does."""
    for attribute, dresses in _DRESSES.items():
        wanted = self.get(attribute)
        if wanted is None and outer is not None:
            wanted = outer.get(attribute)
        if wanted in dresses:
            value = marks.wrap(dresses[wanted], value)
    return value


_DRESSES = {
    "font-style": {"italic": "italic", "oblique": "italic"},
    "font-variant": {"small-caps": "smallcaps"},
    "font-weight": {"bold": "bold"},
    "text-decoration": {"underline": "underline"},
    "vertical-align": {"sup": "sup", "sub": "sub"},
}
