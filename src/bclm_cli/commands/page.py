"""The whole model, or a part of it, as one HTML file to open, send or print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from bclm_cli import __version__, output
from bclm_cli.errors import NotFoundError, UsageError
from bclm_cli.options.completion import completing
from bclm_cli.options.groups import DataOptions, File, Quiet, names
from bclm_cli.options.selection import SelectionOptions
from bclm_cli.output import Output
from bclm_cli.page.explorer import Explorer
from bclm_cli.query import Library, Selection
from bclm_cli.query.search import groups
from bclm_cli.suggest import missing, near, quoted

ORDER = 95
EXAMPLES = (
    "bclm page -o bclm.html",
    "bclm page margination -o margination.html",
    "bclm page CXCR4 CXCL12 --site liver -o cxcr4.html",
)
FOR_MAIL = 10
"""Megabytes that most mail takes."""
SUFFIXES = ("", ".html", ".htm")


def command(
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[STEP|NAME]...",
            help="Only these steps or factors; `-` reads them from stdin.",
            autocompletion=completing("factor"),
        ),
    ] = None,
    *,
    file: File = None,
    quiet: Quiet = False,
    flags: SelectionOptions,
    data: DataOptions,
) -> None:
    """Show it to somebody: the cascade, claims and papers as one page for a browser.

    The file needs no network and no program but a browser: figure, search, filters, both sides of
    what is disputed, references to copy. Everything has an address: bclm.html#factor/CXCR4.
    """
    out = Output.detect(quiet=quiet)
    if file and file.suffix.lower() not in SUFFIXES:
        hint = f"name it {file.with_suffix('.html')}"
        raise UsageError(f"a page is HTML, not {quoted(file.suffix)}", hint)
    if file is None and out.terminal:
        raise UsageError("a page is for a browser", f"write it to a file: {_to_file(name or [])}")
    library = data.library()
    selection, subjects = _named(library, flags, names(name))
    from bclm_cli.page.document import document

    explorer = _explorer(library, selection)._replace(subject=", ".join(subjects))
    if not explorer.claims and not explorer.papers:
        out.note("no claims match")
    chunks = document(explorer)
    if file is None:
        out.write(chunks)
    else:
        output.write_file(file, chunks)
        megabytes = file.stat().st_size / 1e6
        if megabytes > FOR_MAIL:
            out.note(f"{megabytes:.0f} MB are too large for most mail; a selection is smaller")


def _to_file(given: Sequence[str]) -> str:
    """The command that writes the page of these names to a file."""
    from shlex import join

    stem = given[0] if len(given) == 1 and given[0].isalnum() else "bclm"
    return join(["bclm", "page", *given, "-o", f"{stem}.html"])


def _named(
    library: Library, flags: SelectionOptions, wanted: Iterable[str] | None
) -> tuple[Selection, Sequence[str]]:
    """The selection with the steps and factors that are named, families with their members, and how
    the data calls those; a name of both kinds is a step."""
    selection = flags.selection()
    if wanted is None:
        return selection, ()
    steps, factors = [], []
    found: tuple[str, ...] = ()
    for name in wanted:
        try:
            steps.append(library.step(name))
        except NotFoundError:
            factors.append(name)
    if steps:
        flags.refuse("step", "STEP")
        selection = selection._replace(step=tuple(steps))
    if factors:
        flags.refuse("factor", "NAME")
        found = _factors(library, factors)
        members = [name for factor in found for name in library.narrower(factor)]
        selection = selection._replace(factor=tuple(dict.fromkeys([*found, *members])))
    called = [step.name for step in library.steps() if step.id in steps]
    return selection if steps or factors else selection._replace(keys=()), (*called, *found)


def _factors(library: Library, wanted: Sequence[str]) -> tuple[str, ...]:
    """Factors by name. Raises NotFoundError that knows steps as well."""
    try:
        return library.factor_names(wanted)
    except NotFoundError:
        steps = [step.id for step in library.steps()]
        for name in wanted:
            if alike := near(name, steps):
                raise NotFoundError(missing("step", name, alike)) from None
        raise


def _explorer(library: Library, selection: Selection) -> Explorer:
    shipped = library.about()["layers"][0]["version"] or ""
    factors = library.factors(selection)
    papers = list(library.references(selection))
    found = ((paper.id, library.status(paper)) for paper in papers)
    return Explorer(
        title=library.title(),
        versions=(__version__, shipped),
        origin=library.origin(),
        steps=library.steps(selection),
        factors=factors,
        claims=list(library.claims(selection)),
        papers=[library.with_notice(paper) for paper in papers],
        indexed=list(library.indexed()),
        narrower={factor.name: library.narrower(factor.name) for factor in factors},
        relatives={factor.name: library.relatives(factor.name) for factor in factors},
        notices={key: (status.notices, status.as_of) for key, status in found if status},
        synonyms=groups(),
        terms=library.terms(),
    )
