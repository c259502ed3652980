"""What every reader of an export shares: how a consumer is described, and the shaping of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from bclm_cli.formats import registry
from bclm_cli.model.records import Name, Reference
from support import facts
from support.facts import INCOMPLETE, Facts

Text = Callable[[str], str]
Read = Callable[[str], dict[str, Facts] | list[Facts]]
"""Facts by key; in their order where the format has no place for a key."""
MORE = ("others", "et al.")


class Consumer(NamedTuple):
    """One program that reads one format; `needs` is what must be installed for it.

    `expected` says in which shape the format (or the program's habit) holds what the model has.
    `blind` names what the program does not read although it is written: its limit, not the
    format's.
    """

    format: str
    name: str
    needs: str
    read: Read
    expected: Callable[[Reference], Facts]
    blind: frozenset[str] = frozenset()


def held(format_: str, reference: Reference, text: Text) -> Facts:
    """The facts without what the format declares to drop."""
    drops = registry.writer(format_).DROPS
    return {name: value for name, value in facts.of(reference, text).items() if name not in drops}


def people(listed: Iterable[Name], text: Text = facts.marked, role: str = "author") -> Facts:
    """Names, the last of which may stand for those that nobody listed."""
    found = list(listed)
    if found and facts.name(found[-1]) in MORE:
        return {role: facts.names(found[:-1], text), INCOMPLETE: "true"}
    return {role: facts.names(found, text)}


def join(found: Facts, target: str, *parts: str, by: str = "; ") -> None:
    """Make several facts one, as a format with one field for them does."""
    values = [found.pop(part) for part in parts if part in found]
    if values:
        found[target] = by.join(values)
