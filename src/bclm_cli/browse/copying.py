"""Papers on their way out: what `y` copies, and the file that `e` writes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bclm_cli.bibliography import Bibliography
from bclm_cli.formats import registry
from bclm_cli.formats.interface import Options
from bclm_cli.model.records import Reference
from bclm_cli.options.style import StyleOptions
from bclm_cli.options.suffix import chosen
from bclm_cli.query import Library, Selection

KINDS = {"k": "key", "c": "citation", "b": "BibTeX"}
"""What can be copied, by the key that is pressed after `y`."""


def text(kind: str, papers: Sequence[Reference], terms: frozenset[str]) -> str:
    """The papers as one of KINDS, ready to be pasted."""
    if kind == "key":
        return ", ".join(paper.id for paper in papers)
    if kind == "citation":
        from bclm_cli.csl import reference_list

        lines = reference_list.lines(StyleOptions().processor(papers), "text")
        return "".join(reference_list.lay_out(lines, "text")).strip()
    return "".join(registry.writer("bibtex").dump(papers, Options(terms=terms))).strip()


def export(path: Path, keys: Sequence[str], library: Library) -> list[str]:
    """Write the papers in the format of the file's suffix, BibTeX without one; what is to be noted.

    Raises UsageError for any other suffix, CannotError where the file cannot be written, or holds
    what would be lost.
    """
    notes: list[str] = []
    name = chosen(None, path, registry.suffixes(), registry.writer_names(), default="bibtex")
    bibliography = Bibliography(name)
    bibliography.write(path, library, Selection(keys=tuple(keys)), notes.append)
    return notes
