"""Fills an empty store from the data files, and refuses what does not hold together."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bclm_cli import load
from bclm_cli.errors import DataError
from bclm_cli.gc_paused import gc_paused
from bclm_cli.model.records import CONTEXT, Claim, Factor, Reference, Step
from bclm_cli.store import sources
from bclm_cli.store.cache import absolute
from bclm_cli.store.factors import first_circle, related_factors
from bclm_cli.store.papers import Papers
from bclm_cli.store.records import Meter, Record, fresh, kept, to_json
from bclm_cli.store.rows import Tie, Writer, claim_rows, factor_rows, reference_rows, step_words
from bclm_cli.store.tables import INDEXES, PLACES, TABLES, TOTALS
from bclm_cli.suggest import missing, near
from bclm_cli.text.normalize import index_words

if TYPE_CHECKING:
    from bclm_cli.store.cache import File
    from bclm_cli.store.copies import Store
    from bclm_cli.store.layers import Layer, Progress

LONGEST = 100_000_000
"""Bytes that one record may take as JSON; SQLite holds ten times that in one value."""


def fill(
    store: sqlite3.Connection,
    layers: tuple[Layer, ...],
    files: tuple[File, ...],
    progress: Progress | None = None,
    old: Store | None = None,
) -> None:
    """Read every file into the store, in one transaction.

    Files that an `old` store was made from, and that have not changed, are taken from there.
    Raises DataError for a broken file, and for what only all files together show: a claim whose
    factor or paper is unknown, a key that stands twice, a paper that no claim of its model uses.
    """
    with gc_paused():
        store.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
        meter = Meter(progress, sum(file.size for file in files))
        builder = _Builder(store, layers, files, meter)
        for index in range(len(files)):
            builder.read(index, old)
        builder.settle()
        builder.tie_factors()
        builder.tie_claims()
        store.executescript(PLACES + INDEXES + TOTALS)
        builder.look_for_unused()
        store.commit()


class _Place(NamedTuple):
    """Where a record stands."""

    layer: int
    path: Path
    line: int
    column: int


class _Builder:
    def __init__(
        self,
        store: sqlite3.Connection,
        layers: tuple[Layer, ...],
        files: tuple[File, ...],
        meter: Meter,
    ) -> None:
        self.writer = Writer(store)
        self.layers, self.files, self.meter = layers, files, meter
        # Names to ids of records; where a record stands is looked up when an error tells it.
        self.factors: dict[str, int] = {}
        self.papers = Papers(self.writer, len(layers), self._note)
        self.steps: dict[str, int] = {}
        self.mentioned: dict[tuple[int, str], int] = {}  # where a layer speaks of a step
        self.origins: list[tuple[str, int]] = []
        self.overridden: list[int] = []  # factors
        self.keyless: list[tuple[int, Reference]] = []  # of the layer at hand
        self.id = 0  # of the record at hand
        self.faults: sources.Faults  # of the file at hand
        for number, layer in enumerate(layers):
            row = (number, layer.name, absolute(layer.path), "", "", "", "")
            self.writer.add("layer", row)

    def read(self, index: int, old: Store | None) -> None:
        """Take in one file. Its size and time were noted before, so a later edit is seen."""
        file = self.files[index]
        layer = self.layers[file.layer]
        watch = self.meter.watching(file.path.name)
        add = self.writer.add
        holds: Counter[str] = Counter()
        strict = sources.is_data_file(layer, file.path)
        self.faults = faults = sources.Faults(file.path, self.meter.note)
        found = kept(old, file, layer.name, watch) or fresh(
            sources.read(layer, file.path, watch, faults)
        )
        for got in found:
            self.id = self.meter.records = self.id + 1
            kind = type(got.record).__name__
            holds[kind] += 1
            add("record", (self.id, index, kind, got.line, got.column, got.payload))
            if len(got.payload) > LONGEST:
                raise self._error(self.id, f"one record is over {LONGEST:,} bytes; split it")
            self._take(got.record, file.layer, None if strict else faults)
        add("file", (index, file.layer, *file.noted, to_json(holds)))
        if index + 1 == len(self.files) or self.files[index + 1].layer != file.layer:
            self._name_keyless(file.layer)
        faults.report()

    def _name_keyless(self, layer: int) -> None:
        """Take in what came without a key, now that the keys of its layer are known."""
        last = self.id
        for id, record in self.keyless:
            self.id = id
            named = record._replace(id=self.papers.key_for(record, layer))
            self.papers.add(self.id, named, layer, in_place=True)
            self.writer.add_all(reference_rows(self.id, named, layer))
        self.keyless.clear()
        self.id = last

    def _take(self, record: Record, layer: int, faults: sources.Faults | None) -> None:
        """Take in a record; `faults` are those of a bibliography, which may have a key twice."""
        match record:
            case Claim():
                pass  # tied when all that it may speak of is there
            case Reference(id=""):
                self.keyless.append((self.id, record))
            case Reference():
                first = self.papers.add(self.id, record, layer, in_place=faults is not None)
                if first is None:
                    self.writer.add_all(reference_rows(self.id, record, layer))
                elif faults is None:
                    raise self._twice(record.id, first)
                else:
                    faults.twice(record.id, self._place(self.id).line, self._place(first).path)
            case Factor():
                self._factor(record.name, layer)
                self.writer.add_all(factor_rows(self.id, record, layer))
            case Step():
                self._step(record, layer)
            case load.Model():
                sql = (
                    "UPDATE layer SET title = ?, origin = ?, version = ?, searched_until = ?"
                    " WHERE id = ?"
                )
                self.writer.run(sql, (*record, layer))
                if record.origin:
                    self.origins.append((record.origin, self.id))

    def _note(self, what: str) -> None:
        """Note something that is to be said of the record at hand."""
        place = self._place(self.id)
        self.faults.lines.append(f"{place.path}:{place.line}: {what}")

    def _factor(self, name: str, layer: int) -> None:
        """Note a factor; one of an earlier layer gives way to it."""
        old, self.factors[name] = self.factors.get(name), self.id
        if old is None:
            return
        of = self._place(old).layer
        if of == layer:
            raise self._twice(name, old)
        self.writer.add("shadowed", ("factor", name, of, layer))
        self.overridden.append(old)

    def settle(self) -> None:
        """Take out, all at once, the records that later layers have in their own way."""
        self.papers.settle()
        ids = (json.dumps(self.overridden),)
        among = "IN (SELECT value FROM json_each(?))"
        self.writer.run(f"DELETE FROM factor WHERE id {among}", ids)
        self.writer.run(f"DELETE FROM factor_name WHERE factor {among}", ids)

    def _step(self, record: Step, layer: int) -> None:
        """A step that an earlier layer has is kept; what this layer says of it wins."""
        first = self.mentioned.setdefault((layer, record.id), self.id)
        if first != self.id:
            raise self._twice(record.id, first)
        texts = (record.name, record.summary, record.from_, record.to)
        number = self.steps.get(record.id)
        if number is None:
            if not all(texts):
                what = f"the step {record.id!r} is new and needs name, summary, from and to"
                raise self._error(self.id, f"{what}; to add claims to a known step use its id")
            number = self.steps[record.id] = len(self.steps) + 1
            self.writer.add("step", (number, record.id, *texts, record.place, layer))
            return
        [old] = self.writer.run("SELECT layer FROM step WHERE id = ?", (number,)).fetchone()
        if any((*texts, record.place)):  # what it does not say of the step stays as it was
            self.writer.run(
                "UPDATE step SET name = coalesce(nullif(?, ''), name),"
                " summary = coalesce(nullif(?, ''), summary),"
                " from_ = coalesce(nullif(?, ''), from_), to_ = coalesce(nullif(?, ''), to_),"
                " place = coalesce(nullif(?, ''), place), layer = ? WHERE id = ?",
                (*texts, record.place, layer, number),
            )
            self.writer.add("shadowed", ("step", record.id, old, layer))

    def tie_factors(self) -> None:
        """Give the factors the ids of what is broader and of what they bind."""
        broader: dict[int, tuple[int, ...]] = {}
        for id, record in related_factors(self.writer):
            broader[id] = tuple(
                self._known(self.factors, name, "factor", id) for name in record.broader
            )
            for of in broader[id]:
                self.writer.add("factor_broader", (id, of))
            for binding in record.binds:
                partner = self._known(self.factors, binding.partner, "factor", id)
                paper = self._paper(binding.reference, id)
                self.writer.add("factor_binds", (id, partner, paper))
        if circle := first_circle(broader):
            names = dict(zip(self.factors.values(), self.factors, strict=True))
            way = " > ".join(names[id] for id in circle)
            what = f"broader leads round in a circle: {way}; take one of them out"
            raise self._error(circle[0], what)

    def tie_claims(self) -> None:
        """Give the claims, now that all is read, the ids of what they speak of."""
        places = {0: ""}
        steps = self.writer.run("SELECT id, place, name, summary, from_, to_ FROM step")
        for id, place, *texts in steps:
            places[id] = place
            self.writer.add(*step_words(id, *texts))
        spellings: dict[int, str] = {}
        for id, name, synonyms in self.writer.run("SELECT id, name, synonyms FROM factor"):
            spellings[id] = index_words(f"{name} {' '.join(json.loads(synonyms))}")
        [claims] = self.writer.run("SELECT count(*) FROM record WHERE kind = 'Claim'").fetchone()
        read = "SELECT id, file, payload FROM record WHERE kind = 'Claim' ORDER BY id"
        for number, (id, file, payload) in enumerate(self.writer.run(read)):
            fields = json.loads(payload)
            step, name, _, _, key, *_ = fields
            step = 0 if step == CONTEXT else self.steps[step]
            factor = self._known(self.factors, name, "factor", id)
            tie = Tie(step, factor, self._paper(key, id), places[step])
            layer = self.files[file].layer
            self.writer.add_all(claim_rows(id, fields, tie, layer, spellings[factor]))
            if number % 1000 == 0:
                self.meter.tied(number, claims)
        self.writer.flush()

    def look_for_unused(self) -> None:
        """In a model that names its source, each other paper is there for a claim."""
        for key, id in self.origins:
            origin = self._paper(key, id)
            unused = self.writer.run(
                "SELECT id, key FROM reference WHERE layer = ? AND id <> ?"
                " AND id NOT IN (SELECT reference FROM claim) ORDER BY id LIMIT 1",
                (self._place(id).layer, origin),
            ).fetchone()
            if unused:
                what = f"no claim uses the paper {unused[1]!r}; add one to steps.yaml"
                raise self._error(unused[0], f"{what} or take the paper out")

    def _paper(self, key: str, at: int) -> int:
        """The id of the paper that the record `at` calls so."""
        found = self.papers.find(key, self._place(at).layer if self.papers.renamed else 0)
        return found or self._known(self.papers.keys, key, "paper", at)

    def _known(self, known: dict[str, int], name: str, what: str, at: int) -> int:
        """The id of what the record `at` speaks of."""
        if found := known.get(name):
            return found
        said = missing(what, name, near(name, known)[:1])
        file = "references.yaml" if what == "paper" else "factors"
        raise self._error(at, said if said.endswith("?") else f"{said}; add it to {file}")

    def _place(self, id: int) -> _Place:
        sql = "SELECT file, line, column_ FROM record WHERE id = ?"
        index, line, column = self.writer.run(sql, (id,)).fetchone()
        return _Place(self.files[index].layer, self.files[index].path, line, column)

    def _twice(self, key: str, first: int) -> DataError:
        place = self._place(first)
        at = f"{place.path.name}:{place.line}:{place.column}"
        return self._error(self.id, f"{key!r} stands twice; it is already in {at}")

    def _error(self, id: int, what: str) -> DataError:
        place = self._place(id)
        return DataError(what, path=str(place.path), line=place.line, column=place.column)
