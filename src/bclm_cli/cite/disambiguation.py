"""Citations that would read the same told apart, in the four ways of CSL 1.0.2, in its order.

More names before "et al.", given names or initials, a letter after the year, and at last the
style's own `disambiguate` condition. The steps are those of the specification's "Disambiguation",
read as citeproc-js and pandoc read it.
"""

from __future__ import annotations

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
    relevant = dict.fromkeys(one for people in lists for one in people[: 1 if primary else None])
    by_family: dict[str, list[Person]] = {}
    for one in relevant:
        if one.family:
            by_family.setdefault(one.family, []).append(one)
    hints: dict[tuple[Person, bool], str] = {}
    for namesakes in by_family.values():
        for one in namesakes if len(namesakes) > 1 else ():
            hint = _hint(one, namesakes)
            if hint == GIVEN and rule.endswith("-with-initials"):
                continue
            hints[one, True] = hint
            if not primary:
                hints[one, False] = hint
    for item in items:
        item.hints = hints


def _hint(one: Person, namesakes: Iterable[Person]) -> str:
    """Initials, or the given names in full where a namesake has the same initials."""
    others = (other for other in namesakes if other != one)
    same = any(one.given and _initials(one) == _initials(other) for other in others)
    return GIVEN if same else INITIALS


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
        told = [item for item in rest if _unique(seen, item)]
        if told:
            for item in rest:
                item.at_least = count
            rest = [item for item in rest if item not in told]
        if not rest:
            return


def _unique(seen: dict[str, tuple[tuple[str, str], ...]], item: CitedItem) -> bool:
    return all(key == item.key or names != seen[item.key] for key, names in seen.items())


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
        here = {i.key: people[i.key][place] for i in group if len(people[i.key]) > place}
        hinted = []
        for item in rest if len(rest) else ():
            one = here.get(item.key)
            namesakes = [o for o in here.values() if one and o != one and o.family == one.family]
            if one and namesakes:
                hint = _hint(one, namesakes)
                item.hints = {**item.hints, (one, True): hint, (one, False): hint}
                hinted.append(item)
        rest = [item for item in rest if item not in hinted]
        if not rest:
            return
