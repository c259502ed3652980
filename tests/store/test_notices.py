"""Retractions that an earlier check found: on cards, beside claims, in lists, in no export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bclm_cli.model.notices import Notice, merged
from bclm_cli.model.records import Reference
from bclm_cli.store import notices
from bclm_cli.store.notices import Status
from support.program import SMALL, Program

RETRACTED = (
    Notice("retraction", "2020-03-04", "10.1000/n", "77", "publisher"),
    Notice("correction", "2019", "10.1000/c", "", "PubMed"),
)


def paper(**text: str) -> Reference:
    return Reference("x", "article-journal", text, {}, {}, {})


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Program:
    """bclm on small data, one paper of which was found retracted."""
    program = Program(monkeypatch, tmp_path / "cache", SMALL)
    notices.keep([(paper(DOI="10.5555/MADE.UP.2001"), Status("2026-11-29", RETRACTED))])
    return program


def test_a_card_tells_all_notices(known: Program) -> None:
    shown = known("refs", "adams2001", "-f", "text").out
    assert (
        "  notice   retracted 2020-03-04 (10.1000/n; publisher) (as of 2026-11-29)\n"
        "  notice   corrected 2019 (10.1000/c; PubMed) (as of 2026-11-29)\n"
    ) in shown


def test_claims_tell_of_their_paper(known: Program) -> None:
    for arguments in (["factors", "EXA1"], ["steps", "1"], ["claims", "--factor", "EXA1"]):
        shown = known(*arguments, "-f", "text").out
        assert "adams2001  J Made-up Res 2001  retracted 2020-03-04\n" in shown, arguments


def test_lists_of_a_reader_tell_the_grave_ones(known: Program) -> None:
    shown = known("refs", columns=100, env={"NO_COLOR": "1"}).out.splitlines()
    assert shown[0].split()[-1] == "notice"
    assert [line.rstrip()[-20:] for line in shown if "retracted" in line] == [
        "retracted 2020-03-04"
    ]


def test_a_program_asks_for_the_field(known: Program) -> None:
    rows = json.loads(known("refs", "--fields", "key,notice", "--json").out)
    assert {row["key"]: row["notice"] for row in rows if row["notice"]} == {
        "adams2001": "retracted 2020-03-04"
    }
    rows = json.loads(known("claims", "--fields", "reference,notice", "--json").out)
    assert {row["reference"] for row in rows if row["notice"]} == {"adams2001"}
    assert "notice" not in json.loads(known("refs", "--json").out)[0]


def test_nothing_of_it_is_exported(known: Program) -> None:
    assert "retracted" not in known("export", "-f", "csljson").out


def test_a_correction_alone_is_for_the_card(known: Program) -> None:
    notices.keep([(paper(DOI="10.5555/made.up.2001"), Status("2026-11-29", RETRACTED[1:]))])
    assert "corrected 2019" in known("refs", "adams2001", "-f", "text").out
    assert "corrected" not in known("claims", "-f", "text").out


def test_a_paper_is_known_by_any_identifier(known: Program) -> None:
    status = Status("2026-11-29", RETRACTED)
    notices.keep([(paper(PMID="1", PMCID="PMC2"), status)])
    statuses = notices.read()
    for text in ({"PMID": "1"}, {"PMCID": "pmc2"}, {"DOI": "https://doi.org/10.5555/made.up.2001"}):
        assert notices.of_paper(text, statuses) == status
    assert notices.of_paper({"PMID": "2"}, statuses) is None
    assert notices.of_paper({}, statuses) is None


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CACHE_HOME", "HOME", "USERPROFILE"):
        monkeypatch.delenv(name, raising=False)
    notices.keep([(paper(DOI="10.1000/x"), Status("2026-11-29", RETRACTED))])
    assert notices.read() == {}


def test_notices_of_two_sources_are_joined() -> None:
    crossref = Notice("retraction", "2010-02-06", "10.1000/N", "", "publisher")
    pubmed = Notice("retraction", "2010-02", "", "77", "PubMed")
    title = Notice("retraction", source="title")
    concern = Notice("expression of concern", "2009", "10.1000/e", "", "publisher")
    assert merged([concern, title, pubmed, crossref]) == (
        Notice("retraction", "2010-02-06", "10.1000/N", "77", "title, PubMed, publisher"),
        concern,
    )
    two = [Notice("correction", "2010", "10.1000/a"), Notice("correction", "2011", "10.1000/b")]
    assert merged(reversed(two)) == tuple(two)
