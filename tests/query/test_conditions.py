"""What the selection flags select, and what they say of values that nobody has."""

from __future__ import annotations

from typing import Any

import pytest

from bclm_cli.errors import NotFoundError
from bclm_cli.query import EXCLUDABLE, Library, Selection
from support.program import SMALL


@pytest.fixture(scope="module")
def library() -> Library:
    """The small data alone."""
    return Library([SMALL], shipped=False)


def found(library: Library, **flags: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """The claims that the flags select: step, factor and effect of each."""
    return list(library.rows("claims", Selection(**flags), ("step", "factor", "effect")))


@pytest.mark.parametrize(
    ("flag", "value", "expected"),
    [
        ("directness", "direct", [("departure", "DUMB", "required"),
                                  ("arrival", "TSTG", "promotes")]),
        ("directness", "Direct", [("departure", "DUMB", "required"),
                                  ("arrival", "TSTG", "promotes")]),
        ("level", "in-vitro", [("arrival", "mock niche", "context-dependent")]),
        ("level", "human", [("departure", "EXA1", "suppresses"),
                            ("departure-lounge", "placebo", "no effect")]),
        ("perturbation", "antibody", [("departure", "DUMB", "required")]),
        ("perturbation", "drug,knockout", [("departure", "DUMB", "required")]),
        ("perturbation", "drug", []),
        ("model", "mock1", [("departure", "DUMB", "required")]),
        ("subtype", "Triple negative", [("departure", "DUMB", "required")]),
        ("step", "2,departure-l", [("departure-lounge", "placebo", "no effect")]),
        ("site", "lung,blood", [("departure", "EXA1", "suppresses"),
                                ("departure-lounge", "placebo", "no effect")]),
    ],
)  # fmt: skip
def test_flags(library: Library, flag: str, value: str, expected: list[tuple[str, ...]]) -> None:
    assert found(library, **{flag: (value,)}) == expected


@pytest.mark.parametrize(
    ("flag", "value", "message", "hint"),
    [
        ("system", "!mouse model", "no system '!mouse model'; did you mean mouse model?",
         "--system takes human cohort, in vitro, mouse model, rat model, zebrafish"),
        ("system", "in vivo", "no system 'in vivo'; did you mean --level animal?",
         "--system takes human cohort, in vitro, mouse model, rat model, zebrafish"),
        ("system", "", "no system ''",
         "--system takes human cohort, in vitro, mouse model, rat model, zebrafish"),
        ("level", "animals", "no level 'animals'; did you mean animal?",
         "--level takes human, animal, in vitro, computational, review"),
        ("level", "in vivo", "no level 'in vivo'; did you mean animal?",
         "--level takes human, animal, in vitro, computational, review"),
        ("level", "Mouse model", "no level 'Mouse model'; did you mean animal?",
         "--level takes human, animal, in vitro, computational, review"),
        ("directness", "liver", "no directness 'liver'",
         "--directness takes direct, breast, place, indirect"),
        ("subtype", "TNBC", "no subtype 'TNBC'; did you mean triple-negative?",
         "--subtype takes triple-negative"),
        ("subtype", "luminal", "no subtype 'luminal'", "--subtype takes triple-negative"),
        ("cancer", "breast,bone", "no cancer 'bone'",
         "--cancer takes breast, colorectal, melanoma, other, several"),
        ("perturbation", "magic", "no perturbation 'magic'",
         "--perturbation takes knockout, knockdown, overexpression, antibody, inhibitor, blockade,"
         " agonist, depletion, drug, diet-or-condition, surgery"),
    ],
)  # fmt: skip
def test_values_that_nobody_has(
    library: Library, flag: str, value: str, message: str, hint: str
) -> None:
    with pytest.raises(NotFoundError) as error:
        found(library, **{flag: (value,)})
    assert (str(error.value), error.value.hint) == (message, hint)


def test_each_exclusion_takes_away_what_its_flag_selects(library: Library) -> None:
    """And the two together are everything."""
    values = {
        "step": "arrival", "factor": "EXA1", "kind": "gene", "effect": "promotes",
        "system": "mouse model", "level": "animal", "site": "liver", "cancer": "breast",
        "directness": "direct", "model": "MOCK-1", "subtype": "triple-negative",
        "perturbation": "knockout", "author": "Adams", "year": "2001",
    }  # fmt: skip
    assert tuple(values) == EXCLUDABLE
    everything = sorted(found(library))
    for field, value in values.items():
        selected = found(library, **{field: (value,)})
        others = found(library, excluded=((field, value),))
        assert selected != [], field
        assert sorted(selected + others) == everything, field


def test_exclusions_add_up_and_hold_for_every_list(library: Library) -> None:
    excluded = (("level", "animal"), ("level", "human"), ("site", "any"))
    assert found(library, excluded=excluded) == [("arrival", "mock niche", "context-dependent")]
    selection = Selection(excluded=excluded)
    assert [step.id for step in library.steps(selection)] == ["arrival"]
    assert [factor.name for factor in library.factors(selection)] == ["mock niche"]
    assert [paper.id for paper in library.references(selection)] == ["gruen2020"]
    assert found(library, factor=("EXA1",), excluded=(("step", "1"),)) == [
        ("arrival", "EXA1", "suppresses")
    ]
    named = Selection(factor=("EXA1", "TSTG"), excluded=(("directness", "direct"),))
    assert [factor.name for factor in library.factors(named)] == ["EXA1"]


def test_an_unknown_value_to_exclude_is_an_error(library: Library) -> None:
    with pytest.raises(NotFoundError, match="no level 'weak'"):
        found(library, excluded=(("level", "weak"),))
