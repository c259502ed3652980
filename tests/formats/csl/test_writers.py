"""CSL-JSON is valid by the standard's own schema, and CSL-YAML is what pandoc prints as meant."""

from __future__ import annotations

import json
from unicodedata import normalize

import jsonschema
import yaml

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Options
from bclm_cli.model.variables import CSL_TYPES
from formats.test_drops import everything
from support import pandoc
from support.awkward import awkward
from support.csl_schema import SCHEMA, TYPES
from support.papers import read_references
from support.paths import SHIPPED
from support.tools import needs

SHIPPED_REFERENCES = SHIPPED / "references.yaml"


def dump(name: str, *references: object) -> str:
    return "".join(registry.writer(name).dump(references, Options()))  # type: ignore[arg-type]


def test_csl_json_is_valid_and_keeps_everything() -> None:
    references = [*awkward(), *read_references(SHIPPED_REFERENCES)]
    items = json.loads(dump("csljson", *references))
    jsonschema.validate(items, SCHEMA)
    assert items == [reference.to_csl() for reference in references]


def test_variables_that_the_schema_lacks_go_where_it_lets_them() -> None:
    (item,) = json.loads(dump("csljson", everything("book")))
    jsonschema.validate([item], SCHEMA)
    assert item["custom"] == {
        "mine": "qqcustom7zz",
        "editor-translator": [{"family": "qqeditortranslator7zz", "given": "G."}],
        "license": "qqlicense7zz",
        "part-number": "qqpartnumber7zz",
        "printing-number": "qqprintingnumber7zz",
        "supplement-number": "qqsupplementnumber7zz",
    }
    assert sorted(CSL_TYPES) == sorted(TYPES.split())


def test_every_scalar_of_the_yaml_formats_is_a_string() -> None:
    for name in ("cslyaml", "hayagriva"):
        found = yaml.safe_load(dump(name, *awkward()))
        assert {type(scalar).__name__ for scalar in scalars(found)} - {"int", "bool"} == {"str"}
        numbers = [scalar for scalar in scalars(found) if not isinstance(scalar, str)]
        # the parts of dates in object form, and "as it is"
        assert set(numbers) <= {2012, 12, 2013, 1}


def scalars(value: object) -> list[object]:
    if isinstance(value, dict):
        return [scalar for part in value.values() for scalar in scalars(part)]
    if isinstance(value, list):
        return [scalar for part in value for scalar in scalars(part)]
    return [value]


# What pandoc 3.9 reads otherwise from JSON: no dates in words, no seasons, “ ” as its own; and in
# Markdown it ties "Inc." to the next word.
OTHERWISE = {"inpress", "season2013", "markup2015", "madeup2019"}


@needs("python:pypandoc")
def test_pandoc_prints_csl_yaml_as_it_prints_csl_json() -> None:
    """All references in one list, set by pandoc's citeproc from either file."""
    references = [reference for reference in awkward() if reference.id not in OTHERWISE]
    references += read_references(SHIPPED_REFERENCES)
    from_json = pandoc.run(dump("csljson", *references), "-f", "csljson", "-t", "html", "-C")
    front = f"---\n{dump('cslyaml', *references)}nocite: '@*'\n---\n"
    # JSON keeps accents as they are stored, Markdown gets letters
    assert pandoc.run(front, "-f", "markdown", "-t", "html", "-C") == normalize("NFC", from_json)


def test_an_empty_selection_is_still_a_file() -> None:
    assert {name: dump(name) for name in registry.writer_names()} == {
        "biblatex": "",
        "bibtex": "",
        "csljson": "[]\n",
        "cslyaml": "references: []\n",
        "csv": "\ufeff" + ",".join(registry.writer("csv").COLUMNS) + "\n",  # type: ignore[attr-defined]
        "hayagriva": "{}\n",
        "nbib": "",
        "ris": "",
    }
