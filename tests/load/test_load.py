"""Data files become records; what breaks the schema is named with place, fault and way out."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest

from bclm_cli import load, paths
from bclm_cli.errors import BAD_DATA, DataError
from bclm_cli.load import Loaded, Model, parse
from bclm_cli.model import variables
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Binding, Claim, Factor, Name, Reference, Step
from support.bad_data import DATES, REFERENCES, STEPS, Bad
from support.papers import read_references
from support.tools import needs


def records(folder: Path, name: str, text: str | bytes) -> list[Loaded]:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(load.read(path, "lab"))


def one(folder: Path, fields: str) -> Reference:
    """The reference that has these fields beside its key."""
    text = f"references:\n- id: x\n  {fields}\n"
    [got] = records(folder, "references.yaml", text)
    assert isinstance(got.record, Reference)
    return got.record


def refusal(folder: Path, name: str, text: str | bytes) -> str:
    with pytest.raises(DataError) as caught:
        records(folder, name, text)
    assert caught.value.exit_code == BAD_DATA
    return str(caught.value).removeprefix(f"{folder}/")


def test_a_reference_with_everything(tmp_path: Path) -> None:
    text = """\
references:
- id: example2020
  type: chapter
  title: The <i>NO</i> pathway
  author:
  - {family: Rijn, given: Ann, non-dropping-particle: van de, suffix: Jr., comma-suffix: true}
  - {family: Example, given: Bob, dropping-particle: de, static-ordering: true, parse-names: true}
  - literal: Example Group
  editor: []
  container-title: NO
  container-title-short:
  volume: 1.10
  issue: 007
  page: 12:30
  issued: 2021-04-15
  accessed: {date-parts: [[2021, 5]]}
  abstract: |
    Two lines
    of text
  note: ""
  custom:
    kind: research
    ma2015-number: 3
    incomplete-authors: true
    aliases: [example2020a, NO]
    mine: {deep: [1.10, NO]}
"""
    reference = Reference(
        "example2020",
        "chapter",
        {
            "title": "The <i>NO</i> pathway",
            "container-title": "NO",
            "volume": "1.10",
            "issue": "007",
            "page": "12:30",
            "abstract": "Two lines\nof text",
        },
        {
            "author": (
                Name("Rijn", "Ann", "", "van de", "Jr.", comma_suffix="true"),
                Name("Example", "Bob", "de", static_ordering="true", parse_names="true"),
                Name(literal="Example Group"),
            )
        },
        {"issued": Date((2021, 4, 15)), "accessed": Date((2021, 5))},
        {
            "kind": "research",
            "ma2015-number": "3",
            "incomplete-authors": "true",
            "aliases": ["example2020a", "NO"],
            "mine": {"deep": ["1.10", "NO"]},
        },
        "lab",
    )
    assert records(tmp_path, "references.yaml", text) == [Loaded(reference, 2, 3)]
    assert reference.aliases == ("example2020a", "NO")
    assert reference.incomplete_authors
    assert read_references(tmp_path / "references.yaml") == [
        reference._replace(source="")
    ]  # fmt: skip


def test_steps_with_everything(tmp_path: Path) -> None:
    text = """\
title: A model
source: example2020
version: 2021-01-01
searched-until: 2020-12-31
steps:
- claims:
    NO:
    - effect: promotes
      statement: Nitric oxide did it.
      reference: example2020
      system: [mouse model]
      site: liver
      cancer: [breast]
      basis: title
      observed: high
      outcome: worse
      perturbation: [antibody, drug]
      agent: [anti-NO]
      model: [4T1]
      subtype: [luminal]
  id: one
  name: One
  summary: It begins.
  from: here
  to: there
  place: liver
- id: two
context:
  NO:
  - {effect: marks, statement: It is there., reference: example2020}
factors:
- {name: NO, kind: condition, identifier: CL:1, full_name: nitric oxide, synonyms: [y, 1.10]}
- name: CDH1
  kind: gene
  broader: [cadherin]
  binds: [{with: NO, reference: example2020}, {with: CDH1, reference: example2020}]
"""
    assert records(tmp_path, "steps.yaml", text) == [
        Loaded(Step(1, "one", "One", "It begins.", "here", "there", "liver", "lab"), 6, 3),
        Loaded(
            Claim(
                "one", "NO", "promotes", "Nitric oxide did it.", "example2020",
                ("mouse model",), "liver", ("breast",), "title", "high", "worse",
                ("antibody", "drug"), ("anti-NO",), ("4T1",), ("luminal",), "lab",
            ), 8, 7,
        ),
        Loaded(Step(2, "two", "", "", "", "", source="lab"), 27, 3),
        Loaded(
            Claim(
                "context", "NO", "marks", "It is there.", "example2020",
                (), "any", (), "abstract", source="lab",
            ), 30, 5,
        ),
        Loaded(
            Factor("NO", "condition", "CL:1", "nitric oxide", ("y", "1.10"), source="lab"), 32, 3,
        ),
        Loaded(
            Factor(
                "CDH1", "gene", broader=("cadherin",), source="lab",
                binds=(Binding("NO", "example2020"), Binding("CDH1", "example2020")),
            ), 33, 3,
        ),
        Loaded(Model("A model", "example2020", "2021-01-01", "2020-12-31"), 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("references.yaml", "references:\n# none yet\n", []),
        ("references.yaml", 'nocite: "[@*]"\n', []),
        ("references.json", "[]", []),
        ("steps.yaml", "steps:\nfactors:\ncontext:\n", [Loaded(Model(), 1, 1)]),
        ("steps.yaml", "title: T\n", [Loaded(Model("T"), 1, 1)]),
        (
            "steps.yaml",
            "steps: [{id: one, claims: ~}]",
            [Loaded(Step(1, "one", "", "", "", "", source="lab"), 1, 9), Loaded(Model(), 1, 1)],
        ),
    ],
)
def test_an_overlay_may_leave_nearly_all_out(
    tmp_path: Path, name: str, text: str, expected: list[Loaded]
) -> None:
    assert records(tmp_path, name, text) == expected


@pytest.mark.parametrize("variable", [*variables.TEXT_VARIABLES])
def test_every_text_variable_is_taken(tmp_path: Path, variable: str) -> None:
    assert one(tmp_path, f"{variable}: NO").text == {variable: "NO"}


@pytest.mark.parametrize("variable", [*variables.NAME_VARIABLES])
def test_every_name_variable_is_taken(tmp_path: Path, variable: str) -> None:
    assert one(tmp_path, f"{variable}: [literal: y]").names == {variable: (Name(literal="y"),)}


@pytest.mark.parametrize("variable", [*variables.DATE_VARIABLES])
def test_every_date_variable_is_taken(tmp_path: Path, variable: str) -> None:
    assert one(tmp_path, f"{variable}: 2012").dates == {variable: Date((2012,))}


@pytest.mark.parametrize("kind", [*variables.CSL_TYPES])
def test_every_type_is_taken(tmp_path: Path, kind: str) -> None:
    assert one(tmp_path, f"type: {kind}").type == kind


@pytest.mark.parametrize(
    ("spelling", "variable"),
    [
        ("doi", "DOI"),
        ("isbn", "ISBN"),
        ("issn", "ISSN"),
        ("pmid", "PMID"),
        ("pmcid", "PMCID"),
        ("url", "URL"),
        ("journalAbbreviation", "container-title-short"),
        ("shortTitle", "title-short"),
    ],
)
def test_spellings_of_other_programs(tmp_path: Path, spelling: str, variable: str) -> None:
    assert one(tmp_path, f"{spelling}: X").text == {variable: "X"}


def test_a_reference_without_a_type_is_a_document(tmp_path: Path) -> None:
    """So pandoc writes BibTeX's @misc."""
    assert one(tmp_path, "title: T") == Reference(
        "x", "document", {"title": "T"}, {}, {}, {}, "lab"
    )


BIBLATEX = r"""
@article{example2012, title={A {DNA} study}, author={van der Example, Ann and {Test Group} and
  Test, Jr., Bob}, journal={J Test}, year=2012, month=aug, volume={1.10}, number=4, pages={1--9},
  doi={10.1000/182}, pmid={123}}
@book{y, title={B}, editor={Made, Up}, date={2010-03/2010-05}, edition={2}, isbn={1}, publisher={P},
  location={L}, url={https://example.org/}, urldate={2020-01-02}}
@misc{z, title={C}, author={E, F}, date={2010-21}}
@unpublished{w, title={D}, author={E, F}, date={1999~}}
@article{v, title={E}, author={E, F}, year={in press}}
@article{u, title={F}, author={E, F}, date={2010/}}
"""


@needs("python:pypandoc")
def test_what_pandoc_writes(tmp_path: Path) -> None:
    import pypandoc

    text = pypandoc.convert_text(BIBLATEX, "markdown", format="biblatex", extra_args=["-s"])
    ef = (Name("E", "F"),)
    assert [got.record for got in records(tmp_path, "references.yaml", text.strip() + "\n")] == [
        Reference(
            "example2012",
            "article-journal",
            {
                "container-title": "J Test",
                "DOI": "10.1000/182",
                "issue": "4",
                "page": "1-9",
                "PMID": "123",
                "title": "A DNA study",
                "volume": "1.10",
            },
            {
                "author": (
                    Name("Example", "Ann", dropping_particle="van der"),
                    Name(literal="Test Group"),
                    Name("Test", "Bob", suffix="Jr."),
                )
            },
            {"issued": Date((2012, 8))},
            {},
            "lab",
        ),
        Reference(
            "y",
            "book",
            {
                "edition": "2",
                "ISBN": "1",
                "publisher": "P",
                "publisher-place": "L",
                "title": "B",
                "URL": "https://example.org/",
            },
            {"editor": (Name("Made", "Up"),)},
            {"accessed": Date((2020, 1, 2)), "issued": Date((2010, 3), (2010, 5))},
            {},
            "lab",
        ),
        *(
            Reference(key, type, {"title": title}, {"author": ef}, {"issued": date}, {}, "lab")
            for key, type, title, date in (
                ("z", "document", "C", Date((2010,), season="1")),
                ("w", "manuscript", "D", Date((1999,), circa=True)),
                ("v", "article-journal", "E", Date(literal="in press")),
                ("u", "article-journal", "F", Date((2010,))),
            )
        ),
    ]


@pytest.mark.parametrize("text", DATES)
def test_every_form_of_a_date(tmp_path: Path, text: str) -> None:
    date = DATES[text]
    assert one(tmp_path, f"issued: {text}").issued == date


BAD = {
    **{f"references.yaml: {name}": ("references.yaml", bad) for name, bad in REFERENCES.items()},
    **{f"steps.yaml: {name}": ("steps.yaml", bad) for name, bad in STEPS.items()},
}


def test_a_factor_is_not_its_own_family(tmp_path: Path) -> None:
    text = "factors:\n- {name: NO, kind: drug, broader: [gas, NO]}\n"
    reported = "steps.yaml:2:41: 'NO' cannot be broader than itself; take it out"
    assert refusal(tmp_path, "steps.yaml", text) == reported


@pytest.mark.parametrize("name", BAD)
def test_what_breaks_the_schema(tmp_path: Path, name: str) -> None:
    file, bad = BAD[name]
    assert refusal(tmp_path, file, bad.text) == f"{file}:{bad.message}"


JSON = {
    "not a list": Bad(
        '{"items": []}', "1:1: CSL-JSON is a list of items; begin with [ and end with ]"
    ),
    "empty": Bad("", "1:1: the file is empty; begin with [ and end with ]"),
    "blank": Bad("\n\n", "3:1: the file is empty; begin with [ and end with ]"),
    "truncated": Bad(
        '[\n {"id": "x"},\n {"id": "y", "ti',
        "3:14: not valid JSON: Unterminated string starting at; look at the commas and quotes"
        " before it",
    ),
    "no end": Bad(
        '[{"id": "x"}',
        "1:13: not valid JSON: Expecting ',' or ']'; look at the commas and quotes before it",
    ),
    "comma at the end": Bad(
        '[{"id": "x"},]',
        "1:14: not valid JSON: Expecting value; look at the commas and quotes before it",
    ),
    "more behind it": Bad(
        '[{"id": "x"}] []',
        "1:15: not valid JSON: Extra data; look at the commas and quotes before it",
    ),
    "field twice": Bad(
        '[{"id": "x"},\n {"id": "y", "title": "a", "title": "b"}]',
        "2:2: 'title' stands twice in one map; keep one of the two",
    ),
    "NaN": Bad('[{"id": "x", "volume": NaN}]', "1:2: NaN is not JSON; put it in quotes"),
    "half a character": Bad(
        '[{"id": "x", "title": "\\ud83d"}]', "1:2: half a character (a lone surrogate); remove it"
    ),
    "half a character in a field": Bad(
        '[{"\\ud83d": "x"}]', "1:2: half a character (a lone surrogate); remove it"
    ),
    "too deep": Bad(
        '[{"id": "x", "custom": ' + '{"a":' * 18 + "[]" + "}" * 18 + "}]",
        "1:2: nested deeper than 20 levels; flatten it",
    ),
    "much too deep": Bad("[" * 1_000_000, "1:2: nested deeper than 20 levels; flatten it"),
    "no key": Bad('[{"type": "book"}]', "1:2: id is missing; write `id:`"),
    "item is no map": Bad(
        '[{"id": "x"},\n ["y"]]', "2:2: a reference must be a map, not a list; write `field: value`"
    ),
    "unknown field": Bad(
        '[{"id": "x"},\n {"id": "y",\n  "titel": "T"}]',
        "3:3: unknown field 'titel'; did you mean title? if it is no CSL variable, move it under"
        " custom",
    ),
    "unknown field in the item's first line": Bad(
        '[ {"id": "y", "titel": "T"}]',
        "1:15: unknown field 'titel'; did you mean title? if it is no CSL variable, move it under"
        " custom",
    ),
    "unknown field beside what YAML cannot read": Bad(
        '[{"id": "x"},\n {"title": "\\ud83d\\ude00", "titel": "T", "id": "y"}]',
        "2:2: unknown field 'titel'; did you mean title? if it is no CSL variable, move it under"
        " custom",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", JSON)
def test_csl_json_that_breaks_the_schema(tmp_path: Path, name: str) -> None:
    bad = JSON[name]
    assert refusal(tmp_path, "references.json", bad.text) == f"references.json:{bad.message}"


def test_csl_json_bytes_that_are_no_text(tmp_path: Path) -> None:
    text = '[{"id": "x",\n  "title": "Müller"}]'.encode("latin-1")
    message = "references.json:2:14: not UTF-8 text; save the file as UTF-8"
    assert refusal(tmp_path, "references.json", text) == message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csl_json_is_read_like_yaml(tmp_path: Path, encoding: str) -> None:
    text = """\
[
  {"id": 2012, "type": "article-journal", "volume": 1.10, "issue": 3, "page": -0.50e2,
   "issued": {"date-parts": [["2012", 8]], "circa": true}, "DOI": "", "PMID": null,
   "author": [{"family": "Müller", "given": "A.", "comma-suffix": true}],
   "title": "\\ud83d\\ude00 \\/ \\u0042",
   "custom": {"incomplete-authors": true, "mine": [false, 1.10]}},
  {"id": "y", "type": "book", "issued": {"date-parts": [[null]]}, "editor": []}
]
"""
    assert records(tmp_path, "references.json", text.encode(encoding)) == [
        Loaded(
            Reference(
                "2012",
                "article-journal",
                {"volume": "1.10", "issue": "3", "page": "-0.50e2", "title": "\U0001f600 / B"},
                {"author": (Name("Müller", "A.", comma_suffix="true"),)},
                {"issued": Date((2012, 8), circa=True)},
                {"incomplete-authors": "true", "mine": ["false", "1.10"]},
                "lab",
            ),
            2,
            3,
        ),
        Loaded(Reference("y", "book", {}, {}, {}, {}, "lab"), 7, 3),
    ]


@pytest.mark.parametrize("name", paths.DATA_FILES)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with pytest.raises(DataError, match=r"cannot read: No such file or directory$"):
        list(load.read(path))
    path.mkdir()
    with pytest.raises(DataError, match=r"cannot read: Is a directory$"):
        list(load.read(path))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "references.yaml"
    os.mkfifo(path)
    with pytest.raises(DataError) as caught:
        list(load.read(path))
    assert str(caught.value) == f"{path}: not a regular file; put a plain file there"


def test_a_file_that_vanishes_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "references.yaml"
    path.write_text("references: [{id: x}, {id: y, titel: z}]\n")
    reading = load.read(path)
    next(reading)
    path.unlink()
    with pytest.raises(DataError) as caught:
        next(reading)
    assert str(caught.value) == f"{path}: cannot read: No such file or directory"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("references.yaml", "references:\n" + "- {id: x}\n" * 5000),
        ("references.json", '[{"id": "x"}]'),
        ("references.yaml", "references:\n- id: x\n  title: \0\n"),
    ],
)
def test_the_bytes_read_are_reported(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    reported: list[int] = []
    with suppress(DataError):
        list(load.read(path, watch=reported.append))
    assert sum(reported) >= len(text)
    assert len(reported) > len(text) // 100_000


def _bare(key: str) -> Reference:
    return Reference(key, "document", {}, {}, {}, {})


REPORTED = {
    "references.yaml": (
        "references:\n- {id: x, titel: T}\n- {id: y}\n- {type: book}\n- {id: z}\nzzz: &a b\n",
        [
            "2:11: unknown field 'titel'; did you mean title? if it is no CSL variable, move it"
            " under custom",
            "4:3: id is missing; write `id:`",
        ],
        "6:6: anchors (&name) are not allowed; write the values out",
    ),
    "references.json": (
        '[{"id": "x", "titel": "T"}, {"id": "y"},\n {"type": "book"}, {"id": "z"}, {]',
        [
            "1:14: unknown field 'titel'; did you mean title? if it is no CSL variable, move it"
            " under custom",
            "2:2: id is missing; write `id:`",
        ],
        "2:34: not valid JSON: Expecting property name enclosed in double quotes; look at the"
        " commas and quotes before it",
    ),
}


@pytest.mark.parametrize("name", REPORTED)
def test_a_report_goes_on_to_what_no_parser_takes(tmp_path: Path, name: str) -> None:
    text, broken, end = REPORTED[name]
    path = tmp_path / name
    path.write_text(text)
    faults: list[DataError] = []
    found: list[Loaded] = []
    with pytest.raises(DataError) as caught:
        found.extend(load.read(path, report=faults.append))
    assert [got.record for got in found] == [_bare("y"), _bare("z")]
    assert [str(fault) for fault in faults] == [f"{path}:{message}" for message in broken]
    assert str(caught.value) == f"{path}:{end}"


def test_a_report_leaves_out_what_is_broken_only(tmp_path: Path) -> None:
    path = tmp_path / "steps.yaml"
    path.write_text(
        "steps:\n"
        "- {id: one, claims: {NO: [{effect: bad}, {effect: marks, statement: S, reference: x}]}}\n"
        "- {id: a b, claims: {NO: [{effect: marks, statement: S, reference: x}]}}\n"
        "- {id: two, claims: {NO: [{effect: marks, statement: S, reference: x}]}}\n"
        "zzz: {}\n"
    )
    faults: list[DataError] = []
    found = [got.record for got in load.read(path, report=faults.append)]
    assert [type(record).__name__ for record in found] == ["Step", "Claim", "Step", "Claim"]
    assert [(fault.line, fault.column) for fault in faults] == [(2, 36), (3, 8), (5, 1)]


def test_many_broken_records_are_located_in_one_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "references.yaml"
    path.write_text("references:\n" + "- {id: x, titel: T}\n" * 500)
    passes: list[int] = []
    locate = parse.locate
    monkeypatch.setattr(parse, "locate", lambda *args: passes.append(1) or locate(*args))
    faults: list[DataError] = []
    assert list(load.read(path, report=faults.append)) == []
    assert [fault.line for fault in faults] == list(range(2, 502))
    assert len(passes) == 1
