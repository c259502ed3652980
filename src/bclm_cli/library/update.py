"""Fills the gaps of a library from what the services know: identifiers, volumes, authors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bclm_cli.errors import FindingsError, ServiceError
from bclm_cli.library.intake import Intake
from bclm_cli.library.merge import fill_missing_fields
from bclm_cli.library.target import Target
from bclm_cli.library.target import target as target_of
from bclm_cli.model.records import Reference
from bclm_cli.online.agree import is_no_other, is_same
from bclm_cli.online.lookup import Lookup, Results
from bclm_cli.online.merge import joined, merged
from bclm_cli.online.records import Record
from bclm_cli.output import Output, rewrite_file, say, turn
from bclm_cli.text.control_chars import visible
from bclm_cli.text.counted import counted

LACKED = ("DOI", "PMID", "volume", "page", "container-title", "issued")
"""What a whole article has; one that lacks any of it is asked about. PMCIDs are filled, too, but
most papers have none."""
FILLED = frozenset({*LACKED, "PMCID", "issue", "number", "container-title-short", "author"})
"""The variables that are filled; any other is a matter of taste."""


class Outcome(NamedTuple):
    """What came of asking about one paper: the filled reference, or why there is none.

    `doubtful` says that something was found, but not surely the same paper; `unasked` that a
    service could not be asked.
    """

    old: Reference
    new: Reference | None = None
    what: str = ""
    doubtful: bool = False
    unasked: bool = False


def update(
    path: Path,
    lookup: Lookup,
    terms: frozenset[str],
    out: Output,
    agreed: Callable[[Sequence[str]], bool],
) -> None:
    """Fill the gaps of the papers in a folder's references.yaml, or in a .bib.

    `terms` are names whose capitals BibTeX styles must leave. `agreed` is shown the difference and
    says whether it is to be written. Raises FindingsError if it is not, and ServiceError, after all
    else is written, if a service could not be asked.
    """
    target = target_of(path, is_there=True)
    own = target.read()
    outcomes = list(_outcomes([paper for paper in own.values() if has_gaps(paper)], lookup))
    for one in outcomes:
        if one.doubtful or one.unasked:
            say(f"{one.old.id}: {one.what}")
        else:
            out.note(f"{one.old.id}: {one.what}")
    intake = Intake((), own)
    intake.changed = {one.old.id: one.new for one in outcomes if one.new is not None}
    _write(target, target.after(intake, terms), agreed)
    doubtful = sum(one.doubtful for one in outcomes)
    counts = f"{len(intake.changed)} filled, {doubtful} doubtful, of {len(outcomes)} with gaps"
    out.note(f"{target.path}: {counts}")
    if unasked := sum(one.unasked for one in outcomes):
        papers = counted(unasked, "paper")
        raise ServiceError(f"{papers} could not be asked about", "try again later")


def has_gaps(paper: Reference) -> bool:
    """Whether an article lacks what the services may know."""
    if not paper.type.startswith("article"):
        return False
    lacked = {variable for variable in LACKED if variable not in paper.variables}
    if "page" in lacked and paper.get("number"):
        lacked.discard("page")
    return bool(lacked) or paper.incomplete_authors or not paper.author


def filled(paper: Reference, records: Sequence[Record]) -> Reference | None:
    """The paper with what it lacks and its records have, None where that is nothing.

    A list of authors that was cut is replaced by one that begins with the same people.
    """
    theirs = merged(records).reference
    kept = theirs._replace(
        text={name: value for name, value in theirs.text.items() if name in FILLED},
        names={name: people for name, people in theirs.names.items() if name in FILLED},
        dates={name: date for name, date in theirs.dates.items() if name in FILLED},
    )
    new = fill_missing_fields(paper, kept) or paper
    if paper.incomplete_authors and not theirs.incomplete_authors:
        people, whole = joined(paper.author, theirs.author)
        if whole:
            custom = {k: v for k, v in new.custom.items() if k != "incomplete-authors"}
            new = new._replace(names={**new.names, "author": people}, custom=custom)
    return None if new == paper else new


def _outcomes(papers: Sequence[Reference], lookup: Lookup) -> Iterator[Outcome]:
    results = lookup.references(papers)
    # Found by its title, a paper has identifiers now, by which the other service knows it as well.
    named = {at: one for at, one in enumerate(results) if one.searched and one.records}
    wanted = [_identifiers(papers[at], one.records) for at, one in named.items()]
    again = dict(zip(named, lookup.papers([one or {} for one in wanted]), strict=True))
    clashing = {at for at, one in zip(named, wanted, strict=True) if one is None}
    for at, paper in enumerate(papers):
        if at in clashing:
            yield Outcome(paper, None, "several papers have this title, author and year", True)
        else:
            yield _outcome(paper, again.get(at, results[at]))


def _outcome(paper: Reference, results: Results) -> Outcome:
    agrees = is_same if results.searched else is_no_other
    same = [record for record in results.records if agrees(paper, record.reference)]
    if same:
        new = filled(paper, same)
        sources = " and ".join(record.source for record in same)
        what = f"filled from {sources}: {', '.join(_added(paper, new))}" if new else (
            f"{sources} know no more of it"
        )  # fmt: skip
        return Outcome(paper, new, what)
    if results.records:
        other = results.records[0]
        people = other.reference.author
        author = people[0].sort_family if people else "nobody"
        what = (
            f"{other.source} has another title, first author or year under its identifier:"
            f" {author} {other.reference.year}, {other.reference.title}"
        )
        return Outcome(paper, None, what, doubtful=True)
    if results.failures:
        return Outcome(paper, None, str(results.failures[0]), unasked=True)
    if results.missing:
        return Outcome(paper, None, f"{results.missing[0]} does not exist", doubtful=True)
    return Outcome(paper, None, "no service knows it")


def _identifiers(paper: Reference, records: Sequence[Record]) -> dict[str, str] | None:
    """The identifiers of a paper that was found by its title; None where several papers were."""
    alike = [record for record in records if record.reference.type == paper.type]
    found: dict[str, str] = {}
    for record in alike:
        for kind in ("DOI", "PMID"):
            value = record.reference.get(kind)
            if value and found.setdefault(kind, value).lower() != value.lower():
                return None
    return found


def _added(old: Reference, new: Reference) -> list[str]:
    added = [name for name in new.variables if name not in old.variables]
    return [*added, *(["whole list of authors"] if () != old.author != new.author else [])]


def _write(target: Target, after: bytes | None, agreed: Callable[[Sequence[str]], bool]) -> None:
    """Write what is filled, if that is agreed to after a look at the difference."""
    if after is None:
        return
    from difflib import unified_diff

    old, new = (
        text.decode("utf-8", "replace").splitlines() for text in (target.before or b"", after)
    )
    name = str(target.path)
    lines = unified_diff(old, new, name, name, lineterm="", n=2)
    if not agreed([f"{visible(line)}\n" for line in lines]):
        raise FindingsError("nothing is written")
    with turn(target.path):
        rewrite_file(target.path, target.before, after)
