"""data/README.md: its tables are made from the loader's, its examples load, no field is missing."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bclm_cli import load
from bclm_cli.load import csl_fields, fields
from bclm_cli.load.fields import Field
from bclm_cli.model import records, variables
from bclm_cli.model.records import Claim, Factor, Reference
from support.papers import read_references
from support.paths import SHIPPED

DATA = SHIPPED
README = DATA / "README.md"
BLOCK = re.compile(r"(?<=<!-- fields: )(\w+)( -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)


def test_the_tables_are_those_of_the_loader() -> None:
    text = README.read_text(encoding="utf-8")
    made = BLOCK.sub(lambda found: f"{found[1]}{found[2]}\n{_table(found[1])}\n", text)
    if os.environ.get("BCLM_UPDATE"):
        README.write_text(made, encoding="utf-8")
    assert README.read_text(encoding="utf-8") == made


def test_every_field_is_named() -> None:
    text = README.read_text(encoding="utf-8")
    tables = (
        *(fields.REFERENCES_FILE, fields.REFERENCE, csl_fields.VARIABLES, fields.NAME, fields.DATE),
        *(fields.CUSTOM, fields.STEPS_FILE, fields.STEP, fields.CLAIM, fields.FACTOR),
        fields.BINDING,
    )
    named = {*re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)}
    assert {name for table in tables for name in table} - named == set()


def _examples() -> list[tuple[str, str]]:
    text = README.read_text(encoding="utf-8")
    return re.findall(r"^```yaml\n# (\w+\.yaml)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_both_files_have_an_example() -> None:
    assert [file for file, _ in _examples()] == ["steps.yaml", "references.yaml"]


@pytest.mark.parametrize(("file", "text"), _examples())
def test_the_examples_are_records_of_ours(tmp_path: Path, file: str, text: str) -> None:
    path = tmp_path / file
    path.write_text(text, encoding="utf-8")
    shown = [_dated(got.record) for got in load.read(path)]
    shipped = [_dated(got.record) for got in load.read(DATA / file)]
    assert [record for record in shown if record not in shipped] == []
    assert {type(record) for record in shown} >= {
        "references.yaml": {Reference},
        "steps.yaml": {Claim, Factor, records.Step, load.Model},
    }[file]


def _dated(record: object) -> object:
    """The day of the last change is another one soon."""
    return (
        record._replace(version="", searched_until="") if isinstance(record, load.Model) else record
    )


def _table(name: str) -> str:
    """The rows of one table of fields, in Markdown."""
    if name == "SHIPPED":
        return _rows(("Field", "Meaning", "Type", "Example"), _shipped())
    if name == "OTHERS":
        seen = {row[0] for row in _shipped()}
        rows = [(f"`{name}`", help, _kind(name)) for name, help in csl_fields.VARIABLES.items()]
        return _rows(("Field", "Meaning", "Type"), [row for row in rows if row[0] not in seen])
    table: Mapping[str, Field] = getattr(fields, name)
    return _rows(
        ("Field", "Meaning", "What may stand there", "Example"),
        [
            (f"`{n}`", field.help, _allowed(n, field), f"`{field.example}`")
            for n, field in table.items()
        ],
    )


def _shipped() -> list[tuple[str, ...]]:
    """The variables that the shipped papers use, each with the first paper's value."""
    references = read_references(DATA / "references.yaml")
    found: dict[str, str] = {}
    for reference in references:
        for variable, text in reference.text.items():
            found.setdefault(variable, text)
        for variable, names in reference.names.items():
            parts = ", ".join(f"{part}: {text}" for part, text in names[0].to_csl().items())
            found.setdefault(variable, f"- {{{parts}}}")
        for variable, date in reference.dates.items():
            found.setdefault(variable, f'"{date}"')
    return [
        (f"`{variable}`", help, _kind(variable), f"`{found[variable]}`")
        for variable, help in csl_fields.VARIABLES.items()
        if variable in found
    ]


def _kind(variable: str) -> str:
    if variable in variables.NAME_VARIABLES:
        return "list of names"
    return "date" if variable in variables.DATE_VARIABLES else "text"


def _allowed(name: str, field: Field) -> str:
    values = ", ".join(f"`{value}`" for value in field.allowed or field.usual)
    if len(field.allowed) > 12:
        values = "a CSL type"
    elif field.usual:
        values += ", or others in your own data"
    elif field.boolean:
        values = "`true` or `false`"
    said = values or field.form or ("map" if name in ("context", "claims") else "text")
    if field.many:
        said = "list" if said == "text" else f"list: {said}"
    said += f"; left out: `{field.default}`" if field.default else ""
    return said + ("; **needed**" if field.required else "")


def _rows(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
