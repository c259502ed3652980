"""The papers at hand, found by what makes them the same work as an incoming one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from bclm_cli import identifiers
from bclm_cli.library import duplicates
from bclm_cli.library.duplicates import Fingerprint
from bclm_cli.library.keys import is_usable, make_key
from bclm_cli.model.records import Reference

MOST_ALIKE = 10
"""At most this many papers of one identifier or title are compared: a file of nothing else must
end."""


class Match(NamedTuple):
    """A paper at hand, and what it has in common with an incoming one, in words."""

    key: str
    by: str


class Catalog:
    """Papers by identifier, by title and by key; it grows with each that is added."""

    def __init__(self, references: Iterable[Reference] = ()) -> None:
        self._works: dict[str, Fingerprint] = {}
        self._by_identifier: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_title: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
        self._versions: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._aliases: dict[str, str] = {}
        for reference in references:
            self.add(duplicates.fingerprint(reference))
            self._aliases.update(dict.fromkeys(reference.aliases, reference.id))

    def add(self, work: Fingerprint) -> None:
        """Count a paper among those at hand."""
        self._works.setdefault(work.key, work)
        if work.title:
            self._note(self._by_title[_place(work)], work.key)
            self._note(self._versions[work.title, work.author[0]], work.key)
        for identifier in work.identifiers.items():
            self._note(self._by_identifier[identifier], work.key)

    def is_key_of(self, key: str, paper: str) -> bool:
        """Whether a key or an alias of the papers at hand is that of this one."""
        return key == paper or (key not in self._works and self._aliases.get(key) == paper)

    def duplicate(self, work: Fingerprint) -> Match | None:
        """The paper at hand that is the same work."""
        for kind, value in work.identifiers.items():
            for key in self._by_identifier.get((kind, value), ()):
                if duplicates.is_same_work(work, self._works[key]):
                    return Match(key, f"{kind} {value}")
        for key in self._by_title.get(_place(work), ()) if work.title else ():
            if duplicates.is_same_work(work, self._works[key]):
                return Match(key, "title, year, author and place")
        return None

    def clashes(self, work: Fingerprint) -> list[Match]:
        """The other works at hand that have an identifier of this one, which is wrong in one."""
        return [
            Match(key, f"{kind} {value}")
            for kind, value in work.identifiers.items()
            for key in self._by_identifier.get((kind, value), ())[:1]
            if key != work.key and not duplicates.is_same_work(work, self._works[key])
        ]

    def version(self, work: Fingerprint) -> str | None:
        """The key of the preprint of this article at hand, or of the article of this preprint."""
        for key in self._versions.get((work.title, work.author[0]), ()) if work.title else ():
            if duplicates.are_versions(work, self._works[key]):
                return key
        return None

    def possible_duplicate(self, work: Fingerprint) -> str | None:
        """The key of a paper at hand that has the title and first author of this work, and nothing
        that disagrees: one of the two lacks the year or identifier that would settle it."""
        for key in self._versions.get((work.title, work.author[0]), ()) if work.title else ():
            other = self._works[key]
            if not duplicates.types_differ(work, other) and duplicates.nothing_differs(work, other):
                return key
        return None

    def learn(self, key: str, duplicate: Fingerprint) -> None:
        """Know a paper by the identifiers of its duplicate too."""
        known = self._works[key]
        self._works[key] = known._replace(
            identifiers={**duplicate.identifiers, **known.identifiers}
        )
        for identifier in duplicate.identifiers.items():
            if self._works[key].identifiers[identifier[0]] == identifier[1]:
                self._note(self._by_identifier[identifier], key)

    def _note(self, keys: list[str], key: str) -> None:
        if len(keys) < MOST_ALIKE and key not in keys:
            keys.append(key)


class Keys:
    """The keys that are taken in one file, and free ones for what comes to it.

    `others` are keys of other data. A data folder would put its papers in the place of theirs; a
    bibliography that is read `in_place` keeps such keys, but new ones are made to differ.
    """

    def __init__(
        self,
        references: Iterable[Reference] = (),
        others: Iterable[str] = (),
        *,
        in_place: bool = False,
    ) -> None:
        self._others = frozenset(others)
        self._in_place = in_place
        self._taken: set[str] = set()
        self._spellings: dict[str, str] = {}
        self._letters: dict[str, Iterator[str]] = {}  # that a clashing key has not used up
        for reference in references:
            self.take(reference)

    def take(self, reference: Reference) -> None:
        """Count the key of a paper among those taken, and its earlier ones."""
        for key in (reference.id, *reference.aliases):
            self._taken.add(key)
            self._spellings.setdefault(key.lower(), key)

    def free(self, reference: Reference) -> str:
        """The key of an incoming paper: its own where it can be cited and is free, else a new one,
        which differs from the others by more than capitals."""
        own = reference.id if is_usable(reference.id) else ""
        if own and own not in self._taken and (self._in_place or own not in self._others):
            return own
        own = own or make_key(reference)
        if self._is_free(own):
            return own
        letters = self._letters.setdefault(own.lower(), map(identifiers.letters, count(1)))
        return next(key for letter in letters if self._is_free(key := own + letter))

    def _is_free(self, key: str) -> bool:
        return key.lower() not in self._spellings and key not in self._others

    def is_taken(self, key: str) -> bool:
        """Whether a key or an alias is just this."""
        return key in self._taken

    def other_spelling(self, key: str) -> str | None:
        """The key that differs from this one in capitals alone: BibTeX takes both for one."""
        other = self._spellings.get(key.lower())
        return other if other != key else None


def _place(work: Fingerprint) -> tuple[object, ...]:
    return work.title, work.year, work.author[0], work.volume, work.first_page
