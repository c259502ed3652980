"""References as a journal prints them, and the citations in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from bclm_cli import cite
from bclm_cli.errors import UsageError
from bclm_cli.model.records import Reference
from bclm_cli.options.completion import among
from bclm_cli.options.groups import DataOptions, FileOptions, Keys, names
from bclm_cli.options.selection import SelectionOptions
from bclm_cli.options.suffix import TEXT, form
from bclm_cli.output import Output
from bclm_cli.query import EVERYTHING, Library
from bclm_cli.suggest import one_of, quoted

ORDER = 70
EXAMPLES = (
    "bclm cite muller2001 tabaries2012",
    "bclm cite --step margination --style nature -f html > refs.html",
    "bclm cite muller2001,perou2000 siegel2012 --in-text --style apa",
    "bclm cite --style list",
)
FORMATS = {"text": "plain text", "md": "Markdown", "html": "HTML"}
SUFFIXES = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", **TEXT}
LIST = "list"
ESCAPES = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m")


def command(
    key: Keys = None,
    *,
    style: Annotated[
        str,
        typer.Option(
            "--style",
            metavar="STYLE",
            envvar="BCLM_STYLE",
            show_envvar=False,
            help="A style's name, or a .csl file; `list` shows them.  [env: BCLM_STYLE]",
            autocompletion=among(*cite.OWN, LIST),
        ),
    ] = cite.DEFAULT,
    in_text: Annotated[
        bool,
        typer.Option(
            "--in-text",
            help="Print citations for the text; keys joined by commas form one citation.",
        ),
    ] = False,
    flags: SelectionOptions,
    options: FileOptions,
    data: DataOptions,
) -> None:
    """How does a journal print these papers in its reference list, or cite them in the text?

    With KEY in the order given, with --used-in in the order of the manuscript, else by key; unless
    the style sorts.
    """
    out = options.out()
    if options.format == "help":
        out.write(f"{name:6}{what}\n" for name, what in FORMATS.items())
        return
    format_ = _format(options, out)
    wanted = names(key)
    if style == LIST:
        options.put(_styles(data.library(), out, format_), out, paged=True)
        return
    if wanted is None and flags == SelectionOptions():
        raise UsageError("which papers?", "name them by key, or select: bclm cite --step 3")
    library = data.library()
    clusters = [_together(name, in_text) for name in wanted or ()]
    keys = library.reference_keys([name for cluster in clusters for name in cluster])
    selection = flags.selection(keys if wanted is not None else None)
    references = list(library.references(selection))
    for warning in library.warnings(selection):
        out.note(warning)
    if not references:
        out.note("no papers match")
        options.put((), out)
    elif in_text:
        cited = _cited([[keys[name] for name in cluster] for cluster in clusters], references)
        citations = cite.in_text(references, cited, style, format_)
        options.put((f"{citation}\n" for citation in citations), out)
    else:
        entries = cite.bibliography(references, style, format_)
        types = (reference.type for reference in references)
        for warning in (*cite.doubts(style, types), *cite.gaps(references)):
            out.note(warning)
        options.put(cite.lay_out(entries, format_), out, paged=True)


def _format(options: FileOptions, out: Output) -> str:
    """By -f, by the suffix of -o, else text, which a terminal shows with its italics."""
    name = options.format or form(options.file, SUFFIXES, FORMATS)
    name = one_of("format", name or "text", tuple(FORMATS))
    if name == "text" and out.color:
        return "terminal" if out.terminal and not options.file else "ansi"
    return name


def _together(name: str, in_text: bool) -> list[str]:
    """The names that commas join for a citation in the text."""
    found = name.split(",") if in_text else [name]
    if not all(found):
        raise UsageError(f"an empty name: {quoted(name)}")
    return found


def _cited(clusters: Sequence[Sequence[str]], references: Sequence[Reference]) -> list[list[str]]:
    """The selected keys of each citation: of those joined by commas, or all if none are."""
    selected = {reference.id: None for reference in references}
    if all(len(cluster) == 1 for cluster in clusters):
        return [list(selected)]
    together = ([key for key in dict.fromkeys(keys) if key in selected] for keys in clusters)
    return [keys for keys in together if keys]


def _wrapped(text: str, width: int) -> str:
    """An indented text in lines that end with a word; its colors and links take no room."""
    lines, used = ["  "], 2
    for word in text.split(" "):
        cells = len(ESCAPES.sub("", word))
        if used + cells > width and lines[-1].strip():
            lines.append("    ")
            used = 4
        lines[-1] += f"{word} "
        used += cells + 1
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _styles(library: Library, out: Output, format_: str) -> Iterator[str]:
    """Our own styles, each with its other names and an example, and the names of more journals;
    a terminal shows how many, for they are thousands."""
    from bclm_cli.cite import styles

    example = library.origin() or next(library.references(EVERYTHING), None)
    for style in cite.known_styles():
        shown = [style.title, f"also {', '.join(style.aliases)}"]
        if example:
            shown += cite.in_text([example], [[example.id]], style.name, format_)
            shown += [
                f"{entry.margin} {entry.text}".strip()
                for entry in cite.bibliography([example], style.name, format_)
            ]
        if out.terminal:
            gap = "\n" if style.name != cite.DEFAULT else ""
            yield f"{gap}{style.name}\n" + "".join(_wrapped(line, out.width) for line in shown)
        else:
            yield "\t".join([style.name, *shown]) + "\n"
    more = styles.packaged()
    if not out.terminal:
        yield from (f"{name}\n" for name in more)
        return
    told = f"{len(more):,} journals more: `bclm cite --style list | grep cancer` finds some"
    told = told if more else f"`{styles.EXTRA}` brings thousands of journals"
    yield f"\n{_wrapped(told, out.width)}"
