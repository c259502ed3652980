"""What is new among imported references: their keys, their twins in the library, their holes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bclm_cli import fold, forms
from bclm_cli.model import Reference

_UNFOLDED = str.maketrans({"ß": "ss", "ẞ": "SS", "ŋ": "n", "Ŋ": "N", "ʼ": "", "’": ""})


class Twin(NamedTuple):
    """The paper of the library that an incoming one equals, and by which sign."""

    key: str
    sign: str


class _Face(NamedTuple):
    """What two papers of one title and year must not differ in to be the same."""

    key: str
    doi: str
    pmid: str
    author: str


class Catalog:
    """The papers at hand, found by their identifiers and titles; it grows with each added."""

    def __init__(self, references: Iterable[Reference] = ()) -> None:
        self._keys: dict[
            str, str
        ] = {}  # folded key: the key, because "Foo1" beside "foo1" is a trap
        self._letters: dict[str, Iterator[str]] = {}  # that a clashing key has not used up
        self._signs: dict[tuple[str, str], str] = {}
        self._titles: defaultdict[tuple[str, int | None], list[_Face]] = defaultdict(list)
        for reference in references:
            self.add(reference)

    def add(self, reference: Reference) -> None:
        """Count a paper among those at hand, under its key and its earlier ones."""
        for key in (reference.id, *reference.aliases):
            self._keys.setdefault(key.lower(), reference.id)
        for sign in _signs(reference):
            self._signs.setdefault(sign, reference.id)
        self._titles[_title(reference)].append(_face(reference))

    def twin(self, reference: Reference) -> Twin | None:
        """The paper at hand that this one is: by DOI, PMID, PMCID, else by title and year.

        Equal titles of one year are two papers if their identifiers or first authors differ
        ("Editorial").
        """
        for sign in _signs(reference):
            if sign in self._signs:
                return Twin(self._signs[sign], f"{sign[0]} {sign[1]}")
        title = _title(reference)
        face = _face(reference)
        for other in self._titles.get(title, ()) if title[0] else ():
            if not any(a and b and a != b for a, b in zip(face[1:], other[1:], strict=True)):
                return Twin(other.key, "title and year")
        return None

    def free_key(self, reference: Reference) -> str:
        """The key of an incoming paper: its own where it is valid and free, else a new one."""
        own = reference.id if forms.KEY.fullmatch(reference.id) else make_key(reference)
        if own.lower() not in self._keys:
            return own
        letters = self._letters.setdefault(own.lower(), _letters())
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
        twin = self.catalog.twin(reference)
        if twin:
            self.twins += 1
            return f"already there as {twin.key} ({twin.sign}); {self._twin(twin, reference, fill)}"
        key = self.catalog.free_key(reference)
        given, reference = reference.id, reference._replace(id=key)
        self.catalog.add(reference)
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
        added = [name for name in variables(better) if name not in variables(old)]
        return f"filled: {', '.join(added)}"


def variables(reference: Reference) -> list[str]:
    """Every variable that a reference has."""
    return [*reference.text, *reference.names, *reference.dates]


def make_key(reference: Reference) -> str:
    """authorYEAR in ASCII: "muller2001"; a paper without author begins with its title's word."""
    people = reference.author or next(iter(reference.names.values()), ())
    words = [_ascii(people[0].family or people[0].literal or people[0].given)] if people else []
    words += map(_ascii, re.findall(r"\w{4,}", fold.fold(reference.title)))
    name = next((word for word in words if word), "anonymous")
    return f"{name[:40]}{reference.year or 'nd'}"


def holes(reference: Reference, other: Reference) -> Reference | None:
    """The reference with what it lacks and the other has, None where that is nothing."""
    text = {**other.text, **reference.text}
    names = {**other.names, **reference.names}
    dates = {**other.dates, **reference.dates}
    filled = reference._replace(text=text, names=names, dates=dates)
    return None if filled == reference else filled


def _ascii(name: str) -> str:
    folded = fold.fold(name.translate(_UNFOLDED))
    return "".join(c for c in folded if c.isascii() and c.isalnum())


def _letters() -> Iterator[str]:
    """a, b … z, aa, ab …"""
    letters = [""]
    while True:
        letters = [old + chr(97 + i) for old in letters for i in range(26)]
        yield from letters


def _signs(reference: Reference) -> list[tuple[str, str]]:
    signs = (("DOI", str.lower), ("PMID", str.strip), ("PMCID", str.upper))
    return [(name, same(reference.text[name])) for name, same in signs if name in reference.text]


def _title(reference: Reference) -> tuple[str, int | None]:
    return fold.squash(reference.title), reference.year


def _face(reference: Reference) -> _Face:
    author = fold.squash(reference.author[0].family or reference.author[0].literal) if (
        reference.author
    ) else ""  # fmt: skip
    return _Face(reference.id, reference.get("DOI").lower(), reference.get("PMID"), author)
