"""The methods that take the place of citeproc-py's own for `cs:names`; see `elements`."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from bclm_cli.cite import names as lists
from bclm_cli.cite import seams
from bclm_cli.cite.elements import Element
from bclm_cli.cite.items import CitedItem
from bclm_cli.cite.names import NameList, NameOptions, NameParts
from bclm_cli.cite.people import Person


class ShownNames(NamedTuple):
    """The people of one role and how they were shown; a title in their place has no people.

    `substituted` says that a `cs:substitute` brought them.
    """

    people: tuple[Person, ...]
    text: str
    substituted: bool


def names(self: Element, item: CitedItem, **kwargs: Any) -> str:
    """The people of all roles asked for, each with its label; else what substitutes for them."""
    run = self.engine.run
    if run.hide_names:
        run.hide_names = False
        names(self, item)
        run.hide_names = True
        return ""
    roles = [role for role in _roles(self, item) if item.people(_variable(role))]
    run.count(bool(roles))
    if not roles:
        return _substituted(self, item)
    form = _Form(self, run.substitute)
    texts = []
    for role in roles:
        variable = _variable(role)
        text = _people(form, item, variable)
        if run.instead and not run.names:
            text = run.instead
        run.names.append(ShownNames(item.people(variable), text, run.substitute is not None))
        texts.append(form.labelled(role, text, len(item.people(variable)) > 1))
        run.use(variable)
    return str(self.wrap(seams.join(texts, form.delimiter)))


def _roles(self: Element, item: CitedItem) -> list[str]:
    """The roles, with one for editors who are the translators too if there is a word for that."""
    roles: list[str] = self.get("variable", "").split()
    if {"editor", "translator"} <= set(roles):
        same = item.people("editor") and item.people("editor") == item.people("translator")
        if same and self.engine.words.term("editortranslator"):
            others = [role for role in roles if role not in ("editor", "translator")]
            return ["editortranslator", *others]
    return roles


def _variable(role: str) -> str:
    return "editor" if role == "editortranslator" else role


def _substituted(self: Element, item: CitedItem) -> str:
    run = self.engine.run
    substitute = self.parts.get("substitute")
    if substitute is None or run.substitute is not None:
        return ""
    run.substitute = self
    traced = len(run.names)
    try:
        text = next(filter(None, (child.render(item) for child in substitute.kids)), "")
    finally:
        run.substitute = None
    item.hide(run.used)  # not before: a label asks for its variable after the number was shown
    run.used.clear()
    if text and len(run.names) == traced:  # a title in the place of names counts as names
        run.names.append(ShownNames((), text, True))
    return str(self.wrap(self.format(text)))


def _people(form: _Form, item: CitedItem, variable: str) -> str:
    engine, options = form.engine, form.options
    more = variable == "author" and item.source.incomplete_authors
    people = NameList(item.people(variable), more, item.hints, item.at_least)
    if engine.run.sorting is not None:
        people = NameList(item.people(variable), more)
    if options.form == "count":
        count = lists.shown(people, options)
        return str(len(people.people) if count is None else count)
    if engine.run.sorting is not None:
        return lists.sorting(people, options._replace(**engine.run.sorting), form.parts)
    and_term = ""
    if options.and_:
        symbol = options.and_ == "symbol"
        and_term = (engine.words.symbol("and") or "&") if symbol else engine.words.term("and")
    return lists.render(people, options, form.parts, and_term, form.et_al)


class _Form:
    """How a `cs:names` shows people; what it lacks it takes from the one it substitutes for."""

    def __init__(self, element: Element, substitute_for: Element | None) -> None:
        self.engine = element.engine
        own = element.parts
        inherited = substitute_for.parts if substitute_for is not None else {}
        self.name = own.get("name", inherited.get("name"))
        self.label = own.get("label", inherited.get("label"))
        self._et_al = own.get("et-al", inherited.get("et-al"))
        order = list(own if {"name", "label"} <= own.keys() else inherited)
        self.label_first = "name" in order and order[:1] == ["label"]
        self.options = self.engine.name_options(self.name)
        self.parts = _parts(element, self.name)
        self.delimiter = element.get("delimiter") or self.engine.names_delimiter

    @property
    def et_al(self) -> str:
        if self._et_al is None:
            return str(self.engine.words.term("et-al"))
        term = self.engine.words.term(self._et_al.get("term", "et-al"))
        return str(self._et_al.wrap(self._et_al.format(term)))

    def labelled(self, role: str, text: str, several: bool) -> str:
        if self.label is None or self.engine.run.sorting is not None or not text:
            return text
        plural = {"always": True, "never": False}.get(self.label.get("plural", ""), several)
        term = self.engine.words.term(role, self.label.get("form", "long"), plural)
        label = self.label.markup(term)
        return seams.meet(label, text) if self.label_first else seams.meet(text, label)


def _parts(element: Element, name: Element | None) -> NameParts:
    """How names are dressed: fonts of the `cs:names` hold where the `cs:name` has none."""
    if name is None:
        return NameParts(whole=element.format)
    dresses: dict[str, Any] = {"whole": partial(_dressed_name, name, element)}
    for part in name.kids:
        dresses[part.get("name")] = partial(_dressed_part, part)
    return NameParts(**dresses)


def _dressed_part(part: Element, value: str) -> str:
    return str(part.wrap(part.format(part.case(value)))) if value else ""


def _dressed_name(name: Element, outer: Element, value: str) -> str:
    return str(name.wrap(name.format(value, outer))) if value else ""


_INHERITED = {"form": "name-form", "delimiter": "name-delimiter"}
_INTEGERS = ("et-al-min", "et-al-use-first")
_BOOLEANS = ("initialize", "et-al-use-last", "initialize-with-hyphen")


def name_options(name: Element | None, outer: Element, root: Element) -> NameOptions:
    """The options of a `cs:name`: its own, else those of `outer` (citation or bibliography), else
    those of the style."""
    found: dict[str, Any] = {}
    for field in NameOptions._fields:
        attribute = {"and_": "and", "demote": "demote-non-dropping-particle"}.get(
            field, field.replace("_", "-")
        )
        inherited = _INHERITED.get(attribute, attribute)
        places = ((name, attribute), (outer, inherited), (root, inherited))
        values = (place.get(key) for place, key in places if place is not None)
        value = next((value for value in values if value is not None), None)
        if value is None:
            continue
        if attribute in _INTEGERS:
            found[field] = int(value)
        else:
            found[field] = value == "true" if attribute in _BOOLEANS else value
    return NameOptions(**found)
