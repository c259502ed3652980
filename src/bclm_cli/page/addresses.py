"""The address of each thing on the page: what stands behind `#`, and is its element's id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import quote

from bclm_cli.model.records import Claim

_KEPT = "!'()*~"
"""Signs that JavaScript's encodeURIComponent leaves alone, and Python would not."""


def step(id: str) -> str:
    """The address of a step, or of the background."""
    return _joined("step", id)


def group(step: str, factor: str) -> str:
    """The address of what a factor does in a step."""
    return _joined("step", step, factor)


def factor(name: str) -> str:
    return _joined("factor", name)


def paper(key: str) -> str:
    return _joined("paper", key)


def claims(claims: Iterable[Claim]) -> list[str]:
    """The address of each claim: its step, factor and paper, and a number from the second claim of
    that paper on."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for claim in claims:
        place = (claim.step, claim.factor, claim.reference)
        seen[place] += 1
        number = [str(seen[place])] if seen[place] > 1 else []
        found.append(_joined("claim", *place, *number))
    return found


def _joined(*parts: str) -> str:
    return "/".join(quote(part, safe=_KEPT, errors="replace") for part in parts)
