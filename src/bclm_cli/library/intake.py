"""What is new among imported references: their keys, their twins in the library, their holes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bclm_cli.library.duplicates import Catalog, Likeness, Twin
from bclm_cli.library.merge import holes
from bclm_cli.model.records import Reference


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
