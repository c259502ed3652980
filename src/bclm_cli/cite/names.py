"""A list of names as a style wants it: order, initials, delimiters, "and" and "et al."."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from bclm_cli.cite.people import Person, glue, initials, spaced
from bclm_cli.cite.seams import join, meet

INITIALS, GIVEN = "initials", "given"
"""What a name needs besides the family name, to be told from another of the same family name."""

_plain: Callable[[str], str] = str


class NameOptions(NamedTuple):
    """What `cs:name` and those it inherits from say; see CSL 1.0.2, "Name"."""

    form: str = "long"
    and_: str = ""
    delimiter: str = ", "
    delimiter_precedes_last: str = "contextual"
    delimiter_precedes_et_al: str = "contextual"
    et_al_min: int = 0
    et_al_use_first: int = 1
    et_al_use_last: bool = False
    initialize: bool = True
    initialize_with: str | None = None
    initialize_with_hyphen: bool = True
    name_as_sort_order: str = ""
    sort_separator: str = ", "
    demote: str = "display-and-sort"


class NameParts(NamedTuple):
    """How `cs:name-part` dresses the family name, the given name and the whole name."""

    family: Callable[[str], str] = _plain
    given: Callable[[str], str] = _plain
    whole: Callable[[str], str] = _plain


class NameList(NamedTuple):
    """The people of one role, with what this citation of them needs.

    `more` says that there are others whose names nobody gives: the list then ends in "et al.".
    `hints` tells whose initials or given names are shown where the form is short, `at_least` how
    many names are shown before "et al.".
    """

    people: Sequence[Person]
    more: bool = False
    hints: Mapping[tuple[Person, bool], str] = {}
    at_least: int = 0


def shown(names: NameList, options: NameOptions) -> int | None:
    """How many names stand before "et al."; None where all names are shown."""
    total = len(names.people) + names.more
    if options.et_al_min and total >= options.et_al_min:
        count = max(options.et_al_use_first, names.at_least)
    elif names.more:
        count = total - 1
    else:
        return None
    return count if count < total else None


def render(
    names: NameList, options: NameOptions, parts: NameParts, and_term: str, et_al: str
) -> str:
    """The list as marked text; `et_al` is the finished term, `and_term` the word or the sign."""
    count = shown(names, options)
    people = names.people if count is None else names.people[:count]
    texts = [
        display(one, _hinted(one, index == 0, names, options), parts, index == 0)
        for index, one in enumerate(people)
    ]
    if count is None:
        return _complete(texts, options, and_term)
    listed = join(texts, options.delimiter)
    ending = et_al
    if options.et_al_use_last and not names.more:
        ending = "… " + display(names.people[-1], options, parts, first=False)
    if not ending or not listed:
        return listed
    total = len(names.people) + names.more
    return meet(meet(listed, _before_et_al(count, total, options)), ending)


def sorting(names: NameList, options: NameOptions, parts: NameParts) -> str:
    """The list as a key to sort by: inverted names, no "and", no "et al."."""
    inverted = options._replace(name_as_sort_order="all")
    count = shown(names, options)
    people = names.people if count is None else names.people[:count]
    return " ".join(display(one, inverted, parts, first=True) for one in people)


def display(name: Person, options: NameOptions, parts: NameParts, first: bool) -> str:
    """One name; `first` says that it leads the list."""
    if name.body:
        return parts.whole(parts.family(name.body))
    given = _given(name, options)
    if options.form == "short":
        text = parts.family(glue(name.kept, name.family) if name.western else name.family)
        return parts.whole(text or parts.given(name.given))
    if name.family and not name.western:
        return parts.whole(parts.family(name.family) + parts.given(given))
    inverted = options.name_as_sort_order == "all" or (
        options.name_as_sort_order == "first" and first
    )
    text = _inverted(name, given, options, parts) if inverted else _straight(name, given, parts)
    return parts.whole(text)


def _given(name: Person, options: NameOptions) -> str:
    if not name.family or options.initialize_with is None:
        return name.given
    if not options.initialize:
        return spaced(name.given, options.initialize_with)
    return initials(name.given, options.initialize_with, options.initialize_with_hyphen)


def _inverted(name: Person, given: str, options: NameOptions, parts: NameParts) -> str:
    demoted = options.demote == "display-and-sort"
    family = parts.family(name.family if demoted else glue(name.kept, name.family))
    rest = parts.given(glue(given, name.dropping, name.kept if demoted else ""))
    return join([family, rest, name.suffix], options.sort_separator)


def _straight(name: Person, given: str, parts: NameParts) -> str:
    family = parts.family(glue(name.dropping, name.kept, name.family))
    if name.suffix and name.comma_suffix:
        family = f"{family}, {name.suffix}"
    return glue(parts.given(given), family, "" if name.comma_suffix else name.suffix)


def _hinted(name: Person, primary: bool, names: NameList, options: NameOptions) -> NameOptions:
    hint = names.hints.get((name, primary))
    if hint == GIVEN:
        return options._replace(form="long", initialize=False)
    return options._replace(form="long") if hint == INITIALS else options


def _complete(texts: list[str], options: NameOptions, and_term: str) -> str:
    if not and_term or len(texts) < 2:
        return join(texts, options.delimiter)
    use = _precedes(options.delimiter_precedes_last, options, len(texts) > 2, len(texts) < 3)
    before = options.delimiter if use else ""
    before += "" if before.endswith(" ") else " "
    listed = join(texts[:-1], options.delimiter)
    return meet(meet(listed, f"{before}{and_term} "), texts[-1])


def _before_et_al(count: int, total: int, options: NameOptions) -> str:
    several = total > 2 and count > 1
    use = _precedes(options.delimiter_precedes_et_al, options, several, count < 2)
    return options.delimiter if use else " "


def _precedes(rule: str, options: NameOptions, contextual: bool, after_first: bool) -> bool:
    """Whether the delimiter stands before the last name or "et al."; CSL's four rules."""
    order = options.name_as_sort_order
    return {
        "always": True,
        "never": False,
        "contextual": contextual,
        "after-inverted-name": order == "all" or (order == "first" and after_first),
    }.get(rule, contextual)
