"""The options that commands share, in groups.

A command names a group as the type of a parameter (`options: ListOptions`); see `expand`.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from bclm_cli import paths, render
from bclm_cli.errors import UsageError
from bclm_cli.options.completion import a_field, a_format, among, completing
from bclm_cli.options.usage import number
from bclm_cli.output import Meter, Output, piped, say, write_file
from bclm_cli.query import Library
from bclm_cli.suggest import one_of


def _option(group: str, *names: str, help: str, **more: Any) -> Any:
    return typer.Option(*names, help=help, rich_help_panel=group, show_default=False, **more)


def _shape(*names: str, help: str, **more: Any) -> Any:
    return _option("Output", *names, help=help, **more)


def _file_or_stdout(file: Path | None) -> Path | None:
    """The file of -o, where `-` stands for stdout as elsewhere."""
    return None if file == Path("-") else file


StepName = Annotated[
    str | None,
    typer.Argument(
        metavar="[STEP]",
        help="Only this step: 1-5, i-v, an id or its start.",
        autocompletion=completing("step"),
    ),
]
Keys = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[KEY]...",
        help="Keys or identifiers (DOI, PMID, PMCID, arXiv, ISBN, URL); `-` reads them from stdin.",
        autocompletion=completing("paper"),
    ),
]
FOR_READERS = ("text", *render.DOCUMENTS)
"""Formats for people: they show cards, and the columns that a terminal has."""
FORMATS = (*FOR_READERS, *render.FORMATS)
COLORS = ("auto", "always", "never")
File = Annotated[
    Path | None,
    _shape(
        "--output",
        "-o",
        metavar="FILE",
        callback=_file_or_stdout,
        help="Write to a file; its suffix chooses the format.",
    ),
]
_Color = Annotated[
    str,
    _shape(
        "--color",
        metavar="WHEN",
        help="auto, always or never.",
        autocompletion=among(*COLORS),
    ),
]
Json = Annotated[bool, _shape("--json", help="Short for -f json.")]
Quiet = Annotated[bool, _shape("--quiet", "-q", help="No notes on stderr.")]


class ListOptions(NamedTuple):
    """The output flags of a list."""

    format: Annotated[
        str | None,
        _shape(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"{', '.join(FORMATS)}; text on a terminal, tsv in a pipe.",
            autocompletion=among(*FORMATS),
        ),
    ] = None
    json: Json = False
    fields: Annotated[
        str | None,
        _shape(
            "--fields",
            metavar="A,B,C",
            help="Only these fields, in this order; `help` lists them.",
            autocompletion=a_field,
        ),
    ] = None
    sort: Annotated[
        str | None,
        _shape(
            "--sort",
            metavar="FIELD",
            help="Sort by fields (A,-B); -FIELD is descending.",
            autocompletion=a_field,
        ),
    ] = None
    limit: Annotated[
        int | None,
        _shape("--limit", metavar="N", parser=number("--limit", 0), help="Only the first N rows."),
    ] = None
    file: File = None
    header: Annotated[
        bool | None,
        _shape(
            "--header/--no-header",
            help="A header line in TSV and CSV (with -f or -o there is one).",
        ),
    ] = None
    color: _Color = "auto"
    quiet: Quiet = False

    def out(self) -> Output:
        """Where and how the answer is written."""
        return _out(self.color, self.file, quiet=self.quiet)


class FileOptions(NamedTuple):
    """The output flags of what is no list: exports, citations, pictures."""

    format: Annotated[
        str | None,
        _shape(
            "--format",
            "-f",
            metavar="FORMAT",
            help="`-f help` lists the formats.",
            autocompletion=a_format,
        ),
    ] = None
    file: File = None
    color: _Color = "auto"
    quiet: Quiet = False

    def out(self) -> Output:
        """Where and how the answer is written."""
        return _out(self.color, self.file, quiet=self.quiet)

    def put(self, chunks: Iterable[str], out: Output, *, paged: bool = False) -> None:
        """Write the answer to -o FILE or to stdout, through a pager if it is for reading."""
        if self.file:
            write_file(self.file, chunks)
        elif paged:
            out.page(chunks)
        else:
            out.write(chunks)


def named_form(format: str | None, *, json: bool) -> str | None:
    """What -f or --json asks for. Raises UsageError where they ask for two things."""
    if json and format not in (None, "json"):
        raise UsageError(f"--json and -f {format} contradict each other", "keep one")
    return "json" if json else format


def _out(color: str, file: Path | None, *, quiet: bool) -> Output:
    one_of("color", color, COLORS)
    return Output.detect("never" if file and color == "auto" else color, quiet=quiet)


class DataOptions(NamedTuple):
    """The options that say which data is asked."""

    data: Annotated[
        list[Path],
        _option(
            "Data",
            "--data",
            metavar="PATH",
            help="Your own .bib (.ris, .json …) or data folder, laid over the rest; later ones win."
            "  [env: BCLM_DATA]",
        ),
    ] = []
    only_data: Annotated[
        bool, _option("Data", "--only-data", help="Leave the shipped data out.")
    ] = False
    refresh: Annotated[
        bool,
        _option(
            "Data", "--refresh", help="Read all data files anew, even those that look unchanged."
        ),
    ] = False
    quiet: bool = False
    """What -q of another group says: `expand` fills it in."""

    def folders(self) -> list[Path]:
        """The folders and files of --data, or else those that BCLM_DATA names."""
        return paths.overlays(self.data)

    def library(self) -> Library:
        """The data, opened."""
        return self.opened(self.folders())

    def opened(self, folders: list[Path]) -> Library:
        """The shipped data, unless it is left out, with these folders and files laid over it."""
        if self.only_data and not folders:
            raise UsageError(
                "--only-data needs --data PATH", "name the folder or file to use instead"
            )
        with Meter(quiet=self.quiet) as meter:
            return Library(
                folders,
                shipped=not self.only_data,
                refresh=self.refresh,
                progress=meter,
                note=None if self.quiet else say,
            )


def names(given: list[str] | None) -> list[str] | None:
    """The names on the command line; `-` stands for those on stdin, one a line, or in the first
    column of our own TSV.

    None where no name was asked for, which is not the same as a pipe that held none.
    """
    if not given:
        return None
    found: list[str] = []
    for name in given:
        if name == "-":
            found += filter(None, (line.split("\t")[0].strip() for line in piped("names")))
        else:
            found.append(name)
    return found
