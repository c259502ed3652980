"""Claims by their ids in the store, for callers that show part of a long list."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bclm_cli.model.records import Claim, Row
from bclm_cli.query.lists import ARRAYS, FIELDS, ORDER, ROWS, filled, with_arrays
from bclm_cli.query.lookup import Execute
from bclm_cli.query.questions import Question

_COLUMNS = ", ".join(FIELDS["claims"][field] for field in Claim._fields)
_ARRAYS = [at for at, field in enumerate(Claim._fields) if ("claims", field) in ARRAYS]
_BY_ID = ROWS["claims"][1].format("(SELECT value AS id FROM json_each(?))")


def ids(execute: Execute, asked: Question) -> list[int]:
    """The ids of the claims that a question selects, in their order."""
    sql = f"{asked.sql.format(columns='c.id')} ORDER BY {ORDER['claims']}"
    return [id_ for (id_,) in execute(sql, asked.values)]


def by_id(execute: Execute, wanted: Sequence[int]) -> dict[int, Claim]:
    """The claims of these ids."""
    found = execute(f"SELECT c.id, {_COLUMNS} {_BY_ID}", (json.dumps(wanted),))
    return {id_: claim(with_arrays(row, _ARRAYS)) for id_, *row in found}


def claim(row: Row) -> Claim:
    """The claim whose fields stand in a row, in their order."""
    return Claim(*filled(row))
