"""The model as a tree: step, factor, claim, paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bclm_cli.model.records import Claim, Step
from bclm_cli.views import Node, Span
from bclm_cli.views import claims as words


def tree(
    steps: Sequence[Step], claims: Iterable[Claim], depth: int, limit: int | None = None
) -> Iterator[Node]:
    """The claims' branches, as deep as asked for: 1 steps, 2 factors, 3 claims, 4 papers.

    The first `limit` ends of branches are kept, the rows of a pipe; what is counted are all.
    """
    names = words.step_names(steps)
    for id_, group in groupby(claims, lambda claim: claim.step):
        if limit == 0:
            return
        node = _step(names[id_], list(group), depth)
        if limit is not None:
            node, limit = _first(node, limit, min(depth, 3) - 1)
        yield node


def _first(node: Node, ends: int, levels: int) -> tuple[Node, int]:
    """The node with its first ends of branches, so many levels below it; how many may follow."""
    if not levels:
        return node, ends - 1
    kept = []
    for child in node.children:
        if not ends:
            break
        child, ends = _first(child, ends, levels - 1)
        kept.append(child)
    return node._replace(children=tuple(kept)), ends


def _step(name: str, claims: list[Claim], depth: int) -> Node:
    factors = [_factor(factor, of, depth) for factor, of in words.by_factor(claims) if depth > 1]
    return Node((Span(name, "step"), Span(f"  {words.numbers(claims)}", "dim")), tuple(factors))


def _factor(name: str, claims: list[Claim], depth: int) -> Node:
    about = f"{words.balance(claims)} · {words.direct(claims)}"
    leaves = tuple(_claim(claim, depth) for claim in claims if depth > 2)
    return Node((Span(name, "factor"), Span(f"  {about}", "dim")), leaves)


def _claim(claim: Claim, depth: int) -> Node:
    weak = (Span(f"  [{words.WEAK[claim.basis]}]", "weak"),) if claim.basis in words.WEAK else ()
    weight = words.weight(claim.directness, claim.level)
    head = (words.effect(claim.effect), Span(f"  {claim.statement}  "), weight, *weak)
    paper = (Node((Span(claim.reference, "key"),)),) if depth > 3 else ()
    return Node(head, paper, words.sign(claim.effect, claim.level))
