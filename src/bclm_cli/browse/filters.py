"""Selection flags as they are typed on the command line, read by the same parser."""

from __future__ import annotations

import shlex

from bclm_cli.errors import UsageError
from bclm_cli.options.expand import expand
from bclm_cli.options.selection import SelectionOptions
from bclm_cli.query import Selection


def parse(text: str) -> Selection:
    """The Selection of a line such as "--site liver --level human"; all for an empty one.

    Raises UsageError, as the command line does, for a flag that there is not.
    """
    import typer

    found: list[Selection] = []

    def select(*, flags: SelectionOptions) -> None:
        found.append(flags.selection())

    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(expand(select))
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise UsageError(f"{text}: {error}".lower()) from None
    try:
        typer.main.get_command(app)(args=words, standalone_mode=False)
    except Exception as error:
        if message := getattr(error, "format_message", None):  # click's own usage errors
            raise UsageError(message()) from None
        raise
    if not found:
        raise UsageError("filters are selection flags", "like --site liver --level human")
    return found[0]
