"""What is wrong with the data, or with a manuscript's citations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bclm_cli import checks, render
from bclm_cli.checks.findings import ERROR, LEVELS, WARNING, Finding
from bclm_cli.errors import FindingsError, ServiceError, UsageError
from bclm_cli.options.completion import among
from bclm_cli.options.groups import FORMATS, DataOptions, FileOptions, Json, named_form
from bclm_cli.options.suffix import chosen
from bclm_cli.output import Meter, Output, can_ask, reading, rewrite_file, turn
from bclm_cli.suggest import one_of
from bclm_cli.text.control_chars import visible
from bclm_cli.views import Table

if TYPE_CHECKING:
    from bclm_cli.checks.asked import Source
    from bclm_cli.checks.data import Report

ORDER = 100
TEXT = "text"
ONE_LINE = 100_000
"""Columns: a finding is not broken, so that a terminal can make a link of its place."""
EXAMPLES = (
    "bclm check paper.tex --also mine.bib",
    "bclm check paper.qmd --strict --ignore no-doi",
    "bclm check lab/ --fix",
    "bclm check --level note -f json",
    "bclm check paper.tex --online",
)


def command(
    path: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE|DIR]...", help="Manuscripts or data folders; by default the data."
        ),
    ] = None,
    *,
    also: Annotated[
        list[str] | None,
        typer.Option("--also", metavar="FILE", help="Another .bib file that the manuscript uses."),
    ] = None,
    used_in_format: Annotated[
        str | None,
        typer.Option(
            "--used-in-format",
            metavar="FORMAT",
            help="The manuscript's format, needed for `-`, which is stdin.",
        ),
    ] = None,
    level: Annotated[
        str,
        typer.Option(
            "--level",
            metavar="LEVEL",
            help=f"List findings down to this level: {', '.join(LEVELS)}.",
            autocompletion=among(*LEVELS),
        ),
    ] = WARNING,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for warnings too.")] = False,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="RULE,...", help="Leave out the findings of these rules."),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Fix what is safe to fix, after showing a diff.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --fix: do not ask.")] = False,
    online: Annotated[
        bool,
        typer.Option(
            "--online",
            help="Ask Crossref and PubMed about each paper: retracted, corrected, invented, other"
            " than its record?",
        ),
    ] = False,
    options: FileOptions,
    json: Json = False,
    data: DataOptions,
) -> None:
    """Is the data sound, does every citation lead to one whole paper?

    Errors are exit 1. A finding names its place as compilers do: file:line:column. If a service
    of --online cannot be asked, that is a finding, too, and exit 4.
    """
    options = options._replace(format=named_form(options.format, json=json))
    out = options.out()
    if options.format == "help":
        out.write(f"{name}\n" for name in FORMATS)
        return
    format_ = _format(options)
    one_of("level", level, LEVELS)
    left_out = _rules(ignore or [])
    from bclm_cli.checks import asked
    from bclm_cli.checks import data as of_data

    ours = [Path(name) for name in path or [] if of_data.is_data(Path(name))]
    others = [name for name in path or [] if Path(name) not in ours]
    if fix and not ours:
        raise UsageError("--fix needs a data folder", "bclm check --fix DIR")
    with _source(data, online=online) as source:
        found: list[Finding] = []
        if ours or not others:
            corpus = of_data.gather(ours, data.folders(), shipped=not data.only_data)
            if fix:
                _fix(of_data.check(*corpus), out, yes=yes)
            found += of_data.check(*corpus).findings
            found += asked.of_data(*corpus, source) if source else ()
        if others:
            found += _cited(tuple(others), used_in_format, also or [], data, source)
    found = [one for one in found if one.rule not in left_out]
    shown = [one for one in found if LEVELS.index(one.level) <= LEVELS.index(level)]
    _show(shown, format_, options, out)
    _conclude(found, level, out, strict=strict)


@contextmanager
def _source(data: DataOptions, *, online: bool) -> Iterator[Source]:
    """What is known of papers: from the services, or from the last time that they were asked."""
    from bclm_cli.checks.asked import Source

    if not online:
        yield Source()
        return
    from bclm_cli.online.lookup import NOTICES_AGE
    from bclm_cli.online.session import session

    meter = Meter(quiet=data.quiet)
    try:
        with session(max_age=NOTICES_AGE, refresh=data.refresh, progress=meter.asking) as lookup:
            yield Source(lookup)
    finally:
        meter.clear()


def _cited(
    files: tuple[str, ...],
    format_: str | None,
    also: list[str],
    data: DataOptions,
    source: Source,
) -> list[Finding]:
    from bclm_cli.checks import asked, manuscript
    from bclm_cli.manuscript import scan
    from bclm_cli.options.used_in import held_elsewhere

    with reading(map(Path, files)):
        found = scan(files, format_)
    known = manuscript.known(data.library(), found, held_elsewhere(also))
    findings = list(manuscript.check(found, known))
    return findings + (asked.of_manuscript(found, known, source) if source else [])


def _fix(report: Report, out: Output, *, yes: bool) -> None:
    """Show what can be put right, ask, and write it."""
    from bclm_cli.checks import fixes

    edits = [fixes.edit(path, found) for path, found in report.fixes.items()]
    changes = [edit for edit in edits if edit]
    if not changes:
        out.note("nothing that can be put right without a look at the paper")
        return
    out.write(line for edit in changes for line in fixes.difference(edit))
    if not yes and not (can_ask() and out.terminal):
        raise FindingsError("nothing is written yet", "--yes writes it")
    if not yes and not typer.confirm("Write this?", err=True):
        raise FindingsError("nothing is written")
    for edit in changes:
        with turn(edit.path):
            rewrite_file(edit.path, edit.before, edit.after)
        out.note(f"put {edit.fixed} value{'s' * (edit.fixed > 1)} right in {edit.path}")


def _show(found: list[Finding], format_: str, options: FileOptions, out: Output) -> None:
    if format_ in render.DOCUMENTS:
        from bclm_cli.views.lists import reading

        view = reading(Table(Finding._fields, found), Finding._fields, {})
        chunks = render.document(view, format_)
    elif format_ != TEXT:
        chunks = render.table(Table(Finding._fields, found), format_, header=True)
    elif out.terminal or out.color:
        from bclm_cli.checks.view import line

        chunks = render.text(tuple(map(line, found)), out._replace(width=ONE_LINE))
    else:
        chunks = (f"{visible(str(one))}\n" for one in found)
    options.put(chunks, out)


def _conclude(found: list[Finding], level: str, out: Output, *, strict: bool) -> None:
    """Say how many findings there are; raise FindingsError if they are grave."""
    from bclm_cli.checks.view import hint, summary

    grave = {ERROR, WARNING} if strict else {ERROR}
    if grave & {one.level for one in found}:
        raise FindingsError(summary(found), hint(found, level))
    if any(one.rule == "not-asked" for one in found):
        raise ServiceError(summary(found), "not every service could be asked: try again later")
    more = hint(found, level)
    out.note(summary(found) + (f" ({more})" if more else ""))


def _format(options: FileOptions) -> str:
    return chosen(options.format, options.file, render.SUFFIXES, FORMATS, default=TEXT)


def _rules(names: list[str]) -> set[str]:
    known = tuple(rule.name for rule in checks.rules())
    return {one_of("rule", one.strip(), known) for name in names for one in name.split(",")}
