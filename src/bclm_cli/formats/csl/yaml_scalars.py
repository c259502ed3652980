"""YAML that every reader takes for the same strings, written as a stream."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# What YAML 1.1 or 1.2 reads as something other than a string, beside what begins with a digit.
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"))
_PLAIN = re.compile(r"[^\W\d_](?:[\w .,;/()+&=%'’–-]*[\w.;/()+&=%'’–-])?")


def scalar(text: str, *, flow: bool = False) -> str:
    """A string: bare where no reader could take it for anything else, else in double quotes.

    Inside [] and {}, where `flow` is, a comma ends it.
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and not (flow and "," in text):
        return text
    if text.isprintable():
        quoted = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"'
    return json.dumps(text)  # escapes all that is not ASCII, as YAML writes it too


def lines(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    """A mapping in block style, one line each; a list of small mappings has one of them a line."""
    for name, item in value.items():
        if isinstance(item, str):
            yield f"{indent}{scalar(name)}: {scalar(item)}\n"
        elif isinstance(item, Mapping):
            yield f"{indent}{scalar(name)}:" + (" {}\n" if not item else "\n")
            yield from lines(item, indent + "  ")
        elif isinstance(item, Sequence) and item:
            yield f"{indent}{scalar(name)}:\n"
            for one in item:
                yield f"{indent}  - {flow(one)}\n"
        else:
            yield f"{indent}{scalar(name)}: {flow(item)}\n"


def flow(value: object) -> str:
    """A value on one line: `{family: Example, given: Ann}`."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        return (
            f"{{{', '.join(f'{scalar(str(k), flow=True)}: {flow(v)}' for k, v in value.items())}}}"
        )
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow, value))}]"
    return json.dumps(value)
