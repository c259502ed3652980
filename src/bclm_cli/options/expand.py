"""How a command takes a whole group of options as one parameter."""

import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

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
            from bclm_cli.options.inputs import named, refuse_to_replace

            refuse_to_replace(file, named(values, filled, function.__module__))
        function(**values, **filled)

    run.__name__, run.__doc__ = function.__name__, function.__doc__
    run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _options(group: Any) -> list[str]:
    """The fields of a group that are options on the command line."""
    return [field for field, hint in group.__annotations__.items() if hasattr(hint, "__metadata__")]
