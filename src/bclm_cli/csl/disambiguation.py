"""Cites that would read the same told apart (CSL 1.0.2, "Disambiguation"), in its four ways.

More names before "et al.", given names or initials, a letter after the year, and at last the
style's own `disambiguate` condition, in this order, read as citeproc-js and pandoc read them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bclm_cli.csl import rich_text
from bclm_cli.csl.cites import Rendered, render_cite
from bclm_cli.csl.context import Cite, Distinction, Environment
from bclm_cli.csl.item import Item
from bclm_cli.csl.name_list import GIVEN, INITIALS
from bclm_cli.csl.person import Person, initials, spaced

_MOST_CONDITIONS = 3
"""How many of a style's conditions `disambiguate="true"` are tried, one more at a time."""
Group = list[str]
"""The identifiers of items whose cites read the same."""


def disambiguate(
    environment: Environment,
    items: Mapping[str, Item],
    cites: Sequence[Cite],
    order: Sequence[str],
) -> None:
    """Set the environment's distinctions for the works cited.

    `cites` hold each work in each position it has; `order` is that of the bibliography, which
    decides on the letters.
    """
    environment.distinctions.clear()
    part = environment.style.citation
    assert part is not None
    _Disambiguation(environment, items, cites, order).run(part.attributes)


class _Disambiguation:
    """One run; renders anew only the cites whose distinctions changed."""

    def __init__(
        self,
        environment: Environment,
        items: Mapping[str, Item],
        cites: Sequence[Cite],
        order: Sequence[str],
    ) -> None:
        self._environment = environment
        self._items = items
        self._cites: dict[str, list[Cite]] = {}
        for cite in cites:
            self._cites.setdefault(cite.id, []).append(cite)
        self._place = {key: index for index, key in enumerate(order)}
        self._rendered: dict[str, list[Rendered]] = {}

    def run(self, attributes: Mapping[str, str]) -> None:
        """The four ways, each for what the one before could not tell apart."""
        rule = ""
        if attributes.get("disambiguate-add-givenname") == "true":
            rule = attributes.get("givenname-disambiguation-rule", "by-cite")
        if rule not in ("", "by-cite"):
            self._hint_all(rule)
        groups = self._ambiguous()
        if groups and attributes.get("disambiguate-add-names") == "true":
            for group in groups:
                self._add_names(group, rule)
            groups = self._ambiguous()
        if groups and rule == "by-cite":
            for group in groups:
                self._hint_group(group)
            groups = self._ambiguous()
        if groups and attributes.get("disambiguate-add-year-suffix") == "true":
            for group in groups:
                for letter, key in enumerate(sorted(group, key=self._place.__getitem__), 1):
                    self._change(key, year_suffix=letter)
            groups = self._ambiguous()
        for level in range(1, _MOST_CONDITIONS + 1):
            if not groups:
                return
            for group in groups:
                for key in group:
                    self._change(key, ambiguous=level)
            groups = self._ambiguous()

    def _of(self, key: str) -> Distinction:
        return self._environment.distinctions.get(key, Distinction())

    def _change(self, key: str, **what: object) -> None:
        before = self._of(key)
        after = before._replace(**what)  # type: ignore[arg-type]
        if after != before:
            self._environment.distinctions[key] = after
            self._rendered.pop(key, None)

    def _render(self, key: str) -> list[Rendered]:
        if key not in self._rendered:
            self._rendered[key] = [
                render_cite(self._environment, self._items[key], cite) for cite in self._cites[key]
            ]
        return self._rendered[key]

    def _people(self, key: str) -> list[Person]:
        return [one for shown in self._render(key)[0].names for one in shown.people]

    def _ambiguous(self) -> list[Group]:
        """The groups of items of which a cite reads the same."""
        groups: dict[str, dict[str, None]] = {}
        for key in self._cites:
            for one in self._render(key):
                groups.setdefault(rich_text.strip(one.text), {})[key] = None
        return [list(keys) for text, keys in groups.items() if text and len(keys) > 1]

    def _hint_all(self, rule: str) -> None:
        """The rules about names everywhere, whether or not their citations are ambiguous."""
        lists = [shown.people for key in self._cites for shown in self._render(key)[0].names]
        primary = rule.startswith("primary-name")
        found = _hints(one for people in lists for one in people[: 1 if primary else None])
        hints: dict[tuple[Person, bool], str] = {}
        for one, hint in found.items():
            if hint == GIVEN and rule.endswith("-with-initials"):
                continue
            hints[one, True] = hint
            if not primary:
                hints[one, False] = hint
        if hints:
            for key in self._cites:
                self._change(key, hints=hints)

    def _add_names(self, group: Group, rule: str) -> None:
        """Show one name more, and one more, until each item that can be told apart is."""
        people = {key: self._people(key) for key in group}
        if rule == "by-cite":
            self._hint_group(group)
        rest = list(group)
        for count in range(1, max(map(len, people.values())) + 1):
            seen = {key: _distinguishing(people[key][:count], rule) for key in rest}
            often = Counter(seen.values())
            if any(often[seen[key]] == 1 for key in rest):
                for key in rest:
                    self._change(key, at_least=count)
                rest = [key for key in rest if often[seen[key]] > 1]
            if not rest:
                return

    def _hint_group(self, group: Group) -> None:
        """Given names or initials, place by place in the lists, where namesakes meet."""
        people = {key: self._people(key) for key in group}
        rest = list(group)
        for place in range(max(map(len, people.values()), default=0)):
            here = {key: names[place] for key, names in people.items() if len(names) > place}
            hints = _hints(here.values())
            for key in rest:
                if hint := hints.get(here.get(key, Person()), ""):
                    one = here[key]
                    new = {(one, True): hint, (one, False): hint}
                    self._change(key, hints={**self._of(key).hints, **new})
            rest = [key for key in rest if here.get(key) not in hints]


def _hints(people: Iterable[Person]) -> dict[Person, str]:
    """What each person who has a namesake needs: initials, or given names if those are the same."""
    families: dict[str, dict[str, list[Person]]] = {}
    for one in people:
        if one.family:
            family = families.setdefault(f"{one.kept} {one.family}", {})
            family.setdefault(_full(one), []).append(one)
    hints: dict[Person, str] = {}
    for namesakes in families.values():
        shared = Counter(_initials(same[0]) for same in namesakes.values())
        for same in namesakes.values() if len(namesakes) > 1 else ():
            letters = _initials(same[0])
            hint = GIVEN if letters and shared[letters] > 1 else INITIALS
            hints.update(dict.fromkeys(same, hint))
    return hints


def _full(one: Person) -> str:
    """All of a name; "J.J." and "J. J." are the same."""
    return " ".join((one.dropping, spaced(one.given, ". "), one.suffix))


def _initials(one: Person) -> str:
    return initials(one.given, "", hyphen=False)


def _distinguishing(people: list[Person], rule: str) -> tuple[tuple[str, str], ...]:
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
