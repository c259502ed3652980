"""References of every type that our styles promise, each without one or two of its fields.

Authors and titles differ, so that no letter after a year tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Any

from bclm_cli.model.records import Reference

_PAGE = {"URL": "https://example.org/x", "accessed": "2016-01-02"}
_DOI = {"DOI": "10.0000/x"}
_TWO = {"author": ("Alpha, Ann B.", "Beta, Carl")}
_EDITED = {"editor": ("Gamma, Eva",)}

FULL: dict[str, dict[str, Any]] = {
    "article-journal": {
        **_TWO, **_DOI, "container-title": "Journal of X", "volume": "5", "issue": "2",
        "page": "100-109", "issued": "2015-03-04",
    },
    "article": {
        **_TWO, **_DOI, "URL": "https://example.org/y", "publisher": "inventedRxiv",
        "genre": "Preprint", "number": "2015.01", "issued": "2015-03-04",
    },
    "book": {
        **_TWO, **_EDITED, **_DOI, "edition": "2", "volume": "3", "publisher": "Pub",
        "publisher-place": "Town", "collection-title": "Series", "issued": "2015",
        "ISBN": "978-0-00-000000-2",
    },
    "chapter": {
        **_TWO, **_EDITED, **_DOI, "container-title": "The book", "edition": "2", "volume": "3",
        "page": "1-9", "publisher": "Pub", "publisher-place": "Town", "issued": "2015",
    },
    "paper-conference": {
        **_TWO, **_EDITED, **_DOI, "container-title": "Proceedings of Y", "volume": "4",
        "page": "1-9", "publisher": "Pub", "event-title": "Meeting Y", "event-place": "Rome",
        "issued": "2015-06-07",
    },
    "thesis": {
        "author": ("Alpha, Ann B.",), **_PAGE, "genre": "PhD thesis", "publisher": "University",
        "publisher-place": "Town", "issued": "2015-06-07",
    },
    "report": {
        **_TWO, **_PAGE, "genre": "Technical report", "number": "12", "publisher": "Institute",
        "publisher-place": "Town", "issued": "2015-06-07",
    },
    "webpage": {
        **_TWO, **_PAGE, "container-title": "Site", "publisher": "Owner", "issued": "2015-06-07",
    },
    "dataset": {
        **_TWO, **_PAGE, **_DOI, "publisher": "Bank", "version": "2", "issued": "2015-06-07",
    },
    "software": {
        **_TWO, **_PAGE, **_DOI, "publisher": "Forge", "version": "2", "issued": "2015-06-07",
    },
}  # fmt: skip
PAIRS = (
    ("DOI", "URL"), ("author", "editor"), ("issued", "accessed"), ("publisher", "genre"),
    ("number", "genre"), ("volume", "issue"), ("volume", "page"),
)  # fmt: skip
_SOLE = {"author": ("Alpha, Ann B.",)}
_TRANSLATED = {"translator": ("Delta, Tom",), "publisher": "Pub", "issued": "2014"}
_JOURNAL = {**_SOLE, "container-title": "Journal of X"}
_MEETING = {"event-title": "Meeting Y", "event-place": "Rome", "issued": "2015-06-07"}
MORE: dict[str, tuple[str, dict[str, Any]]] = {
    "in-press": ("article-journal", {**_JOURNAL, **_DOI, "status": "in press"}),
    "in-press-volume": ("article-journal", {**_JOURNAL, "status": "in press", "volume": "5"}),
    "dated-in-press": ("article-journal", {**_JOURNAL, "status": "in press", "issued": "2013-02"}),
    "retracted": ("article-journal", {
        **_JOURNAL, "status": "retracted", "issued": "2013", "volume": "5",
    }),
    "editorial": ("article-journal", {
        **_JOURNAL, "genre": "Editorial", "issued": "2013", "volume": "5",
    }),
    "in-press-unsigned": ("article-journal", {
        "container-title": "Journal of X", "status": "in press",
    }),
    "preprint-in-container": ("article", {
        **_SOLE, **_DOI, "container-title": "inventedRxiv", "issued": "2014-03",
    }),
    "preprint-submitted": ("article", {
        **_SOLE, "publisher": "inventedRxiv", "status": "submitted", "issued": "2014-03",
    }),
    "book-in-press": ("book", {**_SOLE, "publisher": "Pub", "status": "in press"}),
    "book-reprinted": ("book", {**_SOLE, **_EDITED, **_TRANSLATED, "status": "reprinted"}),
    "book-translated": ("book", {**_SOLE, **_TRANSLATED, "page": "3-5"}),
    "translator-alone": ("book", _TRANSLATED),
    "chapter-translated": ("chapter", {**_SOLE, **_TRANSLATED, "container-title": "The book"}),
    "talk": ("paper-conference", {**_SOLE, **_MEETING}),
    "abstract": ("paper-conference", {**_SOLE, **_MEETING, "container-title": "Abstracts"}),
    "thesis-with-doi": ("thesis", {
        **_SOLE, **_DOI, "publisher": "University", "issued": "2014-03",
    }),
    "report-in-series": ("report", {
        **_SOLE, **_EDITED, "collection-title": "series", "collection-number": "2",
    }),
    "report-draft": ("report", {**_PAGE, "status": "draft"}),
    "page-of-blog": ("webpage", {**_PAGE, "genre": "Blog", "container-title": "some site"}),
    "page-alone": ("webpage", _PAGE),
    "survey": ("dataset", {**_SOLE, "genre": "Survey", "number": "88", "publisher": "Bank"}),
    "package": ("software", {
        **_SOLE, "genre": "R package", "publisher": "Forge", "issued": "2014-03",
    }),
    "program-beta": ("software", {**_SOLE, "publisher": "Forge", "status": "beta"}),
}  # fmt: skip
"""What no field left out leads to: no date but a status, translators, meetings without a volume."""


@cache
def dropped() -> tuple[Reference, ...]:
    """Each type whole and without each field and pair of fields; then MORE."""
    return tuple(Reference.from_csl(item) for item in _items())


def _items() -> Iterator[dict[str, Any]]:
    numbers = count()
    for type_, fields in FULL.items():
        pairs = [pair for pair in PAIRS if fields.keys() >= {*pair}]
        for names in ((), *((name,) for name in fields), *pairs):
            kept = {name: value for name, value in fields.items() if name not in names}
            key = f"{type_}-without-{'+'.join(names) or 'nothing'}"
            yield _item(key, type_, next(numbers), kept)
    for key, (type_, fields) in MORE.items():
        yield _item(key, type_, next(numbers), fields)


def _item(key: str, type_: str, number: int, fields: dict[str, Any]) -> dict[str, Any]:
    letters = chr(ord("a") + number // 26) + chr(ord("a") + number % 26)
    item = {"id": key, "type": type_, "title": f"Title {letters} of it", **fields}
    for role in item.keys() & {"author", "editor", "translator"}:
        names = [name.split(", ") for name in item[role]]
        people = [{"family": family, "given": given} for family, given in names]
        people[0]["family"] += letters
        item[role] = people
    return item
