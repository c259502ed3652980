"""The lists that can be asked for: their fields, each with its SQL, and their order.

In that SQL `p` are the selected claims, and `s`, `f`, `c` and `r` a step, factor, claim and paper.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bclm_cli.model.records import CONTEXT, Cell, Row
from bclm_cli.store import MANY_VALUES, direct, sides, steps

# The fields of each list, in their order; those whose values are JSON arrays are in ARRAYS.
STEP_KEY = f"coalesce(s.key, '{CONTEXT}')"
LAYER = "(SELECT name FROM layer WHERE id = {}.layer)"
NOTICE = "notice(r.doi, r.pmid, r.pmcid)"
FIELDS: dict[str, dict[str, str]] = {
    "steps": {
        "number": "s.id",
        "id": "s.key",
        "name": "s.name",
        "summary": "s.summary",
        "from": "s.from_",
        "to": "s.to_",
        "factors": "count(DISTINCT p.factor)",
        "claims": "count(p.id)",
        "references": "count(DISTINCT p.reference)",
        "direct": direct("p"),
        "place": "nullif(s.place, '')",
        "source": LAYER.format("s"),
    },
    "factors": {
        "name": "f.name",
        "kind": "f.kind",
        "steps": steps("p", "p.factor = f.id"),
        **sides("p"),
        "references": "count(DISTINCT p.reference)",
        "direct": direct("p"),
        "claims": "count(p.id)",
        "identifier": "f.identifier",
        "full_name": "f.full_name",
        "synonyms": "f.synonyms",
        "broader": "f.broader",
        "binds": "f.binds",
        "source": LAYER.format("f"),
    },
    "claims": {
        "step": STEP_KEY,
        "factor": "f.name",
        "effect": "c.effect",
        "statement": "c.statement",
        "reference": "r.key",
        "system": "c.system",
        "site": "c.site",
        "cancer": "c.cancer",
        "basis": "c.basis",
        "directness": "c.directness",
        "level": "c.level",
        "observed": "c.observed",
        "outcome": "c.outcome",
        "perturbation": "c.perturbation",
        "agent": "c.agent",
        "model": "c.model",
        "subtype": "c.subtype",
        "author": "r.author",
        "year": "r.year",
        "title": "r.title",
        "journal": "r.journal",
        "doi": "r.doi",
        "pmid": "r.pmid",
        "citation": "r.author || coalesce(', ' || r.year, '')",
        "identifier": "f.identifier",
        "notice": NOTICE,
        "source": LAYER.format("c"),
    },
    "refs": {
        "key": "r.key",
        "year": "r.year",
        "author": "r.author",
        "title": "r.title",
        "journal": "r.journal",
        "steps": steps("p", "p.reference = r.id"),
        "claims": "(SELECT count(*) FROM p WHERE p.reference = r.id)",
        "doi": "r.doi",
        "pmid": "r.pmid",
        "pmcid": "r.pmcid",
        "volume": "r.volume",
        "issue": "r.issue",
        "page": "r.page",
        "kind": "r.kind",
        "authors": "r.authors",
        "notice": NOTICE,
        "source": LAYER.format("r"),
    },
}
TOTALS = {
    "steps": {
        "factors": "t.factors",
        "claims": "t.claims",
        "references": "t.papers",
        "direct": "t.direct",
    },
    "factors": {
        "steps": "t.steps",
        "promotes": "t.promotes",
        "suppresses": "t.suppresses",
        "other": "t.other",
        "references": "t.papers",
        "direct": "t.direct",
        "claims": "t.claims",
    },
}
"""The same fields where all claims are selected, which the store has counted: `t`."""
ARRAYS = {
    *(("factors", field) for field in ("steps", "synonyms", "broader", "binds")),
    *(("claims", field) for field in (*MANY_VALUES, "agent")),
    *(("refs", field) for field in ("steps", "authors")),
}
_NUMBERS_OF_STEPS = (
    "(SELECT group_concat(printf('%04d', step)) FROM"
    " (SELECT DISTINCT step FROM p WHERE p.{} = {}.id AND step > 0 ORDER BY step))"
)
SORT: dict[tuple[str, str], tuple[str, ...]] = {
    ("claims", "step"): ("nullif(c.step, 0)",),
    ("claims", "pmid"): ("CAST(r.pmid AS INTEGER)", "r.pmid"),
    ("factors", "steps"): (
        "(SELECT count(DISTINCT nullif(step, 0)) FROM p WHERE p.factor = f.id)",
        _NUMBERS_OF_STEPS.format("factor", "f"),
    ),
    ("refs", "steps"): (
        "(SELECT count(DISTINCT nullif(step, 0)) FROM p WHERE p.reference = r.id)",
        _NUMBERS_OF_STEPS.format("reference", "r"),
    ),
    **{
        ("refs", field): (f"CAST(r.{field} AS INTEGER)", f"r.{field}")
        for field in ("pmid", "volume", "issue", "page")
    },
}
"""What a field is sorted by where that is not its text: steps by how many, then in order; numbers
as numbers."""
# The order of a list, with room for the SQL of its fields.
ORDER = {
    "steps": "s.id",
    "factors": "{direct} DESC, {references} DESC, f.name COLLATE NOCASE, f.name",
    "claims": "c.place, c.id",
    "refs": "r.key",
}
# Each of these joins finds its one row. As LEFT JOINs they leave the order of the claims alone, and
# SQLite omits those of which nothing is asked.
_JOINS = (
    " LEFT JOIN factor f ON f.id = c.factor LEFT JOIN reference r ON r.id = c.reference"
    " LEFT JOIN step s ON s.id = c.step"
)
CLAIMS = f"FROM claim c{_JOINS}"
ROWS = {
    "claims": ("c.id", f"FROM {{}} o CROSS JOIN claim c ON c.id = o.id{_JOINS}"),
    "refs": ("r.id", "FROM {} o CROSS JOIN reference r ON r.id = o.id"),
}
"""The id of a row of a long list, and the rows of a table of such ids."""


def by(list_: str, field: str, columns: Mapping[str, str]) -> str:
    """What to sort by: upwards, or downwards if the field is written with a minus."""
    name = field.removeprefix("-")
    down = " DESC" if name != field else ""
    terms = SORT.get((list_, name), (columns[name],))
    return ", ".join(f"{term} IS NULL, {term} COLLATE NOCASE{down}" for term in terms)


def with_arrays(row: Sequence[Cell], arrays: Sequence[int]) -> Row:
    """A row whose cells at these places, JSON arrays, are tuples."""
    cells = list(row)
    for index in arrays:
        cells[index] = tuple(json.loads(str(cells[index])))
    return tuple(cells)


def filled(row: Row) -> Iterator[Any]:
    """The cells of a row as the fields of a record, which are "" where nothing is known."""
    return ("" if cell is None else cell for cell in row)
