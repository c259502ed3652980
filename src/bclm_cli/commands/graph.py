"""The cascade as a picture, a diagram or a network file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, cast

import typer

from bclm_cli import graph
from bclm_cli.errors import NotFoundError, UsageError
from bclm_cli.model.records import FAMILY
from bclm_cli.options.completion import among, completing
from bclm_cli.options.groups import DataOptions, FileOptions
from bclm_cli.options.selection import SelectionOptions
from bclm_cli.options.suffix import chosen
from bclm_cli.options.usage import number
from bclm_cli.output import write_file
from bclm_cli.query import Library, Selection
from bclm_cli.suggest import one_of, quoted

ORDER = 90
FORMATS = tuple(graph.names())
BINARY = (".png", ".pdf")
FIGURES = (".svg", *BINARY)
EXAMPLES = (
    "bclm graph",
    "bclm graph -o cascade.svg",
    "bclm graph margination -o margination.svg --theme dark",
    "bclm graph CXCL12 CXCR4 -o axis.svg",
    "bclm graph -o cascade.graphml",
)


def command(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[STEP | NAME...]",
            help="This step alone (1-5, i-v, an id or its start), or these factors.",
            autocompletion=completing("step", "factor"),
        ),
    ] = None,
    *,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="A figure of the papers by year and step.")
    ] = False,
    top: Annotated[
        str | None,
        typer.Option(
            "--top",
            metavar="N",
            help="The N best supported factors of each step, or `all`.",
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

    Each step with the factors that act in it: what promotes, what suppresses, where papers
    conflict. With STEP that step's own picture; as a figure it shows the claims and papers too.
    With NAMEs, a figure sets those factors side by side: step by step, claims against and for.

    Pictures show the strongest factors of each step, network files show all; see --top. Without -f
    or -o boxes are drawn for the terminal.
    """
    out = options.out()
    if options.format == "help":
        out.write(f"{name:8}  {graph.get(name).HELP}\n" for name in graph.names())
        return
    suffixes = {graph.get(name).SUFFIX: name for name in FORMATS}
    format = graph.get(chosen(options.format, options.file, suffixes, FORMATS, default="text"))
    if format.SUFFIX in BINARY and options.file is None:
        raise UsageError(f"{format.SUFFIX[1:]} is no text", f"name a file: -o x{format.SUFFIX}")
    theme = one_of("theme", theme, graph.THEMES)
    if timeline and format.SUFFIX not in FIGURES:
        raise UsageError("--timeline is a figure", "name a file: -o x.svg, x.pdf or x.png")
    library = data.library()
    selection = flags.selection()
    step, factors = _named(library, flags, names or [])
    if step is not None:
        selection = selection._replace(step=(step,))
    if factors:
        flags.refuse("factor", "NAME")
        selection = selection._replace(factor=factors)
    network = _network(library, selection, factors, whole_step=step is not None, timeline=timeline)
    limit = format.TOP if step is None else format.TOP_OF_STEP
    if not (factors or timeline):
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


def _named(
    library: Library, flags: SelectionOptions, names: list[str]
) -> tuple[str | None, tuple[str, ...]]:
    """The step of a single name, or else the factors of these names.

    Raises NotFoundError where a name is neither.
    """
    if len(names) != 1:
        return None, library.factor_names(names)
    try:
        library.step(names[0])
    except NotFoundError as no_step:
        try:
            return None, library.factor_names(names)
        except NotFoundError as no_factor:
            raise NotFoundError(f"{no_step}; {no_factor}", no_step.hint) from None
    return flags.step_of(library, names[0]), ()


def _network(
    library: Library,
    selection: Selection,
    factors: tuple[str, ...],
    *,
    whole_step: bool,
    timeline: bool,
) -> graph.Network:
    """The selected claims in all steps, also those without one, or in the steps asked for."""
    wanted = set(library.step_ids(selection.step))
    found = library.factors(selection)
    network = graph.build(
        library.title(),
        [one for one in library.steps() if not wanted or one.id in wanted],
        found,
        list(library.claims(selection)),
        library.references(selection) if whole_step or timeline else (),
        source=library.origin(),
        whole_step=whole_step,
        families=library.factors(Selection(kind=(FAMILY,))),
    )
    subjects = tuple(_subject(library, name) for name in factors)
    return network._replace(subjects=subjects, timeline=timeline)


def _subject(library: Library, name: str) -> graph.Subject:
    factor = library.factor(name)
    members = library.narrower(name) if factor.kind == FAMILY else []
    return graph.Subject(factor, frozenset((name, *members)))


def _top(text: str) -> int | None:
    if text == "all":
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        raise UsageError(f"--top takes a number from 1, or all, not {quoted(text)}")
    return int(text)
