"""References to YAML blocks: the shipped file byte for byte, and every scalar read back."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bclm_cli.formats.csl import yaml_blocks
from bclm_cli.load import parse, validate
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference
from bclm_cli.model.variables import CSL_TYPES
from bclm_cli.text import yaml_text
from support.awkward import awkward
from support.papers import read_references
from support.paths import SHIPPED

DATA = SHIPPED / "references.yaml"


def test_the_shipped_file_is_written_again_byte_for_byte() -> None:
    text = DATA.read_text(encoding="utf-8")
    head, _, _ = text.partition(yaml_blocks.HEAD)
    again = "\n".join(map(yaml_blocks.block, read_references(DATA)))
    assert head + yaml_blocks.HEAD + again == text


@pytest.mark.parametrize("reference", awkward(), ids=lambda reference: reference.id)
def test_an_awkward_reference_is_read_back(reference: Reference) -> None:
    assert _read(yaml_blocks.block(reference)) == reference._replace(source="")


@pytest.mark.parametrize("reference", awkward(), ids=lambda reference: reference.id)
def test_yaml_1_1_reads_every_value_as_text(reference: Reference) -> None:
    """Pandoc and Quarto have no string-only loader, so `NO` and 1.10 must be quoted."""
    item = yaml.safe_load(yaml_blocks.HEAD + yaml_blocks.block(reference))["references"][0]
    assert {variable: item[variable] for variable in reference.text} == reference.text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Cancer", "Cancer"),
        ("10.1000/182", "10.1000/182"),
        ("NO", '"NO"'),
        ("1.10", '"1.10"'),
        ("12:30", '"12:30"'),
        ("1e3", '"1e3"'),
        ("", '""'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("a#b", "a#b"),
        ("a b\u00a0", '"a b\u00a0"'),
        ("ends with:", '"ends with:"'),
        ('the "b" c', 'the "b" c'),
        ('the: "b"', "'the: \"b\"'"),
        ("\\beta of 'x'", "'\\beta of ''x'''"),
        ("<i>in vivo</i>", "<i>in vivo</i>"),
        ("- dash", '"- dash"'),
        ("tab\there", '"tab\\there"'),
        ("\x1b[31m", '"\\x1b[31m"'),
        ("line\u2028end", '"line\\u2028end"'),
        ("β-catenin", "β-catenin"),
    ],
)
def test_scalar(text: str, written: str) -> None:
    assert yaml_text.scalar(text) == written


def test_fields_stand_in_our_order_and_custom_last() -> None:
    reference = Reference(
        "example2020",
        "article-journal",
        {"DOI": "10.1000/x", "page": "1-2", "title": "T", "container-title": "J", "note": "N"},
        {"editor": (Name(literal="Body"),), "author": (Name("Rijn", "A", "", "van", "Jr"),)},
        {"issued": Date((2020, 3)), "accessed": Date((2021,), season="1", circa=True)},
        {"kind": "review", "lab": {"tags": ["a", {"b": "c", "d": []}], "empty": None}},
    )
    assert yaml_blocks.block(reference) == (
        "  - id: example2020\n"
        "    type: article-journal\n"
        "    title: T\n"
        "    author:\n"
        "      - {family: Rijn, given: A, non-dropping-particle: van, suffix: Jr}\n"
        "    editor:\n"
        "      - {literal: Body}\n"
        "    container-title: J\n"
        '    issued: "2020-03"\n'
        '    page: "1-2"\n'
        "    DOI: 10.1000/x\n"
        "    accessed:\n"
        "      date-parts: [[2021]]\n"
        '      season: "1"\n'
        '      circa: "true"\n'
        '    note: "N"\n'
        "    custom:\n"
        "      kind: review\n"
        "      lab:\n"
        "        tags:\n"
        "          - a\n"
        "          - b: c\n"
        "            d: []\n"
        "        empty:\n"
    )


@settings(max_examples=60)
@given(st.text(max_size=60), st.booleans())
def test_any_text_comes_back(text: str, flow: bool) -> None:
    written = yaml_text.scalar(text, flow=flow)
    if any("\ud800" <= character <= "\udfff" for character in text):
        return  # no YAML can hold half a character
    item = f"{{a: {written}}}" if flow else f"a: {written}"
    (found, _) = parse.items(f"references:\n  - {item}\n".encode(), "-")
    assert found.value == {"a": text}


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_TREE = st.recursive(
    _TEXT,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(_TEXT.filter(bool), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=60)
@given(
    st.sampled_from(CSL_TYPES),
    st.dictionaries(
        st.sampled_from(("title", "volume", "DOI", "abstract")), _TEXT.map(str.strip).filter(bool)
    ),
    _TREE,
)
def test_any_reference_comes_back(kind: str, text: dict[str, str], custom: Any) -> None:
    reference = Reference("example2012", kind, text, {}, {}, {"lab": custom})
    assert _read(yaml_blocks.block(reference)) == reference


def _read(block: str) -> Reference:
    items = list(parse.items((yaml_blocks.HEAD + block).encode(), "-"))
    return validate.reference(items[0].value)
