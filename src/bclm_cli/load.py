"""YAML (and CSL-JSON) files to the model, or an error naming file, line and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from bclm_cli import model, parse
from bclm_cli.errors import DataError
from bclm_cli.model import Claim, Date, Factor, Name, Reference, Step

FILES = ("references.yaml", "references.json", "steps.yaml")
"""What a data folder may hold; each is optional in an overlay."""


Watch = Callable[[int], None]


class Model(NamedTuple):
    """What a steps.yaml says of itself: its title, and the key of the paper it comes from."""

    title: str = ""
    origin: str = ""


class Loaded(NamedTuple):
    """A record and the place where it begins."""

    record: Reference | Factor | Step | Claim | Model
    line: int
    column: int


class InvalidError(Exception):
    """A value breaks the schema; `path` leads from the record to it."""

    def __init__(self, what: str, *path: str | int) -> None:
        super().__init__(what)
        self.path: parse.Path = path


def read(path: Path, source: str = "", watch: Watch | None = None) -> Iterator[Loaded]:
    """Hand out the records of one data file (by its name, see FILES) as they come.

    `watch` is told of every piece of the file that is read, in bytes.
    Raises DataError `file:line:column: what; what to do` for anything that breaks the schema.
    """
    items = _json_items if path.suffix == ".json" else _yaml_items
    take = _StepsFile(source).take if path.name == "steps.yaml" else _references_file(source)
    at: parse.Path = ()
    try:
        for item in items(path, watch):
            at = item.path
            yield from take(item)
    except InvalidError as error:
        raise located(path, at + error.path, str(error)) from None
    except OSError as error:
        raise unreadable(path, error) from None


def read_references(path: Path) -> list[Reference]:
    """All references of one file."""
    return [got.record for got in read(path) if isinstance(got.record, Reference)]


def unreadable(path: Path, error: OSError) -> DataError:
    """The error for a file that the system will not let us read."""
    return DataError(f"cannot read: {error.strerror or error}", path=str(path))


def located(path: Path, at: parse.Path, what: str) -> DataError:
    """The error for the value at `at`, with the line and column where it stands."""
    with path.open("rb") as stream:
        try:
            line, column = parse.locate(stream, str(path), at)
        except DataError:  # JSON that is no YAML
            line = column = 1
    return DataError(what, path=str(path), line=line, column=column)


def reference(tree: parse.Tree, source: str = "") -> Reference:
    """One CSL item, as YAML or JSON holds it, checked. Raises InvalidError."""
    fields = _map(tree, "a reference")
    key = _required(fields, "id")
    if not key.isprintable() or any(character.isspace() for character in key):
        raise InvalidError("a key has no spaces or control characters", "id")
    kind = _one_of(_required(fields, "type"), model.CSL_TYPES, "type")
    text: dict[str, str] = {}
    names: dict[str, tuple[Name, ...]] = {}
    dates: dict[str, Date] = {}
    custom: Mapping[str, Any] = {}
    for field, value in fields.items():
        if value is None or field in ("id", "type"):
            continue
        if field in _TEXT:
            text[_LEGACY.get(field, field)] = _text(value, field)
        elif field in _NAMES:
            names[field] = tuple(
                _name(name, field, index) for index, name in enumerate(_list(value, field))
            )
        elif field in _DATES:
            try:
                dates[field] = Date.from_csl(value)
            except ValueError as error:
                raise InvalidError(str(error), field) from None
        elif field == "custom":
            custom = _custom(_map(value, "custom", "custom"))
        else:
            way_out = "if it is no CSL variable, move it under custom"
            raise _unknown(field, (*_TEXT, *_NAMES, *_DATES), way_out)
    return Reference(key, kind, text, names, dates, custom, source)


def factor(tree: parse.Tree, source: str = "") -> Factor:
    """One controlled name, checked. Raises InvalidError."""
    fields = _known(_map(tree, "a factor"), Factor._fields[:-1])
    return Factor(
        _required(fields, "name"),
        _one_of(_required(fields, "kind"), model.FACTOR_KINDS, "kind"),
        _optional(fields, "identifier"),
        _optional(fields, "full_name"),
        _texts(fields, "synonyms"),
        source,
    )


def claim(tree: parse.Tree, step: str, factor: str, source: str = "") -> Claim:
    """One claim of a factor in a step, checked. Raises InvalidError."""
    fields = _known(_map(tree, "a claim"), CLAIM_FIELDS)
    return Claim(
        step,
        factor,
        _one_of(_required(fields, "effect"), model.EFFECTS, "effect"),
        _required(fields, "statement"),
        _required(fields, "reference"),
        _texts(fields, "system"),
        _optional(fields, "site") or "any",
        _texts(fields, "cancer"),
        _one_of(_optional(fields, "basis") or "abstract", model.BASES, "basis"),
        source,
    )


CLAIM_FIELDS = ("effect", "statement", "reference", "system", "site", "cancer", "basis")
REFERENCES_FIELDS = ("references", "nocite")  # pandoc writes `nocite` beside them
STEP_FIELDS = ("id", "name", "summary", "from", "to", "claims")
STEPS_FIELDS = ("title", "source", "steps", "context", "factors")


def _references_file(source: str) -> Callable[[parse.Item], Iterator[Loaded]]:
    def take(item: parse.Item) -> Iterator[Loaded]:
        if item.path:
            yield Loaded(reference(item.value, source), item.line, item.column)
        else:
            _head(item.value, "references", REFERENCES_FIELDS)

    return take


class _StepsFile:
    """Takes the records of a steps.yaml; claims wait until the ids of their steps are known."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.claims: list[Loaded] = []

    def take(self, item: parse.Item) -> Iterator[Loaded]:
        match item.path:
            case ("factors", *_):
                yield Loaded(factor(item.value, self.source), item.line, item.column)
            case (model.CONTEXT, str(name), int()):
                record = claim(item.value, model.CONTEXT, name, self.source)
                yield Loaded(record, item.line, item.column)
            case ("steps", int(index), "claims", str(name), int()):
                record = claim(item.value, str(index), name, self.source)
                self.claims.append(Loaded(record, item.line, item.column))
            case ():
                root = _head(item.value, "steps", STEPS_FIELDS)
                yield Loaded(Model(_optional(root, "title"), _optional(root, "source")), 1, 1)
                steps = [_step(tree, i, self.source) for i, tree in enumerate(root["steps"] or ())]
                yield from (Loaded(step, 1, 1) for step in steps)
                for at in self.claims:
                    assert isinstance(at.record, Claim)
                    yield at._replace(record=at.record._replace(step=steps[int(at.record.step)].id))
            case _:
                raise InvalidError("nothing may stand here; data/README.md shows the fields")


def _step(tree: parse.Tree, index: int, source: str) -> Step:
    """One step without its claims; in an overlay all but its id may be left out."""
    try:
        fields = _known(_map(tree, "a step"), STEP_FIELDS)
        _claim_lists(fields, "claims")
        name, summary, from_, to = (
            _optional(fields, field) for field in ("name", "summary", "from", "to")
        )
        return Step(index + 1, _required(fields, "id"), name, summary, from_, to, source)
    except InvalidError as error:
        raise InvalidError(str(error), "steps", index, *error.path) from None


def _head(root: parse.Tree, first: str, known: tuple[str, ...]) -> Mapping[str, Any]:
    """What stands at the top of a file, its records taken out."""
    if root is None:
        raise InvalidError(f"the file is empty; begin with `{first}:`")
    fields = _known(_map(root, "the file"), known)
    for field in ("references", "factors", "steps"):
        _list(fields.get(field, []), field)
    _claim_lists(fields, model.CONTEXT)
    return {"steps": (), **fields}


def _claim_lists(fields: Mapping[str, Any], field: str) -> None:
    """Claims stand in lists, one list a factor."""
    for name, claims in _map(fields.get(field, {}), field, field).items():
        _list(claims, field, name)


class _Watched:
    """A file that tells how much of it has been read."""

    def __init__(self, stream: IO[bytes], watch: Watch) -> None:
        self.stream, self.watch = stream, watch

    def read(self, size: int = -1) -> bytes:
        piece = self.stream.read(size)
        self.watch(len(piece))
        return piece


def _yaml_items(path: Path, watch: Watch | None) -> Iterator[parse.Item]:
    with path.open("rb") as stream:
        watched = cast("IO[bytes]", _Watched(stream, watch)) if watch else stream
        yield from parse.items(watched, str(path))


def _json_items(path: Path, watch: Watch | None) -> Iterator[parse.Item]:
    """A CSL-JSON list as the records of a references.yaml."""
    import json

    try:
        tree = json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        raise DataError(
            f"not valid JSON: {error.msg}", path=str(path), line=error.lineno, column=error.colno
        ) from None
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8 text: {error.reason}", path=str(path)) from None
    except RecursionError:
        raise DataError("nested too deep", path=str(path)) from None
    if not isinstance(tree, list):
        raise DataError("CSL-JSON is a list of items", path=str(path), line=1, column=1)
    for index, item in enumerate(tree):
        yield parse.Item((index,), item, 1, 1)
    if watch:
        watch(path.stat().st_size)


def _name(tree: parse.Tree, field: str, index: int) -> Name:
    parts = _map(tree, "a name", field, index)
    for part in parts:
        if part not in _NAME_PARTS:
            raise _unknown(part, _NAME_PARTS, "", field, index)
    name = Name(
        **{
            part.replace("-", "_"): _text(value, field, index, part)
            for part, value in parts.items()
            if value is not None
        }
    )
    if not (name.family or name.given or name.literal):
        raise InvalidError("a name needs family, given or literal", field, index)
    return name


def _custom(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Our own fields are checked; whatever else a library keeps there is its own affair."""
    for field, allowed in _CUSTOM.items():
        if fields.get(field) is not None:
            _one_of(_text(fields[field], "custom", field).lower(), allowed, "custom", field)
    for index, alias in enumerate(_list(fields.get("aliases") or [], "custom", "aliases")):
        _text(alias, "custom", "aliases", index)
    return fields


def _map(tree: parse.Tree, what: str, *path: str | int) -> Mapping[str, Any]:
    if not isinstance(tree, dict):
        raise InvalidError(f"{what} is a map (field: value), not {_shape(tree)}", *path)
    return tree


def _list(tree: parse.Tree, *path: str | int) -> list[Any]:
    if not isinstance(tree, list):
        raise InvalidError(f"{path[-1]} is a list, not {_shape(tree)}", *path)
    return tree


def _text(value: parse.Tree, *path: str | int) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):  # JSON's numbers and booleans
        return str(value).lower() if isinstance(value, bool) else str(value)
    raise InvalidError(f"{path[-1]} is text, not {_shape(value)}", *path)


def _texts(fields: Mapping[str, Any], field: str) -> tuple[str, ...]:
    values = _list(fields.get(field) or [], field)
    return tuple(_text(value, field, index) for index, value in enumerate(values))


def _optional(fields: Mapping[str, Any], field: str) -> str:
    value = fields.get(field)
    return "" if value is None else _text(value, field)


def _required(fields: Mapping[str, Any], field: str) -> str:
    value = _optional(fields, field).strip()
    if not value:
        raise InvalidError(f"{field} is missing", *([field] if field in fields else []))
    return value


def _known(fields: Mapping[str, Any], known: tuple[str, ...]) -> Mapping[str, Any]:
    for field in fields:
        if field not in known:
            raise _unknown(field, known)
    return fields


def _unknown(
    field: str, known: tuple[str, ...], way_out: str = "", *path: str | int
) -> InvalidError:
    from difflib import get_close_matches

    near = get_close_matches(field, known, 1)
    if near:
        way_out = f"did you mean {near[0]}?" + (f" ({way_out})" if way_out else "")
    return InvalidError(
        f"unknown field {field!r}; {way_out or 'allowed are ' + ', '.join(known)}", *path, field
    )


def _one_of(value: str, allowed: tuple[str, ...], *path: str | int) -> str:
    if value in allowed:
        return value
    from difflib import get_close_matches

    near = get_close_matches(value, allowed, 1) if len(allowed) > 12 else ()
    way_out = f"did you mean {near[0]}?" if near else f"allowed are {', '.join(allowed)}"
    raise InvalidError(f"{path[-1]} cannot be {value!r}; {way_out}", *path)


def _shape(tree: parse.Tree) -> str:
    match tree:
        case None:
            return "empty"
        case list():
            return "a list"
        case dict():
            return "a map"
        case _:
            return f"text ({str(tree)[:40]!r})"


_LEGACY = {"journalAbbreviation": "container-title-short", "shortTitle": "title-short"}
_TEXT = dict.fromkeys((*model.TEXT_VARIABLES, *_LEGACY))
_NAMES = dict.fromkeys(model.NAME_VARIABLES)
_DATES = dict.fromkeys(model.DATE_VARIABLES)
_NAME_PARTS = tuple(part.replace("_", "-") for part in Name._fields)
_CUSTOM = {"kind": model.REFERENCE_KINDS, "incomplete-authors": ("true", "false")}
