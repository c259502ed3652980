"""References through the processor as `bclm cite` has it: the list, and citations of keys."""

from __future__ import annotations

from collections.abc import Sequence

from bclm_cli import styles
from bclm_cli.csl import reference_list
from bclm_cli.csl.context import Citation, Cite
from bclm_cli.csl.reference_list import Line
from bclm_cli.model.records import Reference


def bibliography(
    references: Sequence[Reference], style: str = styles.DEFAULT, fmt: str = "text"
) -> list[Line]:
    """The reference list; `style` is a name or a path."""
    made = reference_list.processor(references, styles.find(style), styles.load_locale)
    return list(reference_list.lines(made, fmt))


def in_text(
    references: Sequence[Reference],
    clusters: Sequence[Sequence[str]],
    style: str = styles.DEFAULT,
    fmt: str = "text",
) -> list[str]:
    """The citation of each cluster of keys."""
    made = reference_list.processor(references, styles.find(style), styles.load_locale)
    citations = [Citation(tuple(map(Cite, keys))) for keys in clusters]
    return reference_list.citations(made, citations, fmt)
