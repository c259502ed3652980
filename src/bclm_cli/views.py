"""Records to neutral tables, trees and cards: the words and columns, never the colours."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from bclm_cli.fold import fold, stem
from bclm_cli.model import CONTEXT, Cell, Claim, Factor, Name, Reference, Row, Step, plain


class Span(NamedTuple):
    """A piece of text with what it is: "key", "factor", "promotes", "weak", "strong", "dim" …"""

    text: str
    role: str = ""


Line = tuple[Span, ...]


class Table(NamedTuple):
    """Rows under named columns."""

    columns: tuple[str, ...]
    rows: Iterable[Row]


class Reading(NamedTuple):
    """The same for a reader: every cell a line of spans, with the columns that may be wrapped."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[Line, ...]]


class Node(NamedTuple):
    """A line and what hangs under it."""

    spans: Line
    children: tuple["Node", ...] = ()


class Sides(NamedTuple):
    """Two columns that belong beside each other, such as claims for and against."""

    left: tuple[Node, ...]
    right: tuple[Node, ...]


class Section(NamedTuple):
    """A heading with its lines."""

    heading: Line
    body: tuple[Node | Sides, ...]


class Card(NamedTuple):
    """All that is known of one thing, for reading."""

    title: Line
    facts: tuple[tuple[str, Line], ...]
    sections: tuple[Section, ...] = ()


COLUMNS: dict[str, tuple[int, tuple[str, ...]]] = {
    "steps": (9, ("number", "name", "summary", "factors", "claims", "references")),
    "factors": (7, ("name", "kind", "steps", "promotes", "suppresses", "other", "references")),
    "claims": (9, ("step", "factor", "effect", "statement", "evidence", "reference")),
    "refs": (8, ("key", "year", "author", "journal", "steps")),
    "search": (3, ("type", "id", "text")),
}
"""For each list, how many of its fields a pipe gets by default, and which a terminal shows."""

EVIDENCE = ("system", "site", "cancer", "basis")
"""Fields of a claim that a terminal shows together, as one column `evidence`."""

SIDES = {
    "promotes": "promotes",
    "required": "promotes",
    "suppresses": "suppresses",
}
"""Which side of the argument an effect is on; what is missing here is on neither."""


def reading(
    list_: str,
    table: Table,
    columns: Sequence[str],
    numbers: Mapping[str, int],
    marks: Sequence[str] = (),
) -> Reading:
    """A list as a terminal shows it: these columns, steps by their number, words marked.

    `columns` may hold `evidence`, which is made from the fields in EVIDENCE. `numbers` are those of
    the steps by id; `marks` the words to mark.
    """
    stems = tuple(stem(word) for mark in marks for word in fold(mark).split())

    def cell(record: Mapping[str, Cell], column: str) -> Line:
        if column == "evidence":
            return _evidence(*(record[field] for field in EVIDENCE))  # type: ignore[arg-type]
        value = record[column]
        if column in ("step", "steps"):
            ids = value if isinstance(value, tuple) else (str(value),)
            return (Span(" ".join(str(numbers.get(id_, id_)) for id_ in ids), "step"),)
        if column == "effect":
            return _effect(str(value))
        text = "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        if column in ("promotes", "suppresses", "other"):
            return (Span(text, "dim" if text == "0" else column),)
        if stems and column in ("id", "text"):
            return marked(text, stems)
        return (Span(text, ROLES.get(column, "")),)

    rows = (
        tuple(cell(record, column) for column in columns)
        for record in records(table.columns, table.rows)
    )
    return Reading(tuple(columns), rows)


def marked(text: str, stems: Sequence[str]) -> Line:
    """A text with the words that begin like one of the folded stems set apart."""
    spans = []
    for piece in _PIECES.findall(text):
        found = fold(piece)
        hit = found and any(word.startswith(tuple(stems)) for word in found.split())
        spans.append(Span(piece, "match" if hit else ""))
    return tuple(spans)


ROLES = {
    "key": "key", "reference": "key", "name": "factor", "factor": "factor", "doi": "doi",
    "pmid": "pmid", "pmcid": "pmcid", "type": "dim", "kind": "dim", "number": "step",
    "identifier": "identifier", "source": "dim",
}  # fmt: skip
"""What the values of a column are, for those that a terminal tells apart."""

_PIECES = re.compile(r"\w+|\W+")


def step_card(step: Step, claims: Sequence[Claim], papers: Mapping[str, Reference]) -> Card:
    """A step: where it leads, what happens, and its claims by factor."""
    facts = (
        ("from", (Span(step.from_),)),
        ("to", (Span(step.to),)),
        ("what happens", (Span(step.summary),)),
        ("in numbers", (Span(_numbers(claims)),)),
    )
    sections = [
        Section(
            (Span(factor, "factor"), Span(f"  {balance(list(of))}", "dim")),
            tuple(_claim(claim, papers) for claim in of),
        )
        for factor, group in groupby(claims, lambda claim: claim.factor)
        for of in [list(group)]
    ]
    return Card((Span(f"{step.number} {step.name}", "title"),), facts, tuple(sections))


def factor_card(
    factor: Factor,
    claims: Sequence[Claim],
    steps: Sequence[Step],
    papers: Mapping[str, Reference],
    kin: Mapping[str, Sequence[Claim]],
) -> Card:
    """A factor: its names, and by step what promotes beside what suppresses.

    `kin` are the claims of factors that are kinds of it, by their names: "mature high-density
    neutrophil" may contradict what is said of neutrophils.
    """
    facts: list[tuple[str, Line]] = [("kind", (Span(factor.kind),))]
    if factor.full_name:
        facts.append(("full name", (Span(factor.full_name),)))
    if factor.identifier:
        facts.append(("identifier", (Span(factor.identifier, "identifier"),)))
    if factor.synonyms:
        facts.append(("synonyms", (Span(", ".join(factor.synonyms)),)))
    facts.append(("in numbers", (Span(_numbers(claims).partition(", ")[2]),)))
    facts.append(("agreement", (_agreement(claims, steps),)))
    label = "see also"
    for name, of in kin.items():
        differs = bool({_side(claim) for claim in of} - {_side(claim) for claim in claims} - {""})
        text = Span(f"  {balance(of)}", "contradiction" if differs else "dim")
        facts.append((label, (Span(name, "factor"), text)))
        label = ""
    names = {step.id: f"{step.number} {step.name}" for step in steps} | {CONTEXT: "Background"}
    sections = []
    for id_, group in groupby(claims, lambda claim: claim.step):
        of = list(group)
        left, right, neither = (
            tuple(_claim(claim, papers) for claim in of if _side(claim) == side)
            for side in ("promotes", "suppresses", "")
        )
        sides: tuple[Node | Sides, ...] = (Sides(left, right),) if left and right else left + right
        heading = (Span(names[id_], "step"), Span(f"  {balance(of)}", "dim"))
        sections.append(Section(heading, sides + neither))
    return Card((Span(factor.name, "title"),), tuple(facts), tuple(sections))


def paper_card(paper: Reference, claims: Sequence[Claim]) -> Card:
    """A paper: its record, and the claims that rest on it."""
    facts: list[tuple[str, Line]] = []
    if paper.author:
        authors = "; ".join(_author(name) for name in paper.author)
        more = "; et al. (the list is not complete)" if paper.incomplete_authors else ""
        facts.append(("authors", (Span(authors + more),)))
    facts += [
        (label, (Span(plain(text), role),))
        for label, text, role in (
            ("title", paper.title, ""),
            ("in", _source(paper), ""),
            ("type", paper.type if paper.type != "article-journal" else "", ""),
            ("kind", paper.kind, ""),
            ("DOI", paper.get("DOI"), "doi"),
            ("PMID", paper.get("PMID"), "pmid"),
            ("PMCID", paper.get("PMCID"), "pmcid"),
            ("URL", paper.get("URL"), "url"),
        )
        if text
    ]
    sections = [
        Section(
            (Span("Background" if id_ == CONTEXT else id_.capitalize(), "step"),),
            tuple(_claim(claim, {}, factor=True, reference=False) for claim in group),
        )
        for id_, group in groupby(claims, lambda claim: claim.step)
    ]
    return Card((Span(paper.id, "title"),), tuple(facts), tuple(sections))


def about_card(about: Mapping[str, Any], origin: Reference | None) -> Card:
    """The program and its data: counts, where each layer lies, license, how to cite."""
    facts: list[tuple[str, Line]] = [
        ("version", (Span(about["version"]),)),
        ("data", (Span(_counted(about["counts"])),)),
    ]
    if origin:
        authors = ", ".join(_author(name) for name in origin.author[:3])
        more = " et al." if len(origin.author) > 3 else ""
        cite = f"{authors}{more} {plain(origin.title)}. {_source(origin)}."
        facts += [("model", (Span(cite),)), ("", (Span(origin.get("DOI"), "doi"),))]
    facts += [
        ("license", (Span("program MIT; data CC BY 4.0"),)),
        ("to cite", (Span("cite the papers that you use, and the review behind the model"),)),
        ("cache", (Span(about["cache"] or "none: in memory, for want of a place to write"),)),
    ]
    sections = [
        Section(
            (Span(layer["name"], "factor"), Span(f"  {layer['version'] or ''}", "dim")),
            tuple(_layer(layer)),
        )
        for layer in about["layers"]
    ]
    return Card((Span("bclm", "title"),), tuple(facts), tuple(sections))


def _layer(layer: Mapping[str, Any]) -> Iterator[Node]:
    for file in layer["files"]:
        yield Node((Span(file["path"]), Span(f"  {_counted(file['holds'])}", "dim")))
    for one in layer["overrides"]:
        key = Span(one["key"], "key")
        yield Node((Span(f"overrides the {one['type']} "), key, Span(f" of {one['of']}", "dim")))


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(
        f"{count:,} {what}{'s' if count != 1 else ''}" for what, count in counts.items()
    )


def address(paper: Reference) -> str:
    """Where a paper can be opened: its DOI, else PubMed, else its URL; "" if it has none."""
    if paper.get("DOI"):
        return f"https://doi.org/{paper.get('DOI')}"
    if paper.get("PMID"):
        return f"https://pubmed.ncbi.nlm.nih.gov/{paper.get('PMID')}/"
    return paper.get("URL")


def tree(steps: Sequence[Step], claims: Sequence[Claim], depth: int) -> tuple[Node, ...]:
    """Step, factor, claim, paper: as deep as asked for (1 to 4)."""
    names = {step.id: f"{step.number} {step.name}" for step in steps} | {CONTEXT: "Background"}
    by_step = {id_: list(group) for id_, group in groupby(claims, lambda claim: claim.step)}
    nodes = []
    for id_, of_step in by_step.items():
        factors = []
        for factor, group in groupby(of_step, lambda claim: claim.factor):
            of = list(group)
            leaves = tuple(_leaf(claim, depth) for claim in of) if depth > 2 else ()
            line = (Span(factor, "factor"), Span(f"  {balance(of)}", "dim"))
            factors.append(Node(line, leaves))
        heading = (Span(names[id_], "step"), Span(f"  {_numbers(of_step)}", "dim"))
        nodes.append(Node(heading, tuple(factors) if depth > 1 else ()))
    return tuple(nodes)


def _evidence(system: Sequence[str], site: str, cancer: Sequence[str], basis: str) -> Line:
    """What a claim was seen in; breast and liver stand out, a weak basis is said."""
    spans = [Span(", ".join(system))]
    if site != "any":
        spans.append(Span(site, "strong" if site == "liver" else ""))
    if cancer:
        names = (f"{name} cancer" if name in _ORGANS else name for name in cancer)
        spans.append(Span(", ".join(names), "strong" if "breast" in cancer else ""))
    if basis != "abstract":
        spans.append(Span(WEAK[basis], "weak"))
    joined = [part for span in spans if span.text for part in (Span(" · ", "dim"), span)]
    return tuple(joined[1:])


def _effect(effect: str) -> Line:
    return (Span(f"{SYMBOLS[effect]} {effect}", SIDES.get(effect, "neutral")),)


WEAK = {"title": "read in the title only", "second-hand": "second-hand: as another paper tells it"}
"""What is said of a claim whose basis is weaker than an abstract."""

_ORGANS = {"breast", "colorectal", "pancreatic", "lung", "prostate", "ovarian"}


def balance(claims: Sequence[Claim]) -> str:
    """How many claims are for and against: "3 promote, 1 suppresses, 2 other"."""
    sides = [_side(claim) for claim in claims]
    parts = (
        (sides.count("promotes"), "promote"),
        (sides.count("suppresses"), "suppress"),
        (sides.count(""), "other"),
    )
    return ", ".join(f"{count} {_verb(word, count)}" for count, word in parts if count)


def _agreement(claims: Sequence[Claim], steps: Sequence[Step]) -> Span:
    """Whether the claims contradict each other, and where; null results are said as well."""
    numbers = {step.id: f"{step.number} {step.id}" for step in steps}
    sides = {(claim.step, _side(claim)) for claim in claims}
    against = [
        numbers.get(step, "the background")
        for step in dict.fromkeys(claim.step for claim in claims)
        if {(step, "promotes"), (step, "suppresses")} <= sides
    ]
    taken = {side for _, side in sides if side}
    if against:
        text = f"contradictory in {_and(against)}: both sides below"
    elif len(taken) == 2:
        text = "promotes one step and suppresses another; no contradiction within a step"
    elif taken:
        text = f"all claims that take a side agree: {taken.pop()}"
    else:
        text = "no claim takes a side"
    if nulls := sum(claim.effect == "no effect" for claim in claims):
        text += f"; {nulls} null result{'s' if nulls > 1 else ''}"
    return Span(text, "contradiction" if against else "")


def _claim(
    claim: Claim, papers: Mapping[str, Reference], *, factor: bool = False, reference: bool = True
) -> Node:
    """A claim with what it was seen in, and the paper behind it."""
    about = [_evidence(claim.system, claim.site, claim.cancer, claim.basis)]
    if reference:
        paper = papers[claim.reference]
        journal = paper.get("container-title-short") or paper.get("container-title")
        where = " ".join(filter(None, (journal, str(paper.year or ""))))
        about.append((Span(claim.reference, "key"), Span(f"  {where}", "dim")))
    name = (Span(f"{claim.factor}  ", "factor"),) if factor else ()
    head = (*name, *_effect(claim.effect), Span("  "), Span(claim.statement))
    return Node(head, tuple(Node(line) for line in about))


def _leaf(claim: Claim, depth: int) -> Node:
    weak = (Span(f"  [{WEAK[claim.basis]}]", "weak"),) if claim.basis in WEAK else ()
    head = (*_effect(claim.effect), Span("  "), Span(claim.statement), *weak)
    return Node(head, (Node((Span(claim.reference, "key"),)),) if depth > 3 else ())


SYMBOLS = {
    "promotes": "+",
    "required": "+",
    "suppresses": "−",
    "marks": "•",
    "context-dependent": "±",
    "no effect": "0",
}
"""One sign for each effect, so that nothing hangs on colour alone."""


def _side(claim: Claim) -> str:
    return SIDES.get(claim.effect, "")


def _verb(word: str, count: int) -> str:
    if word == "other" or count != 1:
        return word
    return "promotes" if word == "promote" else "suppresses"


def _numbers(claims: Sequence[Claim]) -> str:
    counts = (
        (len({claim.factor for claim in claims}), "factor"),
        (len(claims), "claim"),
        (len({claim.reference for claim in claims}), "paper"),
    )
    return ", ".join(f"{n} {word}{'s' if n != 1 else ''}" for n, word in counts)


def _author(name: Name) -> str:
    given = " ".join(filter(None, (name.given, name.dropping_particle)))
    return " ".join(filter(None, (given, name.sort_family, name.suffix)))


def _source(paper: Reference) -> str:
    """Where it stands: "Nature 2001; 410(6824): 50-56"."""
    place = paper.get("container-title") or paper.get("publisher")
    volume = paper.get("volume") + (f"({paper.get('issue')})" if paper.get("issue") else "")
    pages = paper.get("page") or paper.get("number")
    numbers = ": ".join(filter(None, (volume, pages)))
    return "; ".join(filter(None, (f"{place} {paper.issued}".strip(), numbers)))


def _and(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def records(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[dict[str, Cell]]:
    """Rows as maps from field to value."""
    for row in rows:
        yield dict(zip(columns, row, strict=True))
