"""YAML text to strings, lists and maps with their places; nothing hostile gets in.

Every scalar is a string or null: YAML 1.1 would read `NO` (nitric oxide) as false, `1.10` as 1.1
and `2021-04-15` as a date. The text is read as a stream of parser events, and what makes YAML
dangerous (aliases, tags, merge keys, depth) is refused at the event, before a tree exists:
PyYAML's C composer dies of deep nesting, and every composer hangs on nested merge keys.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from typing import IO, Any, NamedTuple

from bclm_cli.errors import DataError
from bclm_cli.load import faults
from bclm_cli.load.faults import shown

Tree = Any  # None | str | list[Tree] | dict[str, Tree]; mypy has no recursive alias for 3.11
Path = tuple[str | int, ...]
Place = tuple[int, int]  # line and column, from 1
Shape = tuple[str | type, ...]

LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line for YAML 1.1 (section 4.2), and so in its line numbers."""
MAX_DEPTH = 20
"""Deepest nesting taken; the data files need eight levels."""
MAX_NODES = 100_000
"""Most nodes that one record may hold; a paper with 3,000 authors has 9,000."""

RECORDS: dict[str, Shape] = {
    "references": (int,),
    "factors": (int,),
    "context": (str, int),
    "steps": (int, "claims", str, int),
}
"""Where the records lie under each top-level field: `int` is any item of a list, `str` any field
of a map. Every list item on the way is a record too, handed out after those that it holds."""


class Item(NamedTuple):
    """A record (or, last and with an empty path, what is left around the records)."""

    path: Path
    value: Tree
    line: int
    column: int


class Spot(NamedTuple):
    """A value to be located; with `key`, the name of the field in place of its value."""

    path: Path
    key: bool = False


def items(stream: IO[bytes] | bytes, file: str) -> Iterator[Item]:
    """Hand out the records of a data file one by one, then the rest of the document.

    Memory stays that of the largest record. Raises DataError with line and column for anything
    that is not plain YAML of strings, lists and maps.
    """
    return _Builder(stream, file).items()


def fields(stream: IO[bytes] | bytes, file: str) -> Iterator[Item]:
    """Hand out the fields of a document that is a map, each with the place of its name.

    As strict as `items`, and as sparing: memory stays that of the largest field.
    """
    return _Builder(stream, file).fields()


def locate(stream: IO[bytes] | bytes, file: str, wanted: Sequence[Spot]) -> list[Place]:
    """Where each spot is, or the nearest value around it; in one pass over the text."""
    around = {spot.path[:depth] for spot in wanted for depth in range(len(spot.path) + 1)}
    found: dict[Path, tuple[Place, Place]] = {(): ((1, 1), (1, 1))}
    with suppress(DataError):  # beyond the spots the text may be broken
        for path, name, value in _Builder(stream, file).marks():
            if path in around:
                found[path] = (_place(name), _place(value))
                around.remove(path)
            if not around:
                break
    return [_nearest(spot, found) for spot in wanted]


def places(stream: IO[bytes] | bytes, file: str) -> Iterator[tuple[Path, int, int]]:
    """Path, line and column (from 1) of every value of the document, in the order of the text."""
    for path, _, value in _Builder(stream, file).marks():
        yield path, *_place(value)


def _place(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _nearest(spot: Spot, found: dict[Path, tuple[Place, Place]]) -> Place:
    depth = next(n for n in range(len(spot.path), -1, -1) if spot.path[:n] in found)
    name, value = found[spot.path[:depth]]
    return name if spot.key else value


class _Builder:
    """Builds trees from parser events, by recursion that is MAX_DEPTH deep at most."""

    def __init__(self, stream: IO[bytes] | bytes, file: str) -> None:
        import yaml

        self.yaml = yaml
        self.stream, self.file = stream, file
        self.map_start, self.map_end = yaml.MappingStartEvent, yaml.MappingEndEvent
        self.list_start, self.list_end = yaml.SequenceStartEvent, yaml.SequenceEndEvent
        self.nodes = 0
        self.events = self._events()

    def items(self) -> Iterator[Item]:
        first = next(self.events, None)
        rest: Tree = None
        if type(first) is self.map_start:
            rest = {}
            for key, value in self._fields(rest):
                shape = RECORDS.get(key)
                rest[key] = yield from self._around(value, (key,), shape or ())
        elif type(first) is self.list_start:
            rest = []  # no data file begins so: what it holds need not be read
            self.events.close()
        elif first:
            rest = self._value(first, 1)
        self._finish()
        yield Item((), rest, 1, 1)

    def fields(self) -> Iterator[Item]:
        first = next(self.events, None)
        if first and type(first) is not self.map_start:
            raise self._error(first, "not a map of names and values", "write `name: value`")
        known: dict[str, Tree] = {}
        for event in self.events:
            if type(event) is self.map_end:
                break
            key, self.nodes = self._key(event, known), 0
            known[key] = None
            yield Item((key,), self._value(next(self.events), 2), *_place(event))
        self._finish()

    def marks(self) -> Iterator[tuple[Path, Any, Any]]:
        """Each value with its path, in the order of the text: the events of its key and of it."""
        if first := next(self.events, None):
            yield from self._marks((), first, first)

    def _marks(self, path: Path, name: Any, event: Any) -> Iterator[tuple[Path, Any, Any]]:
        yield path, name, event
        if len(path) > MAX_DEPTH:
            raise self._too_deep(event.start_mark)
        if type(event) is self.list_start:
            for index, item in enumerate(self._list_items()):
                yield from self._marks((*path, index), item, item)
        elif type(event) is self.map_start:
            for key in self.events:
                if type(key) is self.map_end:
                    break
                value = next(self.events)
                yield from self._marks((*path, self._key(key, {})), key, value)

    def _around(self, event: Any, path: Path, shape: Shape) -> Generator[Item, None, Tree]:
        """Hand out the records in this value; return what is left around them."""
        kind = type(event)
        if not shape or kind is not (self.list_start if shape[0] is int else self.map_start):
            return self._value(event, len(path) + 1)
        self._count(event)
        if kind is self.list_start:
            for index, item in enumerate(self._list_items()):
                mark, at = item.start_mark, (*path, index)
                nodes, self.nodes = self.nodes, 0
                value = yield from self._around(item, at, shape[1:])
                yield Item(at, value, mark.line + 1, mark.column + 1)
                self.nodes = nodes
            return []
        fields: dict[str, Tree] = {}
        for key, value in self._fields(fields):
            below = shape[1:] if shape[0] in (str, key) else ()
            fields[key] = yield from self._around(value, (*path, key), below)
        return fields

    def _value(self, event: Any, depth: int) -> Tree:
        """The tree that begins with this event."""
        self._count(event)
        kind = type(event)
        if kind is not self.map_start and kind is not self.list_start:
            if event.style == '"' and faults.half_character(event.value):
                raise self._error(event, "half a character (a lone surrogate)", "remove it")
            return None if not event.style and event.value in _NULLS else event.value
        if depth > MAX_DEPTH:
            raise self._too_deep(event.start_mark)
        if kind is self.list_start:
            return [self._value(item, depth + 1) for item in self._list_items()]
        fields: dict[str, Tree] = {}
        for key, value in self._fields(fields):
            fields[key] = self._value(value, depth + 1)
        return fields

    def _count(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            what = f"one record holds more than {MAX_NODES} values"
            raise self._error(event, what, "split it, or leave it out")

    def _list_items(self) -> Iterator[Any]:
        """The events that begin the items of the list that has just begun."""
        end = self.list_end
        for event in self.events:
            if type(event) is end:
                return
            yield event

    def _fields(self, known: dict[str, Tree]) -> Iterator[tuple[str, Any]]:
        """Each key, new to `known`, of the map that has just begun; the event of its value."""
        events, end = self.events, self.map_end
        for event in events:
            if type(event) is end:
                return
            yield self._key(event, known), next(events)

    def _finish(self) -> None:
        for _ in self.events:  # the document is whole; a second one is refused on the way
            pass

    def _key(self, event: Any, known: dict[str, Tree]) -> str:
        if type(event) is not self.yaml.ScalarEvent:
            raise self._error(event, "a list or map cannot be a key", "write `name: value`")
        key: str = event.value
        if not event.style:
            if key == "<<":
                raise self._error(event, "merge keys (<<) are not allowed", _WRITE_OUT)
            if key in _NULLS:
                raise self._error(event, "a key is missing before the colon", "write `name: value`")
        if key in known:
            raise self._error(event, f"{shown(key)} stands twice in one map", "keep one of the two")
        return key

    def _events(self) -> Generator[Any, None, None]:
        """The events of scalars, lists and maps; what the data may not use is refused here."""
        yaml = self.yaml
        # A C loader reads the same events eight times faster than the pure one.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        nodes = (yaml.ScalarEvent, self.map_start, self.list_start)
        ends = (self.map_end, self.list_end)
        document: Any = None
        try:
            next_event = loader(self.stream).get_event
            while True:
                event: Any = next_event()
                kind = type(event)
                if kind in nodes:
                    if event.anchor is not None:
                        raise self._error(event, "anchors (&name) are not allowed", _WRITE_OUT)
                    if event.tag is not None:
                        what = f"tags ({shown(event.tag)}) are not allowed"
                        raise self._error(event, what, "every value is plain text")
                    if document:
                        if kind is yaml.ScalarEvent and not event.value:
                            continue  # pandoc closes its metadata with a second `---`
                        raise self._error(document, "a second document begins (---)", "keep one")
                    yield event
                elif kind in ends:
                    yield event
                elif kind is yaml.AliasEvent:
                    raise self._error(event, "aliases (*name) are not allowed", _WRITE_OUT)
                elif kind is yaml.DocumentEndEvent:
                    document = event
                elif kind is yaml.DocumentStartEvent:
                    document = document and event
                elif kind is yaml.StreamEndEvent:
                    return
        except yaml.MarkedYAMLError as error:
            if "nesting depth" in (error.problem or ""):  # libyaml 0.2.6 counts too, looking ahead
                raise self._too_deep(error.problem_mark) from None
            raise faults.invalid_yaml(error, self.file) from None
        except yaml.reader.ReaderError as error:
            raise faults.unreadable_yaml(error, self.stream, self.file) from None
        except UnicodeDecodeError:  # of a tag: the C parser leaves its %-escapes unchecked
            raise DataError(
                "tags are not allowed; every value is plain text", path=self.file
            ) from None

    def _too_deep(self, mark: Any) -> DataError:
        return self._error_at(mark, f"nested deeper than {MAX_DEPTH} levels", "flatten it")

    def _error(self, event: Any, what: str, way_out: str) -> DataError:
        return self._error_at(event.start_mark, what, way_out)

    def _error_at(self, mark: Any, what: str, way_out: str) -> DataError:
        return DataError(
            f"{what}; {way_out}", path=self.file, line=mark.line + 1, column=mark.column + 1
        )


_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_WRITE_OUT = "write the values out"
