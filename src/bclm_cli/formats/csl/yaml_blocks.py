"""References to YAML, one block each, in the style of data/references.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bclm_cli.model import variables
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference
from bclm_cli.text.yaml_text import scalar

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
