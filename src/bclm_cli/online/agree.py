"""Whether a record and a paper at hand are the same work: title, first author and year."""

from __future__ import annotations

from bclm_cli.model.records import Reference
from bclm_cli.text.normalize import compact, normalize, words

NEAR_YEARS = 1
"""A paper of January is often dated to December before, by the day it went online."""
LIKE_TITLES = 0.75
"""The share of words that two spellings of one title have in common, at least."""
SHORT_TITLE = 20
"""Letters that the shorter of two titles needs to count as the other without its subtitle."""


def same_title(one: str, other: str) -> bool:
    """Whether two titles are one, but for spelling and a subtitle."""
    first, second = sorted((_bare(one), _bare(other)), key=len)
    if not first:
        return False
    return first == second or (len(first) >= SHORT_TITLE and second.startswith(first))


def like_title(one: str, other: str) -> bool:
    """Whether two titles may be one: a few words may be left out, misspelled or changed."""
    first, second = set(words(one)), set(words(other))
    if not first or not second:
        return False
    shared = len(first & second)
    return same_title(one, other) or shared / max(len(first), len(second)) >= LIKE_TITLES


def same_author(one: Reference, other: Reference) -> bool:
    """Whether the first authors have one family name. A paper without an author agrees with none
    but another one."""
    if not one.author or not other.author:
        return not one.author and not other.author
    first, second = (_family(paper) for paper in (one, other))
    return first == second or first.endswith(second) or second.endswith(first)


def same_year(one: Reference, other: Reference) -> bool:
    """Whether they came out in the same year, or the one beside it."""
    if one.year is None or other.year is None:
        return one.year == other.year
    return abs(one.year - other.year) <= NEAR_YEARS


def is_same(one: Reference, other: Reference) -> bool:
    """Whether all three agree, so that the one may lend the other what it lacks."""
    return same_title(one.title, other.title) and same_author(one, other) and same_year(one, other)


def is_no_other(paper: Reference, record: Reference) -> bool:
    """Whether the titles agree, and author and year as far as the paper has them: enough where an
    identifier has led to the record."""
    return (
        same_title(paper.title, record.title)
        and (not paper.author or same_author(paper, record))
        and (paper.year is None or same_year(paper, record))
    )


def is_other(paper: Reference, record: Reference) -> bool:
    """Whether the titles say nothing alike, and first author or year differ as well."""
    ours, theirs = (
        [title for title in (one.title, one.get("original-title")) if title]
        for one in (paper, record)
    )
    if not ours or any(like_title(one, other) for other in theirs for one in ours):
        return False
    return not (same_author(paper, record) and same_year(paper, record))


def _bare(title: str) -> str:
    """A title for comparison, without what a publisher or a library put before it."""
    folded = compact(title)
    for sign in ("retractedarticle", "retracted", "withdrawn", "removed"):
        folded = folded.removeprefix(sign)
    return folded


def _family(paper: Reference) -> str:
    """The family name of the first author, or the group; particles stand in it or not."""
    name = paper.author[0]
    return compact(normalize(name.sort_family))
