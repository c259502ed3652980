"""Which papers of a library an incoming reference equals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from bclm_cli import identifiers
from bclm_cli.library.keys import make_key
from bclm_cli.model.records import Name, Reference
from bclm_cli.text import normalize


class Twin(NamedTuple):
    """The paper of the library that an incoming one equals, and by which sign."""

    key: str
    sign: str


class _Face(NamedTuple):
    """What two papers of one title and year must not differ in to be the same.

    Of identifiers it is enough to know whether there is one: equal ones are found before.
    """

    doi: bool
    pmid: bool
    type: str


class Likeness:
    """By what a paper is known again: its identifiers, else its title, year and first author."""

    __slots__ = ("author", "face", "signs", "title", "year")

    def __init__(self, reference: Reference) -> None:
        text, people = reference.text, reference.author
        self.signs = identifiers.signs(text)
        self.title, self.year = normalize.compact(reference.title), reference.year
        self.author = _folded(people[0]) if people else ""
        # A document is what had no type that we know, so that it may be any.
        kind = "" if reference.type == "document" else reference.type
        self.face = _Face("DOI" in text, "PMID" in text, kind)


def _folded(name: Name) -> str:
    """The name as far as all programs write it: with one initial, without its particles."""
    return normalize.compact(f"{name.family or name.literal} {normalize.normalize(name.given)[:1]}")


_ANYBODY = "\0"


class Catalog:
    """The papers at hand, found by their identifiers and titles; it grows with each added."""

    def __init__(self, references: Iterable[Reference] = ()) -> None:
        self._keys: dict[
            str, str
        ] = {}  # folded key: the key, because "Foo1" beside "foo1" is a trap
        self._letters: dict[str, Iterator[str]] = {}  # that a clashing key has not used up
        self._signs: dict[tuple[str, str], str] = {}
        self._learned: dict[tuple[str, str], str] = {}  # key and kind: what twins brought
        # title, year, author: the first key of each face; once more without the author, for those
        # who come without one. Faces are few, so no crowd of equal titles costs time.
        self._titles: dict[tuple[str, int | None, str], dict[_Face, str]] = {}
        for reference in references:
            self.add(reference)

    def add(self, reference: Reference, like: Likeness | None = None) -> None:
        """Count a paper among those at hand, under its key and its earlier ones."""
        like = like or Likeness(reference)
        for key in (reference.id, *reference.aliases):
            self._keys.setdefault(key.lower(), reference.id)
        for sign in like.signs:
            self._signs.setdefault(sign, reference.id)
        for author in (like.author, _ANYBODY):
            place = self._titles.setdefault((like.title, like.year, author), {})
            place.setdefault(like.face, reference.id)

    def twin(self, like: Likeness) -> Twin | None:
        """The paper at hand that this one is: by DOI, PMID, PMCID, else by title and year.

        Equal titles of one year are two papers if their identifiers, types or first authors
        differ ("Editorial", a preprint and its article).
        """
        for sign in like.signs:
            if sign in self._signs:
                return Twin(self._signs[sign], f"{sign[0]} {sign[1]}")
        face = like.face
        for author in ((like.author, "") if like.author else (_ANYBODY,)) if like.title else ():
            for other, key in self._titles.get((like.title, like.year, author), {}).items():
                if not (
                    (face.doi and other.doi)
                    or (face.pmid and other.pmid)
                    or (face.type != other.type and face.type and other.type)
                    or any(self._learned.get((key, kind), id_) != id_ for kind, id_ in like.signs)
                ):
                    return Twin(key, "title and year")
        return None

    def learn(self, key: str, twin: Likeness) -> None:
        """Know a paper by the identifiers of its twin too."""
        for kind, value in twin.signs:
            if self._signs.setdefault((kind, value), key) == key:
                self._learned[key, kind] = value

    def free_key(self, reference: Reference) -> str:
        """The key of an incoming paper: its own where it is valid and free, else a new one."""
        own = reference.id if identifiers.KEY.fullmatch(reference.id) else make_key(reference)
        if own.lower() not in self._keys:
            return own
        letters = self._letters.setdefault(own.lower(), map(identifiers.letters, count(1)))
        return next(key for letter in letters if (key := own + letter).lower() not in self._keys)
