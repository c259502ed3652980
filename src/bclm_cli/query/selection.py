"""What the selection flags ask for, before any name or value in it is looked up."""

from __future__ import annotations

from typing import NamedTuple


class UsedIn(NamedTuple):
    """What manuscripts cite: each key or earlier key once, in order, with its first place.

    `everything` stands for LaTeX's `\\nocite{*}` and its like: the keys then restrict nothing.
    Keys that lead to no paper are an error, or with `lenient` left out. `remarks` are lines on what
    may hide a key, `bibliographies` the files of references that the manuscripts name.
    """

    places: tuple[tuple[str, str], ...]
    everything: bool = False
    lenient: bool = False
    remarks: tuple[str, ...] = ()
    bibliographies: tuple[str, ...] = ()


class Selection(NamedTuple):
    """What the selection flags ask for. Different flags must all hold, values of one are either-or.

    `excluded` has fields of EXCLUDABLE, each with a value that nothing selected may have.
    `keys` are papers named one by one, in their order; None is no restriction, () selects nothing.
    `named` are the names by which they were asked for, where one is an earlier key or the like.
    """

    step: tuple[str, ...] = ()
    factor: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    effect: tuple[str, ...] = ()
    system: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    cancer: tuple[str, ...] = ()
    directness: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    perturbation: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    subtype: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    excluded: tuple[tuple[str, str], ...] = ()
    keys: tuple[str, ...] | None = None
    named: tuple[str, ...] = ()
    used_in: UsedIn | None = None


EVERYTHING = Selection()

EXCLUDABLE = (
    "step", "factor", "kind", "effect", "system", "level", "site", "cancer", "directness", "model",
    "subtype", "perturbation", "author", "year",
)  # fmt: skip
"""Fields of a Selection whose values may be excluded."""
