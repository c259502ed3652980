"""Data files (YAML, and CSL-JSON) to the model, or an error naming file, line and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple, cast

from bclm_cli.errors import DataError, unreadable
from bclm_cli.load import fields, parse, parse_json, validate
from bclm_cli.load.validate import InvalidError
from bclm_cli.model import records
from bclm_cli.model.records import Claim, Factor, Reference, Step

Watch = Callable[[int], None]
Report = Callable[[DataError], None]


_HEAD = ("title", "source", "version", "searched-until")


class Model(NamedTuple):
    """What a steps.yaml says of itself: its title, the paper it comes from (a key), its version,
    and until when the literature was searched for it."""

    title: str = ""
    origin: str = ""
    version: str = ""
    searched_until: str = ""


class Loaded(NamedTuple):
    """A record and the place where it begins."""

    record: Reference | Factor | Step | Claim | Model
    line: int
    column: int


def read(
    path: Path, source: str = "", watch: Watch | None = None, report: Report | None = None
) -> Iterator[Loaded]:
    """Hand out the records of one data file (see paths.DATA_FILES) as they come.

    `watch` is called with the bytes of each piece that is read, `report` with each record that
    breaks the schema, which is then left out.
    Raises DataError `file:line:column: what; what to do` for anything else that breaks it.
    """
    file = _StepsFile(source) if path.name == "steps.yaml" else _ReferencesFile(source)
    broken: list[tuple[parse.Path, InvalidError]] = []
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise DataError("not a regular file; put a plain file there", path=str(path))
        for item in _items(path, watch):
            try:
                yield from file.take(item)
            except InvalidError as error:
                broken.append((item.path, error))
                if not report:
                    break
    except OSError as error:
        raise unreadable(path, error) from None
    except DataError:
        for fault in _located(path, broken):
            if report:
                report(fault)
        raise
    for fault in _located(path, broken):
        if not report:
            raise fault
        report(fault)


def _located(path: Path, broken: Sequence[tuple[parse.Path, InvalidError]]) -> list[DataError]:
    """Errors with line and column for what is broken in the records at these paths."""
    if not broken:
        return []
    spots = [parse.Spot(at + error.path, error.at_key) for at, error in broken]
    locate: Callable[[bytes, str, list[parse.Spot]], list[parse.Place]]
    locate = parse_json.locate if path.suffix == ".json" else parse.locate
    try:
        places = locate(path.read_bytes(), str(path), spots)
    except OSError as error:  # gone since it was read
        return [unreadable(path, error)]
    return [
        DataError(str(error), path=str(path), line=line, column=column)
        for (_, error), (line, column) in zip(broken, places, strict=True)
    ]


def _items(path: Path, watch: Watch | None) -> Iterator[parse.Item]:
    with path.open("rb") as stream:
        watched = cast("IO[bytes]", _Watched(stream, watch)) if watch else stream
        if path.suffix == ".json":
            yield from parse_json.items(watched.read(), str(path))
        else:
            yield from parse.items(watched, str(path))


class _Watched:
    """A file that tells how much of it has been read."""

    def __init__(self, stream: IO[bytes], watch: Watch) -> None:
        self.stream, self.watch = stream, watch
        self.seek, self.seekable = stream.seek, stream.seekable

    def read(self, size: int = -1) -> bytes:
        piece = self.stream.read(size)
        self.watch(len(piece))
        return piece


class _ReferencesFile:
    """Takes the records of a references.yaml or references.json."""

    def __init__(self, source: str) -> None:
        self.source = source

    def take(self, item: parse.Item) -> Iterator[Loaded]:
        if item.path:
            yield Loaded(validate.reference(item.value, self.source), item.line, item.column)
        else:
            validate.head(item.value, fields.REFERENCES_FILE)


class _StepsFile:
    """Takes the records of a steps.yaml; claims wait until the id of their step is known."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.waiting: list[Loaded] = []

    def take(self, item: parse.Item) -> Iterator[Loaded]:
        record: Factor | Claim | Model
        match item.path:
            case ("factors", int()):
                record = validate.factor(item.value, self.source)
            case (records.CONTEXT, str(name), int()):
                record = validate.claim(item.value, records.CONTEXT, name, self.source)
            case ("steps", int(), "claims", str(name), int()):
                record = validate.claim(item.value, "", name, self.source)
                self.waiting.append(Loaded(record, item.line, item.column))
                return
            case ("steps", int(index)):
                claims, self.waiting = self.waiting, []
                step = validate.step(item.value, index + 1, self.source)
                yield Loaded(step, item.line, item.column)
                for got in claims:
                    assert isinstance(got.record, Claim)
                    yield got._replace(record=got.record._replace(step=step.id))
                return
            case _:
                head = validate.head(item.value, fields.STEPS_FILE)
                record = Model(*(validate.text_of(head, field) for field in _HEAD))
        yield Loaded(record, item.line, item.column)
