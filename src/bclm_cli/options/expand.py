"""How a command takes a whole group of options as one parameter."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, get_type_hints

from bclm_cli import paths
from bclm_cli.errors import CannotError
from bclm_cli.options.groups import DataOptions, FileOptions, ListOptions


def expand(function: Callable[..., None]) -> Callable[..., None]:
    """The command with the options of its groups in the place of the groups."""
    signature = inspect.signature(function, eval_str=True)
    groups: dict[str, Any] = {}
    parameters = []
    for parameter in signature.parameters.values():
        group = parameter.annotation
        if not hasattr(group, "_field_defaults"):  # a group is a NamedTuple of options
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
            continue
        groups[parameter.name] = group
        hints = get_type_hints(group, include_extras=True)
        parameters += [
            inspect.Parameter(
                f"{parameter.name}_{field}",
                inspect.Parameter.KEYWORD_ONLY,
                default=group._field_defaults[field],
                annotation=hints[field],
            )
            for field in _options(group)
        ]

    def run(**values: Any) -> None:
        filled = {
            name: group(**{field: values.pop(f"{name}_{field}") for field in _options(group)})
            for name, group in groups.items()
        }
        quiet = values.get("quiet", False) or any(
            group.quiet for group in filled.values() if isinstance(group, ListOptions | FileOptions)
        )
        for name, one in filled.items():
            if isinstance(one, DataOptions):
                filled[name] = one._replace(quiet=quiet)
        file = next((one.file for one in filled.values() if hasattr(one, "file")), None)
        if file and file.is_file():
            _refuse_input(file, _read(values, filled, data=not function.__module__.endswith(_OWN)))
        function(**values, **filled)

    run.__name__, run.__doc__ = function.__name__, function.__doc__
    run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


_OWN = ".export"
"""The command that may replace the data it reads, and looks itself at what would be lost."""


def _read(
    values: Mapping[str, Any], groups: Mapping[str, Any], *, data: bool
) -> Iterator[str | Path]:
    """The files, and the folders of data, that a command line names to be read."""
    for one in groups.values():
        if isinstance(one, DataOptions):
            yield from one.folders() if data else ()
        else:
            yield from getattr(one, "used_in", None) or ()
            yield from getattr(one, "also", None) or ()
    for name in ("path", "also", "style"):
        given = values.get(name) or ()
        yield from [given] if isinstance(given, str) else given


def _refuse_input(file: Path, read: Iterator[str | Path]) -> None:
    """Raise CannotError for a file that holds what the answer is made of."""
    for one in map(Path, read):
        for input_ in (one, *(one / name for name in paths.DATA_FILES)):
            with suppress(OSError, ValueError):
                if input_.samefile(file):
                    what = f"{file} is read for this answer, which would replace it"
                    raise CannotError(f"{what}; nothing was written", "give another name")


def _options(group: Any) -> list[str]:
    """The fields of a group that are options on the command line."""
    return [field for field, hint in group.__annotations__.items() if hasattr(hint, "__metadata__")]
