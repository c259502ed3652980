"""Citations that would read the same told apart, in the four ways of CSL 1.0.2, in its order.

More names before "et al.", given names or initials, a letter after the year, and at last the
style's own `disambiguate` condition. The steps are those of the specification's "Disambiguation",
read as citeproc-js and pandoc read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bclm_cli.cite import marks
from bclm_cli.cite.engine import Cite, Engine
from bclm_cli.cite.items import CitedItem
from bclm_cli.cite.names import GIVEN, INITIALS
from bclm_cli.cite.people import Person, initials

Group = list[CitedItem]


def disambiguate(engine: Engine, items: Sequence[CitedItem], in_order: Sequence[CitedItem]) -> None:
    """Set on each item what its citation needs to be told from the others.

    `in_order` is the order of the bibliography, which decides on the letters.
    """
    citation = engine.citation
    if citation is None or not _asked(engine):
        return
    rule = _rule(engine)
    if rule not in ("", "by-cite"):
        _hint_all(engine, items, rule)
    groups = _ambiguous(engine, items)
    if groups and citation.get("disambiguate-add-names") == "true":
        for group in groups:
            _add_names(engine, group, rule)
        groups = _ambiguous(engine, items)
    if groups and rule == "by-cite":
        for group in groups:
            _hint_group(engine, group)
        groups = _ambiguous(engine, items)
    if groups and citation.get("disambiguate-add-year-suffix") == "true":
        place = {item.key: index for index, item in enumerate(in_order)}
        for group in groups:
            for letter, item in enumerate(sorted(group, key=lambda i: place[i.key]), 1):
                item.year_suffix = letter
        groups = _ambiguous(engine, items)
    for group in groups:
        for item in group:
            item.ambiguous = True


def _asked(engine: Engine) -> bool:
    """Whether the style disambiguates at all: a numeric style need not be rendered for it."""
    return any(name.startswith("disambiguate-") for name in engine.citation.attrib) or any(
        element.get("disambiguate") for element in engine.root.all
    )


def _rule(engine: Engine) -> str:
    """Which names get given names: "" for none."""
    if engine.citation.get("disambiguate-add-givenname") != "true":
        return ""
    return str(engine.citation.get("givenname-disambiguation-rule", "by-cite"))


def _ambiguous(engine: Engine, items: Sequence[CitedItem]) -> list[Group]:
    """The groups of items whose citations read the same."""
    groups: dict[str, Group] = {}
    for item in items:
        groups.setdefault(marks.strip(engine.cite(item).text), []).append(item)
    return [group for text, group in groups.items() if text and len(group) > 1]


def _cited_people(cite: Cite) -> list[Person]:
    return [one for shown in cite.names for one in shown.people]


def _hint_all(engine: Engine, items: Sequence[CitedItem], rule: str) -> None:
    """The rules about names everywhere, whether or not their citations are ambiguous."""
    lists = [shown.people for item in items for shown in engine.cite(item).names]
    primary = rule.startswith("primary-name")
    found = _hints(one for people in lists for one in people[: 1 if primary else None])
    hints: dict[tuple[Person, bool], str] = {}
    for one, hint in found.items():
        if hint == GIVEN and rule.endswith("-with-initials"):
            continue
        hints[one, True] = hint
        if not primary:
            hints[one, False] = hint
    for item in items:
        item.hints = hints


def _hints(people: Iterable[Person]) -> dict[Person, str]:
    """What each person who has a namesake needs: initials, or given names if those are the same."""
    families: dict[str, dict[Person, str]] = {}
    for one in people:
        if one.family:
            families.setdefault(one.family, {})[one] = _initials(one)
    hints: dict[Person, str] = {}
    for namesakes in families.values():
        shared = Counter(namesakes.values())
        for one, letters in namesakes.items() if len(namesakes) > 1 else ():
            hints[one] = GIVEN if letters and shared[letters] > 1 else INITIALS
    return hints


def _initials(one: Person) -> str:
    return initials(one.given, "", hyphen=False)


def _add_names(engine: Engine, group: Group, rule: str) -> None:
    """Show one name more, and one more, until each item that can be told apart is."""
    people = {item.key: _cited_people(engine.cite(item)) for item in group}
    if rule == "by-cite":
        _hint_group(engine, group)
    rest = list(group)
    for count in range(1, max(map(len, people.values())) + 1):
        seen = {item.key: _told_by(people[item.key][:count], rule) for item in rest}
        often = Counter(seen.values())
        told = [item for item in rest if often[seen[item.key]] == 1]
        if told:
            for item in rest:
                item.at_least = count
            rest = [item for item in rest if often[seen[item.key]] > 1]
        if not rest:
            return


def _told_by(people: list[Person], rule: str) -> tuple[tuple[str, str], ...]:
    """What of the names counts as different under the rule: given names, initials or neither."""
    if rule in ("all-names", "by-cite"):
        return tuple((_family(one), one.given) for one in people)
    if rule == "all-names-with-initials":
        return tuple((_family(one), _initials(one)) for one in people)
    families = [(_family(one), "") for one in people]
    if families and rule == "primary-name":
        families[0] = (families[0][0], people[0].given)
    elif families and rule == "primary-name-with-initials":
        families[0] = (families[0][0], _initials(people[0]))
    return tuple(families)


def _family(one: Person) -> str:
    return " ".join((one.dropping, one.kept, one.family, one.suffix, one.body))


def _hint_group(engine: Engine, group: Group) -> None:
    """Given names or initials, place by place in the lists, where namesakes meet."""
    people = {item.key: _cited_people(engine.cite(item)) for item in group}
    rest = list(group)
    for place in range(max(map(len, people.values()), default=0)):
        here = {key: names[place] for key, names in people.items() if len(names) > place}
        hints = _hints(here.values())
        for item in rest:
            if hint := hints.get(here.get(item.key, Person()), ""):
                one = here[item.key]
                item.hints = {**item.hints, (one, True): hint, (one, False): hint}
        rest = [item for item in rest if here.get(item.key) not in hints]
