"""How every list leaves: one road from a Selection to the terminal, a pipe or a file."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

import typer

from bclm_cli import render, views
from bclm_cli.errors import UsageError
from bclm_cli.model.records import Row
from bclm_cli.options.groups import ListOptions, named_form
from bclm_cli.options.suffix import form
from bclm_cli.output import Output, write_file
from bclm_cli.query import FIELDS, Library, Selection
from bclm_cli.suggest import one_of
from bclm_cli.views import Item, Table

TEXT = "text"
T = TypeVar("T")


def listing(
    library: Library,
    list_: str,
    selection: Selection,
    options: ListOptions,
    *,
    distinct: bool = False,
) -> None:
    """Show a list (a key of query.FIELDS) as the output flags say.

    `distinct` leaves out rows that equal an earlier one.
    """
    out = options.out()
    columns = _columns(list_, tuple(FIELDS[list_]), options, out)
    if columns is None:
        return
    sort = [field.strip() for field in (options.sort or "").split(",") if field.strip()]
    fields = _fields(columns)
    limit = None if distinct else options.limit
    rows = library.rows(list_, selection, fields, sort=sort, limit=limit)
    if distinct:
        rows = islice(dict.fromkeys(rows), options.limit)
    numbers = {step.id: step.number for step in library.steps()} if is_text(options, out) else {}
    _table(list_, Table(fields, _noted(rows, list_, options, out)), columns, numbers, options, out)


def rows(
    list_: str,
    fields: tuple[str, ...],
    found: Iterable[Row],
    options: ListOptions,
    *,
    marks: tuple[str, ...] = (),
) -> None:
    """Show rows that are no list of the store, such as the hits of a search."""
    out = options.out()
    columns = _columns(list_, fields, options, out)
    if columns is None:
        return
    if options.sort:
        raise UsageError(f"--sort has no meaning for `{list_}`", "its order is best first")
    places = [fields.index(field) for field in columns]
    picked = (tuple(row[place] for place in places) for row in found)
    _table(list_, Table(columns, picked), columns, {}, options, out, marks)


def cards(list_: str, found: Iterable[Item], options: ListOptions) -> None:
    """Show records of a list in a form that is for reading alone."""
    out = options.out()
    put(render.text(_noted(islice(found, options.limit), list_, options, out), out), options, out)


def as_cards(options: ListOptions) -> bool:
    """Whether a person reads the answer, and left its fields and order to us."""
    return is_text(options, options.out()) and not (options.fields or options.sort)


def put(chunks: Iterable[str], options: ListOptions, out: Output) -> None:
    """Write the answer to -o FILE or stdout; a long one for a person goes through a pager."""
    if options.file:
        write_file(options.file, chunks)
    elif is_text(options, out):
        out.page(chunks)
    else:
        out.write(chunks)


def is_text(options: ListOptions, out: Output) -> bool:
    """Whether a person reads the answer."""
    return _format(options, out) == TEXT


def _format(options: ListOptions, out: Output) -> str:
    """-f, --json, the suffix of -o, else text for a person and TSV for a pipe."""
    name = named_form(options.format, json=options.json)
    if name == "help":
        out.write(f"{name}\n" for name in (TEXT, *render.FORMATS))
        raise typer.Exit()
    if name is None and options.file:
        name = form(options.file, render.SUFFIXES, (TEXT, *render.FORMATS)) or "tsv"
    if name is None:
        name = TEXT if out.terminal else "tsv"
    return one_of("format", name, (TEXT, *render.FORMATS))


def _columns(
    list_: str, known: tuple[str, ...], options: ListOptions, out: Output
) -> tuple[str, ...] | None:
    """The columns to show; None if --fields help has been answered."""
    number, shown = views.COLUMNS[list_]
    if options.fields is None:
        return shown if is_text(options, out) else known[:number]
    if options.fields == "help":
        out.write(f"{field}\n" for field in known)
        return None
    wanted = [field.strip() for field in options.fields.split(",") if field.strip()]
    if not wanted:
        raise UsageError("--fields names no field", f"fields are {', '.join(known)}")
    return tuple(dict.fromkeys(one_of("field", field, known) for field in wanted))


def _fields(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The fields behind the columns: `evidence` stands for several."""
    groups = (views.EVIDENCE if column == "evidence" else (column,) for column in columns)
    return tuple(field for group in groups for field in group)


def _noted(found: Iterable[T], list_: str, options: ListOptions, out: Output) -> Iterable[T]:
    """What was found, with a word where that is nothing though something was asked for."""
    what = "papers" if list_ == "refs" else list_
    return out.noted(found, f"no {what} match") if options.limit != 0 else found


def _table(
    list_: str,
    table: Table,
    columns: tuple[str, ...],
    numbers: dict[str, int],
    options: ListOptions,
    out: Output,
    marks: tuple[str, ...] = (),
) -> None:
    format_ = _format(options, out)
    if format_ == TEXT:
        from bclm_cli.views.lists import reading

        chunks = render.text(reading(table, columns, numbers, marks), out)
    else:
        asked = options.format is not None or options.file is not None
        header = options.header if options.header is not None else asked
        chunks = render.table(table, format_, header=header)
    put(chunks, options, out)
