"""Hayagriva as Typst reads it: a CSL style that prints every variable between signs of its own."""

from __future__ import annotations

import html
import re
from pathlib import Path
from tempfile import TemporaryDirectory

TEXT = (
    "title", "container-title", "collection-title", "page", "DOI", "PMID", "PMCID", "URL",
    "publisher", "publisher-place", "note", "ISSN", "ISBN", "genre", "abstract", "call-number",
    "archive", "archive_location", "authority", "language", "event-title", "event-place",
    "original-title", "original-publisher",
)  # fmt: skip
NUMBERS = (
    "volume", "issue", "number", "edition", "chapter-number", "collection-number",
    "number-of-pages", "number-of-volumes", "version",
)  # fmt: skip
NAMES = ("author", "editor", "translator", "container-author", "collection-editor")
DATES = ("issued", "accessed", "event-date", "original-date")
_OPEN, _IS, _CLOSE = "⟦", "⟪", "⟧"
_FIELD = re.compile(f"{_OPEN}([^{_IS}]*){_IS}(.*?){_CLOSE}", re.DOTALL)


def _around(kind: str, variable: str, inside: str = "", form: str = "", name: str = "") -> str:
    affixes = f'prefix="{_OPEN}{name or variable}{_IS}" suffix="{_CLOSE}"'
    return f'<{kind} variable="{variable}" {form} {affixes}>{inside}</{kind}>'


_NAME = (
    '<name delimiter=" ⋄ " name-as-sort-order="all" sort-separator=", " and="text"'
    ' et-al-min="9999" et-al-use-first="9998" delimiter-precedes-last="always"/>'
).replace(' and="text"', "")
_DATE = (
    '<date-part name="year"/><date-part name="month" form="numeric-leading-zeros" prefix="-"/>'
    '<date-part name="day" form="numeric-leading-zeros" prefix="-"/>'
)
STYLE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" '
    'demote-non-dropping-particle="never">'
    "<info><title>Everything</title><id>everything</id>"
    "<updated>2000-01-01T00:00:00+00:00</updated></info>"
    '<citation><layout><text variable="title"/></layout></citation><bibliography><layout>'
    + _around("text", "citation-key")
    + "".join(_around("text", variable) for variable in TEXT)
    + _around("text", "container-title", form='form="short"', name="container-title-short")
    + _around("text", "title", form='form="short"', name="title-short")
    + "".join(_around("number", variable) for variable in NUMBERS)
    + "".join(_around("names", variable, _NAME) for variable in NAMES)
    + "".join(_around("date", variable, _DATE) for variable in DATES)
    + "</layout></bibliography></style>"
)


def fields(text: str) -> list[dict[str, str]]:
    """Every entry of a Hayagriva file as Typst prints it; raises what Typst raises."""
    import typst

    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "refs.yml").write_text(text, encoding="utf-8")
        (folder / "everything.csl").write_text(STYLE, encoding="utf-8")
        (folder / "main.typ").write_text(
            '#bibliography("refs.yml", style: "everything.csl", full: true, title: none)\n'
        )
        page = typst.compile(str(folder / "main.typ"), format="html").decode()
    items = re.findall(r"<li[^>]*>(.*?)</li>", page, re.DOTALL)
    # the address in a link may hold a bare > (Typst does not escape it there)
    bare = (re.sub(r'<a href="[^"]*">|<[a-z/][^>]*>', "", item) for item in items)
    return [dict(_FIELD.findall(html.unescape(item))) for item in bare]
