"""What claims come to, as rows and for reading: conflicts, and factors side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bclm_cli import evidence
from bclm_cli.evidence import Weight
from bclm_cli.model.records import Claim, Row, Step
from bclm_cli.views import Line, Reading, Section, Span
from bclm_cli.views import claims as words

CONFLICT = (
    "step", "factor", "promotes", "suppresses", "no_effect", "promotes_direct",
    "suppresses_direct", "no_effect_direct", "promotes_level", "suppresses_level",
    "no_effect_level", "claims", "direct",
)  # fmt: skip
"""The fields of a conflict: the papers of each side, how many of their claims are direct, and their
best level; then all claims about the factor in the step."""

COMPARED = (
    "factor", "step", "verdict", "promotes", "suppresses", "other", "references", "direct",
    "claims", "level",
)  # fmt: skip
"""The fields of a comparison: what the claims about a factor in a step come to."""

_SIDES = ("promotes", "suppresses", "no effect")


def conflicts(claims: Iterable[Claim]) -> Iterator[tuple[Weight, list[Claim]]]:
    """The claims about each factor in each step on which papers disagree; the claims come grouped
    by step and factor."""
    for _, group in groupby(claims, lambda claim: (claim.step, claim.factor)):
        of = list(group)
        weight = evidence.weigh(of)
        if weight.verdict == "conflicting":
            yield weight, of


def conflict_row(weight: Weight, claims: Sequence[Claim]) -> Row:
    """One conflict as a row of CONFLICT."""
    by_side = [[claim for claim in claims if evidence.finding(claim) == side] for side in _SIDES]
    return (
        claims[0].step,
        claims[0].factor,
        weight.promoting,
        weight.suppressing,
        weight.without_effect,
        *(evidence.count_direct(of) for of in by_side),
        *(evidence.strongest(claim.level for claim in of) or None for of in by_side),
        len(claims),
        weight.direct,
    )


def conflict_section(
    claims: Sequence[Claim], steps: Sequence[Step], papers: words.Papers
) -> Section:
    """One conflict: both sides beside each other, and nothing else."""
    heading = (
        Span(words.step_names(steps)[claims[0].step], "step"),
        Span("  "),
        Span(claims[0].factor, "factor"),
        Span("  "),
        *words.verdict(claims),
    )
    taking_part = [claim for claim in claims if evidence.finding(claim)]
    return Section(heading, words.against_each_other(taking_part, papers))


def comparison(factors: Sequence[str], claims: Iterable[Claim]) -> Iterator[Row]:
    """A row of COMPARED for each factor and step, by step; what nobody speaks of is left out."""
    for step, by_factor in _by_step(claims).items():
        for factor in factors:
            if of := by_factor.get(factor):
                sides = [evidence.side(claim) for claim in of]
                yield (
                    factor,
                    step,
                    evidence.weigh(of).verdict,
                    sides.count("promotes"),
                    sides.count("suppresses"),
                    sides.count(""),
                    len({claim.reference for claim in of}),
                    evidence.count_direct(of),
                    len(of),
                    evidence.strongest(claim.level for claim in of) or None,
                )


def side_by_side(factors: Sequence[str], claims: Iterable[Claim], steps: Sequence[Step]) -> Reading:
    """A row for each step in which any of the factors acts, and a column for each factor."""
    names = words.step_names(steps)
    rows = (
        (
            (Span(names[step], "step"),),
            *(_cell(by_factor.get(factor, [])) for factor in factors),
        )
        for step, by_factor in _by_step(claims).items()
    )
    return Reading(("step", *factors), rows, wrapped=("step", *factors))


def _cell(claims: Sequence[Claim]) -> Line:
    if not claims:
        return (Span("–", "dim"),)
    weight = evidence.weigh(claims)
    spans = [Span(f"{weight.verdict}:", words.ROLES.get(weight.verdict, "")), Span(" ")]
    for text, role in words.by_side(claims):
        spans += (Span(text, role), Span(", "))
    spans.append(Span(words.direct(claims)))
    return (*spans, Span(f", {weight.level}" if weight.level else ""))


def _by_step(claims: Iterable[Claim]) -> dict[str, dict[str, list[Claim]]]:
    """The claims by step, then by factor; the background comes last."""
    return {
        step: words.grouped(of, lambda claim: claim.factor)
        for step, of in words.grouped(claims, lambda claim: claim.step).items()
    }
