"""Versions, counts, paths, licence, and how to cite."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bclm_cli import __version__, render, views
from bclm_cli.commands import _show
from bclm_cli.commands._options import Data, Display

ORDER = 120
EXAMPLES = ("bclm info", "bclm info --json", "bclm info --db bclm.sqlite")


def command(
    *,
    db: Annotated[
        Path | None,
        typer.Option("--db", metavar="FILE", help="Hand the data out as an SQLite file."),
    ] = None,
    display: Display,
    data: Data,
) -> None:
    """What is this, what data does it hold, and where does that come from?"""
    library = data.library()
    out = display.out()
    if db is not None:
        library.copy_to(db)
        out.note(f"wrote {db}")
        return
    about = library.about()
    if display.json or display.format == "json":
        _show.put([render.to_json({"version": __version__, **about}, indent=2), "\n"], display, out)
        return
    card = views.about_card(__version__, about, library.origin())
    _show.put(render.text([card], out), display, out)
