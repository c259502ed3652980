"""`bclm refs KEY --web`: which address a browser is given."""

from __future__ import annotations

import pytest

from support.program import Program, Real

KEY = "benedicto2017a"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked to open."""
    import webbrowser

    found: list[str] = []
    monkeypatch.setattr(webbrowser, "open_new_tab", lambda address: found.append(address) or True)
    return found


@pytest.mark.parametrize(
    ("arguments", "addresses"),
    [
        (["adams2001", "--web"], ["https://doi.org/10.5555/made.up.2001"]),
        (["--web", "adams2001"], ["https://doi.org/10.5555/made.up.2001"]),
        (["adams2001", "--web", "doi"], ["https://doi.org/10.5555/made.up.2001"]),
        (["adams2001", "--web=pubmed"], ["https://pubmed.ncbi.nlm.nih.gov/99000001"]),
        (["adams2001", "--web", "pmc"], ["https://pmc.ncbi.nlm.nih.gov/articles/PMC9900001"]),
        (
            ["adams2001", "origin2015", "--web", "pubmed"],
            ["https://pubmed.ncbi.nlm.nih.gov/99000001", "https://pubmed.ncbi.nlm.nih.gov/99000002"],
        ),
        (
            ["example2012a", "--web", "scholar"],
            ["https://scholar.google.com/scholar?q=10.5555%2Fimag%3C12%3E%3Ba"],
        ),
        (
            ["example2012b", "--web", "scholar"],
            ["https://scholar.google.com/scholar?q=Dummies%20in%20review"],
        ),
        (["nobody", "--web"], ["https://example.org/page"]),
    ],
)  # fmt: skip
def test_papers_are_opened(
    small: Program, opened: list[str], arguments: list[str], addresses: list[str]
) -> None:
    assert small("refs", *arguments) == (0, "", "")
    assert opened == addresses


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--web", "pubmed"], 2, "--web needs a KEY"),
        (["adams2001", "--web=x"], 2, "no site 'x'"),
        (["adams2001", "gruen2020", "--web", "pmc"], 1, "no PMCID for gruen2020"),
        (["example2012b", "--web"], 1, "no DOI, PMID or URL for example2012b"),
    ],
)
def test_all_or_none(
    small: Program, opened: list[str], arguments: list[str], code: int, said: str
) -> None:
    result = small("refs", *arguments)
    assert (result.code, result.err.splitlines()[0]) == (code, f"bclm: {said}")
    assert opened == []


def test_a_real_browser_is_given_the_address(real: Real) -> None:
    result = real.pipe("refs", KEY, "--web", "scholar", env={"BROWSER": "echo"})
    assert result.code == 0
    assert result.out.startswith("https://scholar.google.com/scholar?q=10.")
