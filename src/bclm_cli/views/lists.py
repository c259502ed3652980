"""Lists for a reader: cells with roles, words marked, claims in groups for and against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from bclm_cli.model.records import Cell, Claim, Step
from bclm_cli.text import normalize
from bclm_cli.text.counted import counted
from bclm_cli.views import COLUMNS, GROUPS, Line, Reading, Section, Span, Table, records
from bclm_cli.views import claims as words

ROLES = {
    "date": "dim",
    "key": "key", "reference": "key", "name": "factor", "factor": "factor", "doi": "doi",
    "pmid": "pmid", "pmcid": "pmcid", "type": "dim", "kind": "dim", "number": "step",
    "identifier": "identifier", "source": "dim", "notice": "error",
}  # fmt: skip
"""What the values of a column are, for those that a terminal tells apart."""

_PIECES = re.compile(r"\w+|\W+")
_HEADS: dict[tuple[str, ...], int] = {
    ("number", "name"): 2,
    ("step", "factor"): 2,
    ("type", "id"): 2,
    ("name", "kind"): 2,
}


def reading(
    table: Table, columns: Sequence[str], numbers: Mapping[str, int], marks: Sequence[str] = ()
) -> Reading:
    """A list as a terminal shows it: these columns, steps by their number, words marked.

    `columns` may hold those of GROUPS. `numbers` are those of the steps by id; `marks` the words to
    mark.
    """
    stems = tuple(word for mark in marks for word in normalize.words(mark))
    brief = tuple(columns) == COLUMNS["factors"][1]
    rows = (
        (
            *(_cell(record, column, numbers, stems) for column in columns),
            *([_brief(record, numbers)] if brief else []),
        )
        for record in records(table.columns, table.rows)
    )
    short = ("title",) if tuple(columns) == COLUMNS["refs"][1] else ()
    return Reading(tuple(columns), rows, _HEADS.get(tuple(columns[:2]), 1), brief, short)


def claim_groups(
    claims: Iterable[Claim],
    steps: Sequence[Step],
    papers: words.Papers,
    limit: int | None = None,
) -> Iterator[Section]:
    """The claims by step and factor, those for beside those against.

    The first `limit` claims are shown; a heading counts all of its group.
    """
    names = words.step_names(steps)
    for (step, factor), group in groupby(claims, lambda claim: (claim.step, claim.factor)):
        if limit == 0:
            return
        of = list(group)
        shown = of[:limit]
        limit = None if limit is None else limit - len(shown)
        heading = (Span(names[step], "step"), Span("  "), Span(factor, "factor"))
        yield words.section(heading, of, *words.against_each_other(shown, papers))


def marked(text: str, stems: Sequence[str]) -> Line:
    """A text with the words that begin like one of the folded stems set apart."""
    spans = []
    for piece in _PIECES.findall(text):
        hit = any(word.startswith(tuple(stems)) for word in normalize.words(piece))
        spans.append(Span(piece, "match" if hit else ""))
    return tuple(spans)


def _cell(
    record: Mapping[str, Cell], column: str, numbers: Mapping[str, int], stems: Sequence[str]
) -> Line:
    if column == "evidence":
        return words.evidence(*(record[field] for field in GROUPS[column]))  # type: ignore[arg-type]
    if column == "direct of":
        return (_direct(record),)
    field = GROUPS.get(column, (column,))[0]
    value = record[field]
    if column in ("step", "steps"):
        ids = value if isinstance(value, tuple) else (str(value),)
        return (Span(" ".join(str(numbers.get(id_, id_)) for id_ in ids), "step"),)
    if column == "effect":
        sign = words.sign(str(value), str(record.get("level") or ""))
        return (sign._replace(text=f"{sign.text} {value}"),)
    text = "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    if field in ("promotes", "suppresses", "other"):
        return (Span(text, "dim" if text == "0" else field),)
    if stems and column in ("id", "text"):
        return marked(text, stems)
    return (Span(text, ROLES.get(column, "")),)


def _direct(record: Mapping[str, Cell]) -> Span:
    direct, claims = record["direct"], record["claims"]
    return Span(f"{direct} of {claims}", "strong" if direct else "dim")


def _brief(record: Mapping[str, Cell], numbers: Mapping[str, int]) -> Line:
    """All that is counted of a factor, on one line: "1 3  +2 −1 ◦1  3 papers  1 of 4 direct"."""
    signs = {"promotes": "+", "suppresses": "−", "other": "◦"}
    counts = [
        Span(f"{sign}{record[field]} ", field) for field, sign in signs.items() if record[field]
    ]
    papers = counted(int(str(record["references"])), "paper")
    return (
        *_cell(record, "steps", numbers, ()),
        Span("  "),
        *counts,
        Span(f" {papers}  "),
        _direct(record),
        Span(" direct", "dim"),
    )
