"""Where data comes from: the shipped folder, and the folders and bibliographies laid over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bclm_cli import paths
from bclm_cli.errors import DataError
from bclm_cli.store import cache
from bclm_cli.store.layers import SHIPPED, Layer

if TYPE_CHECKING:
    from bclm_cli.library.in_place import Fault
    from bclm_cli.load import Loaded, Watch


def layers(named: Sequence[Path] = (), *, shipped: bool = True) -> tuple[Layer, ...]:
    """The shipped data (unless left out) and what is laid over it, in the order of winning.

    Raises DataError for a path that is not there or holds no data.
    """
    found = [Layer(SHIPPED, paths.data())] if shipped else []
    found += [Layer(cache.absolute(path), path) for path in named]
    for layer in found:
        path = layer.path
        if path.is_dir():
            if next(files(layer), None) is None:
                what = f"the folder holds none of {', '.join(paths.DATA_FILES)}, nor a bibliography"
                raise DataError(f"{what}; `bclm add --init DIR` makes one", path=str(path))
        elif not path.exists():
            raise DataError("no such folder or bibliography", path=str(path))
        elif not path.is_file():
            raise DataError("not a regular file; save it as one first", path=str(path))
    return tuple(found)


def files(layer: Layer) -> Iterator[Path]:
    """The data files of a layer, then its bibliographies by name.

    Beside references of our own a bibliography is their export, or where they came from.
    """
    if not layer.path.is_dir():
        yield layer.path
        return
    there = [name for name in paths.DATA_FILES if (layer.path / name).exists()]
    yield from (layer.path / name for name in there)
    if not set(there) - {"steps.yaml"}:
        names = (path.name for path in layer.path.iterdir())
        for name in sorted(names):
            if is_bibliography(name) and name[0] != "." and name not in paths.DATA_FILES:
                yield layer.path / name


def is_bibliography(name: str) -> bool:
    """Whether a file of this name may be a bibliography."""
    return name.lower().endswith(paths.BIBLIOGRAPHIES) and not name.endswith(".schema.json")


def is_data_file(layer: Layer, path: Path) -> bool:
    """Whether a file is read as strictly as our own data: a bibliography named `references.json`
    is one unless it lies in a data folder."""
    return path.name == "steps.yaml" or (path != layer.path and path.name in paths.DATA_FILES)


class Faults:
    """What of a bibliography is not taken: a few lines when it is read, and how many more."""

    def __init__(self, path: Path, note: Callable[[str], None]) -> None:
        self.path, self.note = path, note
        self.lines: list[str] = []

    def add(self, fault: Fault) -> None:
        """Note a thing that is not taken as it stands; what is merely odd, `bclm check` tells."""
        if fault.kind != "odd":
            self.lines.append(f"{self.path}:{fault.line}: {fault.what}")

    def twice(self, key: str, line: int, first: Path) -> None:
        """Note an entry whose key another file of the folder has."""
        self.lines.append(
            f"{self.path}:{line}: {key} stands in {first.name} too, and is taken there"
        )

    def report(self) -> None:
        """Pass on what was noted."""
        for line in self.lines[:MOST_REPORTED]:
            self.note(line)
        if (more := len(self.lines) - MOST_REPORTED) > 0:
            self.note(f"{self.path}: {more} more; `bclm check {self.path}` lists them")


MOST_REPORTED = 5
"""How many faults of a file are reported when it is read."""


def read(layer: Layer, path: Path, watch: Watch | None, faults: Faults) -> Iterator[Loaded]:
    """The records of a file. Raises DataError for one that cannot be read, and for a data file
    that breaks the schema; a bibliography is read as far as it goes."""
    from bclm_cli import load
    from bclm_cli.library import in_place

    if is_data_file(layer, path):
        yield from load.read(path, layer.name, watch)
    elif path == layer.path or in_place.is_bibliography(path):
        yield from in_place.read(path, layer.name, watch, faults.add)
