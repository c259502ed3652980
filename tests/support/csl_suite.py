"""The CSL test suite (citation-style-language/test-suite) through our processor.

A fixture has sections between `>>===== NAME =====>>` and `<<===== NAME =====<<`. What it expects is
the HTML of citeproc-js.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bclm_cli.csl.context import Citation, Cite
from bclm_cli.csl.processor import Processor
from bclm_cli.csl.style import Style, read_style
from bclm_cli.csl.writers import html
from bclm_cli.styles import load_locale

_SECTION = re.compile(r">>=+ ([A-Z0-9-]+) =+>>\n?(.*?)\n?<<=+ \1 =+<<", re.DOTALL)
_POSITIONS = ("first", "subsequent", "ibid", "ibid-with-locator")
_MODES = {"suppress-author": "suppress-author", "author-only": "author-only"}


def folder() -> Path | None:
    """Where the suite lies: BCLM_CSL_SUITE, or beside the checkout; None if it is nowhere."""
    beside = Path(__file__).resolve().parents[3] / "shared/csl-suite"
    places = [Path(os.environ["BCLM_CSL_SUITE"])] if "BCLM_CSL_SUITE" in os.environ else []
    for parent in Path(__file__).resolve().parents[2:5]:
        places.append(parent / "shared/csl-suite")
    places.append(beside)
    return next((place for place in places if (place / "humans").is_dir()), None)


def sections(path: Path) -> dict[str, str]:
    """The sections of a fixture by name."""
    return dict(_SECTION.findall(path.read_text(encoding="utf-8")))


def expected(fixture: Mapping[str, str]) -> str:
    """The result, entities put as their characters but for those of markup."""
    return _comparable(fixture["RESULT"])


def actual(fixture: Mapping[str, str]) -> str:
    """What our processor makes of a fixture."""
    style = read_style(fixture["CSL"].strip().encode(), "fixture")
    assert isinstance(style, Style)
    items = [{"id": f"item-{at}", **one} for at, one in enumerate(json.loads(fixture["INPUT"]), 1)]
    steps = json.loads(fixture.get("CITATIONS", "null"))
    if fixture["MODE"].strip().startswith("bibliography"):
        text = _bibliography(style, _cited(items, steps) if steps else items)
    elif steps:
        text = _document(style, items, steps)
    else:
        clusters = json.loads(fixture.get("CITATION-ITEMS", "null"))
        clusters = clusters or [[{"id": item["id"]} for item in items]]
        processor = Processor(style, load_locale, items)
        citations = [_citation(cluster, 0) for cluster in clusters]
        text = "\n".join(_html(processor, processor.citations(citations, positions=False)))
    return _comparable(text)


def _comparable(text: str) -> str:
    text = re.sub(r"\s*(</?div[^>]*>)\s*", r"\1", text)  # HTML ignores space around a block
    text = re.sub(r"&(?:amp|#38);", "&amp;", text.strip())
    text = re.sub(r"&(?:lt|#60);", "&lt;", text)
    return re.sub(r"&(?:gt|#62);", "&gt;", text)


def _html(processor: Processor, texts: Iterable[str]) -> list[str]:
    return [html.write(processor.tree(text)) for text in texts]


def _bibliography(style: Style, items: Sequence[Mapping[str, Any]]) -> str:
    processor = Processor(style, load_locale, items)
    lines = ['<div class="csl-bib-body">']
    for entry in processor.bibliography():
        margin, body = _html(processor, (entry.margin, entry.body))
        if style.bibliography is not None and style.bibliography.get("second-field-align"):
            margin = f'<div class="csl-left-margin">{margin}</div>'
            body = f'<div class="csl-right-inline">{body}</div>'
        lines.append(f'  <div class="csl-entry">{margin}{body}</div>')
    return "\n".join([*lines, "</div>"])


def _cited(items: Sequence[Mapping[str, Any]], steps: Sequence[Any]) -> list[Mapping[str, Any]]:
    """The items that a document cites in the end, in its order."""
    by_id = {str(item["id"]): item for item in items}
    known = {citation["citationID"]: citation for citation, _, _ in steps}
    citation, before, after = steps[-1]
    order = [*(key for key, _ in before), citation["citationID"], *(key for key, _ in after)]
    return [by_id[str(cite["id"])] for key in order for cite in known[key]["citationItems"]]


def _citation(cites: Sequence[Mapping[str, Any]], note: int) -> Citation:
    return Citation(tuple(map(_cite, cites)), note)


def _cite(cite: Mapping[str, Any]) -> Cite:
    mode = next((mode for mode in _MODES if cite.get(mode)), "")
    return Cite(
        str(cite["id"]),
        locator=str(cite.get("locator") or ""),
        label=cite.get("label") or "page",
        prefix=cite.get("prefix") or "",
        suffix=cite.get("suffix") or "",
        mode=mode,
        position=_POSITIONS[int(cite.get("position") or 0)],
        near_note=bool(cite.get("near-note")),
        first_note=int(cite.get("first-reference-note-number") or 0),
    )


def _document(style: Style, items: Sequence[Mapping[str, Any]], steps: Sequence[Any]) -> str:
    """The citations of a document after the last step, those that it changed behind ">>"."""
    by_id = {str(item["id"]): item for item in items}
    known: dict[str, Any] = {}
    texts: dict[str, str] = {}
    lines: list[str] = []
    for citation, before, after in steps:
        own = citation["citationID"]
        known[own] = citation
        note = citation.get("properties", {}).get("noteIndex")
        order = [*before, [own, note], *after]
        document = [_citation(known[key]["citationItems"], note or 0) for key, note in order]
        cited = [cite.id for one in document for cite in one.cites]
        processor = Processor(style, load_locale, [by_id[key] for key in cited])
        printed = _html(processor, processor.citations(document))
        now = dict(zip((key for key, _ in order), printed, strict=True))
        lines = []
        for index, (key, text) in enumerate(now.items()):
            changed = key == own or texts.get(key) != text
            lines.append(f"{'>>' if changed else '..'}[{index}] {text}")
        texts = now
    return "\n".join(lines)
