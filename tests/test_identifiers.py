"""Forms of DOIs and pages: the good form of a nearly good one, nothing of anything else."""

from __future__ import annotations

import pytest

from bclm_cli.identifiers import bare_doi, letters, listed, parse
from bclm_cli.text.pages import hyphenated, whole_range


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/abc", "10.1000/abc"),
        ("doi: 10.1000/abc ", "10.1000/abc"),
        ("https://doi.org/10.1000/abc", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/abc", "10.1000/abc"),
        ("https://www.doi.org/10.1000/abc", "10.1000/abc"),
        ("doi.org/10.1000/a%3Cb%3E", "10.1000/a<b>"),
        ("https://doi.org/10.1000/abc?utm_source=x", ""),
        ("https://doi.org/10.1000/abc#abstract", ""),
        ("10.1002/(SICI)1(1998)1:1<1::A>3.0.CO;2-#", "10.1002/(SICI)1(1998)1:1<1::A>3.0.CO;2-#"),
        ("pmid 10.1000/abc", ""),
        ("abc", ""),
    ],
)  # fmt: skip
def test_doi(text: str, doi: str) -> None:
    assert bare_doi(text) == doi


@pytest.mark.parametrize(
    ("pages", "hyphen", "whole"),
    [
        ("105-9", "105-9", "105-109"),
        ("105–9", "105-9", "105-109"),
        ("S105 -- 9", "S105-9", "S105-S109"),
        ("12 - 19", "12-19", "12-19"),
        ("12 -19", "12-19", "12-19"),
        ("1-10, 15", "1-10, 15", "1-10, 15"),
        ("2020-01", "2020-01", "2020-01"),
        ("1234-12", "1234-12", "1234-12"),
        ("99-3", "99-3", "99-3"),
        ("e136215", "e136215", "e136215"),
        ("S12-9", "S12-9", "S12-S19"),
        ("e12-e9", "e12-e9", "e12-e19"),
        ("437-49; discussion 450–1", "437-49; discussion 450-1", "437-449; discussion 450-451"),
        ("1-2-3", "1-2-3", "1-2-3"),
        ("1032.e1-3", "1032.e1-3", "1032.e1-3"),
        ("R12-S5", "R12-S5", "R12-S5"),
    ],
)
def test_pages(pages: str, hyphen: str, whole: str) -> None:
    assert hyphenated(pages) == hyphen
    assert whole_range(hyphen) == whole


def test_letters() -> None:
    numbers = (1, 2, 26, 27, 52, 53, 702, 703)
    assert [letters(number) for number in numbers] == [
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
    ("data", "identifiers"),
    [
        (b"10.1000/a\nPMID:1\tx\n#c\n\n", ["10.1000/a", "PMID:1"]),
        (b"10.1000/a\nnot one\n", None),
        (b"", None),
        (b"\xff\xfe", None),
        (b"# nothing\n", None),
        (b"@article{x, doi={10.1000/a}}", None),
    ],
)
def test_lists_of_identifiers(data: bytes, identifiers: list[str] | None) -> None:
    found = listed(data)
    assert (None if found is None else [str(one) for one in found]) == identifiers
