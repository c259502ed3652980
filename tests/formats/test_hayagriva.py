"""Hayagriva: publishers without a name, conferences above proceedings, several serial numbers."""

from __future__ import annotations

import pytest

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Entry


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ("publisher: {name: Big Press, location: New York}",
         {"publisher": "Big Press", "publisher-place": "New York"}),
        ("publisher: {location: New York}", {"publisher-place": "New York"}),
        ("publisher: Big Press", {"publisher": "Big Press"}),
        ("publisher: Big Press\n  location: Rome",
         {"publisher": "Big Press", "publisher-place": "Rome"}),
        ("parent: {type: proceedings, title: P, parent: {type: conference, title: C, "
         "location: Rome}}",
         {"container-title": "P", "event-title": "C", "event-place": "Rome"}),
        ("parent: {type: proceedings, title: P, parent: {type: anthology, title: S, volume: 3}}",
         {"container-title": "P", "collection-title": "S", "collection-number": "3"}),
        ("parent: {type: periodical, title: J, serial-number: {issn: '15375927, 15410986'}}",
         {"container-title": "J", "ISSN": "1537-5927"}),
        ("parent: {type: book, title: B, serial-number: {isbn: 978-3-16-148410-0}}",
         {"container-title": "B", "ISBN": "978-3-16-148410-0"}),
    ],
)  # fmt: skip
def test_what_an_article_appeared_in(fields: str, text: dict[str, str]) -> None:
    (entry,) = registry.reader("hayagriva").read(f"a:\n  type: article\n  title: T\n  {fields}\n")
    assert isinstance(entry, Entry)
    assert entry.reference.text == {"title": "T", **text}
