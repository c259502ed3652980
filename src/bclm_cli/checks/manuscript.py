"""Checks a manuscript: each key leads to one paper, and what would be printed is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from bclm_cli import paths
from bclm_cli.checks.findings import ERROR, NOTE, WARNING, Finding, Problem, Rule
from bclm_cli.checks.in_data import Find, nothing
from bclm_cli.checks.references import few_authors
from bclm_cli.identifiers.lookup import in_key, to_fetch
from bclm_cli.library import duplicates
from bclm_cli.library.catalog import Catalog
from bclm_cli.manuscript import ALL, Citation, Remark, Scan
from bclm_cli.model.records import Claim, Reference
from bclm_cli.query import Library, Selection
from bclm_cli.store.cache import absolute
from bclm_cli.suggest import did_you_mean, shortened


class Cited(NamedTuple):
    """A paper as the manuscript cites it: by which keys, and the claims that rest on it.

    `papers` are in the order of their keys' first citation: more than one where two records of
    different keys are of one work. `place` is that of the first citation, "paper.tex:2".
    """

    papers: Mapping[str, Reference]
    claims: Sequence[Claim]
    known: Known
    place: str = ""

    @property
    def paper(self) -> Reference:
        """The record behind the key that is cited first."""
        return next(iter(self.papers.values()))


class Known(NamedTuple):
    """What the library says: the paper of each key or earlier key that leads to one, the claims
    of each paper, the keys most like an unknown one, and those of the papers that share an
    identifier.

    `bibliographies` are the files that the manuscript's own tool reads, by the names that they have
    as layers of the library; none where one that it names is still to be written. `broken` are the
    places of the entries in them that cannot be read, by key. `in_data` finds DOIs.
    """

    papers: Mapping[str, Reference]
    claims: Mapping[str, Sequence[Claim]]
    near: Callable[[str], Sequence[str]]
    sharing: Callable[[str], Sequence[str]]
    bibliographies: Mapping[str, Path] = {}
    broken: Mapping[str, str] = {}
    in_data: Find = nothing


def known(
    library: Library, scan: Scan, bibliographies: Mapping[str, Path], broken: Mapping[str, str]
) -> Known:
    """What the library says of the keys that a manuscript cites."""
    papers = library.cited(scan.keys)
    claims: dict[str, list[Claim]] = {}
    ids = tuple(dict.fromkeys(paper.id for paper in papers.values()))
    for claim in library.claims(Selection(keys=ids)):
        claims.setdefault(claim.reference, []).append(claim)
    return Known(papers, claims, library.near_keys, library.sharing, bibliographies, broken)


def alias(cited: Cited) -> Iterator[Problem]:
    """A paper is cited by its own key: an earlier one works in this program alone."""
    for key, paper in cited.papers.items():
        if key != paper.id and not in_key(key):
            yield Problem((key,), f"this is an earlier key of {paper.id}", f"write {paper.id}")


def two_keys(cited: Cited) -> Iterator[Problem]:
    """A paper is cited by one key: under two it is printed twice."""
    first, *others = cited.papers
    named = in_key(first).lower()
    for key in others:
        if named and in_key(key).lower() == named:
            continue  # which Manubot takes for one: doi:10.1000/A, doi:10.1000/a
        what = f"this is the same paper as {first}, which is cited at {cited.place}"
        yield Problem((key,), what, "cite it by one key, or it is printed twice")


def authors(cited: Cited) -> Iterator[Problem]:
    """All authors are known: a list that is not whole ends with "et al." in every style."""
    if cited.paper.incomplete_authors and not _is_own(cited.paper):
        yield Problem((), few_authors(cited.paper), LOOK_UP)


def and_others(cited: Cited) -> Iterator[Problem]:
    """An author's own `and others` is meant, and prints "et al." in every style."""
    if cited.paper.incomplete_authors and _is_own(cited.paper):
        yield Problem((), few_authors(cited.paper))


def no_doi(cited: Cited) -> Iterator[Problem]:
    """An article has its DOI, which journals ask for."""
    if cited.paper.type.startswith("article") and not cited.paper.get("DOI"):
        source, found = cited.paper.source, cited.known.in_data(cited.paper)
        file = str(cited.known.bibliographies.get(source, source))
        more, hint = (f"; {found.what}", found.hint(file)) if found else ("", LOOK_UP)
        yield Problem((), f"its record has no DOI{more}", hint)


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
LOOK_UP = "add what a record lacks in a bibliography or data folder of your own"

RULES: tuple[Rule[Cited, Problem], ...] = (
    Rule("two-keys", ERROR, two_keys),
    Rule("alias", WARNING, alias),
    Rule("authors", WARNING, authors),
    Rule("and-others", NOTE, and_others),
    Rule("no-doi", WARNING, no_doi),
    Rule("no-pages", WARNING, no_pages),
    Rule("weak-basis", WARNING, weak_basis),
)


def check(scan: Scan, known: Known) -> tuple[Finding, ...]:
    """Everything to say about the citations, file by file.

    An unknown key is reported once, with all its places, an earlier one at each of them; what is
    wrong with the record of a paper, where it is cited first.
    """
    places: dict[str, list[Citation]] = {}
    for citation in scan.citations:
        if citation.key != ALL:
            places.setdefault(citation.key, []).append(citation)
    findings = [_hidden(remark) for remark in scan.remarks]
    for problem in _unknown(places, known):
        cited_at = places[_key(problem)]
        problem = problem._replace(what=f"{problem.what}{_also(*cited_at)}")
        findings += _at(cited_at[:1], ERROR, "unknown-key", problem)
    for key in places if known.bibliographies else ():
        paper = known.papers.get(key)
        if paper and paper.source not in known.bibliographies and key not in known.broken:
            findings += _at(places[key][:1], WARNING, "not-in-bibliography", _elsewhere(known))
    for cited in cited_papers((key for key in places if not _is_unknown(key, known)), known):
        first = places[next(iter(cited.papers))][0]
        cited = cited._replace(place=f"{first.path}:{first.line}")
        for rule in RULES:
            for problem in rule.check(cited):
                at = places[_key(problem)] if problem.field else [first]
                findings += _at(at, rule.level, rule.name, problem)
    return tuple(sorted(findings, key=_in_order(scan)))


MOST_GUESSES = 100
"""At most this many unknown keys are compared with the known ones; nobody reads further."""


def _unknown(keys: Iterable[str], known: Known) -> Iterator[Problem]:
    for index, key in enumerate(key for key in keys if _is_unknown(key, known)):
        if place := known.broken.get(key):
            yield Problem(
                (key,), f"its entry in {place} cannot be read", "what is wrong stands there"
            )
            continue
        if len(keys := known.sharing(key)) > 1:
            what = f"this leads to several papers: {shortened(keys)}"
            yield Problem((key,), what, "cite one by its key")
            continue
        if identifier := to_fetch(key):
            hint = f"`bclm add {quote(identifier)} --write refs.bib` fetches it"
            yield Problem((key,), f"no paper at hand has {identifier}", hint)
            continue
        guesses = known.near(key) if index < MOST_GUESSES else ()
        hint = did_you_mean(guesses) or "--also FILE names another bibliography"
        yield Problem((key,), "no such paper", hint)


def _is_unknown(key: str, known: Known) -> bool:
    """Whether no paper has this key, or none in what the manuscript's own tool reads, where the
    entry is broken."""
    if (paper := known.papers.get(key)) is None:
        return True
    read = known.bibliographies
    return bool(read) and key in known.broken and paper.source not in read


def _also(first: Citation, *others: Citation) -> str:
    """Where else a key is cited, a file's name where it is another one."""
    shown = [
        f"{other.line}:{other.column}" if other.path == first.path
        else f"{other.path}:{other.line}:{other.column}"
        for other in others
    ]  # fmt: skip
    return f" (also at {shortened(shown, MOST_PLACES)})" if shown else ""


MOST_PLACES = 20
"""At most this many places of an unknown key are listed."""


def _elsewhere(known: Known) -> Problem:
    """What to do about a key that the manuscript's own tool will not find."""
    files = [path.as_posix() for path in known.bibliographies.values()]
    first = next((file for file in files if file.endswith(".bib")), "")
    hint = f"`bclm add KEY --write {quote(first)}` adds" if first else "`bclm export KEY` prints"
    return Problem((), f"in the data, but not in {' or '.join(files)}", f"{hint} the entry")


def cited_papers(keys: Iterable[str], known: Known) -> list[Cited]:
    """The cited papers in the order of citation, records of one work as one."""
    groups: dict[str, dict[str, Reference]] = {}
    catalog = Catalog()
    for key in keys:
        paper = known.papers.get(key)
        if paper is None:
            continue
        group = groups.get(paper.id)
        if group is None:
            work = duplicates.fingerprint(paper)
            if match := catalog.duplicate(work):
                group = groups[match.key]
            else:
                catalog.add(work)
                group = {}
            groups[paper.id] = group
        group[key] = paper
    unique = {id(group): group for group in groups.values()}
    return [Cited(group, _claims(group, known), known) for group in unique.values()]


def _is_own(paper: Reference) -> bool:
    """Whether the record stands in a bibliography, whose author has seen the paper."""
    return paper.source.lower().endswith(paths.BIBLIOGRAPHIES)


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


def bibliographies(scan: Scan, also: Iterable[str]) -> dict[str, Path]:
    """The bibliographies that a manuscript names and that are there, and others that it uses, by
    the names of their layers; the first one that has a key is the one that counts."""
    files = [one.file for one in scan.bibliographies if one.file.is_file()]
    return {absolute(file): file for file in (*files, *map(Path, also))}


def missing_bibliographies(scan: Scan) -> list[Finding]:
    """A note for each bibliography that the manuscript names and that is not there (yet)."""
    return [
        Finding(
            NOTE, "bibliography", path, line, column, "", "", f"{file.as_posix()} is not there",
            "`bclm export --used-in FILE -o` writes it",
        )
        for file, path, line, column in scan.bibliographies
        if not file.is_file()
    ]  # fmt: skip


def _hidden(remark: Remark) -> Finding:
    level, what, path, line, column = remark
    return Finding(level, "hidden-key", path, line, column, "", "", what, "")
