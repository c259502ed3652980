"""New text for an author's .bib: values mended, entries added, every other byte as it was.

Nothing is written here. Each new text is read again and compared before it is handed out.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from bclm_cli import identifiers, load
from bclm_cli.errors import CannotError
from bclm_cli.formats import registry
from bclm_cli.formats.bibtex import capitals, mend, spans, writer_biblatex, writer_bibtex
from bclm_cli.formats.bibtex.spans import EntrySpan
from bclm_cli.formats.interface import Options
from bclm_cli.model.records import Reference

_BYTES = "latin-1"
"""An encoding that gives every byte back, for a file that is not UTF-8."""
_OF_BIBLATEX = frozenset({"journaltitle", "date", "langid", "ids", "eprinttype", "location"})
_OTHERS = re.compile(r"\band\s+others\W*$")
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


def current(path: Path) -> Text | None:
    """The text of a .bib, line ends as they are; None where there is no file.

    Raises DataError for one that cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise load.unreadable(path, error) from None
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
            yield from _change(field.inner, old, new, "DOI" if field.name == "doi" else "pages")
            continue
        what = "gene names"
        if field.name in mend.TITLES:  # first, while TGF-β1 is not yet TGF-$\beta$1
            new = mend.protected(old, terms)
        if field.name in mend.PRINTED and file.encoding != _BYTES:
            if mend.settable(old) != old:
                what = "characters"
            new = mend.settable(new)
        yield from _change(field.inner, old, new, what)


def _moved(text: str, entry: EntrySpan) -> list[Change]:
    """The address of a DOI as the `doi` that the entry lacks. Where it has one, both stay: an equal
    one does no harm, and which of two different ones is right only the paper tells."""
    addresses = [field for field in entry.fields if field.name == "url"]
    if len(addresses) != 1 or entry.field("doi") or (inner := addresses[0].inner) is None:
        return []
    if not (doi := mend.doi_of_address(text[slice(*inner)])):
        return []
    start = addresses[0].start
    name = text[start : start + len("url")]
    return [
        Change(start, start + len(name), "DOI" if name.isupper() else "doi", FIELD_NAME),
        Change(*inner, doi, "address"),
    ]


def _change(at: tuple[int, int], old: str, new: str, what: str) -> Iterator[Change]:
    if new != old:
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
    new = _with(text, changes)
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


def _with(text: str, changes: Sequence[Change]) -> str:
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


def with_changes(
    file: Text | None,
    new: Sequence[Reference],
    filled: Mapping[str, Reference],
    terms: frozenset[str],
) -> str:
    """The text with fields and aliases that papers in it have more, and new entries at its end.

    Raises DataError for a key that BibTeX cannot take, CannotError where an entry to be filled
    cannot be found.
    """
    text = file.text if file else ""
    newline = "\r\n" if 2 * text.count("\r\n") > text.count("\n") else "\n"
    entries = list(spans.entries(text))
    format_ = dialect(file, entries)
    biblatex = format_ == "biblatex"
    options = Options(terms=terms)
    changes: list[Change] = []
    found = 0
    for entry in entries:
        if reference := filled.get(text[slice(*entry.key)]):
            found += 1
            changes += _more(text, entry, reference, options, newline, biblatex=biblatex)
    if found < len(filled):
        raise CannotError("an entry to be filled is not whole; nothing was changed")
    text = _with(text, sorted(changes))
    if not new:
        return text
    registry.check_keys(format_, [reference.id for reference in new])
    entries_text = "".join(registry.writer(format_).dump(new, options)).rstrip("\n") + "\n"
    # An export has a comma here as well: so nobody takes what was added for a part of one.
    entries_text = entries_text.replace(",\n}\n", "\n}\n")
    if text and not text.endswith("\n"):
        text += newline
    gap = newline if text.strip() and not text.endswith((newline * 2, "\n\n")) else ""
    return text + gap + entries_text.replace("\n", newline)


def _more(
    text: str,
    entry: EntrySpan,
    reference: Reference,
    options: Options,
    newline: str,
    *,
    biblatex: bool,
) -> Iterator[Change]:
    """The fields that an entry lacks, behind its last one, aliases among its `ids`, and a whole
    list of authors in place of one that ends in "and others"."""
    writer = writer_biblatex if biblatex else writer_bibtex
    dictionary = capitals.dictionary(options.terms)
    there = {field.name for field in entry.fields}
    written = writer.entry(reference, options, dictionary).fields
    fields = [
        (name, value) for name, value in written if name not in there and not _same(name, there)
    ]
    authors = entry.field("author")
    if authors and not reference.incomplete_authors and _OTHERS.search(text[slice(*authors.value)]):
        yield Change(*authors.value, dict(written)["author"], "authors")
    if ids := entry.field("ids"):
        listed = text[slice(*(ids.inner or ids.value))]
        new = [key for key in reference.aliases if key not in re.split(r"[\s,]+", listed)]
        if new and ids.inner:
            yield Change(ids.inner[1], ids.inner[1], "".join(f", {key}" for key in new), "keys")
    elif reference.aliases:
        fields.append(("ids", f"{{{', '.join(reference.aliases)}}}"))
    if not fields:
        return
    last = entry.fields[-1].value[1] if entry.fields else entry.key[1]
    comma = "" if text[last : entry.end].lstrip().startswith(",") else ","
    at = last if comma else text.index(",", last) + 1
    first = entry.fields[0].start if entry.fields else entry.end
    before = text[text.rfind("\n", 0, first) + 1 : first]
    between = f"{newline}{before}" if not before.strip() else " "
    added = "".join(f"{between}{name} = {value}," for name, value in fields)
    yield Change(at, at, comma + added, "fields")


_ALSO = {"journal": "journaltitle", "year": "date", "address": "location", "school": "institution"}


def _same(name: str, there: set[str]) -> bool:
    """Whether the other dialect's name of a field is there."""
    return any(name in pair and there & set(pair) for pair in _ALSO.items())


def _is_biblatex(entries: Sequence[EntrySpan]) -> bool:
    """Whether the fields are those of BibLaTeX rather than of BibTeX."""
    names = [field.name for entry in entries for field in entry.fields]
    return sum(name in _OF_BIBLATEX for name in names) > sum(name in _OF_BIBTEX for name in names)
