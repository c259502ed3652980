"""Titles and names of CSL items that go to BibTeX and come back through pandoc."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Entry, Options
from bclm_cli.model.records import Reference, name_from_csl
from support import csl_suite, facts, pandoc

_ROLES = ("author", "editor", "translator")
_INITIALS = re.compile(r"\.(?=\w)")


class Trip(NamedTuple):
    """How many items came back whole, and how many but for capitals, of how many."""

    whole: int
    but_for_capitals: int
    items: int

    def shares(self) -> str:
        """Both as percentages."""
        return f"{self.whole / self.items:.1%}, {self.but_for_capitals / self.items:.1%}"


def of_suite(folder: Path) -> Iterator[dict[str, Any]]:
    """The items of the CSL test suite that have a title, each once."""
    seen = set()
    for path in sorted((folder / "humans").glob("*.txt")):
        for item in json.loads(csl_suite.sections(path)["INPUT"]):
            told = json.dumps([item.get(name) for name in ("title", "issued", *_ROLES)])
            if isinstance(item.get("title"), str) and told not in seen:
                seen.add(told)
                yield item


def read(items: Iterable[Mapping[str, Any]]) -> list[Reference]:
    """The items as references with keys that BibTeX takes."""
    keyed = [{**item, "id": f"item{number}"} for number, item in enumerate(items)]
    found = registry.read(json.dumps(keyed).encode(), "items.json")
    return [one.reference for one in found if isinstance(one, Entry)]


def through_pandoc(references: list[Reference]) -> dict[str, Mapping[str, Any]]:
    """The references as pandoc reads them from our BibTeX, by key."""
    text = "".join(registry.writer("bibtex").dump(references, Options()))
    return dict(pandoc.items(text, "bibtex"))


def trip(references: list[Reference]) -> Trip:
    """What became of them. Initials may get a space, as pandoc gives them one."""
    back = through_pandoc(references)
    wanted = {reference.id: _told(_of_model(reference)) for reference in references}
    got = {key: _told(_of_pandoc(item)) for key, item in back.items()}
    return Trip(
        sum(told == got[key] for key, told in wanted.items()),
        sum(told.lower() == got[key].lower() for key, told in wanted.items()),
        len(wanted),
    )


def _of_model(reference: Reference) -> Iterator[str]:
    yield facts.marked(reference.title)
    for role in _ROLES:
        yield facts.names(reference.names.get(role, ()))


def _of_pandoc(item: Mapping[str, Any]) -> Iterator[str]:
    yield facts.marked(item.get("title", ""))
    for role in _ROLES:
        yield facts.names(map(name_from_csl, item.get(role, ())))


def _told(parts: Iterator[str]) -> str:
    return "\n".join(_INITIALS.sub(". ", part) for part in parts)
