"""New text for an author's .bib: values mended, every other byte as it was.

Nothing is written here. The new text is read again and compared before it is handed out.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from bclm_cli import identifiers
from bclm_cli.errors import CannotError, unreadable
from bclm_cli.formats.bibtex import blocks, capitals, mend, reader, spans
from bclm_cli.formats.bibtex.spans import EntrySpan

_BYTES = "latin-1"
"""An encoding that gives every byte back, for a file that is not UTF-8."""
_OF_BIBLATEX = frozenset({"journaltitle", "date", "langid", "ids", "eprinttype", "location"})
_OF_BIBTEX = frozenset({"journal", "year", "address"})
FIELD_NAME = "name of a field"
"""What is changed along with a value, and counts with that."""


class Text(NamedTuple):
    """The text of a file, and the encoding that gives its bytes back."""

    text: str
    encoding: str


class Change(NamedTuple):
    """A stretch of the text that becomes another one; `what` names its kind."""

    start: int
    end: int
    new: str
    what: str


def is_bibtex(path: Path) -> bool:
    """Whether the file's name is that of a BibTeX file."""
    return path.suffix.lower() in reader.SUFFIXES


def current(path: Path) -> Text | None:
    """The text of a .bib, line ends as they are; None where there is no file.

    Raises DataError for one that cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(path, error) from None
    encoding = "utf-8-sig" if data.startswith(BOM_UTF8) else "utf-8"
    try:
        return Text(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return Text(data.decode(_BYTES), _BYTES)


def mended(file: Text, terms: frozenset[str]) -> tuple[str, list[Change]]:
    """The text with what can be put right without a look at the paper, and the changes.

    Raises CannotError where something else would change.
    """
    entries = list(spans.entries(file.text))
    changes = [*_repeated(file.text, entries)]
    gone = {change.start for change in changes if not change.new}
    dictionary = capitals.dictionary(terms)
    for entry in entries:
        if entry.start not in gone:
            changes += _values(file, entry, dictionary)
    changes.sort()
    return _checked(file.text, entries, changes), changes


def _values(file: Text, entry: EntrySpan, terms: capitals.Dictionary) -> Iterator[Change]:
    moved = _moved(file.text, entry)
    yield from moved
    for field in entry.fields:
        if field.inner is None or any(change.start == field.start for change in moved):
            continue
        old = new = file.text[slice(*field.inner)]
        if fix := mend.FIXES.get(field.name):
            new = fix(old)
            what = "DOI" if field.name == "doi" else "pages"
            yield from _change(file.text, field.inner, new, what)
            continue
        what = "gene names"
        if field.name in mend.TITLES:  # first, while TGF-β1 is not yet TGF-$\beta$1
            new = mend.protected(old, terms)
        elif field.name in mend.NAMES:
            new, what = mend.divided(old), "names"
        if field.name in mend.PRINTED and file.encoding != _BYTES:
            settable = mend.settable(new)
            what = what if settable == new else "characters"
            new = settable
        yield from _change(file.text, field.inner, new, what)


def _moved(text: str, entry: EntrySpan) -> list[Change]:
    """The address of a DOI as the `doi` that the entry lacks. Where it has one, both stay: an equal
    one does no harm, and which of two different ones is right only the paper tells."""
    addresses = [field for field in entry.fields if field.name == "url"]
    if len(addresses) != 1 or entry.field("doi") or (inner := addresses[0].inner) is None:
        return []
    doi = mend.doi_of_address(text[slice(*inner)])
    if not doi or not (address := [*_change(text, inner, doi, "address")]):
        return []
    start = addresses[0].start
    name = text[start : start + len("url")]
    return [
        Change(start, start + len(name), "DOI" if name.isupper() else "doi", FIELD_NAME),
        *address,
    ]


def _change(text: str, at: tuple[int, int], new: str, what: str) -> Iterator[Change]:
    """The change of what stands inside delimiters, unless the new text would end them."""
    if new == text[slice(*at)]:
        return
    is_value = blocks.QUOTED if text[at[0] - 1] == '"' else blocks.BRACED
    if is_value.fullmatch(f"{text[at[0] - 1]}{new}{text[at[1]]}"):
        yield Change(*at, new, what)


def _repeated(text: str, entries: Sequence[EntrySpan]) -> Iterator[Change]:
    """The second entry of one key: taken out where it is the first once more, else renamed."""
    keys = {text[slice(*entry.key)] for entry in entries}
    first: dict[str, EntrySpan] = {}
    for entry in entries:
        key = text[slice(*entry.key)]
        other = first.setdefault(key, entry)
        if other is entry or not key:
            continue
        if _content(text, entry) == _content(text, other):
            end = re.compile(r"[ \t]*(?:\r?\n){0,2}").match(text, entry.end)
            yield Change(entry.start, end.end() if end else entry.end, "", "keys")
            continue
        free = (key + letter for letter in map(identifiers.letters, count(1)))
        new = next(one for one in free if one not in keys)
        keys.add(new)
        yield Change(*entry.key, new, "keys")


def _content(text: str, entry: EntrySpan) -> tuple[str, dict[str, str]]:
    return entry.type, {
        field.name: " ".join(text[slice(*(field.inner or field.value))].split())
        for field in entry.fields
    }


def _checked(text: str, entries: Sequence[EntrySpan], changes: Sequence[Change]) -> str:
    """The text with these changes, read again: all that no change meant is as it was."""
    new = applied(text, changes)
    meant = {change.start: change.new for change in changes}
    expected = [_parts(text, entry, meant) for entry in entries if meant.get(entry.start) != ""]
    if [_parts(new, entry, {}) for entry in spans.entries(new)] != expected:
        raise CannotError("a value here cannot be changed alone; nothing was changed")
    return new


def _parts(text: str, entry: EntrySpan, meant: Mapping[int, str]) -> list[str]:
    """The key of an entry, and its fields with their values, as they are once what is `meant`
    stands in its place."""
    parts = [meant.get(entry.key[0], text[slice(*entry.key)])]
    for field in entry.fields:
        value = field.inner or field.value
        parts += [
            meant.get(field.start, field.name).lower(),
            meant.get(value[0], text[slice(*value)]),
        ]
    return parts


def applied(text: str, changes: Sequence[Change]) -> str:
    """The text with these changes, which are in its order and do not overlap."""
    parts, position = [], 0
    for change in changes:
        parts += [text[position : change.start], change.new]
        position = change.end
    return "".join((*parts, text[position:]))


def dialect(file: Text | None, entries: Sequence[EntrySpan] | None = None) -> str:
    """The format in which the file's entries, if they are not given, are written."""
    if file is None or file.encoding == _BYTES:
        return "bibtex"
    found = list(spans.entries(file.text)) if entries is None else entries
    return "biblatex" if _is_biblatex(found) else "bibtex"


def _is_biblatex(entries: Sequence[EntrySpan]) -> bool:
    """Whether the fields are those of BibLaTeX rather than of BibTeX."""
    names = [field.name for entry in entries for field in entry.fields]
    return sum(name in _OF_BIBLATEX for name in names) > sum(name in _OF_BIBTEX for name in names)
