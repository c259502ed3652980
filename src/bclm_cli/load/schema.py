"""JSON Schemas (2020-12) of the two data files, made from the tables that the loader checks by.

They describe a file as an editor's YAML parser sees it: where text is asked for, a number may
stand without quotes (the loader reads every scalar as text), a boolean may not, because an unquoted
`NO` or `on` that some parsers take for one is a slip. Only yes-or-no fields take booleans. An empty
field (null) is the same as none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bclm_cli.load import csl_fields, fields
from bclm_cli.load.fields import Field
from bclm_cli.model import variables

Schema = dict[str, Any]


def references() -> Schema:
    """The schema of references.yaml, the shipped one and overlays."""
    records = {"type": ["array", "null"], "items": {"$ref": "#/$defs/reference"}}
    return {
        **_head("references.yaml", "Cited papers, as CSL-YAML."),
        **_map(fields.REFERENCES_FILE, references=records, nocite={}),
        "$defs": {
            "reference": _reference(),
            "text": _TEXT,
            "names": _people(),
            "date": _date(),
            "custom": {**_map(fields.CUSTOM), "additionalProperties": True},
        },
    }


def steps() -> Schema:
    """The schema of steps.yaml, the shipped one and overlays."""
    step = _map(fields.STEP, claims={"$ref": "#/$defs/claims"})
    records = {
        field: {"type": ["array", "null"], "items": {"$ref": f"#/$defs/{field[:-1]}"}}
        for field in ("steps", "factors")
    }
    return {
        **_head("steps.yaml", "Steps, factors, and claims with the paper behind each."),
        **_map(fields.STEPS_FILE, **records, context={"$ref": "#/$defs/claims"}),
        "$defs": {
            "step": step,
            "claims": {
                "description": "Lists of claims, one list a factor.",
                "type": ["object", "null"],
                "additionalProperties": {"type": "array", "items": {"$ref": "#/$defs/claim"}},
            },
            "claim": _map(fields.CLAIM),
            "factor": _map(fields.FACTOR, binds={"$ref": "#/$defs/bindings"}),
            "bindings": {"type": ["array", "null"], "items": _map(fields.BINDING)},
            "text": _TEXT,
        },
    }


def dumps(schema: Schema) -> str:
    """The schema as the text of a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _head(file: str, what: str) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"bclm {file}",
        "description": what,
    }


def _reference() -> Schema:
    properties: Schema = {}
    for variable, help in csl_fields.VARIABLES.items():
        properties[variable] = {"description": help, "$ref": f"#/$defs/{_kind(variable)}"}
    for spelling, variable in csl_fields.SPELLINGS.items():
        properties[spelling] = {**properties[variable], "deprecated": True}
        properties[spelling]["description"] = f"Another spelling of {variable}."
    what = "What CSL has no name for: fields of ours, and whatever else a library keeps."
    properties["custom"] = {"description": what, "$ref": "#/$defs/custom"}
    known = _map(fields.REFERENCE)
    known["properties"] |= properties
    both = [[spelling, variable] for spelling, variable in csl_fields.SPELLINGS.items()]
    return {**known, "not": {"anyOf": [{"required": pair} for pair in both]}}


def _kind(variable: str) -> str:
    if variable in variables.NAMES:
        return "names"
    return "date" if variable in variables.DATES else "text"


def _people() -> Schema:
    name = _map(fields.NAME)
    name["anyOf"] = [
        {"required": [part], "properties": {part: _FILLED}}
        for part in ("family", "given", "literal")
    ]
    return {"type": ["array", "null"], "items": name}


_NO_DAY = (  # as far as a pattern can say it; the loader knows leap years too
    "^ *[0-9]{4}-(1[3-9]|20|2[5-9]|[3-9][0-9]"
    "|[0-9]{1,2}-(3[2-9]|[4-9][0-9])|0?2-3[01]|(0?[469]|11)-31) *$"
)


def _date() -> Schema:
    year = {"type": ["string", "integer", "null"], "pattern": "^(-?[0-9]{1,4})?$"}
    month = _numbered("^(0?[0-9]|1[0-2]|2[1-4])?$", *range(13), *range(21, 25))
    day = _numbered("^([0-2]?[0-9]|3[01])?$", *range(32))
    point = {"type": "array", "prefixItems": [year, month, day], "items": False,
             "minItems": 1}  # fmt: skip
    parts = {"type": ["array", "null"], "items": point, "maxItems": 2}
    dated = _map(fields.DATE, **{"date-parts": parts}, year=year, month=month, day=day)
    text = {"type": ["string", "integer"], "not": {"type": "string", "pattern": _NO_DAY}}
    listed = {"type": "array", "items": {"anyOf": [text, dated]}, "minItems": 1, "maxItems": 2}
    return {
        "anyOf": [text, dated, listed, {"type": "null"}],
        "examples": ["2012", "2012-08", "2012-08-15", "2012/2013"],
    }


def _numbered(pattern: str, *numbers: int) -> Schema:
    """A number that may be quoted: text that fits, one of the numbers, or nothing."""
    return {"anyOf": [{"type": "string", "pattern": pattern}, {"enum": [*numbers, None]}]}


def _map(table: Mapping[str, Field], **special: Schema) -> Schema:
    """The fields of a table and no others; `special` says what holds more than text."""
    return {
        "type": "object",
        "properties": {
            name: {"description": field.help, **special.get(name, _value(field))}
            for name, field in table.items()
        },
        "required": [name for name, field in table.items() if field.required],
        "additionalProperties": False,
    }


def _value(field: Field) -> Schema:
    if field.many:
        return {"type": ["array", "null"], "items": _one(field, required=True)}
    value = _one(field, required=field.required)
    return {**value, "default": field.default} if field.default else value


def _one(field: Field, *, required: bool) -> Schema:
    if field.allowed:
        choices = [*field.allowed, *([True, False] if field.boolean else [])]
        return {"enum": choices if required else [*choices, "", None]}
    if field.boolean:
        return {"type": ["boolean", *_TEXT["type"]]}
    hints = {"examples": [*field.usual]} if field.usual else {}
    if field.pattern:
        pattern = f"^(?:{field.pattern}){'' if required else '?'}$"
        return {**(_FILLED if required else _TEXT), "pattern": pattern, **hints}
    return {**(_FILLED if required else {"$ref": "#/$defs/text"}), **hints}


_TEXT: Schema = {"type": ["string", "number", "null"]}
_FILLED: Schema = {"type": ["string", "number"], "pattern": r"\S"}
