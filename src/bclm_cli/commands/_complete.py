"""The candidates that a shell offers: values of a list, and names from the data."""

import os
from collections.abc import Callable

import typer

from bclm_cli.errors import BclmError

COMPLETING = "_BCLM_COMPLETE" in os.environ
"""Whether a shell asks for candidates; else Typer need not look at the functions that make them."""


def completing(what: str) -> Callable[[typer.Context, str], list[tuple[str, str]]] | None:
    """The completion of a "step", "factor" or "paper" from the data that the line names."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from bclm_cli.commands._options import Data
        from bclm_cli.query import Library

        try:
            data = Data(ctx.params.get("data_data") or [])
            shipped = not ctx.params.get("data_only_data")
            return Library(data.folders(), shipped=shipped).beginning(what, incomplete)
        except BclmError:  # a shell that completes is no place for complaints
            return []

    return complete if COMPLETING else None


def among(*values: str) -> Callable[[str], list[str]] | None:
    """The completion of an option that takes one of a few values."""

    def complete(incomplete: str) -> list[str]:
        return [value for value in values if value.startswith(incomplete)]

    return complete if COMPLETING else None
