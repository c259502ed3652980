"""Which keys another bibliography of the manuscript holds, read quickly and without judging it."""

from __future__ import annotations

import re
from pathlib import Path

from bclm_cli.errors import DataError, UsageError
from bclm_cli.manuscript.source import read

_BIB_ENTRY = re.compile(r"@\s*+(\w++)\s*+[{(]\s*+([^\s,{}]++)\s*+[,}]")
_BIB_IDS = re.compile(r"\bids\s*+=\s*+[{\"]([^{}\"]*+)", re.IGNORECASE)
_NO_ENTRY = frozenset({"comment", "preamble", "string"})
_YAML_ID = re.compile(r"^[ \t]*(?:-[ \t]+)?(?:id:[ \t]*)[\"']?([^\s\"'#]+)", re.MULTILINE)
_HAYAGRIVA_KEY = re.compile(r"^([^\s:#\-][^\s:]*):[ \t\r]*$", re.MULTILINE)


def held_keys(name: str) -> frozenset[str]:
    """The keys in a .bib, a CSL .json or a .yaml of CSL or Hayagriva.

    Raises UsageError for another suffix, DataError for a file that cannot be read.
    """
    reader = _READERS.get(Path(name).suffix.lower())
    if reader is None:
        raise UsageError(
            f"{name}: no bibliography by its suffix", f"readable are {', '.join(_READERS)}"
        )
    return frozenset(reader(read(Path(name), name).text, name))


def _bib(text: str, name: str) -> list[str]:
    keys = [key for kind, key in _BIB_ENTRY.findall(text) if kind.lower() not in _NO_ENTRY]
    aliases = (ids.split(",") for ids in _BIB_IDS.findall(text))
    return keys + [alias.strip() for group in aliases for alias in group]


def _json(text: str, name: str) -> list[str]:
    import json

    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(f"not valid JSON: {error}", path=name) from None
    if isinstance(items, dict):
        items = items.get("references", items.get("items"))
    if not isinstance(items, list):
        raise DataError("holds no list of references; begin it with [ and end it with ]", path=name)
    return [str(item["id"]) for item in items if isinstance(item, dict) and "id" in item]


def _yaml(text: str, name: str) -> list[str]:
    return _YAML_ID.findall(text) or _HAYAGRIVA_KEY.findall(text)


_READERS = {".bib": _bib, ".json": _json, ".yaml": _yaml, ".yml": _yaml}
