"""New text for a lab's references.yaml: blocks added, fields filled in, every other byte kept.

Nothing is written here. Each new text is read again and compared before it is handed out, so a
file in a form that nobody foresaw is refused and not damaged.

ruamel.yaml rewrites 4,587 of the 4,593 lines of the shipped file unless it is told the indentation
first, and takes 13 times as long (`benchmarks/handwritten.py`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from bclm_cli.errors import CannotError, DataError, UsageError, unreadable
from bclm_cli.formats.csl import yaml_blocks
from bclm_cli.library import edit_custom
from bclm_cli.load import parse, validate
from bclm_cli.model.records import Reference

NAME = "references.yaml"


class _Item(NamedTuple):
    """Where a reference stands: lines and columns from 0, its fields with their lines."""

    line: int
    column: int
    fields: list[tuple[str, int]]
    flow: bool


class _Layout(NamedTuple):
    items: list[_Item]
    list_line: int  # where the value of `references:` begins
    flow: bool
    end: int  # the line after the list


def target(folder: Path) -> Path:
    """The file to write in a data folder, which may not exist yet.

    Raises UsageError where there is no folder, CannotError where the file leads out of it.
    """
    if not folder.is_dir():
        raise UsageError(f"no such folder: {folder}", hint=f"bclm add --init {folder} makes one")
    home = folder.resolve()
    path = home / NAME
    if path.is_symlink() and Path(os.path.realpath(path)).parent != home:
        raise CannotError(
            f"{folder / NAME} is a link that leads out of the folder",
            hint="name the folder where it leads",
        )
    if path.exists() and not path.is_file():
        raise CannotError(f"{folder / NAME} is no file")
    return path


def current(path: Path) -> str | None:
    """The text of the file, line ends as they are; None where there is no file."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8 text: {error.reason}", path=str(path)) from None
    except OSError as error:
        raise unreadable(path, error) from None


def with_added(text: str | None, new: Sequence[Reference], path: Path) -> str:
    """The text with these references after those that are there.

    Raises DataError for a file that does not load, CannotError for one of a form (a list in
    brackets) to which no block can be added.
    """
    if not new:
        return text or ""
    if text is None:
        return yaml_blocks.HEAD + "\n".join(map(yaml_blocks.block, new))
    before = references(text, path)
    layout = _layout(text)
    if layout.flow and layout.items:
        raise _not_blocks(path)
    lines, newline = _lines(text)
    if layout.flow:
        lines[layout.list_line] = _EMPTY_LIST.sub("", lines[layout.list_line], count=1)
    at = _content_end(lines, layout.end)
    dash = _dash(lines, layout)
    added: list[str] = []
    for reference in new:
        if layout.items or added:
            added.append(newline)
        added += [" " * dash + line[2:] + newline for line in _block_lines(reference)]
    lines[at:at] = added
    return _checked("".join(lines), (*before, *new), path)


def with_filled(text: str, filled: Mapping[str, Reference], path: Path) -> str:
    """The text with what these references (by key) have more than those in it: fields, and whole
    lists of authors in place of those that were cut.

    Raises CannotError where one of them is written in braces on one line.
    """
    before = references(text, path)
    lines, newline = _lines(text)
    layout = _layout(text)
    edits: list[tuple[int, int, list[str]]] = []  # lines from, to, and what stands there then
    wanted = list(before)
    for index, (old, item) in enumerate(zip(before, layout.items, strict=True)):
        new = filled.get(old.id)
        if new is None:
            continue
        if item.flow or layout.flow:
            raise _not_blocks(path, item.line + 1)
        end = layout.items[index + 1].line if index + 1 < len(layout.items) else layout.end
        there = set(old.variables)
        last = _content_end(lines, end)
        for variable in yaml_blocks.ordered_variables(new):
            span = None
            if variable not in there:
                span = (_place(variable, item, last),) * 2
            elif variable == "author" and new.author != old.author:
                span = _span(variable, item, last)
            if span:
                field = yaml_blocks.field(new, variable)
                added = [" " * item.column + line[4:] + newline for line in field]
                edits.append((*span, added))
        if new.custom != old.custom:
            custom = next((line for field, line in item.fields if field == "custom"), None)
            place = edit_custom.Place(item.column, custom, last)
            edits += ((*span, []) for span in edit_custom.removals(lines, place, old, new))
            for at, added in edit_custom.insertions(lines, place, old, new):
                edits.append((at, at, [line + newline for line in added]))
        wanted[index] = new
    edits.reverse()  # from the end, so that the lines before keep their numbers
    for start, stop, new_lines in sorted(edits, key=lambda edit: edit[0], reverse=True):
        lines[start:stop] = new_lines
    return _checked("".join(lines), wanted, path)


def _place(variable: str, item: _Item, end: int) -> int:
    """The line before which a new field goes, so that the block keeps our order."""
    rank = yaml_blocks.rank(variable)
    for field, line in item.fields[1:]:
        if field != "type" and yaml_blocks.rank(field) > rank:
            return line
    return end


def _span(variable: str, item: _Item, end: int) -> tuple[int, int]:
    """The lines of a field that is there: from its name to that of the next one."""
    starts = [line for _, line in item.fields]
    start = next(line for field, line in item.fields if field == variable)
    return start, min((line for line in starts if line > start), default=end)


def _dash(lines: list[str], layout: _Layout) -> int:
    """The column of the dashes of the list."""
    if not layout.items:
        return 2
    first = layout.items[0]
    dash = re.match(r" *(?=- )", lines[first.line])
    return dash.end() if dash else max(first.column - 2, 0)


def _block_lines(reference: Reference) -> list[str]:
    return yaml_blocks.block(reference).rstrip("\n").split("\n")


def _lines(text: str) -> tuple[list[str], str]:
    """The lines with their ends, as YAML counts them, and the end for a new line."""
    starts = [0, *(end.end() for end in parse.LINE_END.finditer(text))]
    lines = [text[start:end] for start, end in pairwise((*starts, len(text)))]
    newline = "\r\n" if 2 * text.count("\r\n") > text.count("\n") else "\n"
    if lines[-1]:
        lines[-1] += newline
    return lines, newline


def _content_end(lines: list[str], end: int) -> int:
    """The line after the last one with content: comments before what follows belong to that."""
    while end > 0 and (not lines[end - 1].strip() or _COMMENT.match(lines[end - 1])):
        end -= 1
    return end


_COMMENT = re.compile(r"\s*#|\.\.\.\s*$")
_EMPTY_LIST = re.compile(r" *\[\s*\](?=\s*$)|\[\s*\]")


def references(text: str, path: Path) -> list[Reference]:
    """The references of a file's text. Raises DataError where it does not load."""
    found = []
    for item in parse.items(text.encode(), str(path)):
        if item.path:
            try:
                found.append(validate.reference(item.value))
            except validate.InvalidError as error:
                raise DataError(
                    str(error), path=str(path), line=item.line, column=item.column
                ) from None
        elif not isinstance(item.value, dict) or "references" not in item.value:
            raise DataError("there is no `references:` in it", path=str(path), line=1)
    return found


def _layout(text: str) -> _Layout:
    """The places of the references in a text that is known to load."""
    items: list[_Item] = []
    list_line, flow, end = -1, False, len(_lines(text)[0])
    for path, is_key, event in _walk(text):
        line = event.start_mark.line
        match path:
            case ("references",) if not is_key:
                list_line, flow = line, bool(getattr(event, "flow_style", False))
            case (str(),) if is_key and list_line >= 0:
                end = min(end, line)
            case ("references", int()) if not is_key:
                items.append(_Item(line, event.start_mark.column, [], event.flow_style))
            case ("references", int(), str(field)) if is_key:
                items[-1].fields.append((field, line))
    return _Layout(items, list_line, flow, end)


def _walk(text: str) -> Iterator[tuple[parse.Path, bool, Any]]:
    """Every key (True) and value (False) with its path and event, in the order of the text."""
    import yaml

    path: list[Any] = []  # of each open container the index or key it is at, None before a key
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.CollectionEndEvent):
            path.pop()
        elif isinstance(event, yaml.NodeEvent):
            if path and path[-1] is None:
                path[-1] = getattr(event, "value", "")
                yield tuple(path), True, event
                continue
            yield tuple(path), False, event
            if isinstance(event, yaml.CollectionStartEvent):
                path.append(None if isinstance(event, yaml.MappingStartEvent) else 0)
                continue
        else:
            continue
        if path:
            path[-1] = path[-1] + 1 if isinstance(path[-1], int) else None


def _checked(text: str, wanted: Sequence[Reference], path: Path) -> str:
    """The new text, read again: it must hold what was there and what was meant, and no more."""
    try:
        if references(text, path) == list(wanted):
            return text
    except DataError:
        pass
    raise _not_blocks(path)


def _not_blocks(path: Path, line: int | None = None) -> CannotError:
    place = f"{path}:{line}" if line else str(path)
    return CannotError(
        f"{place}: references are not written as blocks here; nothing was changed",
        hint="write them one field a line, or name another folder",
    )
