"""What is to be checked, by what it is: data, bibliographies, manuscripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bclm_cli import paths, store
from bclm_cli.library import in_place
from bclm_cli.store import sources


class Subjects(NamedTuple):
    """Data folders and files of them, bibliographies, and manuscripts; all may be empty."""

    data: list[Path]
    bibliographies: list[Path]
    manuscripts: list[str]


def subjects(names: Sequence[str]) -> Subjects:
    """What these files and folders are. A folder may hold bibliographies beside its data."""
    found = Subjects([], [], [])
    for name in names:
        path = Path(name)
        if is_data(path):
            found.data.append(path)
            found.bibliographies.extend(others(bibliographies(path), found.bibliographies))
        elif name.lower().endswith(paths.BIBLIOGRAPHIES):
            found.bibliographies.extend(others([path], found.bibliographies))
        else:
            found.manuscripts.append(name)
    return found


def others(files: Iterable[Path], than: Iterable[Path]) -> list[Path]:
    """Those of these files that are none of the others, however they are called."""
    real = {path.resolve() for path in than}
    return [path for path in files if path.resolve() not in real]


def is_data(path: Path) -> bool:
    """Whether this is a data folder or a file of one, and no manuscript."""
    return path.is_dir() or path.name in paths.DATA_FILES


def bibliographies(path: Path) -> list[Path]:
    """The bibliographies that lie in a data folder; a file that is one is its own."""
    if not path.is_dir():
        return [] if is_data(path) else [path]
    layer = store.Layer("", path)
    return [
        file
        for file in sources.files(layer)
        if not sources.is_data_file(layer, file) and in_place.is_bibliography(file)
    ]
