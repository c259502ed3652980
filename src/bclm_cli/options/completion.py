"""The candidates that a shell offers: values of a list, and names from the data."""

import os
from collections.abc import Callable, Iterable
from importlib import import_module

import typer

from bclm_cli import paths
from bclm_cli.errors import BclmError

COMPLETING = "_BCLM_COMPLETE" in os.environ
"""Whether a shell asks for candidates; else Typer need not look at the functions that make them."""


class Candidate(str):
    """What may stand for a word that it does not begin with: another case, or a synonym."""

    __slots__ = ()

    def startswith(self, *_: object) -> bool:  # Typer drops what does not
        return True


GIST = 60
"""Signs of a description: with a key before it, a line of 80 columns holds it."""
Complete = Callable[[typer.Context, str], list[tuple[str, str]]]


def completing(*kinds: str) -> Complete | None:
    """The completion of a "step", "factor" or "paper" from the data that the line names, or of a
    value that its claims have: such as a "system" or "site"."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from bclm_cli.query import Library

        try:
            folders = paths.overlays(ctx.params.get("data_data") or [])
            shipped = not ctx.params.get("data_only_data")
            library = Library(folders, shipped=shipped)
            found = [one for kind in kinds for one in library.completions(kind, incomplete)]
            candidates: list[tuple[str, str]]
            candidates = [(Candidate(name), _short(gist)) for name, gist in found]
            typed = incomplete.lower()
            return [one for one in candidates if one[0].lower().startswith(typed)] or candidates
        except BclmError:  # a shell that completes is no place for complaints
            return []

    return complete if COMPLETING else None


def among(*values: str) -> Complete | None:
    """The completion of an option that takes one of a few values."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        return _beginning(values, incomplete)

    return complete if COMPLETING else None


def _format(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The FORMATS of the command at hand."""
    module = import_module(f"bclm_cli.commands.{ctx.info_name}")
    return _beginning((*module.FORMATS, "help"), incomplete)


def _field(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The fields of the list at hand, also behind others and a comma."""
    from bclm_cli.query import FIELDS, Hit
    from bclm_cli.views.weights import COMPARED, CONFLICT

    known = {**FIELDS, "search": Hit._fields, "tree": FIELDS["claims"]}
    known |= {"compare": COMPARED, "conflicts": CONFLICT}
    before, comma, last = incomplete.rpartition(",")
    sign = "-" if last.startswith("-") else ""
    found = _beginning(known.get(ctx.info_name or "", ()), last.removeprefix("-"))
    taken = before.split(",")
    return [
        (Candidate(f"{before}{comma}{sign}{name}"), gist)
        for name, gist in found
        if name not in taken
    ]


def _exclusion(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The fields of --not, and behind a field and its sign the values of the field."""
    from bclm_cli.query import EXCLUDABLE

    field, equals, value = incomplete.partition("=")
    if not equals:
        return [(Candidate(f"{name}="), gist) for name, gist in _beginning(EXCLUDABLE, field)]
    if field not in EXCLUDABLE:
        return []
    [option] = (one for one in ctx.command.params if f"--{field}" in one.opts)
    found = option.shell_complete(ctx, value)
    return [(Candidate(f"{field}={one.value}"), one.help or "") for one in found]


an_exclusion = _exclusion if COMPLETING else None
a_format = _format if COMPLETING else None
a_field = _field if COMPLETING else None


def _short(gist: str) -> str:
    return gist if len(gist) <= GIST else f"{gist[: GIST - 1].rstrip()}…"


def _beginning(values: Iterable[str], start: str) -> list[tuple[str, str]]:
    """The values that begin so, in whatever case."""
    return [(Candidate(one), "") for one in values if one.lower().startswith(start.lower())]
