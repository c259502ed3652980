"""Data folders as `bclm check` reads them: places, what all records show, and putting right."""

from __future__ import annotations

from pathlib import Path

import pytest

from bclm_cli import store
from bclm_cli.checks import data, rules
from bclm_cli.checks import manuscript as of_manuscripts
from bclm_cli.checks.data import Report
from bclm_cli.checks.findings import NOTE
from bclm_cli.checks.fixes import difference, edit
from support.program import Program

REFERENCES = """\
references:
  - id: alpha2001
    type: article-journal
    title: First made-up paper
    author: [{family: Example, given: Ann}]
    container-title: Examples
    issued: "2001"
    DOI: 10.1000/one
  - id: beta2002
    type: article-journal
    title: Second made-up paper
    author: [{family: Example, given: Bob}]
    container-title: Examples
    issued: "2002"
"""
STEPS = """\
title: A made-up model
steps:
  - id: first
    name: First
    summary: It begins.
    from: here
    to: there
    claims:
      alpha factor:
        - effect: promotes
          statement: Examples begin.
          reference: alpha2001
          system: [in vitro]
context:
  alpha factor:
    - effect: marks
      statement: Examples are known.
      reference: beta2002
      system: [in vitro]
factors:
  - name: alpha factor
    kind: process
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def folder(name: str, references: str = "", steps: str = "") -> Path:
    path = Path(name)
    path.mkdir()
    for file, text in (("references.yaml", references), ("steps.yaml", steps)):
        if text:
            (path / file).write_bytes(text.encode())
    return path


def check(*folders: Path) -> Report:
    """What is said of the last folder, laid over the others."""
    layers = store.layers(folders, shipped=False)
    return data.check(layers, data.files(folders[-1]))


def said(*folders: Path, notes: bool = False) -> list[str]:
    found = check(*folders).findings
    return [str(one) for one in found if notes or one.level != NOTE]


def test_good_data_is_clean() -> None:
    assert said(folder("lab", REFERENCES, STEPS)) == []


def test_findings_have_the_place_of_their_value() -> None:
    broken = REFERENCES.replace("First made-up paper", "First  paper").replace(
        "given: Ann", 'given: "{Ann}"'
    )
    steps = STEPS.replace("here\n", '"here"\n').replace("It begins.", "It  begins.")
    assert said(folder("lab", broken, steps)) == [
        "lab/references.yaml:4:12: alpha2001.title: spaces at an end, or several together; keep one"
        " [warning: spaces]",
        "lab/references.yaml:5:14: alpha2001.author: '{' is LaTeX; write the letters themselves,"
        " and <i> <sup> <sub> for marks [warning: markup]",
        "lab/steps.yaml:5:14: first.summary: spaces at an end, or several together; keep one"
        " [warning: step-words]",
    ]


def test_notes_stand_at_the_record() -> None:
    assert said(folder("lab", REFERENCES, STEPS), notes=True) == [
        "lab/references.yaml:2:5: alpha2001: has no volume or page [note: incomplete]",
        "lab/references.yaml:9:5: beta2002: has no volume, page or DOI [note: incomplete]",
    ]


def test_what_the_loader_refuses_is_told_for_every_record() -> None:
    broken = REFERENCES.replace("title: First", "titel: First").replace("issued: ", "Issued: ")
    assert said(folder("lab", broken, STEPS)) == [
        "lab/references.yaml:4:5: unknown field 'titel'; did you mean title? if it is no CSL"
        " variable, move it under custom [error: schema]",
        "lab/references.yaml:14:5: unknown field 'Issued'; did you mean issued? if it is no CSL"
        " variable, move it under custom [error: schema]",
        "lab/steps.yaml:12:22: first/alpha factor.reference: no paper 'alpha2001'; add it to"
        " references.yaml [error: unknown-paper]",
        "lab/steps.yaml:18:18: context/alpha factor.reference: no paper 'beta2002'; add it to"
        " references.yaml [error: unknown-paper]",
    ]


def test_what_breaks_off_is_told_after_what_was_read() -> None:
    broken = REFERENCES.replace("made-up", " ", 1).replace("[{family: Example, given: Bob}]", "[")
    first, second, *rest = said(folder("lab", broken, STEPS))
    assert first.startswith("lab/references.yaml:4:12: alpha2001.title: spaces at an end")
    assert second.startswith("lab/references.yaml:14:11: not valid YAML: ")
    assert [line.split(": ")[-1] for line in rest] == ["unknown-paper]"]


TOGETHER = [
    (
        REFERENCES.replace("beta2002", "alpha2001"),
        STEPS.replace("beta2002", "alpha2001"),
        "lab/references.yaml:9:9: alpha2001.id: the key stands twice; see references.yaml:2"
        " [error: same-key]",
    ),
    (
        REFERENCES.replace("beta2002", "Alpha2001"),
        STEPS.replace("beta2002", "Alpha2001"),
        "lab/references.yaml:9:9: Alpha2001.id: to BibTeX this key is the same as alpha2001; see"
        " references.yaml:2 [warning: case-of-key]",
    ),
    (
        REFERENCES.replace("Second", "First") + "    DOI: 10.1000/ONE\n",
        STEPS,
        "lab/references.yaml:9:5: beta2002: this is the same paper as alpha2001; keep one, and the"
        " other key under custom.aliases (DOI 10.1000/one) [error: same-paper]",
    ),
    (
        REFERENCES + "    DOI: 10.1000/ONE\n",
        STEPS,
        "lab/references.yaml:9:5: beta2002: has the DOI 10.1000/one of alpha2001, which is another"
        " work; one of the two is wrong [error: identifier-clash]",
    ),
    (
        REFERENCES.replace("Second", "First").replace('2002"', '2001"').replace("Bob", "A."),
        STEPS,
        "lab/references.yaml:9:5: beta2002: this is the same paper as alpha2001; keep one, and the"
        " other key under custom.aliases (title, year, author and place) [error: same-paper]",
    ),
    (
        REFERENCES + "    custom: {aliases: [gamma2003, alpha2001]}\n",
        STEPS,
        "lab/references.yaml:15:35: beta2002.custom.aliases: the alias 'alpha2001' leads to"
        " alpha2001, too; keep one of the two [error: same-alias]",
    ),
    (
        REFERENCES,
        STEPS.replace("reference: beta2002", "reference: betta2002"),
        "lab/steps.yaml:18:18: context/alpha factor.reference: no paper 'betta2002'; did you mean"
        " beta2002? [error: unknown-paper]",
    ),
    (
        REFERENCES,
        STEPS.replace("context:\n  alpha factor", "context:\n  Alpha-factor"),
        "lab/steps.yaml:16:7: context/Alpha-factor: no factor 'Alpha-factor'; did you mean alpha"
        " factor? [error: unknown-factor]",
    ),
    (
        REFERENCES,
        STEPS.replace("context:\n  alpha factor", "context:\n  zeta"),
        "lab/steps.yaml:16:7: context/zeta: no factor 'zeta'; add it to factors"
        " [error: unknown-factor]",
    ),
    (
        REFERENCES,
        STEPS.replace("title:", "source: alpha2001\ntitle:").replace("beta2002", "alpha2001"),
        "lab/references.yaml:9:9: beta2002.id: no claim rests on this paper; add a claim, or take"
        " the paper out [error: unused-paper]",
    ),
    (
        REFERENCES,
        STEPS + "  - name: Alpha factors\n    kind: process\n",
        "lab/steps.yaml:23:11: Alpha factors.name: hardly differs from the factor 'alpha factor';"
        " make one a synonym of the other [warning: near-factor]",
    ),
    (
        REFERENCES,
        STEPS.replace("kind: process", "kind: process\n    identifier: GO:0001525")
        + "  - name: beta\n    kind: process\n    identifier: GO:0001525\n",
        "lab/steps.yaml:26:17: beta.identifier: GO:0001525 is the identifier of alpha factor, too"
        " [warning: same-identifier]",
    ),
    (
        REFERENCES,
        STEPS.replace("are known", "begin"),
        "lab/steps.yaml:17:18: context/alpha factor.statement: another claim says just the same;"
        " see steps.yaml:10 [warning: same-statement]",
    ),
    (
        REFERENCES,
        STEPS.replace("[in vitro]", "[in-vitro]", 1),
        "lab/steps.yaml:13:20: first/alpha factor.system: 'in-vitro' is nearly another value; did"
        " you mean 'in vitro'? [warning: near-value]",
    ),
    (
        REFERENCES,
        STEPS.replace("system: [in vitro]", "system: [in vitro]\n          site: livers", 1),
        "lab/steps.yaml:14:17: first/alpha factor.site: 'livers' is nearly another value; did you"
        " mean 'liver'? [warning: near-value]",
    ),
    (
        REFERENCES,
        STEPS.replace(
            "context:", "  - {id: b, name: B, summary: C., from: there, to: nowhere}\ncontext:"
        ),
        "lab/steps.yaml:14:5: b: a step without claims [warning: empty-step]",
    ),
]


@pytest.mark.parametrize(("references", "steps", "finding"), TOGETHER)
def test_what_only_all_records_show(references: str, steps: str, finding: str) -> None:
    assert said(folder("lab", references, steps)) == [finding]


def test_unused_factors_are_noted() -> None:
    steps = STEPS + "  - name: beta\n    kind: process\n"
    assert said(folder("lab", REFERENCES, steps), notes=True)[-1] == (
        "lab/steps.yaml:23:11: beta.name: no claim is about this factor [note: unused-factor]"
    )


def test_an_overlay_is_checked_against_what_is_below() -> None:
    below = folder("below", REFERENCES, STEPS)
    twin = REFERENCES.replace("alpha2001", "alfa2001").split("  - id: beta")[0]
    claims = "steps:\n  - id: first\n    claims:\n      alpha factor:\n"
    claims += STEPS.split("alpha factor:\n")[1].split("context")[0].replace("begin", "go on")
    over = folder("over", twin, claims)
    assert said(below, over) == []  # the overlay's key leads to the paper from now on
    (over / "references.yaml").write_text(twin.replace("alfa", "alpha").replace("First", "Best"))
    assert said(below, over) == []


def test_a_key_that_replaces_one_of_another_folder_may_differ_in_capitals() -> None:
    below = folder("below", REFERENCES, STEPS)
    alpha = REFERENCES.split("  - id: beta2002")[0]
    own = alpha.replace("alpha2001", "Alpha2001")
    assert said(below, folder("over", own)) == []
    other = alpha.replace("alpha2001", "Beta2002")
    assert said(below, folder("other", other)) == [
        "other/references.yaml:2:9: Beta2002.id: to BibTeX this key is the same as beta2002; see"
        " below/references.yaml:9 [warning: case-of-key]"
    ]


def test_what_the_store_refuses_is_an_error_here_as_well() -> None:
    steps = STEPS.replace("    summary: It begins.\n", "")
    assert said(folder("lab", REFERENCES, steps)) == [
        "lab/steps.yaml:3:5: the step 'first' is new and needs name, summary, from and to; to add"
        " claims to a known step use its id [error: schema]"
    ]


def test_a_preprint_and_its_article_are_related() -> None:
    article = "  - {{id: {}, type: {}, title: A title, author: [{{family: Roe, given: R.}}]}}\n"
    text = article.format("one", "article") + article.format("two", "article-journal")
    found = said(folder("lab", f"references:\n{text}"), notes=True)
    assert [line for line in found if line.endswith("preprint]")] == [
        "lab/references.yaml:3:5: two: seems to be the article of the preprint one [note: preprint]"
    ]


def test_json_has_places_as_well() -> None:
    path = folder("lab")
    (path / "references.json").write_text(
        '[\n {"id": "a", "type": "book",\n  "title": "B  C", "publisher": "P", "issued": 2001}\n]'
    )
    assert said(path) == [
        "lab/references.json:2:2: a: has no author, which a reference to it needs"
        " [warning: needed]",
        "lab/references.json:3:12: a.title: spaces at an end, or several together; keep one"
        " [warning: spaces]",
    ]


FAULTY = """\
# kept as it is: ü
references:
  - {id: a, type: book, DOI: 'https://doi.org/10.1000/a', title: "x", page: 1–2}   # and this
  - id: b
    type: book
    DOI:   "doi:10.1000/b"
    PMCID: 123
    page: >-
      5–6
    title: y
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_values_are_put_right_and_nothing_else(newline: str) -> None:
    path = folder("lab", FAULTY.replace("\n", newline))
    (file, fixes), *rest = check(path).fixes.items()
    assert rest == []
    done = edit(file, fixes)
    assert done is not None
    right = FAULTY
    for old, new in (
        ("'https://doi.org/10.1000/a'", "'10.1000/a'"),
        ("1–2", "1-2"),
        ("doi:10", "10"),
        ("PMCID: 123", "PMCID: PMC123"),
    ):
        right = right.replace(old, new)
    assert done.after == right.replace("\n", newline)
    assert done.fixed == 4  # a value over several lines is left to a person
    assert "".join(difference(done)) == (
        "--- lab/references.yaml\n"
        "+++ lab/references.yaml\n"
        "@@ -1,10 +1,10 @@\n"
        " # kept as it is: ü\n"
        " references:\n"
        "-  - {id: a, type: book, DOI: 'https://doi.org/10.1000/a', title: \"x\", page: 1–2}"
        "   # and this\n"
        "+  - {id: a, type: book, DOI: '10.1000/a', title: \"x\", page: 1-2}   # and this\n"
        "   - id: b\n"
        "     type: book\n"
        '-    DOI:   "doi:10.1000/b"\n'
        "-    PMCID: 123\n"
        '+    DOI:   "10.1000/b"\n'
        "+    PMCID: PMC123\n"
        "     page: >-\n"
        "       5–6\n"
        "     title: y\n"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("doi:10.1000/a", "10.1000/a"),
        ("https://doi.org/10.1000/a%2Cb", '"10.1000/a,b"'),
        ("'doi:10.1000/{a}'", "'10.1000/{a}'"),
        ("https://doi.org/10.1000/a%27b", None),
        ("'https://doi.org/10.1000/a%27b'", None),
        ("'doi:10.1000/it''s'", None),
    ],
)
def test_a_new_value_keeps_its_quotes(old: str, new: str | None) -> None:
    text = "references:\n  - {id: a, type: book, DOI: %s, page: '1'}\n"
    path = folder("lab", text % old)
    (file, fixes), *_ = check(path).fixes.items()
    done = edit(file, fixes)
    assert (done and done.after) == (text % new if new else None)


def test_every_rule_of_data_is_heard_in_these_tests() -> None:
    here = Path(__file__).read_text()
    others = (Path(__file__).with_name(f"test_{name}.py") for name in ("rules", "online"))
    table = here + "".join(path.read_text() for path in others)
    elsewhere = ("manuscript", "bibliographies")  # tests/commands/test_check_bibliography.py
    missing = [one.name for one in rules() if one.about not in elsewhere and one.name not in table]
    assert missing == []
    assert of_manuscripts.RULES


def test_shipped_data_is_clean() -> None:
    layers = store.layers()
    report = data.check(layers, data.files(layers[0].path))
    assert [str(one) for one in report.findings if one.level != NOTE] == []
    assert report.fixes == {}


def test_a_file_that_nobody_may_read_is_no_finding(small: Program, tmp_path: Path) -> None:
    (tmp_path / "steps.yaml").mkdir()
    ran = small("check", str(tmp_path))
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == f"bclm: {tmp_path / 'steps.yaml'}: cannot read: Is a directory\n"


def test_what_factors_say_of_each_other() -> None:
    more = (
        "    broader: [beta, gama]\n"
        "    binds:\n"
        "      - {with: gamma, reference: alpha2001}\n"
        "      - {with: delta, reference: gone2001}\n"
        "  - name: beta\n    kind: family\n    broader: [gamma]\n"
        "  - name: gamma\n    kind: family\n    broader: [alpha factor]\n"
    )
    found = said(folder("lab", REFERENCES, STEPS + more), notes=True)
    assert [line for line in found if line.endswith(("broader]", "binds]", "binds-back]"))] == [
        "lab/steps.yaml:23:14: alpha factor.broader: broader leads round in a circle: alpha factor"
        " > beta > gamma > alpha factor; take one of them out [error: broader]",
        "lab/steps.yaml:23:21: alpha factor.broader: no factor 'gama'; did you mean gamma?"
        " [error: broader]",
        "lab/steps.yaml:25:16: alpha factor.binds.with: gamma does not name alpha factor in turn"
        " [note: binds-back]",
        "lab/steps.yaml:26:16: alpha factor.binds.with: no factor 'delta'; did you mean beta?"
        " [error: binds]",
        "lab/steps.yaml:26:34: alpha factor.binds.reference: no paper 'gone2001'; add it to"
        " references.yaml [error: binds]",
    ]


def test_subtypes_have_one_spelling() -> None:
    steps = STEPS.replace("[in vitro]", "[in vitro]\n          subtype: [triple negative]", 1)
    assert said(folder("lab", REFERENCES, steps)) == [
        "lab/steps.yaml:14:21: first/alpha factor.subtype: 'triple negative' is nearly another"
        " value; did you mean 'triple-negative'? [warning: near-value]"
    ]
