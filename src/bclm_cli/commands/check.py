"""What is wrong with the data, or with a manuscript's citations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bclm_cli import checks, render
from bclm_cli.checks.findings import ERROR, LEVELS, NOT_ASKED, WARNING, Finding
from bclm_cli.errors import FindingsError, ServiceError, UsageError
from bclm_cli.options.completion import among
from bclm_cli.options.groups import FORMATS, DataOptions, FileOptions, Json, named_form
from bclm_cli.options.suffix import chosen
from bclm_cli.output import Meter, Output, reading, rewrite_file, say, turn
from bclm_cli.suggest import one_of
from bclm_cli.text.control_chars import visible
from bclm_cli.text.counted import counted
from bclm_cli.views import Table

if TYPE_CHECKING:
    from bclm_cli.checks.asked import Source
    from bclm_cli.checks.bibliography import Reading
    from bclm_cli.checks.fixes import Edit
    from bclm_cli.checks.subjects import Subjects

ORDER = 100
TEXT = "text"
ONE_LINE = 100_000
"""Columns: a finding is not broken, so that a terminal can make a link of its place."""
EXAMPLES = (
    "bclm check paper.tex",
    "bclm check mine.bib --fix",
    "bclm check paper.qmd --strict --ignore no-doi",
    "bclm check lab/ --fix --write",
    "bclm check --level note -f json",
)


def command(
    path: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE|DIR]...",
            help="Manuscripts, bibliographies or data folders; by default the data.",
        ),
    ] = None,
    *,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also", metavar="FILE", help="A bibliography that the manuscript does not name."
        ),
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
        bool, typer.Option("--fix", help="Show as a diff what can be put right safely.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="With --fix: write it.")] = False,
    online: Annotated[
        bool,
        typer.Option(
            "--online",
            help="Ask Crossref and PubMed about each paper: retracted, corrected, invented, other"
            " than its record?",
        ),
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List findings of one kind one by one.")
    ] = False,
    options: FileOptions,
    json: Json = False,
    data: DataOptions,
) -> None:
    """Is the data sound, does every citation lead to one whole paper?

    With a manuscript, its bibliography is checked too: the one that it names. Errors are exit 1. A
    finding names its place as compilers do: file:line:column. If a service of --online cannot be
    asked, that is a finding, too, and exit 4.
    """
    options = options._replace(format=named_form(options.format, json=json))
    out = options.out()
    if options.format == "help":
        out.write(f"{name}\n" for name in FORMATS)
        return
    format_ = chosen(options.format, options.file, render.SUFFIXES, FORMATS, default=TEXT)
    one_of("level", level, LEVELS)
    rules = tuple(rule.name for rule in checks.rules())
    left_out = {
        one_of("rule", name.strip(), rules) for of in ignore or () for name in of.split(",")
    }
    from bclm_cli.checks.subjects import subjects

    if write and not fix:
        raise UsageError("--write needs --fix", "bclm check --fix --write FILE")
    ours = subjects(path or [])
    library = data._replace(quiet=True)  # what is wrong with the data is said by its findings
    if fix:
        _fix(ours, library, out, write=write)
    manuscripts = _Manuscripts(tuple(ours.manuscripts), used_in_format, tuple(also or ()))
    with _source(data, online=online) as source:
        found = _found(ours, manuscripts, library, source, out)
    found = [one for one in found if one.rule not in left_out]
    shown = [one for one in found if LEVELS.index(one.level) <= LEVELS.index(level)]
    _show(shown, format_, options, out, verbose=verbose)
    _conclude(found, level, source, out, strict=strict)


class _Manuscripts(NamedTuple):
    """Manuscripts, their format if it was named, and bibliographies that they do not name."""

    files: tuple[str, ...]
    format: str | None
    also: tuple[str, ...]


@contextmanager
def _source(data: DataOptions, *, online: bool) -> Iterator[Source]:
    """What is known of papers: from the services, or from the last time that they were asked."""
    from bclm_cli.checks.asked import Source

    if not online:
        yield Source()
        return
    from bclm_cli.online.lookup import NOTICES_AGE
    from bclm_cli.online.session import session

    with (
        Meter(quiet=data.quiet) as meter,
        session(max_age=NOTICES_AGE, refresh=data.refresh, watch=meter) as lookup,
    ):
        yield Source(lookup)


def _found(
    ours: Subjects, manuscripts: _Manuscripts, data: DataOptions, source: Source, out: Output
) -> list[Finding]:
    from bclm_cli.checks import asked, bibliography
    from bclm_cli.checks import data as of_data
    from bclm_cli.checks.in_data import InData
    from bclm_cli.checks.subjects import bibliographies as in_place

    found: list[Finding] = []
    bibliographies = ours.bibliographies
    if ours.data or not any(ours):
        corpus = of_data.gather(ours.data, data.folders(), shipped=not data.only_data)
        found += of_data.check(*corpus).findings
        found += asked.of_data(*corpus, source) if source else ()
        if not any(ours):
            bibliographies = [file for path in data.folders() for file in in_place(path)]
    readings: list[Reading] = []
    if bibliographies:
        in_data = InData(data.library).find
        terms = data.library().terms()
        readings = [bibliography.read(file, terms) for file in bibliographies]
        found += bibliography.check(readings, in_data=in_data)
        found += asked.of_bibliographies(readings, source) if source else ()
    if manuscripts.files:
        found += _cited(manuscripts, readings, data, source, out)
    return found


def _cited(
    manuscripts: _Manuscripts,
    checked: list[Reading],
    data: DataOptions,
    source: Source,
    out: Output,
) -> list[Finding]:
    """What is wrong with the citations, and with the bibliographies that the manuscript names,
    leaving out what was already reported for `checked`."""
    from bclm_cli.checks import asked, bibliography, manuscript, subjects
    from bclm_cli.checks.in_data import InData
    from bclm_cli.manuscript import scan

    with reading(map(Path, manuscripts.files)):
        found = scan(manuscripts.files, manuscripts.format)
    named = manuscript.bibliographies(found, manuscripts.also)
    read = {one.file: one for one in checked}
    others = subjects.others(named.values(), read)
    if others:
        out.note(f"also checked: {', '.join(map(Path.as_posix, others))}")
    # What is wrong in them is among the findings; the first that has a key is the one that counts.
    own = data._replace(data=[*data.folders(), *reversed(named.values())])
    missing = manuscript.missing_bibliographies(found)
    complete = named if found.bibliographies and not missing else {}
    terms = data.library().terms() if named else frozenset()
    readings = [read.get(file) or bibliography.read(file, terms) for file in named.values()]
    entries = bibliography.check(readings, found.keys)
    known = manuscript.known(own.library(), found, complete, bibliography.broken(entries))
    known = known._replace(in_data=InData(data.library).find)
    return [
        *manuscript.check(found, known),
        *missing,
        *(one for one in entries if one.rule == "unused" or Path(one.file) in others),
        *(asked.of_manuscript(found, known, source) if source else ()),
    ]


def _fix(ours: Subjects, data: DataOptions, out: Output, *, write: bool) -> None:
    """Show what can be put right, and write it."""
    from bclm_cli.checks import data as of_data
    from bclm_cli.checks import fixes

    if not (ours.data or ours.bibliographies):
        raise UsageError("--fix needs a bibliography or a data folder", "bclm check refs.bib --fix")
    changes: list[Edit] = []
    if ours.data:
        corpus = of_data.gather(ours.data, data.folders(), shipped=not data.only_data)
        report = of_data.check(*corpus)
        changes += filter(None, (fixes.edit(path, of) for path, of in report.fixes.items()))
    terms = data.library().terms() if ours.bibliographies else frozenset()
    changes += filter(None, (fixes.edit_bib(path, terms) for path in ours.bibliographies))
    if not changes:
        out.note("nothing here can be fixed safely without looking at the paper")
        return
    out.write(line for edit in changes for line in fixes.difference(edit))
    if not write:
        raise FindingsError("nothing is written yet", "--write writes it")
    for edit in changes:
        with turn(edit.path):
            rewrite_file(
                edit.path, edit.before.encode(edit.encoding), edit.after.encode(edit.encoding)
            )
        out.note(f"put {counted(edit.fixed, 'value')} right in {edit.path}")


def _show(
    found: list[Finding], format_: str, options: FileOptions, out: Output, *, verbose: bool
) -> None:
    if format_ != TEXT:
        options.put(_listed(found, format_), out)
        return
    from bclm_cli.checks import view

    found, hints = view.advice(found if verbose else view.folded(found))
    if out.terminal or out.color:
        chunks = render.text(tuple(map(view.line, found)), out._replace(width=ONE_LINE))
    else:
        chunks = (f"{visible(str(one))}\n" for one in found)
    options.put(chunks, out)
    for hint in hints:
        out.note(hint)


def _listed(found: list[Finding], format_: str) -> Iterator[str]:
    """All findings, one by one, for a program or a document."""
    table = Table(Finding._fields, found)
    if format_ in render.DOCUMENTS:
        from bclm_cli.views.lists import reading

        return render.document(reading(table, Finding._fields, {}), format_)
    return render.table(table, format_, header=True)


def _conclude(
    found: list[Finding], level: str, source: Source, out: Output, *, strict: bool
) -> None:
    """Say how many findings there are; raise FindingsError if they are grave, ServiceError if none
    is but not every service could be asked."""
    from bclm_cli.checks.view import hint, summary

    grave = {ERROR, WARNING} if strict else {ERROR}
    levels = {one.level for one in found if one.rule != NOT_ASKED}
    is_whole = all(one.rule != NOT_ASKED for one in found)
    if not is_whole:
        say(source.unchecked())
    if grave & levels:
        raise FindingsError(summary(found), hint(found, level))
    if not is_whole:
        services = "no service" if source.is_silent else "not every service"
        raise ServiceError(summary(found), f"{services} could be asked: try again later")
    more = hint(found, level)
    out.note(summary(found) + (f" ({more})" if more else ""))
