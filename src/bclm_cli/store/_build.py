"""Fills an empty store from the data files, and refuses what does not hold together."""

from __future__ import annotations

import gc
import json
import sqlite3
from typing import TYPE_CHECKING

from bclm_cli import load, model
from bclm_cli.fold import index_words, squash
from bclm_cli.model import Claim, Factor, Name, Reference, Step
from bclm_cli.store._records import Meter, Place, Record, kept, payload, to_json
from bclm_cli.store._schema import CLAIM, FACTOR, INDEXES, REFERENCE, STEP, TABLES

if TYPE_CHECKING:
    from bclm_cli.store import Layer, Progress, _File


def fill(
    store: sqlite3.Connection,
    layers: tuple[Layer, ...],
    files: tuple[_File, ...],
    progress: Progress | None = None,
    old: sqlite3.Connection | None = None,
) -> None:
    """Read every file into the store, in one transaction.

    Files that an `old` store was made from, and that have not changed, are taken from there.
    Raises DataError for a broken file, and for what only all files together show: a claim whose
    factor or paper is unknown, a key that stands twice, a paper that no claim of its model uses.
    """
    collecting = gc.isenabled()
    gc.disable()  # millions of small objects, none of them in a cycle
    try:
        store.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
        builder = _Builder(store, layers)
        meter = Meter(progress, sum(file.size for file in files))
        for index, file in enumerate(files):
            builder.read(index, file, meter, old)
        builder.finish()
        store.executescript(INDEXES)
        store.commit()
    finally:
        if collecting:
            gc.enable()


class _Builder:
    def __init__(self, store: sqlite3.Connection, layers: tuple[Layer, ...]) -> None:
        self.store, self.layers = store, layers
        self.steps: dict[str, Place] = {}
        self.factors: dict[str, Place] = {}
        self.references: dict[str, Place] = {}
        self.aliases: dict[str, str] = {}
        self.claims: list[tuple[Claim, Place]] = []
        self.origins: list[tuple[int, str, Place]] = []
        self.records = 0
        store.executemany(
            "INSERT INTO layer VALUES (?, ?, ?, '', '', '')",
            [(i, layer.name, str(layer.folder.absolute())) for i, layer in enumerate(layers)],
        )

    def read(self, index: int, file: _File, meter: Meter, old: sqlite3.Connection | None) -> None:
        """Take in one file. Its size and time were noted before, so a later edit is seen."""
        layer = self.layers[file.layer].name
        path = str(file.path.absolute())
        known = kept(old, (path, file.size, file.mtime_ns), layer) if old else None
        before = self.records
        for got in known or load.read(file.path, layer, meter.watching(file.path.name)):
            self.records = meter.records = self.records + 1
            place = Place(self.records, file.layer, file.path, got)
            self._take(got.record, place)
            self._keep(index, got)
        self.store.execute(
            "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)",
            (index, file.layer, path, file.size, file.mtime_ns, self.records - before),
        )

    def _take(self, record: Record, place: Place) -> None:
        match record:
            case Reference():
                self._reference(record, place)
            case Claim():
                self.claims.append((record, place))
            case Factor():
                self._factor(record, place)
            case Step():
                self._step(record, place)
            case load.Model(title, origin, version):
                self.store.execute(
                    "UPDATE layer SET title = ?, origin = ?, version = ? WHERE id = ?",
                    (title, origin, version, place.layer),
                )
                if origin:
                    self.origins.append((place.layer, origin, place))

    def _keep(self, file: int, got: load.Loaded) -> None:
        kind = type(got.record).__name__
        self.store.execute(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)",
            (self.records, file, kind, got.line, got.column, payload(got.record)),
        )

    def finish(self) -> None:
        """Tie the claims to their steps, factors and papers, and look for what hangs loose."""
        spellings = {
            id_: index_words(f"{name} {' '.join(json.loads(synonyms))}")
            for id_, name, synonyms in self.store.execute("SELECT id, name, synonyms FROM factor")
        }
        used: set[int] = set()
        for number, (claim, place) in enumerate(self.claims, 1):
            factor = self._known(self.factors, claim.factor, "factor", place)
            reference = self._known(
                self.references, self.aliases.get(claim.reference, claim.reference), "paper", place
            )
            step = self.steps[claim.step].id if claim.step != model.CONTEXT else 0
            used.add(reference)
            self.store.execute(
                "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number, step, factor, claim.effect, claim.statement, reference,
                    to_json(claim.system), claim.site, to_json(claim.cancer), claim.basis,
                    place.layer,
                ),
            )  # fmt: skip
            self._index(CLAIM, number, "", index_words(claim.statement), spellings[factor])
        for layer, origin, place in self.origins:
            used.add(self._known(self.references, origin, "paper", place))
            self._all_used(layer, used)

    def _all_used(self, layer: int, used: set[int]) -> None:
        """In a model that names its source, each paper is there for a claim."""
        for key, place in self.references.items():
            if place.layer == layer and place.id not in used:
                raise place.error(
                    f"no claim uses the paper {key!r}; add one to steps.yaml or take the paper out"
                )

    def _reference(self, record: Reference, place: Place) -> None:
        self._put(self.references, record.id, "reference", place)
        authors = [_listed(name) for name in record.author]
        folded_authors = index_words(" ".join(authors))
        text = record.text
        self.store.execute(
            "INSERT INTO reference VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                place.id, record.id, record.year, _first_author(record), model.plain(record.title),
                text.get("container-title"), text.get("DOI"), text.get("PMID"), text.get("PMCID"),
                text.get("volume"), text.get("issue"), text.get("page"), record.kind or None,
                to_json(authors), folded_authors, place.layer,
            ),
        )  # fmt: skip
        for alias in record.aliases:
            self.aliases[alias] = record.id
        names = (*record.aliases, *(text.get(i, "").lower() for i in ("DOI", "PMID", "PMCID")))
        self.store.executemany(
            "INSERT INTO identifier VALUES (?, ?)", [(name, place.id) for name in names if name]
        )
        self._index(
            REFERENCE,
            place.id,
            index_words(record.title),
            folded_authors,
            index_words(
                f"{record.id} {text.get('container-title', '')} {record.year or ''}"
                f" {text.get('container-title-short', '')} {text.get('PMID', '')}"
            ),
        )

    def _factor(self, record: Factor, place: Place) -> None:
        self._put(self.factors, record.name, "factor", place)
        self.store.execute(
            "INSERT INTO factor VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                place.id, record.name, record.kind, record.identifier or None,
                record.full_name or None, to_json(record.synonyms), place.layer,
            ),
        )  # fmt: skip
        spellings = [(record.name, 0), (record.full_name, 1), (record.identifier, 1)]
        spellings += [(synonym, 1) for synonym in record.synonyms]
        self.store.executemany(
            "INSERT INTO factor_name VALUES (?, ?, ?)",
            [(squash(text), rank, place.id) for text, rank in spellings if text],
        )
        self._index(
            FACTOR,
            place.id,
            index_words(record.name),
            index_words(" ".join((*record.synonyms, record.full_name))),
            index_words(f"{record.kind} {record.identifier}"),
        )

    def _step(self, record: Step, place: Place) -> None:
        """A step that an earlier layer has is kept; what this layer says of it wins."""
        texts = (record.name, record.summary, record.from_, record.to)
        if known := self.steps.get(record.id):
            if known.layer == place.layer:
                raise self._located(place, record, f"the step {record.id!r} stands twice")
            if any(texts):
                self.store.execute(
                    "UPDATE step SET name = iif(?1 > '', ?1, name), summary = iif(?2 > '', ?2,"
                    " summary), from_ = iif(?3 > '', ?3, from_), to_ = iif(?4 > '', ?4, to_),"
                    " layer = ?5 WHERE id = ?6",
                    (*texts, place.layer, known.id),
                )
                self._shadow("step", record.id, known.layer, place.layer)
                known.layer = place.layer
            return
        if not all(texts):
            raise self._located(
                place,
                record,
                f"the step {record.id!r} is new and needs name, summary, from and to;"
                " to add claims to a known step use its id",
            )
        place.id = len(self.steps) + 1
        self.steps[record.id] = place
        self.store.execute(
            "INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?)",
            (place.id, record.id, *texts, place.layer),
        )
        self._index(
            STEP,
            place.id,
            index_words(record.name),
            index_words(record.summary),
            index_words(f"{record.from_} {record.to}"),
        )

    def _located(self, place: Place, record: Step, what: str) -> Exception:
        return load.located(place.path, ("steps", record.number - 1), what)

    def _put(self, known: dict[str, Place], key: str, type_: str, place: Place) -> None:
        """Note a record under its key; one of an earlier layer gives way to it."""
        old = known.get(key)
        if old and old.layer == place.layer:
            raise place.error(
                f"{key!r} stands twice; it is already in {old.path.name}:{old.line}:{old.column}"
            )
        if old:
            self._shadow(type_, key, old.layer, place.layer)
            self.store.execute(f"DELETE FROM {type_} WHERE id = ?", (old.id,))
            table = (
                "factor_name WHERE factor" if type_ == "factor" else "identifier WHERE reference"
            )
            self.store.execute(f"DELETE FROM {table} = ?", (old.id,))
        known[key] = place

    def _shadow(self, type_: str, key: str, layer: int, by: int) -> None:
        self.store.execute("INSERT INTO shadowed VALUES (?, ?, ?, ?)", (type_, key, layer, by))

    def _known(self, places: dict[str, Place], key: str, what: str, at: Place) -> int:
        if found := places.get(key):
            return found.id
        from difflib import get_close_matches

        near = get_close_matches(key, list(places), 1)
        file = "references.yaml" if what == "paper" else "factors"
        way_out = f"did you mean {near[0]!r}?" if near else f"add it to {file}"
        raise at.error(f"unknown {what} {key!r}; {way_out}")

    def _index(self, type_: int, id: int, *texts: str) -> None:
        self.store.execute(
            "INSERT INTO search (rowid, name, text, more) VALUES (?, ?, ?, ?)",
            (id * 4 + type_, *texts),
        )


def _first_author(record: Reference) -> str | None:
    if not record.author:
        return None
    more = len(record.author) > 1 or record.incomplete_authors
    return record.author[0].sort_family + (" et al." if more else "")


def _listed(name: Name) -> str:
    """A name as the list of authors shows it: "van de Rijn, M."."""
    given = " ".join(filter(None, (name.given, name.dropping_particle)))
    return ", ".join(filter(None, (name.sort_family, given, name.suffix)))
