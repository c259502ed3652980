"""Checks a manuscript: each key leads to one paper, and what would be printed is whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bclm_cli import identifiers
from bclm_cli.checks.findings import ERROR, WARNING, Finding, Problem, Rule
from bclm_cli.checks.references import few_authors
from bclm_cli.manuscript import ALL, Citation, Remark, Scan
from bclm_cli.model.records import Claim, Reference
from bclm_cli.query import Library, Selection


class Cited(NamedTuple):
    """A paper as the manuscript cites it: by which keys, and the claims that rest on it.

    `papers` are in the order of their keys' first citation: more than one where two records of
    different keys have the same DOI or PMID.
    """

    papers: Mapping[str, Reference]
    claims: Sequence[Claim]

    @property
    def paper(self) -> Reference:
        """The record behind the key that is cited first."""
        return next(iter(self.papers.values()))


class Known(NamedTuple):
    """What the library says: the paper of each key or earlier key that leads to one, the claims
    of each paper, and the keys most like an unknown one. `held` are keys of other bibliographies.
    """

    papers: Mapping[str, Reference]
    claims: Mapping[str, Sequence[Claim]]
    near: Callable[[str], Sequence[str]]
    held: Collection[str] = ()


def known(library: Library, scan: Scan, held: Collection[str]) -> Known:
    """What the library says of the keys that a manuscript cites."""
    papers = library.cited(scan.keys)
    claims: dict[str, list[Claim]] = {}
    ids = tuple(dict.fromkeys(paper.id for paper in papers.values()))
    for claim in library.claims(Selection(keys=ids)):
        claims.setdefault(claim.reference, []).append(claim)
    return Known(papers, claims, library.near_keys, held)


def alias(cited: Cited) -> Iterator[Problem]:
    """A paper is cited by its own key: an earlier one works in this program alone."""
    for key, paper in cited.papers.items():
        if key != paper.id:
            yield Problem((key,), f"this is an earlier key of {paper.id}", f"write {paper.id}")


def two_keys(cited: Cited) -> Iterator[Problem]:
    """A paper is cited by one key: under two it is printed twice."""
    first, *others = cited.papers
    for key in others:
        what = f"this is the same paper as {first}, which is cited before"
        yield Problem((key,), what, "cite it by one key, or it is printed twice")


def authors(cited: Cited) -> Iterator[Problem]:
    """All authors are known: a list that is not whole ends with "et al." in every style."""
    if cited.paper.incomplete_authors:
        what = f"{few_authors(cited.paper)} known, so every style prints et al."
        yield Problem((), what, LOOK_UP)


def no_doi(cited: Cited) -> Iterator[Problem]:
    """An article has its DOI, which journals ask for."""
    if cited.paper.type.startswith("article") and not cited.paper.get("DOI"):
        yield Problem((), "its record has no DOI", LOOK_UP)


def no_pages(cited: Cited) -> Iterator[Problem]:
    """An article has pages, or a number in their place."""
    paper = cited.paper
    if paper.type == "article-journal" and not (paper.get("page") or paper.get("number")):
        yield Problem((), "its record has neither pages nor an article number", LOOK_UP)


def weak_basis(cited: Cited) -> Iterator[Problem]:
    """What is claimed of a paper was read in it, or in its abstract."""
    for basis, source in BASES.items():
        weak = sum(claim.basis == basis for claim in cited.claims)
        if weak:
            all_ = len(cited.claims)
            of = "the claim that rests" if all_ == 1 else f"{weak} of {all_} claims that rest"
            what = f"{of} on it {'was' if weak == 1 else 'were'} read in {source}"
            yield Problem((), what, "read the paper before you cite it for that")


BASES = {"title": "its title alone", "second-hand": "another paper alone"}
LOOK_UP = "add what it lacks in a data folder of your own"

RULES: tuple[Rule[Cited, Problem], ...] = (
    Rule("two-keys", ERROR, two_keys),
    Rule("alias", WARNING, alias),
    Rule("authors", WARNING, authors),
    Rule("no-doi", WARNING, no_doi),
    Rule("no-pages", WARNING, no_pages),
    Rule("weak-basis", WARNING, weak_basis),
)


def check(scan: Scan, known: Known) -> tuple[Finding, ...]:
    """Everything to say about the citations, file by file.

    An unknown key or an earlier one is reported at each place; what is wrong with the record of a
    paper, where it is cited first.
    """
    places: dict[str, list[Citation]] = {}
    for citation in scan.citations:
        if citation.key != ALL:
            places.setdefault(citation.key, []).append(citation)
    findings = [_hidden(remark) for remark in scan.remarks]
    for problem in _unknown(places, known):
        findings += _at(places[_key(problem)], ERROR, "unknown-key", problem)
    for cited in cited_papers(places, known):
        for rule in RULES:
            for problem in rule.check(cited):
                if problem.field:
                    findings += _at(places[_key(problem)], rule.level, rule.name, problem)
                else:
                    first = places[next(iter(cited.papers))][:1]
                    findings += _at(first, rule.level, rule.name, problem)
    return tuple(sorted(findings, key=_in_order(scan)))


MOST_GUESSES = 100
"""So many unknown keys are compared with the known ones; nobody reads further."""


def _unknown(keys: Iterable[str], known: Known) -> Iterator[Problem]:
    unknown = (key for key in keys if key not in known.papers and key not in known.held)
    for index, key in enumerate(unknown):
        guesses = known.near(key) if index < MOST_GUESSES else ()
        hint = (
            f"did you mean {' or '.join(guesses)}?"
            if guesses
            else "--also FILE names another bibliography"
        )
        yield Problem((key,), "no such paper", hint)


def cited_papers(keys: Iterable[str], known: Known) -> list[Cited]:
    """The cited papers in the order of citation, records of one identifier as one."""
    groups: list[dict[str, Reference]] = []
    by_sign: dict[tuple[str, str], dict[str, Reference]] = {}
    for key in keys:
        paper = known.papers.get(key)
        if paper is None:
            continue
        signs = [("key", paper.id), *identifiers.unique(paper.text)]
        group = next((by_sign[sign] for sign in signs if sign in by_sign), None)
        if group is None:
            groups.append(group := {})
        group[key] = paper
        by_sign.update(dict.fromkeys(signs, group))
    return [Cited(group, _claims(group, known)) for group in groups]


def _claims(papers: Mapping[str, Reference], known: Known) -> list[Claim]:
    ids = dict.fromkeys(paper.id for paper in papers.values())
    return [claim for id_ in ids for claim in known.claims.get(id_, ())]


def _key(problem: Problem) -> str:
    return str(problem.field[0])


def _at(places: Iterable[Citation], level: str, rule: str, problem: Problem) -> Iterator[Finding]:
    for key, path, line, column in places:
        yield Finding(level, rule, path, line, column, key, "", problem.what, problem.hint)


def _in_order(scan: Scan) -> Callable[[Finding], tuple[int, int, int]]:
    """Files as they are read, each from its top."""
    paths = dict.fromkeys([one.path for one in scan.citations] + [one.path for one in scan.remarks])
    rank = {path: number for number, path in enumerate(paths)}
    return lambda finding: (rank[finding.file], finding.line, finding.column)


def _hidden(remark: Remark) -> Finding:
    level, what, path, line, column = remark
    return Finding(level, "hidden-key", path, line, column, "", "", what, "")
