"""Cards of factors: what each step's claims come to, who takes the other side, and families."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from bclm_cli import evidence
from bclm_cli.model.records import CONTEXT, Claim, Factor, Step
from bclm_cli.views import Card, Line, Node, Section, Span
from bclm_cli.views import claims as words

ByFactor = Mapping[str, Sequence[Claim]]
Facts = list[tuple[str, Line]]


def factor_card(
    factor: Factor,
    claims: Sequence[Claim],
    steps: Sequence[Step],
    papers: words.Papers,
    kinds: ByFactor,
    relatives: ByFactor,
) -> Card:
    """A factor: its names, what its claims come to in each step, and what they are.

    `kinds` are the claims of what belongs to it, `relatives` those of what it belongs to and of
    what else does, by factor; of those only the ones are named that take the other side.
    """
    by_step = words.grouped(claims, lambda claim: claim.step)
    facts = _names(factor)
    facts += _listed("binds", _bindings(factor))
    facts.append(("in numbers", (Span(words.numbers(claims, factors=False)),)))
    facts += _listed("perturbed by", _perturbations(claims))
    facts += _listed(
        "verdict",
        (
            (Span(f"{_step(id_, steps)}  ", "step"), *words.verdict(of))
            for id_, of in by_step.items()
        ),
    )
    facts += _listed("across steps", _across_steps(by_step, steps))
    facts += _listed("kinds", _kinds(claims, kinds, steps))
    facts += _listed("other side", _others(claims, relatives, steps))
    headings = words.step_names(steps)
    sections = tuple(
        words.section((Span(headings[id_], "step"),), of, *words.against_each_other(of, papers))
        for id_, of in by_step.items()
    )
    return Card(_title(factor), tuple(facts), sections)


def family_card(
    family: Factor,
    members: Sequence[str],
    claims: Sequence[Claim],
    steps: Sequence[Step],
    papers: words.Papers,
) -> Card:
    """A family: its members with counts, where they take different sides, and all their claims."""
    by_factor: dict[str, list[Claim]] = {name: [] for name in members}
    by_factor |= words.grouped(claims, lambda claim: claim.factor)
    facts = _names(family)
    facts.append(("in numbers", (Span(words.numbers(claims)),)))
    facts += _listed("members differ", _differences(claims, steps))
    nodes = (
        Node((Span(name, "factor"), Span(f"  {_counts(of)}", "dim")))
        for name, of in by_factor.items()
        if name != family.name or of
    )
    headings = words.step_names(steps)
    sections = [Section((Span("members", "label"),), tuple(nodes))]
    for id_, of in words.grouped(claims, lambda claim: claim.step).items():
        body = words.against_each_other(of, papers, factor=True)
        sections.append(words.section((Span(headings[id_], "step"),), of, *body))
    return Card(_title(family), tuple(facts), tuple(sections))


def _title(factor: Factor) -> Line:
    return (Span(factor.name, "title"), Span(f"  {factor.kind}", "dim"))


def _names(factor: Factor) -> Facts:
    return [
        (label, (Span(text, role),))
        for label, text, role in (
            ("full name", factor.full_name, ""),
            ("identifier", factor.identifier, "identifier"),
            ("synonyms", ", ".join(factor.synonyms), ""),
            ("belongs to", ", ".join(factor.broader), "factor"),
        )
        if text
    ]


def _bindings(factor: Factor) -> Iterator[Line]:
    """Each partner with the papers that say so."""
    for partner, group in groupby(factor.binds, lambda binding: binding.partner):
        keys = ", ".join(binding.reference for binding in group)
        name = "itself" if partner == factor.name else partner
        yield (Span(name, "factor"), Span("  "), Span(keys, "key"))


def _perturbations(claims: Iterable[Claim]) -> Iterator[Line]:
    """What was done and what it was seen in: "anti-CCL2 antibody (mouse model, breast, lung)"."""
    seen: dict[str, None] = {}
    for claim in claims:
        if done := ", ".join(claim.agent or claim.perturbation):
            site = () if claim.site == "any" else (claim.site,)
            where = ", ".join((*claim.system, *claim.cancer, *site))
            seen[f"{done} ({where})" if where else done] = None
    yield from ((Span(text),) for text in seen)


def _across_steps(by_step: ByFactor, steps: Sequence[Step]) -> Iterator[Line]:
    """Where it promotes and where it suppresses, if it does both."""
    found: dict[str, list[str]] = {"promotes": [], "suppresses": []}
    for id_, claims in by_step.items():
        for side in {evidence.side(claim) for claim in claims} - {""}:
            found[side].append(_step(id_, steps))
    if all(found.values()) and found["promotes"] != found["suppresses"]:
        text = ", ".join(f"{side} {_and(where)}" for side, where in found.items())
        yield (Span(text, "conflict"),)


def _kinds(claims: Sequence[Claim], kinds: ByFactor, steps: Sequence[Step]) -> Iterator[Line]:
    """What belongs to it; what takes the other side is distinguished."""
    for name, of in kinds.items():
        counts = Span(f"  {_counts(of)}", "dim")
        yield (Span(name, "factor"), counts, *_against(claims, of, steps))


def _others(claims: Sequence[Claim], relatives: ByFactor, steps: Sequence[Step]) -> Iterator[Line]:
    for name, of in relatives.items():
        if against := _against(claims, of, steps):
            yield (Span(name, "factor"), *against)


def _against(claims: Sequence[Claim], others: Sequence[Claim], steps: Sequence[Step]) -> Line:
    """Where others take the side against which these stand."""
    ours, theirs = _sides(claims), _sides(others)
    where = [
        f"{side} {_step(step, steps)}" for step, side in theirs if (step, _OTHER[side]) in ours
    ]
    return (Span(f"  {', '.join(where)}", "conflict"),) if where else ()


def _differences(claims: Sequence[Claim], steps: Sequence[Step]) -> Iterator[Line]:
    """For each step whose members are on both sides, who is on which."""
    for id_, of in words.grouped(claims, lambda claim: claim.step).items():
        sides = {
            side: list(dict.fromkeys(c.factor for c in of if evidence.side(c) == side))
            for side in _OTHER
        }
        if all(sides.values()) and sides["promotes"] != sides["suppresses"]:
            text = "; ".join(
                f"{_and(names)} {side if len(names) == 1 else side[:-1]}"
                for side, names in sides.items()
            )
            yield (Span(f"{_step(id_, steps)}  ", "step"), Span(text, "conflict"))


_OTHER = {"promotes": "suppresses", "suppresses": "promotes"}


def _sides(claims: Iterable[Claim]) -> dict[tuple[str, str], None]:
    """Step and side of each claim that takes one."""
    return {(claim.step, side): None for claim in claims if (side := evidence.side(claim))}


def _counts(claims: Sequence[Claim]) -> str:
    return f"{words.balance(claims)} · {words.direct(claims)}" if claims else "no claim"


def _step(id_: str, steps: Sequence[Step]) -> str:
    if id_ == CONTEXT:
        return "background"
    return next(f"{step.number} {step.id}" for step in steps if step.id == id_)


def _listed(label: str, lines: Iterable[Line]) -> Facts:
    """The lines under one label, which the first alone bears."""
    return [("" if index else label, line) for index, line in enumerate(lines)]


def _and(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
