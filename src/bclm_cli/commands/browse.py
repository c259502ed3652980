"""A browser for the terminal: walk from step to factor, claim and paper."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from bclm_cli.errors import CannotError
from bclm_cli.options.completion import completing
from bclm_cli.options.groups import DataOptions
from bclm_cli.options.selection import SelectionOptions

ORDER = 96
EXAMPLES = ("bclm browse", "bclm browse CXCR4", "bclm browse --site liver")


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="Start at this factor or step.",
            autocompletion=completing("factor"),
        ),
    ] = None,
    *,
    flags: SelectionOptions,
    data: DataOptions,
) -> None:
    """Walk through steps, factors, claims and papers; mark papers and export them.

    `?` shows the keys. It needs the extra `browse`.
    """
    _check_terminal()
    try:
        import textual  # noqa: F401
    except ImportError:
        raise CannotError(
            "the browser needs Textual", "pip install 'bclm-cli[browse]' brings it"
        ) from None
    from bclm_cli.browse.app import Browser
    from bclm_cli.browse.explorer import Explorer

    explorer = Explorer(data.library(), flags.selection())
    if name is not None:
        explorer.start_at(name)
    Browser(explorer).run()


def _check_terminal() -> None:
    """Raise CannotError where nothing can be drawn: in a pipe, or on a terminal that cannot."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):  # Textual draws on stderr
        if stream is None or not stream.isatty():
            raise CannotError("browse needs a terminal", "`bclm tree` shows the same in a pipe")
    if os.environ.get("TERM", "dumb") == "dumb":
        raise CannotError(
            "this terminal (TERM=dumb) cannot show it", "`bclm tree` can be read here"
        )
