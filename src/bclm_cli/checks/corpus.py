"""All records of all data folders, each with its place; faults in them are reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from bclm_cli import load, paths, store
from bclm_cli.checks.findings import Problem
from bclm_cli.errors import DataError
from bclm_cli.library import duplicates, in_place
from bclm_cli.model.records import Claim, Factor, Reference, Step
from bclm_cli.store import sources

Record = TypeVar("Record", covariant=True)
Place = tuple[int, int]
"""Line and column, from 1."""


class Placed(NamedTuple, Generic[Record]):
    """A record with its file and place."""

    record: Record
    layer: int
    file: Path
    place: Place


class Corpus(NamedTuple):
    """All records of all layers, the overridden ones too, in the order of the files.

    Of a paper there is only what distinguishes it from others, for a library has many of them.
    """

    references: list[Placed[Reference]]
    factors: list[Placed[Factor]]
    steps: list[Placed[Step]]
    claims: list[Placed[Claim]]
    models: list[Placed[load.Model]]

    @property
    def paper_keys(self) -> set[str]:
        """Every key that leads to a paper, earlier ones too."""
        papers = (placed.record for placed in self.references)
        return {key for paper in papers for key in (paper.id, *paper.aliases)}


Problems = Iterator[tuple[Placed[Any], Problem]]
"""What a rule on a corpus gives: each problem with the record that has it."""


def files(path: Path) -> list[Path]:
    """The data files of a folder; a file is its own."""
    if not path.is_dir():
        return [path]
    return [path / name for name in paths.DATA_FILES if (path / name).exists()]


def outline(paper: Reference) -> Reference:
    """What distinguishes a paper: its keys, and what makes it the same work."""
    text = paper.text
    return paper._replace(
        text={name: text[name] for name in duplicates.VARIABLES if name in text},
        names={role: paper.names[role][:1] for role in ("author", "editor") if role in paper.names},
        custom={"aliases": paper.custom["aliases"]} if "aliases" in paper.custom else {},
    )


def read_corpus(
    layers: Sequence[store.Layer], look: Callable[[Placed[Any]], None]
) -> tuple[Corpus, list[DataError]]:
    """The records, and what breaks the schema; `look` is shown each of them whole."""
    corpus = Corpus([], [], [], [], [])
    faults: list[DataError] = []
    into: dict[type, list[Any]] = {
        Reference: corpus.references,
        Factor: corpus.factors,
        Step: corpus.steps,
        Claim: corpus.claims,
        load.Model: corpus.models,
    }
    for number, layer in enumerate(layers):
        for path in sources.files(layer):
            try:
                for got in _read(layer, path, faults):
                    placed = Placed(got.record, number, path, (got.line, got.column))
                    look(placed)
                    if isinstance(got.record, Reference):
                        placed = placed._replace(record=outline(got.record))
                    into[type(got.record)].append(placed)
            except DataError as fault:
                faults.append(fault)
    return corpus, faults


def _read(layer: store.Layer, path: Path, faults: list[DataError]) -> Iterator[load.Loaded]:
    """The records of a data file, or of a bibliography, whose faults `bibliography` tells."""
    if sources.is_data_file(layer, path):
        yield from load.read(path, layer.name, report=faults.append)
    elif path == layer.path or in_place.is_bibliography(path):
        yield from (got for got in in_place.read(path, layer.name) if _key(got))


def _key(got: load.Loaded) -> str:
    return got.record.id if isinstance(got.record, Reference) else ""
