"""Values of Hayagriva: strings that may be formatted, persons, entries with their parents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bclm_cli.formats.bibtex.latex.decoder import needs_nocase
from bclm_cli.formats.interface import check_length
from bclm_cli.formats.names import person, split_particle
from bclm_cli.model.records import Name
from bclm_cli.text.markup import NOCASE

_BRACES = re.compile(r"\\([{}$\\])|\{([^{}]*)\}")
_PERSON = ("name", "given-name", "prefix", "suffix")


def phrase(value: Any, *, marked: bool = False) -> str:
    """A formattable string without its braces, "" where the value is none.

    With `marked`, what they keep in lower case has CSL's mark.
    """
    if isinstance(value, dict):
        if str(value.get("verbatim")).lower() == "true":
            return verbatim(value.get("value"))
        return phrase(value.get("value"), marked=marked)
    if not isinstance(value, str) or not ("{" in value or "\\" in value):
        return value if isinstance(value, str) else ""
    check_length(value)
    return _BRACES.sub(_marked if marked else _bare, value)


def verbatim(value: Any) -> str:
    """A string as it stands, such as an address; of a map its value."""
    while isinstance(value, dict):
        value = value.get("value")
    return value if isinstance(value, str) else ""


def _bare(braces: re.Match[str]) -> str:
    return str(braces[1] or braces[2] or "")


def _marked(braces: re.Match[str]) -> str:
    inner = braces[2] or ""
    return f"{NOCASE}{inner}</span>" if needs_nocase(inner) else _bare(braces)


def people(value: Any) -> Iterator[Name]:
    """One person or several, as strings `von Family, Given, Jr` or as maps."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield person(one)
        elif isinstance(one, dict):
            yield _person(*(phrase(one.get(part)) for part in _PERSON))


def _person(name: str, given: str, prefix: str, suffix: str) -> Name:
    if not (given or prefix or suffix):
        return Name(literal=name) if " " in name else Name(family=name)
    return split_particle(Name(name, given, dropping_particle=prefix, suffix=suffix))


def is_more(name: Name) -> bool:
    """Whether a name stands for those that nobody listed."""
    return (name.literal or name.family).rstrip(".").lower() in ("et al", "others")


class Work:
    """An entry or a parent of one; it knows which of its fields nobody asked for."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.fields = fields
        self.asked = {"type"}
        self.kind = str(fields.get("type") or "").lower()

    def get(self, field: str) -> Any:
        if field not in self.fields:
            return None
        self.asked.add(field)
        return self.fields[field]

    def many(self, field: str) -> list[Any]:
        """The items of a field that may be a list."""
        value = self.get(field)
        return value if isinstance(value, list) else [value]

    def plain(self, field: str) -> str:
        """A field of text."""
        return phrase(self.get(field)) if field in self.fields else ""

    def phrase(self, field: str, *, marked: bool = True) -> str:
        """A title, with CSL's marks."""
        return phrase(self.get(field), marked=marked)

    def short(self, field: str, *, marked: bool = True) -> str:
        """The short form of a title, which older files call its shorthand."""
        value = self.get(field)
        if not isinstance(value, dict):
            return ""
        return phrase(value.get("short") or value.get("shorthand"), marked=marked)

    def parents(self, kind: str) -> Iterator[Work]:
        """What it appeared in; a parent that does not say what it is has this type."""
        for fields in self.many("parent"):
            if isinstance(fields, dict):
                yield Work({"type": kind, **fields})

    def untouched(self) -> list[str]:
        """The fields that were left."""
        return [field[:40] for field in self.fields if field not in self.asked]
