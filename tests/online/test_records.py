"""From recorded answers, and from answers in their form, to references: field by field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from bclm_cli.errors import ServiceError
from bclm_cli.formats.csl.yaml_blocks import block
from bclm_cli.model.notices import Notice
from bclm_cli.model.records import Name
from bclm_cli.online import crossref, doi, pubmed_record
from bclm_cli.online.pubmed_xml import parse
from bclm_cli.online.records import Record
from support.replay import RECORDED
from support.works import RETRACTED, article, author, update, work

CROSSREF = sorted((RECORDED / "crossref").glob("works_*.json"))
PUBMED = sorted((RECORDED / "pubmed").glob("efetch_*.xml"))


def of_pubmed(xml: str) -> Record:
    return pubmed_record.record(fromstring(xml))


def expected() -> dict[str, str]:
    """The blocks of records.yaml by their id."""
    text = (RECORDED / "records.yaml").read_text(encoding="utf-8")
    blocks = [
        "  - id: " + part.split("\n\n")[0].rstrip("\n") + "\n"
        for part in text.split("  - id: ")[1:]
    ]
    return {one.split("\n")[0].removeprefix("  - id: "): one for one in blocks}


@pytest.mark.parametrize("path", CROSSREF, ids=lambda path: path.stem)
def test_a_recorded_work_of_crossref(path: Path) -> None:
    message = json.loads(path.read_text(encoding="utf-8"))["message"]
    record = crossref.record(message)
    assert block(record.reference._replace(id=path.stem)) == expected()[path.stem]
    assert (record.problems, record.is_notice_of, record.published_as) == ((), (), "")


@pytest.mark.parametrize("path", PUBMED, ids=lambda path: path.stem)
def test_a_recorded_article_of_pubmed(path: Path) -> None:
    for one in parse(path.read_bytes()):
        record = pubmed_record.record(one)
        key = f"{path.stem}-{record.reference.get('PMID')}"
        assert block(record.reference._replace(id=key)) == expected()[key]
        assert record[2:] == ((), (), "", (), "")


def test_every_recorded_answer_has_its_record() -> None:
    names = {path.stem for path in CROSSREF} | {path.stem for path in PUBMED}
    assert {key.partition("-")[0] for key in expected()} == names


def test_a_recorded_correction_is_a_notice() -> None:
    message = json.loads((RECORDED / "crossref/works_one.json").read_text())["message"]
    assert crossref.record(message).notices == (
        Notice(
            "correction",
            "2012-05-08",
            "10.1371/annotation/c76da2c1-ccb8-4797-94c1-359d3ceceeda",
            source="publisher",
        ),
    )


def test_a_retraction_is_found_behind_a_correction() -> None:
    record = crossref.record(RETRACTED)
    assert record.notices == (
        Notice(
            "retraction",
            "2010-02-06",
            "10.1016/s0140-6736(10)60175-4",
            source="retraction-watch, title",
        ),
        Notice("correction", "2004-03-06", "10.1016/s0140-6736(04)15715-2", "", "retraction-watch"),
    )


def test_a_notice_that_stands_twice_is_one() -> None:
    twice = work(
        "10.1000/x",
        **{
            "updated-by": [
                update("retraction", "10.1000/n", (2010, 2, 6)),
                update("Retraction", "10.1000/N", (2010,), "retraction-watch"),
            ]
        },
    )
    assert crossref.record(twice).notices == (
        Notice("retraction", "2010-02-06", "10.1000/n", "", "publisher, retraction-watch"),
    )


@pytest.mark.parametrize(
    ("spelled", "kind"),
    [
        ("retraction", "retraction"), ("partial_retraction", "partial retraction"),
        ("partial-retraction", "partial retraction"), ("withdrawal", "withdrawal"),
        ("removal", "withdrawal"), ("expression_of_concern", "expression of concern"),
        ("Expression of concern", "expression of concern"), ("correction", "correction"),
        ("corrigendum", "correction"), ("erratum", "correction"), ("err", "correction"),
        ("addendum", "correction"), ("clarification", "correction"),
        ("corrected-article", "correction"), ("new_version", "new version"),
        ("new_edition", "new version"),
    ],
)  # fmt: skip
def test_updates_are_known_however_they_are_spelled(spelled: str, kind: str) -> None:
    message = work("10.1000/x", **{"updated-by": [update(spelled, "10.1000/n", (2020, 1))]})
    assert crossref.record(message).notices == (
        Notice(kind, "2020-01", "10.1000/n", "", "publisher"),
    )


def test_updates_of_no_known_form_are_passed_over() -> None:
    odd: list[Any] = [None, "x", {}, {"type": 3}, {"type": "crossmark"}, [], update("x", "", (1,))]
    assert crossref.record(work("10.1000/x", **{"updated-by": odd})).notices == ()
    assert crossref.record(work("10.1000/x", **{"updated-by": "retraction"})).notices == ()


def test_a_notice_says_of_whom() -> None:
    notice = work("10.1000/n", **{"update-to": [
        {"DOI": "10.1000/X", "type": "retraction"}, {"DOI": "10.1000/N", "type": "new_version"},
    ]})  # fmt: skip
    assert crossref.record(notice).is_notice_of == (("retraction", "10.1000/x"),)


def test_a_preprint_knows_its_article() -> None:
    preprint = work(
        "10.1101/x",
        type="posted-content",
        subtype="preprint",
        relation={
            "is-preprint-of": [{"id-type": "doi", "id": "10.1000/Y", "asserted-by": "object"}]
        },
        publisher="Example Press",
    )
    record = crossref.record(preprint)
    assert record.published_as == "10.1000/y"
    assert (record.reference.type, record.reference.get("genre")) == ("article", "Preprint")
    assert record.reference.get("publisher") == "Example Press"


@pytest.mark.parametrize(
    "dates",
    [
        {"issued": {"date-parts": [[None]]}, "published-print": None},
        {"issued": {"date-parts": []}, "published-print": {}},
        {"issued": "2012", "published-print": {"date-parts": "x"}},
    ],
)
def test_a_date_that_nobody_knows_stays_out(dates: dict[str, Any]) -> None:
    assert "issued" not in crossref.record(work("10.1000/x", **dates)).reference.dates


@pytest.mark.parametrize("title", [[], None, [""], ["  \n "], {"a": 1}])
def test_a_work_without_a_title_is_reported(title: Any) -> None:
    with pytest.raises(ServiceError, match=r"Crossref's record of 10\.1000/x has no title"):
        crossref.record(work("10.1000/x", title=title))


def test_three_thousand_authors_are_taken() -> None:
    many = [{"given": f"A{n}", "family": f"Example{n}"} for n in range(3000)]
    assert len(crossref.record(work("10.1000/x", author=many)).reference.author) == 3000
    xml = article("1", authors="".join(author(f"Example{n}", "A B") for n in range(3000)))
    assert len(of_pubmed(xml).reference.author) == 3000


def test_groups_and_suffixes_of_crossref() -> None:
    people = [
        {"given": "Ann", "family": "Example", "suffix": "Jr."},
        {"name": "The Invented &amp; Made Up Group", "sequence": "additional"},
        {"given": "Ludwig", "family": "van der Example"},
        {"affiliation": []},
    ]
    assert crossref.record(work("10.1000/x", author=people)).reference.author == (
        Name("Example", "Ann", suffix="Jr."),
        Name(literal="The Invented & Made Up Group"),
        Name("Example", "Ludwig", non_dropping_particle="van der"),
    )


def test_nothing_that_a_terminal_obeys_comes_in() -> None:
    evil = "A \x1b[31mred\x1b[0m title&#27; [2J \x07 with \x00 nulls"
    record = crossref.record(
        work(
            "10.1000/x",
            evil,
            author=[{"given": "A\x1b]0;x\x07", "family": "Ex\x9bample"}],
            volume="7\x1b[1m",
        )
    )
    shown = block(record.reference._replace(id="x"))
    assert record.reference.title == "A red title [2J with nulls"
    assert all(sign.isprintable() or sign == "\n" for sign in shown)


def test_a_title_keeps_what_csl_has_marks_for() -> None:
    message = work("10.1000/x", "Role of\n  <i>TP53</i> &amp; CD4<sup>+</sup> &lt;10% <u>cells</u>")
    assert crossref.record(message).reference.title == (
        "Role of <i>TP53</i> & CD4<sup>+</sup> <10% cells"
    )


def test_an_article_of_pubmed() -> None:
    xml = article(
        "123",
        "CD4<sup>+</sup> cells &amp; <i>TP53</i> at p &lt; 0.05.",
        doi="10.1000/X",
        pmcid="PMC77",
        authors=author("van Example", "Ann B", more="<Suffix>Jr</Suffix>")
        + "<Author ValidYN='Y'><CollectiveName>Invented Group</CollectiveName></Author>"
        + author("Wrong", "Never", valid="N"),
        complete="N",
    )
    assert (
        block(of_pubmed(xml).reference._replace(id="x"))
        == """\
  - id: x
    type: article-journal
    title: CD4<sup>+</sup> cells & <i>TP53</i> at p < 0.05
    author:
      - {family: Example, given: Ann B, non-dropping-particle: van, suffix: Jr}
      - {literal: Invented Group}
    container-title: Journal of invented results
    container-title-short: J Invent Res
    issued: "2012-08"
    volume: "7"
    issue: "3"
    page: "101-110"
    DOI: 10.1000/X
    PMID: "123"
    PMCID: PMC77
    custom:
      incomplete-authors: "true"
"""
    )


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("<Year>2012</Year>", "2012"),
        ("<Year>2012</Year><Month>08</Month><Day>3</Day>", "2012-08-03"),
        ("<Year>1976</Year><Month>Sep</Month><Day>28</Day>", "1976-09-28"),
        ("<MedlineDate>2008 Nov-Dec</MedlineDate>", "2008-11/2008-12"),
        ("<MedlineDate>1998-1999</MedlineDate>", "1998/1999"),
        ("<Year>2012</Year><Month>Foo</Month>", "2012"),
        ("", ""),
    ],
)
def test_dates_of_pubmed(date: str, iso: str) -> None:
    assert str(of_pubmed(article("1", date=date)).reference.issued) == iso


def test_an_electronic_date_stands_in() -> None:
    early = "<ArticleDate DateType='Electronic'><Year>2018</Year><Month>07</Month></ArticleDate>"
    assert str(of_pubmed(article("1", date="", more=early)).reference.issued) == "2018-07"
    assert str(of_pubmed(article("1", more=early)).reference.issued) == "2012-08"


def test_a_translated_title_loses_its_brackets() -> None:
    more = "<VernacularTitle>Ein erfundener Titel.</VernacularTitle>"
    reference = of_pubmed(article("1", "[An invented title].", more=more)).reference
    assert reference.title == "An invented title"
    assert reference.get("original-title") == "Ein erfundener Titel"
    only = of_pubmed(article("1", "[Not Available].", more=more)).reference
    assert (only.title, only.get("original-title")) == ("Ein erfundener Titel", "")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Science (New York, N.Y.)", "Science"),
        ("Journal of medical imaging (Bellingham, Wash.)", "Journal of medical imaging"),
        ("Clinical cancer research : an official journal", "Clinical cancer research"),
        ("Journal of applied physiology (1985)", "Journal of applied physiology (1985)"),
    ],
)
def test_journals_lose_what_the_catalog_adds(title: str, shown: str) -> None:
    assert pubmed_record.journal_title(title) == shown


def test_pubmed_marks_a_retraction_in_two_places() -> None:
    source = "Lancet. 2010 Feb 6;375(9713):445. doi: 10.1016/S0140-6736(10)60175-4."
    both = article(
        "1", kinds=("Journal Article", "Retracted Publication"),
        links=(("RetractionIn", source, "20137807"), ("Cites", "Gut. 2017;66:1", "2"),
               ("ErratumIn", "Lancet. 2004 Mar 6;363(9411):750", "15016483")),
    )  # fmt: skip
    assert of_pubmed(both).notices == (
        Notice("retraction", "2010-02-06", "10.1016/s0140-6736(10)60175-4", "20137807", "PubMed"),
        Notice("correction", "2004-03-06", "", "15016483", "PubMed"),
    )
    assert of_pubmed(article("1", kinds=("Retracted Publication",))).notices == (
        Notice("retraction", source="PubMed"),
    )


def test_a_notice_of_pubmed_says_of_whom() -> None:
    notice = article("9", links=(("RetractionOf", "Lancet. 1998 Feb 28;351(9103):637-41", "1"),))
    assert of_pubmed(notice).is_notice_of == (("retraction", "PMID:1"),)


def test_a_preprint_of_pubmed_knows_its_article() -> None:
    links = (("UpdateIn", "J Invent Res. 2013;8:1. doi: 10.1000/Y", "77"),)
    record = of_pubmed(article("9", kinds=("Preprint",), links=links))
    assert (record.published_as, record.reference.type) == ("10.1000/y", "article")


def test_identifiers_of_others_stay_theirs() -> None:
    xml = article("1", doi="10.1000/own").replace(
        "</PubmedData>",
        "<ReferenceList><Reference><ArticleIdList><ArticleId IdType='doi'>10.1000/other</ArticleId>"
        "</ArticleIdList></Reference></ReferenceList></PubmedData>",
    )
    assert of_pubmed(xml).reference.get("DOI") == "10.1000/own"
    invalid = article("1", more="<ELocationID EIdType='doi' ValidYN='N'>10.1000/bad</ELocationID>")
    assert of_pubmed(invalid).reference.get("DOI") == ""


def test_an_article_without_a_title_is_reported() -> None:
    with pytest.raises(ServiceError, match="PubMed's record of PMID 1 has no title"):
        of_pubmed(article("1", ""))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
         "PubMed's answer is refused: it declares entities"),
        ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
         "PubMed's answer is refused: it declares entities"),
        ("<a>" * 41 + "</a>" * 41, "PubMed's answer is refused: it is nested too deep"),
        ("<a><b></a>", "PubMed answers with no XML that can be read (line 1: mismatched tag)"),
        ("<a>\n\n<b", "PubMed answers with no XML that can be read (line 3: unclosed token)"),
        ("", "PubMed answers with no XML that can be read (line 1: no element found)"),
        ('{"error":"x"}',
         "PubMed answers with no XML that can be read (line 1: not well-formed (invalid token))"),
    ],
    ids=["entity", "file", "deep", "mismatched", "cut", "empty", "JSON"],
)  # fmt: skip
def test_xml_that_is_refused(text: str, said: str) -> None:
    with pytest.raises(ServiceError) as caught:
        parse(text)
    assert str(caught.value) == said


def test_too_many_elements_are_refused() -> None:
    with pytest.raises(ServiceError, match="it has too many elements"):
        parse("<a>" + "<b/>" * 1_000_000 + "</a>")


def test_what_no_citation_needs_is_not_read() -> None:
    root = parse("<a><Abstract><b>long</b></Abstract><c>kept</c><MeshHeadingList/></a>")
    assert [child.tag for child in root] == ["c"]


def test_csl_json_of_another_agency() -> None:
    item = {
        "type": "article", "id": "https://doi.org/10.48550/arxiv.2401.00001",
        "DOI": "10.48550/ARXIV.2401.00001",
        "title": "A  preprint &amp; no more", "author": [{"family": "Example", "given": "Ann"}],
        "publisher": "arXiv", "issued": {"date-parts": [[2024, "1"]]}, "abstract": "long",
        "categories": ["x"],
        "URL": "https://arxiv.org/abs/2401.00001",
    }  # fmt: skip
    assert (
        block(doi.record(item, "10.48550/arXiv.2401.00001").reference._replace(id="x"))
        == """\
  - id: x
    type: article
    title: A preprint & no more
    author:
      - {family: Example, given: Ann}
    issued: "2024-01"
    publisher: arXiv
    DOI: 10.48550/ARXIV.2401.00001
    URL: https://arxiv.org/abs/2401.00001
"""
    )
