"""CSL-YAML for pandoc and Quarto, whose readers take every string for Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bclm_cli.formats.csl.markdown_writer import markdown
from bclm_cli.formats.interface import Options, container, wanted
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference
from bclm_cli.text import yaml_text

HELP = "CSL-YAML for pandoc and Quarto, its text as Markdown."
SUFFIX = ".yaml"
DROPS: frozenset[str] = frozenset()
FIELDS: frozenset[str] = frozenset()


def dump(references: Iterable[Reference], options: Options) -> Iterator[str]:
    """A mapping with `references`, which pandoc takes as a bibliography or as front matter."""
    before = "references:\n"
    for reference in wanted(references, options):
        first, *rest = yaml_text.lines(_item(reference, options), "    ")
        yield "".join((before, "  - ", first.lstrip(" "), *rest))
        before = "\n"
    if before != "\n":
        yield "references: []\n"


def _item(reference: Reference, options: Options) -> dict[str, Any]:
    item: dict[str, Any] = {"id": reference.id, "type": reference.type}
    text = {name: markdown(value) for name, value in reference.text.items()}
    if "container-title" in text:
        text["container-title"] = markdown(container(reference, options))
    title = text.pop("title", None)
    if title is not None:
        item["title"] = title
    for role, people in reference.names.items():
        item[role] = [_name(person) for person in people]
    item |= text
    for variable, date in reference.dates.items():
        item[variable] = _date(date)
    if reference.custom:
        item["custom"] = reference.custom
    return item


def _name(person: Name) -> dict[str, str]:
    return {part: markdown(value) for part, value in person.to_csl().items()}


def _date(date: Date) -> str | dict[str, Any]:
    """`2012-08` where that says it all, else the object form."""
    if date.start and not (date.season or date.circa or date.literal) and date.start[0] > 999:
        return str(date)
    return date.to_csl()
