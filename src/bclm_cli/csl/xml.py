"""XML as frozen elements, by the standard library's expat, within limits.

A `.csl` file comes from anywhere. Nothing is fetched, no entity of its own is expanded (a document
type declaration is refused), and size, depth and the number of elements are limited.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bclm_cli.csl.rich_text import without_controls
from bclm_cli.errors import DataError

MAX_BYTES = 2_000_000
MAX_DEPTH = 100
MAX_ELEMENTS = 50_000
MAX_VALUE = 1_000
"""Characters of an attribute: an affix is repeated for each name of each work."""

NAMESPACE = "http://purl.org/net/xbiblio/csl"
_PREFIX = f"{NAMESPACE} "
_LANG = "http://www.w3.org/XML/1998/namespace lang"


class Element:
    """An element of a style or locale: never changed after it is made.

    `tag` and the names of attributes are without namespace (`lang` is `xml:lang`); elements of
    other namespaces have the tag "".
    """

    __slots__ = ("attributes", "children", "column", "line", "tag", "text")

    def __init__(
        self,
        tag: str,
        attributes: Mapping[str, str],
        children: tuple[Element, ...] = (),
        text: str = "",
        line: int = 0,
        column: int = 0,
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children = children
        self.text = text
        self.line = line
        self.column = column

    def get(self, attribute: str, default: str = "") -> str:
        """The value of an attribute."""
        return self.attributes.get(attribute, default)

    def child(self, tag: str) -> Element | None:
        """The first child with that tag."""
        return next((child for child in self.children if child.tag == tag), None)

    def all(self, tag: str) -> list[Element]:
        """The children with that tag."""
        return [child for child in self.children if child.tag == tag]


def parse(xml: bytes, name: str) -> Element:
    """The root element; `name` says in messages whose text it is.

    Raises DataError, with line and column, for what is no XML or passes a limit.
    """
    if len(xml) > MAX_BYTES:
        raise DataError(f"too large for a style (over {MAX_BYTES:,} bytes)", path=name)
    return _Builder(name).build(xml)


class _Builder:
    """Collects what expat reads; an element is made when it ends, its children before it."""

    def __init__(self, name: str) -> None:
        from xml.parsers import expat

        self._name = name
        self._error = expat.ExpatError
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        self._open: list[tuple[str, dict[str, str], int, int, list[Element], list[str]]] = []
        self._roots: list[Element] = []
        self._children = self._roots
        self._texts: list[str] = []
        self._elements = 0

    def build(self, xml: bytes) -> Element:
        try:
            self._parser.Parse(xml, True)
        except self._error as error:
            from xml.parsers.expat import ErrorString

            what = f"no XML: {ErrorString(error.code)}"
            raise self._fault(what, error.lineno, error.offset + 1) from None
        except (LookupError, UnicodeError, ValueError):  # an encoding that nobody knows
            raise self._fault("no XML: unknown encoding", 1, 1) from None
        return self._roots[0]

    def _fault(self, what: str, line: int = 0, column: int = 0) -> DataError:
        line = line or self._parser.CurrentLineNumber
        column = column or self._parser.CurrentColumnNumber + 1
        return DataError(what, path=self._name, line=line, column=column)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if len(self._open) >= MAX_DEPTH:
            raise self._fault(f"nested more than {MAX_DEPTH} deep")
        if self._elements > MAX_ELEMENTS:
            raise self._fault(f"more than {MAX_ELEMENTS:,} elements")
        for name, value in attributes.items():
            if len(value) > MAX_VALUE:
                raise self._fault(f"a value of more than {MAX_VALUE:,} characters")
            attributes[name] = without_controls(value)
        if _LANG in attributes:
            attributes["lang"] = attributes[_LANG]
        parser = self._parser
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        self._open.append((tag, attributes, line, column, self._children, self._texts))
        self._children, self._texts = [], []

    def _end(self, _tag: str) -> None:
        tag, attributes, line, column, siblings, texts = self._open.pop()
        text = "".join(self._texts)
        element = Element(
            tag[len(_PREFIX) :] if tag.startswith(_PREFIX) else "",
            attributes,
            tuple(self._children),
            text if text.isspace() else without_controls(text),
            line,
            column,
        )
        siblings.append(element)
        self._children, self._texts = siblings, texts

    def _characters(self, text: str) -> None:
        self._texts.append(text)

    def _doctype(self, *_: Any) -> None:
        raise self._fault("a style needs no DTD; this one is refused")
