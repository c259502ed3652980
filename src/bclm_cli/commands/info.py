"""Versions, counts, paths, license, and how to cite; the schemas, the database."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from bclm_cli import __version__, render
from bclm_cli.errors import CannotError, UsageError
from bclm_cli.options.completion import among
from bclm_cli.options.groups import DataOptions, FileOptions, Json, named_form
from bclm_cli.options.suffix import TEXT, chosen
from bclm_cli.output import write_file
from bclm_cli.suggest import one_of

ORDER = 120
EXAMPLES = ("bclm info", "bclm info -f json", "bclm info --schema steps", "bclm info --db bclm.db")
FORMATS = ("text", "json")
JSON = {".json": "json"}
SCHEMAS = ("references", "steps")
LICENSES = {"program": "MIT", "data": "CC BY 4.0"}


def command(
    *,
    schema: Annotated[
        str | None,
        typer.Option(
            "--schema",
            metavar="FILE",
            help="The JSON Schema of references or steps (.yaml), for editors.",
            autocompletion=among(*SCHEMAS),
        ),
    ] = None,
    db: Annotated[
        Path | None,
        typer.Option(
            "--db",
            metavar="FILE",
            help="Write all data as an SQLite file, for datasette or DuckDB.",
        ),
    ] = None,
    options: FileOptions,
    json: Json = False,
    data: DataOptions,
) -> None:
    """What is this, what data does it hold, and where does that come from?

    -f text (on a terminal and in a pipe) or json.
    """
    options = options._replace(format=named_form(options.format, json=json))
    out = options.out()
    if options.format == "help":
        out.write(f"{name}\n" for name in FORMATS)
        return
    if db is not None and schema is not None:
        raise UsageError("--db and --schema are two answers; ask one at a time")
    if db is not None:
        _refuse_other_file(db)
        write_file(db, data.library().database())
        out.note(f"wrote {db}")
        return
    if schema is not None:
        from bclm_cli.load import schema as schemas

        file = options.file if options.format is None else None
        chosen(None, file, JSON, ("json",), default="json")
        text: Iterable[str] = [schemas.dumps(getattr(schemas, one_of("schema", schema, SCHEMAS))())]
    else:
        suffixes = {**JSON, **TEXT}
        format_ = chosen(options.format, options.file, suffixes, FORMATS, default="text")
        library = data.library()
        about = {"version": __version__, "license": LICENSES, **library.about()}
        origin = library.origin()
        if format_ == "json":
            about["model"] = origin.to_csl() if origin else None
            text = [render.to_json(about, indent=2), "\n"]
        else:
            from bclm_cli.views.cards import about_card

            text = render.text([about_card(about, origin)], out)
    options.put(text, out)


def _refuse_other_file(db: Path) -> None:
    """Raise CannotError for a file that is there and no database: it may be a manuscript."""
    try:
        if not db.is_file():  # what is there, if anything, `write_file` tells
            return
        with db.open("rb") as there:
            head = there.read(16)
    except OSError:
        return
    if head and head != b"SQLite format 3\0":
        raise CannotError(f"{db} is there, and is no SQLite file", "name another one, or remove it")
