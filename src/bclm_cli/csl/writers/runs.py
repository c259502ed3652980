"""A tree of spans as runs of text, each with all its styles: for formats that cannot nest."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from bclm_cli.csl.rich_text import DISPLAYS
from bclm_cli.csl.span_tree import Tree
from bclm_cli.text.markup import LOWERED, RAISED

BLOCK = "block"
"""The style of a run that begins a line of its own; see `display` in the specification."""
_CLOSE_UP = (".", ",")
"""What needs no space before it where a style puts it behind a block."""
SCRIPTS = {"sup": (RAISED, "^({})"), "sub": (LOWERED, "_({})")}


class Run(NamedTuple):
    """A run of text, its styles from the outermost in, and the address that it links to."""

    text: str
    styles: tuple[str, ...] = ()
    address: str = ""


def runs(tree: Tree) -> list[Run]:
    """The runs of a tree; neighbors of the same styles are one run."""
    found: list[Run] = []
    for run in _runs(tree, (), ""):
        if found and found[-1][1:] == run[1:]:
            run = run._replace(text=found.pop().text + run.text)
        found.append(run)
    return found


def _runs(tree: Tree, styles: tuple[str, ...], address: str) -> Iterator[Run]:
    for at, child in enumerate(tree):
        if isinstance(child, str):
            yield Run(child, styles, address)
        elif child.kind == "link":
            yield from _runs(child.children, styles, child.address)
        elif child.kind in DISPLAYS:
            if child.kind in (BLOCK, "indent") and _first(child.children) not in _CLOSE_UP:
                yield Run(" ", styles, address)
            yield from _runs(child.children, styles, address)
            if child.kind != "right-inline" and _first(tree[at + 1 :]) not in _CLOSE_UP:
                yield Run(" ", styles, address)
        elif child.kind == "raised":  # a sign of its own in every font
            yield from _runs(child.children, styles, address)
        else:
            yield from _runs(child.children, (*styles, child.kind), address)


def _first(tree: Tree) -> str:
    """The first character, "" where there is none."""
    signs = (child[:1] if isinstance(child, str) else _first(child.children) for child in tree)
    return next(filter(None, signs), "")


def plain(found: list[Run]) -> Iterator[Run]:
    """Runs with what is raised or lowered in plain signs: in Unicode's own where it has them, else
    as "^(mid)"; small capitals as capitals."""
    for raised, group in groupby(found, key=lambda run: _raised(run.styles)):
        members = list(group)
        if not raised:
            yield from (run._replace(text=_upper(run)) for run in members)
            continue
        table, form = SCRIPTS[raised]
        whole = "".join(_upper(run) for run in members)
        moved = whole.translate(table)
        possible = all(a != b or a == " " for a, b in zip(whole, moved, strict=True))
        yield members[0]._replace(text=moved if possible else form.format(whole))


def _raised(styles: tuple[str, ...]) -> str:
    return next((style for style in reversed(styles) if style in SCRIPTS), "")


def _upper(run: Run) -> str:
    caps = next((s for s in reversed(run.styles) if s in ("smallcaps", "plain-caps")), "")
    return run.text.upper() if caps == "smallcaps" else run.text
