"""References as a journal prints them: the list at the end, and the citations in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from bclm_cli.cite import styles
from bclm_cli.cite.styles import DEFAULT, OWN, Known, doubts
from bclm_cli.cite.styles import known as known_styles
from bclm_cli.errors import DataError
from bclm_cli.model.records import Reference
from bclm_cli.suggest import one_of

if TYPE_CHECKING:
    from bclm_cli.cite.engine import Engine
    from bclm_cli.cite.items import CitedItem
    from bclm_cli.cite.marks import Span

__all__ = [
    "DEFAULT", "FORMATS", "OWN", "Entry", "Known", "bibliography", "doubts", "gaps", "in_text",
    "known_styles", "lay_out",
]  # fmt: skip

FORMATS = ("text", "md", "html", "ansi", "terminal")
"""Plain text, Markdown, HTML; text with escape codes for italics, and with those for links too."""


class Entry(NamedTuple):
    """One line of the list: the reference's key, the number in its margin ("" for none), the rest.

    Some styles print the number as a part of the line: then it stands in `text`.
    """

    key: str
    margin: str
    text: str


def bibliography(
    references: Sequence[Reference], style: str = DEFAULT, fmt: str = "text"
) -> list[Entry]:
    """The reference list in the order of the references, or in the style's own where it sorts.

    `style` is a name, a path or an identifier (see `styles.find` for what is raised), `fmt` one of
    FORMATS. A reference that is given twice is listed once.
    """
    from bclm_cli.cite.marks import begins
    from bclm_cli.cite.writers import WRITERS, paragraph

    write = WRITERS[one_of("format", fmt, FORMATS)]
    with _prepared(references, style) as (engine, items):
        entries = []
        people: tuple[object, ...] = ()
        for item in items:
            lines = engine.entry(item, people)  # type: ignore[arg-type]
            people = lines.people
            margin, text = (write(_spans(engine, item, t)) for t in (lines.margin, lines.body))
            if fmt == "md":
                text = paragraph(text, numbered=not margin and begins("number", lines.body))
            entries.append(Entry(item.key, margin, text))
        return entries


def in_text(
    references: Sequence[Reference],
    clusters: Sequence[Sequence[str]],
    style: str = DEFAULT,
    fmt: str = "text",
) -> list[str]:
    """The citation of each cluster of keys, as it stands in the text: "(1–3,7)", "(Ann 2012a,b)".

    `references` are all that the text cites, in the order of their numbers: a letter after a year
    or a given name depends on them all. Each key must be among them.
    """
    from bclm_cli.cite import intext
    from bclm_cli.cite.marks import spans
    from bclm_cli.cite.writers import WRITERS

    write = WRITERS[one_of("format", fmt, FORMATS)]
    with _prepared(references, style) as (engine, items):
        by_key = {item.key: item for item in items}
        texts = (intext.cluster(engine, [by_key[key] for key in keys]) for keys in clusters)
        return [write(spans(text, engine.words.quotes, lambda kind, value: "")) for text in texts]


def gaps(references: Iterable[Reference]) -> Iterator[str]:
    """A line that names the articles whose reference says neither where to look nor that it is yet
    to come: those without volume or pages."""
    lacking = [
        reference.id
        for reference in references
        if reference.type == "article-journal"
        and reference.issued.start
        and not reference.get("status")
        and not (reference.get("volume") and (reference.get("page") or reference.get("number")))
    ]
    if lacking:
        more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
        yield f"without volume or pages: {', '.join(lacking[:5])}{more}"


def lay_out(entries: Sequence[Entry], fmt: str) -> Iterator[str]:
    """The list as a whole text, line by line: HTML in CSL's own classes, Markdown in paragraphs."""
    from bclm_cli.cite.writers import is_item

    if fmt == "html":
        yield '<div class="csl-bib-body">\n'
    for entry in entries:
        if fmt == "html":
            yield _html_entry(entry)
        else:
            line = f"{entry.margin} {entry.text}" if entry.margin else entry.text
            yield f"{line}\n"
            if fmt == "md" and entry is not entries[-1] and not is_item(line):
                yield "\n"  # without numbers that make a list, Markdown needs an empty line
    if fmt == "html":
        yield "</div>\n"


def _html_entry(entry: Entry) -> str:
    from html import escape

    body = entry.text
    if entry.margin:
        body = (
            f'<div class="csl-left-margin">{entry.margin}</div>'
            f'<div class="csl-right-inline">{entry.text}</div>'
        )
    return f'  <div class="csl-entry" id="ref-{escape(entry.key)}">{body}</div>\n'


@contextmanager
def _prepared(
    references: Sequence[Reference], style: str
) -> Iterator[tuple[Engine, list[CitedItem]]]:
    """The style's engine and the items in the order of its list, numbered and told apart.

    What breaks in a style that we did not write is told as the style's fault.
    """
    source = styles.find(style)
    try:
        from bclm_cli.cite.disambiguation import disambiguate
        from bclm_cli.cite.engine import Engine
        from bclm_cli.cite.items import CitedItem
        from bclm_cli.cite.sorting import in_order

        engine = Engine(source)
        unique = {reference.id: reference for reference in references}
        items = [CitedItem(one, number) for number, one in enumerate(unique.values(), 1)]
        ordered = in_order(engine, items, engine.bibliography)
        for number, item in enumerate(ordered, 1):
            item.number = number
        disambiguate(engine, items, ordered)
        yield engine, ordered
    except (AttributeError, LookupError, NameError, RecursionError, TypeError, ValueError):
        if source.name in styles.OWN:
            raise
        what = styles.first_fault(source) or "the style cannot be run"
        raise DataError(what, path=source.name) from None


def _spans(engine: Engine, item: CitedItem, text: str) -> list[Span]:
    """Runs with links; the title carries one where nothing else in the entry does."""
    from bclm_cli.cite.marks import LINKS, OPEN, spans

    linked = any(OPEN[kind] in text for kind in LINKS if kind != "title")
    return spans(
        text,
        engine.words.quotes,
        lambda kind, value: "" if kind == "title" and linked else item.address(kind, value),
    )
