"""Papers by identifiers: who is asked, in how many requests, and what is made of the answers."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bclm_cli.errors import ServiceError
from bclm_cli.formats.csl.yaml_blocks import block
from bclm_cli.model.records import Reference
from bclm_cli.online import merge
from bclm_cli.online.cache import DAY, Cache
from bclm_cli.online.client import Client
from bclm_cli.online.lookup import Lookup
from bclm_cli.online.records import Record, day
from support.replay import Replay, Reply, Request, as_json
from support.works import article, author, work

pytestmark = pytest.mark.slow


@pytest.fixture
def lookup(replay: Replay, http: Client, answers: Cache, waits: list[float]) -> Lookup:
    return Lookup(http, answers)


def sources(records: tuple[Record, ...]) -> list[str]:
    return [record.source for record in records]


def reference(**csl: Any) -> Reference:
    return Reference.from_csl({"id": "x", "type": "article-journal", **csl})


def test_pubmed_is_first_and_crossref_adds(replay: Replay, lookup: Lookup) -> None:
    (found,) = lookup.papers([{"DOI": "10.1136/GUTJNL-2016-312510"}])
    assert sources(found.records) == ["PubMed"]  # Crossref's recordings lack this one
    replay.add_work(work("10.1000/both", "A Paper That Nobody Has"))
    replay.add_article(article("55", doi="10.1000/BOTH", pmcid="PMC5"))
    (found,) = lookup.papers([{"DOI": "10.1000/both"}])
    assert sources(found.records) == ["PubMed", "Crossref"]
    assert found.failures == found.missing == ()
    made = merge.merged(found.records)
    assert (
        block(made.reference._replace(id="x"))
        == """\
  - id: x
    type: article-journal
    title: A paper that nobody has
    author:
      - {family: Example, given: Ann}
      - {family: Sample, given: Bob}
    container-title: Journal of Invented Results
    container-title-short: J Invent Res
    issued: "2012-08"
    volume: "7"
    issue: "3"
    page: "101-110"
    DOI: 10.1000/BOTH
    PMID: "55"
    PMCID: PMC5
"""
    )
    assert made.sources["title"] == "PubMed"
    assert made.sources["container-title"] == "Crossref"
    assert made.differences == ()


@pytest.mark.parametrize("asked", [{"PMID": "55"}, {"PMCID": "PMC5"}, {"DOI": "10.1000/both"}])
def test_any_identifier_leads_to_all_records(
    replay: Replay, lookup: Lookup, asked: dict[str, str]
) -> None:
    replay.add_work(work("10.1000/both"))
    replay.add_article(article("55", doi="10.1000/both", pmcid="PMC5"))
    (found,) = lookup.papers([asked])
    assert sources(found.records) == ["PubMed", "Crossref"]


def test_a_paper_of_pmc_that_is_not_in_pubmed(replay: Replay, lookup: Lookup) -> None:
    replay.add_work(work("10.1000/pmc"))
    replay.pmc["PMC9"] = "10.1000/pmc"
    (found,) = lookup.papers([{"PMCID": "PMC9"}])
    assert (sources(found.records), found.missing) == (["Crossref"], ())
    asked = len(replay.log)
    lookup.papers([{"PMCID": "PMC9"}])
    assert len(replay.log) == asked


def test_a_doi_of_another_agency_is_asked_for_at_doi_org(replay: Replay, lookup: Lookup) -> None:
    replay.agencies["10.48550/arxiv.2401.00001"] = "DataCite"
    replay.csl["10.48550/arxiv.2401.00001"] = {"type": "article", "title": "A preprint"}
    (found,) = lookup.papers([{"DOI": "10.48550/arXiv.2401.00001"}])
    assert sources(found.records) == ["doi.org"]
    assert found.records[0].reference.get("DOI") == "10.48550/arXiv.2401.00001"


def test_a_short_doi_leads_to_the_whole_one(replay: Replay, lookup: Lookup) -> None:
    replay.csl["10/aabbe"] = {"type": "article-journal", "title": "A", "DOI": "10.1000/whole"}
    found, missing = lookup.papers([{"DOI": "10/aabbe"}, {"DOI": "10/zzzzz"}])
    assert [record.reference.get("DOI") for record in found.records] == ["10.1000/whole"]
    assert (found.missing, missing.missing) == ((), ("10/zzzzz",))


def test_what_does_not_exist_is_missing(replay: Replay, lookup: Lookup) -> None:
    found = lookup.papers(
        [{"DOI": "10.1371/notarealdoi"}, {"PMID": "99999999"}, {"PMCID": "PMC99999999"}]
    )
    assert [one.missing for one in found] == [
        ("10.1371/notarealdoi",), ("PMID:99999999",), ("PMC99999999",),
    ]  # fmt: skip
    assert [one.records for one in found] == [(), (), ()]


def test_a_doi_that_only_pubmed_knows_is_checked_if_asked_to(
    replay: Replay, lookup: Lookup
) -> None:
    replay.add_article(article("55", doi="10.1000/only"))
    assert lookup.papers([{"DOI": "10.1000/only"}])[0].missing == ()
    assert lookup.papers([{"DOI": "10.1000/only"}], every_doi=True)[0].missing == ("10.1000/only",)


def test_pubmed_must_carry_the_doi(replay: Replay, lookup: Lookup) -> None:
    """A DOI that PubMed does not know is looked for in all fields, and something is found."""
    replay.searches["10.1371/journal.pone.0033693[doi]"] = ["9997", "27797938"]
    (found,) = lookup.papers([{"DOI": "10.1371/journal.pone.0033693"}])
    assert sources(found.records) == ["Crossref"]


def test_a_search_that_is_flooded_is_halved(replay: Replay, lookup: Lookup) -> None:
    dois = [f"10.1000/{number}" for number in range(4)]
    for number, doi in enumerate(dois):
        replay.add_work(work(doi))
        replay.add_article(article(str(100 + number), doi=doi))
    whole = " OR ".join(f"{doi}[doi]" for doi in dois)
    replay.searches[whole] = [str(number) for number in range(5000, 5100)]
    found = lookup.papers([{"DOI": doi} for doi in dois])
    assert [one.records[0].reference.get("PMID") for one in found] == ["100", "101", "102", "103"]
    assert len(replay.asked("pubmed", "/esearch")) == 3


def test_many_are_asked_for_at_once(replay: Replay, lookup: Lookup) -> None:
    wanted = []
    for number in range(45):
        replay.add_work(work(f"10.1000/{number}"))
        replay.add_article(article(str(1000 + number), doi=f"10.1000/{number}"))
        wanted.append({"DOI": f"10.1000/{number}"})
    found = lookup.papers(wanted)
    assert {tuple(sources(one.records)) for one in found} == {("PubMed", "Crossref")}
    assert len(replay.asked("crossref")) == 3
    assert len(replay.asked("pubmed", "/esearch")) == 3
    assert len(replay.asked("pubmed", "/efetch")) == 3
    before = len(replay.log)
    again = lookup.papers(wanted)
    assert [[record.reference for record in one.records] for one in again] == [
        [record.reference for record in one.records] for one in found
    ]
    assert {record.asked for one in again for record in one.records} == {day(time.time())}
    assert {record.asked for one in found for record in one.records} <= {"", day(time.time())}
    assert len(replay.log) == before  # all of it was in the cache


def test_a_doi_with_a_comma_goes_alone(replay: Replay, lookup: Lookup) -> None:
    odd = "10.1002/(sici)1097-0142(19960815)78:4<1::aid,x>3.0.co;2-#%"
    for doi in (odd, "10.1000/a", "10.1000/b"):
        replay.add_work(work(doi))
    found = lookup.papers([{"DOI": doi} for doi in ("10.1000/a", odd.upper(), "10.1000/b")])
    assert [one.records[0].reference.get("DOI") for one in found] == ["10.1000/a", odd, "10.1000/b"]
    assert [request.path for request in replay.asked("crossref")] == [f"/works/{odd}", "/works"]


def test_what_the_list_leaves_out_is_asked_for_alone(replay: Replay, lookup: Lookup) -> None:
    """Crossref's lists know an old DOI of a work under its new one only."""
    moved = work("10.1000/new")
    replay.crossref["10.1000/old"] = moved
    replay.add_work(work("10.1000/a"))
    replay.faults.append(
        lambda request: (
            as_json({"message": {"items": [replay.crossref["10.1000/a"]]}})
            if "filter" in request.params
            else None
        )
    )
    found = lookup.papers([{"DOI": "10.1000/a"}, {"DOI": "10.1000/old"}])
    assert [one.records[0].reference.get("DOI") for one in found] == ["10.1000/a", "10.1000/new"]


def test_a_filter_that_is_refused_is_asked_one_by_one(replay: Replay, lookup: Lookup) -> None:
    replay.faults.append(lambda request: Reply(400, b"{}") if "filter" in request.params else None)
    for doi in ("10.1000/a", "10.1000/b"):
        replay.add_work(work(doi))
    found = lookup.papers([{"DOI": "10.1000/a"}, {"DOI": "10.1000/b"}])
    assert [sources(one.records) for one in found] == [["Crossref"], ["Crossref"]]


def test_one_service_that_is_down_is_told_beside_what_the_other_says(
    replay: Replay, lookup: Lookup
) -> None:
    replay.faults.append(lambda request: Reply(500) if request.service == "pubmed" else None)
    (found,) = lookup.papers([{"DOI": "10.1371/journal.pone.0033693"}])
    assert sources(found.records) == ["Crossref"]
    assert [str(error) for error in found.failures] == ["PubMed cannot be asked: HTTP 500"]


def test_what_was_fetched_stays(replay: Replay, lookup: Lookup) -> None:
    """An interrupt in the middle leaves what came before it in the cache."""
    for number in range(40):
        replay.add_work(work(f"10.1000/{number}"))
    wanted = [f"10.1000/{number}" for number in range(40)]

    def stop(done: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        lookup.crossref.works(wanted, stop)
    replay.log.clear()
    assert len(lookup.crossref.works(wanted)) == 40
    assert len(replay.log) == 1


def test_an_error_of_pubmed_in_a_good_answer_is_reported(replay: Replay, lookup: Lookup) -> None:
    replay.faults.append(
        lambda request: (
            Reply(200, b"<eFetchResult><ERROR>no such db</ERROR></eFetchResult>", "text/xml")
            if request.path == "/efetch.fcgi"
            else as_json({"error": "API rate limit exceeded", "count": "11"})
        )
    )
    with pytest.raises(ServiceError, match="PubMed cannot search: API rate limit exceeded"):
        lookup.pubmed.search("x")
    answered = lookup.pubmed.articles(["1"])["1"]
    assert str(answered) == "PubMed answers with an error: no such db"


@pytest.mark.parametrize(
    ("service", "asked", "said"),
    [
        ("crossref", "10.1000/both", "Crossref answers with no JSON that can be read (text/html)"),
        ("doi", "10.1000/none", "doi.org answers with no JSON that can be read (text/html)"),
        ("idconv", "PMC5", "NCBI ID converter answers without a list of papers: busy"),
    ],
)
def test_what_stands_in_the_way_is_not_called_missing(
    replay: Replay, lookup: Lookup, service: str, asked: str, said: str
) -> None:
    """A page of a proxy, or an error without a list, says nothing of the paper."""
    page = Reply(404, b"<html>blocked</html>", "text/html")
    error = as_json({"status": "error", "message": "busy"}, 400)
    replay.faults.append(
        lambda request: (
            (error if service == "idconv" else page) if request.service == service else None
        )
    )
    kind = "PMCID" if asked.startswith("PMC") else "DOI"
    (found,) = lookup.papers([{kind: asked}])
    assert (found.missing, [*map(str, found.failures)][:1]) == ((), [said])


def test_a_doi_that_nobody_speaks_of_is_not_called_missing(replay: Replay, lookup: Lookup) -> None:
    replay.faults.append(
        lambda request: as_json({"surprise": 1}) if request.path.startswith("/doiRA") else None
    )
    (found,) = lookup.papers([{"DOI": "10.1000/unknown"}])
    assert found.missing == ()
    assert [str(error) for error in found.failures] == [
        "doi.org does not say whether 10.1000/unknown exists"
    ]


def test_refreshed_answers_are_fetched_anew(
    replay: Replay, http: Client, answers: Cache, waits: list[float]
) -> None:
    replay.add_article(article("55", doi="10.1000/x"))
    replay.add_work(work("10.1000/x"))
    for max_age, requests in ((30 * DAY, 3), (0.0, 6), (7 * DAY, 6)):
        Lookup(http, answers, max_age).papers([{"DOI": "10.1000/x"}])
        assert len(replay.log) == requests
        answers.close()


def test_a_paper_without_identifiers_is_found_by_its_title(replay: Replay, lookup: Lookup) -> None:
    replay.add_work(work("10.1000/right", "A Paper That Nobody Has"))
    replay.add_work(work("10.1000/other", "A paper that nobody has: figure 2", type="component"))
    replay.add_work(
        work("10.1000/later", issued=None, **{"published-print": {"date-parts": [[2019]]}})
    )
    replay.add_article(article("55", doi="10.1000/right"))
    ours = reference(title="A paper that nobody has", issued="2012",
                     author=[{"family": "Example", "given": "A"}])  # fmt: skip
    same = lookup.by_title(ours)
    assert [record.reference.get("DOI") for record in same] == ["10.1000/right"] * 2
    assert replay.asked("pubmed", "/esearch")[0].params["term"] == (
        "a paper that nobody has[ti] AND Example[1au]"
    )


def test_a_search_whose_records_cannot_be_had_is_no_answer(replay: Replay, lookup: Lookup) -> None:
    replay.add_article(article("55"))
    replay.faults.append(lambda request: Reply(500) if "efetch" in request.path else None)
    (found,) = lookup.references([reference(title="A paper that nobody has", issued="2012")])
    assert [str(error) for error in found.failures] == ["PubMed cannot be asked: HTTP 500"]


def test_progress_counts_to_the_end(
    replay: Replay, http: Client, answers: Cache, waits: list[float]
) -> None:
    reported: list[tuple[str, int, int]] = []

    class Watch:
        def asking(self, service: str, done: int, total: int) -> None:
            reported.append((service, done, total))

        def retrying(self, what: str) -> None:
            raise AssertionError(what)

    for number in range(25):
        replay.add_work(work(f"10.1000/{number}"))
    lookup = Lookup(http, answers, watch=Watch())
    lookup.papers([{"DOI": f"10.1000/{number}"} for number in range(25)])
    assert [(done, total) for what, done, total in reported if what == "Crossref"] == [
        (0, 25), *((done, 25) for done in range(1, 26)),
    ]  # fmt: skip


def test_the_log_names_no_reader(replay: Replay, lookup: Lookup) -> None:
    """Nothing but what is asked for leaves the machine: no key, no title of the library."""
    lookup.papers([{"DOI": "10.1371/journal.pone.0033693"}])
    sent: list[Request] = replay.log
    assert {name for request in sent for name in request.params} <= {
        "db", "term", "retmode", "retmax", "sort", "id", "tool", "filter", "rows",
    }  # fmt: skip
    assert author("Example", "Ann") not in str(sent)
