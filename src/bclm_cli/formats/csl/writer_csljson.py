"""CSL-JSON, which pandoc, Zotero, citeproc-js and citation-js read; nothing is lost in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bclm_cli.formats.interface import Options, container, wanted
from bclm_cli.model.records import Reference
from bclm_cli.text.control_chars import escaped

HELP = "CSL-JSON for pandoc, Zotero and every CSL processor: nothing is lost."
SUFFIX = ".json"
DROPS: frozenset[str] = frozenset()
FIELDS: frozenset[str] = frozenset()

# The specification of CSL 1.0.2 has these variables, its data schema has them not or by another
# name; what has no name there goes where the schema lets anything stand.
_SCHEMA_NAMES = {"part-number": "part", "printing-number": "printing",
                 "supplement-number": "supplement"}  # fmt: skip
_UNKNOWN_TO_SCHEMA = ("editor-translator", "license", *_SCHEMA_NAMES)


def dump(references: Iterable[Reference], options: Options) -> Iterator[str]:
    """An array of items, one variable a line."""
    before = "[\n"
    for reference in wanted(references, options):
        item = _item(reference, options)
        lines = ",\n".join(f"    {_json(name)}: {_json(value)}" for name, value in item.items())
        yield f"{before}  {{\n{lines}\n  }}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _item(reference: Reference, options: Options) -> Mapping[str, Any]:
    item = reference.to_csl()
    if options.journal == "abbrev" and "container-title-short" in item:
        item["container-title"] = container(reference, options)
    custom = dict(item.pop("custom", {}))
    for name in _UNKNOWN_TO_SCHEMA:
        if name in item:
            known = _SCHEMA_NAMES.get(name, name)
            target = custom if known == name or known in item else item
            target[known if target is item else name] = item.pop(name)
    if custom:
        item["custom"] = custom
    return item


def _json(value: object) -> str:
    return escaped(json.dumps(value, ensure_ascii=False))
