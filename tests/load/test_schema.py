"""The JSON Schemas say what the loader says, and the files beside the data are made from them."""

from __future__ import annotations

import json
import os
import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bclm_cli.load import csl_fields, fields, schema
from bclm_cli.model import dates, records, variables
from support.awkward import PATH as AWKWARD
from support.bad_data import DATES, REFERENCES, STEPS
from support.paths import SHIPPED

DATA = SHIPPED
SCHEMAS = {"references": schema.references(), "steps": schema.steps()}
VALIDATORS = {name: Draft202012Validator(made) for name, made in SCHEMAS.items()}


def complaints(name: str, text: str | bytes) -> list[str]:
    return [error.message for error in VALIDATORS[name].iter_errors(strings(text))]


def strings(text: str | bytes) -> Any:
    """A document with every scalar as text, by a parser that is not ours; null as null."""
    return yaml.load(text, _Strings)


class _Strings(yaml.CBaseLoader):
    pass


_Strings.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(~|null)?$"), ["", "~", "n"])
_Strings.add_constructor("tag:yaml.org,2002:null", lambda loader, node: None)


def retyped(tree: Any) -> Any:
    """The tree with its numbers and booleans, as an editor's YAML parser sees unquoted ones."""
    if isinstance(tree, dict):
        return {key: retyped(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [retyped(value) for value in tree]
    if tree in ("true", "false"):
        return tree == "true"
    return int(tree) if tree and tree.isdigit() and str(int(tree)) == tree else tree


@pytest.mark.parametrize("name", SCHEMAS)
def test_it_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    for reference in _references(SCHEMAS[name]):
        assert reference.removeprefix("#/$defs/") in SCHEMAS[name]["$defs"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_file_beside_the_data_is_this_schema(name: str) -> None:
    path = DATA / f"{name}.schema.json"
    text = schema.dumps(SCHEMAS[name])
    assert json.loads(text) == SCHEMAS[name]
    if os.environ.get("BCLM_UPDATE"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_shipped_data_names_its_schema_and_keeps_to_it(name: str) -> None:
    data = (DATA / f"{name}.yaml").read_bytes()
    first, _, _ = data.decode().partition("\n")
    assert first == f"# yaml-language-server: $schema={name}.schema.json"
    assert complaints(name, data) == []


def test_the_awkward_references_keep_to_it() -> None:
    assert complaints("references", AWKWARD.read_bytes()) == []


@pytest.mark.parametrize("name", [*REFERENCES])
def test_what_the_loader_refuses_in_references(name: str) -> None:
    assert complaints("references", REFERENCES[name].text) != []


@pytest.mark.parametrize("name", [*STEPS])
def test_what_the_loader_refuses_in_steps(name: str) -> None:
    assert complaints("steps", STEPS[name].text) != []


@pytest.mark.parametrize("date", [*DATES])
def test_every_form_of_a_date(date: str) -> None:
    text = f"references: [{{id: x, issued: {date}}}]"
    assert complaints("references", text) == []
    tree = retyped(strings(text))
    assert list(VALIDATORS["references"].iter_errors(tree)) == []


OVERLAYS = {
    "references": [
        "references:\n",
        "references: []\nnocite: '[@*]'\n",
        "references: [{id: x}]\n",
        "references: [{id: 2012, type: ~, title: 1984, volume: 1.10, doi: x, author: ~}]\n",
        "references: [{id: x, author: [{family: E, comma-suffix: true}], custom: {a: [true]}}]\n",
        "references: [{id: x, custom: {incomplete-authors: true, ma2015-number: 3, kind: ~}}]\n",
    ],
    "steps": [
        "title: T\n",
        "steps:\ncontext:\nfactors:\n",
        "steps: [{id: one, claims: {NO: []}}, {id: two, claims: ~}]\n",
        "context: {NO: [{effect: marks, statement: S, reference: 2012, site: ~, cancer: ~}]}\n",
        "factors: [{name: 53, kind: gene, identifier: '', synonyms: [p53, 53]}]\n",
    ],
}


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in OVERLAYS.items() for text in texts]
)
def test_overlays_may_leave_out_and_write_plain_numbers(name: str, text: str) -> None:
    assert complaints(name, text) == []
    tree = retyped(strings(text))
    assert [error.message for error in VALIDATORS[name].iter_errors(tree)] == []


@pytest.mark.parametrize("text", ["title: true", "volume: false", "container-title: true"])
def test_text_that_a_parser_takes_for_a_boolean_is_flagged(text: str) -> None:
    tree = retyped(strings(f"references: [{{id: x, {text}}}]"))
    [error] = VALIDATORS["references"].iter_errors(tree)
    assert error.message.endswith("is not of type 'string', 'number', 'null'")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_is_explained(name: str) -> None:
    explained = [*_fields(SCHEMAS[name])]
    assert explained != []
    assert [field for field, held in explained if not held["description"].endswith(".")] == []


def test_the_tables_name_each_field_of_the_model() -> None:
    assert {*csl_fields.VARIABLES} == variables.VARIABLES
    assert tuple(fields.FACTOR) == records.Factor._fields[:-1]
    assert {*fields.CLAIM} == {*records.Claim._fields} - {
        "step", "factor", "source", "directness", "level",
    }  # fmt: skip
    assert len(fields.BINDING) == len(records.Binding._fields)
    assert {*fields.STEP} - {"claims"} == {
        field.rstrip("_") for field in records.Step._fields if field not in ("number", "source")
    }
    assert {*fields.NAME} == {*records.NAME_PARTS}
    assert {*fields.DATE} == {*dates.FIELDS}
    assert {*csl_fields.SPELLINGS.values()} <= {*csl_fields.VARIABLES}


def _fields(made: Any) -> list[tuple[str, Any]]:
    """Every field of a schema, at any depth."""
    if isinstance(made, list):
        return [found for part in made for found in _fields(part)]
    if not isinstance(made, dict):
        return []
    own = [*made["properties"].items()] if made.get("type") == "object" else []
    return own + [found for part in made.values() for found in _fields(part)]


def _references(made: Any) -> list[str]:
    if isinstance(made, list):
        return [found for part in made for found in _references(part)]
    if not isinstance(made, dict):
        return []
    own = [made["$ref"]] if "$ref" in made else []
    return own + [found for part in made.values() for found in _references(part)]
