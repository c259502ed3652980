"""What is new among imported references, and what of it is known already.

No key gets lost that a manuscript may cite: that of a duplicate and one that has to change stay as
aliases (`custom.aliases`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bclm_cli.identifiers import Identifier
from bclm_cli.library import duplicates
from bclm_cli.library.catalog import Catalog, Keys, Match
from bclm_cli.library.duplicates import Fingerprint
from bclm_cli.library.keys import is_citable
from bclm_cli.library.merge import differing, fill_missing_fields, with_aliases
from bclm_cli.model.records import Reference


class Intake:
    """Sorts incoming references into new ones and duplicates of what is at hand.

    `library` is all that is at hand, `own` those in the file that is written to, by key: they may
    be changed. `new` and `changed` are what is to be written. `in_place` says that the file is a
    bibliography, which may call a work by a key that other data has for another one.
    """

    def __init__(
        self,
        library: Iterable[Reference],
        own: Mapping[str, Reference],
        *,
        in_place: bool = False,
    ) -> None:
        at_hand = list(library)
        self.catalog = Catalog(at_hand)
        others = (one.id for one in at_hand if one.id not in own)
        self.keys = Keys(own.values(), others, in_place=in_place)
        self.copies: dict[str, str] = {}  # keys of other data: the keys of the same works here
        self.own = dict(own)
        self.new: dict[str, Reference] = {}
        self.changed: dict[str, Reference] = {}
        self.duplicates = self.filled = 0

    def take(self, reference: Reference, *, fill: bool) -> list[str]:
        """Sort one in; what is to be said about it, nothing where it is simply new."""
        work = duplicates.fingerprint(reference)
        match = self.catalog.duplicate(work)
        if match is None:
            return self._new(reference, work)
        self.catalog.learn(match.key, work)
        match = match._replace(key=self.copies.get(match.key, match.key))
        if match.key in self.new or match.key in self.own:
            self.duplicates += 1
            return [self._known(match, reference, fill)]
        if reference.id and not self.catalog.leads(reference.id, match.key):
            said = (
                f"the data has this paper as {match.key} ({match.by});"
                f" taken as well, under your key {reference.id}"
            )
            return [said, *self._new(reference, None, match.key)]
        self.duplicates += 1
        left = ", and not filled, because it stands in other data" if fill else ""
        return [f"{self._place(match.key)} as {match.key} ({match.by}); skipped{left}"]

    def known(self, identifier: Identifier, key: str) -> str:
        """What is to be said of an identifier that the paper at hand with this key has."""
        self.duplicates += 1
        shown = "" if key in self.own else f"; `bclm export {key}` prints it"
        return f"{self._place(key)} as {key}; skipped{shown}"

    def _place(self, key: str) -> str:
        return "already there" if key in self.own else "already in the data"

    def _new(self, reference: Reference, work: Fingerprint | None, copied: str = "") -> list[str]:
        """Take a reference; a work that is none at hand is one from now on. `copied` is its key in
        other data."""
        given, key = reference.id, self.keys.free(reference)
        said = []
        if given not in ("", key):
            said.append(f"key {given!r} becomes {key}")
        elif other := self.keys.other_spelling(key):
            said.append(f"key {key} differs from {other} in capitals alone; BibTeX takes one")
        if work:
            said += self._alike(work, key)
            self.catalog.add(work._replace(key=key))
        reference = reference._replace(id=key)
        if given != key and is_citable(given) and not self.keys.is_taken(given):
            reference = with_aliases(reference, [given])
        self.keys.take(reference)
        self.new[key] = reference
        if copied:
            self.copies[copied] = key
        return said

    def _alike(self, work: Fingerprint, key: str) -> Iterator[str]:
        """What else at hand has an identifier of this work, or is another version of it."""
        for other in self.catalog.clashes(work):
            yield f"{key} and {other.key} are two works with one {other.by}; both are kept"
        if version := self.catalog.version(work):
            pair = (key, version) if work.is_preprint else (version, key)
            yield f"{pair[0]} is a preprint of {pair[1]}; both are kept"

    def _known(self, match: Match, reference: Reference, fill: bool) -> str:
        """What becomes of a record whose work stands in the file that is written to."""
        place = self.new if match.key in self.new else self.own
        old = place[match.key]
        keys = [
            key
            for key in (reference.id, *reference.aliases)
            if is_citable(key) and not self.keys.is_taken(key)
        ]
        better = fill_missing_fields(old, reference)
        added = [name for name in better.variables if name not in old.variables] if better else []
        said = [f"already there as {match.key} ({match.by})"]
        if other := differing(old, reference):
            said.append(f"with other {', '.join(other)}")
        if not fill:
            added_here = f"; it has {', '.join(added)}, which --update adds" if added else ""
            new = old
        elif better is None:
            added_here, new = "; it lacks no field to fill in", old
        else:
            more = ", with more authors than are listed" if better.custom != old.custom else ""
            added_here, new = f"; filled: {', '.join(added)}{more}", better
            self.filled += 1
        new = with_aliases(new, keys)
        self.keys.take(new)
        if new != old:
            place[match.key] = new
            if place is self.own:
                self.changed[match.key] = new
        kept = f"; kept as its alias: {', '.join(keys)}" if keys else ""
        return ", ".join(said) + added_here + (kept or ("" if fill else "; skipped"))
