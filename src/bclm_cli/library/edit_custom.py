"""New lines for the `custom` of one reference in the text of a references.yaml."""

from __future__ import annotations

import re
from typing import NamedTuple

from bclm_cli.model.records import Reference
from bclm_cli.text import yaml_text

_ALIASES = re.compile(r"\baliases:\s*(\[)?")
_INCOMPLETE = re.compile(r"\s*incomplete-authors:")
_IN_BRACES = re.compile(
    r"(\{\s*)incomplete-authors:[^,}]*,\s*|,\s*incomplete-authors:[^,}]*(?=[,}])"
)
_DASH = re.compile(r"\s*-\s+")
_BRACE = re.compile(r"\{\s*(?=(\})?)")


class Place(NamedTuple):
    """Where a reference stands: the column of its fields, the line of its `custom` if it has one,
    and the line after its last one. Lines and columns count from 0."""

    column: int
    custom: int | None
    end: int


def insertions(
    lines: list[str], place: Place, old: Reference, new: Reference
) -> list[tuple[int, list[str]]]:
    """What `custom` has more in the new reference: new lines, and before which line they go.

    What goes into brackets that are there is put into `lines` at once.
    """
    fields = []
    if new.incomplete_authors and not old.incomplete_authors:
        fields.append('incomplete-authors: "true"')
    aliases = [yaml_text.scalar(key, flow=True) for key in new.aliases[len(old.aliases) :]]
    if not (fields or aliases):
        return []
    if aliases and not old.aliases:
        fields.append(f"aliases: [{', '.join(aliases)}]")
        aliases = []
    if place.custom is None:
        outer, inner = " " * place.column, " " * (place.column + 2)
        return [(place.end, [f"{outer}custom:", *(f"{inner}{field}" for field in fields)])]
    added = _into_list(lines, place.custom, place.end, aliases) if aliases else []
    if fields and "{" in lines[place.custom]:  # custom: {kind: review}
        lines[place.custom] = _BRACE.sub(
            lambda brace: f"{{{', '.join(fields)}{'' if brace.group(1) else ', '}",
            lines[place.custom],
            count=1,
        )
    elif fields:
        first = next((line for line in lines[place.custom + 1 : place.end] if line.strip()), "")
        inner = " " * max(len(first) - len(first.lstrip()), place.column + 1)
        added.append((place.custom + 1, [f"{inner}{field}" for field in fields]))
    return added


def removals(
    lines: list[str], place: Place, old: Reference, new: Reference
) -> list[tuple[int, int]]:
    """The lines of `custom` that are to go, because a list of authors is whole now: from, to.

    What goes out of braces is taken out of `lines` at once.
    """
    if place.custom is None or new.incomplete_authors or not old.incomplete_authors:
        return []
    if not new.custom:
        return [(place.custom, place.end)]
    lines[place.custom] = _IN_BRACES.sub(r"\1", lines[place.custom], count=1)
    found = (at for at in range(place.custom + 1, place.end) if _INCOMPLETE.match(lines[at]))
    return [(at, at + 1) for at in found]


def _into_list(
    lines: list[str], custom: int, end: int, aliases: list[str]
) -> list[tuple[int, list[str]]]:
    """Further aliases: in the brackets that are there, else as items after the last one."""
    for number in range(custom, end):
        if found := _ALIASES.search(lines[number]):
            if found[1]:
                before, bracket, after = lines[number].rpartition("]")
                lines[number] = ", ".join((before.rstrip(), *aliases)) + bracket + after
                return []
            last, indent = number + 1, ""
            while last < end and (dash := _DASH.match(lines[last])):
                indent = dash[0]
                last += 1
            return [(last, [f"{indent}{alias}" for alias in aliases])]
    return []
