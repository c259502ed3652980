"""The citations of Markdown manuscripts as they stand in the text, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bclm_cli.manuscript import Citation, scan
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
    places: dict[str, list[Citation]] = {}
    for one in scan(files).citations:
        places.setdefault(one.path, []).append(one)
    return [citation for name, found in places.items() for citation in _of_file(name, found)]


def _of_file(name: str, places: Sequence[Citation]) -> Iterator[PandocCitation]:
    text = read(Path(name), name).text
    starts = [0, *(newline.end() for newline in re.finditer("\n", text))]
    keys = {starts[one.line - 1] + one.column - 1: one.key for one in places}
    metadata = _METADATA.match(text)
    body = metadata.end() if metadata else 0
    offsets = sorted(offset for offset in keys if offset >= body)
    for found in citations(text, offsets):
        within = [keys[offset] for offset in offsets if found.start <= offset < found.end]
        if len(within) == len(found.cites):  # a tag of Manubot's stands for another key
            pairs = zip(found.cites, within, strict=True)
            found = found._replace(cites=tuple(cite._replace(key=key) for cite, key in pairs))
        yield found
