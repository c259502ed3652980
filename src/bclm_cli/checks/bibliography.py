"""Checks bibliographies in place: what cannot be read, duplicates, fields that are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bclm_cli.checks import mendable, references
from bclm_cli.checks.findings import ERROR, NOTE, WARNING, Finding, Problem, Rule
from bclm_cli.checks.in_data import Find, nothing
from bclm_cli.gc_paused import gc_paused
from bclm_cli.library import duplicates, in_place
from bclm_cli.library.catalog import Catalog, Match
from bclm_cli.library.merge import better, differing
from bclm_cli.manuscript import ALL
from bclm_cli.model.records import Reference


class Entry(NamedTuple):
    """A reference of a bibliography, and the line (from 1) where it begins."""

    reference: Reference
    file: Path
    line: int


class Reading(NamedTuple):
    """A bibliography as it was read: its entries, and what is wrong with it whatever cites it."""

    file: Path
    entries: Sequence[Entry]
    findings: Sequence[Finding]


FAULTS: Mapping[str, tuple[str, str]] = {
    "entry": (ERROR, "entry"),
    "field": (WARNING, "field"),
    "key": (ERROR, "same-key"),
    "case": (WARNING, "case-of-key"),
    "odd": (NOTE, "field"),
}
"""Level and rule for each kind of fault that reading tells."""

LEVELS = {"title-case": NOTE, "key": NOTE}
"""Rules that are no more than a note here: styles lower a title, biber takes other letters."""


def whole(paper: Reference) -> Iterator[Problem]:
    """A record is whole; the abbreviation of a journal is the style's affair here."""
    name = paper.get("container-title")
    yield from references.wanted(
        paper._replace(text={"container-title-short": name, **paper.text}) if name else paper
    )


RULES: tuple[Rule[Reference, Problem], ...] = tuple(
    rule._replace(
        level=LEVELS.get(rule.name, rule.level),
        check=whole if rule.name == "incomplete" else rule.check,
    )
    for rule in references.RULES
)
WITH_MANUSCRIPT = tuple(
    rule for rule in RULES if rule.name not in ("incomplete", "incomplete-authors")
)
"""What is incomplete is told where the manuscript cites it."""


def read(file: Path, terms: frozenset[str]) -> Reading:
    """Read a bibliography. `terms` are names whose capitals styles must leave alone.

    Raises DataError for a file that cannot be read.
    """
    faults: list[in_place.Fault] = []
    with gc_paused():
        found = [(got.record, got.line) for got in in_place.read(file, report=faults.append)]
        entries = [Entry(one, file, line) for one, line in found if isinstance(one, Reference)]
        wrong = [*(_fault(file, fault) for fault in faults), *mendable.check([file], terms)]
    return Reading(file, entries, wrong)


def check(
    readings: Sequence[Reading], cited: Collection[str] | None = None, in_data: Find = nothing
) -> list[Finding]:
    """Everything wrong in these bibliographies, which are taken together, the first one winning.

    With the keys that a manuscript `cited`, only those entries are looked at closely, and those
    that it does not cite are noted. `in_data` finds DOIs that entries lack.
    """
    findings: list[Finding] = []
    together = _Together()
    with gc_paused():
        for reading in readings:
            for entry in reading.entries:
                findings += together.check(entry, cited)
                findings += _looked_at(entry, cited, in_data)
            findings += reading.findings
    order = {str(reading.file): number for number, reading in enumerate(readings)}
    findings.sort(key=lambda one: (order[one.file], one.line, one.column))
    return findings


def _fault(file: Path, fault: in_place.Fault) -> Finding:
    level, rule = FAULTS[fault.kind]
    what = fault.what.partition(f" {fault.key}: ")[2] if fault.key else ""  # not the key twice
    key = fault.key if what else ""
    return Finding(level, rule, str(file), fault.line, 1, key, "", what or fault.what, "")


def broken(findings: Iterable[Finding]) -> dict[str, str]:
    """The place of each entry that cannot be read, by its key, where that can be seen."""
    places: dict[str, str] = {}
    for one in findings:
        if one.rule == "entry" and one.id:
            places.setdefault(one.id, f"{one.file}:{one.line}")
    return places


def _looked_at(entry: Entry, cited: Collection[str] | None, in_data: Find) -> Iterator[Finding]:
    """What the rules for one paper object to, or that it is not cited."""
    paper = entry.reference
    if cited is not None and not _is_cited(paper, cited):
        yield _finding(entry, NOTE, "unused", Problem((), "is not cited"))
        return
    for rule in RULES if cited is None else WITH_MANUSCRIPT:
        for problem in rule.check(paper):
            if rule.name == "incomplete" and (found := in_data(paper)):
                what = f"{problem.what}; {found.what}"
                problem = problem._replace(what=what, hint=found.hint(str(entry.file)))
            yield _finding(entry, rule.level, rule.name, problem)


def _is_cited(paper: Reference, cited: Collection[str]) -> bool:
    return any(key in cited for key in (ALL, paper.id, *paper.aliases))


class _Together:
    """The entries so far, each compared with the next."""

    def __init__(self) -> None:
        self.catalog = Catalog()
        self.entries: dict[str, Entry] = {}

    def check(self, entry: Entry, cited: Collection[str] | None) -> Iterator[Finding]:
        """Whether the entry is one that was there before, has its key or identifier, or is its
        preprint."""
        paper = entry.reference
        if other := self.entries.get(paper.id) if paper.id else None:
            what = f"the key stands in {_place(other, entry)} too; that entry is taken"
            yield _finding(entry, ERROR, "same-key", Problem((), what))
            return
        key = paper.id or f"{entry.file}:{entry.line}"
        self.entries[key] = entry
        work = duplicates.fingerprint(paper)._replace(key=key)
        if match := self.catalog.duplicate(work):
            yield self._same(entry, match)
        else:
            for clash in self.catalog.clashes(work):
                what = (
                    f"has the {clash.by} of {self._named(clash.key, entry)}, which is another work"
                )
                yield _finding(entry, ERROR, "identifier-clash", Problem((), what, "one is wrong"))
            if version := self.catalog.version(work):
                yield from self._version(entry, version, cited, is_preprint=work.is_preprint)
            self.catalog.add(work)

    def _version(
        self, entry: Entry, version: str, cited: Collection[str] | None, *, is_preprint: bool
    ) -> Iterator[Finding]:
        """The note on a preprint and its article, unless a manuscript cites the article alone."""
        named = self._named(version, entry)
        what = f"seems to be the preprint of {named}" if is_preprint else (
            f"seems to be the article of the preprint {named}"
        )  # fmt: skip
        if cited is not None:
            pair = (entry.reference, self.entries[version].reference)
            preprint, article = pair if is_preprint else pair[::-1]
            if not _is_cited(preprint, cited):
                return
            both = _is_cited(article, cited)
            what += f"; the manuscript cites {'both' if both else 'the preprint alone'}"
        hint = "cite the article, unless the preprint is meant"
        yield _finding(entry, NOTE, "preprint", Problem((), what, hint))

    def _same(self, entry: Entry, match: Match) -> Finding:
        """The finding for an entry whose work is there under another key."""
        other = self.entries[match.key].reference
        fields = differing(other, entry.reference)
        more = [name for name in entry.reference.variables if name not in other.variables]
        less = [name for name in other.variables if name not in entry.reference.variables]
        said = [
            f"is the same work as {self._named(match.key, entry)}, by {match.by}",
            *([f"with other {', '.join(fields)}"] if fields else []),
            *([f"it alone has {', '.join(more)}"] if more else []),
            *([f"it lacks {', '.join(less)}"] if less else []),
        ]
        kept = better(other, entry.reference)
        hint = f"keep {kept.id if kept and kept.id else 'one'}, and cite it by one key"
        return _finding(entry, WARNING, "same-paper", Problem((), "; ".join(said), hint))

    def _named(self, key: str, beside: Entry) -> str:
        other = self.entries[key]
        place = _place(other, beside)
        return f"{key} ({place})" if other.reference.id else place


def _place(other: Entry, beside: Entry) -> str:
    return f"line {other.line}" if other.file == beside.file else f"{other.file}:{other.line}"


def _finding(entry: Entry, level: str, rule: str, problem: Problem) -> Finding:
    field = next((str(part) for part in problem.field if part != "custom"), "")
    return Finding(
        level, rule, str(entry.file), entry.line, 1, entry.reference.id, field, problem.what,
        problem.hint,
    )  # fmt: skip
