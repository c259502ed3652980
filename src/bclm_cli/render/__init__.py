"""A view for programs (TSV, CSV, JSON, JSONL, YAML), for a terminal, or for a document.

Every format streams: the first row leaves before the last is read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bclm_cli.model.records import Cell
from bclm_cli.output import Output
from bclm_cli.text.control_chars import LINE_ENDS_AND_TAB, escaped, visible
from bclm_cli.views import Table, View, records

if TYPE_CHECKING:
    from bclm_cli.render.documents import Document

SUFFIXES = {
    ".tsv": "tsv", ".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".md": "md",
    ".yaml": "yaml", ".yml": "yaml", ".txt": "text", ".text": "text", ".html": "html",
    ".htm": "html", ".tex": "latex",
}  # fmt: skip


def table(view: Table, format_: str, *, header: bool) -> Iterator[str]:
    """A table in one of FORMATS, in pieces of text. `header` counts for TSV and CSV alone."""
    return FORMATS[format_](view, header)


def text(view: View, out: Output) -> Iterator[str]:
    """A view for reading, wrapped to the width and colored as `out` says."""
    from bclm_cli.render import terminal

    return terminal.lines(view, out)


DOCUMENTS = {"md": "markdown.Markdown", "html": "html.Html", "latex": "latex.Latex"}
"""Formats for documents, each with its class, which is loaded on demand."""


def document(view: View, format_: str) -> Iterator[str]:
    """A view in one of DOCUMENTS, in pieces of text."""
    from importlib import import_module

    module, _, name = DOCUMENTS[format_].partition(".")
    writer: Document = getattr(import_module(f"{__name__}.{module}"), name)()
    return writer.lines(view)


def _tsv(view: Table, header: bool) -> Iterator[str]:
    if header:
        yield "\t".join(view.columns) + "\n"
    for row in view.rows:
        yield "\t".join(_flat(cell) for cell in row) + "\n"


def _csv(view: Table, header: bool) -> Iterator[str]:
    import csv
    from io import StringIO

    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    if header:
        writer.writerow(view.columns)
    for row in view.rows:
        writer.writerow([_flat(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _json(view: Table, header: bool) -> Iterator[str]:
    before = "[\n"
    for record in records(view.columns, view.rows):
        yield before + to_json(record)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _jsonl(view: Table, header: bool) -> Iterator[str]:
    for record in records(view.columns, view.rows):
        yield to_json(record) + "\n"


def to_json(value: object, indent: int | None = None) -> str:
    """JSON in UTF-8; what a terminal would obey is escaped."""
    encoded = json.dumps(value, ensure_ascii=False, indent=indent)
    return escaped(encoded)


def _yaml(view: Table, header: bool) -> Iterator[str]:
    from bclm_cli.text import yaml_text

    empty = True
    for record in records(view.columns, view.rows):
        empty = False
        first, *rest = yaml_text.lines(record, "  ")
        yield "".join((f"- {first.lstrip()}", *rest))
    if empty:
        yield "[]\n"


FORMATS: dict[str, Callable[[Table, bool], Iterator[str]]] = {
    "tsv": _tsv, "csv": _csv, "json": _json, "jsonl": _jsonl, "yaml": _yaml,
}  # fmt: skip
"""How a list leaves for another program; `text` is for people."""


def _joined(cell: Cell) -> str:
    if cell is None:
        return ""
    return "; ".join(cell) if isinstance(cell, tuple) else str(cell)


def _flat(cell: Cell) -> str:
    """A cell on one line, with nothing in it that would begin another cell or row."""
    text = _joined(cell)
    return text if text.isprintable() else visible(text.translate(_SPACES))


_SPACES = dict.fromkeys(map(ord, LINE_ENDS_AND_TAB), " ")
