"""What is new among imported references: their keys, their twins in the library, their holes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import NamedTuple

from bclm_cli import fold, forms
from bclm_cli.model import Name, Reference

_UNFOLDED = str.maketrans({"ß": "ss", "ẞ": "SS", "ŋ": "n", "Ŋ": "N", "ʼ": "", "’": ""})


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
        self.signs = fold.signs(text)
        self.title, self.year = fold.squash(reference.title), reference.year
        self.author = _folded(people[0]) if people else ""
        # A document is what had no type that we know, so that it may be any.
        kind = "" if reference.type == "document" else reference.type
        self.face = _Face("DOI" in text, "PMID" in text, kind)


def _folded(name: Name) -> str:
    """The name as far as all programs write it: with one initial, without its particles."""
    return fold.squash(f"{name.family or name.literal} {fold.fold(name.given)[:1]}")


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
        own = reference.id if forms.KEY.fullmatch(reference.id) else make_key(reference)
        if own.lower() not in self._keys:
            return own
        letters = self._letters.setdefault(own.lower(), map(forms.letters, count(1)))
        return next(key for letter in letters if (key := own + letter).lower() not in self._keys)


class Intake:
    """Sorts incoming references into new ones and twins of what is at hand.

    `own` are the references that may be filled, by key: those of the file that is written to.
    """

    def __init__(self, library: Iterable[Reference], own: Mapping[str, Reference]) -> None:
        self.catalog = Catalog(library)
        self.own = dict(own)
        self.new: dict[str, Reference] = {}
        self.filled: dict[str, Reference] = {}
        self.twins = 0

    def take(self, reference: Reference, *, fill: bool) -> str:
        """Sort one in; what is to be said about it, "" where it is simply new."""
        like = Likeness(reference)
        twin = self.catalog.twin(like)
        if twin:
            self.twins += 1
            self.catalog.learn(twin.key, like)
            return f"already there as {twin.key} ({twin.sign}); {self._twin(twin, reference, fill)}"
        key = self.catalog.free_key(reference)
        given = reference.id
        if key != given:
            reference = reference._replace(id=key)
        self.catalog.add(reference, like)
        self.new[key] = reference
        return f"key {given!r} becomes {key}" if given not in ("", key) else ""

    def _twin(self, twin: Twin, reference: Reference, fill: bool) -> str:
        if not fill:
            return "skipped"
        place = self.new if twin.key in self.new else self.own
        old = place.get(twin.key)
        if old is None:
            return "skipped, because it stands in another folder"
        better = holes(old, reference)
        if better is None:
            return "it has no holes to fill"
        place[twin.key] = better
        if place is self.own:
            self.filled[twin.key] = better
        added = [name for name in better.variables if name not in old.variables]
        more = ", with more authors than are listed"
        return f"filled: {', '.join(added)}{more if better.custom != old.custom else ''}"


def make_key(reference: Reference) -> str:
    """authorYEAR in ASCII: "muller2001"; a paper without author begins with its title's word."""
    people = reference.author or next(iter(reference.names.values()), ())
    name = _ascii(people[0].family or people[0].literal or people[0].given) if people else ""
    words = () if name else map(_ascii, re.findall(r"\w{4,}", fold.fold(reference.title)))
    name = name or next(filter(None, words), "anonymous")
    return f"{name[:40]}{reference.year or 'nd'}"


def holes(reference: Reference, other: Reference) -> Reference | None:
    """The reference with what it lacks and the other has, None where that is nothing.

    A list of authors that is not whole stays so where it fills a hole.
    """
    text = {**other.text, **reference.text}
    names = {**other.names, **reference.names}
    dates = {**other.dates, **reference.dates}
    custom = reference.custom
    if other.incomplete_authors and other.author and not reference.author:
        custom = {**custom, "incomplete-authors": "true"}
    filled = reference._replace(text=text, names=names, dates=dates, custom=custom)
    return None if filled == reference else filled


def _ascii(name: str) -> str:
    folded = fold.fold(name.translate(_UNFOLDED))
    return "".join(c for c in folded if c.isascii() and c.isalnum())
