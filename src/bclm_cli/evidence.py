"""What a claim weighs, and what the claims about a factor in a step come to: rules on records.

`docs/evidence.md` tells them to readers, with an example each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bclm_cli.model.records import SIDES, Claim

CANCER = "breast"
"""The cancer that the model is about."""

DIRECTNESS = ("direct", "breast", "place", "indirect")
"""From the nearest to breast cancer at the place of a step, to the farthest."""

LEVELS = ("human", "animal", "in vitro", "computational", "review")
"""From the strongest system to the weakest; a review is no primary evidence."""

REVIEW = LEVELS[-1]

VERDICTS = ("supported", "single", "conflicting", "undecided")

_LEVEL = {
    "human tissue": "human", "human cohort": "human",
    "mouse model": "animal", "rat model": "animal", "zebrafish": "animal",
    "chick embryo": "animal", "xenograft": "animal",
    "in vitro": "in vitro", "ex vivo": "in vitro",
    "computational": "computational", "review": REVIEW,
}  # fmt: skip


class Weight(NamedTuple):
    """What claims about one factor in one step come to.

    `promoting`, `suppressing` and `without_effect` are the papers behind each, reviews aside, in
    the claims' order. `taking_sides` and `taking_none` count claims, and so does `direct`; `level`
    is the highest among them, "" where no system is known.
    """

    verdict: str
    promoting: tuple[str, ...]
    suppressing: tuple[str, ...]
    without_effect: tuple[str, ...]
    taking_sides: int
    taking_none: int
    direct: int
    level: str


def directness(cancer: Sequence[str], site: str, place: str) -> str:
    """How near a claim is to breast cancer at the place of its step, one of DIRECTNESS.

    `cancer` and `site` are the claim's, `place` is the step's and "" for background claims and for
    a step that names none: then nothing is seen at the right place. "several" cancers are not
    breast cancer, for nobody says whether it is among them.
    """
    in_place = bool(place) and site == place
    if CANCER in cancer:
        return "direct" if in_place else "breast"
    return "place" if in_place and cancer else "indirect"


def level(system: Sequence[str]) -> str:
    """The strongest of a claim's systems, one of LEVELS; "" where none of them is known."""
    return strongest(_LEVEL.get(name, "") for name in system)


def strongest(levels: Iterable[str]) -> str:
    """The first in the order of LEVELS; "" where there is none."""
    found = set(levels)
    return next((one for one in LEVELS if one in found), "")


def side(claim: Claim) -> str:
    """The side that a claim takes by evidence of its own: promotes, suppresses, or "".

    A review repeats what others found, so it takes none.
    """
    return "" if level(claim.system) == REVIEW else SIDES.get(claim.effect, "")


def weigh(claims: Sequence[Claim]) -> Weight:
    """What the claims about one factor in one step come to.

    - conflicting: papers stand on both sides, or a paper that found no effect against one side
    - single: the only paper that takes a side (it may take both)
    - supported: two or more papers on one side, none on the other
    - undecided: no claim takes a side, other than in a review
    """
    promoting, suppressing, without_effect = papers = [
        tuple(dict.fromkeys(claim.reference for claim in claims if finding(claim) == found))
        for found in ("promotes", "suppresses", "no effect")
    ]
    sided = sum(bool(side(claim)) for claim in claims)
    return Weight(
        _verdict(*papers),
        promoting,
        suppressing,
        without_effect,
        sided,
        len(claims) - sided,
        count_direct(claims),
        strongest(level(claim.system) for claim in claims),
    )


def count_direct(claims: Iterable[Claim]) -> int:
    """How many of the claims are direct."""
    return sum(claim.directness == "direct" for claim in claims)


def finding(claim: Claim) -> str:
    """The side of a claim, or "no effect"; "" for anything else and for reviews."""
    if claim.effect == "no effect" and level(claim.system) != REVIEW:
        return claim.effect
    return side(claim)


def _verdict(
    promoting: tuple[str, ...], suppressing: tuple[str, ...], without_effect: tuple[str, ...]
) -> str:
    if not (promoting or suppressing):
        return "undecided"
    sides = (promoting, suppressing, without_effect)
    if len({key for papers in sides for key in papers}) == 1:
        return "single"
    return "conflicting" if sum(map(bool, sides)) > 1 else "supported"
