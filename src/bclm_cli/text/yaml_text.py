"""YAML that every reader takes for the same strings, written as a stream.

What YAML 1.1 or 1.2 would take for a number, a date, a truth or nothing is quoted, and what a
terminal obeys is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bclm_cli.text.control_chars import BIDI, UNWRITABLE

_UNFIT = re.compile(f"[{UNWRITABLE}{BIDI}]")
_PLAIN_START = re.compile(r"[^\W\d_]|[(/<“‘«\[]?[^\W_]|<")
_WORDS = re.compile(r"[A-Za-z][A-Za-z'.-]*+ [A-Za-z(](?>[A-Za-z0-9()/'&+.-]| (?! |$))*+", re.ASCII)
_BREAKS_PLAIN = re.compile(rf": |:$| #|^[\[\]{{}}]|^<<$|\s$|{_UNFIT.pattern}")
_BREAKS_FLOW = re.compile(r"[,\[\]{}?]|:")
_NOT_TEXT = re.compile(
    r"(?:~|null|true|false|yes|no|on|off|y|n|[-+]?\.inf|\.nan)"
    r"|[-+]?(?>0[box])?+(?=[a-f_]*+[0-9])[0-9a-f_]++(?>\.[0-9_]*+)?+(?>e[-+]?+[0-9]++)?+"
    r"|[0-9:._+-]++(?>[tT ][0-9:.zZ+ -]*+)?+",
    re.IGNORECASE,
)
_NO_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_NEEDS_ESCAPE = re.compile(_UNFIT.pattern + r'|["\\]')


def scalar(text: str, *, quoted: bool = False, flow: bool = False) -> str:
    """A string as a YAML scalar on one line: plain where no reader can mistake it.

    `flow` says that it stands inside `{}`.
    """
    if not quoted and _is_plain(text, flow):
        return text
    if _UNFIT.search(text) or not ('"' in text or "\\" in text):
        return f'"{_NEEDS_ESCAPE.sub(_escape, text)}"'
    return "'" + text.replace("'", "''") + "'"


def _is_plain(text: str, flow: bool) -> bool:
    if _WORDS.fullmatch(text):  # most names and titles
        return True
    if text.isalpha() and text.isascii():
        return text.lower() not in _NO_WORDS
    return bool(
        _PLAIN_START.match(text)
        and not _BREAKS_PLAIN.search(text)
        and not (flow and _BREAKS_FLOW.search(text))
        and not _NOT_TEXT.fullmatch(text)
    )


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or (
        f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"
    )


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
    return _number(value)


def _number(value: object) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)
