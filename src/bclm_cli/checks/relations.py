"""Rules for what factors say of each other: what they belong to and what they bind."""

from __future__ import annotations

from typing import Any

from bclm_cli.checks.corpus import Corpus, Placed, Problems
from bclm_cli.checks.findings import ERROR, NOTE, Problem, Rule
from bclm_cli.model.records import Factor
from bclm_cli.store.factors import first_circle
from bclm_cli.suggest import did_you_mean, near


def broader(corpus: Corpus) -> Problems:
    """What a factor belongs to is listed, and does not belong to it in turn."""
    factors = _latest(corpus)
    for placed in factors.values():
        for index, name in enumerate(placed.record.broader):
            if name not in factors:
                yield placed, _unknown(("broader", index), name, factors)
    named = {name: placed.record.broader for name, placed in factors.items()}
    if circle := first_circle(named):
        what = f"broader leads round in a circle: {' > '.join(circle)}"
        yield factors[circle[0]], Problem(("broader",), what, "take one of them out")


def binds(corpus: Corpus) -> Problems:
    """What a factor binds is listed, and so is the paper that says so."""
    factors = _latest(corpus)
    keys = corpus.paper_keys
    for placed in factors.values():
        for index, binding in enumerate(placed.record.binds):
            if binding.partner not in factors:
                yield placed, _unknown(("binds", index, "with"), binding.partner, factors)
            if binding.reference not in keys:
                what = f"no paper {binding.reference!r}"
                at = ("binds", index, "reference")
                yield placed, Problem(at, what, "add it to references.yaml")


def binds_back(corpus: Corpus) -> Problems:
    """A binding stands at both partners."""
    factors = _latest(corpus)
    pairs = {
        (name, binding.partner)
        for name, placed in factors.items()
        for binding in placed.record.binds
    }
    for name, placed in factors.items():
        for index, binding in enumerate(placed.record.binds):
            if binding.partner in factors and (binding.partner, name) not in pairs:
                what = f"{binding.partner} does not name {name} in turn"
                yield placed, Problem(("binds", index, "with"), what)


def _latest(corpus: Corpus) -> dict[str, Placed[Factor]]:
    """The factors by name; a later layer's wins."""
    return {placed.record.name: placed for placed in corpus.factors}


def _unknown(at: tuple[str | int, ...], name: str, known: dict[str, Placed[Factor]]) -> Problem:
    guesses = near(name, known)[:1] if len(name) < 60 else ()
    return Problem(at, f"no factor {name!r}", did_you_mean(guesses) or "add it")


RULES: tuple[Rule[Corpus, tuple[Placed[Any], Problem]], ...] = (
    Rule("broader", ERROR, broader),
    Rule("binds", ERROR, binds),
    Rule("binds-back", NOTE, binds_back),
)
