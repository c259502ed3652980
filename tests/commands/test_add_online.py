"""`bclm add` by identifier: what it fetches, mixes, refuses and leaves alone."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from support.program import Program, Real
from support.replay import Replay, Reply, Request
from support.works import RETRACTED, article, work

pytestmark = pytest.mark.slow

BLOCK = """\
  - id: example2012
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
    DOI: 10.1000/Both
    PMID: "55"
    PMCID: PMC5
"""
BIB = """\
@article{other2012, author={Other, Ann}, title={Another paper that nobody has}, year=2012,
  journal={Journal of Invented Results}, doi={10.1000/other}}
"""


@pytest.fixture(autouse=True)
def desk(replay: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, and two papers that both services have."""
    monkeypatch.chdir(tmp_path)
    replay.add_work(work("10.1000/both"))
    replay.add_article(article("55", doi="10.1000/Both", pmcid="PMC5"))
    (tmp_path / "new.bib").write_text(BIB)
    (tmp_path / "lab").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "name",
    ["10.1000/both", "https://doi.org/10.1000/both", "doi:10.1000/BOTH.", "PMID:55", "PMC5",
     "https://pubmed.ncbi.nlm.nih.gov/55/", "https://pmc.ncbi.nlm.nih.gov/articles/PMC5/"],
)  # fmt: skip
def test_a_paper_is_fetched_by_any_identifier(online: Program, name: str) -> None:
    assert online("add", name) == (0, f"references:\n{BLOCK}", "")


def test_who_said_what_is_told_on_demand(online: Program) -> None:
    assert online("add", "10.1000/both", "--verbose").err.splitlines() == [
        "bclm: 10.1000/both: PubMed: author, title, container-title-short, volume, issue, page,"
        " PMID, DOI, PMCID, issued",
        "bclm: 10.1000/both: Crossref: container-title",
    ]


def test_differences_are_told_on_demand(online: Program, replay: Replay) -> None:
    replay.add_work(work("10.1000/both", volume="8"))
    assert online("add", "PMID:55", "-v").err.splitlines()[-1] == (
        "bclm: PMID:55: volume: PubMed has 7, Crossref 8; 7 is taken"
    )


@pytest.mark.parametrize("name", ["PMID:66", "10.1000/slugs"])
def test_two_works_under_one_identifier_are_not_mixed(
    online: Program, replay: Replay, name: str
) -> None:
    """PubMed's DOI of a paper may be another work's: the agency of the DOI knows whose it is."""
    slug = [{"family": "Slug", "given": "Sam"}]
    more = {"author": slug, "container-title": ["Slugs"], "publisher": "P"}
    replay.add_work(work("10.1000/slugs", "Sea slugs of the north", **more))
    replay.add_article(article("66", doi="10.1000/slugs"))
    kept, left = ("PubMed", "Crossref"), ("Slug 2012, Sea slugs of the north", "Slugs")
    if name != "PMID:66":
        kept, left = kept[::-1], ("Example 2012, A paper that nobody has", "Invented")
    code, out, err = online("add", name)
    what = f"{kept[1]} has another work under this identifier, which is left out: {left[0]}"
    assert (code, err) == (0, f"bclm: {name}: {what}\n")
    assert left[1] not in out


def test_a_doi_that_leads_to_another_one_is_told(online: Program, replay: Replay) -> None:
    """Crossref answers for a DOI that became another's alias with the record of that one."""
    replay.add_work(work("10.1000/new"))
    replay.crossref["10.1000/old"] = replay.crossref["10.1000/new"]
    code, out, err = online("add", "10.1000/old")
    assert (code, err) == (0, "bclm: 10.1000/old: its own DOI is 10.1000/new, which is taken\n")
    assert "DOI: 10.1000/new\n" in out


def test_identifiers_files_and_a_pipe_keep_their_order(online: Program, replay: Replay) -> None:
    replay.add_work(work("10.1000/third", "The third paper"))
    result = online(
        "add", "10.1000/both", "new.bib", "-", stdin="# from a colleague\n10.1000/third\n"
    )
    titles = [line for line in result.out.splitlines() if line.startswith("    title: ")]
    assert titles == [
        "    title: A paper that nobody has",
        "    title: Another paper that nobody has",
        "    title: The third paper",
    ]
    assert (result.code, result.err) == (0, "")
    assert len(replay.asked("crossref")) == 1  # all identifiers in one request


def test_our_own_rows_are_a_list_of_identifiers(online: Program, desk: Path) -> None:
    (desk / "ids.txt").write_text("PMID:55\t2012\tA title\n\nPMID:55\n")
    result = online("add", "ids.txt")
    assert result.out == f"references:\n{BLOCK}"
    assert result.err.splitlines()[0] == (
        "bclm: PMID:55: already there as example2012 (DOI 10.1000/both); skipped"
    )


def test_a_file_that_is_there_is_meant(online: Program, desk: Path, replay: Replay) -> None:
    (desk / "10.1000").mkdir()
    (desk / "10.1000" / "both").write_text(BIB)
    assert "other2012" in online("add", "10.1000/both", "--from", "bibtex").out
    assert replay.log == []


def test_a_folder_is_written(online: Program, desk: Path) -> None:
    result = online("add", "PMID:55", "--write", "lab")
    path = (desk / "lab/references.yaml").resolve()
    assert result == (0, "", f"bclm: {path}: 1 added, 0 filled\n")
    assert path.read_text() == f"references:\n{BLOCK}"


def test_a_bib_is_written(online: Program, desk: Path) -> None:
    assert online("add", "PMID:55", "--write", "new.bib").code == 0
    assert (
        (desk / "new.bib").read_text()
        == BIB
        + """
@article{example2012,
  author = {Example, Ann and Sample, Bob},
  title = {A paper that nobody has},
  journal = {Journal of Invented Results},
  year = {2012},
  month = aug,
  volume = {7},
  number = {3},
  pages = {101--110},
  doi = {10.1000/Both},
  pmid = {55},
  pmcid = {PMC5}
}
"""
    )


def test_what_does_not_exist_is_told_and_the_rest_is_taken(online: Program) -> None:
    result = online("add", "10.1000/none", "PMID:99999", "PMC99999", "10.1000/both")
    assert (result.code, result.out) == (1, f"references:\n{BLOCK}")
    assert result.err.splitlines() == [
        "bclm: 10.1000/none: no such DOI is registered",
        "bclm: PMID:99999: PubMed has no such paper",
        "bclm: PMC99999: PubMed Central has no such paper",
        "bclm: left out: 3",
        "hint: the lines above say what and why",
    ]


def test_a_doi_without_a_record_is_reported(online: Program, replay: Replay) -> None:
    replay.agencies["10.5281/zenodo.1"] = "DataCite"
    assert online("add", "10.5281/zenodo.1").err.splitlines()[0] == (
        "bclm: 10.5281/zenodo.1: it exists, but no service has its record"
    )


def test_a_retraction_is_told_to_everybody(online: Program, replay: Replay) -> None:
    replay.add_work(RETRACTED)
    result = online("add", "10.1016/S0140-6736(97)11096-0", "-q")
    assert (result.code, result.err) == (
        0,
        "bclm: 10.1016/S0140-6736(97)11096-0: retracted 2010-02-06 (10.1016/s0140-6736(10)60175-4;"
        " retraction-watch, title); do not cite it as a finding\n",
    )
    assert "DOI: 10.1016/S0140-6736(97)11096-0\n" in result.out  # in the capitals that were typed


def test_arxiv_is_asked_for_at_doi_org(online: Program, replay: Replay) -> None:
    replay.agencies["10.48550/arxiv.2401.00001"] = "DataCite"
    replay.csl["10.48550/arxiv.2401.00001"] = {
        "type": "article", "title": "A preprint", "issued": {"date-parts": [[2024]]},
        "author": [{"family": "Example", "given": "Ann"}],
    }  # fmt: skip
    for name in ("arXiv:2401.00001", "https://arxiv.org/abs/2401.00001v3"):
        assert "DOI: 10.48550/arXiv.2401.00001\n" in online("add", name).out


def down(service: str) -> object:
    return lambda request: Reply(500) if request.service == service else None


def test_a_service_that_is_down_is_told_beside_what_the_other_has(
    online: Program, replay: Replay
) -> None:
    replay.faults.append(down("pubmed"))  # type: ignore[arg-type]
    result = online("add", "10.1000/both")
    assert result.code == 0
    assert result.err == "bclm: 10.1000/both: PubMed cannot be asked: HTTP 500\n"
    assert "PMID" not in result.out


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Reply(500), "PubMed cannot be asked: HTTP 500"),
        (Reply(429), "PubMed cannot be asked: HTTP 429"),
        (Reply(200, b"<html>", "text/html"),
         "PubMed answers with no JSON that can be read (text/html)"),
        (Reply(302, headers={"location": "file:///etc/passwd"}),
         "localhost redirects to 'file:///etc/passwd', which is not followed"),
    ],
    ids=["500", "429", "html", "file"],
)  # fmt: skip
def test_nothing_is_written_where_a_paper_cannot_be_asked_for(
    online: Program, replay: Replay, desk: Path, fault: Reply, said: str
) -> None:
    replay.faults.append(lambda request: fault)
    result = online("add", "new.bib", "10.1000/both", "--write", "lab")
    assert (result.code, result.out) == (4, "")
    assert result.err.splitlines()[0] == f"bclm: 10.1000/both: {said}"
    assert not (desk / "lab/references.yaml").exists()


def test_offline_is_reported(online: Program, replay: Replay) -> None:
    assert online("add", "10.1000/both", env={"BCLM_OFFLINE": "1"}) == (
        4,
        "",
        "bclm: BCLM_OFFLINE forbids the network\nhint: unset it to ask the services\n",
    )
    assert replay.log == []


@pytest.mark.parametrize("name", ["10.5555/MADE.up.2001", "https://doi.org/10.5555/made.up.2001"])
def test_a_paper_of_the_data_is_named_without_the_network(
    online: Program, replay: Replay, name: str
) -> None:
    assert online("add", name, env={"BCLM_OFFLINE": "1"}) == (
        0,
        "references: []\n",
        f"bclm: {name.removeprefix('https://doi.org/')}: already in the data as adams2001; skipped;"
        " `bclm refs adams2001` shows it, `bclm export adams2001` prints its entry\n"
        "bclm: already there: 1\n",
    )
    assert replay.log == []


def test_a_paper_of_the_file_that_is_written_is_skipped_and_the_rest_fetched(
    online: Program, replay: Replay, desk: Path
) -> None:
    (desk / "mine.bib").write_text(BIB)
    result = online("add", "10.1000/other", "10.1000/both", "--write", "mine.bib")
    assert (result.code, result.out) == (0, "")
    assert result.err == (
        "bclm: 10.1000/other: already there as other2012; skipped\n"
        "bclm: mine.bib: 1 added, 0 filled\nbclm: already there: 1\n"
    )
    assert not any("other" in request.path for request in replay.log)


def test_a_paper_to_be_filled_is_asked_for(online: Program, desk: Path, replay: Replay) -> None:
    (desk / "mine.bib").write_text(
        "@article{mine, title={A paper that nobody has}, doi={10.1000/both}}\n"
    )
    result = online("add", "10.1000/both", "--write", "mine.bib", "--update")
    assert (result.code, "already there as mine (DOI 10.1000/both); filled: " in result.err) == (
        0,
        True,
    )
    assert "volume = {7}" in (desk / "mine.bib").read_text()


def test_what_is_known_is_not_asked_again(online: Program, replay: Replay) -> None:
    assert online("add", "10.1000/both").code == 0
    asked = len(replay.log)
    assert online("add", "10.1000/both").out == f"references:\n{BLOCK}"
    assert len(replay.log) == asked
    assert online("add", "10.1000/both", "--refresh").code == 0
    assert len(replay.log) == 2 * asked


@pytest.mark.parametrize("command", ["cite", "export", "refs"])
def test_commands_name_what_fetches_an_unknown_paper(
    online: Program, replay: Replay, command: str
) -> None:
    result = online(command, "10.1000/both")
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines()[-1] == (
        "hint: `bclm add 10.1000/both` fetches it from PubMed and Crossref"
    )
    assert replay.log == []


def test_a_bare_number_is_no_identifier(online: Program) -> None:
    result = online("add", "11242036")
    assert result.code == 3
    assert result.err == (
        "bclm: 11242036: no such file, and the data has no paper of this key; PMID:11242036 asks"
        " PubMed\n"
    )


def test_an_interrupt_keeps_what_was_fetched(
    real: Real, replay: Replay, desk: Path, tmp_path: Path
) -> None:
    """SIGINT while the second service is slow: exit 130, nothing written, PubMed's answer kept."""

    def slow(request: Request) -> Reply | None:
        if request.service == "crossref":
            time.sleep(5)
        return None

    replay.faults.append(slow)
    environment = real.environment(**replay.environment(), XDG_CACHE_HOME=str(tmp_path / "c"))
    process = subprocess.Popen(
        [*real.command, "add", "PMID:55", "--write", "lab"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    for _ in range(600):
        if replay.asked("crossref"):
            break
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert list((desk / "lab").iterdir()) == []
    replay.faults.clear()
    replay.log.clear()
    again = subprocess.run(
        [*real.command, "add", "PMID:55", "--write", "lab"], env=environment, check=True
    )
    assert again.returncode == 0
    assert {request.service for request in replay.log} == {"crossref"}


def test_a_person_sees_how_far_it_has_come(
    real: Real, replay: Replay, desk: Path, tmp_path: Path
) -> None:
    """After half a second, on a terminal alone, and gone at the end."""

    def slow(request: Request) -> Reply | None:
        time.sleep(0.2)
        return None

    replay.faults.append(slow)
    for number in range(45):
        replay.add_work(work(f"10.1000/{number}", f"The paper number {number}"))
    (desk / "ids.txt").write_text("".join(f"10.1000/{number}\n" for number in range(45)))
    environment = {**replay.environment(), "XDG_CACHE_HOME": str(tmp_path / "c")}
    shown = real.terminal("add", "ids.txt", "--write", "lab", env=environment).out
    assert "asking Crossref ██" in shown
    assert "of 45 papers" in shown
    assert shown.rpartition("papers")[2].startswith("\x1b[K\r\x1b[K")
    piped = real.pipe("add", "ids.txt", "--write", "lab", env=environment)
    assert "asking" not in piped.err


def test_a_person_sees_why_it_waits(real: Real, replay: Replay, desk: Path, tmp_path: Path) -> None:
    busy = [Reply(429, headers={"retry-after": "1"})]
    replay.faults.append(lambda request: busy.pop() if busy else None)
    environment = {**replay.environment(), "XDG_CACHE_HOME": str(tmp_path / "c")}
    shown = real.terminal("add", "PMID:55", env=environment)
    assert shown.code == 0
    assert shown.out.startswith("\rPubMed: HTTP 429; asking again in 1 s\x1b[K\r")
