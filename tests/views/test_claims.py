"""Claims as lines: who stands beside whom."""

from __future__ import annotations

import pytest

from bclm_cli.model.records import Claim, Reference
from bclm_cli.views import Node, Sides
from bclm_cli.views.claims import against_each_other


def paper(key: str) -> Reference:
    return Reference(key, "article-journal", {}, {}, {}, {})


def claim(effect: str, key: str, system: str = "in vitro") -> Claim:
    return Claim("step", "ABC1", effect, f"{effect} in {key}", key, (system,))


def keys(part: Node | Sides) -> list[list[str]]:
    """The papers of a part: of both sides, or of one claim."""
    nodes = part if isinstance(part, Sides) else ([part],)
    return [[one.claim.reference for one in side if one.claim] for side in nodes]


@pytest.mark.parametrize(
    ("claims", "wanted"),
    [
        (
            [claim("no effect", "n"), claim("suppresses", "s"), claim("promotes", "p")],
            [[["p"], ["s"]], [["n"]]],
        ),
        (
            [claim("marks", "m"), claim("no effect", "n"), claim("required", "r")],
            [[["r"], ["n"]], [["m"]]],
        ),
        (
            [claim("no effect", "n"), claim("suppresses", "s", "review")],
            [[["n"]], [["s"]]],
        ),
        ([claim("no effect", "a"), claim("promotes", "a")], [[["a"]], [["a"]]]),
        ([claim("no effect", "n"), claim("marks", "m")], [[["n"]], [["m"]]]),
    ],
)
def test_sides_stand_beside_each_other(claims: list[Claim], wanted: list[list[list[str]]]) -> None:
    assert [keys(part) for part in against_each_other(claims, paper)] == wanted
