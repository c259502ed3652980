"""Manuscripts of Manubot, which cite by identifiers."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.program import Program

OWN = """\
@article{byDoi, title={One}, author={Doe, J}, year=2014, doi={10.1000/ABC}, journal={J}, volume=1,
  pages={1--2}}
@article{byPmid, title={Two}, author={Doe, J}, year=2014, journal={J},
  note={PMID: 123; PMCID: PMC45}}
@article{scholar, title={Three}, author={Doe, J}, year=2014,
  journal={arXiv preprint arXiv:1502.00001}}
@misc{eprint, title={Four}, author={Doe, J}, year=2014, eprint={1407.3561}, archivePrefix={arXiv}}
@online{page, title={Five}, author={Doe, J}, year=2014, url={https://example.org/x/}}
@book{book, title={Six}, author={Doe, J}, year=2014, isbn={978-0-262-51763-8}}
"""
PAPER = """\
A [@doi:10.1000/abc; @DOI:10.1000/ABC; @pmid:123; @pubmed:123; @pmcid:PMC45; @pmc:PMC45].
B [@arxiv:1502.00001v2; @arxiv:1407.3561; @url:https://example.org/x; @isbn:9780262517638].
C [see @tag:six, p. 3].

[@tag:six]: isbn:0-262-51763-X
"""
KEYS = [
    "doi:10.1000/abc", "DOI:10.1000/ABC", "pmid:123", "pubmed:123", "pmcid:PMC45", "pmc:PMC45",
    "arxiv:1502.00001v2", "arxiv:1407.3561", "url:https://example.org/x", "isbn:9780262517638",
    "isbn:0-262-51763-X",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("refs.bib").write_text(OWN)
    Path("paper.md").write_text(PAPER)


def test_papers_are_found_by_identifier_and_exported_under_the_cited_key(small: Program) -> None:
    ran = small("export", "--used-in", "paper.md", "--data", "refs.bib")
    keys = [line.partition("{")[2][:-1] for line in ran.out.splitlines() if line[:1] == "@"]
    assert sorted(keys) == sorted(KEYS)


def test_each_citation_is_printed(small: Program) -> None:
    ran = small(
        "cite", "--used-in", "paper.md", "--data", "refs.bib", "--in-text", "--style", "apa"
    )
    assert ran.out.splitlines()[-1] == "(see Doe, 2014d, p. 3)"


def test_one_paper_by_two_identifiers_is_told_by_one_in_two_spellings_is_not(
    small: Program,
) -> None:
    ran = small("check", "paper.md", "--also", "refs.bib", "--format", "tsv")
    told = [line.split("\t") for line in ran.out.splitlines()]
    assert [row[5] for row in told if row[1] == "two-keys"] == [
        "pmcid:PMC45", "pmc:PMC45", "isbn:0-262-51763-X",
    ]  # fmt: skip


def test_an_identifier_that_nothing_has_is_told_with_what_fetches_it(small: Program) -> None:
    Path("paper.md").write_text("[@pmid:99; @doi:10.1000/x; @pmid:99; @wikidata:Q1]\n")
    assert small("check", "paper.md").out.splitlines() == [
        "paper.md:1:2: pmid:99: no paper at hand has PMID:99 (also at 1:28);"
        " `bclm add PMID:99 --write refs.bib` fetches it [error: unknown-key]",
        "paper.md:1:12: doi:10.1000/x: no paper at hand has 10.1000/x;"
        " `bclm add 10.1000/x --write refs.bib` fetches it [error: unknown-key]",
        "paper.md:1:38: wikidata:Q1: no such paper; --also FILE names another bibliography"
        " [error: unknown-key]",
    ]
    ran = small("export", "--used-in", "paper.md")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[0] == "bclm: paper.md:1:2: no paper 'pmid:99'"
    assert ran.err.splitlines()[-1].startswith(
        "hint: `bclm add PMID:99 10.1000/x --write refs.bib` fetches what has an identifier;"
    )


@pytest.mark.parametrize(
    "aliases",
    [
        "  six: isbn:0-262-51763-X\n",
        '  "tag:x": url:http://a.example\n  \'six\': "isbn:0-262-51763-X"\n',
    ],
)
def test_tags_may_stand_in_the_metadata(small: Program, aliases: str) -> None:
    Path("paper.md").write_text(
        f"---\ntitle: A\ncitekey-aliases:\n{aliases}lang: en\n---\n[@six]\n"
    )
    ran = small("export", "--used-in", "paper.md", "--data", "refs.bib")
    assert (ran.code, ran.out.partition(",")[0]) == (0, "@book{isbn:0-262-51763-X")
