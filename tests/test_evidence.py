"""What a claim weighs, and what claims come to: each rule, and each row of docs/evidence.md."""

from __future__ import annotations

import pytest

from bclm_cli.evidence import DIRECTNESS, LEVELS, VERDICTS, Weight, directness, level, side, weigh
from bclm_cli.model.records import EFFECTS, SYSTEMS, Claim


@pytest.mark.parametrize(
    ("cancer", "site", "place", "expected"),
    [
        (["breast"], "liver", "liver", "direct"),
        (["colorectal", "breast"], "liver", "liver", "direct"),
        (["breast"], "lung", "liver", "breast"),
        (["breast"], "any", "liver", "breast"),
        (["breast"], "primary tumor", "primary tumor", "direct"),
        (["breast"], "blood", "blood", "direct"),
        (["colorectal"], "liver", "liver", "place"),
        (["several"], "liver", "liver", "place"),
        (["other"], "liver", "liver", "place"),
        ([], "liver", "liver", "indirect"),
        (["colorectal"], "lung", "liver", "indirect"),
        (["breast"], "liver", "", "breast"),
        (["colorectal"], "liver", "", "indirect"),
        (["melanoma"], "", "", "indirect"),
    ],
)
def test_directness(cancer: list[str], site: str, place: str, expected: str) -> None:
    assert directness(cancer, site, place) == expected


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        (["human tissue"], "human"),
        (["human cohort"], "human"),
        (["mouse model"], "animal"),
        (["rat model"], "animal"),
        (["zebrafish"], "animal"),
        (["chick embryo"], "animal"),
        (["xenograft"], "animal"),
        (["in vitro"], "in vitro"),
        (["ex vivo"], "in vitro"),
        (["computational"], "computational"),
        (["review"], "review"),
        (["in vitro", "mouse model", "human tissue"], "human"),
        (["computational", "in vitro"], "in vitro"),
        (["review", "computational"], "computational"),
        (["pig model"], ""),
        (["pig model", "in vitro"], "in vitro"),
        ([], ""),
    ],
)
def test_level(system: list[str], expected: str) -> None:
    assert level(system) == expected


def test_every_system_of_the_shipped_data_has_a_level() -> None:
    assert [name for name in SYSTEMS if level([name]) not in LEVELS] == []


def claim(effect: str, reference: str, system: str = "mouse model", near: str = "breast") -> Claim:
    return Claim(
        "colonization", "X", effect, "It does.", reference, system=(system,), directness=near
    )


def test_sides() -> None:
    assert {effect: side(claim(effect, "a2001")) for effect in EFFECTS} == {
        "promotes": "promotes",
        "required": "promotes",
        "suppresses": "suppresses",
        "marks": "",
        "context-dependent": "",
        "no effect": "",
        "describes": "",
    }
    assert {side(claim(effect, "a2001", "review")) for effect in EFFECTS} == {""}


FOR, NEEDED, AGAINST = "promotes", "required", "suppresses"


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([], Weight("undecided", (), (), (), 0, 0, 0, "")),
        ([claim("marks", "a2001", "human cohort", "direct")],
         Weight("undecided", (), (), (), 0, 1, 1, "human")),
        ([claim("no effect", "a2001")], Weight("undecided", (), (), ("a2001",), 0, 1, 0, "animal")),
        ([claim(FOR, "a2001", "review")], Weight("undecided", (), (), (), 0, 1, 0, "review")),
        ([claim(FOR, "a2001")], Weight("single", ("a2001",), (), (), 1, 0, 0, "animal")),
        ([claim(FOR, "a2001"), claim(NEEDED, "a2001", "in vitro")],
         Weight("single", ("a2001",), (), (), 2, 0, 0, "animal")),
        ([claim(FOR, "a2001"), claim(AGAINST, "a2001")],
         Weight("single", ("a2001",), ("a2001",), (), 2, 0, 0, "animal")),
        ([claim(FOR, "a2001"), claim(FOR, "b2002", "review")],
         Weight("single", ("a2001",), (), (), 1, 1, 0, "animal")),
        ([claim(FOR, "a2001"), claim(NEEDED, "b2002"), claim("describes", "c2003")],
         Weight("supported", ("a2001", "b2002"), (), (), 2, 1, 0, "animal")),
        ([claim(AGAINST, "b2002"), claim(AGAINST, "a2001")],
         Weight("supported", (), ("b2002", "a2001"), (), 2, 0, 0, "animal")),
        ([claim(FOR, "a2001", near="direct"), claim(AGAINST, "b2002", "in vitro")],
         Weight("conflicting", ("a2001",), ("b2002",), (), 2, 0, 1, "animal")),
        ([claim(FOR, "a2001"), claim("no effect", "b2002")],
         Weight("conflicting", ("a2001",), (), ("b2002",), 1, 1, 0, "animal")),
        ([claim(FOR, "a2001"), claim("no effect", "b2002", "review")],
         Weight("single", ("a2001",), (), (), 1, 1, 0, "animal")),
        ([claim(FOR, "a2001"), claim(FOR, "b2002"), claim(AGAINST, "a2001")],
         Weight("conflicting", ("a2001", "b2002"), ("a2001",), (), 3, 0, 0, "animal")),
    ],
)  # fmt: skip
def test_what_claims_come_to(claims: list[Claim], expected: Weight) -> None:
    assert weigh(claims) == expected


def test_values_are_told_apart() -> None:
    for values in (DIRECTNESS, LEVELS, VERDICTS):
        assert len(set(values)) == len(values)
