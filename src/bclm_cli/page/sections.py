"""The parts of the document: steps with their claims, factors, papers, each with its address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bclm_cli.evidence import weigh
from bclm_cli.graph.labels import author_year
from bclm_cli.graph.network import tally
from bclm_cli.model.records import CONTEXT, FAMILY, Claim, Factor, Reference, Step
from bclm_cli.page import addresses
from bclm_cli.page.cascade import chips
from bclm_cli.page.explorer import Explorer
from bclm_cli.page.markup import PageHtml, text
from bclm_cli.text.markup import plain
from bclm_cli.views import Card, Node, Span
from bclm_cli.views import claims as words
from bclm_cli.views.cards import paper_card, step_card
from bclm_cli.views.factors import factor_card, family_card


class Filter(NamedTuple):
    """A field of claims that a reader can filter by, and what its values are called."""

    field: str
    label: str


FILTERS = (
    Filter("effect", "Effect"),
    Filter("directness", "Directness"),
    Filter("level", "Level"),
    Filter("site", "Site"),
    Filter("cancer", "Cancer"),
)
BETWEEN = "|"
"""What stands between the values of an attribute that has several."""


class Sections:
    """Writes the parts; each claim stands once, in its step."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.papers = {paper.id: paper for paper in explorer.papers}
        self.names = words.step_names(explorer.steps)
        self._by_step = words.grouped(explorer.claims, lambda claim: claim.step)
        self._by_factor = words.grouped(explorer.claims, lambda claim: claim.factor)
        self._by_paper = words.grouped(explorer.claims, lambda claim: claim.reference)
        named = addresses.claims(explorer.claims)
        self._addresses = dict(zip(map(id, explorer.claims), named, strict=True))
        self._factors = {factor.name for factor in explorer.factors}
        self._html = PageHtml(self._lead, self._attributes)

    def step(self, step: Step) -> Iterator[str]:
        """A step with all its claims, by factor."""
        claims = self._by_step.get(step.id, [])
        card = step_card(step, claims, self.papers.__getitem__)
        yield f'<article class="step" id="{addresses.step(step.id)}">\n'
        yield self._html.head(card, 3)
        yield from self._groups(claims)
        yield "</article>\n"

    def background(self) -> Iterator[str]:
        """The claims that belong to no step."""
        if claims := self._by_step.get(CONTEXT):
            yield f'<article class="step" id="{addresses.step(CONTEXT)}">\n<h3>Background</h3>\n'
            yield f'<p class="dim">What belongs to no step: {words.numbers(claims)}</p>\n'
            yield from self._groups(claims)
            yield "</article>\n"

    def _groups(self, claims: Iterable[Claim]) -> Iterator[str]:
        for factor, of in words.by_factor(claims):
            step = of[0].step
            yield (
                f'<section class="group" id="{addresses.group(step, factor)}"'
                f' data-step="{text(step)}" data-factor="{text(factor)}"'
                f' data-verdict="{weigh(of).verdict}">\n'
                f"<h4>{self._html.line((Span(factor, 'factor'),))}</h4>\n"
                f'<p class="verdict">{self._html.line(words.verdict(of))}</p>\n'
            )
            yield self._html.body(words.against_each_other(of, self.papers.__getitem__))
            yield "</section>\n"

    def factor_table(self) -> Iterator[str]:
        """Factors by steps: in each cell how many claims are for and against."""
        labels = {id_: self.names[id_].partition(" (")[0] for id_ in self.names}
        labels = {id_: label for id_, label in labels.items() if id_ in self._by_step}
        yield '<div class="wide" tabindex="0" role="region" aria-label="Factors by steps">\n'
        yield '<table class="factors">\n<thead><tr><th scope="col">Factor</th>'
        for id_, label in labels.items():
            yield f'<th scope="col"><a href="#{addresses.step(id_)}">{text(label)}</a></th>'
        yield '<th scope="col" class="count">Papers</th></tr></thead>\n<tbody>\n'
        for factor in self.explorer.factors:
            yield self._row(factor, labels)
        yield "</tbody>\n</table>\n</div>\n"

    def _row(self, factor: Factor, labels: Mapping[str, str]) -> str:
        claims = self._by_factor.get(factor.name, [])
        cells = []
        for id_, label in labels.items():
            of = [claim for claim in claims if claim.step == id_]
            link = f'<a href="#{addresses.group(id_, factor.name)}">{chips(tally(of))}</a>'
            cells.append(f'<td data-step="{text(label)}">{link}</td>' if of else "<td></td>")
        link = f'<a class="factor" href="#{addresses.factor(factor.name)}">{text(factor.name)}</a>'
        papers = len({claim.reference for claim in claims})
        return (
            f'<tr data-factor="{text(factor.name)}"><th scope="row">{link}'
            f' <span class="dim">{text(factor.kind)}</span></th>{"".join(cells)}'
            f'<td class="count">{papers}</td></tr>\n'
        )

    def factor(self, factor: Factor) -> Iterator[str]:
        """What is known of a factor; its claims, and those of a family's members, stand in the
        steps."""
        card = self._factor_card(factor)
        is_family = factor.kind == FAMILY
        members = self.explorer.narrower.get(factor.name, ()) if is_family else ()
        also = f' data-members="{text(BETWEEN.join(members))}"' if members else ""
        yield (
            f'<article class="factor" id="{addresses.factor(factor.name)}"'
            f' data-factor="{text(factor.name)}"{also}>\n'
        )
        yield self._html.head(card, 3)
        for section in card.sections[:1] if is_family else ():
            yield f"<h4>{self._html.line(section.heading)}</h4>\n"
            yield self._html.body(section.body)
        claims = self._by_factor.get(factor.name, [])
        yield from self._where(claims, lambda claim: self.names[claim.step])
        yield "</article>\n"

    def _factor_card(self, factor: Factor) -> Card:
        steps, paper = self.explorer.steps, self.papers.__getitem__
        narrower = self.explorer.narrower.get(factor.name, ())
        if factor.kind == FAMILY:
            claims = [c for name in (factor.name, *narrower) for c in self._by_factor.get(name, [])]
            return family_card(factor, narrower, claims, steps, paper)
        kinds = {name: self._by_factor.get(name, []) for name in narrower}
        relatives = {
            name: self._by_factor[name]
            for name in self.explorer.relatives.get(factor.name, ())
            if name in self._by_factor
        }
        claims = self._by_factor.get(factor.name, [])
        return factor_card(factor, claims, steps, paper, kinds, relatives)

    def paper(self, paper: Reference, reference: str) -> Iterator[str]:
        """A paper as its card tells it, with its reference as HTML."""
        card = paper_card(paper, (), self.explorer.steps, *self.explorer.notices.get(paper.id, ()))
        facts = [fact for fact in card.facts if fact[0] != "title"]
        address = addresses.paper(paper.id)
        title = text(plain(paper.title)) or text(paper.id)
        year = f' data-year="{paper.year}"' if paper.year else ""
        yield (
            f'<article class="paper" id="{address}" data-paper="{text(paper.id)}"{year}>\n'
            f'<h3><a href="#{address}">{title}</a></h3>\n'
            f'<p class="by">{_by(paper)} {self._html.line(card.title)}</p>\n'
        )
        yield self._html.facts(facts)
        claims = self._by_paper.get(paper.id, [])
        yield from self._where(claims, lambda claim: f"{claim.factor} in {self.names[claim.step]}")
        yield f'<p class="reference">{reference}</p>\n' if reference else ""
        yield "</article>\n"

    def _where(self, claims, name) -> Iterator[str]:  # type: ignore[no-untyped-def]
        links = {addresses.group(claim.step, claim.factor): text(name(claim)) for claim in claims}
        if links:
            listed = ", ".join(f'<a href="#{at}">{name}</a>' for at, name in links.items())
            yield f'<p class="where">Claims: {listed}</p>\n'

    def _lead(self, span: Span) -> str:
        match span.role:
            case "factor" if span.text in self._factors:
                return f"#{addresses.factor(span.text)}"
            case "key" if span.text in self.papers:
                return f"#{addresses.paper(span.text)}"
        return ""

    def _attributes(self, node: Node) -> str:
        claim = node.claim
        if claim is None:
            return ""
        fields = {"paper": claim.reference, "year": str(self.papers[claim.reference].year or "")}
        for filter_ in FILTERS:
            value = getattr(claim, filter_.field)
            fields[filter_.field] = BETWEEN.join(value) if isinstance(value, tuple) else value
        attributes = "".join(f' data-{name}="{text(value)}"' for name, value in fields.items())
        return f' class="claim" id="{self._addresses[id(claim)]}"{attributes}'


def _by(paper: Reference) -> str:
    """Who wrote it, when and where, in a few words."""
    journal = paper.get("container-title-short") or paper.get("container-title")
    return " · ".join(text(part) for part in (author_year(paper), journal) if part)
