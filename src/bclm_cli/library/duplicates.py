"""Whether two records are of one work.

They are only if identifiers *and* titles agree, or, where no identifier decides, if title, year,
first author, container, volume and first page do. When in doubt, they are two: one that is kept
twice is seen, one that is merged away is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from bclm_cli import identifiers
from bclm_cli.identifiers.lookup import PREPRINT
from bclm_cli.model.records import Name, Reference
from bclm_cli.text import markup, normalize, pages

_SERVER = re.compile(r"rxiv\b|\b(?:ssrn\b|pre ?prints?\b|research ?square\b|authorea\b)")
"""In the normalized name of a journal or publisher, what shows a server of preprints: Google
Scholar and Mendeley write `journal={bioRxiv}`, Zotero `publisher={medRxiv}`."""
_PARTED = (frozenset({"chapter", "book"}), frozenset({"paper-conference", "book"}))
"""Types that one publisher's DOI may stand for, and that are two works all the same."""
_DETAILS = (
    "issue", "number", "edition", "version", "collection-number", "genre", "publisher",
    "event-title", "URL", "note",
)  # fmt: skip
VARIABLES = (
    "title", "DOI", "PMID", "PMCID", "container-title", "container-title-short", "volume", "page",
    "archive", *_DETAILS,
)  # fmt: skip
"""The text variables of a record that count, beside its first author and year."""
_SUBTITLE = re.compile(r"(?<=\S)(?:[:?!]\s|\.\s|\s[-–—]\s)")
_ROMAN = re.compile(r"[ivx]+")
_NEARLY = 0.9
_DROPPED = frozenset(
    {"a", "an", "and", "at", "for", "from", "in", "of", "on", "the", "to", "de", "del", "der",
     "des", "die", "du", "e", "et", "fur", "la", "le", "und", "y"}
)  # fmt: skip
"""Articles, prepositions and conjunctions that abbreviations of titles leave out."""


class Fingerprint(NamedTuple):
    """What distinguishes one work from another, folded so that spelling makes no difference."""

    key: str
    type: str
    identifiers: Mapping[str, str]
    title: str
    main_title: str
    title_words: tuple[str, ...]
    year: int | None
    author: tuple[str, str]
    containers: tuple[tuple[str, ...], ...]
    volume: str
    first_page: str
    details: tuple[str, ...]
    is_preprint: bool


def fingerprint(record: Reference) -> Fingerprint:
    """The fingerprint of a record."""
    title = markup.plain(record.title)
    people = record.author or record.names.get("editor", ())
    containers = (record.get("container-title"), record.get("container-title-short"))
    page = record.get("page") or record.get("number")
    return Fingerprint(
        record.id,
        "" if record.type == "document" else record.type,  # what had no type that we know
        dict(identifiers.unique(record.text)),
        normalize.compact(title),
        normalize.compact(_SUBTITLE.split(title, maxsplit=1)[0]),
        tuple(normalize.words(title)),
        record.year,
        _folded(people[0]) if people else ("", ""),
        tuple(tuple(normalize.normalize(name).split()) for name in containers if name),
        normalize.compact(record.get("volume")),
        normalize.compact(pages.hyphenated(page).partition("-")[0]),
        tuple(normalize.compact(record.get(variable)) for variable in _DETAILS),
        _is_preprint(record),
    )


def _is_preprint(record: Reference) -> bool:
    """Whether a record is of a preprint, by its type or by where it stands."""
    container = record.get("container-title")
    # an article may have an `eprint` beside its journal
    names = (
        (container,)
        if container
        else map(record.get, ("archive", "URL", "note", "publisher", "genre"))
    )
    return record.type == PREPRINT or any(
        _SERVER.search(normalize.normalize(name)) for name in names
    )


def _folded(name: Name) -> tuple[str, str]:
    """Family name, without particle, and first initial: what all programs write alike."""
    return (
        normalize.compact(name.family or name.literal),
        normalize.normalize(name.given)[:1],
    )


def is_same_work(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether both are of one work: see the rule of this module."""
    if identifiers_differ(one, other) or types_differ(one, other):
        return False
    if identifiers_agree(one, other):
        return titles_agree(one, other) or (
            titles_nearly_agree(one, other) and not places_differ(one, other)
        )
    return (
        titles_agree(one, other)
        and same_place(one, other)
        and (in_container(one) or one.details == other.details)
    )


def may_be_same_work(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two records with one key are likely of one work, though one may have been corrected
    or written in a format that holds less: an identifier is the same, or the title nearly is, or
    the place."""
    return (
        identifiers_agree(one, other)
        or titles_nearly_agree(one, other)
        or (in_container(one) and same_place(one, other))
    )


def nothing_differs(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether an identifier or the title is the same, and nothing known of both disagrees."""
    return identifiers_agree(one, other) or (
        titles_agree(one, other)
        and not identifiers_differ(one, other)
        and not places_differ(one, other)
    )


def identifiers_agree(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether one identifier is the same and none differs: a DOI in both, a PMID in one."""
    shared = one.identifiers.keys() & other.identifiers.keys()
    return bool(shared) and not identifiers_differ(one, other)


def identifiers_differ(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether both have an identifier of one kind, with different values."""
    return any(
        other.identifiers.get(kind, value) != value for kind, value in one.identifiers.items()
    )


def types_differ(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether the types are those of two works: a preprint and its article, a book and a chapter.

    Where an identifier is the same, an article may as well be called a paper of a conference.
    """
    if not (one.type and other.type) or one.type == other.type:
        return False
    types = {one.type, other.type}
    return not identifiers_agree(one, other) or PREPRINT in types or types in _PARTED


def titles_agree(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether both have one title: "{WNT} Signalling in tumours" and "Wnt signaling in tumors"."""
    return bool(one.title) and one.title == other.title


def titles_nearly_agree(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether one title lacks the other's subtitle, is missing, or has a slip in it, but has the
    same numbers: "Part I" is not "Part II"."""
    if not (one.title and other.title):
        return True
    if one.title == other.main_title or one.main_title == other.title:
        return True
    if _numbers(one) != _numbers(other):
        return False
    matcher = SequenceMatcher(None, one.title, other.title, autojunk=False)
    return matcher.quick_ratio() > _NEARLY and matcher.ratio() > _NEARLY


def places_differ(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether year, first author, container, volume or first page, known of both, differ."""
    pairs = (
        (one.year, other.year),
        (one.author[0], other.author[0]),
        (one.volume, other.volume),
        (one.first_page, other.first_page),
    )
    return any(mine and theirs and mine != theirs for mine, theirs in pairs) or (
        bool(one.containers and other.containers) and not same_container(one, other)
    )


def same_place(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether both came out in one place: year, first author, container, volume, first page."""
    return (
        (one.year, one.volume, one.first_page) == (other.year, other.volume, other.first_page)
        and same_first_author(one, other)
        and same_container(one, other)
    )


def same_first_author(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether the first names of both lists are one person: "Doe, Jane" and "Doe, J."."""
    (family, initial), (other_family, other_initial) = one.author, other.author
    return family == other_family and (not initial or initial == (other_initial or initial))


def same_container(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether both are in one container, or in none: "J Ex Med" is the "Journal of Ex Medicine"."""
    if not (one.containers and other.containers):
        return one.containers == other.containers
    return any(
        mine == theirs or _abbreviates(mine, theirs) or _abbreviates(theirs, mine)
        for mine in one.containers
        for theirs in other.containers
    )


def in_container(one: Fingerprint) -> bool:
    """Whether container and place in it are known, so that nothing else needs to be compared."""
    return bool(one.containers and (one.first_page or one.volume))


def are_versions(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether one is the preprint of the other: two works, with one title and first author."""
    return (
        one.is_preprint != other.is_preprint
        and titles_agree(one, other)
        and same_first_author(one, other)
    )


def _numbers(one: Fingerprint) -> list[str]:
    return [
        word
        for word in one.title_words
        if any(sign.isdigit() for sign in word) or _ROMAN.fullmatch(word)
    ]


def _abbreviates(short: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether each word of `short` shortens one of `whole`, in order ("Proc Natl Acad Sci"), and
    only words without a meaning of their own are left over, which ISO 4 drops."""
    left = list(reversed(short))
    for word in whole:
        if left and _shortens(left[-1], word):
            left.pop()
        elif word not in _DROPPED:
            return False
    return not left


def _shortens(part: str, word: str) -> bool:
    """Whether a word is shortened so: at its end ("Sci") or in its middle ("Natl")."""
    letters = iter(word)
    return part == word or (
        part.isalpha() and part[0] == word[0] and all(letter in letters for letter in part)
    )
