"""Fills an empty store from the data files, and refuses what does not hold together."""

from __future__ import annotations

import gc
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from bclm_cli import load, model
from bclm_cli.errors import DataError
from bclm_cli.fold import index_words, squash
from bclm_cli.model import Claim, Factor, Name, Reference, Step
from bclm_cli.store._schema import CLAIM, FACTOR, INDEXES, REFERENCE, STEP, TABLES

if TYPE_CHECKING:
    from bclm_cli.store import Layer, Progress, _File


def fill(
    store: sqlite3.Connection,
    layers: tuple[Layer, ...],
    files: tuple[_File, ...],
    progress: Progress | None,
) -> None:
    """Parse every file into the store, in one transaction.

    Raises DataError for a broken file, and for what only all files together show: a claim whose
    factor or paper is unknown, a key that stands twice, a paper that no claim of its model uses.
    """
    collecting = gc.isenabled()
    gc.disable()  # millions of small objects, none of them in a cycle
    try:
        store.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
        builder = _Builder(store, layers)
        for index, file in enumerate(files):
            builder.read(index, file, progress)
        builder.finish()
        store.executescript(INDEXES)
        store.commit()
    finally:
        if collecting:
            gc.enable()


class _Place:
    """Where a record stands: enough to name it in an error."""

    __slots__ = ("column", "id", "layer", "line", "path")

    def __init__(self, id: int, layer: int, path: Path, got: load.Loaded) -> None:
        self.id, self.layer, self.path = id, layer, path
        self.line, self.column = got.line, got.column

    def error(self, what: str) -> DataError:
        return DataError(what, path=str(self.path), line=self.line, column=self.column)


class _Builder:
    def __init__(self, store: sqlite3.Connection, layers: tuple[Layer, ...]) -> None:
        self.store, self.layers = store, layers
        self.steps: dict[str, _Place] = {}
        self.factors: dict[str, _Place] = {}
        self.references: dict[str, _Place] = {}
        self.aliases: dict[str, str] = {}
        self.claims: list[tuple[Claim, _Place]] = []
        self.origins: list[tuple[int, str, _Place]] = []
        self.read_bytes = self.records = 0
        store.executemany(
            "INSERT INTO layer VALUES (?, ?, ?, '', '')",
            [(i, layer.name, str(layer.folder.absolute())) for i, layer in enumerate(layers)],
        )

    def read(self, index: int, file: _File, progress: Progress | None) -> None:
        """Take in one file. Its size and time were noted before, so a later edit is seen."""
        layer = self.layers[file.layer]
        before = self.records
        for got in load.read(file.path, layer.name):
            self.records += 1
            place = _Place(self.records, file.layer, file.path, got)
            match got.record:
                case Reference() as record:
                    self._reference(record, place)
                case Claim() as record:
                    self.claims.append((record, place))
                case Factor() as record:
                    self._factor(record, place)
                case Step() as record:
                    self._step(record, place)
                case load.Model(title, origin):
                    self.store.execute(
                        "UPDATE layer SET title = ?, origin = ? WHERE id = ?",
                        (title, origin, file.layer),
                    )
                    if origin:
                        self.origins.append((file.layer, origin, place))
            if progress and self.records % 500 == 0:
                progress(file.path.name, self.read_bytes, 0, self.records)
        self.read_bytes += file.size
        self.store.execute(
            "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)",
            (
                index,
                file.layer,
                str(file.path.absolute()),
                file.size,
                file.mtime_ns,
                self.records - before,
            ),
        )

    def finish(self) -> None:
        """Tie the claims to their steps, factors and papers, and look for what hangs loose."""
        factors = dict(self.store.execute("SELECT id, name || ' ' || synonyms FROM factor"))
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
                    _json(claim.system), claim.site, _json(claim.cancer), claim.basis, place.layer,
                ),
            )  # fmt: skip
            self._index(CLAIM, number, "", claim.statement, factors[factor])
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

    def _reference(self, record: Reference, place: _Place) -> None:
        self._put(self.references, record.id, "reference", place)
        authors = [_listed(name) for name in record.author]
        text = record.text
        self.store.execute(
            "INSERT INTO reference VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                place.id, record.id, record.year, _first_author(record), model.plain(record.title),
                text.get("container-title"), text.get("DOI"), text.get("PMID"), text.get("PMCID"),
                text.get("volume"), text.get("issue"), text.get("page"), record.kind or None,
                _json(authors), index_words(" ".join(authors)), _json(record.to_csl()), place.layer,
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
            record.title,
            " ".join(authors),
            f"{record.id} {text.get('container-title', '')} {text.get('container-title-short', '')}"
            f" {record.year or ''} {text.get('PMID', '')}",
        )

    def _factor(self, record: Factor, place: _Place) -> None:
        self._put(self.factors, record.name, "factor", place)
        self.store.execute(
            "INSERT INTO factor VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                place.id, record.name, record.kind, record.identifier or None,
                record.full_name or None, _json(record.synonyms), place.layer,
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
            record.name,
            " ".join((*record.synonyms, record.full_name)),
            f"{record.kind} {record.identifier}",
        )

    def _step(self, record: Step, place: _Place) -> None:
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
        self._index(STEP, place.id, record.name, record.summary, f"{record.from_} {record.to}")

    def _located(self, place: _Place, record: Step, what: str) -> DataError:
        return load.located(place.path, ("steps", record.number - 1), what)

    def _put(self, known: dict[str, _Place], key: str, type_: str, place: _Place) -> None:
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

    def _known(self, places: dict[str, _Place], key: str, what: str, at: _Place) -> int:
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
            (id * 4 + type_, *map(index_words, texts)),
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


def _json(value: Iterable[object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
