"""Values of a .bib as they stand, mended: DOIs, pages, protected names, signs that stop pdflatex.

Each function takes what stands between the delimiters and gives it back changed, or as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bclm_cli import identifiers
from bclm_cli.formats.bibtex.capitals import Dictionary
from bclm_cli.formats.bibtex.latex import tables
from bclm_cli.formats.bibtex.latex.decode import decode_verbatim
from bclm_cli.formats.bibtex.names import people
from bclm_cli.formats.values import unescaped
from bclm_cli.text import latex
from bclm_cli.text.pages import is_range

_PAGES = re.compile(r"([A-Za-z]?\d+)\s*(?:-{1,3}|[‐‑‒–—−])\s*([A-Za-z]?\d+)")
_WORD = re.compile(r"\\[A-Za-z]+|[^\s{}\\$~,;:()\[\]\"'`]+")
"""A command as well, which is no name: `\\HER2` is not HER2."""
_STOPS = re.compile(r"(?<!\\)&#?\w+;|(?<!\\)[&%#_^]|[^\x00-\x7f]+")
_NO_LIST = re.compile(r"\band\b|[{}\\]", re.IGNORECASE)
_ADDRESS = re.compile(r"\\(?:url|href|path|verb|cite|begin)|https?:|www\.")
_SIGN = re.compile(r"\\([A-Za-z]+)\s*\{|\\[A-Za-z]+|\\.|[{}$]", re.DOTALL)
_FORMULA = {"$": "$", "\\(": "\\)", "\\[": "\\]"}
_OF_TEXT = frozenset({*tables.MARKED, *tables.TEXT, *tables.QUOTING, "underline"}) - {
    "ce", "mathit", "mathbf", "boldsymbol", "sp", "sb",
}  # fmt: skip
"""Commands whose argument is text: that of another one may be a formula, a label, an address."""


def doi(value: str) -> str:
    """A DOI without resolver, label and query."""
    return identifiers.doi(decode_verbatim(value)) or value


def doi_of_address(value: str) -> str:
    """The DOI that an address is nothing but; "" where it goes on, or is another one."""
    address = decode_verbatim(value).strip()
    found = identifiers.doi(address) if identifiers.is_doi_address(address) else ""
    return "" if re.search(r"[?#{}\s]", f"{address}{found}") else found


def pages(value: str) -> str:
    """A page range with the two hyphens that TeX sets as a dash; anything else as it is. Web of
    Science writes it in braces of its own."""
    stripped = value.strip(" \t\r\n{}")
    found = _PAGES.fullmatch(stripped)
    if found is None or not is_range(f"{found[1]}-{found[2]}"):
        return value
    return value.replace(stripped, f"{found[1]}--{found[2]}")


def divided(value: str) -> str:
    """Names that commas divide (`Muller A, Homey B, Soto H`), which to BibTeX are one name, divided
    by "and"; a list of which any name is in doubt as it is."""
    if "," not in value or _NO_LIST.search(value):
        return value
    doubts: list[str] = []
    listed, others = people(value, set(), doubts)
    if doubts or len(listed) < 2 or any(not one.family or not one.given for one in listed):
        return value
    new = " and ".join(
        [*(f"{one.sort_family}, {one.given}" for one in listed), *["others"] * others]
    )
    return new if people(new, set(), doubts) == (listed, others) else value


def protected(value: str, terms: Dictionary) -> str:
    """A title with braces around the names whose capitals a style would lower: {CXCR4}."""

    def braced(word: re.Match[str]) -> str:
        name = word[0].rstrip(".?!")
        if name not in terms.words or not _lowered(name):
            return word[0]
        return f"{{{name}}}{word[0][len(name) :]}"

    return "".join(
        _WORD.sub(braced, part) if outside else part for part, outside in _parts(value, depth=0)
    )


def settable(value: str) -> str:
    """Text without the signs at which pdflatex stops, or that it takes for commands; addresses
    stay as they are."""
    if _ADDRESS.search(value):
        return value

    def written(found: re.Match[str]) -> str:
        sign = unescaped(found[0])  # `&amp;`, as web pages and databases export it
        return latex.unicode_(sign)

    return "".join(
        _STOPS.sub(written, part) if outside else part for part, outside in _parts(value)
    )


NAMES = ("author", "editor")
FIXES: dict[str, Callable[[str], str]] = {"doi": doi, "pages": pages}
TITLES = ("title", "booktitle", "subtitle", "booksubtitle")
PRINTED = (
    *TITLES, "shorttitle", "journal", "journaltitle", "author", "editor", "publisher", "series",
    "school", "institution", "organization", "note", "address", "location", "edition",
    "howpublished",
)  # fmt: skip
"""Fields that styles print as text."""


def _lowered(name: str) -> bool:
    """Whether lower case changes more than the first letter of an ordinary word."""
    return any(sign.isupper() for sign in name[1:]) or (
        name[:1].isupper() and (name[1:2] == "-" or any(map(str.isdigit, name)))
    )


def _parts(value: str, depth: int | None = None) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is outside formulas, outside arguments that may be
    no text and, with `depth` 0, outside braces."""
    parts: list[tuple[str, bool]] = []
    start = level = 0
    no_text = 0  # the level of the argument that may be no text
    ends_formula = ""
    was = True
    for sign in _SIGN.finditer(value):
        word = sign[0]
        if word == ends_formula:
            ends_formula = ""
        elif not ends_formula:
            ends_formula = _FORMULA.get(word, "")
        if word == "{" or sign[1]:
            level += 1
            if sign[1] and sign[1] not in _OF_TEXT:
                no_text = no_text or level
        elif word == "}":
            no_text = 0 if no_text == level else no_text
            level -= 1
        outside = not ends_formula and not no_text and (depth is None or level == depth)
        if outside != was:
            end = sign.start() if was else sign.end()
            parts.append((value[start:end], was))
            start, was = end, outside
    parts.append((value[start:], was))
    return parts
