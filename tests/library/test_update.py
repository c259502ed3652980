"""`bclm add --update --online`: gaps filled from the services, doubtful ones listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.program import Program, Real
from support.replay import Replay, Reply
from support.works import article, work

pytestmark = pytest.mark.slow

HEAD = """\
# a lab's own papers
references:
"""
GAPS = """\
  - id: ours2012   # a comment
    type: article-journal
    title: A paper that nobody has
    author:
      - {family: Example, given: A}
    container-title: Journal of Invented Results
    issued: "2012"
    DOI: 10.1000/ours
    custom:
      incomplete-authors: "true"
      kind: research
"""
FILLED = """\
  - id: ours2012   # a comment
    type: article-journal
    title: A paper that nobody has
    author:
      - {family: Example, given: Ann}
      - {family: Sample, given: Bob}
    container-title: Journal of Invented Results
    container-title-short: J Invent Res
    issued: "2012"
    volume: "7"
    issue: "3"
    page: "101-110"
    DOI: 10.1000/ours
    PMID: "55"
    PMCID: PMC5
    custom:
      kind: research
"""


@pytest.fixture(autouse=True)
def lab(replay: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lab's folder with one paper that has gaps, which both services know."""
    monkeypatch.chdir(tmp_path)
    replay.add_work(work("10.1000/ours"))
    replay.add_article(article("55", doi="10.1000/ours", pmcid="PMC5"))
    folder = tmp_path / "lab"
    folder.mkdir()
    (folder / "references.yaml").write_text(HEAD + GAPS)
    return folder


def run(online: Program, *more: str, **how: object) -> tuple[int, list[str]]:
    """Run it; the exit code, and stderr without the path of the file."""
    result = online("add", "--update", "--online", "--write", "lab", *more, **how)  # type: ignore[arg-type]
    path = str(Path("lab/references.yaml").resolve())
    return result.code, result.err.replace(f"bclm: {path}: ", "").splitlines()


def test_gaps_are_filled_and_nothing_else_changes(online: Program, lab: Path) -> None:
    assert run(online) == (
        0,
        [
            "bclm: ours2012: filled from PubMed and Crossref: container-title-short, volume, issue,"
            " page, PMID, PMCID, whole list of authors",
            "1 filled, 0 doubtful, of 1 with gaps",
        ],
    )
    assert (lab / "references.yaml").read_text() == HEAD + FILLED
    assert run(online) == (0, ["0 filled, 0 doubtful, of 0 with gaps"])


def test_a_paper_is_found_by_title_author_and_year(online: Program, lab: Path) -> None:
    (lab / "references.yaml").write_text(HEAD + GAPS.replace("    DOI: 10.1000/ours\n", ""))
    code, said = run(online)
    assert (code, said[0][:44]) == (0, "bclm: ours2012: filled from PubMed and Cross")
    assert (lab / "references.yaml").read_text() == HEAD + FILLED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: A paper that nobody has", "title: Another paper of the same people"),
        ("family: Example", "family: Else"),
        ('"2012"', '"2019"'),
    ],
    ids=["title", "author", "year"],
)
def test_what_disagrees_is_doubtful_and_never_written(
    online: Program, lab: Path, old: str, new: str
) -> None:
    text = HEAD + GAPS.replace(old, new)
    (lab / "references.yaml").write_text(text)
    assert run(online) == (
        0,
        [
            "bclm: ours2012: PubMed has another title, first author or year under its identifier:"
            " Example 2012, A paper that nobody has",
            "0 filled, 1 doubtful, of 1 with gaps",
        ],
    )
    assert (lab / "references.yaml").read_text() == text


def test_author_and_year_are_filled_where_an_identifier_leads_to_the_paper(
    online: Program, lab: Path
) -> None:
    known = "  - id: bare\n    type: article-journal\n    title: A paper that nobody has\n"
    (lab / "references.yaml").write_text(HEAD + known + "    DOI: 10.1000/ours\n")
    assert run(online)[1] == [
        "bclm: bare: filled from PubMed and Crossref: author, container-title,"
        " container-title-short, volume, issue, page, PMID, PMCID, issued",
        "1 filled, 0 doubtful, of 1 with gaps",
    ]
    (lab / "references.yaml").write_text(HEAD + known)  # by its title alone it is not found
    assert run(online)[1][0] == "bclm: bare: no service knows it"


def test_two_papers_of_one_title_are_doubtful(online: Program, replay: Replay, lab: Path) -> None:
    (lab / "references.yaml").write_text(HEAD + GAPS.replace("    DOI: 10.1000/ours\n", ""))
    replay.add_work(work("10.1000/twin"))
    assert run(online)[1][0] == "bclm: ours2012: several papers have this title, author and year"


def test_a_preprint_does_not_stand_for_its_article(
    online: Program, replay: Replay, lab: Path
) -> None:
    (lab / "references.yaml").write_text(HEAD + GAPS.replace("    DOI: 10.1000/ours\n", ""))
    replay.add_work(work("10.1101/pre", type="posted-content", subtype="preprint"))
    assert run(online)[0] == 0
    assert (lab / "references.yaml").read_text() == HEAD + FILLED


def test_a_list_of_other_people_stays_cut(online: Program, replay: Replay, lab: Path) -> None:
    (lab / "references.yaml").write_text(
        HEAD + GAPS.replace("given: A}", "given: A}\n      - {family: Third, given: C}")
    )
    run(online)
    text = (lab / "references.yaml").read_text()
    assert "family: Third" in text
    assert 'incomplete-authors: "true"' in text
    assert 'PMID: "55"' in text


def test_custom_in_braces_and_custom_that_becomes_empty(online: Program, lab: Path) -> None:
    head, _, _ = GAPS.partition("    custom:")
    for custom, left in (
        (
            '    custom: {incomplete-authors: "true", kind: review}\n',
            "    custom: {kind: review}\n",
        ),
        (
            '    custom: {kind: review, incomplete-authors: "true"}\n',
            "    custom: {kind: review}\n",
        ),
        ('    custom:\n      incomplete-authors: "true"\n', ""),
        ('    custom: {incomplete-authors: "true"}\n', ""),
    ):
        (lab / "references.yaml").write_text(HEAD + head + custom)
        assert run(online)[0] == 0
        text = (lab / "references.yaml").read_text()
        assert text == HEAD + FILLED.partition("    custom:")[0] + left, custom


def test_what_nobody_knows_is_told(online: Program, lab: Path) -> None:
    (lab / "references.yaml").write_text(HEAD + GAPS.replace("10.1000/ours", "10.1000/none"))
    assert run(online)[1][0] == "bclm: ours2012: 10.1000/none does not exist"


def test_what_could_not_be_asked_is_exit_4_and_the_rest_is_filled(
    online: Program, replay: Replay, lab: Path
) -> None:
    """PubMed is down; Crossref has one of the papers, and a paper with a PMID alone is left."""
    second = GAPS.replace("ours2012", "other").replace("DOI: 10.1000/ours", 'PMID: "55"')
    (lab / "references.yaml").write_text(HEAD + GAPS + "\n" + second)
    replay.faults.append(lambda request: Reply(500) if request.service == "pubmed" else None)
    code, said = run(online)
    assert code == 4
    assert said == [
        "bclm: ours2012: filled from Crossref: container-title-short, volume, issue, page,"
        " whole list of authors",
        "bclm: other: PubMed cannot be asked: HTTP 500",
        "1 filled, 0 doubtful, of 2 with gaps",
        "bclm: 1 paper could not be asked about",
        "hint: try again later",
    ]
    assert second in (lab / "references.yaml").read_text()


def test_whole_papers_and_books_are_not_asked_about(
    online: Program, replay: Replay, lab: Path
) -> None:
    book = "  - id: book\n    type: book\n    title: A book\n"
    (lab / "references.yaml").write_text(HEAD + FILLED + "\n" + book)
    assert run(online) == (0, ["0 filled, 0 doubtful, of 0 with gaps"])
    assert replay.log == []


def test_a_person_sees_the_difference_first(
    real: Real, replay: Replay, lab: Path, tmp_path: Path
) -> None:
    environment = {**replay.environment(), "XDG_CACHE_HOME": str(tmp_path / "c"), "NO_COLOR": "1"}
    command = ("add", "--update", "--online", "--write", "lab")
    refused = real.terminal(*command, env=environment, typed="n\n")
    assert refused.code == 1
    assert '+    volume: "7"\n' in refused.out
    assert '-      incomplete-authors: "true"\n' in refused.out
    assert "Write this? [y/N]:" in refused.out
    assert refused.out.endswith("bclm: nothing is written\n")
    assert (lab / "references.yaml").read_text() == HEAD + GAPS
    agreed = real.terminal(*command, env=environment, typed="y\n")
    assert agreed.code == 0
    assert (lab / "references.yaml").read_text() == HEAD + FILLED


@pytest.mark.parametrize(
    "arguments",
    [["--online"], ["--online", "--update"], ["x.bib", "--online", "--update", "--write", "lab"]],
)
def test_online_needs_update_and_a_folder(online: Program, arguments: list[str]) -> None:
    result = online("add", *arguments)
    assert (result.code, result.err) == (
        2,
        "bclm: --online fills in what papers lack\nhint: bclm add --update --online --write PATH\n",
    )


def test_evil_text_is_shown_harmless(
    online: Program, replay: Replay, lab: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = work(
        "10.1000/ours", volume="7\x1b[31m", author=[{"family": "Example", "given": "A\x9bB"}]
    )
    replay.add_work(evil)
    replay.pubmed.clear()
    run(online)
    text = (lab / "references.yaml").read_text()
    assert not {"\x1b", "\x9b"} & {*text}


BIB = """\
% my own
@article{ours2012,
  author  = {Example, A. and others},
  title   = "A paper that nobody has",
  journal = {Journal of Invented Results}, year = 2012,
  doi     = {10.1000/ours},
  keywords = {mine}
}

@book{book, title={A book}}
"""
FILLED_BIB = """\
% my own
@article{ours2012,
  author  = {Example, Ann and Sample, Bob},
  title   = "A paper that nobody has",
  journal = {Journal of Invented Results}, year = 2012,
  doi     = {10.1000/ours},
  keywords = {mine},
  volume = {7},
  number = {3},
  pages = {101--110},
  pmid = {55},
  pmcid = {PMC5},
}

@book{book, title={A book}}
"""


def test_a_bib_is_filled_in_place(online: Program, lab: Path) -> None:
    path = lab / "refs.bib"
    path.write_text(BIB)
    result = online("add", "--update", "--online", "--write", "lab/refs.bib")
    assert result.code == 0
    assert result.err.splitlines()[-1].endswith("refs.bib: 1 filled, 0 doubtful, of 1 with gaps")
    assert path.read_text() == FILLED_BIB
    assert online("add", "--update", "--online", "--write", "lab/refs.bib").code == 0
    assert path.read_text() == FILLED_BIB
