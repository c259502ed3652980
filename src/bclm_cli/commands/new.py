"""Papers in PubMed that the data lacks, by step or factor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from bclm_cli.errors import UsageError
from bclm_cli.listing import Listing
from bclm_cli.options.completion import completing
from bclm_cli.options.groups import DataOptions, ListOptions
from bclm_cli.output import Meter
from bclm_cli.query import Library, Selection
from bclm_cli.suggest import quoted

if TYPE_CHECKING:
    from bclm_cli.library.new import Search

ORDER = 115
EXAMPLES = (
    "bclm new --factor CXCR4 --since 2024",
    "bclm new --step extravasation --json",
    "bclm new --since 2026-01 --limit 3 --fields id,title",
)
_DAY = re.compile(r"(\d{4})(?:[-/](\d\d?)(?:[-/](\d\d?))?)?", re.ASCII)


def command(
    *,
    step: Annotated[
        list[str] | None,
        typer.Option(
            "--step",
            metavar="STEP",
            help="Papers that name this step.",
            autocompletion=completing("step"),
        ),
    ] = None,
    factor: Annotated[
        list[str] | None,
        typer.Option(
            "--factor",
            metavar="NAME",
            help="Papers that name this factor or one of its synonyms.",
            autocompletion=completing("factor"),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DATE",
            help="In PubMed since 2026, 2026-11 or 2026-11-29; by default since the literature"
            " was searched for the data.",
        ),
    ] = None,
    query: Annotated[
        str | None,
        typer.Option("--query", metavar="TEXT", help="Search PubMed for this instead."),
    ] = None,
    options: ListOptions,
    data: DataOptions,
) -> None:
    """What has come out since?

    Searches PubMed for breast cancer and liver metastasis, with the names of the step or factor,
    and leaves out what the data has. Newest first; `bclm add -` takes the rows. The search is shown
    on stderr.
    """
    if query is not None and (step or factor):
        raise UsageError("--query stands in the place of --step and --factor", "keep one")
    if query is not None and not query.strip():
        raise UsageError("--query is empty")
    from bclm_cli.library.new import COLUMNS

    listing = Listing("new", options, COLUMNS)
    _ = listing.columns, listing.sort  # a wrong flag is an error before anybody is asked
    library = data.library()
    term = query or _term(library, step or [], factor or [])
    day = _day(since) if since else _searched_until(library)
    found = _search(library, term, day, data)
    cut = f", the newest {found.looked_at} looked at" if found.total > found.looked_at else ""
    counts = f"{found.total} found{cut}, {found.known} known already"
    listing.out.note(f"PubMed: {found.query}")
    listing.out.note(f"since {day.replace('/', '-')}: {counts}")
    listing.show_rows(found.rows)


def _term(library: Library, steps: list[str], factors: list[str]) -> str:
    """The search for these steps and factors, as the data knows them."""
    from bclm_cli.online import terms

    ids = library.step_ids(steps)
    named = library.factor_names(factors)
    return terms.search(
        [one for one in library.steps() if one.id in ids],
        library.factors(Selection(factor=named)) if named else [],
    )


def _search(library: Library, term: str, day: str, data: DataOptions) -> Search:
    from bclm_cli.library.new import search
    from bclm_cli.online.session import session

    with (
        Meter(quiet=data.quiet) as meter,
        session(refresh=data.refresh, watch=meter) as lookup,
    ):
        return search(lookup, term, day, library.references())


def _searched_until(library: Library) -> str:
    """The last day until which the literature was searched for any of the data, else the day of
    the data."""
    layers = library.about()["layers"]
    known = (str(layer["searched_until"] or layer["version"] or "") for layer in layers)
    days = [day for day in known if _DAY.fullmatch(day)]
    if not days:
        raise UsageError(
            "the data does not say until when the literature was searched", "--since DATE says it"
        )
    return _day(max(days))


def _day(text: str) -> str:
    """A date as PubMed takes it, 2026/11/29."""
    match = _DAY.fullmatch(text.strip())
    parts = [int(part) for part in match.groups() if part] if match else []
    if not parts or any(
        not 1 <= part <= most for part, most in zip(parts[1:], (12, 31), strict=False)
    ):
        raise UsageError(f"{quoted(text)} is no date", "a date is like 2026, 2026-11 or 2026-11-29")
    return "/".join(f"{part:02d}" for part in parts)
