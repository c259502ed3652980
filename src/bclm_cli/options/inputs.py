"""The files that a command line names to be read, which `-o FILE` must not replace."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from bclm_cli import paths
from bclm_cli.errors import CannotError
from bclm_cli.options.groups import DataOptions

_EXPORT = "bclm_cli.commands.export"
"""The command that may replace the data it reads, and looks itself at what would be lost."""


def named(values: Mapping[str, Any], groups: Mapping[str, Any], command: str) -> Iterator[Path]:
    """The files, and the folders of data, that stand on a command line.

    `values` and `groups` are the parameters of the command and its groups of options, by name;
    `command` is its module.
    """
    given: list[Any] = [values.get(name) for name in ("path", "also", "style")]
    for group in groups.values():
        if not isinstance(group, DataOptions):
            given += [getattr(group, "used_in", None), getattr(group, "also", None)]
        elif command != _EXPORT:
            given.append(group.folders())
    for one in filter(None, given):
        yield from [Path(one)] if isinstance(one, str) else map(Path, one)


def refuse_to_replace(file: Path, inputs: Iterable[Path]) -> None:
    """Raise CannotError for a file that holds what the answer is made of."""
    for one in inputs:
        for path in (one, *(one / name for name in paths.DATA_FILES)):
            with suppress(OSError, ValueError):
                if path.samefile(file):
                    what = f"{file} is read for this answer, which would replace it"
                    raise CannotError(f"{what}; nothing was written", "give another name")
