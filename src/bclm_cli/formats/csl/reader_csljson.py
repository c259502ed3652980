"""CSL-JSON as Zotero, pandoc, Crossref and citation-js write it; JSON lines too."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from bclm_cli.formats.clean import clean
from bclm_cli.formats.csl.items import entry
from bclm_cli.formats.interface import Problem, Results, passed_over

HELP = "CSL-JSON (.json), as Zotero and pandoc give it"
SUFFIXES = (".json", ".csljson", ".jsonl", ".ndjson")

_LIST = re.compile(
    r"""\s*\{(?:\s*"[\w-]{1,20}"\s*:\s*(?:"[^"]{0,200}"|\d{1,9})\s*,){0,10}\s*"(?:items|references)"\s*:\s*\["""
)
# What the API of Crossref puts around one work, or around a list of them.
_MESSAGE = re.compile(
    r"""\s*\{(?:\s*"[\w-]{1,20}"\s*:\s*"[^"]{0,200}"\s*,){1,10}\s*"message"\s*:\s*(?=\{)"""
)
_ITEMS = re.compile(r'"items"\s*:\s*\[')
MAX_FAULTS = 100
"""What is broken oftener is no JSON; Python looks through all the text before each fault."""
_BETWEEN = re.compile(r"[\s,]*+")
_NEXT_ITEM = re.compile(r"\}\s*+,\s*+(?=\{)")
_NEXT_LINE = re.compile(r"\n(?=\{)")


def looks_like(head: str) -> bool:
    """Whether a text that begins so may be CSL-JSON."""
    return bool(re.match(r'\s*(?:\[\s*(?:\{|\])|\{\s*")', head))


def read(text: str) -> Results:
    """The items of a list, of a map's `items` or `references`, or one a line."""
    repeated: list[str] = []
    decoder = _decoder(repeated)
    unknown_fields: Counter[str] = Counter()
    at, alone = _begin(text)
    in_lines = not text[:at].strip()  # no list is open
    line, line_at, faults = 1, 0, 0
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
        if at >= len(text) or text[at] == "]":
            break
        line, line_at = line + text.count("\n", line_at, at), at
        try:
            item, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            faults += 1
            repeated.clear()
            place = line + text.count("\n", at, error.pos)
            yield Problem(place, f"not valid JSON: {error.msg}")
            if faults == MAX_FAULTS:
                yield Problem(place, f"given up after {faults} faults of JSON")
                break
            again = _NEXT_LINE if in_lines else _NEXT_ITEM
            following = again.search(text, max(error.pos, at + 1) - in_lines)
            if not following:
                break
            at = following.end()
            continue
        except RecursionError:
            yield Problem(line, "nested too deep for a bibliography")
            break
        for name in repeated:
            yield Problem(line, f"{clean(name[:60])} is there twice; the last is taken")
        repeated.clear()
        yield from entry(item, line, unknown_fields)
        if alone:
            break
    yield from passed_over(unknown_fields)


def _decoder(repeated: list[str]) -> json.JSONDecoder:
    """A decoder that adds to `repeated` the names that stand twice in one map.

    Numbers stay text: a volume "1.10" is no 1.1, and a long one cannot cost time.
    """

    def as_map(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            counts = Counter(name for name, _ in pairs)
            repeated.extend(name for name, count in counts.items() if count > 1)
        return found

    return json.JSONDecoder(
        parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=as_map
    )


def _begin(text: str) -> tuple[int, bool]:
    """Where the first item begins, and whether it stands alone in something around it."""
    if wrapped := _LIST.match(text):
        return wrapped.end(), False
    if message := _MESSAGE.match(text):
        items = _ITEMS.search(text, message.end()) if "-list" in message.group() else None
        return (items.end(), False) if items else (message.end(), True)
    return re.match(r"\s*\[?", text).end(), False  # type: ignore[union-attr]
