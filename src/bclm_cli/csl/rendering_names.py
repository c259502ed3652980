"""`cs:names` (CSL 1.0.2, "Names"): people with their labels, or what substitutes for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from bclm_cli.csl import name_list
from bclm_cli.csl.context import Context, Environment, ShownNames
from bclm_cli.csl.formatting import PLAIN, Formatting, formatting_of
from bclm_cli.csl.name_list import NameList, NameOptions, NameParts
from bclm_cli.csl.punctuation import concat, join
from bclm_cli.csl.rich_text import unbroken, wrap
from bclm_cli.csl.xml import Element

_PAIR = ("editor", "translator")
_BOTH = "editortranslator"


def names(element: Element, context: Context) -> str:
    """The people of all roles asked for, each with its label; else what substitutes for them."""
    roles = [role for role in _roles(element, context) if context.names(_variable(role))]
    context.count(bool(roles))
    if not roles:
        return _substituted(element, context)
    form = _form(element, context)
    if form.options.form == "count":
        total = sum(_count(form, context, _variable(role)) for role in roles)
        return form.formatting.apply(f"{total:04d}" if context.sorting else str(total))
    texts = []
    for role in roles:
        variable = _variable(role)
        people = context.names(variable)
        listed = _listed(context, variable)
        text = _people(form, context, listed)
        if context.dash_all is not None and not context.shown_names:
            text = context.dash_all
        first = people[: name_list.shown(listed, form.options)]
        context.shown_names.append(ShownNames(people, first, text))
        texts.append(text if context.sorting else form.labelled(role, text, len(people) > 1))
        context.use(variable)
    if context.hide_names:
        return ""
    text = form.formatting.affixes(join(texts, form.delimiter))
    return wrap(form.formatting.display, text) if form.formatting.display else text


def _roles(element: Element, context: Context) -> list[str]:
    """The roles, with one for editors who are the translators too if there is a term for that."""
    roles = element.get("variable").split()
    if {*_PAIR} <= set(roles):
        same = context.names("editor") and context.names("editor") == context.names("translator")
        if same and context.environment.locale.term(_BOTH):
            at = min(roles.index(role) for role in _PAIR)
            others = [role for role in roles if role not in _PAIR]
            return [*others[:at], _BOTH, *others[at:]]
    return roles


def _variable(role: str) -> str:
    return "editor" if role == _BOTH else role


def _substituted(element: Element, context: Context) -> str:
    substitute = element.child("substitute")
    if substitute is None or context.in_substitute is not None:
        return ""
    context.in_substitute = element
    before = len(context.shown_names)
    try:
        text = ""
        for child in substitute.children:
            text = context.render(child)
            if text or len(context.shown_names) > before:  # names may be hidden
                break
    finally:
        context.in_substitute = None
    context.hidden |= context.used  # not before: a label asks for its variable after the number
    context.used = set()
    formatting = context.environment.formatting(element)
    if text and len(context.shown_names) == before:  # a title in the place of names counts as names
        if context.dash_all is not None and not context.shown_names:
            text = context.dash_all
        context.shown_names.append(ShownNames((), (), text))
        if context.hide_names:
            return ""
    return formatting.affixes(formatting.fonts(text))


def _count(form: _Form, context: Context, variable: str) -> int:
    people = _listed(context, variable)
    count = name_list.shown(people, form.limited(context.sort_names or {}))
    return len(people.people) if count is None else count


def _listed(context: Context, variable: str) -> NameList:
    distinction = context.distinction
    more = context.item.has_others(variable)
    people = context.names(variable)
    replaced = {} if context.shown_names else context.dashes
    return NameList(people, more, distinction.hints, distinction.at_least, replaced)


def _people(form: _Form, context: Context, people: NameList) -> str:
    options = form.options
    if context.sort_names is not None:
        return name_list.sorting(people, form.limited(context.sort_names), form.parts)
    return name_list.render(people, options, form.parts, form.and_term, form.et_al)


def _form(element: Element, context: Context) -> _Form:
    """How a `cs:names` shows people here; later cites of a work have their own limits of et al."""
    later = context.cite.position != "first" and context.part.tag == "citation"
    key = (element, context.in_substitute, context.part, later)
    found: _Form | None = context.environment.compiled.get(key)
    if found is None:
        found = context.environment.compiled[key] = _Form(context.environment, *key)
    return found


class _Form:
    """How a `cs:names` shows people; what it lacks it takes from the one it substitutes for."""

    def __init__(
        self,
        environment: Environment,
        element: Element,
        outer: Element | None,
        part: Element,
        later: bool,
    ) -> None:
        self._environment = environment
        own = {child.tag: child for child in element.children}
        inherited = {child.tag: child for child in outer.children} if outer else {}
        self.name = own.get("name", inherited.get("name"))
        self.label = own.get("label", inherited.get("label"))
        self.et_al = self._et_al(own.get("et-al", inherited.get("et-al")))
        order = list(own if {"name", "label"} <= own.keys() else inherited)
        self.label_first = "name" in order and order[:1] == ["label"]
        self.options = name_options(self.name, part, environment.style.root, later)
        self._limited: tuple[Mapping[str, Any] | None, NameOptions] = (None, self.options)
        self.and_term = self._and()
        self.formatting = environment.formatting(element)
        self.parts = self._parts(element)
        self.delimiter = element.get("delimiter") or (
            part.attributes.get("names-delimiter") or environment.style.root.get("names-delimiter")
        )

    def _parts(self, element: Element) -> NameParts:
        """How names are dressed: fonts of the `cs:names` hold where the `cs:name` has none."""
        name = self.name
        if name is None:
            return NameParts(whole=self.formatting.fonts)
        formatting = formatting_of(name, element)
        formats: dict[str, Any] = {}
        if formatting is not PLAIN:
            formats["whole"] = lambda text: formatting.affixes(formatting.fonts(text))
        for part in name.children:
            part_formatting = self._environment.formatting(part)
            formats[part.get("name")] = partial(_fonts, part_formatting)
            formats[f"{part.get('name')}_affixes"] = part_formatting.affixes
        return NameParts(**formats)

    def _et_al(self, element: Element | None) -> str:
        """The term that stands for the names left out."""
        found = self._environment.locale.term(element.get("term", "et-al") if element else "et-al")
        return self._environment.formatting(element).apply(found) if element else found

    def _and(self) -> str:
        """The word or the sign before the last name."""
        locale = self._environment.locale
        if self.options.and_ == "symbol":
            return locale.symbol("and") or "&"
        return locale.term("and") if self.options.and_ else ""

    def limited(self, limits: Mapping[str, Any]) -> NameOptions:
        """The options of a sort key with limits of et al. of its own, which asks for work after
        work: names are inverted."""
        if self._limited[0] is not limits:
            inverted = self.options._replace(name_as_sort_order="all", **limits)
            self._limited = (limits, inverted)
        return self._limited[1]

    def labelled(self, role: str, text: str, several: bool) -> str:
        """The names of a role with the label before or behind them."""
        if self.label is None or not text:
            return text
        plural = {"always": True, "never": False}.get(self.label.get("plural"), several)
        form = self.label.get("form", "long")
        term = self._environment.locale.term(role, form, plural)
        label = self._environment.formatting(self.label).apply(term)
        return concat(label, text) if self.label_first else concat(text, label)


def _fonts(formatting: Formatting, text: str) -> str:
    return formatting.fonts(formatting.change_case(text))


_INHERITED = {"form": "name-form", "delimiter": "name-delimiter"}
_INTEGERS = ("et-al-min", "et-al-use-first")
_BOOLEANS = ("initialize", "et-al-use-last", "initialize-with-hyphen")
_ATTRIBUTES = {"and_": "and", "demote": "demote-non-dropping-particle"}


def name_options(
    name: Element | None, outer: Element, root: Element, later: bool = False
) -> NameOptions:
    """The options of a `cs:name`: its own, else those of `outer` (citation or bibliography), else
    those of the style ("Inheritable Name Options")."""
    found: dict[str, Any] = {}
    for field in NameOptions._fields:
        attribute = _ATTRIBUTES.get(field, field.replace("_", "-"))
        value = _inherited(attribute, name, outer, root)
        if later and attribute in _INTEGERS:
            subsequent = attribute.replace("et-al-", "et-al-subsequent-")
            value = _inherited(subsequent, name, outer, root) or value
        if value is None or (attribute in _INTEGERS and not value):
            continue
        if attribute in _INTEGERS:
            found[field] = int(value)
        else:
            found[field] = value == "true" if attribute in _BOOLEANS else unbroken(value)
    return NameOptions(**found)


def _inherited(attribute: str, name: Element | None, outer: Element, root: Element) -> str | None:
    """The value of an option in the nearest place that has it."""
    inherited = _INHERITED.get(attribute, attribute)
    places = ((name, attribute), (outer, inherited), (root, inherited))
    values = (place.attributes.get(key) for place, key in places if place is not None)
    return next((value for value in values if value is not None), None)
