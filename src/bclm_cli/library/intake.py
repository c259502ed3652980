"""What is new among imported references, and what of it is known already.

No key gets lost that a manuscript may cite: that of a duplicate and one that has to change stay as
aliases (`custom.aliases`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

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
    bibliography, which is whole without other data and may call a work by a key that this has for
    another one. It has no place for the variables that are `dropped`. `in_data` has all that is at
    hand, `known` that of which an incoming record may be a duplicate: of a bibliography its own.
    """

    def __init__(
        self,
        library: Iterable[Reference],
        own: Mapping[str, Reference],
        *,
        in_place: bool = False,
        dropped: Collection[str] = (),
    ) -> None:
        self.dropped = dropped
        at_hand = list(library)
        self.in_place = in_place
        self.in_data = Catalog(at_hand)
        self.known = Catalog(own.values()) if in_place else self.in_data
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
        match = self.known.duplicate(work)
        if match is None:
            return self._append(reference, work)
        self.known.learn(match.key, work)
        match = match._replace(key=self.copies.get(match.key, match.key))
        if match.key in self.new or match.key in self.own:
            self.duplicates += 1
            return [self._known(match, reference, fill)]
        if reference.id and not self.known.is_key_of(reference.id, match.key):
            said = self._under_own_key(match, reference.id)
            return [said, *self._new(reference, None, match.key)]
        self.duplicates += 1
        left = ", and not filled, because it stands in other data" if fill else ""
        return [f"{self._place(match.key)} as {match.key} ({match.by}); skipped{left}"]

    def take_known(self, name: str, paper: Reference, *, fill: bool) -> list[str]:
        """Take a paper that was asked for by this name and that the data has, as it is there; what
        is to be said about it."""
        key = paper.id
        as_key = f" as {key}" if key != name else ""
        if not self.in_place and key not in self.own:
            self.duplicates += 1
            shown = f"`bclm refs {key}` shows it, `bclm export {key}` prints its entry"
            return [f"already in the data{as_key}; skipped; {shown}"]
        if not fill and (key in self.own or key in self.new):
            self.duplicates += 1
            return [f"already there{as_key}; skipped"]
        before = len(self.new)
        said = self.take(paper, fill=fill)
        if len(self.new) == before:
            return said
        new = next(reversed(self.new))
        return ["taken from the data" + (f" as {new}" if new != name else ""), *said]

    def fill(self, other: Reference) -> list[str]:
        """Fill in what the same work in the file lacks; what is to be said about it."""
        match = self.known.duplicate(duplicates.fingerprint(other))
        if match is None:
            return []
        new, added = self._filled(self.own[match.key], other)
        if new is None:
            return []
        self.filled += 1
        self._put(match.key, new)
        return [f"{match.key}: filled from {other.id} ({match.by}): {', '.join(added)}"]

    def _filled(self, old: Reference, other: Reference) -> tuple[Reference | None, list[str]]:
        """The record with what it lacks and the other has, None if that is nothing; the names of
        the variables that it lacks."""
        new = fill_missing_fields(old, other, self.dropped)
        return new, [name for name in new.variables if name not in old.variables] if new else []

    def _put(self, key: str, reference: Reference) -> None:
        """Have another record of a paper written."""
        if key in self.new:
            self.new[key] = reference
        else:
            self.own[key] = self.changed[key] = reference

    def _append(self, reference: Reference, work: Fingerprint) -> list[str]:
        """Take a work that is not there. What other data has of it gives its key to a record that
        has none."""
        other = self.in_data.duplicate(work)
        if other is None:
            return self._new(reference, work)
        if not reference.id:
            reference = reference._replace(id=other.key)
        said = []
        if not self.in_data.is_key_of(reference.id, other.key):
            said.append(self._under_own_key(other, reference.id))
        return [*said, *self._new(reference, work)]

    def _under_own_key(self, match: Match, key: str) -> str:
        return (
            f"the data has this paper as {match.key} ({match.by});"
            f" taken as well, under your key {key}"
        )

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
            said += dict.fromkeys(self._alike(work, key))
            self.known.add(work._replace(key=key))
        reference = reference._replace(id=key)
        if given != key and is_citable(given) and not self.keys.is_taken(given):
            reference = with_aliases(reference, [given])
        self.keys.take(reference)
        self.new[key] = reference
        if copied:
            self.copies[copied] = key
        return said

    def _alike(self, work: Fingerprint, key: str) -> Iterator[str]:
        """What else at hand has an identifier of this work, is another version of it, or may be the
        same, for all that is known."""
        for catalog in dict.fromkeys((self.known, self.in_data)):
            for other in catalog.clashes(work):
                yield f"{key} and {other.key} are two works with one {other.by}; both are kept"
            if version := catalog.version(work):
                pair = (key, version) if work.is_preprint else (version, key)
                yield f"{pair[0]} is a preprint of {pair[1]}; both are kept"
        if likely := self.known.possible_duplicate(work):
            yield (
                f"{key} may be the same paper as {likely}: title and first author agree, and one"
                " lacks the year or identifier that would settle it; both are kept"
            )

    def _known(self, match: Match, reference: Reference, fill: bool) -> str:
        """What becomes of a record whose work stands in the file that is written to."""
        old = (self.new if match.key in self.new else self.own)[match.key]
        keys = [
            key
            for key in (reference.id, *reference.aliases)
            if is_citable(key) and not self.keys.is_taken(key)
        ]
        better, added = self._filled(old, reference)
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
            self._put(match.key, new)
        kept = f"; kept as its alias: {', '.join(keys)}" if keys else ""
        return ", ".join(said) + added_here + (kept or ("" if fill else "; skipped"))
