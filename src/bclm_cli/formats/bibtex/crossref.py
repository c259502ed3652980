"""What BibTeX entries take over from others: `crossref` from a parent, `xdata` from containers.

Entries that name themselves or each other are reported, and keep what they say themselves.
"""

from __future__ import annotations

from collections.abc import Mapping

from bclm_cli.formats.bibtex.blocks import Block

_DATES = frozenset({"date", "year", "month", "day"})
MAX_PARENTS = 20
"""At most this many `xdata` of one entry are looked at."""
MAX_HEIRS = 30_000
"""At most this many entries of a file may have parents: more than the chapters of any library."""

_PARTS = frozenset({"inbook", "incollection", "inproceedings", "conference", "suppbook",
                    "suppcollection", "inreference", "bookinbook"})  # fmt: skip
_RENAMED = {
    "title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon",
}  # fmt: skip
_OF_PERIODICALS = {"title": "journaltitle", "subtitle": "journalsubtitle"}
_OWN = frozenset(
    {"crossref", "xref", "xdata", "key", "ids", "options", "label", "shorttitle", "doi", "url",
     "urldate", "eprint", "eprinttype", "archiveprefix", "pmid", "pmcid", "pages", "eid",
     "abstract", "annote", "annotation", "note", "keywords", "file", "relatedtype", "related",
     "entrysubtype", "sortkey"}
)  # fmt: skip
"""What says something of the parent alone; nobody inherits it."""


def has_parents(block: Block) -> bool:
    """Whether an entry names others to take over from."""
    return "crossref" in block.fields or "xdata" in block.fields


_Parents = list[tuple[str, str]]
"""Relation and key of each."""


class Inheritance:
    """Answers what an entry holds when its parents' fields are put in.

    Each entry is worked out once, parents first, without recursion. `budget` is how many
    characters may be taken over in all, since one long field of a parent could else be repeated
    for each of a hundred thousand children.
    """

    def __init__(self, blocks: Mapping[str, Block], budget: int) -> None:
        self.blocks, self.budget = blocks, budget
        self.known: dict[str, dict[str, str]] = {}
        self.faults: dict[str, list[str]] = {}

    def fields(self, block: Block) -> tuple[dict[str, str], list[str]]:
        """The fields of an entry with what it inherits, and what went wrong on the way."""
        if not has_parents(block):
            return block.fields, []
        key = block.key.lower()
        if self.blocks.get(key) is not block:  # a second entry of the same key
            parents, faults = self._parents(block, {})
            return self._with_parents(block, parents), faults
        if key not in self.known:
            self._work_out(key)
        return self.known[key], self.faults.pop(key, [])

    def _work_out(self, key: str) -> None:
        """Fill `known` for an entry and all those it leads to, the farthest first."""
        # From the entry asked for to the one at hand: its parents, and those still to look at.
        waiting: dict[str, tuple[_Parents, list[str]]] = {}
        at = key
        while True:
            if at not in waiting:
                parents, self.faults[at] = self._parents(self.blocks[at], waiting)
                left = [parent for _, parent in parents if parent not in self.known]
                waiting[at] = parents, left
            parents, left = waiting[at]
            if left:
                at = left.pop()
                if at not in self.known and at not in waiting:
                    continue
            else:
                self.known[at] = self._with_parents(self.blocks[at], parents)
                waiting.popitem()  # `at`: after `del`, finding the last one costs linear time
                if not waiting:
                    return
            at = next(reversed(waiting))

    def _parents(self, block: Block, waiting: Mapping[str, object]) -> tuple[_Parents, list[str]]:
        """Relation and key of each parent that can be used, and what is wrong with the others."""
        fields, own = block.fields, block.key.lower()
        named = [("xdata", key) for key in _keys(fields["xdata"])] if "xdata" in fields else []
        if "crossref" in fields:
            named += [("crossref", key) for key in _keys(fields["crossref"])[:1]]
        parents, faults = [], []
        for relation, key in named:
            folded = key.lower()
            if folded in waiting or folded == own:
                circle = f"{key} → … → {key}"
                faults.append(f"{relation} leads back to itself ({circle}); it is passed over")
            elif folded not in self.blocks:
                faults.append(f"{relation} names {key!r}, which is not in this file")
            else:
                parents.append((relation, folded))
        return parents, faults

    def _with_parents(self, block: Block, parents: _Parents) -> dict[str, str]:
        fields = dict(block.fields)
        for relation, key in parents:
            parent = self.blocks[key]
            taken = self.known.get(key, parent.fields)
            if relation == "crossref":
                taken = _of_parent(taken, block.type, parent.type)
            if not _DATES.isdisjoint(fields):  # the parent's month beside its own year is no date
                taken = {name: value for name, value in taken.items() if name not in _DATES}
            for name, value in taken.items():
                if name not in fields and name not in ("crossref", "xdata") and self.budget > 0:
                    fields[name] = value
                    self.budget -= len(value)
        return fields


def _keys(value: str) -> list[str]:
    return [key.strip() for key in value.split(",")[:MAX_PARENTS] if key.strip()]


def _of_parent(fields: Mapping[str, str], child: str, parent: str) -> dict[str, str]:
    """A parent's fields under the names that they have in its child."""
    part = child in _PARTS or parent in ("proceedings", "collection", "mvbook", "book")
    taken = {name: value for name, value in fields.items() if name not in _OWN}
    if parent == "periodical":
        return {_OF_PERIODICALS.get(name, name): value for name, value in taken.items()}
    if part:
        taken.pop("booktitle", None)
        for name, child_name in _RENAMED.items():
            if name in taken:
                taken[child_name] = taken.pop(name)
        if "author" in taken and child != "inbook":
            del taken["author"]
    return taken
