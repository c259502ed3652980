"""A style (CSL 1.0.2, "Independent Styles"): its parts, macros and options, checked once."""

from functools import cached_property
from typing import NamedTuple

from bclm_cli.csl.xml import MAX_DEPTH, Element, parse
from bclm_cli.errors import DataError

_TAGS = frozenset((
    "bibliography", "choose", "citation", "date", "date-part", "else", "else-if", "et-al", "group",
    "if", "institution", "institution-part", "key", "label", "layout", "locale", "macro",
    "multiple", "name", "name-part", "names", "number", "single", "sort", "style-options",
    "substitute", "term", "terms", "text", "intext",
))  # fmt: skip
_COUNTS = (
    "et-al-min", "et-al-use-first", "et-al-subsequent-min", "et-al-subsequent-use-first",
    "names-min", "names-use-first", "near-note-distance",
)  # fmt: skip


_PARTS = {"date-part": ("year", "month", "day"), "name-part": ("family", "given")}


class Parent(NamedTuple):
    """The independent style that a dependent one stands for, and the language it sets."""

    name: str
    locale: str


class Style:
    """An independent style, ready to be run."""

    def __init__(self, root: Element, name: str) -> None:
        self.name = name
        self.root = root
        self.macros = {macro.get("name"): macro for macro in root.all("macro")}
        self.citation = root.child("citation")
        self.bibliography = root.child("bibliography")
        self.default_locale = root.get("default-locale") or "en-US"
        self.is_note = root.get("class") == "note"
        _check(self)

    @property
    def title(self) -> str:
        """What the style calls itself."""
        return _info(self.root, "title")

    def layout(self, part: Element) -> Element:
        """The `cs:layout` of the citation or bibliography."""
        layout = part.child("layout")
        assert layout is not None  # _check has seen it
        return layout

    @cached_property
    def uses_year_suffix(self) -> bool:
        """Whether the style itself says where the letter of a year stands."""
        return any(e.tag == "text" and e.get("variable") == "year-suffix" for e in self._elements)

    @cached_property
    def is_numbered(self) -> bool:
        """Whether the reference list prints citation numbers, not by a macro."""
        part = self.bibliography
        return part is not None and any(
            e.get("variable") == "citation-number" for e in _walk(self.layout(part))
        )

    @cached_property
    def disambiguates(self) -> bool:
        """Whether the style tells cites apart that read the same."""
        asked = self.citation.attributes if self.citation else {}
        return any(name.startswith("disambiguate-") for name in asked) or any(
            "disambiguate" in element.attributes for element in self._elements
        )

    @cached_property
    def has_later_limits(self) -> bool:
        """Whether later cites of a work have limits of et al. of their own."""
        return any("et-al-subsequent-min" in e.attributes for e in (self.root, *self._elements))

    @cached_property
    def has_citation_label(self) -> bool:
        """Whether the style prints labels such as "Mull01"."""
        return any(e.get("variable") == "citation-label" for e in self._elements)

    @cached_property
    def _elements(self) -> list[Element]:
        return [e for part in self.root.children if part.tag != "info" for e in _walk(part)]


def read_style(xml: bytes, name: str) -> Style | Parent:
    """The style in a `.csl` file, or the parent of a dependent one.

    `name` is what messages call it. Raises DataError for what is no style, or none that can run.
    """
    root = parse(xml, name)
    if root.tag != "style":
        what = "no CSL style (its root is not cs:style)"
        raise DataError(what, path=name, line=root.line, column=root.column)
    parent = _parent(root)
    return parent or Style(root, name)


def with_locale(style: Style, locale: str) -> Style:
    """The style in another language by default, as a dependent style may ask."""
    if not locale:
        return style
    root = style.root
    attributes = {**root.attributes, "default-locale": locale}
    changed = Element(root.tag, attributes, root.children, root.text, root.line, root.column)
    return Style(changed, style.name)


def _info(root: Element, tag: str) -> str:
    info = root.child("info")
    found = info.child(tag) if info else None
    return found.text.strip() if found else ""


def _parent(root: Element) -> Parent | None:
    if root.child("citation") is not None:
        return None
    info = root.child("info")
    for link in info.all("link") if info else ():
        if link.get("rel") == "independent-parent":
            name = link.get("href").rstrip("/").rpartition("/")[2]
            return Parent(name, root.get("default-locale"))
    return None


def _walk(element: Element) -> list[Element]:
    found = [element]
    for child in element.children:
        found += _walk(child)
    return found


def _check(style: Style) -> None:
    """Whether the style can be run. Raises DataError with the line that stands against it."""
    if style.citation is None:
        raise _fault(style, style.root, "the style has no citation")
    for part in (style.citation, style.bibliography):
        if part is not None and part.child("layout") is None:
            raise _fault(style, part, f"the {part.tag} has no layout")
    for element in style._elements:
        what = _what_is_wrong(style, element)
        if what:
            raise _fault(style, element, what)
    depths: dict[str, int] = {}
    for part in (style.citation, style.bibliography):
        if part is not None:
            _depth(style, part, depths, ())


def _fault(style: Style, element: Element, what: str) -> DataError:
    return DataError(what, path=style.name, line=element.line, column=element.column)


def _what_is_wrong(style: Style, element: Element) -> str:
    if element.tag not in _TAGS:
        return f"CSL has no element {element.tag!r}" if element.tag else ""
    macro = element.attributes.get("macro")
    if macro is not None and macro not in style.macros:
        return f"there is no macro {macro!r}"
    parts = _PARTS.get(element.tag)
    if parts and element.get("name") not in parts:
        return f"{element.tag} needs a name: {', '.join(parts)}"
    for attribute in _COUNTS:
        if not (element.get(attribute).strip() or "0").isdecimal():
            return f"{attribute} needs a whole number"
    return ""


def _depth(style: Style, element: Element, depths: dict[str, int], within: tuple[str, ...]) -> int:
    """How deep elements are nested once macros stand in their place; one in itself fails."""
    deepest = 0
    for child in element.children:
        inner = _depth(style, child, depths, within)
        name = child.get("macro")
        if name:
            if name in within:
                raise _fault(style, child, f"the macro {name!r} calls itself")
            if name not in depths:
                depths[name] = _depth(style, style.macros[name], depths, (*within, name))
            inner = max(inner, depths[name])
        deepest = max(deepest, inner + 1)
    if deepest > MAX_DEPTH:
        raise _fault(style, element, f"nested more than {MAX_DEPTH} deep, with macros in place")
    return deepest
