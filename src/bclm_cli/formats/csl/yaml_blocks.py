"""References to YAML, one block each, in the style of data/references.yaml.

Every scalar is a string to us, but pandoc, Quarto and editors read YAML 1.1 or 1.2: what those
would take for a number, a date, a truth or nothing is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bclm_cli.model import variables
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference

HEAD = "references:\n"

ORDER = (
    "genre", "status", "title", "title-short", "original-title", "volume-title", "part-title",
    "reviewed-title", "reviewed-genre",
    "author", "chair", "compiler", "composer", "contributor", "curator", "director", "editor",
    "editor-translator", "editorial-director", "executive-producer", "guest", "host",
    "illustrator", "interviewer", "narrator", "organizer", "original-author", "performer",
    "producer", "recipient", "reviewed-author", "script-writer", "series-creator", "translator",
    "container-author", "container-title", "container-title-short", "collection-editor",
    "collection-title", "collection-number", "event", "event-title", "event-place", "event-date",
    "issued", "original-date", "submitted", "available-date", "edition", "version", "volume",
    "number-of-volumes", "issue", "supplement", "part", "part-number", "chapter-number",
    "section", "page", "number", "number-of-pages", "publisher", "publisher-place",
    "original-publisher", "original-publisher-place", "DOI", "PMID", "PMCID", "ISSN", "ISBN",
    "URL", "accessed",
)  # fmt: skip
"""What a reader looks for first stands first; a variable that is not here follows, then custom."""

_QUOTED = frozenset((*variables.NUMBER_VARIABLES, "PMID", "custom"))
"""Numbers to a YAML reader more often than not; quoted always, for an even look."""
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
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


def block(reference: Reference) -> str:
    """One reference as an item of `references:`, with its line end."""
    lines = [f"  - id: {scalar(reference.id)}", f"    type: {reference.type}"]
    for variable in ordered_variables(reference):
        lines.extend(field(reference, variable))
    if reference.custom:
        lines.append("    custom:")
        lines.extend(_tree(reference.custom, "      "))
    return "\n".join(lines) + "\n"


def ordered_variables(reference: Reference) -> list[str]:
    """The variables that a reference has, in the order in which they are written."""
    return sorted(reference.variables, key=rank)


def rank(variable: str) -> int:
    """The place of a variable in a block."""
    return _RANK.get(variable, len(_RANK) + (variable == "custom"))


_RANK = {variable: rank for rank, variable in enumerate(ORDER)}


def field(reference: Reference, variable: str) -> Iterator[str]:
    """The lines of one variable as they stand in its block, without line ends."""
    if variable in reference.names:
        yield f"    {variable}:"
        for name in reference.names[variable]:
            yield f"      - {{{_name(name)}}}"
    elif variable in reference.dates:
        yield from _date(variable, reference.dates[variable])
    else:
        value = reference.text[variable]
        yield f"    {variable}: {scalar(value, quoted=variable in _QUOTED)}"


def _name(name: Name) -> str:
    if name == (name.family, name.given, "", "", "", "", "", "", "") and name.family and name.given:
        family, given = scalar(name.family, flow=True), scalar(name.given, flow=True)
        return f"family: {family}, given: {given}"
    return ", ".join(f"{part}: {scalar(value, flow=True)}" for part, value in name.to_csl().items())


def _date(variable: str, date: Date) -> Iterator[str]:
    text = str(date)
    if (not any(date[1:]) and text[:4].isdigit()) or Date.from_csl(text) == date:
        yield f"    {variable}: {scalar(text, quoted=True)}"
        return
    yield f"    {variable}:"
    for field, value in date.to_csl().items():
        if field == "date-parts":
            parts = ", ".join(f"[{', '.join(f'{part}' for part in end)}]" for end in value)
            yield f"      date-parts: [{parts}]"
        else:
            yield f"      {field}: {scalar(str(value).lower() if value is True else str(value))}"


def _tree(tree: Any, indent: str) -> Iterator[str]:
    """What stands under `custom`: maps, lists and strings as deep as they go."""
    if isinstance(tree, Mapping):
        for field, value in tree.items():
            yield from _branch(f"{indent}{scalar(str(field))}:", value, indent + "  ")
    else:
        for value in tree:
            if isinstance(value, Mapping | list | tuple) and value:
                first, *rest = _tree(value, indent + "  ")
                yield f"{indent}- {first[len(indent) + 2 :]}"
                yield from rest
            else:
                yield f"{indent}- {_leaf(value)}"


def _branch(head: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping | list | tuple) and value:
        yield head
        yield from _tree(value, indent)
    else:
        yield f"{head} {_leaf(value)}".rstrip(" ")


def _leaf(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "{}"
    return "[]" if isinstance(value, list | tuple) else scalar(str(value))


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
