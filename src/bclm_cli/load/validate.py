"""A parsed tree to a record, each field checked against the table in `fields`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bclm_cli.load import csl_fields
from bclm_cli.load import fields as tables
from bclm_cli.load.faults import shown
from bclm_cli.load.fields import Field
from bclm_cli.load.parse import Path, Tree
from bclm_cli.model import records, variables
from bclm_cli.model.dates import Date, is_impossible
from bclm_cli.model.records import NAME_PARTS, Binding, Claim, Factor, Name, Reference, Step

Fields = Mapping[str, Field]


class InvalidError(Exception):
    """A value breaks the schema; `path` leads from the record to it.

    With `at_key` the fault is the name of the field there, not its value.
    """

    def __init__(self, what: str, *path: str | int, at_key: bool = False) -> None:
        super().__init__(what)
        self.path: Path = path
        self.at_key = at_key


def reference(tree: Tree, source: str = "") -> Reference:
    """One CSL item, checked. Raises InvalidError."""
    item = as_map(tree, "a reference")
    id, type = (_one(item, field, tables.REFERENCE[field]) for field in ("id", "type"))
    text: dict[str, str] = {}
    names: dict[str, tuple[Name, ...]] = {}
    dates: dict[str, Date] = {}
    custom: Mapping[str, Any] = {}
    for field, value in item.items():
        if field in tables.REFERENCE or value is None:
            continue
        variable = csl_fields.SPELLINGS.get(field, field)
        if variable in _TEXT:
            if variable in text:
                what = f"{field} means the same as {variable}; keep one of the two"
                raise InvalidError(what, field, at_key=True)
            text[variable] = value.strip() if isinstance(value, str) else _text(value, field)
        elif field in variables.NAMES:
            people = enumerate(as_list(value, field))
            names[field] = tuple(_name(name, field, index) for index, name in people)
        elif field in variables.DATES:
            dates[field] = _date(value, field)
        elif field == "custom":
            custom = _custom(value)
        else:
            raise _unknown(field, _VARIABLES, "if it is no CSL variable, move it under custom")
    return Reference(
        id,
        type,
        {field: value for field, value in text.items() if value},
        {field: value for field, value in names.items() if value},
        {field: value for field, value in dates.items() if value != Date()},
        custom,
        source,
    )


def factor(tree: Tree, source: str = "") -> Factor:
    """One controlled name, checked. Raises InvalidError."""
    fields = as_map(tree, "a factor")
    found = _record({**fields, "binds": None}, "a factor", tables.FACTOR)
    partners = fields.get("binds")
    found["binds"] = tuple(
        _binding(partner, index)
        for index, partner in enumerate([] if partners is None else as_list(partners, "binds"))
    )
    if found["name"] in found["broader"]:
        what = f"{shown(found['name'])} cannot be broader than itself; take it out"
        raise InvalidError(what, "broader", found["broader"].index(found["name"]))
    return Factor(**found, source=source)


def claim(tree: Tree, step: str, factor: str, source: str = "") -> Claim:
    """One claim of a factor in a step, checked. Raises InvalidError."""
    return Claim(step, factor, **_record(tree, "a claim", tables.CLAIM), source=source)


def step(tree: Tree, number: int, source: str = "") -> Step:
    """One step, its claims taken out, checked. Raises InvalidError.

    All but its id may be left out: an overlay adds claims to a step by naming it.
    """
    claim_lists(as_map(tree, "a step"), "claims")
    found = _record({**tree, "claims": None}, "a step", tables.STEP)
    del found["claims"]
    return Step(number, from_=found.pop("from"), **found, source=source)


def head(tree: Tree, known: Fields) -> Mapping[str, Any]:
    """What stands at the top of a file, its records taken out. Raises InvalidError."""
    first = next(field for field in ("references", "steps") if field in known)
    if tree is None:
        raise InvalidError(f"the file is empty; begin with `{first}:`")
    if not isinstance(tree, dict):
        raise InvalidError(f"the file must be a map, not {_shape(tree)}; begin with `{first}:`")
    _refuse_unknown(tree, known)
    for field in ("references", "steps", "factors"):
        if tree.get(field) is not None:
            as_list(tree[field], field)
    claim_lists(tree, records.CONTEXT)
    return tree


def claim_lists(fields: Mapping[str, Any], field: str) -> None:
    """Claims stand in lists, one list a factor. Raises InvalidError."""
    if fields.get(field) is not None:
        for name, claims in as_map(fields[field], field, field).items():
            as_list(claims, field, name)


def text_of(fields: Mapping[str, Any], field: str) -> str:
    """The text of a field that may be missing. Raises InvalidError."""
    value = fields.get(field)
    return "" if value is None else _text(value, field)


def as_map(tree: Tree, what: str, *path: str | int) -> Mapping[str, Any]:
    """The tree, which must be a map. Raises InvalidError."""
    if not isinstance(tree, dict):
        raise InvalidError(f"{what} must be a map, not {_shape(tree)}; write `field: value`", *path)
    return tree


def as_list(tree: Tree, *path: str | int) -> list[Any]:
    """The tree, which must be a list. Raises InvalidError."""
    if isinstance(tree, list):
        return tree
    short = isinstance(tree, str) and len(tree) <= 40 and tree.isprintable()
    way_out = f"write [{tree}]" if short else "begin each item with -"
    raise InvalidError(f"{_label(path)} must be a list, not {_shape(tree)}; {way_out}", *path)


def _record(tree: Tree, what: str, known: Fields) -> dict[str, Any]:
    """Every known field with its value, or with the value that stands for a missing one."""
    fields = as_map(tree, what)
    _refuse_unknown(fields, known)
    return {
        name: _many(fields, name, field) if field.many else _one(fields, name, field)
        for name, field in known.items()
    }


def _one(fields: Mapping[str, Any], name: str, field: Field, *path: str | int) -> str:
    value = fields.get(name)
    text = "" if value is None else _text(value, *path, name)
    if text:
        return _fitting(text, field, *path, name)
    if field.required:
        choices = f", one of {', '.join(field.allowed)}" if field.allowed else ""
        where = (*path, name) if name in fields else path
        raise InvalidError(f"{name} is missing; write `{name}:`{choices}", *where)
    return field.default


def _many(
    fields: Mapping[str, Any], name: str, field: Field, *path: str | int
) -> tuple[str, ...]:  # fmt: skip
    values = fields.get(name)
    if values is None:
        return ()
    return tuple(
        _fitting(_text(value, *path, name, index), field, *path, name, index)
        for index, value in enumerate(as_list(values, *path, name))
    )


def _fitting(text: str, field: Field, *path: str | int) -> str:
    text = text.lower() if field.boolean else text
    if field.allowed and text not in field.allowed:
        near = _near(text, field.allowed) if len(field.allowed) > 12 else ""
        way_out = f"did you mean {near}?" if near else f"allowed are {', '.join(field.allowed)}"
        raise InvalidError(f"{_label(path)} cannot be {shown(text)}; {way_out}", *path)
    if field.pattern and not re.fullmatch(field.pattern, text):
        raise InvalidError(f"{_label(path)} cannot be {shown(text)}; write {field.form}", *path)
    return text


def _binding(tree: Tree, index: int) -> Binding:
    at = ("binds", index)
    parts = as_map(tree, "an item of binds", *at)
    _refuse_unknown(parts, tables.BINDING, *at)
    found = (_one(parts, name, field, *at) for name, field in tables.BINDING.items())
    return Binding(*found)


def _name(tree: Tree, field: str, index: int) -> Name:
    if isinstance(tree, str):
        way_out = "write {family: …, given: …} or {literal: …}"
        raise InvalidError(f"a name must be a map, not {_shape(tree)}; {way_out}", field, index)
    parts = as_map(tree, "a name", field, index)
    given = {}
    for part, value in parts.items():
        if part not in NAME_PARTS:
            raise _unknown(part, tuple(NAME_PARTS), "", field, index)
        if value is not None:
            plain = isinstance(value, str)  # most of a library is names: spare them a call
            given[NAME_PARTS[part]] = value.strip() if plain else _text(value, field, index, part)
    name = Name(**given)
    if not (name.family or name.given or name.literal):
        raise InvalidError("a name needs family, given or literal; write one", field, index)
    return name


def _date(tree: Tree, field: str) -> Date:
    if isinstance(tree, str) and is_impossible(tree):
        raise InvalidError(
            f"{field}: the calendar has no {tree}; write the date, or its year", field
        )
    try:
        return Date.from_csl(tree)
    except ValueError as error:
        raise InvalidError(f"{field}: {error}", field) from None


def _custom(tree: Tree) -> Mapping[str, Any]:
    """Our own fields are checked; whatever else a library keeps there is its own affair."""
    custom = dict(as_map(tree, "custom", "custom"))
    for name, field in tables.CUSTOM.items():
        if custom.get(name) is None:
            continue
        if field.many:  # a list, as it comes back from JSON
            custom[name] = [*_many(custom, name, field, "custom")]
        else:
            custom[name] = _one(custom, name, field, "custom")
    return custom


def _text(value: Tree, *path: str | int) -> str:
    if isinstance(value, str):
        return value.strip()
    way_out = "take it out" if value is None else "quote text that begins with [ or {"
    raise InvalidError(f"{_label(path)} must be text, not {_shape(value)}; {way_out}", *path)


def _refuse_unknown(fields: Mapping[str, Any], known: Fields, *path: str | int) -> None:
    for field in fields:
        if field not in known:
            raise _unknown(field, tuple(known), "", *path)


def _unknown(
    field: str, known: tuple[str, ...], way_out: str, *path: str | int
) -> InvalidError:  # fmt: skip
    near = _near(field, known)
    ways = (f"did you mean {near}?" if near else "", way_out)
    advice = " ".join(filter(None, ways)) or f"allowed are {', '.join(known)}"
    return InvalidError(f"unknown field {shown(field)}; {advice}", *path, field, at_key=True)


def _near(text: str, known: tuple[str, ...]) -> str:
    """The one that was probably meant; "" where none is near. Long text is not worth the time."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(text, known, 1)), "") if len(text) <= 60 else ""


def _label(path: Path) -> str:
    """What an error calls the value at the path: its field, or an item of it."""
    field = next(part for part in reversed(path) if isinstance(part, str))
    field = field if field.isprintable() and len(field) <= 60 else shown(field)
    return f"an item of {field}" if isinstance(path[-1], int) else field


def _shape(tree: Tree) -> str:
    match tree:
        case None:
            return "empty"
        case list():
            return "a list"
        case dict():
            return "a map"
        case _:
            return f"text ({shown(tree)})"


_TEXT = frozenset(variables.TEXT_VARIABLES)
_VARIABLES = (*csl_fields.VARIABLES, *tables.REFERENCE, "custom")
