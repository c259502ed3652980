"""XML of PubMed as a tree, read with expat, which follows no entity and fetches nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from bclm_cli.errors import ServiceError

SKIPPED = frozenset(
    {"Abstract", "OtherAbstract", "MeshHeadingList", "ReferenceList", "AffiliationInfo",
     "ChemicalList", "GrantList", "KeywordList", "DataBankList", "InvestigatorList", "History"}
)  # fmt: skip
"""What no citation needs, nine tenths of an answer; it is passed over while it is read."""
MAX_DEPTH = 40
MAX_ELEMENTS = 1_000_000
"""Two hundred papers with three hundred authors each have a third of it."""


class _RefusedError(Exception):
    """The text holds what no answer of PubMed does."""


class _Reader:
    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self.depth = self.elements = 0
        self.skipping = 0  # the depth at which what is passed over began

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _RefusedError("it is nested too deep")
        if not self.skipping and tag in SKIPPED:
            self.skipping = self.depth
        if not self.skipping:
            self.elements += 1
            if self.elements > MAX_ELEMENTS:
                raise _RefusedError("it has too many elements")
            self.builder.start(tag, attributes)

    def end(self, tag: str) -> None:
        if not self.skipping:
            self.builder.end(tag)
        elif self.skipping == self.depth:
            self.skipping = 0
        self.depth -= 1

    def data(self, text: str) -> None:
        if not self.skipping:
            self.builder.data(text)


def parse(data: bytes | str) -> Element:
    """The root of an answer, without SKIPPED. Raises ServiceError for what is no XML, declares
    entities, or is larger than any answer may be."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.EntityDeclHandler = _refuse_entities
    parser.ExternalEntityRefHandler = _refuse_entities
    try:
        parser.Parse(data, True)
        return reader.builder.close()
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise ServiceError(
            f"PubMed answers with no XML that can be read (line {error.lineno}: {what})",
            "try again later",
        ) from None
    except _RefusedError as refused:
        raise ServiceError(f"PubMed's answer is refused: {refused}") from None


def _refuse_entities(*declared: object) -> NoReturn:
    raise _RefusedError("it declares entities")


MARKS = {"i": "i", "b": "b", "sup": "sup", "sub": "sub"}
"""Elements inside a title that CSL has marks for; of any other (`u`, MathML) the text remains."""


def plain(element: Element | None, path: str = "") -> str:
    """The text of an element, or of the first one at `path` below it, without markup."""
    found = element.find(path) if element is not None and path else element
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def marked(element: Element | None, path: str = "") -> str:
    """The same with CSL's marks; a sign that HTML would obey is written as an entity."""
    found = element.find(path) if element is not None and path else element
    return " ".join("".join(_marked(found)).split()) if found is not None else ""


def _marked(element: Element) -> Iterator[str]:
    yield _escaped(element.text)
    for child in element:
        mark = MARKS.get(child.tag)
        inner = _marked(child)
        yield from (f"<{mark}>", *inner, f"</{mark}>") if mark else inner
        yield _escaped(child.tail)


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
