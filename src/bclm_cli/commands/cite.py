"""References as a journal prints them, and the citations in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bclm_cli import styles
from bclm_cli.errors import UsageError
from bclm_cli.gc_paused import gc_paused
from bclm_cli.model.records import Reference
from bclm_cli.options.groups import DataOptions, FileOptions, Keys, names
from bclm_cli.options.selection import SelectionOptions
from bclm_cli.options.style import LIST, StyleOptions
from bclm_cli.options.suffix import TEXT, chosen
from bclm_cli.output import Output
from bclm_cli.query import EVERYTHING, Library
from bclm_cli.suggest import quoted

if TYPE_CHECKING:
    from bclm_cli.csl.context import Citation
    from bclm_cli.csl.processor import Processor
    from bclm_cli.manuscript.pandoc_citations import PandocCitation

ORDER = 70
EXAMPLES = (
    "bclm cite muller2001 tabaries2012",
    "bclm cite --step margination --style nature -f html > refs.html",
    "bclm cite '[see @muller2001, p. 53; @siegel2012]' --style apa",
    "bclm cite --used-in paper.qmd --style apa -f md",
    "bclm cite --style list",
)
FORMATS = {
    "text": "plain text",
    "md": "Markdown",
    "html": "HTML",
    "latex": "LaTeX",
    "typst": "Typst",
    "rtf": "RTF, which Word opens",
}
SUFFIXES = {
    ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".tex": "latex",
    ".typ": "typst", ".rtf": "rtf", **TEXT,
}  # fmt: skip
_CITATION = ("[", "@", "-@")
"""How a citation of pandoc begins, and no key."""
ESCAPES = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m")


def command(
    key: Keys = None,
    *,
    style: StyleOptions,
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
    the style sorts. A citation of pandoc ('[see @KEY, p. 3]') is printed as it stands in the text,
    and so are those of a Markdown manuscript, with the list behind them.
    """
    out = options.out()
    if options.format == "help":
        out.write(f"{name:6}{what}\n" for name, what in FORMATS.items())
        return
    format_ = _format(options, out)
    wanted = names(key)
    if style.style == LIST:
        options.put(_styles(data.library(), out, format_), out, paged=True)
        return
    if wanted is None and flags == SelectionOptions():
        raise UsageError("which papers?", "name them by key, or select: bclm cite --step 3")
    library = data.library()
    found = _Found(library, wanted, flags, in_text=in_text)
    with gc_paused():
        references = found.references(library)
    for warning in library.warnings(found.selection):
        out.note(warning)
    if not references:
        out.note("no papers match")
        options.put((), out)
        return
    from bclm_cli.csl import reference_list

    with gc_paused():
        made = style.processor(references)
        parts = []
        if found.citations or in_text:
            parts.append(_citations(made, found.cited(references), format_))
        if not (in_text or found.arguments):
            parts.append(_list(made, references, style.style, format_, out))
        options.put(reference_list.document(parts, format_), out, paged=not in_text)


class _Found:
    """The papers and citations that the arguments and the manuscripts ask for."""

    def __init__(
        self,
        library: Library,
        wanted: Sequence[str] | None,
        flags: SelectionOptions,
        *,
        in_text: bool,
    ) -> None:
        self.arguments = [name for name in wanted or () if name.startswith(_CITATION)]
        self.citations: list[Citation] = []
        self._alone = True
        keys = [*(wanted or ())]
        if not all(keys):
            raise UsageError("an empty name: ''")
        if self.arguments or in_text:
            self.citations = [_citation(name) for name in keys]
            self._alone = not self.arguments and all(len(c.cites) == 1 for c in self.citations)
            keys = [cite.id for one in self.citations for cite in one.cites]
        self.keys = library.reference_keys(keys)
        self.selection = flags.selection(None if wanted is None else self.keys)
        if wanted is None and flags.used_in:
            self._read_manuscripts(library, flags.used_in)

    def _read_manuscripts(self, library: Library, files: Sequence[str]) -> None:
        from bclm_cli.manuscript import in_text as manuscripts

        if manuscripts.is_markdown(files):
            self._alone = False
            self.citations = list(map(_from_pandoc, manuscripts.citations_of(files)))
            cited = dict.fromkeys(cite.id for one in self.citations for cite in one.cites)
            self.keys = {key: found.id for key, found in library.cited([*cited]).items()}

    def references(self, library: Library) -> list[Reference]:
        """The papers in the order of their first citations; what is only listed comes last."""
        found = list(library.references(self.selection))
        cited = (self.keys.get(cite.id, "") for one in self.citations for cite in one.cites)
        place = {key: number for number, key in enumerate(dict.fromkeys(cited))}
        return sorted(found, key=lambda reference: place.get(reference.id, len(place)))

    def cited(self, references: Sequence[Reference]) -> list[Citation]:
        """The citations, of the selected papers alone; all papers as one if keys stand alone."""
        from bclm_cli.csl.context import Citation, Cite

        if self._alone:
            return [Citation(tuple(Cite(reference.id) for reference in references))]
        selected = {reference.id for reference in references}
        found = []
        for one in self.citations:
            cites = tuple(
                cite._replace(id=self.keys[cite.id])
                for cite in one.cites
                if self.keys.get(cite.id) in selected
            )
            if not any(cite.locator or cite.prefix or cite.suffix for cite in cites):
                cites = (*dict.fromkeys(cites),)  # under two names a paper is cited once
            if cites:
                found.append(one._replace(cites=cites))
        return found


def _citation(name: str) -> Citation:
    """What an argument cites: a citation of pandoc, or keys that commas join."""
    from bclm_cli.csl.context import Citation, Cite

    if name.startswith(_CITATION):
        from bclm_cli.manuscript.pandoc_citations import parse

        found = parse(name)
        if found is None:
            what = f"no citation: {quoted(name)}"
            raise UsageError(what, "write it as '[see @KEY, p. 3; @KEY]' or '@KEY [p. 3]'")
        return _from_pandoc(found)
    keys = name.split(",")
    if not all(keys):
        raise UsageError(f"an empty name: {quoted(name)}")
    return Citation(tuple(map(Cite, dict.fromkeys(keys))))


def _from_pandoc(found: PandocCitation) -> Citation:
    from bclm_cli.csl.context import Citation, Cite

    cites = tuple(
        Cite(
            cite.key,
            locator=cite.locator,
            label=cite.label,
            prefix=cite.prefix,
            suffix=cite.suffix,
            mode="suppress-author" if cite.suppress_author else "",
        )
        for cite in found.cites
    )
    return Citation(cites, author_in_text=found.author_in_text)


def _format(options: FileOptions, out: Output) -> str:
    """By -f, by the suffix of -o, else text, which a terminal shows with its italics."""
    name = chosen(options.format, options.file, SUFFIXES, FORMATS, default="text")
    if name == "text" and out.color:
        return "terminal" if out.terminal and not options.file else "ansi"
    return name


def _citations(made: Processor, cited: Sequence[Citation], format_: str) -> Iterator[str]:
    from bclm_cli.csl import reference_list

    return reference_list.lay_out_citations(reference_list.citations(made, cited, format_), format_)


def _list(
    made: Processor, references: Sequence[Reference], style: str, format_: str, out: Output
) -> Iterator[str]:
    from bclm_cli.csl import reference_list

    if not made.has_bibliography:
        hint = "`--in-text` prints its citations"
        raise UsageError(f"the style {quoted(style)} has no reference list", hint)
    types = (reference.type for reference in references)
    for warning in (*styles.warnings(style, types), *reference_list.gaps(references)):
        out.note(warning)
    return reference_list.lay_out(reference_list.lines(made, format_), format_)


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
    example = library.origin() or next(library.references(EVERYTHING), None)
    for style in styles.known():
        shown = [style.title, f"also {', '.join(style.aliases)}"]
        if example:
            shown += _example(example, style.name, format_)
        if out.terminal:
            gap = "\n" if style.name != styles.DEFAULT else ""
            yield f"{gap}{style.name}\n" + "".join(_wrapped(line, out.width) for line in shown)
        else:
            yield "\t".join([style.name, *shown]) + "\n"
    more = styles.packaged()
    if not out.terminal:
        yield from (f"{name}\n" for name in more)
        return
    advice = f"{len(more):,} journals more: `bclm cite --style list | grep cancer` finds some"
    advice = advice if more else f"`{styles.EXTRA}` brings thousands of journals"
    yield f"\n{_wrapped(advice, out.width)}"


def _example(reference: Reference, style: str, format_: str) -> list[str]:
    """A paper as a style cites it in the text, and as it lists it."""
    from bclm_cli.csl import reference_list
    from bclm_cli.csl.context import Citation, Cite

    made = StyleOptions(style).processor([reference])
    cited = reference_list.citations(made, [Citation((Cite(reference.id),))], format_)
    lines = reference_list.lines(made, format_)
    return [*cited, *(f"{line.margin} {line.text}".strip() for line in lines)]
