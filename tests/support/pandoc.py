"""Bibliographies as pandoc reads them: its AST, whose math only pandoc itself can spell."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from functools import cache
from typing import Any

Item = dict[str, Any]


@cache
def program() -> str:
    """Where the pandoc of pypandoc-binary is."""
    import pypandoc

    return pypandoc.get_pandoc_path()


def run(text: str, *arguments: str) -> str:
    """What pandoc makes of a text; raises CalledProcessError with its message."""
    done = subprocess.run(
        [program(), *arguments], input=text, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def items(text: str, format_: str) -> dict[str, Item]:
    """The references by id: strings with CSL's marks, names as maps, dates as EDTF strings."""
    if format_ == "cslyaml":
        meta = json.loads(run(f"---\n{text}---\n", "-f", "markdown", "-t", "json"))["meta"]
    else:
        meta = json.loads(run(text, "-f", format_, "-t", "json"))["meta"]
    references = meta["references"]["c"]
    math = _spelled_math(list(_math(references)))
    return {item["id"]: item for item in (_plain(reference, math) for reference in references)}


def _math(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for part in node:
            yield from _math(part)
    elif isinstance(node, dict):
        if node.get("t") == "Math":
            yield node["c"][1]
        else:
            yield from _math(list(node.values()))


def _spelled_math(formulas: list[str]) -> dict[str, str]:
    distinct = sorted(set(formulas))
    if not distinct:
        return {}
    paragraphs = [
        {"t": "Para", "c": [{"t": "Math", "c": [{"t": "InlineMath"}, formula]}]}
        for formula in distinct
    ]
    document = {"pandoc-api-version": [1, 23], "meta": {}, "blocks": paragraphs}
    spelled = run(json.dumps(document), "-f", "json", "-t", "plain", "--wrap=none")
    return dict(zip(distinct, spelled.strip("\n").split("\n\n"), strict=True))


_AROUND = {"Emph": "i", "Strong": "b", "Superscript": "sup", "Subscript": "sub", "SmallCaps": "sc"}
_QUOTES = {"DoubleQuote": "“{}”", "SingleQuote": "‘{}’"}


def _plain(node: Any, math: dict[str, str]) -> Any:
    """A metadata value without pandoc's types."""
    kind, content = node["t"], node.get("c")
    if kind == "MetaMap":
        return {name: _plain(value, math) for name, value in content.items()}
    if kind == "MetaList":
        return [_plain(value, math) for value in content]
    if kind == "MetaInlines":
        return _inlines(content, math)
    if kind == "MetaBlocks":
        return " ".join(_inlines(block["c"], math) for block in content)
    return str(content).lower() if kind == "MetaBool" else content


def _inlines(nodes: list[Any], math: dict[str, str]) -> str:
    return "".join(_inline(node["t"], node.get("c"), math) for node in nodes)


def _inline(kind: str, content: Any, math: dict[str, str]) -> str:
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Str":
        return str(content)
    if kind == "Math":
        return math[content[1]]
    if kind in _AROUND:
        return f"<{_AROUND[kind]}>{_inlines(content, math)}</{_AROUND[kind]}>"
    if kind == "Quoted":
        return _QUOTES[content[0]["t"]].format(_inlines(content[1], math))
    if kind in ("Span", "Link"):
        return _inlines(content[1], math)
    if kind == "RawInline":  # a command that it does not know, which only LaTeX would see again
        return ""
    raise AssertionError(f"pandoc read {kind}: {content}")


def rows(text: str) -> list[list[str]]:
    """A CSV file as pandoc reads it, the header first."""
    document = json.loads(run(text.removeprefix("\ufeff"), "-f", "csv", "-t", "json"))
    (table,) = document["blocks"]
    _, _, _, (_, head), ((_, _, _, body),), _ = table["c"]
    return [[_cell(cell) for cell in cells] for _, cells in (*head, *body)]


def _cell(cell: Any) -> str:
    _, _, _, _, blocks = cell
    return "\n".join(_inlines(block["c"], {}) for block in blocks)
