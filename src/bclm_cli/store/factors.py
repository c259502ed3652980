"""How factors hang together: what is broader than what, which may not lead round in a circle."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from bclm_cli.model.records import Factor
from bclm_cli.store.rows import Writer

T = TypeVar("T", bound=Hashable)


def related_factors(writer: Writer) -> Iterator[tuple[int, Factor]]:
    """The factors that name something broader or something that they bind, with their ids."""
    sql = (
        "SELECT f.id, r.payload FROM factor f JOIN record r ON r.id = f.id"
        " WHERE f.broader <> '[]' OR f.binds <> '[]' ORDER BY f.id"
    )
    for id, payload in writer.run(sql).fetchall():
        yield id, Factor.from_fields(json.loads(payload), "")


def first_circle(broader: Mapping[T, Sequence[T]]) -> list[T]:
    """What stands on the first way that leads back to where it began, that one at both ends; [] if
    there is none. Chains of any length are fine: nothing here recurs."""
    done: set[T] = set()
    for start in broader:
        way: dict[T, None] = {}
        branches = [iter((start,))]
        while branches:
            found = next(branches[-1], None)
            if found is None:
                branches.pop()
                if way:
                    done.add(way.popitem()[0])
            elif found in way:
                ids = list(way)
                return [*ids[ids.index(found) :], found]
            elif found not in done:
                way[found] = None
                branches.append(iter(broader.get(found, ())))
    return []
