"""How every list is shown: from a Selection to the terminal, a pipe or a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

import typer

from bclm_cli import render, views
from bclm_cli.errors import UsageError
from bclm_cli.model.records import Row, Step
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
    def _fields(self) -> tuple[str, ...]:
        """The fields of the data of which the columns are made; some have several."""
        groups = (views.GROUPS.get(name, (name,)) for name in self.columns)
        return tuple(field for group in groups for field in group)

    @cached_property
    def sort(self) -> list[str]:
        """The fields of --sort, each with a minus before it where it sorts downwards."""
        sort = [field.strip() for field in (self.options.sort or "").split(",") if field.strip()]
        for field in sort:
            one_of("field", field.removeprefix("-"), self.known)
        return sort

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
        fields = self._fields
        limit = None if distinct else options.limit
        rows = library.rows(self.name, selection, fields, sort=self.sort, limit=limit)
        if distinct:
            rows = islice(dict.fromkeys(rows), options.limit)
        steps = library.steps() if self.is_for_readers else ()
        for warning in library.warnings(selection):
            self.out.note(warning)
        self._table(Table(fields, self._noted(rows)), steps)

    def show_rows(
        self, found: Iterable[Row], *, marks: tuple[str, ...] = (), steps: Sequence[Step] = ()
    ) -> None:
        """Rows that are no list of the store, such as the hits of a search, best first; a reader
        sees the words of `marks` stand out. Those of a list with a field `step` are sorted by it in
        the order of `steps`."""
        fields = self._fields
        for field in reversed(self.sort):
            found = _sorted(found, self.known, field, steps)
        places = [self.known.index(field) for field in fields]
        cells = (tuple(row[place] for place in places) for row in found)
        rows = self._noted(islice(cells, self.options.limit))
        self._table(Table(fields, rows), steps, marks)

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

    def _table(self, table: Table, steps: Sequence[Step], marks: tuple[str, ...] = ()) -> None:
        if self.is_for_readers:
            from bclm_cli.views.lists import reading

            numbers = {step.id: step.number for step in steps}
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


def _sorted(
    rows: Iterable[Row], known: Sequence[str], field: str, steps: Sequence[Step]
) -> list[Row]:
    """The rows by one field as `query.lists.by` sorts those of the store: without regard to case,
    what is absent last."""
    name = field.removeprefix("-")
    place = known.index(name)
    order = {step.id: step.number for step in steps} if name == "step" else {}

    def value(row: Row) -> Any:
        cell = row[place]
        if name == "step":
            return order.get(str(cell))
        return cell.lower() if isinstance(cell, str) else cell

    pairs = [(value(row), row) for row in rows]
    there = [pair for pair in pairs if pair[0] not in (None, "")]
    there.sort(key=itemgetter(0), reverse=name != field)
    return [row for _, row in (*there, *(pair for pair in pairs if pair[0] in (None, "")))]
