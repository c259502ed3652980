"""Cards: all that is known of one step or paper, and of the program itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from bclm_cli.model.notices import GRAVE, Notice
from bclm_cli.model.records import Claim, Name, Reference, Step
from bclm_cli.text.counted import counted
from bclm_cli.text.markup import plain
from bclm_cli.views import Card, Line, Node, Section, Span
from bclm_cli.views import claims as words


def step_card(step: Step, claims: Sequence[Claim], papers: words.Papers) -> Card:
    """A step: where it leads, what happens, and its claims by factor."""
    title = (
        Span(f"{step.number} {step.name}", "title"),
        Span(f"  {step.from_} → {step.to}", "dim"),
    )
    facts = (
        ("what happens", (Span(step.summary),)),
        ("in numbers", (Span(words.numbers(claims)),)),
    )
    sections = []
    for factor, of in words.by_factor(claims):
        body = (words.node(claim, papers) for claim in of)
        sections.append(words.section((Span(factor, "factor"),), of, *body))
    return Card(title, facts, tuple(sections))


def paper_card(
    paper: Reference,
    claims: Iterable[Claim],
    steps: Sequence[Step],
    notices: Sequence[Notice] = (),
    as_of: str = "",
) -> Card:
    """A paper: its record, and the claims that rest on it; `notices` about it as of a day."""
    authors = "; ".join(map(_author, paper.author))
    more = "; et al. (the list is not complete)" if paper.incomplete_authors else ""
    facts = tuple(
        (label, (Span(text, role),))
        for label, text, role in (
            *(
                ("notice", f"{notice} (as of {as_of})", "error" if notice.kind in GRAVE else "")
                for notice in notices
            ),
            ("authors", authors and authors + more, ""),
            ("title", plain(paper.title), ""),
            ("in", _source(paper), ""),
            ("type", paper.type if paper.type != "article-journal" else "", ""),
            ("DOI", paper.get("DOI"), "doi"),
            ("PMID", paper.get("PMID"), "pmid"),
            ("PMCID", paper.get("PMCID"), "pmcid"),
            ("URL", paper.get("URL"), "url"),
            ("keywords", paper.get("keyword"), ""),
            ("note", paper.get("note"), ""),
            ("abstract", plain(paper.get("abstract")), ""),
        )
        if text
    )
    names = words.step_names(steps)
    sections = tuple(
        Section(
            (Span(names[id_], "step"),),
            tuple(words.node(claim, None, factor=True) for claim in group),
        )
        for id_, group in groupby(claims, lambda claim: claim.step)
    )
    kind = (Span(f"  {paper.kind}", "dim"),) if paper.kind else ()
    return Card((Span(paper.id, "title"), *kind), facts, sections)


def about_card(about: Mapping[str, Any], origin: Reference | None) -> Card:
    """The program and its data: counts, where each layer lies, license, how to cite."""
    facts: list[tuple[str, Line]] = [("data", (Span(_counted(about["counts"])),))]
    if origin:
        facts += [
            ("model", (Span(f"{_authors(origin)} {plain(origin.title)}. {_source(origin)}."),)),
            ("", (Span(origin.get("DOI"), "doi"),)),
        ]
    facts += [
        ("license", (Span("; ".join(map(" ".join, about["license"].items()))),)),
        ("to cite", (Span("cite the papers that you use, and the review behind the model"),)),
    ]
    if not about["cache"]:
        facts.append(("cache", (Span("none: in memory, for want of a place to write"),)))
    sections = [
        Section(
            (
                Span(layer["name"], "path" if "/" in layer["name"] else "factor"),
                Span(f"  {dated(layer)}", "dim"),
            ),
            tuple(_layer(layer)),
        )
        for layer in about["layers"]
    ]
    if about["cache"]:
        sections.append(
            Section((Span("cache", "factor"),), (Node((Span(about["cache"], "path"),)),))
        )
    title = (Span("bclm", "title"), Span(f"  {about['version']}", "dim"))
    return Card(title, tuple(facts), tuple(sections))


def dated(layer: Mapping[str, Any]) -> str:
    """Of which day a layer is, and until when the literature was searched for it."""
    searched = layer["searched_until"]
    texts = (layer["version"], searched and f"literature searched until {searched}")
    return ", ".join(filter(None, texts))


def _layer(layer: Mapping[str, Any]) -> Iterator[Node]:
    for file in layer["files"]:
        counts = _counted(file["holds"])
        about = (Node((Span(counts, "dim"),)),) if counts else ()
        yield Node((Span(file["path"], "path"),), about)
    for one in layer["overrides"]:
        key = Span(one["key"], "key")
        yield Node((Span(f"overrides the {one['type']} "), key, Span(f" of {one['of']}", "dim")))
    for one in layer["renames"]:
        new = Span(one["to"], "key")
        yield Node((Span(f"calls {one['key']} of {one['of']} "), new))


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(counted(count, what) for what, count in counts.items())


def _author(name: Name) -> str:
    given = " ".join(filter(None, (name.given, name.dropping_particle)))
    return " ".join(filter(None, (given, name.sort_family, name.suffix)))


def _authors(paper: Reference) -> str:
    more = " et al." if len(paper.author) > 3 or paper.incomplete_authors else "."
    return ", ".join(map(_author, paper.author[:3])) + more


def _source(paper: Reference) -> str:
    """Where it stands: "Nature 2001; 410(6824): 50-56"."""
    place = paper.get("container-title") or paper.get("publisher")
    volume = paper.get("volume") + (f"({paper.get('issue')})" if paper.get("issue") else "")
    pages = paper.get("page") or paper.get("number")
    numbers = ": ".join(filter(None, (volume, pages)))
    return "; ".join(filter(None, (f"{place} {paper.issued}".strip(), numbers)))
