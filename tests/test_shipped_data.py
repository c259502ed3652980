"""The shipped data: whole, in order, typed, cited, and read by pandoc as by us."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from bclm_cli import load
from bclm_cli.model import records
from bclm_cli.model.records import Claim, Factor, Name, Reference, Step
from support import pandoc
from support.papers import read_references
from support.paths import SHIPPED
from support.tools import needs

DATA = SHIPPED
FILES = ("references.yaml", "steps.yaml")


@cache
def references() -> tuple[Reference, ...]:
    return tuple(read_references(DATA / "references.yaml"))


@cache
def _steps_file() -> tuple[Any, ...]:
    return tuple(got.record for got in load.read(DATA / "steps.yaml"))


def claims() -> list[Claim]:
    return [record for record in _steps_file() if isinstance(record, Claim)]


def factors() -> list[Factor]:
    return [record for record in _steps_file() if isinstance(record, Factor)]


def twice(values: Iterable[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]


def identifiers(variable: str) -> list[str]:
    return [text for reference in references() if (text := reference.get(variable))]


def test_no_curated_record_is_lost() -> None:
    assert len(references()) >= 241
    assert len(factors()) >= 241
    assert len(claims()) >= 493


def test_keys_are_unique_sorted_and_plain() -> None:
    keys = [reference.id for reference in references()]
    assert keys == sorted(set(keys))
    assert [key for key in keys if not re.fullmatch(r"[a-z]+[0-9]{4}[a-z]?", key)] == []
    assert [
        r.id for r in references() if f"{r.year}" != r.id.strip("abcdefghijklmnopqrstuvwxyz")
    ] == []


@pytest.mark.parametrize(
    ("variable", "form"),
    [("DOI", r"10\.[0-9]{4,9}/\S+"), ("PMID", "[1-9][0-9]{0,7}"), ("PMCID", "PMC[1-9][0-9]{0,7}")],
)
def test_identifiers_are_unique_and_well_formed(variable: str, form: str) -> None:
    found = identifiers(variable)
    assert [text for text in found if not re.fullmatch(form, text)] == []
    assert twice(text.lower() for text in found) == []


def test_every_reference_has_what_a_citation_needs() -> None:
    needed = ("title", "container-title", "container-title-short")
    assert [r.id for r in references() if not all(r.get(field) for field in needed)] == []
    assert [r.id for r in references() if not r.author or not r.year or not r.kind] == []


def test_an_article_number_stands_in_page_and_in_number() -> None:
    single = [r for r in references() if r.get("page") and "-" not in r.get("page")]
    assert [r.id for r in single if r.get("number") not in ("", r.get("page"))] == []
    assert [r.id for r in references() if r.get("number") and r not in single] == []


def test_pages_and_titles_are_written_one_way() -> None:
    pages = [page for r in references() if (page := r.get("page"))]
    form = r"[A-Z]?[0-9]+-[A-Z]?[0-9]+(\.e[0-9]+)?|[a-z]{0,4}[0-9]+([a-z]+[0-9]+)?|R[0-9]+"
    assert [page for page in pages if not re.fullmatch(form, page)] == []
    titles = [r.title for r in references()]
    assert [title for title in titles if title.endswith(".") or "  " in title] == []
    assert [title for title in titles if title.isupper() or title.istitle()] == []


def test_marks_in_titles_are_those_of_csl_and_closed() -> None:
    for reference in references():
        opened: list[str] = []
        for closing, name, attribute in re.findall(r"<(/?)(\w+)([^<>]*)>", reference.title):
            assert (name, attribute) in {
                *((mark, "") for mark in ("i", "b", "sup", "sub")),
                ("span", "" if closing else ' class="nocase"'),
            }
            assert not closing or opened.pop() == name
            opened += [] if closing else [name]
        assert opened == []


PARTICLES = r"(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|ter|ten|zu|zur|af|av)"


def test_every_particle_is_split_off() -> None:
    """A particle in small letters; one with a capital is part of the name where it is used so."""
    names = [name for r in references() for people in r.names.values() for name in people]
    assert [name for name in names if re.match(rf"{PARTICLES}\b ", name.family)] == []
    assert [name for name in names if re.search(rf" {PARTICLES}$", name.given)] == []
    assert [name for name in names if name.family[:1].islower()] == []
    assert [name for name in names if not name.family and not name.literal] == []
    perou = next(r for r in references() if r.id == "perou2000")
    assert Name("Rijn", "M.", non_dropping_particle="van de") in perou.author


def test_every_claim_has_its_factor_and_its_paper() -> None:
    known = {factor.name for factor in factors()}
    papers = {reference.id for reference in references()}
    assert [claim for claim in claims() if claim.factor not in known] == []
    assert [claim for claim in claims() if claim.reference not in papers] == []


def test_every_factor_and_every_paper_is_used() -> None:
    families = {name for factor in factors() for name in factor.broader}
    unused = {factor.name for factor in factors()} - {claim.factor for claim in claims()} - families
    assert unused == set()
    used = {claim.reference for claim in claims()} | {"ma2015"}
    assert {reference.id for reference in references()} - used == set()


def test_factors_are_sorted_and_each_list_of_claims_too() -> None:
    names = [factor.name for factor in factors()]
    assert names == sorted(set(names), key=str.casefold)
    for step in {claim.step for claim in claims()}:
        order = list(dict.fromkeys(claim.factor for claim in claims() if claim.step == step))
        assert order == sorted(order, key=str.casefold)


def test_identifiers_of_factors() -> None:
    forms = {"gene": r"HGNC:\d+", "cell": r"CL:\d{7}", "process": r"GO:\d{7}"}
    named = [factor for factor in factors() if factor.identifier]
    other = r"(GO|CL):\d{7}"
    assert [f for f in named if not re.fullmatch(forms.get(f.kind, other), f.identifier)] == []
    assert twice(factor.identifier for factor in named) == []


def test_the_model_of_the_review() -> None:
    [head] = [record for record in _steps_file() if isinstance(record, load.Model)]
    assert head.origin == "ma2015"
    assert [(s.number, s.id, s.from_, s.to) for s in _steps_file() if isinstance(s, Step)] == [
        (1, "intravasation", "primary tumor", "circulation"),
        (2, "circulation", "circulation", "circulation"),
        (3, "margination", "circulation", "liver sinusoid"),
        (4, "extravasation", "liver sinusoid", "liver tissue"),
        (5, "colonization", "liver tissue", "liver metastasis"),
    ]
    numbered = {
        r.custom["ma2015-number"]: r.id for r in references() if "ma2015-number" in r.custom
    }
    assert numbered == {
        "1": "jemal2010",
        "2": "perou2000",
        "3": "siegel2012",
        "4": "hess2006",
        "5": "adam2006",
    }


def test_claims_use_the_usual_words() -> None:
    assert {system for claim in claims() for system in claim.system} <= {*records.SYSTEMS}
    assert {claim.site for claim in claims()} <= {*records.SITES}


def test_statements_are_short_whole_and_said_once() -> None:
    statements = [claim.statement for claim in claims()]
    assert [text for text in statements if len(text) > 180 or not text.endswith(".")] == []
    assert twice(statements) == []


BRITISH = re.compile(
    r"\w*(?:tumour|colour|behaviour|favour|harbour|labour|neighbour|vapour|odour|rigour)\w*"
    r"|\w*(?:coloni|mobili|neutrali|locali|organi|characteri|recogni|stabili|minimi|maximi|polari"
    r"|immuni|hospitali|randomi|sensiti|visuali|utili|synthesi|vasculari|metastasi|internali"
    r"|normali|crystalli|hypothesi|immobili|optimi)s(?:e|ed|es|ing|ation|er|ers)"
    r"|\w*(?:labell|signall|modell|travell|cancell|channell)(?:ed|ing|er|ers)"
    r"|\w*(?:haem|oestr|oedem|anaem|leukaem|ischaem|hypoxaem|glycaem|paedi|foet|caec)\w*"
    r"|cent(?:re|res|red)|fibres?|analys(?:e|ed|es|ing)|catalys(?:e|ed|es|ing)|tumours?|grey"
    r"|ageing|defence|programmes?|\w+aemia|sulph\w*|aetio\w*|orthopaed\w*|gynaec\w*|spelt|learnt|whilst",
    re.IGNORECASE,
)


@pytest.mark.parametrize("word", ["tumours", "colonisation", "labelled", "haemostasis", "fibre"])
def test_the_check_for_british_spelling_finds_some(word: str) -> None:
    assert BRITISH.fullmatch(word)


def test_our_own_words_are_american() -> None:
    steps = [record for record in _steps_file() if isinstance(record, Step)]
    ours = [
        *(claim.statement for claim in claims()),
        *(factor.name for factor in factors()),
        *(step.summary for step in steps),
    ]
    words = {word for text in ours for word in re.findall(r"\w+", text)}
    assert [word for word in words if BRITISH.fullmatch(word)] == []


def scalars(file: str) -> Iterator[yaml.ScalarEvent]:
    with (DATA / file).open("rb") as stream:
        for event in yaml.parse(stream, yaml.CSafeLoader):
            if isinstance(event, yaml.ScalarEvent):
                yield event


YAML_1_2 = re.compile(  # the core schema: null, booleans, integers and floats
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|"
)


@pytest.mark.parametrize("file", FILES)
def test_what_yaml_would_retype_is_quoted(file: str) -> None:
    resolver = yaml.SafeLoader("")
    plain = [event for event in scalars(file) if not event.style]
    assert plain != []
    for event in plain:
        tag = resolver.resolve(yaml.ScalarNode, event.value, (True, False))
        assert tag == "tag:yaml.org,2002:str", event.start_mark
        assert not YAML_1_2.fullmatch(event.value), event.start_mark


@pytest.mark.parametrize("file", FILES)
def test_lines_end_plainly(file: str) -> None:
    data = (DATA / file).read_bytes()
    assert data.endswith(b"\n")
    assert [line for line in data.split(b"\n") if line.endswith((b" ", b"\t", b"\r"))] == []
    assert b"\t" not in data


@needs("python:pypandoc")
def test_pandoc_prints_every_entry_without_a_warning() -> None:
    html = pandoc.run(
        "---\nnocite: '@*'\n---\n",
        *("--fail-if-warnings", "-f", "markdown", "-t", "html", "--citeproc"),
        *("--bibliography", str(DATA / "references.yaml")),
    )
    keys = re.findall(r'<div id="ref-([^"]+)" class="csl-entry"', html)
    assert sorted(keys) == [reference.id for reference in references()]


@needs("python:pypandoc")
def test_pandoc_reads_every_field_as_we_do() -> None:
    """But for its curly quotes, and marks in titles, which it keeps for HTML and for itself."""
    text = (DATA / "references.yaml").read_text(encoding="utf-8")
    arguments = ("--fail-if-warnings", "-f", "markdown", "-t", "csljson")
    read = json.loads(pandoc.run(f"---\n{text}---\n", *arguments))
    ours = [reference._replace(custom={}).to_csl() for reference in references()]
    assert {item["id"]: straight(item) for item in read} == {
        item["id"]: straight(item) for item in ours
    }


def straight(item: dict[str, Any]) -> Any:
    text = json.dumps({**item, "custom": None}, ensure_ascii=False)
    text = re.sub(r'<(span class=\\"nocase\\"|i)>([^<]*)</(span|i)>', r"\2", text)
    return json.loads(re.sub("[’‘“”]", "'", text))


def test_what_binds_says_so_at_both_partners() -> None:
    pairs = {(factor.name, binding.partner) for factor in factors() for binding in factor.binds}
    assert pairs
    assert [pair for pair in pairs if pair[::-1] not in pairs] == []


def test_families_have_members_and_concepts_do_not_act() -> None:
    kinds = {factor.name: factor.kind for factor in factors()}
    broader = [name for factor in factors() for name in factor.broader]
    alone = [name for name, kind in kinds.items() if kind == "family" and broader.count(name) < 2]
    assert alone == []
    acting = [c for c in claims() if kinds[c.factor] == "concept" and c.effect in ("required",)]
    assert acting == []


def test_each_step_has_its_place() -> None:
    steps = [record for record in _steps_file() if isinstance(record, Step)]
    assert {step.id: step.place for step in steps} == {
        "intravasation": "primary tumor",
        "circulation": "blood",
        "margination": "liver",
        "extravasation": "liver",
        "colonization": "liver",
    }


def test_the_day_until_which_the_literature_was_searched() -> None:
    [head] = [record for record in _steps_file() if isinstance(record, load.Model)]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", head.searched_until)
    assert head.searched_until <= head.version
