"""What BibTeX and BibLaTeX share: entries, names, titles, pages, and what no entry may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bclm_cli.errors import DataError
from bclm_cli.formats.bibtex import capitals
from bclm_cli.formats.plain_names import joined
from bclm_cli.model.records import Name, Reference
from bclm_cli.text.control_chars import one_line
from bclm_cli.text.markup import Mark, edges, marks
from bclm_cli.text.pages import ASM_NUMBER

Encode = Callable[[str], str]

_COMMANDS = {"i": "emph", "b": "textbf", "sup": "textsuperscript", "sub": "textsubscript",
             "sc": "textsc"}  # fmt: skip
_RANGE = re.compile(
    r"(?<![\w.-])([A-Za-z]*\d[\w.]*|[ivxlcdm]+) ?[-‐‑–—]{1,2} ?([A-Za-z]*\d[\w.]*|[ivxlcdm]+)"
    r"(?![\w-])",
)
_SIMPLE_PAGES = re.compile(r"[0-9]+-[0-9]+")
_TOKEN = re.compile(r"[\s-]")
# Most lists of names, one a line: nothing to escape, nothing to divide. The road through _name
# takes ten times as long.
_SIMPLE = re.compile(
    r"(?:(?!.*\b(?i:and|others)\b)[A-Z][A-Za-z]*(?:[- ][A-Z][A-Za-z]*)*"
    r", [A-Za-z](?:[A-Za-z.]|[ -](?=[A-Za-z]))*(?:\n|\Z))+"
)
_NOTHING = ("",) * (len(Name._fields) - 2)
_SPACE = re.compile(r"\s")
_BREAKING = re.compile(r"[{}\\\s]")
LIST_WORD = re.compile(r"(?:^|\s)(?:and|others)(?:$|\s)", re.IGNORECASE)


class Entry(NamedTuple):
    """A record of a .bib file; values are ready to be written, with their braces."""

    type: str
    key: str
    fields: list[tuple[str, str]]

    def text(self, without: frozenset[str]) -> str:
        """The record, one field a line, the last line empty."""
        lines = [f"@{self.type}{{{self.key},"]
        lines += [f"  {name} = {value}," for name, value in self.fields if name not in without]
        return "\n".join((*lines, "}\n\n"))


_NOT_FOR_PANDOC = re.compile(r"[\"<>^|]|[^\x00-\x7f\w]")
"""What pandoc 3.9 stops at in the key of a .bib, of what BibTeX or biber take."""


def breaking(signs: str) -> re.Pattern[str]:
    """What finds a sign that ends or breaks a key: these, and spaces."""
    return re.compile(rf"[{re.escape(signs)}\s]")


def safe_key(key: str, form: str, signs: re.Pattern[str]) -> str:
    """The key as stored; raises DataError for one that `form`, a format, cannot hold."""
    bad = signs.search(key)
    if bad or not key.isprintable():
        sign = bad[0] if bad else next(sign for sign in key if not sign.isprintable())
        raise DataError(
            f"{form} cannot hold this key because of {sign!r}; export -f csljson, which holds it, "
            "or give the paper another key in the bibliography and the manuscript",
            path=key,
        )
    return key


def not_for_pandoc(keys: Iterable[str]) -> Iterator[str]:
    """A note on the first of the keys for which pandoc refuses the whole file."""
    for key in keys:
        if sign := _NOT_FOR_PANDOC.search(key):
            yield (
                f"pandoc reads no .bib with {sign[0]!r} in a key ({key});"
                " -f csljson is for pandoc and Quarto"
            )
            return


def is_english(reference: Reference) -> bool:
    """Whether a title's capitals are those of English, which is meant where nothing is said."""
    return reference.get("language").lower()[:2] in ("", "en")


def braced(text: str) -> str:
    """A value between braces."""
    return f"{{{text}}}"


def rich(text: str, encode: Encode) -> str:
    """Text that styles print as it is, with its marks."""
    text = one_line(text)
    if "<" not in text:
        return encode(text)
    bare, found = marks(text)
    return _assembled(bare, [mark for mark in found if mark.kind != "nocase"], encode)


def title(
    text: str, encode: Encode, terms: capitals.Dictionary, *, english: bool, kept: bool = False
) -> str:
    """Text whose case styles change, with braces where they must not (docs/bibtex.md).

    `kept` says that an English text in Title Case is to stay in it.
    """
    text = one_line(text)
    bare, found = marks(text) if "<" in text else (text, [])
    spans = capitals.protected(bare, terms, lowered=english and not kept)
    if english:
        spans += capitals.sentence_ends(bare)
    if not found and not spans:
        return encode(bare)
    shields = [Mark(start, end, "nocase") for start, end in spans]
    return _assembled(bare, found + shields, encode)


def _assembled(bare: str, found: list[Mark], encode: Encode) -> str:
    """The text with its marks as commands and its protected stretches in braces."""
    open_: list[list[str]] = [[]]
    at = 0
    for where, opens, kind in edges(_nested(found)):
        open_[-1].append(encode(bare[at:where]))
        at = where
        if opens:
            open_.append([])
        else:
            inner = "".join(open_.pop())
            open_[-1].append(_set(inner, kind))
    return "".join((*open_[0], encode(bare[at:])))


def _set(inner: str, kind: str) -> str:
    if kind != "nocase":
        return f"\\{_COMMANDS[kind]}{{{inner}}}"
    # BibTeX changes the case inside {\...}, which it takes for one accented letter
    return f"{{{{{inner}}}}}" if inner.startswith("\\") else f"{{{inner}}}"


def _nested(found: list[Mark]) -> list[Mark]:
    """The marks made to nest: a protected stretch that cuts a mark grows to hold it whole, and one
    as long as a mark stands around it, for pandoc takes the braces of \\emph{{Drosophila}} for one
    pair."""
    set_ = [mark for mark in found if mark.kind != "nocase"]
    grown: list[tuple[int, int]] = []
    ahead, near = iter([*set_, None]), []
    mark = next(ahead)
    for start, end in sorted((mark.start, mark.end) for mark in found if mark.kind == "nocase"):
        while mark and mark.start < end:
            near.append(mark)
            mark = next(ahead)
        near = [one for one in near if one.end > start]
        for one in near:
            if one.start < start < one.end < end:
                start = one.start
            elif start < one.start < end < one.end:
                end = one.end
        grown.append((start, end))
    return [Mark(start, end, "nocase") for start, end in capitals.merged(grown)] + set_


def names(people: Iterable[Name], encode: Encode, *, more: bool = False) -> str:
    """A list of names as `von Last, Jr, First`; `more` adds `and others`."""
    people = list(people)
    written = "\n".join([f"{person.family}, {person.given}" for person in people])
    is_simple = (
        _SIMPLE.fullmatch(written)
        and written.count("\n") == len(people) - 1  # a name with a line end in it is not two
        and all(person[2:] == _NOTHING for person in people)
    )
    if not is_simple:
        written = "\n".join(filter(None, [_name(person, encode) for person in people]))
    if more:
        written += "\nothers" if written else "others"
    return written.replace("\n", " and ")


def _name(person: Name, encode: Encode) -> str:
    if person.literal:
        return braced(rich(person.literal, encode))
    person = Name(*[part and _part(part, encode) for part in person])
    particle = " ".join(filter(None, (person.dropping_particle, person.non_dropping_particle)))
    if not person.family or not (person.given or not (particle or person.suffix)):
        whole = " ".join(filter(None, (person.given, person.suffix)))
        whole = joined(particle, " ".join(filter(None, (person.family, whole))))
        return braced(encode(whole)) if _SPACE.search(whole) or _apart(whole) else encode(whole)
    last = encode(person.family)
    *before, _ = _TOKEN.split(person.family)
    if (
        _apart(person.family)
        or (before and not person.given)
        or any(word[:1].islower() for word in before)  # which BibTeX takes for particles
    ):
        last = braced(last)
    rest = [
        braced(encode(part)) if _apart(part) else encode(part)
        for part in (person.suffix, person.given)
        if part
    ]
    return ", ".join((joined(encode(particle), last), *rest))


def _part(text: str, encode: Encode) -> str:
    """Part of a name with plain spaces, for TeX's thin one has a comma; nothing if TeX prints
    nothing of it."""
    if text.isascii():
        return one_line(text)
    text = one_line(_SPACE.sub(" ", text))
    return text if any(sign != " " and encode(sign) for sign in text) else ""


def _apart(part: str) -> bool:
    """Whether a reader would take this part of a name for more than one part or name.

    biber and pandoc read `family=Rijn, given=M.` too.
    """
    return "," in part or "=" in part or bool(LIST_WORD.search(part))


def pages(text: str, encode: Encode) -> str:
    """Pages with `--` between first and last: 50-56 as 50--56, C68-C78 as C68--C78."""
    if _SIMPLE_PAGES.fullmatch(text):
        return text.replace("-", "--")
    text = one_line(text)
    if ASM_NUMBER.fullmatch(text):
        return text
    parts: list[str] = []
    at = 0
    for found in _RANGE.finditer(text):
        parts += encode(text[at : found.start()]), f"{encode(found[1])}--{encode(found[2])}"
        at = found.end()
    return "".join((*parts, encode(text[at:])))


def identifier(text: str) -> str:
    """A DOI or URL as it is, which is how styles and readers take it; only what would break the
    record (a brace, a backslash, a space) is percent-encoded."""
    text = one_line(text)
    if _BREAKING.search(text):
        from urllib.parse import quote

        text = _BREAKING.sub(lambda sign: quote(sign[0]), text)
    return text
