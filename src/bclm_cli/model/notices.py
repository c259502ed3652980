"""What became of a paper after it came out: retractions, corrections, expressions of concern."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

RETRACTION, WITHDRAWAL, PARTIAL = "retraction", "withdrawal", "partial retraction"
CONCERN, CORRECTION, NEW_VERSION = "expression of concern", "correction", "new version"
KINDS = (RETRACTION, WITHDRAWAL, PARTIAL, CONCERN, CORRECTION, NEW_VERSION)
"""Gravest first."""
GRAVE = frozenset({RETRACTION, WITHDRAWAL, PARTIAL, CONCERN})
"""The kinds that shake what a paper says; they are shown wherever the paper is."""
SINGLE = frozenset({RETRACTION, WITHDRAWAL})
"""What befalls a paper once, so that two sources speak of the same notice."""

PARTICIPLES = {
    RETRACTION: "retracted", WITHDRAWAL: "withdrawn", PARTIAL: "partially retracted",
    CONCERN: "under an expression of concern", CORRECTION: "corrected",
    NEW_VERSION: "replaced by a new version",
}  # fmt: skip
_CROSSREF = {
    "retraction": RETRACTION, "partial-retraction": PARTIAL, "withdrawal": WITHDRAWAL,
    "removal": WITHDRAWAL, "expression-of-concern": CONCERN, "correction": CORRECTION,
    "corrigendum": CORRECTION, "erratum": CORRECTION, "err": CORRECTION, "addendum": CORRECTION,
    "clarification": CORRECTION, "corrected-article": CORRECTION, "new-version": NEW_VERSION,
    "new-edition": NEW_VERSION,
}  # fmt: skip
_PUBMED = {
    "RetractionIn": RETRACTION, "PartialRetractionIn": PARTIAL,
    "ExpressionOfConcernIn": CONCERN, "ErratumIn": CORRECTION,
    "CorrectedandRepublishedIn": CORRECTION, "CorrectedAndRepublishedIn": CORRECTION,
    "UpdateIn": NEW_VERSION,
}  # fmt: skip


class Notice(NamedTuple):
    """One notice about a paper: its kind (of KINDS), its date in ISO form as far as it is known,
    its own DOI and PMID, and who says so ("publisher", "retraction-watch", "PubMed", "title")."""

    kind: str
    date: str = ""
    doi: str = ""
    pmid: str = ""
    source: str = ""

    def __str__(self) -> str:
        """As people read it: "retracted 2010-02-06 (10.1016/…; retraction-watch)"."""
        where = self.doi or (self.pmid and f"PMID:{self.pmid}")
        behind = "; ".join(filter(None, (where, self.source)))
        return f"{self.short} ({behind})" if behind else self.short

    @property
    def short(self) -> str:
        """Without who says so: "retracted 2010-02-06"."""
        return " ".join(filter(None, (PARTICIPLES[self.kind], self.date)))


def crossref_kind(type_: str) -> str:
    """The kind of an update's `type`, which Crossref's members spell with `_`, `-` or a space;
    "" for a type that is none of ours."""
    return _CROSSREF.get(type_.strip().lower().replace("_", "-").replace(" ", "-"), "")


def pubmed_kind(ref_type: str) -> str:
    """The kind of a `RefType` of PubMed's CommentsCorrections, "" for any other."""
    return _PUBMED.get(ref_type, "")


def merged(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Each notice once, whoever names it, gravest and then earliest first.

    Two are one if DOI or PMID are equal, or if a paper can have but one of the kind and nothing
    speaks against it.
    """
    found: list[Notice] = []
    for notice in notices:
        for at, other in enumerate(found):
            if _same(notice, other):
                found[at] = _joined(other, notice)
                break
        else:
            found.append(notice)
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), one.date or "9", one)))


def _same(one: Notice, other: Notice) -> bool:
    if one.kind != other.kind:
        return False
    if one.doi and other.doi:
        return one.doi.lower() == other.doi.lower()
    if one.pmid and other.pmid:
        return one.pmid == other.pmid
    return one.kind in SINGLE or (one.date == other.date != "")


def _joined(one: Notice, other: Notice) -> Notice:
    sources = [source for part in (one.source, other.source) for source in part.split(", ")]
    longest = max(one.date, other.date, key=len)  # a day says more than a year
    return Notice(
        one.kind,
        one.date if len(one.date) == len(longest) else longest,
        one.doi or other.doi,
        one.pmid or other.pmid,
        ", ".join(dict.fromkeys(filter(None, sources))),
    )
