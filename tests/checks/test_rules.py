"""Rules for single records: what each objects to, and what it lets pass."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bclm_cli.checks import references, rules, steps
from bclm_cli.checks.findings import Rule
from bclm_cli.checks.prose import foreign_markup, is_capitals
from bclm_cli.identifiers import is_isbn, is_issn
from bclm_cli.model.records import Claim, Factor, Reference, Step

ARTICLE: dict[str, Any] = {
    "id": "example2001",
    "type": "article-journal",
    "title": "A made-up paper on examples",
    "author": [{"family": "Example", "given": "Ann"}, {"literal": "The Example Group"}],
    "container-title": "Journal of Examples",
    "container-title-short": "J Ex",
    "issued": "2001",
    "volume": "12",
    "page": "105-109",
    "DOI": "10.1000/example.1",
    "PMID": "123",
    "PMCID": "PMC123",
    "ISSN": "0028-0836",
    "URL": "https://example.org/1",
}


def objections(table: tuple[Rule[Any, Any], ...], record: object) -> list[tuple[str, str]]:
    """The rule's name and the whole text, `field: what; what to do`."""
    return [
        (rule.name, f"{'.'.join(map(str, one.field))}: {one.what}" + (one.hint and f"; {one.hint}"))
        for rule in table
        for one in rule.check(record)
    ]


def of_article(**changes: Any) -> list[tuple[str, str]]:
    """What is said of an article with these fields changed, or taken out if None."""
    fields = {**ARTICLE, **{name.replace("_", "-"): value for name, value in changes.items()}}
    csl = {name: value for name, value in fields.items() if value is not None}
    return objections(references.RULES, Reference.from_csl(csl))


def test_a_good_article_raises_nothing() -> None:
    assert of_article() == []


@pytest.mark.parametrize(
    ("field", "value", "rule", "text"),
    [
        (
            "DOI",
            "https://doi.org/10.1000/example.1",
            "doi",
            "DOI: 'https://doi.org/10.1000/example.1' is more than a DOI; write 10.1000/example.1",
        ),
        (
            "DOI",
            "doi:10.1000/example.1",
            "doi",
            "DOI: 'doi:10.1000/example.1' is more than a DOI; write 10.1000/example.1",
        ),
        (
            "DOI",
            "https://www.doi.org/10.1000/abc",
            "doi",
            "DOI: 'https://www.doi.org/10.1000/abc' is more than a DOI; write 10.1000/abc",
        ),
        ("DOI", "https://doi.org/10.1000/abc?utm_source=x", "doi",
         "DOI: 'https://doi.org/10.1000/abc?utm_source=x' is more than a DOI; write 10.1000/abc"),
        ("DOI", "11.1000/x", "doi", "DOI: '11.1000/x' is no DOI; a DOI is like 10.1000/xyz"),
        ("DOI", "10.1000/x.", "doi", "DOI: the DOI ends with '.'; take it out, if it is prose"),
        ("PMID", "PMID: 123", "pmid", "PMID: 'PMID: 123' is no PMID; write 123"),
        ("PMID", "12x", "pmid", "PMID: '12x' is no PMID; a PMID is a plain number"),
        ("PMCID", "123", "pmcid", "PMCID: '123' is no PMCID; write PMC123"),
        ("PMCID", "pmc", "pmcid", "PMCID: 'pmc' is no PMCID; a PMCID is like PMC1234567"),
        ("ISSN", "0028-0837", "issn", "ISSN: '0028-0837' is no ISSN: form or check digit is wrong"),
        ("ISBN", "3-16-148410-1", "isbn",
         "ISBN: '3-16-148410-1' is no ISBN: form or check digit is wrong"),
        ("URL", "javascript:x", "url",
         "URL: 'javascript:x' is no web address; it begins with https://"),
        ("page", "105–109", "page",
         "page: '105–109' has a dash; write 105-109, styles set it"),
        ("page", "105--109", "page",
         "page: '105--109' has a dash; write 105-109, styles set it"),
        ("page", "12 - 19", "page",
         "page: '12 - 19' has spaces at its hyphen; write 12-19, styles set it"),
        ("page", "2020-01", "page", "page: '2020-01' ends before it begins"),
        ("page", "1234-12", "page", "page: '1234-12' ends before it begins"),
        ("page", "105-9", "page", "page: '105-9' is cut short; write 105-109, styles cut it"),
        ("page", "437–49", "page", "page: '437–49' is cut short; write 437-449, styles cut it"),
        ("page", "S105-9", "page", "page: 'S105-9' is cut short; write S105-S109, styles cut it"),
        ("page", "109-105", "page", "page: '109-105' ends before it begins"),
        ("issued", "20l5", "year",
         "issued: '20l5' is no date; write 2012, 2012-08 or 2012-08-15"),
        ("issued", "2001-13", "year", "issued: 2001-13 is no date of the calendar"),
        ("issued", "2001-02-30", "year", "issued: 2001-02-30 is no date of the calendar"),
        ("issued", "2012-12/2012-01", "year", "issued: 2012-12/2012-01 ends before it begins"),
        ("accessed", "2001-01-01/2001-04-31", "year",
         "accessed: 2001-01-01/2001-04-31 is no date of the calendar"),
        ("original_date", "-0100-02-30", "year",
         "original-date: -0100-02-30 is no date of the calendar"),
        ("issued", "1012", "year", "issued: the year 1012 cannot be right"),
        ("issued", "2999", "year", "issued: the year 2999 cannot be right"),
        ("id", "müller2001", "key",
         "id: not every program can cite this key; begin with a letter or digit; then letters,"
         " digits and _ : . + / - of ASCII"),
        ("title", "THE SPREAD OF EXAMPLES", "title-case",
         "title: the title is in CAPITALS; write it in sentence case"),
        ("title", "The Spread of Examples Beyond Their Paper", "title-case",
         "title: the title is in Title Case; write it in sentence case"),
        ("title", "The spread of examples.", "title-stop",
         "title: the title ends with a full stop; take it out"),
        ("title", "The  spread of examples", "spaces",
         "title: spaces at an end, or several together; keep one"),
        ("container_title", "Journal of &amp; Examples", "markup",
         "container-title: '&amp;' is an HTML entity; write the letter itself"),
        ("author", [{"family": "M{\\\"u}ster", "given": "A."}], "markup",
         "author.0: '{' is LaTeX; write the letters themselves, and <i> <sup> <sub> for marks"),
        ("author", [{"family": "Example, Ann"}], "name",
         "author.0: 'Example, Ann' holds more than a family name; one name an entry, in parts"),
        ("author", [{"family": "Example and Muster", "given": "A."}], "name",
         "author.0: 'Example and Muster' holds more than a family name; one name an entry, in"
         " parts"),
        ("author", [{"family": "Muster AB"}], "name",
         "author.0: 'Muster AB' has its initials in it; give family and given"),
        ("author", [{"family": "Ann Example"}], "name",
         "author.0: 'Ann Example' is one piece; give family and given, or literal for a body"),
        ("author", [{"literal": "A. B. Muster"}], "name",
         "author.0: 'A. B. Muster' looks like a person; give family and given"),
        ("author", [{"family": "Example", "given": "A."}, {"literal": "et al."}], "name",
         "author.1: 'et al.' is nobody; take it out, and set custom.incomplete-authors"),
        ("author", [{"family": "EXAMPLE", "given": "Ann"}], "name",
         "author.0: 'EXAMPLE' is in capitals; write it as the person does"),
        ("author", None, "needed", ": has no author, which a reference to it needs"),
        ("volume", None, "incomplete", ": has no volume"),
        ("custom", {"incomplete-authors": "true"}, "incomplete-authors",
         "author: only 2 of its authors are known, so styles print et al."),
    ],
)  # fmt: skip
def test_rule_on_one_value(field: str, value: object, rule: str, text: str) -> None:
    assert of_article(**{field: value}) == [(rule, text)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("page", "e136215"),
        ("page", "S12-S18"),
        ("page", "12, 15"),
        ("page", None),  # its number stands in for it, below
        ("ISSN", "0028-0836, 1476-4687"),
        ("ISSN", "2049-3630"),
        ("ISBN", "978-3-16-148410-0"),
        ("issued", "in press"),
        ("issued", "2000-02-29"),
        ("issued", "2012-12/2012"),
        ("issued", "2012-12/2013-01"),
        ("issued", str(date.today().year + 1)),
        ("title", "CXCR4, CCR7, HER2 and TGF-β1 in MDA-MB-231 cells"),
        ("title", "Who said so? The answer of an example: nobody knows"),
        ("title", "<i>CXCR4</i><sup>+</sup> cells and <span class=\"nocase\">mTOR</span>"),
        ("title", "Examples with p < 0.05 & more"),
        ("author", [{"family": "Berg", "given": "A.", "non-dropping-particle": "van den"}]),
        ("author", [{"family": "García Márquez", "given": "G."}]),
        ("author", [{"family": "Li", "given": "X."}, {"literal": "World Health Organization"}]),
        ("author", [{"literal": "Department of Examples, City"}]),
    ],
)  # fmt: skip
def test_what_is_let_pass(field: str, value: object) -> None:
    assert of_article(**{field: value, "number": "105"}) == []


def test_titles_of_other_languages_have_their_own_capitals() -> None:
    title = "Die Ausbreitung von Beispielen in Unseren Erfundenen Zeitschriften"
    assert of_article(title=title, language="de") == []
    assert [rule for rule, _ in of_article(title=title)] == ["title-case"]


def test_fields_needed_by_other_types() -> None:
    book = Reference.from_csl({"id": "a", "type": "book", "title": "B", "editor": []})
    assert objections(references.RULES, book) == [
        ("needed", ": has no publisher or year, which a reference to it needs"),
        ("incomplete", ": has no ISBN"),
    ]
    page = Reference.from_csl({"id": "a", "type": "webpage", "title": "B"})
    assert objections(references.RULES, page)[0] == (
        "needed",
        ": has no URL, which a reference to it needs",
    )
    song = Reference.from_csl({"id": "a", "type": "song"})
    assert objections(references.RULES, song) == [
        ("needed", ": has no title, which a reference to it needs"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain", []),
        ("<i>a</i> <b>b</b>", []),
        ("<i>a", ["a mark is opened and not closed, or closed and not opened"]),
        ("<i><b>a</i></b>", ["a mark is opened and not closed, or closed and not opened"]),
        ("<em>a</em>", ["'<em>' is HTML that CSL does not know"]),
        ("a &#946; b", ["'&#946;' is an HTML entity; write the letter itself"]),
        ("$\\beta$", ["'$\\\\beta$' is LaTeX; write the letters themselves, and <i> <sup> <sub>"
                      " for marks"]),
        ("a **b** c", ["'**b**' is Markdown; write <i> or <b>"]),
        ("MÃ¼ller", ["'Ã¼' is damaged letters, read in the wrong encoding"]),
        ("5 * 3 * 2, $5 to $6, a < b > c", []),
    ],
)  # fmt: skip
def test_markup(text: str, found: list[str]) -> None:
    assert list(foreign_markup(text)) == found


def test_a_few_symbols_do_not_make_a_title_one_in_capitals() -> None:
    assert is_capitals("BREAST CANCER IN LIVER")
    assert not is_capitals("CXCR4 AND CCR7")


def test_check_digits() -> None:
    assert [is_issn(text) for text in ("0028-0836", "2434-561X", "0028-0835", "00280836")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert [is_isbn(text) for text in ("0-306-40615-2", "080442957X", "9780306406157")] == [
        True
    ] * 3
    assert [is_isbn(text) for text in ("0-306-40615-3", "978030640615X", "x")] == [False] * 3


CLAIM = Claim("step", "CXCR4", "promotes", "Examples spread.", "a", ("in vitro",))


@pytest.mark.parametrize(
    ("record", "table", "found"),
    [
        (CLAIM, steps.CLAIM_RULES, []),
        (
            CLAIM._replace(statement=f"{'x' * 181}."),
            steps.CLAIM_RULES,
            [
                (
                    "statement-length",
                    "statement: the statement is 2 characters longer than 180; say it shorter, or"
                    " make two claims",
                )
            ],
        ),
        (
            CLAIM._replace(statement="Examples  spread"),
            steps.CLAIM_RULES,
            [
                (
                    "statement",
                    "statement: the statement does not end like a sentence; add a full stop",
                ),
                (
                    "statement",
                    "statement: spaces at an end of the statement, or several together; keep one",
                ),
            ],
        ),
        (
            CLAIM._replace(system=()),
            steps.CLAIM_RULES,
            [("claim-system", ": the claim does not say in what system it was seen")],
        ),
        (Factor("CXCR4", "gene", "HGNC:2561"), steps.FACTOR_RULES, []),
        (Factor("cell", "cell", "CL:0000000"), steps.FACTOR_RULES, []),
        (
            Factor("CXCR4", "gene", "2561"),
            steps.FACTOR_RULES,
            [
                (
                    "identifier",
                    "identifier: '2561' is no identifier; an identifier is like HGNC:1234,"
                    " CL:0000094 or GO:0001525",
                ),
                ("gene", ": a gene without its HGNC identifier"),
            ],
        ),
        (Step(1, "a", "A", "B.", "x", "y"), steps.STEP_RULES, []),
        (
            Step(1, "a", "A", "B. ", "x", "y"),
            steps.STEP_RULES,
            [("step-words", "summary: spaces at an end, or several together; keep one")],
        ),
    ],
)
def test_claims_factors_and_steps(
    record: object, table: tuple[Rule[Any, Any], ...], found: list[tuple[str, str]]
) -> None:
    assert objections(table, record) == found


def test_rules_have_names_of_their_own_and_say_what_they_want() -> None:
    listed = rules()
    assert len({rule.name for rule in listed}) == len(listed)
    assert [rule.name for rule in listed if not rule.what.endswith(".")] == []
