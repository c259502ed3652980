"""The citations of Markdown manuscripts as they stand in the text, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bclm_cli.manuscript import scan
from bclm_cli.manuscript.pandoc_citations import PandocCitation, citations
from bclm_cli.manuscript.readers import markdown
from bclm_cli.manuscript.source import read

_METADATA = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def is_markdown(files: Sequence[str]) -> bool:
    """Whether all of the manuscripts are Markdown in files."""
    return bool(files) and all(Path(name).suffix.lower() in markdown.SUFFIXES for name in files)


def citations_of(files: Sequence[str]) -> list[PandocCitation]:
    """The citations of Markdown manuscripts, in reading order.

    What stands in the metadata (`nocite`) is listed and not cited. Raises DataError as `scan` does.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    for one in scan(files).citations:
        places.setdefault(one.path, []).append((one.line, one.column))
    return [citation for name, found in places.items() for citation in _of_file(name, found)]


def _of_file(name: str, places: Sequence[tuple[int, int]]) -> Iterator[PandocCitation]:
    text = read(Path(name), name).text
    starts = [0, *(newline.end() for newline in re.finditer("\n", text))]
    offsets = sorted(starts[line - 1] + column - 1 for line, column in places)
    metadata = _METADATA.match(text)
    body = metadata.end() if metadata else 0
    return citations(text, [offset for offset in offsets if offset >= body])
