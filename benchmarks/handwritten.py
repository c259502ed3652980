"""What is written by hand here, against the library that does the same: time, and what differs.

`python benchmarks/handwritten.py` reads and writes the shipped papers both ways, medians of one
run. A library that is not installed is left out (`pip install ruamel.yaml latexcodec`).
"""

from __future__ import annotations

import difflib
import io
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

STRINGS = (
    r"M{\"u}ller, J{\'o}zsef",
    r"{CXCR4} and the chemokine {\textit{CXCL12}} in the liver",
    r"Role of $\alpha$v$\beta$3 integrin in {E}-selectin\textsuperscript{+} cells",
    r"{\L}ukasz {\AA}ngstr{\"o}m and Fran{\c{c}}ois",
    "A plain title in which nothing is marked",
)


class Pair(NamedTuple):
    """The same work done by us and by a library, each to be called once."""

    what: str
    library: str
    ours: Callable[[], object]
    theirs: Callable[[], object]
    differs: str = ""


def timed(work: Callable[[], object], runs: int = 7) -> float:
    """Median seconds of several runs after one that warms up."""
    work()
    took = []
    for _ in range(runs):
        start = perf_counter()
        work()
        took.append(perf_counter() - start)
    return median(took)


def written(name: str) -> str:
    """The shipped papers in a format."""
    from bclm_cli.formats import registry
    from bclm_cli.formats.interface import Options
    from bclm_cli.query import Library

    with tempfile.TemporaryDirectory():
        references = list(Library().references())
    return "".join(registry.writer(name).dump(references, Options()))


def latex() -> Iterator[Pair]:
    """LaTeX in five strings to text."""
    from bclm_cli.formats.bibtex.latex.decode import decode

    def ours() -> list[str]:
        return [decode(text) for text in STRINGS]

    if find_spec("pylatexenc"):
        from pylatexenc.latex2text import LatexNodes2Text

        to_text = LatexNodes2Text().latex_to_text
        yield Pair("LaTeX in 5 strings", "pylatexenc", ours, lambda: [*map(to_text, STRINGS)])
    if find_spec("latexcodec"):
        import latexcodec  # noqa: F401  (registers the codec)

        encoded = [text.encode() for text in STRINGS]
        yield Pair(
            "LaTeX in 5 strings",
            "latexcodec",
            ours,
            lambda: [text.decode("latex") for text in encoded],
            "leaves braces and commands such as \\textit",
        )


def bibtex() -> Iterator[Pair]:
    """A .bib file to entries with their fields as written."""
    from bclm_cli.formats.bibtex.blocks import blocks

    text = written("bibtex")

    def ours() -> int:
        return sum(1 for _ in blocks(text))

    if find_spec("bibtexparser"):
        from bibtexparser.splitter import Splitter

        yield Pair(".bib to entries", "bibtexparser", ours, lambda: Splitter(text).split())
    if find_spec("pybtex"):
        from pybtex.database.input.bibtex import LowLevelParser

        yield Pair(".bib to entries", "pybtex", ours, lambda: [*LowLevelParser(text)])


def tagged_lines() -> Iterator[Pair]:
    """RIS to records of tags, which is all that rispy does, and NBIB to whole references."""
    from bclm_cli.formats import registry, tagged

    ris, nbib = written("ris"), written("nbib")
    shape = tagged.Shape(
        re.compile(r"([A-Z][A-Z0-9])  -(?:[ \t]|$)"),
        first=frozenset({"TY"}),
        last=frozenset({"ER"}),
        listed=frozenset({"KW"}),
    )
    if find_spec("rispy"):
        import rispy

        yield Pair(
            "RIS to records",
            "rispy",
            lambda: [*tagged.records(ris, shape)],
            lambda: rispy.loads(ris),
            "no line numbers; a missing ER loses a record",
        )
    if find_spec("nbib"):
        import nbib as package

        yield Pair(
            "NBIB to references",
            "nbib",
            lambda: [*registry.reader("nbib").read(nbib)],
            lambda: package.read(nbib),
        )


def citations() -> Iterator[Pair]:
    """A manuscript of 20 pages to the keys that it cites."""
    from bclm_cli.manuscript import scan
    from manuscript import manuscript

    text = manuscript(20)
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "paper.tex"
        paper.write_text(text)
        if find_spec("pylatexenc"):
            from pylatexenc.latexwalker import LatexWalker

            yield Pair(
                "keys of a .tex",
                "pylatexenc (nodes alone)",
                lambda: scan([str(paper)]),
                lambda: LatexWalker(text).get_latex_nodes(),
                "knows no \\citep, no included file",
            )
        if find_spec("typst"):
            import typst

            source, library = Path(folder) / "paper.typ", Path(folder) / "refs.yml"
            library.write_text(written("hayagriva"))
            words = "Words @muller2001 and @perou2000[p. 3] and more.\n\n" * 500
            source.write_text(f'{words}#bibliography("refs.yml")\n')
            yield Pair(
                "keys of a .typ",
                "typst query",
                lambda: scan([str(source)]),
                lambda: typst.query(str(source), "cite"),
                "needs the bibliography, and a document that compiles",
            )
        if find_spec("pypandoc"):
            import pypandoc

            markdown = Path(folder) / "paper.md"
            markdown.write_text("Words [@muller2001; @perou2000, p. 3] and more.\n\n" * 500)
            yield Pair(
                "keys of a .md",
                "pandoc, a process",
                lambda: scan([str(markdown)]),
                lambda: pypandoc.convert_file(str(markdown), "json"),
            )


def yaml_edits() -> Iterator[Pair]:
    """One paper added to the shipped references.yaml."""
    if not find_spec("ruamel"):
        return
    from ruamel.yaml import YAML

    from bclm_cli.library import edit_yaml
    from bclm_cli.model.records import Reference

    path = ROOT / "data" / "references.yaml"
    text = path.read_text(encoding="utf-8")
    item = {"id": "new2020", "type": "article-journal", "title": "A made-up paper"}

    def ours() -> str:
        return edit_yaml.with_added(text, [Reference.from_csl(item)], path)

    def theirs(yaml: YAML) -> str:
        tree = yaml.load(text)
        tree["references"].append(item)
        stream = io.StringIO()
        yaml.dump(tree, stream)
        return stream.getvalue()

    told, plain = YAML(), YAML()
    told.indent(mapping=2, sequence=4, offset=2)
    for yaml, name in ((plain, "ruamel.yaml"), (told, "ruamel.yaml, told the indentation")):
        yaml.preserve_quotes = True
        yaml.width = 4096
        lines = f"of {text.count(chr(10)):,} lines"
        differs = f"rewrites {changed(text, theirs(yaml)):,} {lines}; ours {changed(text, ours())}"
        yield Pair("a paper added to YAML", name, ours, partial(theirs, yaml), differs)


def changed(before: str, after: str) -> int:
    """How many lines of a text are not in the new one as they were."""
    diff = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return sum(line.startswith("-") and not line.startswith("---") for line in diff)


def main() -> None:
    print("| what | library | ours, ms | library, ms | ratio | what differs |")
    print("| --- | --- | ---: | ---: | ---: | --- |")
    for pairs in (latex, bibtex, tagged_lines, citations, yaml_edits):
        for pair in pairs():
            ours, theirs = timed(pair.ours), timed(pair.theirs)
            print(
                f"| {pair.what} | {pair.library} | {1000 * ours:.2f} | {1000 * theirs:.2f} |"
                f" {theirs / ours:.1f} | {pair.differs} |"
            )


if __name__ == "__main__":
    main()
