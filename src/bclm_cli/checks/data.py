"""Checks data folders: reads all there is, asks every rule, and finds the place of each answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from bclm_cli import store
from bclm_cli.checks import across_records, references, steps
from bclm_cli.checks.corpus import Place, Placed, files, read_corpus
from bclm_cli.checks.findings import (
    ERROR,
    LEVELS,
    Finding,
    Problem,
    Rule,
)
from bclm_cli.checks.subjects import is_data
from bclm_cli.errors import DataError, unreadable
from bclm_cli.gc_paused import gc_paused
from bclm_cli.load import parse
from bclm_cli.load.parse import Path as Field
from bclm_cli.model.records import Claim, Factor, Reference, Step

__all__ = ["Fix", "Report", "check", "files", "gather"]


class Raised(NamedTuple):
    """A problem before its place is known; `old` is the value that can be put right."""

    rule: Rule[Any, Any]
    id: str
    file: Path
    place: Place
    problem: Problem
    old: str


class Fix(NamedTuple):
    """A value that can be put right: what stands at a place, and what should."""

    line: int
    column: int
    old: str
    new: str


class Report(NamedTuple):
    """The findings by file and line, and for each file what can be put right."""

    findings: tuple[Finding, ...]
    fixes: Mapping[Path, tuple[Fix, ...]]


def check(layers: Sequence[store.Layer], within: Iterable[Path]) -> Report:
    """Everything wrong in the files `within`, read together with all layers.

    A file that breaks the schema is an error among the findings; the rest of it is checked, too.
    Raises DataError for one that the system will not let us read.
    """
    wanted = {path.resolve() for path in within}
    every = (path for layer in layers for path in files(layer.path) if is_data(path))
    ours = {path for path in every if path.resolve() in wanted}
    for path in sorted(ours):
        try:
            path.open("rb").close()
        except OSError as error:
            raise unreadable(path, error) from None
    with gc_paused():
        raised, faults = _raised(layers, ours)
    findings = [_broken(fault) for fault in faults if Path(fault.path) in ours]
    fixes: defaultdict[Path, list[Fix]] = defaultdict(list)
    for one, (line, column) in located(raised):
        findings.append(finding(one, line, column))
        if one.problem.fixed is not None:
            fixes[one.file].append(Fix(line, column, one.old, one.problem.fixed))
    if not any(finding.level == ERROR for finding in findings):
        findings += _refused(layers)
    order = {level: rank for rank, level in enumerate(LEVELS)}
    findings.sort(key=lambda one: (one.file, one.line, one.column, order[one.level]))
    return Report(tuple(findings), {path: tuple(found) for path, found in fixes.items()})


def gather(
    ours: Sequence[Path], overlays: Sequence[Path], *, shipped: bool
) -> tuple[list[store.Layer], list[Path]]:
    """All data that is read together, and the files of it that are checked: ours, else all.

    `ours` are folders and files of folders; those that are no overlay yet lie above the rest.
    """
    layers = list(store.layers(overlays, shipped=shipped))
    known = {layer.path.resolve() for layer in layers}
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in ours)
    new = [folder for folder in folders if folder.resolve() not in known]
    layers += store.layers(new, shipped=False) if new else ()
    within = ours or [layer.path for layer in layers]
    return layers, [file for path in within for file in files(path) if is_data(file)]


_RULES: Mapping[type, tuple[Rule[Any, Problem], ...]] = {
    Reference: references.RULES,
    Factor: steps.FACTOR_RULES,
    Step: steps.STEP_RULES,
    Claim: steps.CLAIM_RULES,
}


def _raised(
    layers: Sequence[store.Layer], ours: Container[Path]
) -> tuple[list[Raised], list[DataError]]:
    """What the rules object to in our files, and what breaks the schema anywhere."""
    raised: list[Raised] = []

    def add(rule: Rule[Any, Any], placed: Placed[Any], problem: Problem) -> None:
        old = placed.record.get(str(problem.field[0])) if problem.fixed is not None else ""
        raised.append(Raised(rule, _id(placed.record), placed.file, placed.place, problem, old))

    def look(placed: Placed[Any]) -> None:
        if placed.file in ours:
            for rule in _RULES.get(type(placed.record), ()):
                for problem in rule.check(placed.record):
                    add(rule, placed, problem)

    corpus, faults = read_corpus(layers, look)
    for rule in across_records.RULES:
        for placed, problem in rule.check(corpus):
            if placed.file in ours:
                add(rule, placed, problem)
    return raised, faults


def _refused(layers: Sequence[store.Layer]) -> list[Finding]:
    """What the store still refuses, so that data without errors is data that can be used."""
    try:
        store.connect(tuple(layers)).close()
    except DataError as fault:
        return [_broken(fault)]
    return []


def located(raised: list[Raised]) -> Iterator[tuple[Raised, Place]]:
    """Each problem with the line and column of its value, or of what is around it."""
    by_file: defaultdict[Path, list[Raised]] = defaultdict(list)
    for one in raised:
        by_file[one.file].append(one)
    for path, of_file in by_file.items():
        wanted: defaultdict[Place, dict[Field, Place]] = defaultdict(dict)
        for one in of_file:
            wanted[one.place][one.problem.field] = one.place
        with suppress(DataError):  # the file is broken further down, or JSON that is no YAML
            _find_places(path, wanted)
        for one in of_file:
            yield one, wanted[one.place][one.problem.field]


def _find_places(path: Path, wanted: Mapping[Place, dict[Field, Place]]) -> None:
    """Fill in the places of the wanted values, in one pass over the text.

    A record is known by the place where it begins, its values by their path from there.
    """
    last = max((at for at, fields in wanted.items() if any(fields)), default=(0, 0))
    base: Field | None = None
    within: dict[Field, Place] = {}
    with path.open("rb") as stream:
        for at, line, column in parse.places(stream, str(path)):
            if (line, column) > last and (base is None or at[: len(base)] != base):
                return
            if (base is None or at[: len(base)] != base) and (line, column) in wanted:
                base, within = at, wanted[line, column]
            if base is not None and at[: len(base)] == base and at[len(base) :] in within:
                within[at[len(base) :]] = (line, column)


def finding(one: Raised, line: int, column: int) -> Finding:
    field = ".".join(part for part in one.problem.field if isinstance(part, str))
    return Finding(
        one.rule.level, one.rule.name, str(one.file), line, column, one.id, field,
        one.problem.what, one.problem.hint,
    )  # fmt: skip


def _id(record: object) -> str:
    match record:
        case Reference(id=key) | Step(id=key) | Factor(name=key):
            return key
        case Claim(step=step, factor=factor):
            return f"{step}/{factor}"
    return ""


def _broken(fault: DataError) -> Finding:
    return Finding(
        ERROR, "schema", fault.path, fault.line or 1, fault.column or 1, "", "", fault.what, ""
    )
