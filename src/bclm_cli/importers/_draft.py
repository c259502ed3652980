"""A reference in the making: what every importer does with a value before it is one."""

from __future__ import annotations

import html
import re
import unicodedata

from bclm_cli.importers import _fields
from bclm_cli.importers._found import MAX_VALUE, TooMuchError
from bclm_cli.model import Date, Name, Reference

MARKED = frozenset(
    {"abstract", "note", "title", "title-short", "container-title", "collection-title",
     "original-title", "volume-title", "part-title", "reviewed-title"}
)  # fmt: skip
"""Variables that may hold HTML; only CSL's marks are left of it."""

_SPACE = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")
_CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"<(/?)(?:jats:)?([A-Za-z]{1,8})((?:\s+[A-Za-z:-]{1,20}=[^<>]*)?)\s*/?>")
_MARKS = {
    "i": "i", "em": "i", "italic": "i", "b": "b", "strong": "b", "bold": "b", "sup": "sup",
    "sub": "sub", "inf": "sub",
}  # fmt: skip
_NO_MARKS = frozenset(
    {"p", "br", "div", "title", "sc", "scp", "u", "tt", "font", "a", "small", "roman", "text"}
)


def clean(text: str) -> str:
    """The text on one line, composed (NFC), without anything a terminal would obey."""
    if text.isascii() and text.isprintable() and "  " not in text and len(text) <= MAX_VALUE:
        return text.strip(" ")
    if len(text) > MAX_VALUE:
        raise TooMuchError(f"a field has over {MAX_VALUE:,} characters")
    if not text.isprintable():
        text = _SPACE.sub(" ", text)
        text = _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))
    elif "  " in text:
        text = _SPACE.sub(" ", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.strip(" ")


def marked(text: str) -> str:
    """A title with HTML's entities resolved and its tags reduced to CSL's marks.

    To be cleaned after this, since an entity may stand for a control character.
    """
    if "&" in text:
        text = html.unescape(text)
    return _TAG.sub(_mark, text) if "<" in text else text


def _mark(match: re.Match[str]) -> str:
    closing, name, attributes = match.groups()
    name = name.lower()
    if name in _MARKS:
        return f"<{closing}{_MARKS[name]}>"
    if name == "span":
        if closing or 'class="nocase"' in attributes:
            return match.group()
        return '<span class="nocase">' if "nocase" in attributes else "<span>"
    return "" if name in _NO_MARKS else match.group()


class Draft:
    """Collects the fields of one reference; the first value of a field stays."""

    def __init__(self, key: str = "", type_: str = "document") -> None:
        self.key, self.type = key, type_
        self.text: dict[str, str] = {}
        self.names: dict[str, list[Name]] = {}
        self.dates: dict[str, Date] = {}
        self.custom: dict[str, str] = {}

    def put(self, variable: str, value: str) -> None:
        """Take a value of a text variable, unless it is empty or one is there."""
        if value and variable not in self.text:
            value = clean(marked(value) if variable in MARKED else value)
            if value:
                self.text[variable] = value

    def identifier(self, variable: str, value: str) -> None:
        """Take a DOI, PMID or PMCID in whatever dress it comes."""
        if not value:
            return
        read = {"DOI": _fields.doi, "PMID": _fields.pmid, "PMCID": _fields.pmcid}[variable]
        self.put(variable, read(clean(value)))

    def link(self, url: str) -> None:
        """Take a URL; one that only resolves the DOI becomes the DOI."""
        for part in url and clean(url).split(" "):  # Mendeley puts several into one field
            found = _fields.doi_url(part)
            if found:
                self.put("DOI", found)
            else:
                self.put("URL", part)

    def serial(self, value: str) -> None:
        """Take the first ISSN or ISBN of a field, whichever it holds."""
        if value:
            self.put(*_fields.serial(clean(value)))

    def pages(self, value: str) -> None:
        """Take pages; an article number goes into `number` too, where styles look for it."""
        if not value:
            return
        value = _fields.page(clean(value))
        self.put("page", value)
        if self.type == "article-journal" and _fields.is_article_number(value):
            self.put("number", value)

    def person(self, variable: str, name: Name) -> None:
        """Add one name; a name that is empty or already there is passed over."""
        name = Name(*(part and clean(part) for part in name))
        if name.family or name.given or name.literal:
            self.names.setdefault(variable, []).append(name)

    def date(self, variable: str, value: Date) -> None:
        """Take a date, unless it is empty or a better one is there."""
        if value != Date():
            self.dates.setdefault(variable, value._replace(literal=clean(value.literal)))

    def reference(self) -> Reference:
        """The reference; raises ValueError where it has no title, which no style can do without."""
        if not self.text.get("title"):
            raise ValueError("it has no title")
        names = {variable: tuple(people) for variable, people in self.names.items()}
        return Reference(self.key, self.type, self.text, names, self.dates, self.custom)
