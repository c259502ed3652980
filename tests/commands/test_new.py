"""`bclm new`: what PubMed has and the data lacks, newest first."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bclm_cli.library.new import MOST
from support.program import SMALL, Program
from support.replay import Replay, Reply, as_json
from support.works import article, author

SUBJECT = "(breast cancer AND liver metastasis)"


@pytest.fixture(autouse=True)
def articles(replay: Replay) -> None:
    """Three papers in PubMed, one of which the small data has by its PMID, one by its title."""
    replay.add_article(article("99000001", "Whatever it is called."))
    replay.add_article(article("71", "A made-up model in three steps."))
    replay.add_article(article("72", "A new paper.", doi="10.1000/New", pmcid="PMC72",
                               date="<Year>2026</Year><Month>Nov</Month><Day>3</Day>"))  # fmt: skip
    replay.add_article(article("73", "A retracted paper.", kinds=("Retracted Publication",),
                               authors=author("Alone", "Ann")))  # fmt: skip


def finds(replay: Replay, term: str, *pmids: str) -> None:
    replay.searches[term] = list(pmids)


def test_what_the_data_has_is_left_out(online: Program, replay: Replay) -> None:
    finds(replay, SUBJECT, "72", "99000001", "71", "73")
    result = online("new", "--since", "2026-10")
    assert result.out == (
        "PMID:72\t2026-11-03\tExample and Sample\tA new paper\tJ Invent Res\t10.1000/New\n"
        "PMID:73\t2012-08\tAlone\tA retracted paper\tJ Invent Res\t\n"
    )
    assert (result.code, result.err) == (
        0,
        f"bclm: PubMed: {SUBJECT}\nbclm: since 2026-10: 4 found, 2 known already\n",
    )
    (asked,) = replay.asked("pubmed", "/esearch")
    assert {name: asked.params[name] for name in ("datetype", "mindate", "maxdate", "sort")} == {
        "datetype": "edat", "mindate": "2026/10", "maxdate": "3000", "sort": "pub_date",
    }  # fmt: skip


@pytest.mark.parametrize("field", ["searched-until", "version"])
def test_by_default_since_the_literature_was_searched(
    online: Program, replay: Replay, tmp_path: Path, field: str
) -> None:
    finds(replay, SUBJECT)
    lab = tmp_path / "lab"
    shutil.copytree(SMALL, lab)
    text = (lab / "steps.yaml").read_text()
    (lab / "steps.yaml").write_text(text.replace("\nsteps:", f'\n{field}: "2021-03-31"\nsteps:', 1))
    result = online("new", "--data", str(lab), "--only-data")
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines() == [
        f"bclm: PubMed: {SUBJECT}",
        "bclm: since 2021-03-31: 0 found, 0 known already",
        "bclm: no new papers match",
    ]


def test_data_without_a_date_asks_for_one(online: Program, replay: Replay) -> None:
    result = online("new")
    assert (result.code, result.err.splitlines()[0]) == (
        2,
        "bclm: the data does not say until when the literature was searched",
    )
    assert replay.log == []


def test_a_factor_is_searched_by_all_its_names(online: Program, replay: Replay) -> None:
    online("new", "--factor", "EXA1", "--since", "2020")
    assert replay.asked("pubmed", "/esearch")[0].params["term"] == (
        f'{SUBJECT} AND ("EXA1"[tiab] OR "example 1"[tiab] OR "EX-α1"[tiab] OR "ex alpha1"[tiab]'
        ' OR "exemplar"[tiab])'
    )


def test_a_step_is_searched_by_its_name(online: Program, replay: Replay) -> None:
    online("new", "--step", "2", "--since", "2020")
    assert replay.asked("pubmed", "/esearch")[0].params["term"] == (
        f'{SUBJECT} AND ("Departure lounge"[tiab])'
    )


def test_a_search_of_ones_own(online: Program, replay: Replay) -> None:
    finds(replay, "metastasis[mh] AND mice", "72")
    result = online("new", "--query", "metastasis[mh] AND mice", "--since", "2020", "--json")
    assert json.loads(result.out) == [
        {
            "id": "PMID:72", "date": "2026-11-03", "author": "Example and Sample",
            "title": "A new paper", "journal": "J Invent Res", "doi": "10.1000/New",
        }
    ]  # fmt: skip


def test_fields_limits_and_the_terminal(online: Program, replay: Replay) -> None:
    finds(replay, SUBJECT, "72", "73")
    since = ("--since", "2020")
    assert online("new", *since, "--fields", "id,notice").out == "PMID:72\t\nPMID:73\tretracted\n"
    assert online("new", *since, "--limit", "1", "--fields", "id,pmcid").out == "PMID:72\tPMC72\n"
    shown = online("new", *since, columns=90, env={"NO_COLOR": "1"}).out.splitlines()
    assert shown[0].split() == ["id", "date", "author", "title", "journal"]
    assert " ".join(shown[1].split()) == (
        "PMID:72 2026-11-03 Example and Sample A new paper J Invent Res"
    )


def test_add_takes_the_rows(online: Program, replay: Replay, tmp_path: Path) -> None:
    finds(replay, SUBJECT, "72", "73")
    rows = online("new", "--since", "2020").out
    result = online("add", "-", stdin=rows)
    assert [line for line in result.out.splitlines() if "PMID:" in line] == [
        '    PMID: "72"', '    PMID: "73"',
    ]  # fmt: skip


def test_more_than_are_looked_at_is_said(online: Program, replay: Replay) -> None:
    finds(replay, SUBJECT, *(str(number) for number in range(500, 500 + MOST + 5)))
    assert online("new", "--since", "2020").err.splitlines()[1] == (
        f"bclm: since 2020: {MOST + 5} found, the newest {MOST} looked at, 0 known already"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--query", "x", "--factor", "EXA1"],
            "--query stands in the place of --step and --factor",
        ),
        (["--query", " "], "--query is empty"),
        (["--since", "yesterday"], "yesterday is no date"),
        (["--since", "2026-13"], "2026-13 is no date"),
        (["--since", "2026-11-32"], "2026-11-32 is no date"),
        (["--sort", "size"], "no field size"),
        (["--fields", "nothing"], "no field nothing"),
    ],
)
def test_wrong_usage_asks_nobody(
    online: Program, replay: Replay, arguments: list[str], said: str
) -> None:
    result = online("new", *arguments)
    assert result.code == 2
    assert said in result.err.replace("'", "")
    assert replay.asked("pubmed", "/efetch") == []


def test_unknown_names_are_told(online: Program, replay: Replay) -> None:
    assert online("new", "--factor", "nobody").code == 1
    assert online("new", "--step", "9").code == 1
    assert replay.log == []


@pytest.mark.parametrize(
    "reply", [Reply(500), as_json({"error": "rate"}), Reply(200, b"<html>", "text/html")]
)
def test_a_service_that_is_down_is_exit_4(online: Program, replay: Replay, reply: Reply) -> None:
    replay.faults.append(lambda request: reply)
    result = online("new", "--since", "2020")
    assert (result.code, result.out) == (4, "")
    assert result.err.startswith("bclm: PubMed ")


def test_offline_nothing_is_asked(online: Program, replay: Replay) -> None:
    assert online("new", "--since", "2020", env={"BCLM_OFFLINE": "1"}).code == 4
    assert replay.log == []
