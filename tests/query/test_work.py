"""How much work a question is, in rows looked at and steps taken, so that it does not grow unseen.

Times are not for tests; SQLite's plans and its count of instructions are the same on any machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest

from bclm_cli.query import FIELDS, Library, Selection
from bclm_cli.query.execution import Execution
from support.tools import load_script

PAPERS = 1000


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The shipped data under a generated library of 1,000 papers and 2,000 claims."""
    folder = tmp_path_factory.mktemp("lab")
    load_script("benchmarks/library.py").write(folder, PAPERS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        yield Library([folder])


def scanned(
    library: Library, ask: Callable[[Library], object], monkeypatch: pytest.MonkeyPatch
) -> set[str]:
    """The tables that are read from end to end to answer a question."""
    asked: list[tuple[str, Any]] = []
    execute = Execution.__call__

    def noting(self: Execution, sql: str, values: Any = (), *, before: str = "") -> Iterator[Any]:
        asked.append((re.sub(r"CREATE TEMP TABLE \w+ AS ", "", before) or sql, values))
        return execute(self, sql, values, before=before)

    monkeypatch.setattr(Execution, "__call__", noting)
    ask(library)
    plans = [
        line
        for sql, values in asked
        for *_, line in library._execute.store.copies[0].execute(
            f"EXPLAIN QUERY PLAN {sql}", values
        )
    ]
    assert plans
    names = {line.split()[1] for line in plans if line.startswith("SCAN") and "VIRTUAL" not in line}
    return {name for name in names if name != "CONSTANT" and not name.startswith("(subquery")}


def papers(**selection: tuple[str, ...]) -> Callable[[Library], object]:
    return lambda library: list(library.rows("refs", Selection(**selection)))  # type: ignore[arg-type]


def claims(**selection: tuple[str, ...]) -> Callable[[Library], object]:
    return lambda library: list(library.rows("claims", Selection(**selection)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "ask",
    [
        lambda library: library.reference_keys(["lab000500"]),
        lambda library: library.reference_keys(["10.5555/lab.000500"]),
        lambda library: library.reference_keys(["https://doi.org/10.5555/LAB.000500"]),
        lambda library: library.reference_keys(["PMID:90000500"]),
        claims(factor=("LAB7",)),
        lambda library: library.near_keys("lab00500"),
        lambda library: library.odd_keys(),
        lambda library: library.completions("paper", "lab00"),
        lambda library: library.completions("factor", "LAB1"),
        lambda library: list(library.search("LAB7 nosuchword")),
        lambda library: list(library.references(Selection(keys=("lab000500", "lab000007")))),
        papers(keys=("lab000500",)),
        papers(year=("2015",)),
        papers(author=("Müller",)),
        papers(author=("Aceto N", "Li*")),
        papers(factor=("LAB7",)),
        papers(step=("3",), factor=("LAB7",)),
        papers(match=("nosuchword",)),
        claims(keys=("lab000500",)),
        claims(step=("3",)),
        claims(factor=("LAB7",), effect=("promotes",)),
        claims(year=("2015",), step=("3",)),
        claims(match=("nosuchword",)),
        lambda library: list(library.rows("steps")),
        lambda library: list(library.rows("factors", Selection(factor=("LAB7",)))),
        lambda library: list(library.rows("steps", Selection(factor=("LAB7",)))),
    ],
)
def test_indexes_answer(
    library: Library, ask: Callable[[Library], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert scanned(library, ask, monkeypatch) <= {"s", "step", "step_total", "t", "layer", "o"}


def steps_taken(library: Library, rows: Callable[[], Iterator[object]], count: int | None) -> int:
    """Hundreds of SQLite's instructions for so many rows (None: for all)."""
    taken = 0

    def tick() -> int:
        nonlocal taken
        taken += 1
        return 0

    library._execute.store.copies[0].set_progress_handler(tick, 100)
    found = sum(1 for _ in islice(rows(), count))
    library._execute.store.copies[0].set_progress_handler(None, 0)
    assert found == count or (count is None and found > 100)
    return taken


@pytest.mark.parametrize("list_", ["refs", "claims"])
def test_the_first_row_leaves_before_the_last_is_read(library: Library, list_: str) -> None:
    def rows() -> Iterator[object]:
        return library.rows(list_)

    assert steps_taken(library, rows, 1) < steps_taken(library, rows, None) / 100


def test_the_first_record_leaves_before_the_last_is_read(library: Library) -> None:
    first, last = (steps_taken(library, library.references, count) for count in (1, None))
    assert first < last / 100


@pytest.mark.parametrize(
    ("list_", "sort"), [("refs", "-year"), ("refs", "title"), ("claims", "site")]
)
def test_sorting_looks_at_no_more_than_it_sorts_by(library: Library, list_: str, sort: str) -> None:
    """Only ids and what they are sorted by are read before the first row leaves."""

    def sorted_rows() -> Iterator[object]:
        return library.rows(list_, sort=[sort])

    assert steps_taken(library, sorted_rows, 1) < steps_taken(library, sorted_rows, None) / 2


def test_a_thousand_keys_are_not_a_million_steps(library: Library) -> None:
    """What is given in an order is found in that order, not looked for in a list each time."""

    def named(count: int) -> int:
        keys = tuple(f"lab{number:06}" for number in range(count, 0, -1))
        return steps_taken(library, lambda: library.rows("refs", Selection(keys=keys)), None)

    assert named(1000) < 8 * named(200)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("lab00500", "lab000500"),  # one sign lost, far from its neighbors in the order
        ("kab000500", "lab000500"),
        ("alb000500", "lab000500"),
        ("xlab000500", "lab000500"),
        ("LAB000500", "lab000500"),
        ("lab000500a", "lab000500"),
        ("muler2001", "muller2001"),
    ],
)
def test_a_slip_is_guessed_wherever_it_is(library: Library, name: str, key: str) -> None:
    assert key in library.near_keys(name)


@pytest.mark.slow
def test_every_field_can_be_sorted_by(library: Library) -> None:
    """Each sorted list holds the rows of the unsorted one, and twice in the same order."""
    for list_, fields in FIELDS.items():
        plain = list(library.rows(list_))
        for field in fields:
            up, again, down = (
                list(library.rows(list_, sort=[by])) for by in (field, field, f"-{field}")
            )
            assert up == again
            assert sorted(map(str, up)) == sorted(map(str, plain)) == sorted(map(str, down))
