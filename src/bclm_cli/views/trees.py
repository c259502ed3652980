"""The model as a tree: step, factor, claim, paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, repeat

from bclm_cli.model import Claim, Step
from bclm_cli.views import Node, Span
from bclm_cli.views import claims as words


def tree(
    steps: Sequence[Step], claims: Iterable[Claim], depth: int, limit: int | None = None
) -> Iterator[Node]:
    """The claims' branches, as deep as asked for: 1 steps, 2 factors, 3 claims, 4 papers.

    `limit` is how many rows the same answer has in a pipe at most: leaves, but a claim and its
    paper are one. What is counted at a branch is all of it.
    """
    names = words.step_names(steps)
    room = repeat(True) if limit is None else chain(repeat(True, limit), repeat(False))
    for id_, group in groupby(claims, lambda claim: claim.step):
        node = _step(names[id_], list(group), depth, room)
        if node is None:
            return
        yield node


def _step(name: str, claims: list[Claim], depth: int, room: Iterator[bool]) -> Node | None:
    groups = groupby(claims, lambda claim: claim.factor) if depth > 1 else ()
    factors = [_factor(factor, list(group), depth, room) for factor, group in groups]
    shown = tuple(filter(None, factors))
    if not shown and (depth > 1 or not next(room)):
        return None
    head = (Span(name, "step"), Span(f"  {words.numbers(claims)}", "dim"))
    return Node(head, shown)


def _factor(name: str, claims: list[Claim], depth: int, room: Iterator[bool]) -> Node | None:
    leaves = tuple(_claim(claim, depth) for claim in claims if depth > 2 and next(room))
    if not leaves and (depth > 2 or not next(room)):
        return None
    return Node((Span(name, "factor"), Span(f"  {words.balance(claims)}", "dim")), leaves)


def _claim(claim: Claim, depth: int) -> Node:
    weak = (Span(f"  [{words.WEAK[claim.basis]}]", "weak"),) if claim.basis in words.WEAK else ()
    head = (words.effect(claim.effect), Span(f"  {claim.statement}"), *weak)
    paper = (Node((Span(claim.reference, "key"),)),) if depth > 3 else ()
    return Node(head, paper, words.sign(claim.effect))
