"""References of the library through a processor: the list, and the citations in the text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bclm_cli.csl.context import Citation
from bclm_cli.csl.item import OTHERS, Item
from bclm_cli.csl.journals import in_form
from bclm_cli.csl.locale import LoadLocale
from bclm_cli.csl.processor import Processor
from bclm_cli.csl.rich_text import LINKS, OPEN, begins, looks_plain
from bclm_cli.csl.style import Style
from bclm_cli.csl.writers import module, writer
from bclm_cli.model.records import Reference
from bclm_cli.suggest import shortened

_WEB = re.compile("(?:https?|ftp)://", re.IGNORECASE)
_ADDRESSES = {
    "doi": "https://doi.org/",
    "pmid": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    "url": "https://",
}


class Line(NamedTuple):
    """One entry of the list: the reference's key, the number in its margin ("" for none), the rest.

    Some styles print the number as a part of the entry: then it stands in `text`.
    """

    key: str
    margin: str
    text: str


def processor(
    references: Iterable[Reference],
    style: Style,
    load_locale: LoadLocale,
    language: str = "",
    journal: str = "",
) -> Processor:
    """A processor for the works of a text, in the order in which it cites them first.

    `journal` is one of the forms of `journals`, "" for the style's own choice.
    """
    items = (to_item(reference, journal) for reference in references)
    return Processor(style, load_locale, items, language)


def to_item(reference: Reference, journal: str = "") -> Mapping[str, Any]:
    """CSL-JSON; where the list of authors is incomplete it ends in "others", as pandoc has it."""
    item = reference.to_csl()
    item.pop("custom", None)
    if reference.incomplete_authors:
        item["author"] = [*item["author"], {"literal": OTHERS}]
    return in_form(item, journal) if journal else item


def lines(made: Processor, fmt: str) -> Iterator[Line]:
    """The entries of the list, in the style's order; `fmt` is one of FORMATS."""
    write = writer(fmt)
    strip = module(fmt).stripped if fmt == "text" else None
    for entry in made.bibliography():
        if strip and looks_plain(entry.margin + entry.body):  # in a third of the time
            yield Line(entry.item.id, strip(entry.margin), strip(entry.body))
            continue
        address = _addresses(entry.item, entry.margin + entry.body)
        margin = write(made.tree(entry.margin, address))
        text = write(made.tree(entry.body, address))
        if fmt == "md":
            numbered = not margin and begins("number", entry.body)
            text = module(fmt).paragraph(text, numbered)
        yield Line(entry.item.id, margin, text)


def citations(made: Processor, wanted: Sequence[Citation], fmt: str) -> list[str]:
    """The citations as they stand in the text or the notes."""
    write = writer(fmt)
    return [write(made.tree(text)) for text in made.citations(wanted)]


def _addresses(item: Item, text: str) -> Callable[[str, str], str]:
    """What links of an entry lead to; the title carries one where nothing else does."""
    linked = any(OPEN[kind] in text for kind in LINKS if kind != "title")

    def address(kind: str, value: str) -> str:
        if kind != "title":
            return _address(kind, value)
        if linked:
            return ""
        kinds = ("doi", "pmcid", "pmid", "url")
        return next(filter(None, (_address(k, item.value(k.upper())) for k in kinds)), "")

    return address


def _address(kind: str, text: str) -> str:
    """The web address behind an identifier, "" for none and for other schemes.

    A link must not run a script in the reader's page.
    """
    if not text or "://" in text:
        return text if _WEB.match(text) else ""
    return _ADDRESSES[kind] + text


def document(parts: Sequence[Iterable[str]], fmt: str) -> Iterator[str]:
    """Citations and a list, laid out, as one text with an empty line between them."""
    form = module(fmt)
    yield getattr(form, "DOCUMENT_HEAD", "")
    for number, part in enumerate(parts):
        if number:
            yield "\n"
        yield from part
    yield getattr(form, "DOCUMENT_TAIL", "")


def lay_out_citations(texts: Iterable[str], fmt: str) -> Iterator[str]:
    """Citations one a line, or a paragraph each where the format knows no lines."""
    as_line = module(fmt).paragraph_of if fmt == "rtf" else "{}\n".format
    return map(as_line, texts)


def gaps(references: Iterable[Reference]) -> Iterator[str]:
    """Lines that name the articles whose reference says neither where to look nor that it is yet to
    come (those without volume or pages), and the papers of which not all authors are known."""
    nowhere, partly = [], []
    for reference in references:
        if reference.incomplete_authors:
            partly.append(reference.id)
        if (
            reference.type == "article-journal"
            and reference.issued.start
            and not reference.get("status")
            and not (reference.get("volume") and (reference.get("page") or reference.get("number")))
        ):
            nowhere.append(reference.id)
    for what, keys in (
        ("without volume or pages", nowhere),
        ("with et al. for authors that the data lacks", partly),
    ):
        if keys:
            yield f"{what}: {shortened(keys)}"


def lay_out(entries: Iterable[Line], fmt: str) -> Iterator[str]:
    """The list as a whole text, piece by piece, as the format's module frames it."""
    form = module(fmt)
    yield getattr(form, "HEAD", "")
    before = ""
    for entry in entries:
        line = f"{entry.margin} {entry.text}" if entry.margin else entry.text
        if fmt == "md" and before and not form.is_item(before):
            yield "\n"  # without numbers that make a list, Markdown needs an empty line
        before = line
        if fmt == "html":
            yield form.entry(*entry)
        else:
            yield form.paragraph_of(line) if hasattr(form, "paragraph_of") else f"{line}\n"
    yield getattr(form, "TAIL", "")
