"""Identifiers however people write them: one table, and every caller that reads one."""

from __future__ import annotations

import pytest

from bclm_cli import identifiers
from bclm_cli.checks import references as rules
from bclm_cli.formats import registry
from bclm_cli.formats.interface import Entry
from bclm_cli.identifiers import parse
from bclm_cli.identifiers.lookup import candidates, identifiers_of, in_key
from bclm_cli.library.duplicates import fingerprint, is_same_work
from bclm_cli.model.records import Reference
from support.program import Program

SICI = "10.1002/(SICI)1(1998)1:1<1::A>3.0.CO;2-#"
SPELLED = {
    "10.1000/abc": "10.1000/abc",
    "10.1000/ABC": "10.1000/ABC",
    "doi: 10.1000/abc ": "10.1000/abc",
    "DOI 10.1000/abc": "10.1000/abc",
    "doi:10.1000/abc.": "10.1000/abc",
    "doi=10.1000/abc": "10.1000/abc",
    "info:doi/10.1000/abc": "10.1000/abc",
    "https://doi.org/10.1000/abc": "10.1000/abc",
    "https://doi.org/doi:10.1000/abc": "10.1000/abc",
    "http://dx.doi.org/10.1000/abc": "10.1000/abc",
    "https://www.doi.org/10.1000/abc": "10.1000/abc",
    "https://doi-org.proxy.example.edu/10.1000/abc": "10.1000/abc",
    "doi.org/10.1000/a%3Cb%3E": "10.1000/a<b>",
    "10.1000%2Fabc": "10.1000/abc",
    "https://doi.org/10.1000/abc?utm_source=x": "10.1000/abc",
    "https://doi.org/10.1000/abc#abstract": "10.1000/abc",
    "https://doi.org/10.1000/abc/": "10.1000/abc",
    "10.1000/abc.": "10.1000/abc",
    "10.1000/abc);": "10.1000/abc",
    "10.1016/S0140-6736(97)11096-0": "10.1016/S0140-6736(97)11096-0",
    SICI: SICI,
    f"https://doi.org/{SICI}": SICI,
    "10/aabbe": "10/aabbe",
    "https://doi.org/10/aabbe": "10/aabbe",
}


@pytest.mark.parametrize("text", SPELLED)
def test_doi_is_read(text: str) -> None:
    assert identifiers.doi(text) == SPELLED[text]
    assert identifiers.doi_within(text) == SPELLED[text]
    assert identifiers.comparable(text) == SPELLED[text].lower()


@pytest.mark.parametrize("text", ["pmid 10.1000/abc", "abc", "", "10.1000", "10.1000/", "10 / 2"])
def test_other_text_is_no_doi(text: str) -> None:
    assert identifiers.doi(text) == ""


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("Some text (10.1000/abc).", "10.1000/abc"),
        ("https://example.org/doi/full/10.1000/abc", "10.1000/abc"),
        ("10.1000/abc; 10.1000/def", "10.1000/abc"),
        ("110.1000/abc", ""),
    ],
)
def test_doi_within_a_field(text: str, doi: str) -> None:
    assert identifiers.doi_within(text) == doi


@pytest.mark.parametrize("text", SPELLED)
def test_every_reader_of_a_doi_agrees(text: str) -> None:
    """BibTeX, RIS, CSL-JSON, `check` and the catalog of duplicates read the same DOI."""
    doi = SPELLED[text]
    escaped = text.replace("%", r"\%").replace("#", r"\#").replace("<", "{<}")
    sources = {
        "bibtex": f"@article{{a, title={{T}}, doi={{{escaped}}}}}",
        "ris": f"TY  - JOUR\nTI  - T\nDO  - {text}\nER  - \n",
        "csljson": f'[{{"id": "a", "type": "article", "title": "T", "DOI": "{text}"}}]',
    }
    for name, source in sources.items():
        [entry] = [one for one in registry.reader(name).read(source) if isinstance(one, Entry)]
        assert (name, entry.reference.get("DOI")) == (name, doi)
    stored = Reference.from_csl({"id": "a", "type": "article", "title": "T", "DOI": text})
    fixes = [problem.fixed for problem in rules.doi(stored)]
    prose = [None] if text in ("10.1000/abc.", "10.1000/abc);") else [doi]
    assert fixes == ([] if text == doi else prose)
    written = stored._replace(text={"title": "T", "DOI": doi})
    assert is_same_work(fingerprint(stored), fingerprint(written))


@pytest.mark.parametrize(
    "name",
    [
        "https://doi.org/10.3892/ol.2017.6700?utm_source=x",
        "doi:10.3892/ol.2017.6700.",
        "10.3892/OL.2017.6700",
        "https://doi.org/10.3892/ol.2017.6700#abstract",
        "10.3892%2Fol.2017.6700",
        "(10.3892/ol.2017.6700)",
        "pmcid: PMC5604125",
        "pmc5604125",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC5604125/",
    ],
)
def test_a_paper_is_found_by_its_identifier(shipped: Program, name: str) -> None:
    assert shipped("refs", name, "--fields", "key").out == "benedicto2017a\n"
    assert shipped("search", name, "--fields", "id").out == "benedicto2017a\n"


@pytest.mark.parametrize(
    ("text", "pmid"),
    [
        ("11242036", "11242036"),
        ("PMID: 11242036", "11242036"),
        ("pubmed 011242036", "11242036"),
        ("11242036 [pmid]", "11242036"),
        ("https://pubmed.ncbi.nlm.nih.gov/11242036/", "11242036"),
        ("https://pubmed.ncbi.nlm.nih.gov/11242036/?dopt=Abstract", "11242036"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/11242036", "11242036"),
        ("WOS:000167", ""),
        ("0", ""),
        ("1234567890", ""),
    ],
)
def test_pmid(text: str, pmid: str) -> None:
    assert identifiers.pmid(text) == pmid


@pytest.mark.parametrize(
    ("text", "pmcid"),
    [
        ("PMC4327947", "PMC4327947"),
        ("pmc4327947", "PMC4327947"),
        ("PMCID: PMC4327947", "PMC4327947"),
        ("pmcid:4327947", "PMC4327947"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC4327947/", "PMC4327947"),
        ("4327947", ""),
    ],
)
def test_pmcid(text: str, pmcid: str) -> None:
    assert identifiers.pmcid(text) == pmcid


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1234-5679", ("ISSN", "1234-5679")),
        ("ISSN 12345679", ("ISSN", "1234-5679")),
        ("978-3-16-148410-0 (print)", ("ISBN", "978-3-16-148410-0")),
        ("none", ("", "")),
    ],
)
def test_serial(text: str, found: tuple[str, str]) -> None:
    assert identifiers.serial(text) == found


def test_check_digits() -> None:
    assert identifiers.is_issn("1234-5679")
    assert not identifiers.is_issn("1234-5678")
    assert identifiers.is_isbn("978-3-16-148410-0")
    assert not identifiers.is_isbn("978-3-16-148410-1")


@pytest.mark.parametrize(
    ("kind", "identifier", "address"),
    [
        ("doi", "10.1000/a<b>#c", "https://doi.org/10.1000/a%3Cb%3E%23c"),
        ("pmid", "11242036", "https://pubmed.ncbi.nlm.nih.gov/11242036"),
        ("pmcid", "PMC4327947", "https://pmc.ncbi.nlm.nih.gov/articles/PMC4327947"),
        ("url", "javascript:alert(1)", ""),
        ("url", "https://example.org/ä", "https://example.org/%C3%A4"),
        ("doi", "", ""),
    ],
)
def test_address(kind: str, identifier: str, address: str) -> None:
    assert identifiers.address(kind, identifier) == address


def test_letters() -> None:
    numbers = (1, 2, 26, 27, 52, 53, 702, 703)
    assert [identifiers.letters(number) for number in numbers] == [
        "a", "b", "z", "aa", "az", "ba", "zz", "aaa",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.1038/35065016", "10.1038/35065016"),
        (" doi:10.1038/35065016. ", "10.1038/35065016"),
        ("https://doi.org/10.1038/35065016?utm_source=x#abstract", "10.1038/35065016"),
        ("http://dx.doi.org/10.1016/S0140-6736%2897%2911096-0", "10.1016/S0140-6736(97)11096-0"),
        ("<10.1002/(SICI)1097<1::AID-X>3.0.CO;2-#%>", "10.1002/(SICI)1097<1::AID-X>3.0.CO;2-#%"),
        ("10.1000/é", "10.1000/é"),
        ("PMID:11242036", "PMID:11242036"),
        ("pmid 011242036", "PMID:11242036"),
        ("https://pubmed.ncbi.nlm.nih.gov/11242036/", "PMID:11242036"),
        ("pmc4327947", "PMC4327947"),
        ("PMCID: PMC4327947", "PMC4327947"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC4327947/", "PMC4327947"),
        ("arXiv:2401.00001", "10.48550/arXiv.2401.00001"),
        ("arxiv: hep-th/9901001v2", "10.48550/arXiv.hep-th/9901001"),
        ("https://arxiv.org/pdf/2401.00001v1.pdf", "10.48550/arXiv.2401.00001"),
        ("11242036", None),
        ("muller2001", None),
        ("refs.bib", None),
        ("10.1000/with space", None),
        ("10.1000/x\x1b[31m", None),
        ("PMID:0", None),
        ("https://example.org/10.1000/x", None),
        ("", None),
    ],
)
def test_identifiers_in_any_dress(text: str, found: str | None) -> None:
    identifier = parse(text)
    assert (str(identifier) if identifier else None) == found


@pytest.mark.parametrize(
    ("key", "named", "found"),
    [
        ("doi:10.1000/A", "10.1000/A", ["10.1000/a"]),
        ("DOI:10.1000%2Fa", "10.1000%2Fa", ["10.1000%2fa", "10.1000/a"]),
        ("pmid:11242036", "PMID:11242036", ["pmid:11242036", "11242036"]),
        ("pubmed:11242036", "PMID:11242036", ["pmid:11242036", "11242036"]),
        ("pmcid:PMC12", "PMCID:PMC12", ["pmcid:pmc12", "PMC12"]),
        ("pmc:12", "PMCID:12", ["pmcid:12", "PMC12"]),
        ("arxiv:1407.3561v2", "arXiv:1407.3561v2",
         ["arxiv:1407.3561v2", "10.48550/arxiv.1407.3561"]),
        ("arxiv:hep-th/9901001", "arXiv:hep-th/9901001",
         ["arxiv:hep-th/9901001", "10.48550/arxiv.hep-th/9901001"]),
        ("isbn:0-262-51763-X", "isbn:0-262-51763-X",
         ["isbn:0-262-51763-x", "isbn:9780262517638"]),
        ("url:https://www.Example.org/A/#b", "https://www.Example.org/A/#b",
         ["https://www.example.org/a/#b", "//example.org/A"]),
        ("https://example.org/?a=b", "https://example.org/?a=b",
         ["https://example.org/?a=b", "//example.org/?a=b"]),
        ("url:https://arxiv.org/abs/1407.3561", "https://arxiv.org/abs/1407.3561",
         ["https://arxiv.org/abs/1407.3561", "10.48550/arxiv.1407.3561",
          "//arxiv.org/abs/1407.3561"]),
        ("muller2001", "", []),
        ("raw:note", "", []),
        ("fig:one", "", []),
        ("doi:", "", []),
    ],
)  # fmt: skip
def test_identifiers_in_keys(key: str, named: str, found: list[str]) -> None:
    assert in_key(key) == named
    assert list(candidates(named)) == found


@pytest.mark.parametrize(
    ("type_", "text", "found"),
    [
        ("book", {"DOI": "10.1000/A", "PMID": "12", "PMCID": "pmc3"},
         [("10.1000/a", True), ("12", True), ("PMC3", True)]),
        ("webpage", {"URL": "http://www.example.org/a/"}, [("//example.org/a", False)]),
        ("article", {"URL": "https://arxiv.org/pdf/1407.3561v1.pdf"},
         [("//arxiv.org/pdf/1407.3561v1.pdf", False), ("10.48550/arxiv.1407.3561", True)]),
        ("article-journal", {"URL": "https://arxiv.org/abs/1407.3561"},
         [("//arxiv.org/abs/1407.3561", False), ("10.48550/arxiv.1407.3561", False)]),
        ("article-journal", {"container-title": "arXiv preprint arXiv:1407.3561"},
         [("10.48550/arxiv.1407.3561", True)]),
        ("article", {"number": "arXiv:hep-th/9901001"},
         [("10.48550/arxiv.hep-th/9901001", True)]),
        ("article", {"DOI": "10.48550/arXiv.1407.3561", "note": "Reply to arXiv:1502.00001"},
         [("10.48550/arxiv.1407.3561", True)]),
        ("article", {"note": "12 pages. arXiv:1407.3561"}, [("10.48550/arxiv.1407.3561", True)]),
        ("article-journal", {"note": "arXiv:1407.3561v2 [q-bio.TO]."},
         [("10.48550/arxiv.1407.3561", False)]),
        ("article-journal", {"note": "arXiv preprint arXiv:1407.3561"},
         [("10.48550/arxiv.1407.3561", False)]),
        ("article-journal", {"note": "Comment on arXiv:1407.3561"}, []),
        ("article-journal", {"note": "arXiv:1407.3561 has the proofs"}, []),
        ("article-journal", {"container-title": "arXiv"}, []),
        ("book", {"ISBN": "0-262-51763-X, 978-0-262-51763-8"},
         [("isbn:9780262517638", True)] * 2),
        ("chapter", {"ISBN": "0-262-51763-X"}, [("isbn:9780262517638", False)]),
        ("document", {"URL": "nonsense"}, []),
    ],
)  # fmt: skip
def test_what_names_a_paper(
    type_: str, text: dict[str, str], found: list[tuple[str, bool]]
) -> None:
    assert list(identifiers_of(type_, text)) == found


def test_a_long_address_takes_no_time() -> None:
    """Work grows with the text, not with its square, which would be minutes here."""
    for text in ("x" * 300_000, "/#" * 150_000, "arxiv:" * 50_000, "97" * 150_000):
        address = f"https://example.org{text} y"
        assert list(candidates(address)) == [address]
        fields = {"URL": address, "note": text, "ISBN": text, "container-title": text}
        assert len(list(identifiers_of("article", fields))) < 30_000
