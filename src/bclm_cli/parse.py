"""YAML text to strings, lists and maps with their places; nothing hostile gets in.

Every scalar is a string or null: YAML 1.1 would read `NO` (nitric oxide) as false, `1.10` as 1.1
and `2021-04-15` as a date. The text is read as a stream of parser events, and what makes YAML
dangerous (aliases, tags, merge keys, depth) is refused at the event, before a tree exists:
PyYAML's C composer dies of deep nesting, and every composer hangs on nested merge keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from bclm_cli.errors import DataError

Tree = Any  # None | str | list[Tree] | dict[str, Tree]; mypy has no recursive alias for 3.11
Path = tuple[str | int, ...]

MAX_DEPTH = 20
"""Deepest nesting taken; the data files need eight levels."""
MAX_NODES = 100_000
"""Most nodes that one record may hold; a paper with 3,000 authors has 15,000."""

RECORDS = {"references": 2, "factors": 2, "context": 3, "steps": 5}
"""How deep, under each top-level field, the records lie that are handed out one by one."""


class Item(NamedTuple):
    """A record (or, last and with an empty path, what is left around the records)."""

    path: Path
    value: Tree
    line: int
    column: int


def items(stream: IO[bytes] | bytes, file: str) -> Iterator[Item]:
    """Hand out the records of a data file one by one, then the rest of the document.

    Memory stays that of the largest record. Raises DataError with line and column for anything
    that is not plain YAML of strings, lists and maps.
    """
    return _Builder(stream, file).items()


def tree(stream: IO[bytes] | bytes, file: str) -> Tree:
    """The whole document at once, for small ones; raises DataError like `items`."""
    builder = _Builder(stream, file, records={})
    return next(iter(builder.items())).value


def locate(stream: IO[bytes] | bytes, file: str, path: Path) -> tuple[int, int]:
    """Line and column (from 1) of the value at `path`, or of the nearest value around it."""
    best = (1, 1)
    depth = -1
    for at, line, column in _Builder(stream, file).places():
        if at == path[: len(at)] and len(at) > depth:
            best, depth = (line, column), len(at)
            if depth == len(path):
                break
    return best


class _Builder:
    """Builds trees from parser events, keeping the path to the place it is at."""

    def __init__(
        self, stream: IO[bytes] | bytes, file: str, records: dict[str, int] | None = None
    ) -> None:
        self.stream, self.file = stream, file
        self.records = RECORDS if records is None else records

    def items(self) -> Iterator[Item]:
        import yaml

        scalar, map_start, list_start = (
            yaml.ScalarEvent,
            yaml.MappingStartEvent,
            yaml.SequenceStartEvent,
        )
        ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        root: Tree = None
        node: Tree = None  # the container being filled
        key: Any = None  # the map key that waits for its value, or the next index of a list
        stack: list[tuple[Tree, Any]] = []
        record_depth = -1  # depth at which a record begins under the current top-level field
        nodes = 0
        line = column = 0
        for event in self._events():
            kind = type(event)
            if kind is scalar:
                value: Tree = event.value
                plain = not event.style
                if node.__class__ is dict and key is None:
                    key = self._key(event, node)
                    if len(stack) == 1:
                        record_depth = self.records.get(key, -1)
                    continue
                if plain and value in _NULLS:
                    value = None
                nodes += 1
            elif kind is map_start or kind is list_start:
                if node.__class__ is dict and key is None:
                    raise self._error(event, "a list or map cannot be a key")
                stack.append((node, key))
                if len(stack) > MAX_DEPTH:
                    raise self._error(event, f"nested deeper than {MAX_DEPTH} levels")
                if len(stack) - 1 == record_depth:
                    line, column, nodes = event.start_mark.line, event.start_mark.column, 0
                node, key = ({}, None) if kind is map_start else ([], 0)
                continue
            elif kind in ends:
                value = node
                node, key = stack.pop()
            else:
                continue
            if nodes > MAX_NODES:
                raise self._error(event, f"one record holds more than {MAX_NODES} values")
            if len(stack) == record_depth:
                if kind is scalar:
                    line, column = event.start_mark.line, event.start_mark.column
                path = (*(at for _, at in stack[1:]), key)
                yield Item(path, value, line + 1, column + 1)
                nodes = 0
                if node.__class__ is list:
                    key += 1
                else:
                    node[key] = None
                    key = None
            elif node.__class__ is dict:
                node[key] = value
                key = None
            elif node.__class__ is list:
                node.append(value)
                key += 1
            else:
                root = value
        yield Item((), root, 1, 1)

    def places(self) -> Iterator[tuple[Path, int, int]]:
        """Path, line and column of every value, in the order of the text."""
        import yaml

        path: list[Any] = []  # one entry a container: its pending key, or its index
        for event in self._events():
            kind = type(event)
            start = kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent)
            if kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                path.pop()
            elif kind is yaml.ScalarEvent or start:
                if path and path[-1] is None:
                    path[-1] = event.value if kind is yaml.ScalarEvent else ""
                    continue
                yield tuple(path), event.start_mark.line + 1, event.start_mark.column + 1
                if start:
                    path.append(None if kind is yaml.MappingStartEvent else 0)
                    continue
            else:
                continue
            if path:
                path[-1] = path[-1] + 1 if isinstance(path[-1], int) else None

    def _events(self) -> Iterator[Any]:
        """Parser events; what the data may not use is refused here."""
        import yaml

        # A C loader reads the same events eight times faster than the pure one.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        nodes = (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)
        documents = 0
        try:
            next_event = loader(self.stream).get_event
            while True:
                event: Any = next_event()
                kind = type(event)
                if kind is yaml.StreamEndEvent:
                    return
                if kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:  # pandoc closes its metadata with a second `---`
                        if getattr(next_event(), "value", None) == "":
                            return
                        raise self._error(event, "a second document begins (---)", "keep one")
                elif kind is yaml.AliasEvent:
                    raise self._error(event, "aliases (*name) are not allowed", _WRITE_OUT)
                elif kind in nodes:
                    if event.anchor is not None:
                        raise self._error(event, "anchors (&name) are not allowed", _WRITE_OUT)
                    if event.tag is not None:
                        what = f"tags ({event.tag}) are not allowed"
                        raise self._error(event, what, "every value is plain text")
                yield event
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            what = error.problem or error.context or "not YAML"
            raise DataError(
                f"not valid YAML: {what}",
                path=self.file,
                line=mark.line + 1 if mark else None,
                column=mark.column + 1 if mark else None,
            ) from None
        except yaml.YAMLError as error:
            reason = getattr(error, "reason", None) or str(error).splitlines()[0]
            raise DataError(
                f"not readable as text: {reason} (byte {getattr(error, 'position', 0)});"
                " save it as UTF-8",
                path=self.file,
            ) from None
        except UnicodeDecodeError as error:
            raise DataError(f"not UTF-8 text: {error.reason}", path=self.file) from None

    def _key(self, event: Any, node: dict[str, Tree]) -> str:
        key = event.value
        if not event.style:
            if key == "<<":
                raise self._error(event, "merge keys (<<) are not allowed", _WRITE_OUT)
            if key in _NULLS:
                raise self._error(event, "a key is missing before the colon")
        if key in node:
            raise self._error(event, f"{key!r} stands twice in one map", "keep one of the two")
        return str(key)

    def _error(self, event: Any, what: str, way_out: str = "") -> DataError:
        mark = event.start_mark
        return DataError(
            f"{what}; {way_out}" if way_out else what,
            path=self.file,
            line=mark.line + 1,
            column=mark.column + 1,
        )


_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_WRITE_OUT = "write the values out"
