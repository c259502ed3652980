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


SHARED = """\
@incollection{chap3, title={Three}, booktitle={Six}, author={Roe, R}, year=2014,
  isbn={978-3-16-148410-0}}
@incollection{chap4, title={Four}, booktitle={Six}, author={Poe, P}, year=2014,
  isbn={978-3-16-148410-0}}
"""
BOOK = "@book{book, title={Six}, editor={Doe, J}, year=2014, isbn={3-16-148410-X}}\n"


def test_an_isbn_is_that_of_the_book_before_its_chapters(small: Program) -> None:
    Path("refs.bib").write_text(SHARED + BOOK)
    Path("paper.md").write_text("[@isbn:9783161484100]\n")
    ran = small("export", "--used-in", "paper.md", "--data", "refs.bib")
    assert (ran.code, ran.out.partition(",")[0]) == (0, "@book{isbn:9783161484100")
    ran = small("add", "9783161484100", "--data", "refs.bib", "--write", "x.bib")
    assert (ran.code, Path("x.bib").read_text().partition(",")[0]) == (0, "@book{book")


def test_an_own_chapter_does_not_take_the_isbn_of_a_book_in_earlier_data(small: Program) -> None:
    Path("a.bib").write_text(BOOK)
    Path("b.bib").write_text(SHARED)
    ran = small("refs", "9783161484100", "--data", "a.bib", "--data", "b.bib", "--fields", "key")
    assert ran.out == "book\n"


@pytest.mark.parametrize(
    ("own", "key", "others"),
    [
        (SHARED, "isbn:9783161484100", "chap3, chap4"),
        ("@misc{a, title={A}, url={https://example.org/x}}\n"
         "@misc{b, title={B}, url={http://www.example.org/x/}}\n",
         "url:https://example.org/x", "a, b"),
        ("@article{a, title={A}, journal={J}, note={arXiv:2001.12345}}\n"
         "@article{b, title={B}, journal={J}, note={arXiv:2001.12345}}\n",
         "arxiv:2001.12345", "a, b"),
        ("@article{a, title={A}, journal={J}, doi={10.1000/x}}\n"
         "@article{b, title={Quite another}, journal={J}, doi={10.1000/X}}\n",
         "doi:10.1000/x", "a, b"),
    ],
)  # fmt: skip
def test_what_several_papers_share_leads_to_none(
    small: Program, own: str, key: str, others: str
) -> None:
    Path("refs.bib").write_text(own)
    Path("paper.md").write_text(f"[@{key}]\n")
    assert small("check", "paper.md", "--also", "refs.bib").out.splitlines()[0] == (
        f"paper.md:1:2: {key}: this leads to several papers: {others}; cite one by its key"
        " [error: unknown-key]"
    )
    ran = small("export", "--used-in", "paper.md", "--data", "refs.bib")
    said = f"'{key}' leads to several papers: {others}; cite one by its key"
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (1, "", f"bclm: paper.md:1:2: {said}")
    name = key.partition(":")[2] if key[:3] in ("url", "doi") else key
    for command in (("refs", name), ("add", name, "--write", "x.bib")):
        ran = small(*command, "--data", "refs.bib")
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.endswith(f"' leads to several papers: {others}; cite one by its key\n")
    found = small("search", name, "--data", "refs.bib", "--format", "tsv").out.splitlines()
    assert [line.split("\t")[1] for line in found[1:]] == others.split(", ")


@pytest.mark.parametrize(
    ("own", "key"),
    [
        ("@article{comment, title={A}, note={Comment on arXiv:2001.12345}, journal={Nature}}\n"
         "@misc{preprint, title={B}, eprint={2001.12345}, archivePrefix={arXiv}}\n",
         "arxiv:2001.12345"),
        ("@article{paper, title={A}, note={arXiv:2001.12345}, journal={Nature}}\n"
         "@misc{preprint, title={B}, doi={10.48550/arXiv.2001.12345}}\n", "arxiv:2001.12345"),
        ("@article{preprint, title={A}, journal={J}, year=2001, author={Doe, J}, doi={10.1000/x}}\n"
         "@article{again, title={A}, journal={J}, year=2001, author={Doe, J}, doi={10.1000/x}}\n",
         "doi:10.1000/x"),
    ],
)  # fmt: skip
def test_the_paper_itself_comes_before_one_that_speaks_of_it(
    small: Program, own: str, key: str
) -> None:
    Path("refs.bib").write_text(own)
    Path("paper.md").write_text(f"[@{key}]\n")
    ran = small("refs", "--used-in", "paper.md", "--data", "refs.bib", "--fields", "key")
    assert (ran.code, ran.out) == (0, "preprint\n")
    assert small("refs", key, "--data", "refs.bib", "--fields", "key").out == "preprint\n"


def test_a_comment_on_a_preprint_is_not_that_preprint(small: Program) -> None:
    Path("refs.bib").write_text(
        "@article{comment, title={A}, note={Comment on arXiv:2001.12345}, journal={Nature}}\n"
    )
    Path("paper.md").write_text("[@arxiv:2001.12345]\n")
    assert (
        small("check", "paper.md", "--also", "refs.bib")
        .out.splitlines()[0]
        .startswith(
            "paper.md:1:2: arxiv:2001.12345: no paper at hand has 10.48550/arXiv.2001.12345;"
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "[@tag:x]\n\n```\n[@tag:x]: pmid:123\n```\n",
        "[@tag:x]\n\n<!--\n[@tag:x]: pmid:123\n-->\n",
        "[@tag:x]\n\n    [@tag:x]: pmid:123\n",
        "[@tag:x]\n\ncitekey-aliases:\n  tag:x: pmid:123\n",
        "---\ntitle: A\n---\n[@tag:x]\n\n```\ncitekey-aliases:\n  tag:x: pmid:123\n```\n",
    ],
)
def test_a_tag_counts_where_manubot_reads_it(small: Program, text: str) -> None:
    Path("paper.md").write_text(text)
    assert "tag:x: no such paper" in small("check", "paper.md", "--also", "refs.bib").out


@pytest.mark.parametrize(
    "text",
    [
        "[@tag:x]\n\n```\n[@tag:x]: pmid:9\n```\n\n[@tag:x]: pmid:123\n",
        "---\ncitekey-aliases:\n  a: pmid:9 # another\n  # and this\n  'tag:x': pmid:123\n---\n"
        "@tag:x\n",
        "---\ncitekey-aliases:\n  tag:x: pmid:9\n---\n@tag:x\n\n[@tag:x]: pmid:123\n",
    ],
)
def test_which_paper_a_tag_stands_for(small: Program, text: str) -> None:
    Path("paper.md").write_text(text)
    ran = small("refs", "--used-in", "paper.md", "--data", "refs.bib", "--fields", "key")
    assert (ran.out, ran.code) == ("byPmid\n", 0)
