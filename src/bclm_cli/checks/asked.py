"""Which papers the services are asked about, each in its place: of data, manuscripts, files."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bclm_cli import store
from bclm_cli.checks.bibliography import Reading
from bclm_cli.checks.corpus import Placed, files, read_corpus
from bclm_cli.checks.data import Raised, finding, located
from bclm_cli.checks.findings import Finding, Problem, Rule
from bclm_cli.checks.manuscript import Known, cited_papers
from bclm_cli.checks.online import OF_NOTICES, RULES, Asked, asked
from bclm_cli.manuscript import ALL, Citation, Scan
from bclm_cli.model.records import Claim, Reference
from bclm_cli.online.lookup import Lookup, Results
from bclm_cli.online.records import day
from bclm_cli.store import notices as known_notices
from bclm_cli.text.counted import counted


class Source:
    """Where what is known of papers comes from: the services now, or an earlier check.

    `concerns` says whether a paper is worth asking about at all.
    """

    def __init__(self, lookup: Lookup | None = None) -> None:
        self._lookup = lookup
        self._statuses = {} if lookup else known_notices.read()
        self.rules: tuple[Rule[Asked, Problem], ...] = RULES if lookup else OF_NOTICES
        self._results: list[Results] = []

    def __bool__(self) -> bool:
        """Whether anything is known, or can be."""
        return self._lookup is not None or bool(self._statuses)

    def concerns(self, paper: Reference) -> bool:
        """Whether anything may be known of this paper."""
        return self._lookup is not None or bool(known_notices.of_paper(paper.text, self._statuses))

    def ask(self, papers: Sequence[Reference]) -> list[Asked]:
        """What is known of each paper. What the services say of retractions is remembered."""
        if self._lookup is None:
            return [self._from_earlier(paper) for paper in papers]
        found = [
            asked(paper, results)
            for paper, results in zip(papers, self._lookup.references(papers), strict=True)
        ]
        self._results += [one.results for one in found]
        today = day(time.time())
        known_notices.keep(
            (
                one.paper,
                known_notices.Status(
                    min(record.asked or today for record in one.results.records), one.notices
                ),
            )
            for one in found
            if one.results.records and not one.results.failures
        )
        return found

    @property
    def is_silent(self) -> bool:
        """Whether services could not be asked, and not one told anything of any paper."""
        return any(one.failures for one in self._results) and not any(
            one.records for one in self._results
        )

    def unchecked(self) -> str:
        """How many of the papers could not be checked for retraction, in words; "" if all could."""
        failed = [one for one in self._results if one.failures]
        if not failed:
            return ""
        if self.is_silent:
            return "no paper could be checked for retraction"
        counts = f"{len(failed)} of {counted(len(self._results), 'paper')}"
        partly = " by every service" if any(one.records for one in failed) else ""
        return f"{counts} could not be checked for retraction{partly}"

    def _from_earlier(self, paper: Reference) -> Asked:
        status = known_notices.of_paper(paper.text, self._statuses)
        return Asked(paper, notices=status.notices, as_of=status.as_of) if status else Asked(paper)


def of_data(layers: Sequence[store.Layer], within: Iterable[Path], source: Source) -> list[Finding]:
    """What is known against the papers in the files `within`, in their places there."""
    wanted = {path.resolve() for path in within}
    ours = {path for layer in layers for path in files(layer.path) if path.resolve() in wanted}
    placed: list[Placed[Reference]] = []

    def look(one: Placed[Any]) -> None:
        if isinstance(one.record, Reference) and one.file in ours and source.concerns(one.record):
            placed.append(one)

    corpus, _ = read_corpus(layers, look)
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in corpus.claims:
        claims[claim.record.reference].append(claim.record)
    raised = []
    for one, about in zip(placed, source.ask([one.record for one in placed]), strict=True):
        for rule, problem in _problems(about, claims[one.record.id], source):
            raised.append(Raised(rule, one.record.id, one.file, one.place, problem, ""))
    found = [finding(one, line, column) for one, (line, column) in located(raised)]
    return sorted(found, key=lambda one: (one.file, one.line, one.column))


def of_manuscript(scan: Scan, known: Known, source: Source) -> list[Finding]:
    """What is known against the papers that a manuscript cites, where each is cited first."""
    places: dict[str, Citation] = {}
    for citation in scan.citations:
        if citation.key != ALL:
            places.setdefault(citation.key, citation)
    papers = [one for one in cited_papers(places, known) if source.concerns(one.paper)]
    found = []
    for cited, about in zip(papers, source.ask([one.paper for one in papers]), strict=True):
        key, path, line, column = places[next(iter(cited.papers))]
        for rule, problem in _problems(about, cited.claims, source):
            field = ".".join(map(str, problem.field))
            found.append(Finding(rule.level, rule.name, path, line, column, key, field,
                                 problem.what, problem.hint))  # fmt: skip
    return found


def of_bibliographies(readings: Iterable[Reading], source: Source) -> list[Finding]:
    """What is known against the papers of bibliographies, at the lines where they begin."""
    entries = [
        entry
        for reading in readings
        for entry in reading.entries
        if source.concerns(entry.reference)
    ]
    found = []
    abouts = source.ask([entry.reference for entry in entries])
    for (paper, file, line), about in zip(entries, abouts, strict=True):
        for rule, problem in _problems(about, (), source):
            field = ".".join(map(str, problem.field))
            found.append(Finding(rule.level, rule.name, str(file), line, 1, paper.id, field,
                                 problem.what, problem.hint))  # fmt: skip
    return found


def _problems(
    about: Asked, claims: Sequence[Claim], source: Source
) -> Iterator[tuple[Rule[Asked, Problem], Problem]]:
    about = about._replace(claims=claims)
    for rule in source.rules:
        for problem in rule.check(about):
            yield rule, problem
