"""The cascade as a picture, a diagram or a network file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bclm_cli import graph
from bclm_cli.commands._options import Data, Picks
from bclm_cli.errors import UsageError, missing, near
from bclm_cli.output import Output, write_file
from bclm_cli.query import Library, Selection

ORDER = 90
EXAMPLES = (
    "bclm graph",
    "bclm graph -o cascade.svg",
    "bclm graph margination -o margination.svg --theme dark",
    "bclm graph --factor neutrophil -f mermaid",
    "bclm graph -o cascade.graphml",
)


def _output(*names: str, help: str, **more: Any) -> Any:
    return typer.Option(*names, help=help, rich_help_panel="Output", show_default=False, **more)


def command(
    step: Annotated[
        str | None, typer.Argument(metavar="[STEP]", help="One step's own: 1-5, i-v, an id.")
    ] = None,
    *,
    top: Annotated[
        str | None,
        typer.Option(
            "--top",
            metavar="N",
            help="The N factors of each step with the most papers, or `all`.",
        ),
    ] = None,
    theme: Annotated[
        str, typer.Option("--theme", metavar="THEME", help="Colors of svg: light, dark or print.")
    ] = "light",
    width: Annotated[
        int | None,
        typer.Option(
            "--width", metavar="N", min=20, max=20_000, help="Pixels of svg, columns of text."
        ),
    ] = None,
    picks: Picks,
    format_: Annotated[
        str | None,
        _output(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"{', '.join(graph.names())}; `help` says what they are.",
        ),
    ] = None,
    file: Annotated[
        Path | None,
        _output(
            "--output", "-o", metavar="FILE", help="Write to a file; its suffix is the format."
        ),
    ] = None,
    color: Annotated[
        str, _output("--color", metavar="WHEN", help="auto, always or never.")
    ] = "auto",
    quiet: Annotated[bool, _output("--quiet", "-q", help="No notes on stderr.")] = False,
    data: Data,
) -> None:
    """How does the cascade look, from the primary tumor to the liver?

    Each step with the factors that act in it, the ones with the most papers first: what promotes,
    what suppresses, what is contradicted. With STEP that step's own picture; as svg it shows the
    claims and papers too.

    Pictures show the strongest factors of each step, network files show all; see --top. Without -f
    or -o boxes are drawn for the terminal.
    """
    if color not in ("auto", "always", "never"):
        raise UsageError(f"no color {color!r}", "it is auto, always or never")
    out = Output.detect(color, quiet=quiet)
    if format_ == "help":
        out.write(f"{name:8}  {graph.get(name).HELP}\n" for name in graph.names())
        return
    format = _format(format_, file)
    if theme not in graph.THEMES:
        raise UsageError(
            missing("theme", theme, near(theme, graph.THEMES)),
            f"themes are {', '.join(graph.THEMES)}",
        )
    network = _network(data.library(), picks.selection(), step)
    limit = format.TOP if step is None else format.TOP_OF_STEP
    network = network.strongest(_top(top) if top is not None else limit)
    if not network.claims:
        out.note("no claims match")
    text = format.SUFFIX == ".txt"
    options = graph.Options(
        width=width or (out.width if text else None), theme=theme, color=out.color and not file
    )
    chunks = format.dump(network, options)
    if file:
        write_file(file, chunks)
    elif text:
        out.page(chunks)
    else:
        out.write(chunks)


def _network(library: Library, selection: Selection, step: str | None) -> graph.Network:
    """The selected claims in all steps, also those without one, or in the steps asked for."""
    if step is not None:
        selection = selection._replace(step=(library.step(step),))
    wanted = {library.step(name) for name in selection.step}
    return graph.build(
        library.title(),
        [one for one in library.steps() if not wanted or one.id in wanted],
        library.factors(selection),
        library.claims(selection),
        library.references(selection) if step is not None else (),
        source=library.origin(),
        whole_step=step is not None,
    )


def _format(name: str | None, file: Path | None) -> graph.Format:
    """By -f, by the suffix of -o, else text."""
    known = graph.names()
    if name is None and file:
        suffix = file.suffix.lower()
        name = next((n for n in known if suffix == graph.get(n).SUFFIX), None)
        if name is None:
            raise UsageError(
                f"no format has the suffix {suffix!r}", f"name one with -f: {', '.join(known)}"
            )
    name = name or "text"
    if name not in known:
        raise UsageError(
            missing("format", name, near(name, known)), f"formats are {', '.join(known)}"
        )
    return graph.get(name)


def _top(text: str) -> int | None:
    if text == "all":
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        raise UsageError(f"--top takes a number from 1, or all, not {text!r}")
    return int(text)
