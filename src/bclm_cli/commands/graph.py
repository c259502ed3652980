"""The cascade as a picture, a diagram or a network file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, cast

import typer

from bclm_cli import graph
from bclm_cli.errors import UsageError
from bclm_cli.options.completion import among
from bclm_cli.options.groups import DataOptions, FileOptions, StepName
from bclm_cli.options.selection import SelectionOptions
from bclm_cli.options.usage import number
from bclm_cli.output import write_file
from bclm_cli.query import Library, Selection
from bclm_cli.suggest import one_of, quoted

ORDER = 90
FORMATS = tuple(graph.names())
BINARY = (".png", ".pdf")
EXAMPLES = (
    "bclm graph",
    "bclm graph -o cascade.svg",
    "bclm graph margination -o margination.svg --theme dark",
    "bclm graph --factor neutrophil -f mermaid",
    "bclm graph -o cascade.graphml",
)


def command(
    step: StepName = None,
    *,
    top: Annotated[
        str | None,
        typer.Option(
            "--top",
            metavar="N",
            help="The N factors of each step with the most papers, or `all`.",
            autocompletion=among("all"),
        ),
    ] = None,
    theme: Annotated[
        str,
        typer.Option(
            "--theme",
            metavar="THEME",
            help="Colors of figures: light, dark or print.",
            autocompletion=among(*graph.THEMES),
        ),
    ] = "light",
    width: Annotated[
        int | None,
        typer.Option(
            "--width",
            metavar="N",
            parser=number("--width", 20, 20_000),
            help="Pixels of a figure, columns of text.",
        ),
    ] = None,
    flags: SelectionOptions,
    options: FileOptions,
    data: DataOptions,
) -> None:
    """How does the cascade look, from the primary tumor to the liver?

    Each step with the factors that act in it, the ones with the most papers first: what promotes,
    what suppresses, what is contradicted. With STEP that step's own picture; as svg it shows the
    claims and papers too.

    Pictures show the strongest factors of each step, network files show all; see --top. Without -f
    or -o boxes are drawn for the terminal.
    """
    out = options.out()
    if options.format == "help":
        out.write(f"{name:8}  {graph.get(name).HELP}\n" for name in graph.names())
        return
    format = _format(options.format, options.file)
    if format.SUFFIX in BINARY and options.file is None:
        raise UsageError(f"{format.SUFFIX[1:]} is no text", f"name a file: -o x{format.SUFFIX}")
    theme = one_of("theme", theme, graph.THEMES)
    library = data.library()
    selection = flags.selection()
    if step is not None:
        selection = selection._replace(step=(flags.step_of(library, step),))
    network = _network(library, selection, whole_step=step is not None)
    limit = format.TOP if step is None else format.TOP_OF_STEP
    network = network.strongest(_top(top) if top is not None else limit)
    if not network.claims:
        out.note("no claims match")
    text = format.SUFFIX == ".txt"
    drawing = graph.Options(
        width=width or (out.width if text else None),
        theme=theme,
        color=out.color and not options.file,
    )
    drawn = format.dump(network, drawing)
    if options.file:
        write_file(options.file, drawn)
    else:
        options.put(cast("Iterable[str]", drawn), out, paged=text)


def _network(library: Library, selection: Selection, *, whole_step: bool) -> graph.Network:
    """The selected claims in all steps, also those without one, or in the steps asked for."""
    wanted = {library.step(name) for name in selection.step}
    return graph.build(
        library.title(),
        [one for one in library.steps() if not wanted or one.id in wanted],
        library.factors(selection),
        list(library.claims(selection)),
        library.references(selection) if whole_step else (),
        source=library.origin(),
        whole_step=whole_step,
    )


def _format(name: str | None, file: Path | None) -> graph.Format:
    """By -f, by the suffix of -o, else text."""
    known = graph.names()
    if name is None and file:
        suffix = file.suffix.lower()
        name = next((n for n in known if suffix == graph.get(n).SUFFIX), None)
        if name is None:
            raise UsageError(
                f"no format has the suffix {quoted(suffix)}",
                f"name one with -f: {', '.join(known)}",
            )
    return graph.get(one_of("format", name or "text", known))


def _top(text: str) -> int | None:
    if text == "all":
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        raise UsageError(f"--top takes a number from 1, or all, not {quoted(text)}")
    return int(text)
