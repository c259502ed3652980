"""Every format that is both written and read gives the shipped papers back, but for what is said.

What a format has no place for stands in its DROPS; LOSSES below says the rest, and docs/import.md
says it to people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bclm_cli import export, importers, load
from bclm_cli.export._text import plain
from bclm_cli.model import Name, Reference

DATA = Path(__file__).parents[1] / "data/references.yaml"
PAPERS = load.read_references(DATA)
READERS = {"bibtex": "bibtex", "biblatex": "bibtex"} | {
    name: name for name in ("ris", "nbib", "csljson", "cslyaml")
}
Loss = Callable[[Reference], Reference]


def numeric_article_number(paper: Reference) -> Reference:
    """A page that is a number alone may be a page or an article: only `page` comes back."""
    number = paper.get("number")
    return without(paper, ["number"]) if number.isdigit() and len(number) < 5 else paper


def curly_apostrophe(paper: Reference) -> Reference:
    """TeX's apostrophe is one sign for ' and ’."""
    names = {
        role: tuple(Name(*(part.replace("’", "'") for part in name)) for name in people)
        for role, people in paper.names.items()
    }
    return paper._replace(names=names)


def equal_short_title(paper: Reference) -> Reference:
    """BibLaTeX has no shortjournal where it equals the journal's name."""
    same = paper.get("container-title-short") == paper.get("container-title")
    return without(paper, ["container-title-short"]) if same else paper


def marks(paper: Reference) -> Reference:
    """A plain format has no italics, raised signs or protected words."""
    return paper._replace(text={name: plain(text) for name, text in paper.text.items()})


def key(paper: Reference) -> Reference:
    """MEDLINE's only key is the PMID."""
    return paper._replace(id="")


LOSSES: dict[str, tuple[Loss, ...]] = {
    "bibtex": (numeric_article_number, curly_apostrophe),
    "biblatex": (equal_short_title,),
    "ris": (marks,),
    "nbib": (marks, numeric_article_number, key),
    "csljson": (),
    "cslyaml": (),
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_a_shipped_paper_comes_back(name: str, paper: Reference) -> None:
    written = export.get(name)
    text = "".join(written.dump([paper], export.Options()))
    (found,) = importers.read(text.encode(), paper.id, READERS[name])
    assert isinstance(found, importers.Entry), found
    assert known(found.reference, name) == known(paper, name)


@pytest.mark.parametrize("name", READERS)
def test_the_whole_bibliography_comes_back_in_order(name: str) -> None:
    text = "".join(export.get(name).dump(PAPERS, export.Options()))
    found = list(importers.read(text.encode(), "all", READERS[name]))
    assert [known(one.reference, name) for one in found if isinstance(one, importers.Entry)] == [
        known(paper, name) for paper in PAPERS
    ]
    assert len(found) == len(PAPERS)


def test_what_is_lost_is_no_more_than_is_said() -> None:
    """How many of the papers each loss touches; a loss that grows must be said again."""
    touched = {
        (name, loss.__name__): sum(loss(paper) != paper for paper in PAPERS)
        for name in READERS
        for loss in LOSSES[name]
        if loss is not key
    }
    assert {what for what, count in touched.items() if count > len(PAPERS) // 5} <= {
        ("biblatex", "equal_short_title")
    }


def known(paper: Reference, name: str) -> Reference:
    """A paper up to what the format loses."""
    drops = export.get(name).DROPS
    custom: Mapping[str, Any] = paper.custom
    if "custom" in drops:
        custom = {"incomplete-authors": "true"} if paper.incomplete_authors else {}
    paper = without(paper, drops)._replace(custom=custom, source="")
    for loss in LOSSES[name]:
        paper = loss(paper)
    return paper


def without(paper: Reference, variables: Iterable[str]) -> Reference:
    dropped = frozenset(variables)
    text, names, dates = (
        {name: value for name, value in part.items() if name not in dropped}
        for part in (paper.text, paper.names, paper.dates)
    )
    return paper._replace(text=text, names=names, dates=dates)  # type: ignore[arg-type]
