"""CSL-YAML as pandoc, Zotero and Quarto write it; read by the strict road of our own data."""

from __future__ import annotations

import re
from collections import Counter

from bclm_cli.errors import DataError
from bclm_cli.formats.csl.items import entry
from bclm_cli.formats.csl.markdown import is_html, unmarked
from bclm_cli.formats.interface import Problem, Results, passed_over
from bclm_cli.load import parse

HELP = "CSL-YAML (.yaml), as pandoc, Zotero and this program give it"
SUFFIXES = (".yaml", ".yml", ".cslyaml")

_ESCAPE = re.compile(r"\\([^\w\s]|_| )")
_MARKDOWN = re.compile(r"[\\*^~\[]")
_BARE_LIST = re.compile(r"(?:[ \t]*(?:#.*)?\n)*-[ \t]")
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


def looks_like(head: str) -> bool:
    """Whether a text that begins so may be CSL-YAML."""
    return bool(re.search(r"^references:|^- +id:|^-\n +id:|^  - id:", head, re.MULTILINE))


def read(text: str) -> Results:
    """The items under `references:`, or of a bare list; YAML that is broken ends the reading."""
    shift = 0
    if opening := _FRONT_MATTER.match(text):
        shift = text.count("\n", 0, opening.end())
        end = _END.search(text, opening.end())
        text = text[opening.end() : end.start() if end else len(text)]
    if _BARE_LIST.match(text):
        text, shift = f"references:\n{text}", shift - 1
    # Pandoc reads the strings of CSL-YAML as Markdown; our own files hold CSL's marks instead.
    markdown = not is_html(text)
    unknown_fields: Counter[str] = Counter()
    try:
        for item in parse.items(text.encode(), "-"):
            if item.path and item.path[0] == "references":
                value = _from_markdown(item.value) if markdown else item.value
                yield from entry(value, item.line + shift, unknown_fields)
            elif not item.path and not (
                isinstance(item.value, dict) and "references" in item.value
            ):
                yield Problem(1, "there is no list of references")
    except DataError as error:
        line = max((error.line or 1) + shift, 1)
        yield Problem(line, f"{error.what}; nothing after this line is read")
    yield from passed_over(unknown_fields)


def _from_markdown(tree: parse.Tree) -> parse.Tree:
    """A tree with every string of it read as Markdown; its depth is bounded by the parser."""
    if isinstance(tree, str):
        return unmarked(tree) if _MARKDOWN.search(tree) else tree
    if isinstance(tree, list):
        return [_from_markdown(part) for part in tree]
    if isinstance(tree, dict):
        return {
            name: _ESCAPE.sub(r"\1", str(part))
            if name in ("DOI", "URL")
            else part
            if name in ("id", "custom")
            else _from_markdown(part)
            for name, part in tree.items()
        }
    return tree
