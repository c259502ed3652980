"""A list of names (CSL 1.0.2, "Name"): order, initials, delimiters, "and" and "et al."."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from bclm_cli.csl.person import Person, glue, initials, spaced
from bclm_cli.csl.punctuation import concat, first, join

INITIALS, GIVEN = "initials", "given"
"""What a name needs besides the family name, to be told from another of the same family name."""

_CJK = "\u2e80"
"""From here on scripts put no space between words."""
_plain: Callable[[str], str] = str


class NameOptions(NamedTuple):
    """What `cs:name` and those it inherits from say; see CSL 1.0.2, "Name"."""

    form: str = "long"
    and_: str = ""
    delimiter: str = ", "
    delimiter_precedes_last: str = "contextual"
    delimiter_precedes_et_al: str = "contextual"
    et_al_min: int = 0
    et_al_use_first: int | None = None
    et_al_use_last: bool = False
    initialize: bool = True
    initialize_with: str | None = None
    initialize_with_hyphen: bool = True
    name_as_sort_order: str = ""
    sort_separator: str = ", "
    demote: str = "display-and-sort"


class NameParts(NamedTuple):
    """How `cs:name` and `cs:name-part` format the parts of a name.

    `given` holds for the dropping particle too, `family` for the other one; the affixes of a part
    surround what stands with it.
    """

    family: Callable[[str], str] = _plain
    given: Callable[[str], str] = _plain
    family_affixes: Callable[[str], str] = _plain
    given_affixes: Callable[[str], str] = _plain
    whole: Callable[[str], str] = _plain


class NameList(NamedTuple):
    """The people of one role, with what this citation of them needs.

    `more` says that there are others whose names nobody gives: the list then ends in "et al.".
    `hints` tells whose initials or given names are shown where the form is short, `at_least` how
    many names are shown before "et al.", `replaced` holds dashes in the place of names.
    """

    people: Sequence[Person]
    more: bool = False
    hints: Mapping[tuple[Person, bool], str] = {}
    at_least: int = 0
    replaced: Mapping[int, str] = {}


def shown(names: NameList, options: NameOptions) -> int | None:
    """How many names stand before "et al."; None where all names are shown.

    With `et-al-use-first="0"` there are none, and no "et al.", as in citeproc-js and pandoc.
    """
    total = len(names.people) + names.more
    if options.et_al_use_first is not None and total >= options.et_al_min > 0:
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
        names.replaced.get(index)
        or display(one, _hinted(one, index == 0, names, options), parts, index == 0)
        for index, one in enumerate(people)
    ]
    if count is None:
        before_last = len(people) > 1 and _is_inverted(people[-2], options, len(people) == 2)
        return _complete(texts, options, and_term, before_last)
    listed = join(texts, options.delimiter)
    ending = et_al
    total = len(names.people) + names.more
    if options.et_al_use_last and not names.more and total > count + 1:
        last = names.people[-1]
        ending = "… " + display(last, _hinted(last, False, names, options), parts, leads=False)
    if not ending or not listed:
        return listed
    several = total > 2 and count > 1
    inverted = _is_inverted(people[-1], options, count < 2)
    use = _precedes(options.delimiter_precedes_et_al, several, inverted)
    joined = first(ending) > _CJK or listed[-1].isspace()
    between = options.delimiter if use else "" if joined else " "
    return concat(concat(listed, between), ending)


def sorting(names: NameList, options: NameOptions, parts: NameParts) -> str:
    """The list as a key to sort by: no "and", no "et al."; `options` invert all names."""
    count = shown(names, options)
    people = list(names.people if count is None else names.people[:count])
    if count is not None and options.et_al_use_last:
        people.append(names.people[-1])
    return " ".join(display(one, options, parts, leads=True) for one in people)


def display(name: Person, options: NameOptions, parts: NameParts, leads: bool) -> str:
    """One name; `leads` says that it leads the list."""
    if name.body:
        return parts.whole(parts.family_affixes(parts.family(name.body)))
    if options.form == "short":
        return parts.whole(_short(name, parts))
    given = _given(name, options)
    if name.family and (name.static or not name.western):
        gap = "" if not name.western else " "
        whole = parts.family(name.family) + gap + parts.given(given)
        return parts.whole(whole.rstrip(" "))
    inverted = _is_inverted(name, options, leads)
    text = _inverted(name, given, options, parts) if inverted else _straight(name, given, parts)
    return parts.whole(text)


def _is_inverted(name: Person, options: NameOptions, leads: bool) -> bool:
    order = options.name_as_sort_order
    return not name.body and (order == "all" or (order == "first" and leads))


def _short(name: Person, parts: NameParts) -> str:
    if not name.family:
        return parts.given_affixes(parts.given(name.given))
    kept = parts.family(name.kept) if name.western else ""
    return parts.family_affixes(glue(kept, parts.family(name.family)))


def _given(name: Person, options: NameOptions) -> str:
    if not name.family or options.initialize_with is None:
        return name.given
    if not options.initialize:
        return spaced(name.given, options.initialize_with)
    return initials(name.given, options.initialize_with, options.initialize_with_hyphen)


def _inverted(name: Person, given: str, options: NameOptions, parts: NameParts) -> str:
    if not (name.kept or name.dropping or name.suffix):
        both = [parts.family_affixes(parts.family(name.family))]
        return join([*both, parts.given_affixes(parts.given(given))], options.sort_separator)
    demoted = options.demote == "display-and-sort"
    kept = parts.family(name.kept)
    family = glue("" if demoted else kept, parts.family(name.family))
    rest = glue(parts.given(given), parts.given(name.dropping), kept if demoted else "")
    both = [parts.family_affixes(family), parts.given_affixes(rest)]
    return join([*both, name.suffix], options.sort_separator)


def _straight(name: Person, given: str, parts: NameParts) -> str:
    particles = (parts.given(name.dropping), parts.family(name.kept))
    family = glue(*particles, parts.family(name.family))
    if name.suffix and name.comma_suffix:
        family = f"{family}, {name.suffix}"
    elif name.suffix:
        family = glue(family, name.suffix)
    return glue(parts.given_affixes(parts.given(given)), parts.family_affixes(family))


def _hinted(name: Person, primary: bool, names: NameList, options: NameOptions) -> NameOptions:
    if not names.hints:
        return options
    hint = names.hints.get((name, primary))
    if hint == GIVEN:
        return options._replace(form="long", initialize=False)
    return options._replace(form="long") if hint == INITIALS else options


def _complete(texts: list[str], options: NameOptions, and_term: str, after_inverted: bool) -> str:
    if not and_term or len(texts) < 2:
        return join(texts, options.delimiter)
    use = _precedes(options.delimiter_precedes_last, len(texts) > 2, after_inverted)
    before = options.delimiter if use else ""
    if not and_term[-1].isspace():  # a term with a space of its own, as in Hebrew, has both
        before += "" if before.endswith(" ") else " "
        and_term += " "
    listed = join(texts[:-1], options.delimiter)
    return concat(concat(listed, before + and_term), texts[-1])


def _precedes(rule: str, contextual: bool, after_inverted: bool) -> bool:
    """Whether the delimiter stands before the last name or "et al."; CSL's four rules."""
    return {
        "always": True,
        "never": False,
        "contextual": contextual,
        "after-inverted-name": after_inverted,
    }.get(rule, contextual)
