"""What the parser refuses, said as this program says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from bclm_cli.errors import UsageError
from bclm_cli.suggest import missing, near, quoted


@contextmanager
def own_words(context: Any) -> Iterator[None]:
    """Turn the parser's errors into ours, with the command at hand as the one to ask.

    Their classes move between versions of Typer; they are recognized by their attributes.
    """
    try:
        yield
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        way_out = shows_how(context)
        if context.parent is None and hasattr(error, "possibilities"):
            way_out = f"most options stand after the command; {way_out}"
        raise UsageError(_said(error, context), way_out) from None


def shows_how(context: Any) -> str:
    """The hint that names the help of the command."""
    return f"`{context.command_path} --help` shows how"


def no_more(context: Any, extra: Sequence[str]) -> None:
    """Raise UsageError for arguments that nothing on the line takes."""
    if unexpected := ", ".join(map(quoted, extra)):
        arguments = [one for one in context.command.params if one.param_type_name == "argument"]
        if arguments:
            takes = f"{context.info_name} takes one {arguments[0].human_readable_name.strip('[]')}"
        elif any("--factor" in _names(option) for option in _options(context)):
            takes = "--factor selects, and a name with a space needs quotes: --factor 'CTC cluster'"
        else:
            takes = f"{context.info_name} takes no names"
        raise UsageError(f"unexpected argument {unexpected}", f"{takes}; {shows_how(context)}")


def with_first_values(arguments: Iterable[str], optional: Mapping[str, Sequence[str]]) -> list[str]:
    """A command line in which an option of `optional` that stands alone has the first of its
    values: `refs KEY --web` is `refs KEY --web=doi`."""
    given = list(arguments)
    for at, argument in enumerate(given):
        if argument == "--":
            break
        values = optional.get(argument)
        if values and (at + 1 == len(given) or given[at + 1] not in values):
            given[at] = f"{argument}={values[0]}"
    return given


def number(option: str, least: int, most: int | None = None) -> Callable[[Any], int]:
    """What reads the number of an option; UsageError for what is none or out of range."""
    span = f"from {least}" + (f" to {most}" if most is not None else "")

    def read(given: Any) -> int:
        text = str(given)
        value = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1
        if value < least or (most is not None and value > most):
            raise UsageError(f"{option} takes a number {span}, not {quoted(text)}")
        return value

    return read


def _said(error: Any, context: Any) -> str:
    option: Any = getattr(error, "option_name", None)
    if hasattr(error, "possibilities"):
        return missing("option", option, _alike(option, context))
    if option:
        takes_none = any(one.is_flag for one in _options(context) if option in _names(one))
        return f"{option} takes no value" if takes_none else f"{option} needs a value"
    parameter = getattr(error, "param", None)
    if parameter is not None and not error.message:
        needed = parameter.human_readable_name.rstrip(".").split()
        least = f"at least {len(needed)} {needed[0]}s" if len(needed) > 1 else needed[0]
        return f"{context.info_name} needs {least}"
    text = str(error.format_message()).rstrip(".")
    return text[:1].lower() + text[1:]


def _alike(option: str, context: Any) -> list[str]:
    """The options that begin so or alike, or are a slip away; the dashes alone make none alike."""
    shown = (one for one in _options(context) if not one.hidden)
    known = {name.lstrip("-"): name for one in shown for name in _names(one)}
    wanted = option.lstrip("-")
    if len(wanted) < 2:
        return []
    longer = [name for name in known if name.startswith(wanted)]
    related = [name for name in known if len(wanted) > 5 and name[:5] == wanted[:5]]
    alike = dict.fromkeys([*longer, *near(wanted, known, alike=0.7), *related])
    return [known[name] for name in alike][:3]


def _options(context: Any) -> list[Any]:
    return [one for one in context.command.get_params(context) if one.param_type_name == "option"]


def _names(parameter: Any) -> list[str]:
    return [*parameter.opts, *parameter.secondary_opts]
