"""A reference in the making: what every importer does with a value before it is one."""

from __future__ import annotations

import re
import unicodedata

from bclm_cli.importers import _fields
from bclm_cli.importers._found import MAX_VALUE, TooMuchError
from bclm_cli.importers._names import MixedNamesError, persons, without_et_al
from bclm_cli.model import NUMBER_VARIABLES, Date, Name, Reference

MARKED = frozenset(
    {"abstract", "note", "title", "title-short", "container-title", "collection-title",
     "original-title", "volume-title", "part-title", "reviewed-title"}
)  # fmt: skip
"""Variables that may hold HTML; only CSL's marks are left of it."""

_NUMBERS = frozenset(NUMBER_VARIABLES)
_ARTICLE_KINDS = frozenset(
    {"article", "journal article", "research article", "research-article", "original article",
     "original research", "original paper", "review", "review article", "review-article",
     "systematic review", "letter", "letter to the editor", "editorial", "editorial material",
     "note", "short survey", "short communication", "case report", "case reports", "comment",
     "meeting abstract", "proceedings paper", "conference paper", "book review", "early access",
     "article in press", "correction", "erratum", "comparative study", "clinical trial",
     "electronic article", "text", "jour"}
)  # fmt: skip

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
    text = _fields.unescaped(text)
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
    """Collects the fields of one reference; the first value of a field stays.

    `doubts` are the values that could not be read, in words for people.
    """

    def __init__(self, key: str = "", type_: str = "document") -> None:
        self.key, self.type = key, type_
        self.text: dict[str, str] = {}
        self.names: dict[str, list[Name]] = {}
        self.dates: dict[str, Date] = {}
        self.custom: dict[str, str] = {}
        self.noted: dict[str, str] = {}  # identifiers in notes, which yield to those in fields
        self.doubts: list[str] = []

    def put(self, variable: str, value: str) -> None:
        """Take a value of a text variable, unless it is empty or one is there."""
        if value and variable not in self.text:
            value = clean(marked(value) if variable in MARKED else value)
            if value and not (variable in _NUMBERS and _fields.is_placeholder(value)):
                self.text[variable] = value

    def genre(self, value: str) -> None:
        """Take a genre; what databases call an article is no genre of one ("[Article]")."""
        kinds = [kind.strip().lower() for kind in value.split(";")]
        if not (self.type.startswith("article-") and _ARTICLE_KINDS.issuperset(kinds)):
            self.put("genre", value)

    def note(self, value: str) -> None:
        """Take a note; identifiers with which a line of it begins become the paper's own."""
        lines = []
        for line in value.split("\n"):
            found, rest = _fields.labeled(line.strip()) if ":" in line else ({}, line)
            self.noted = {**found, **self.noted}
            lines.append(rest)
        self.put("note", "\n".join(lines))

    def identifier(self, variable: str, value: str) -> None:
        """Take a DOI, PMID or PMCID in whatever dress it comes."""
        if not value:
            return
        read = {"DOI": _fields.doi, "PMID": _fields.pmid, "PMCID": _fields.pmcid}[variable]
        value = clean(value)
        found = read(value)
        self.put(variable, found)
        if not found:
            self._doubt(variable, value)

    def link(self, url: str) -> None:
        """Take a URL; one that only resolves the DOI becomes the DOI."""
        if not url:
            return
        url, taken = clean(url), False
        for part in url.split(" "):  # Mendeley puts several into one field
            if found := _fields.doi_url(part) or (_fields.doi(part) if part[:3] == "10." else ""):
                self.put("DOI", found)
            elif _fields.is_url(part):
                self.put("URL", part)
            else:
                continue
            taken = True
        if not taken and "://" not in url:  # an address that only a program can open
            self._doubt("URL", url)

    def serial(self, value: str) -> None:
        """Take the first ISSN or ISBN of a field, whichever it holds."""
        if value:
            variable, found = _fields.serial(clean(value))
            self.put(variable, found)
            if not found:
                self._doubt("ISSN or ISBN", clean(value))

    def _doubt(self, variable: str, value: str) -> None:
        if not _fields.is_placeholder(value):
            shown = value if len(value) <= 60 else f"{value[:60]}…"
            self.doubts.append(f"no {variable} can be read in {shown!r}")

    def pages(self, value: str) -> None:
        """Take pages; an article number goes into `number` too, where styles look for it."""
        if not value:
            return
        value = _fields.page(clean(value))
        self.put("page", value)
        if self.type == "article-journal" and _fields.is_article_number(value):
            self.put("number", value)

    def people(self, variable: str, text: str) -> None:
        """Take the names of a line that should hold one; "et al." says that more exist."""
        text, more = without_et_al(text.strip())
        if more:
            self.more_authors(variable)
        try:
            found = persons(text) if text else []
        except MixedNamesError as error:
            self.doubts.append(f"{error}; write one name a line")
            self.more_authors(variable)
            return
        for name in found:
            if name.family.rstrip(".").lower() == "others":
                self.more_authors(variable)
            else:
                self.person(variable, name)

    def more_authors(self, variable: str) -> None:
        """Remember that a list of authors is not whole."""
        if variable == "author":
            self.custom["incomplete-authors"] = "true"

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
        for variable, value in self.noted.items():
            self.put(variable, value)
        names = {variable: tuple(people) for variable, people in self.names.items()}
        return Reference(self.key, self.type, self.text, names, self.dates, self.custom)
