"""A lab's own data over the shipped data: merged by key, later wins, faults with their place."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from support.program import SMALL, Program

PAPERS = """\
references:
  - id: lab2024
    type: article-journal
    title: A paper of the lab
    author: [{family: Labmann, given: Lea}]
    issued: "2024"
"""
CLAIMS = """\
steps:
  - id: arrival
    claims:
      EXA1:
        - effect: promotes
          statement: In the lab EXA1 made mock cells stay.
          reference: lab2024
          site: liver
"""


def folder(path: Path, **files: str) -> str:
    """A data folder with these files: references=, steps= (.yaml) or json= (references.json)."""
    names = {"references": "references.yaml", "steps": "steps.yaml", "json": "references.json"}
    path.mkdir()
    for name, text in files.items():
        (path / names[name]).write_text(text, encoding="utf-8")
    return str(path)


def test_claims_are_added_to_a_step_named_by_its_id_alone(small: Program, tmp_path: Path) -> None:
    lab = folder(tmp_path / "lab", references=PAPERS, steps=CLAIMS)
    ask = ("claims", "--step", "arrival", "--factor", "EXA1", "--fields", "effect,reference,source")
    assert small(*ask, "--data", lab).out == (
        f"suppresses\texample2012a\tshipped\npromotes\tlab2024\t{lab}\n"
    )
    assert small(*ask).out == "suppresses\texample2012a\tshipped\n"
    counted = small("steps", "--fields", "name,claims", "--data", lab).out
    assert counted == "Departure\t5\nDeparture lounge\t1\nArrival\t4\n"
    card = small("factors", "EXA1", "--data", lab, columns=80, env={"NO_COLOR": "1"}).out
    assert "3 arrival  conflicting: 1 paper promotes, 1 paper suppresses" in card


def test_a_later_folder_wins(small: Program, tmp_path: Path) -> None:
    one = folder(tmp_path / "one", references=PAPERS)
    two = folder(tmp_path / "two", references=PAPERS.replace("A paper of", "The paper of"))
    ask = ("refs", "lab2024", "--fields", "title,source")
    assert small(*ask, "--data", one, "--data", two).out == f"The paper of the lab\t{two}\n"
    assert small(*ask, "--data", two, "--data", one).out == f"A paper of the lab\t{one}\n"


def test_folders_of_the_environment(small: Program, tmp_path: Path) -> None:
    one = folder(tmp_path / "one", references=PAPERS)
    other = PAPERS.replace("lab2024", "lab2025").replace("A paper", "Another paper")
    two = folder(tmp_path / "two", references=other)
    ask = ("refs", "--author", "labmann", "--fields", "key")
    assert small(*ask, env={"BCLM_DATA": f"{one}{os.pathsep}{two}"}).out == "lab2024\nlab2025\n"
    assert small(*ask, env={"BCLM_DATA": f"{os.pathsep}{two}{os.pathsep}"}).out == "lab2025\n"
    assert small(*ask, "--data", one, env={"BCLM_DATA": two}).out == "lab2024\n"
    assert small("steps", "--fields", "id", env={"BCLM_DATA": ""}).code == 0


def test_an_override_of_a_shipped_record_is_told_in_info(small: Program, tmp_path: Path) -> None:
    papers = PAPERS.replace("lab2024", "adams2001")
    step = "steps:\n  - {id: departure, summary: The lab knows better.}\n"
    factor = "factors:\n  - {name: EXA1, kind: gene, full_name: example one}\n"
    lab = folder(tmp_path / "lab", references=papers, steps=step + factor)
    about = json.loads(small("info", "-f", "json", "--data", lab).out)
    assert [layer["name"] for layer in about["layers"]] == ["shipped", lab]
    assert about["layers"][0]["overrides"] == []
    assert about["layers"][1]["overrides"] == [
        {"type": "factor", "key": "EXA1", "of": "shipped"},
        {"type": "reference", "key": "adams2001", "of": "shipped"},
        {"type": "step", "key": "departure", "of": "shipped"},
    ]
    assert "overrides the reference adams2001 of shipped" in small("info", "--data", lab).out
    assert small("refs", "adams2001", "--fields", "title", "--data", lab).out == (
        "A paper of the lab\n"
    )
    shown = small("steps", "1", "--fields", "name,summary,claims", "--data", lab).out
    assert shown == "Departure\tThe lab knows better.\t5\n"
    assert small("factors", "EX-α1", "--data", lab).code == 1
    assert small("claims", "--factor", "example one", "--data", lab).out.count("\n") == 4


def test_what_overrides_a_step_is_what_a_search_finds(small: Program, tmp_path: Path) -> None:
    step = "steps:\n  - {id: departure, name: Zorkification, summary: The lab knows better.}\n"
    lab = folder(tmp_path / "lab", steps=step)
    old = small("steps", "1", "--fields", "name,summary").out.split("\t")
    found = small("search", "zorkification", "--data", lab)
    assert found.out == "step\tdeparture\tZorkification: The lab knows better.\n"
    assert small("search", *old, "--data", lab).code == 1
    assert small("search", *old).code == 0


def test_a_key_leads_to_its_own_paper_before_that_of_an_alias(
    small: Program, tmp_path: Path
) -> None:
    renamed = "  - {id: lab2024a, type: book, custom: {aliases: [lab2024]}}\n"
    lab = folder(tmp_path / "lab", references=PAPERS + renamed, steps=CLAIMS)
    ask = ("refs", "lab2024", "lab2024a", "--fields", "key,claims")
    assert small(*ask, "--data", lab).out == "lab2024\t1\nlab2024a\t0\n"


def test_a_folder_that_overrides_everything(small: Program, tmp_path: Path) -> None:
    """Each record of the first folder gives way to its like in the second."""
    one, two = (
        folder(tmp_path / name, references="references:\n" + "".join(
            f"  - {{id: p{n}, type: book, title: {name} {n}, DOI: 10.1000/{name}{n}}}\n"
            for n in range(300)
        ))
        for name in ("one", "two")
    )  # fmt: skip
    data = ("--only-data", "--data", one, "--data", two)
    assert small("refs", *data, "--fields", "title").out.count("two ") == 300
    assert small("refs", "10.1000/one7", *data).code == 1
    assert small("refs", "10.1000/two7", *data, "--fields", "key").out == "p7\n"
    about = json.loads(small("info", "-f", "json", *data).out)
    assert len(about["layers"][1]["overrides"]) == 300


@pytest.mark.parametrize(
    ("file", "text", "what"),
    [
        ("steps", CLAIMS, "steps.yaml:5:11: no paper 'lab2024'; add it to references.yaml"),
        (
            "steps",
            CLAIMS.replace("lab2024", "adams2002"),
            "steps.yaml:5:11: no paper 'adams2002'; did you mean adams2001?",
        ),
        (
            "steps",
            CLAIMS.replace("EXA1:", "EXA9:").replace("lab2024", "adams2001"),
            "steps.yaml:5:11: no factor 'EXA9'; did you mean EXA1?",
        ),
        (
            "steps",
            "steps:\n  - id: nowhere\n    name: Nowhere\n",
            "steps.yaml:2:5: the step 'nowhere' is new and needs name, summary, from and to;"
            " to add claims to a known step use its id",
        ),
        (
            "steps",
            CLAIMS.replace("lab2024", "adams2001").replace(
                "site: liver", "perturbation: [knock out]"
            ),
            "steps.yaml:8:26: an item of perturbation cannot be 'knock out'; allowed are knockout,"
            " knockdown, overexpression, antibody, inhibitor, blockade, agonist, depletion, drug,"
            " diet-or-condition, surgery",
        ),
        (
            "steps",
            "factors:\n  - {name: LAB1, kind: gene, broader: [LAB2]}\n"
            "  - {name: LAB2, kind: gene, broader: [LAB3]}\n"
            "  - {name: LAB3, kind: gene, broader: [LAB1]}\n",
            "steps.yaml:2:5: broader leads round in a circle: LAB1 > LAB2 > LAB3 > LAB1;"
            " take one of them out",
        ),
        (
            "steps",
            "factors:\n  - {name: LAB1, kind: gene, broader: [LAB1]}\n",
            "steps.yaml:2:40: 'LAB1' cannot be broader than itself; take it out",
        ),
        (
            "steps",
            "factors:\n  - {name: LAB1, kind: gene, broader: [mock famly]}\n",
            "steps.yaml:2:5: no factor 'mock famly'; did you mean mock family?",
        ),
        (
            "steps",
            "factors:\n  - {name: LAB1, kind: gene, binds: [{with: EXA1}]}\n",
            "steps.yaml:2:38: reference is missing; write `reference:`",
        ),
        (
            "steps",
            "factors:\n  - {name: LAB1, kind: gene, binds: [{with: EXA1, reference: lab1}]}\n",
            "steps.yaml:2:5: no paper 'lab1'; add it to references.yaml",
        ),
        (
            "references",
            PAPERS + PAPERS.removeprefix("references:\n"),
            "references.yaml:7:5: 'lab2024' stands twice; it is already in references.yaml:2:5",
        ),
        (
            "references",
            PAPERS.replace("title:", "tilte:"),
            "references.yaml:4:5: unknown field 'tilte'; did you mean title?"
            " if it is no CSL variable, move it under custom",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(
    small: Program, tmp_path: Path, file: str, text: str, what: str
) -> None:
    lab = folder(tmp_path / "lab", **{file: text})
    result = small("steps", "--data", lab)
    assert (result.code, result.out) == (3, "")
    assert result.err.splitlines()[0] == f"bclm: {lab}/{what}"


def test_csl_json_beside_the_yaml(small: Program, tmp_path: Path) -> None:
    item = {"id": "json2024", "type": "book", "title": "JSON", "issued": {"date-parts": [[2024]]}}
    lab = folder(tmp_path / "lab", references=PAPERS, json=json.dumps([item]), steps=CLAIMS)
    ask = ("refs", "--year", "2024", "--fields", "key,title")
    assert small(*ask, "--data", lab).out == "json2024\tJSON\nlab2024\tA paper of the lab\n"


def test_only_data_leaves_the_shipped_data_out(small: Program, tmp_path: Path) -> None:
    lab = folder(tmp_path / "lab", references=PAPERS)
    data = ("--only-data", "--data", lab)
    assert small("refs", *data, "--fields", "key").out == "lab2024\n"
    assert small("steps", *data, "--json").out == "[]\n"
    assert small("claims", *data) == (0, "", "bclm: no claims match\n")
    assert small("refs", "adams2001", *data).code == 1
    assert small("steps", "--only-data") == (
        2,
        "",
        "bclm: --only-data needs --data PATH\nhint: name the folder or file to use instead\n",
    )


def test_the_small_data_over_itself_is_itself(small: Program) -> None:
    data = ("--only-data", "--data", str(SMALL))
    for list_ in ("steps", "factors", "claims", "refs"):
        assert small(list_, *data) == small(list_)


def test_an_overlay_may_change_what_belongs_to_what(small: Program, tmp_path: Path) -> None:
    """And a claim without any of the optional fields works as it always did."""
    factor = (
        "factors:\n  - {name: LAB1, kind: gene, broader: [mock family],"
        " binds: [{with: TSTG, reference: lab2024}]}\n"
    )
    lab = folder(
        tmp_path / "lab",
        references=PAPERS,
        steps=CLAIMS.replace("EXA1:", "LAB1:") + factor,
    )
    names = small("factors", "mock family", "--fields", "name,direct,claims", "--data", lab)
    assert names.out == "mock family\t0\t0\nTSTG\t1\t1\nEXA1\t0\t4\nLAB1\t0\t1\n"
    fields = "directness,level,observed,perturbation,model"
    old = small("claims", "--factor", "LAB1", "--fields", fields, "--json", "--data", lab)
    assert json.loads(old.out) == [
        {"directness": "indirect", "level": None, "observed": None, "perturbation": [], "model": []}
    ]


def test_an_overlay_may_say_where_a_step_happens(small: Program, tmp_path: Path) -> None:
    lab = folder(tmp_path / "lab", steps="steps:\n  - {id: departure, place: liver}\n")
    ask = ("claims", "--step", "departure", "--directness", "direct", "--fields", "factor,site")
    assert small(*ask).out == "DUMB\tprimary tumor\n"
    assert small(*ask, "--data", lab).out == "EXA1\tliver\n"
    assert small("steps", "1", "--fields", "name,place", "--data", lab).out == "Departure\tliver\n"


def test_a_long_chain_of_families_is_fine(small: Program, tmp_path: Path) -> None:
    chain = "".join(f"  - {{name: F{n}, kind: family, broader: [F{n + 1}]}}\n" for n in range(3000))
    lab = folder(tmp_path / "lab", steps=f"factors:\n{chain}  - {{name: F3000, kind: family}}\n")
    found = small("factors", "F2990", "--only-data", "--data", lab, "--fields", "name").out
    assert found.split("\n")[0] == "F2990"
    assert found.count("\n") == 2991
