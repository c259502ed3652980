"""The rendering elements but for names and dates (CSL 1.0.2, "Rendering Elements", "Choose")."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bclm_cli.csl import numbers
from bclm_cli.csl.context import Context
from bclm_cli.csl.punctuation import join
from bclm_cli.csl.rich_text import read_value, strip, wrap
from bclm_cli.csl.xml import Element

_LINKED = {"DOI": "doi", "PMID": "pmid", "PMCID": "pmcid", "URL": "url", "title": "title"}
_LONGEST_NUMBER = 3
"""Digits of a number in words, as an ordinal or in Roman letters; no edition needs more."""
_SORTED_DIGITS = 8


def children(element: Element, context: Context, delimiter: str = "") -> str:
    """The children in a row; `delimiter` comes from the group, also from around a `cs:choose`."""
    pieces = [
        choose(child, context, delimiter) if child.tag == "choose" else context.render(child)
        for child in element.children
    ]
    return join(pieces, delimiter)


def group(element: Element, context: Context) -> str:
    """`cs:group`: nothing if it asks for variables and all are empty.

    To the group around, one that shows something counts as a variable that is there.
    """
    asked, found = context.asked, context.found
    text = children(element, context, element.get("delimiter"))
    if context.asked != asked and context.found == found:
        return ""
    return context.environment.formatting(element).apply(text, context.language)


def choose(element: Element, context: Context, delimiter: str = "") -> str:
    """`cs:choose`: the first branch whose conditions hold."""
    for branch in element.children:
        if branch.tag == "else" or _holds(branch, context):
            return children(branch, context, delimiter)
    return ""


def _holds(branch: Element, context: Context) -> bool:
    """Each word is a condition; of the types any will do, since a work has no two of them."""
    conditions = context.environment.compiled.get(branch)
    if conditions is None:
        conditions = context.environment.compiled[branch] = list(_conditions(branch))
    match = branch.get("match")
    if match == "any":
        return any(test(context, word) for test, word in conditions)
    if match == "none":
        return not any(test(context, word) for test, word in conditions)
    return all(test(context, word) for test, word in conditions)


def _conditions(branch: Element) -> Iterator[tuple[_Test, str]]:
    """The conditions of a branch; `disambiguate` first, which counts how often it is asked."""
    attributes = branch.attributes
    for attribute in sorted(attributes, key=lambda name: name != "disambiguate"):
        test, words = _TESTS.get(attribute), attributes[attribute]
        if attribute == "type":
            yield _is_of_type, words
        elif test:
            yield from ((test, word) for word in words.split())


def _is_of_type(context: Context, types: str) -> bool:
    return context.item.type in types.split()


def _uncertain(context: Context, variable: str) -> bool:
    date = context.date(variable)
    return date is not None and date.circa


def _position(context: Context, word: str) -> bool:
    """`position`: "ibid-with-locator" is an "ibid" too, and both are "subsequent"."""
    cite = context.cite
    if context.part.tag != "citation":
        return False
    if word == "near-note":
        return cite.near_note
    if word == "subsequent":
        return cite.position != "first"
    if word == "ibid":
        return cite.position.startswith("ibid")
    return cite.position == word


def _locator(context: Context, word: str) -> bool:
    cite = context.cite
    return bool(cite.locator) and cite.label.replace(" ", "-") == word.replace(" ", "-")


def _disambiguate(context: Context, word: str) -> bool:
    """`disambiguate`: the conditions of a style come true one by one, until that is enough."""
    context.disambiguating += 1
    return (context.disambiguating <= context.distinction.ambiguous) == (word == "true")


_Test = Callable[[Context, str], bool]
_TESTS: dict[str, _Test] = {
    "variable": lambda context, word: context.has(word),
    "is-numeric": lambda context, word: numbers.is_numeric(strip(context.value(word))),
    "is-uncertain-date": _uncertain,
    "disambiguate": _disambiguate,
    "locator": _locator,
    "position": _position,
}


def text(element: Element, context: Context) -> str:
    """`cs:text`: a variable, a macro, a term or the text itself."""
    attributes = element.attributes
    if "variable" in attributes:
        found = _variable(element, context)
    elif "macro" in attributes:
        found = _macro(element, context)
    elif "term" in attributes:
        found = _term(element, context)
    else:
        found = read_value(element.get("value"))
    return context.environment.formatting(element).apply(found, context.language) if found else ""


def _macro(element: Element, context: Context) -> str:
    """A macro is a group of its own; to the group around, it counts as a variable that is there."""
    macro = context.environment.style.macros[element.get("macro")]
    asked, found = context.asked, context.found
    text = children(macro, context)
    if context.asked != asked and context.found == found:
        return ""
    if text:
        context.count(True)
    return text


def _variable(element: Element, context: Context) -> str:
    variable = element.get("variable")
    if variable == "year-suffix":
        return year_suffix(context)
    value = context.value(f"{variable}-short") if element.get("form") == "short" else ""
    value = value or context.value(variable)
    context.count(bool(value))
    context.use(variable)
    if not value:
        return ""
    if variable == "citation-number":
        return value.zfill(_SORTED_DIGITS) if context.sorting else wrap("number", value)
    if variable == "page" or (variable == "locator" and context.cite.label == "page"):
        return _pages(value, context)
    if variable == "locator":
        return numbers.with_dashes(value)
    if variable == "citation-label":
        return value + year_suffix(context)
    return wrap(_LINKED[variable], value) if variable in _LINKED else value


def _pages(value: str, context: Context) -> str:
    rule = context.environment.style.root.get("page-range-format")
    locale = context.environment.locale
    ampersand = locale.symbol("and") or "&"
    return numbers.pages(value, rule, locale.page_range_delimiter, ampersand)


def year_suffix(context: Context) -> str:
    """The letter that tells works of the same names and year apart, once an entry."""
    number = context.distinction.year_suffix
    if not number or (context.suffixed and not context.environment.style.uses_year_suffix):
        return ""
    context.suffixed = True
    return wrap("suffix", numbers.letters(number))


def _term(element: Element, context: Context) -> str:
    environment = context.environment
    name, form = element.get("term"), element.get("form", "long")
    found = environment.locale.term(name, form, element.get("plural") == "true")
    if name == "no date" and not environment.style.uses_year_suffix:
        suffix = year_suffix(context)
        found += (" " if suffix and form == "long" else "") + suffix
    if environment.style.is_note and context.part.tag == "citation":
        return wrap("term", found)  # which takes a capital at the beginning of a note
    return found


def number(element: Element, context: Context) -> str:
    """`cs:number`: each number of a list in the form that is asked for."""
    variable = element.get("variable")
    value = context.value(variable)
    context.count(bool(value))
    context.use(variable)
    if not value:
        return ""
    if variable == "page" or (variable == "locator" and context.cite.label == "page"):
        found = _pages(value, context)
    else:
        found = "".join(
            _in_form(element, context, part) if part.isdecimal() else "–" if part == "-" else part
            for part in numbers.parts(value)
        )
    language = "en" if element.get("form") == "roman" else context.language  # no dotted İ in LVI
    return context.environment.formatting(element).apply(found, language)


def _in_form(element: Element, context: Context, digits: str) -> str:
    if context.sorting:
        return digits.zfill(_SORTED_DIGITS)
    form = element.get("form", "numeric")
    if form == "numeric" or len(digits) > _LONGEST_NUMBER:
        return digits
    locale = context.environment.locale
    gender = locale.gender(element.get("variable"))
    if form == "ordinal":
        return locale.ordinal(int(digits), gender)
    if form == "long-ordinal":
        return locale.long_ordinal(int(digits), gender)
    return numbers.roman(int(digits)) if form == "roman" else digits


def label(element: Element, context: Context) -> str:
    """`cs:label`: the term for a number variable or the locator, "" where that is empty."""
    variable = element.get("variable")
    value = context.value(variable)
    if not value:
        return ""
    plural = {"always": True, "never": False}.get(
        element.get("plural"), numbers.is_several(variable, strip(value))
    )
    form = element.get("form", "long")
    locale = context.environment.locale
    name = context.cite.label if variable == "locator" else variable
    found = locale.term(name, form, plural) or locale.term(name.replace(" ", "-"), form, plural)
    return context.environment.formatting(element).apply(found, context.language)
