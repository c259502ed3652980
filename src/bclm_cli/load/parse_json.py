"""CSL-JSON to the same strings, lists and maps as `parse` gives, item by item, each with its place.

Numbers keep the form in which they are written ("1.10"), booleans become "true" and "false".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from json import JSONDecodeError, JSONDecoder, detect_encoding
from typing import Any

from bclm_cli.errors import DataError
from bclm_cli.load import faults, parse
from bclm_cli.load.faults import shown


def items(data: bytes, file: str) -> Iterator[parse.Item]:
    """Hand out the items of a CSL-JSON list. Raises DataError for anything else, with its place."""
    for index, (_, value, (line, column)) in enumerate(_items(_text(data, file), file)):
        try:
            yield parse.Item((index,), _plain(value, 1), line, column)
        except _RefusedError as error:
            raise DataError(str(error), path=file, line=line, column=column) from None


def locate(data: bytes, file: str, wanted: Sequence[parse.Spot]) -> list[parse.Place]:
    """Where each spot is, or the item that holds it."""
    of_item: defaultdict[str | int, list[int]] = defaultdict(list)
    for order, spot in enumerate(wanted):
        of_item[spot.path[0]].append(order)
    found = [(1, 1)] * len(wanted)
    text = _text(data, file)
    for index, (part, _, (line, column)) in enumerate(_items(text, file)):
        if orders := of_item.pop(index, []):
            spots = [wanted[order]._replace(path=wanted[order].path[1:]) for order in orders]
            # JSON is nearly always YAML too
            places = parse.locate(text[part].encode(), file, spots)
            for order, (below, right) in zip(orders, places, strict=True):
                found[order] = (line + below - 1, right if below > 1 else column + right - 1)
        if not of_item:
            break
    return found


def _items(text: str, file: str) -> Iterator[tuple[slice, Any, parse.Place]]:
    """Each item of the list: where it stands in the text, its value, its line and column."""
    decoder = JSONDecoder(
        object_pairs_hook=_unique, parse_int=str, parse_float=str, parse_constant=_no_number
    )
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        what = "CSL-JSON is a list of items" if text[at:] else "the file is empty"
        raise _error(f"{what}; begin with [ and end with ]", text, at, file)
    at = start = _skip(text, at + 1)
    more = text[at : at + 1] != "]"
    seen = line_start = 0
    line = 1
    try:
        while more:
            start = at
            value, end = decoder.raw_decode(text, start)
            if newlines := text.count("\n", seen, start):
                line, line_start = line + newlines, text.rindex("\n", seen, start) + 1
            yield slice(start, end), value, (line, start - line_start + 1)
            seen = start
            at = _skip(text, end)
            more = text[at : at + 1] == ","
            at = _skip(text, at + 1) if more else at
        if text[at : at + 1] != "]":
            raise JSONDecodeError("Expecting ',' or ']'", text, at)
        if _skip(text, at + 1) < len(text):
            raise JSONDecodeError("Extra data", text, _skip(text, at + 1))
    except JSONDecodeError as error:
        raise faults.invalid_json(error, file) from None
    except RecursionError:
        raise _error(_TOO_DEEP, text, start, file) from None
    except _RefusedError as error:
        raise _error(str(error), text, start, file) from None


class _RefusedError(Exception):
    """JSON that is valid but may not be in the data."""


def _plain(value: Any, depth: int) -> parse.Tree:
    match value:
        case bool():
            return str(value).lower()
        case str():
            if faults.half_character(value):
                raise _RefusedError(_HALF)
        case list() | dict():
            if depth >= parse.MAX_DEPTH:
                raise _RefusedError(_TOO_DEEP)
            pairs = enumerate(value) if isinstance(value, list) else value.items()
            for at, part in pairs:
                value[at] = _plain(part, depth + 1)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            raise _RefusedError(f"{shown(name)} stands twice in one map; keep one of the two")
        if faults.half_character(name):
            raise _RefusedError(_HALF)
        fields[name] = value
    return fields


def _no_number(constant: str) -> None:
    raise _RefusedError(f"{constant} is not JSON; put it in quotes")


def _text(data: bytes, file: str) -> str:
    try:
        return data.decode(detect_encoding(data))
    except UnicodeDecodeError as error:
        line, column = faults.place(
            text := data[: error.start].decode("utf-8", "replace"), len(text)
        )
        what = "not UTF-8 text; save the file as UTF-8"
        raise DataError(what, path=file, line=line, column=column) from None


def _skip(text: str, at: int) -> int:
    """The offset of what follows the white space at `at`."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _error(what: str, text: str, at: int, file: str) -> DataError:
    line, column = faults.place(text, at)
    return DataError(what, path=file, line=line, column=column)


_SPACE = re.compile(r"[ \t\n\r]*")
_HALF = "half a character (a lone surrogate); remove it"
_TOO_DEEP = f"nested deeper than {parse.MAX_DEPTH} levels; flatten it"
