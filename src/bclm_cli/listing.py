"""How every list is shown: from a Selection to the terminal, a pipe or a file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from typing import TypeVar

import typer

from bclm_cli import render, views
from bclm_cli.errors import UsageError
from bclm_cli.model.records import Row
from bclm_cli.options.groups import FOR_READERS, FORMATS, ListOptions, named_form
from bclm_cli.options.suffix import chosen
from bclm_cli.output import write_file
from bclm_cli.query import FIELDS, Library, Selection
from bclm_cli.suggest import one_of
from bclm_cli.views import Item, Reading, Table, View

TEXT = "text"
T = TypeVar("T")


class Listing:
    """One answer to a command that lists: its format, its columns and where it is written.

    Each is worked out once, when it is first needed: a wrong --fields is an error only where fields
    are shown. `name` is a key of query.FIELDS, or else a list with its own `known` fields.
    """

    def __init__(self, name: str, options: ListOptions, known: tuple[str, ...] = ()) -> None:
        self.name = name
        self.options = options
        self.known = known or tuple(FIELDS[name])
        self.out = options.out()

    @cached_property
    def format(self) -> str:
        """-f, --json, the suffix of -o, else text for a person and TSV for a pipe."""
        options = self.options
        name = named_form(options.format, json=options.json)
        if name == "help":
            self._help(FORMATS)
        default = TEXT if self.out.terminal and not options.file else "tsv"
        return chosen(name, options.file, render.SUFFIXES, FORMATS, default=default)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns to show: those of --fields, else the usual ones of the format."""
        number, shown = views.COLUMNS[self.name]
        if self.options.fields is None:
            return shown if self.is_for_readers else self.known[:number]
        if self.options.fields == "help":
            self._help(self.known)
        wanted = [field.strip() for field in self.options.fields.split(",") if field.strip()]
        if not wanted:
            raise UsageError("--fields names no field", f"fields are {', '.join(self.known)}")
        return tuple(dict.fromkeys(one_of("field", field, self.known) for field in wanted))

    @property
    def is_for_readers(self) -> bool:
        """Whether a person reads the answer, on a terminal or in a document."""
        return self.format in FOR_READERS

    @property
    def is_cards(self) -> bool:
        """Whether a person reads the answer, and left its fields and order to us."""
        return self.is_for_readers and not (self.options.fields or self.options.sort)

    def show(self, library: Library, selection: Selection, *, distinct: bool = False) -> None:
        """The rows of the library; `distinct` leaves out those that equal an earlier one."""
        options = self.options
        is_free = self.is_for_readers and not options.fields  # to show what a reader should know
        if is_free and "notice" in self.known and library.statuses:
            self.columns = (*self.columns, "notice")
        # Some columns of a reader are made from several fields of the data.
        groups = (views.GROUPS.get(name, (name,)) for name in self.columns)
        fields = tuple(field for group in groups for field in group)
        sort = [field.strip() for field in (options.sort or "").split(",") if field.strip()]
        limit = None if distinct else options.limit
        rows = library.rows(self.name, selection, fields, sort=sort, limit=limit)
        if distinct:
            rows = islice(dict.fromkeys(rows), options.limit)
        numbers = {step.id: step.number for step in library.steps()} if self.is_for_readers else {}
        self._table(Table(fields, self._noted(rows)), numbers)

    def show_rows(self, found: Iterable[Row], *, marks: tuple[str, ...] = ()) -> None:
        """Rows that are no list of the store, such as the hits of a search, best first; a reader
        sees the words of `marks` stand out."""
        columns = self.columns
        if self.options.sort:
            raise UsageError(
                f"--sort has no meaning for `{self.name}`", "it has an order of its own"
            )
        places = [self.known.index(field) for field in columns]
        cells = (tuple(row[place] for place in places) for row in found)
        rows = self._noted(islice(cells, self.options.limit))
        self._table(Table(columns, rows), {}, marks)

    def show_cards(self, found: Iterable[Item]) -> None:
        """Records in a form that is for reading alone."""
        self._put(self._drawn(self._noted(islice(found, self.options.limit))))

    def _drawn(self, view: View) -> Iterable[str]:
        if self.format == TEXT:
            return render.text(view, self.out)
        return render.document(view, self.format)

    def show_reading(self, view: Reading) -> None:
        """A table in a form that is for reading alone."""
        rows = self._noted(islice(view.rows, self.options.limit))
        self._put(self._drawn(view._replace(rows=rows)))

    def _table(self, table: Table, numbers: dict[str, int], marks: tuple[str, ...] = ()) -> None:
        if self.is_for_readers:
            from bclm_cli.views.lists import reading

            self._put(self._drawn(reading(table, self.columns, numbers, marks)))
            return
        options = self.options
        asked = options.format is not None or options.file is not None
        header = options.header if options.header is not None else asked
        self._put(render.table(table, self.format, header=header))

    def _noted(self, found: Iterable[T]) -> Iterable[T]:
        """What was found, with a note where that is nothing though something was asked for."""
        what = {"refs": "papers", "compare": "claims", "new": "new papers"}.get(
            self.name, self.name
        )
        return self.out.noted(found, f"no {what} match") if self.options.limit != 0 else found

    def _put(self, chunks: Iterable[str]) -> None:
        """Write to -o FILE or stdout; a long answer for a person goes through a pager."""
        if self.options.file:
            write_file(self.options.file, chunks)
        elif self.format == TEXT:
            self.out.page(chunks)
        else:
            self.out.write(chunks)

    def _help(self, names: Iterable[str]) -> None:
        """List what an option takes, and end."""
        self.out.write(f"{name}\n" for name in names)
        raise typer.Exit()
