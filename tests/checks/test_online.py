"""`bclm check --online`: what the services say against papers, in data, manuscripts and files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bclm_cli import paths
from bclm_cli.store import notices
from support.program import Program
from support.replay import Replay, Reply
from support.works import RETRACTED, article, update, work

pytestmark = pytest.mark.slow

OURS = {
    "id": "ours2012", "type": "article-journal", "title": "A paper that nobody has",
    "author": [{"family": "Example", "given": "Ann"}, {"family": "Sample", "given": "Bob"}],
    "container-title": "Journal of Invented Results", "container-title-short": "J Invent Res",
    "issued": "2012-08", "volume": "7", "page": "101-110", "DOI": "10.1000/ours",
}  # fmt: skip
"""A paper that agrees with its record."""


@pytest.fixture(autouse=True)
def desk(replay: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, and a lab's folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lab").mkdir()
    return tmp_path


def found(online: Program, ours: dict[str, Any], *arguments: str) -> list[str]:
    """What is said of one paper of the lab's: rule, field and text."""
    paper = {name: value for name, value in ours.items() if value is not None}
    Path("lab/references.json").write_text(json.dumps([paper]))
    given = ("check", "lab", "--online", "--level", "note", "-f", "json", *arguments)
    rows = json.loads(online(*given).out or "[]")
    offline = {"incomplete", "needed", "incomplete-authors", "title-case", "doi", "year"}
    return [
        f"{row['level']}: {row['rule']}: {row['field']}: {row['what']}"
        + (f"; {row['hint']}" if row["hint"] else "")
        for row in rows
        if row["rule"] not in offline
    ]


def test_a_sound_paper_is_passed_over(online: Program, replay: Replay) -> None:
    replay.add_work(work("10.1000/ours"))
    replay.add_article(article("55", doi="10.1000/ours"))
    assert found(online, OURS) == []
    assert online("check", "lab", "--online").code == 0


INVENTED = "look for a mistake, or for an invented reference"
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "another work": (
        {},
        {"title": ["A catalog of beetles"], "author": [{"family": "Else", "given": "C"}]},
        ["error: other-work: DOI: Crossref has another work under it: Else 2012, A catalog of"
         f" beetles; {INVENTED}"],
    ),
    "another work of the same author": (
        {"issued": "2019"},
        {"title": ["A catalog of beetles"]},
        ["error: other-work: DOI: Crossref has another work under it: Example 2012, A catalog of"
         f" beetles; {INVENTED}"],
    ),
    "a title that was changed": (
        {"title": "A paper that nobody has yet"},
        {"title": ["A paper that nobody has seen"]},
        ["warning: record-differs: title: 'A paper that nobody has yet', but Crossref has 'A paper"
         " that nobody has seen'"],
    ),
    "another first author": (
        {"author": [{"family": "Sample", "given": "Bob"}, {"family": "Example", "given": "Ann"}]},
        {},
        ["warning: record-differs: author: 'Sample', but Crossref has 'Example'"],
    ),
    "year, volume and pages": (
        {"issued": "2011", "volume": "8", "page": "110-112"},
        {},
        ["warning: record-differs: issued: '2011', but Crossref has '2012'",
         "warning: record-differs: volume: '8', but Crossref has '7'",
         "warning: record-differs: page: '110-112', but Crossref has '101-110'"],
    ),
    "another PMCID": (
        {"PMCID": "PMC8"},
        {"PMCID": "PMC7"},
        ["warning: record-differs: PMCID: 'PMC8', but PubMed has 'PMC7'"],
    ),
    "pages in other forms": ({"page": "101-110"}, {"page": "101-10"}, []),
    "an article number in other forms": (
        {"page": "33693"}, {"page": "e33693", "article-number": "e33693"}, []
    ),
    "what the record lacks": ({"volume": "8"}, {"volume": None, "page": None}, []),
    "what the paper lacks": ({"volume": None, "page": None}, {}, []),
    "another journal": (
        {"container-title": "Annals of Something Else"},
        {},
        ["note: record-details: container-title: 'Annals of Something Else', but Crossref has"
         " 'Journal of Invented Results'"],
    ),
    "a journal by its abbreviation": ({"container-title": "J Invent Res"}, {}, []),
    "a journal with an article": (
        {"container-title": "The Cell & Bioscience"},
        {"container-title": ["Cell and Bioscience"]},
        [],
    ),
    "another number of authors": (
        {"author": [{"family": "Example", "given": "Ann"}]},
        {},
        ["note: record-details: author: 1 author, but Crossref has 2"],
    ),
    "a list of authors that is known to be cut": (
        {"author": [{"family": "Example"}], "custom": {"incomplete-authors": "true"}},
        {},
        [],
    ),
    "a retraction": (
        {},
        {"updated-by": [update("retraction", "10.1000/n", (2020, 3, 4), "retraction-watch")]},
        ["error: retracted: DOI: retracted 2020-03-04 (10.1000/n; retraction-watch)"],
    ),
    "a withdrawal": (
        {},
        {"updated-by": [update("removal", "10.1000/n", (2020,))]},
        ["error: retracted: DOI: withdrawn 2020 (10.1000/n; publisher)"],
    ),
    "a title that says it": (
        {},
        {"title": ["RETRACTED: A paper that nobody has"]},
        ["error: retracted: DOI: retracted (title)"],
    ),
    "a part": (
        {},
        {"updated-by": [update("partial_retraction", "10.1000/n", (2020, 3, 4))]},
        ["warning: partly-retracted: DOI: partially retracted 2020-03-04 (10.1000/n; publisher)"],
    ),
    "a concern": (
        {},
        {"updated-by": [update("expression-of-concern", "10.1000/n", (2020, 3, 4))]},
        ["warning: concern: DOI: under an expression of concern 2020-03-04 (10.1000/n; publisher)"],
    ),
    "a correction and a version": (
        {},
        {"updated-by": [update("erratum", "10.1000/n", (2020, 3, 4)),
                        update("new_version", "10.1000/v", (2021,))]},
        ["note: corrected: DOI: corrected 2020-03-04 (10.1000/n; publisher)",
         "note: new-version: DOI: replaced by a new version 2021 (10.1000/v; publisher)"],
    ),
    "a notice in the place of the paper": (
        {},
        {"update-to": [{"DOI": "10.1000/real", "type": "retraction"}]},
        ["warning: notice-cited: DOI: this is a notice (retraction) about 10.1000/real; cite the"
         " paper itself, if that is what you mean"],
    ),
    "a preprint": (
        {"type": "article"},
        {"type": "posted-content", "relation": {"is-preprint-of": [
            {"id-type": "doi", "id": "10.1000/real"}]}},
        ["warning: preprint-published: DOI: this preprint came out as 10.1000/real; bclm add"
         " 10.1000/real"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_a_record_says_against_a_paper(online: Program, replay: Replay, case: str) -> None:
    ours, theirs, said = CASES[case]
    if pmcid := theirs.get("PMCID"):
        replay.pmc[ours["PMCID"]] = "10.1000/ours"
        replay.add_article(article("55", doi="10.1000/ours", pmcid=pmcid))
    replay.add_work(work("10.1000/ours", OURS["title"]) | theirs)
    assert found(online, {**OURS, **ours}) == said


def test_pubmed_speaks_too(online: Program, replay: Replay) -> None:
    source = "J Invent Res. 2020 Mar 4;1:1"
    replay.add_article(
        article("55", doi="10.1000/ours", kinds=("Retracted Publication",),
                links=(("RetractionIn", source, "77"),))
    )  # fmt: skip
    replay.add_work(work("10.1000/ours"))
    assert found(online, OURS) == ["error: retracted: DOI: retracted 2020-03-04 (PMID:77; PubMed)"]


def test_one_record_that_agrees_is_enough(online: Program, replay: Replay) -> None:
    replay.add_article(article("55", doi="10.1000/ours", date="<Year>2011</Year>"))
    replay.add_work(work("10.1000/ours"))
    assert found(online, OURS) == []
    assert found(online, {**OURS, "issued": "2011"}) == []


def test_each_identifier_is_compared_with_its_own_record(online: Program, replay: Replay) -> None:
    replay.add_work(work("10.1000/ours"))
    assert found(online, {**OURS, "PMID": "9997"}) == [
        "error: other-work: PMID: PubMed has another work under it: Strekas 1976, Magnetic studies"
        f" of Chromatium flavocytochrome C552. A mechanism for heme-flavin…; {INVENTED}"
    ]


def test_what_does_not_exist_is_an_error(online: Program) -> None:
    assert found(online, OURS) == [
        f"error: no-such-identifier: DOI: 10.1000/ours: no such DOI is registered; {INVENTED}"
    ]
    assert found(online, {**OURS, "DOI": None, "PMID": "99999"}) == [
        f"error: no-such-identifier: PMID: PMID:99999: PubMed has no such paper; {INVENTED}"
    ]


def test_a_paper_without_identifiers_is_looked_for(online: Program, replay: Replay) -> None:
    nameless = {**OURS, "DOI": None}
    assert found(online, nameless) == [
        "warning: not-found: title: no article of this title, first author and year is known to"
        f" Crossref or PubMed; {INVENTED}"
    ]
    retraction = {"updated-by": [update("retraction", "10.1000/n", (2020,))]}
    replay.add_work(work("10.1000/x", OURS["title"], **retraction))
    assert found(online, nameless, "--refresh") == [
        "error: retracted: : retracted 2020 (10.1000/n; publisher)"
    ]
    assert found(online, {**nameless, "type": "webpage", "URL": "https://example.org"}) == []


def test_what_could_not_be_asked_is_never_called_sound(online: Program, replay: Replay) -> None:
    replay.faults.append(lambda request: Reply(500) if request.service == "crossref" else None)
    replay.add_article(article("55", doi="10.1000/ours"))
    assert found(online, OURS) == [
        "warning: not-asked: DOI: Crossref cannot be asked: HTTP 500; ask again later"
    ]
    assert online("check", "lab", "--online", "--strict").code == 4
    result = online("check", "lab", "--online")
    assert result.code == 4
    assert result.err.splitlines() == [
        "bclm: 1 of 1 paper could not be checked for retraction by every service",
        "bclm: 1 warning",
        "hint: not every service could be asked: try again later",
    ]


def test_an_error_outweighs_what_could_not_be_asked(online: Program, replay: Replay) -> None:
    replay.faults.append(lambda request: Reply(500) if request.service == "crossref" else None)
    replay.add_article(article("55", doi="10.1000/ours", kinds=("Retracted Publication",)))
    found(online, OURS)
    result = online("check", "lab", "--online")
    assert result.code == 1
    assert result.err.splitlines()[0] == (
        "bclm: 1 of 1 paper could not be checked for retraction by every service"
    )


def test_how_many_papers_could_not_be_checked_is_told(online: Program, replay: Replay) -> None:
    replay.faults.append(lambda request: Reply(500) if request.service == "crossref" else None)
    replay.add_article(article("55", doi=""))
    known = {key: value for key, value in OURS.items() if key != "DOI"}
    papers = [{**known, "PMID": "55"}, {**known, "id": "other2012", "title": "Another title"}]
    Path("lab/references.json").write_text(json.dumps(papers))
    assert online("check", "lab", "--online").err.splitlines()[0] == (
        "bclm: 1 of 2 papers could not be checked for retraction"
    )


def test_no_network_is_told_for_every_paper(
    online: Program, replay: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in replay.environment():
        if name.endswith("_URL"):
            monkeypatch.setenv(name, "http://127.0.0.1:1")
    said = found(online, OURS)
    assert len(said) == 2
    assert all(one.startswith("warning: not-asked: DOI: ") for one in said)
    result = online("check", "lab", "--online")
    assert result.code == 4
    assert result.err.splitlines()[-3:] == [
        "bclm: no paper could be checked for retraction",
        "bclm: 2 warnings",
        "hint: no service could be asked: try again later",
    ]


def test_offline_is_refused(online: Program) -> None:
    result = online("check", "--online", env={"BCLM_OFFLINE": "1"})
    assert (result.code, result.err.splitlines()[0]) == (
        4,
        "bclm: BCLM_OFFLINE forbids the network",
    )


def test_claims_that_rest_on_it_are_named(online: Program, replay: Replay) -> None:
    replay.add_work(
        work("10.5555/made.up.2001", "The EXA1 signal and the departure of mock cells",
             author=[{"family": "Adams", "given": "Ann"}],
             **{"updated-by": [update("retraction", "10.1000/n", (2020, 3, 4))]})
    )  # fmt: skip
    rows = json.loads(online("check", "--online", "-f", "json").out)
    (row,) = [row for row in rows if row["rule"] == "retracted"]
    assert (row["id"], row["field"], row["line"]) == ("adams2001", "DOI", 18)
    assert row["hint"] == "3 claims rest on it: departure/EXA1, departure-lounge/placebo"


def test_a_manuscript_names_the_place_of_the_citation(
    online: Program, replay: Replay, desk: Path
) -> None:
    replay.add_work(RETRACTED)
    paper = {**OURS, "id": "example1998", "issued": "1998", "DOI": RETRACTED["DOI"],
             "title": RETRACTED["title"][0]}  # fmt: skip
    (desk / "lab/references.json").write_text(json.dumps([paper]))
    (desk / "paper.tex").write_text("Seen \\cite{example1998}.\n")
    result = online("check", "paper.tex", "--data", "lab", "--only-data", "--online")
    assert result.code == 1
    assert result.out == (
        "paper.tex:1:12: example1998.DOI: retracted 2010-02-06 (10.1016/s0140-6736(10)60175-4;"
        " retraction-watch, title) [error: retracted]\n"
    )


def test_a_bibliography_names_the_line_of_the_entry(
    online: Program, replay: Replay, desk: Path
) -> None:
    replay.add_work(RETRACTED)
    (desk / "refs.bib").write_text(
        "% mine\n@article{ret, title={A title of which the registry's example gives no more},\n"
        "  author={Example, Ann and Sample, Bob}, journal={Journal of Invented Results},\n"
        "  year=1998, volume=7, pages={101--110}, doi={10.1016/S0140-6736(97)11096-0}}\n"
    )
    said = (
        "refs.bib:2:1: ret.DOI: retracted 2010-02-06 (10.1016/s0140-6736(10)60175-4;"
        " retraction-watch, title){} [error: retracted]\n"
    )
    result = online("check", "refs.bib", "--online")
    assert (result.code, result.out) == (1, said.format(""))
    as_of = next(iter(notices.read().values())).as_of
    assert online("check", "refs.bib").out == said.format(f" (as of {as_of})")
    (desk / "paper.tex").write_text("\\cite{ret}\\bibliography{refs}\n")
    assert "paper.tex:1:7: ret.DOI: retracted" in online("check", "paper.tex", "--online").out


def test_nothing_that_a_terminal_obeys_comes_out(online: Program, replay: Replay) -> None:
    replay.add_work(
        work("10.1000/ours", "A catalog \x1b[2J of beetles", author=[{"family": "E\x9b"}])
    )
    found(online, OURS)
    for columns in (None, 100):
        result = online("check", "lab", "--online", "--level", "note", columns=columns)
        assert not {"\x1b[2J", "\x9b"} & {*result.out.split(), *result.out}
        assert "A catalog of beetles" in result.out


def test_a_notice_is_asked_for_anew_after_a_week_and_a_record_after_a_month() -> None:
    from bclm_cli.online.cache import DAY, RECORDS_AGE
    from bclm_cli.online.lookup import NOTICES_AGE

    assert (NOTICES_AGE, RECORDS_AGE) == (7 * DAY, 30 * DAY)


# ---- what is remembered


def test_what_was_found_is_told_offline(online: Program, replay: Replay, desk: Path) -> None:
    replay.add_work(
        work("10.1000/ours", **{"updated-by": [update("retraction", "10.1000/n", (2020, 3, 4))]})
    )
    found(online, OURS)
    asked = len(replay.log)
    (path,) = notices.read()
    assert path == "DOI 10.1000/ours"
    as_of = notices.read()[path].as_of
    result = online("check", "lab", env={"BCLM_OFFLINE": "1"})
    assert result.code == 1
    assert result.out == (
        "lab/references.json:1:326: ours2012.DOI: retracted 2020-03-04 (10.1000/n; publisher)"
        f" (as of {as_of}) [error: retracted]\n"
    )
    assert len(replay.log) == asked


def test_what_is_no_longer_said_is_forgotten(online: Program, replay: Replay) -> None:
    replay.add_work(
        work("10.1000/ours", **{"updated-by": [update("retraction", "10.1000/n", (2020, 3, 4))]})
    )
    found(online, OURS)
    replay.add_work(work("10.1000/ours"))
    found(online, OURS, "--refresh")
    assert notices.read() == {}
    assert online("check", "lab").code == 0


def test_what_could_not_be_asked_changes_nothing(online: Program, replay: Replay) -> None:
    replay.add_work(
        work("10.1000/ours", **{"updated-by": [update("retraction", "10.1000/n", (2020, 3, 4))]})
    )
    found(online, OURS)
    before = notices.read()
    replay.faults.append(lambda request: Reply(500))
    found(online, OURS, "--refresh")
    assert notices.read() == before != {}


@pytest.mark.parametrize("content", [b"", b"no database", b"\0" * 4096])
def test_a_damaged_file_is_nothing_and_is_replaced(
    online: Program, replay: Replay, content: bytes
) -> None:
    path = (paths.cache() or Path()) / "notices.sqlite"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert notices.read() == {}
    replay.add_work(
        work("10.1000/ours", **{"updated-by": [update("retraction", "10.1000/n", (2020, 3, 4))]})
    )
    found(online, OURS)
    assert list(notices.read()) == ["DOI 10.1000/ours"]
