"""Puts values right in the text of a data file: nothing but the value changes, and a diff shows it.

Each new text is read again and compared before it is handed out; what cannot be put right so is
left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from bclm_cli.checks.data import Fix
from bclm_cli.errors import DataError
from bclm_cli.library import edit_bib as edit_bibtex
from bclm_cli.load import parse

CONTEXT_LINES = 3

_SPECIAL = re.compile(r"[][{},#&*!|>'\"%@`]|: ")


class Edit(NamedTuple):
    """The text of a file before and after, how many values that put right, and its encoding."""

    path: Path
    before: str
    after: str
    fixed: int
    encoding: str = "utf-8"


def edit(path: Path, fixes: Sequence[Fix]) -> Edit | None:
    """The file with these values put right, None where none of them can be.

    Only YAML in UTF-8 is edited, and only values that stand on one line, plain or in quotes.
    """
    if path.suffix not in (".yaml", ".yml"):
        return None
    try:
        before = path.read_bytes().decode()
    except UnicodeDecodeError:  # UTF-16, which the loader takes
        return None
    starts = [0, *(end.end() for end in parse.LINE_END.finditer(before))]
    after, done, last = [], 0, 0
    for fix in sorted(set(fixes)):
        start = starts[fix.line - 1] + fix.column - 1
        if start < last:
            continue  # the same value, put right once already
        quote = before[start] if before[start : start + 1] in ("'", '"') else ""
        new = _scalar(fix.new, quote)
        old = f"{quote}{fix.old}{quote}"
        if new and before.startswith(old, start):
            after += [before[last:start], new]
            last = start + len(old)
            done += 1
    text = "".join([*after, before[last:]])
    return Edit(path, before, text, done) if done and _holds(before, text, fixes) else None


def edit_bib(path: Path, terms: frozenset[str]) -> Edit | None:
    """The .bib with what can be put right in it, None where that is nothing.

    `terms` are names whose capitals styles must leave alone. Other bibliographies are not edited.
    Raises DataError for a file that cannot be read.
    """
    if not edit_bibtex.is_bibtex(path):
        return None
    file = edit_bibtex.current(path)
    if file is None:
        raise DataError("cannot read: no such file", path=str(path))
    after, changes = edit_bibtex.mended(file, terms)
    fixed = sum(change.what != edit_bibtex.FIELD_NAME for change in changes)
    return Edit(path, file.text, after, fixed, file.encoding) if changes else None


def _scalar(value: str, quote: str) -> str:
    """A value as YAML writes it in these quotes, "" where that takes more than quotes."""
    if not quote and _SPECIAL.search(value):
        quote = '"'
    return "" if quote and re.search(r"['\"\\]", value) else f"{quote}{value}{quote}"


def difference(edit: Edit) -> Iterator[str]:
    """The change as a unified diff, each line with its end."""
    name = str(edit.path)
    old, new = edit.before.splitlines(), edit.after.splitlines()
    for line in unified_diff(old, new, name, name, lineterm="", n=CONTEXT_LINES):
        yield f"{line}\n"


def _holds(before: str, after: str, fixes: Sequence[Fix]) -> bool:
    """Whether the new text holds what the old one did, but for the values put right."""
    allowed = {(fix.old, fix.new) for fix in fixes}
    try:
        return all(
            old == new or (old[0] == new[0] and (old[1], new[1]) in allowed)
            for old, new in zip(_values(before), _values(after), strict=True)
        )
    except (DataError, ValueError):
        return False


def _values(text: str) -> Iterator[tuple[parse.Path, str | None]]:
    for item in parse.items(text.encode(), ""):
        yield from _leaves(item.path, item.value)


def _leaves(path: parse.Path, tree: parse.Tree) -> Iterator[tuple[parse.Path, str | None]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _leaves((*path, key), value)
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _leaves((*path, index), value)
    else:
        yield path, tree
