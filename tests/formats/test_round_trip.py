"""Every format gives the papers that it was given back, but for what is said.

What a format has no place for stands in its DROPS; LOSSES below says the rest, and docs/import.md
says it to people, with the reasons.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Entry, Options
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference
from bclm_cli.text.control_chars import one_line
from bclm_cli.text.markup import plain_line
from support.awkward import awkward
from support.papers import read_references
from support.paths import SHIPPED

DATA = SHIPPED / "references.yaml"
PAPERS = read_references(DATA)
ALL = [*PAPERS, *awkward()]
READERS = {name: name for name in registry.writer_names()} | {"biblatex": "bibtex"}
Loss = Callable[[Reference], Reference]


def tidy(paper: Reference) -> Reference:
    """Letters are composed (NFC) and spaces single, whatever the format."""
    return renamed(retold(paper, one_line), lambda name: Name(*map(one_line, name)))


def hyphens(paper: Reference) -> Reference:
    """Pages have a plain hyphen."""
    return said(paper, page=re.sub(" ?[–—-]+ ?", "-", paper.get("page")))


def capitals_in_braces(paper: Reference) -> Reference:
    """Braces say of a word with a capital what CSL does with it anyway, and of one without that
    nobody may change it."""
    titles = {name: paper.get(name) for name in ("title", "container-title", "collection-title")}
    marked = {
        name: re.sub(r'<span class="nocase">([A-Za-z]*[A-Z][A-Za-z]*)</span>', r"\1", title)
        for name, title in titles.items()
    }
    for word in ("α₁β₁", "α<sub>1</sub>β<sub>1</sub>"):
        title = marked["title"]
        marked["title"] = title.replace(f" {word} ", f' <span class="nocase">{word}</span> ')
    return said(paper, **marked)


def scripts(paper: Reference) -> Reference:
    """To TeX a raised sign and \\textsuperscript are one, and so are mu and the micro sign."""
    raised = dict(zip("⁺⁻₁", ("<sup>+</sup>", "<sup>−</sup>", "<sub>1</sub>"), strict=True))
    return retold(paper, lambda text: text.translate(str.maketrans(raised | {"µ": "μ"})))


def one_sign(paper: Reference) -> Reference:
    """ASCII has one sign for ' and ’ in a name, and one for the kinds of hyphens."""
    paper = renamed(paper, lambda name: Name(*(part.replace("’", "'") for part in name)))
    return retold(paper, lambda text: text.replace("‑", "-"))


def braces(paper: Reference) -> Reference:
    """No .bib file holds a brace in an address; one in a DOI is read as it was."""
    return said(paper, URL=paper.get("URL").replace("{", "%7B").replace("}", "%7D"))


def site(paper: Reference) -> Reference:
    """One field is for the site of a page and for its publisher."""
    is_site = paper.type == "webpage" and "publisher" not in paper.text
    name = paper.get("container-title")
    return said(paper, publisher=name, **{"container-title": ""}) if is_site and name else paper


def words_for_a_date(paper: Reference) -> Reference:
    """BibLaTeX takes no words for a date: they are its status."""
    issued = paper.issued
    if not issued.literal:
        return paper
    return said(without(paper, ["issued"]), status=issued.literal)


def status(paper: Reference) -> Reference:
    """A status, and what is no date for Typst, is a note."""
    return said(paper, note=paper.get("status") or paper.get("note"), status="")


def no_date(paper: Reference) -> Reference:
    """Typst takes no words for a date."""
    if not paper.issued.literal:
        return paper
    return said(without(paper, ["issued"]), note=paper.issued.literal)


def months_over_years(paper: Reference) -> Reference:
    """BibTeX has one month."""
    issued = paper.issued
    if not issued.end or issued.end[0] == issued.start[0]:
        return paper
    years = Date(issued.start[:1], issued.end[:1])
    return paper._replace(dates={**paper.dates, "issued": years})


def marks(paper: Reference) -> Reference:
    """A plain format has no italics, raised signs or protected words."""
    return retold(paper, plain_line)


def protected(paper: Reference) -> Reference:
    """Hayagriva has braces, and neither italics nor raised letters."""
    kept = paper.title if paper.title.count("<") == 2 and "nocase" in paper.title else ""
    return said(marks(paper), title=kept or plain_line(paper.title))


def joined_particles(paper: Reference) -> Reference:
    """BibTeX and biber know one kind of particles."""

    def joined(name: Name) -> Name:
        particles = filter(None, (name.dropping_particle, name.non_dropping_particle))
        return name._replace(dropping_particle="", non_dropping_particle=" ".join(particles))

    return renamed(paper, joined)


def given_particles(paper: Reference) -> Reference:
    """`Family, Given` has the dropping particle at its end."""
    return renamed(
        paper,
        lambda name: name._replace(
            given=" ".join(filter(None, (name.given, name.dropping_particle))),
            dropping_particle="",
        ),
    )


def small_words(paper: Reference) -> Reference:
    """Small words before a family name are its particle."""

    def split(name: Name) -> Name:
        if not name.family.startswith("van "):
            return name
        return name._replace(family=name.family[4:], non_dropping_particle="van")

    return renamed(paper, split)


def one_name(paper: Reference) -> Reference:
    """Nobody says whether a single name is given or of the family, or where a comma stands."""

    def reported(name: Name) -> Name:
        if not name.family:
            name = name._replace(family=name.given, given="")
        return name._replace(comma_suffix="")

    return renamed(paper, reported)


def key(paper: Reference) -> Reference:
    """MEDLINE's only key is the PMID."""
    return paper._replace(id="")


def english(paper: Reference) -> Reference:
    """PubMed says of nearly every paper that it is in English, which goes without saying."""
    return without(paper, ["language"]) if paper.get("language") == "en" else paper


def number_beside_pages(paper: Reference) -> Reference:
    """MEDLINE's `pii` is an article number only where it is the page too."""
    is_number = paper.get("number") == paper.get("page") or paper.type != "article-journal"
    return paper if is_number else without(paper, ["number"])


def types(**others: str) -> Loss:
    """Types that a format has not, and what comes instead; `_` is a hyphen."""

    def type_(paper: Reference) -> Reference:
        return paper._replace(type=others.get(paper.type.replace("-", "_"), paper.type))

    return type_


LOSSES: dict[str, tuple[Loss, ...]] = {
    "bibtex": (
        tidy, hyphens, scripts, capitals_in_braces, one_sign, braces, site, status,
        months_over_years, joined_particles, one_name,
        types(article="document", dataset="document", software="webpage",
              article_magazine="article-journal"),
    ),
    "biblatex": (
        tidy, hyphens, scripts, capitals_in_braces, braces, site, words_for_a_date,
        joined_particles, one_name,
    ),
    "csljson": (tidy, hyphens, small_words),
    "cslyaml": (tidy, hyphens, small_words),
    "csv": (tidy, hyphens, small_words),
    "hayagriva": (
        tidy, hyphens, capitals_in_braces, protected, status, no_date, small_words, one_name,
        types(dataset="software", article_magazine="article-journal"),
    ),
    "nbib": (
        tidy, hyphens, marks, key, english, number_beside_pages, given_particles, small_words,
        one_name, types(article_magazine="article-journal", software="article-journal"),
    ),
    "ris": (tidy, hyphens, marks, status, given_particles, small_words, one_name),
}  # fmt: skip
CHANGED_ON_THE_WAY = {
    "bibtex": {"one_sign": 4},
    "biblatex": {},
    "csljson": {},
    "cslyaml": {},
    "csv": {},
    "hayagriva": {"protected": 1},
    "nbib": {"marks": 8, "key": 241},
    "ris": {"marks": 8},
}
"""How many of the 241 shipped papers each loss touches."""


@pytest.mark.parametrize("name", READERS)
def test_the_whole_bibliography_comes_back_in_order(name: str) -> None:
    text = "".join(registry.writer(name).dump(ALL, Options()))
    found = list(registry.read(text.encode(), f"all{registry.writer(name).SUFFIX}"))
    assert [one for one in found if not isinstance(one, Entry)] == []
    back = [known(one.reference, name, ()) for one in found if isinstance(one, Entry)]
    wanted = [known(paper, name, LOSSES[name]) for paper in ALL]
    assert [pair for pair in zip(back, wanted, strict=True) if pair[0] != pair[1]] == []


def test_what_is_lost_is_no_more_than_is_said() -> None:
    touched = {
        name: {
            loss.__name__: count
            for loss in LOSSES[name]
            if (count := sum(known(one, name, [loss]) != known(one, name, ()) for one in PAPERS))
        }
        for name in READERS
    }
    assert (len(PAPERS), touched) == (241, CHANGED_ON_THE_WAY)


def known(paper: Reference, name: str, losses: Iterable[Loss]) -> Reference:
    """A paper without what the format drops, and up to these losses."""
    drops = registry.writer(name).DROPS
    custom: Mapping[str, Any] = paper.custom
    if "custom" in drops:
        custom = {"incomplete-authors": "true"} if paper.incomplete_authors else {}
    paper = paper._replace(custom=custom, source="")
    for loss in losses:
        paper = loss(paper)
    return without(paper, drops)


def said(paper: Reference, **text: str) -> Reference:
    """A paper with these texts; an empty one is none."""
    whole = {**paper.text, **text}
    return paper._replace(text={name: value for name, value in whole.items() if value})


def retold(paper: Reference, change: Callable[[str], str]) -> Reference:
    return paper._replace(text={name: change(value) for name, value in paper.text.items()})


def renamed(paper: Reference, change: Callable[[Name], Name]) -> Reference:
    return paper._replace(
        names={role: tuple(map(change, people)) for role, people in paper.names.items()}
    )


def without(paper: Reference, variables: Iterable[str]) -> Reference:
    dropped = frozenset(variables)
    text, names, dates = (
        {name: value for name, value in part.items() if name not in dropped}
        for part in (paper.text, paper.names, paper.dates)
    )
    return paper._replace(text=text, names=names, dates=dates)  # type: ignore[arg-type]
