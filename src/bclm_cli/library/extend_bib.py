"""New text for an author's .bib with more in it: fields of entries, and entries at its end.

Nothing is written here. The new text is read again and compared before it is handed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bclm_cli.errors import CannotError
from bclm_cli.formats import registry
from bclm_cli.formats.bibtex import blocks, capitals, spans, writer_biblatex, writer_bibtex
from bclm_cli.formats.bibtex.spans import EntrySpan
from bclm_cli.formats.interface import Options
from bclm_cli.library.edit_bib import Change, Text, applied, dialect
from bclm_cli.model.records import Reference

_OTHERS = re.compile(r"\band\s+others\W*$")
_LINE_END = re.compile(r"\r\n?|\n")


class Placed(NamedTuple):
    """A paper of the file, and the line (from 1) on which its entry begins."""

    line: int
    paper: Reference


def with_changes(
    file: Text | None,
    new: Sequence[Reference],
    filled: Mapping[str, Reference],
    terms: frozenset[str],
    own: Mapping[str, Placed] = MappingProxyType({}),
) -> str:
    """The text with fields and aliases that papers in it have more, and new entries at its end.

    `own` are the papers as they are read in it: of two entries with one key, the one on that line
    is meant.
    Raises DataError for a key that BibTeX cannot take, CannotError where an entry to be filled
    cannot be found, or another one would change.
    """
    text = file.text if file else ""
    newline = "\r\n" if 2 * text.count("\r\n") > text.count("\n") else "\n"
    begun = list(spans.begun(text))
    entries = [entry for _, entry in begun if entry]
    format_ = dialect(file, entries)
    biblatex = format_ == "biblatex"
    options = Options(terms=terms)
    changes: list[Change] = []
    meant = _meant(text, begun, {key: own[key].line if key in own else 0 for key in filled})
    for key, reference in filled.items():
        if (entry := meant.get(key)) is None:
            raise CannotError(f"{key}: an entry to be filled is not whole; nothing was changed")
        old = own[key].paper if key in own else None
        changes += _more(text, entry, old, reference, options, newline, biblatex=biblatex)
    changes.sort(key=lambda change: change.start)
    after = applied(text, changes) + _appended(text, new, format_, options, newline)
    if not _is_kept(text, entries, after, [reference.id for reference in new]):
        raise CannotError("another entry would change with this; nothing was changed")
    return after


def _meant(
    text: str, begun: Sequence[tuple[str, EntrySpan | None]], lines: Mapping[str, int]
) -> dict[str, EntrySpan | None]:
    """The entry of each key that begins on the line, or the first one where that is 0."""
    meant: dict[str, EntrySpan | None] = {}
    line, at = 1, 0
    for key, entry in begun:
        if entry:
            line += sum(1 for _ in _LINE_END.finditer(text, at, entry.start))
            at = entry.start
        if key in lines and lines[key] in (0, line if entry else 0):
            meant.setdefault(key, entry)
    return meant


def _appended(
    text: str, new: Sequence[Reference], format_: str, options: Options, newline: str
) -> str:
    """What new entries put behind the text of a file."""
    if not new:
        return ""
    registry.check_keys(format_, [reference.id for reference in new])
    entries_text = "".join(registry.writer(format_).dump(new, options)).rstrip("\n") + "\n"
    # An export has a comma here as well: so nobody takes what was added for a part of one.
    entries_text = entries_text.replace(",\n}\n", "\n}\n")
    end = newline if text and not text.endswith("\n") else ""
    is_apart = f"{text[-4:]}{end}".endswith((newline * 2, "\n\n"))
    gap = newline if text.strip() and not is_apart else ""
    return end + gap + entries_text.replace("\n", newline)


def open_at_end(text: str) -> int | None:
    """The line of the last entry if it is never closed, so that BibTeX reads on to the end."""
    last = max((one.end() for one in blocks.START.finditer(text)), default=0)
    if not last or text[last - 1] != "{" or blocks.BRACED.match(text, last - 1):
        return None
    return 1 + sum(1 for _ in _LINE_END.finditer(text, 0, last))


def _is_kept(text: str, entries: Sequence[EntrySpan], after: str, added: Sequence[str]) -> bool:
    """Whether the new text has the entries of the old one with all values that were not meant to
    be changed, and behind them the added ones."""
    found = list(spans.entries(after))
    keys = [after[slice(*entry.key)] for entry in found[len(entries) :]]
    return keys == added and all(
        _kept(text, old) == _kept(after, new)[: len(old.fields) + 1]
        for old, new in zip(entries, found, strict=False)
    )


def _kept(text: str, entry: EntrySpan) -> list[tuple[str, str]]:
    """The key of an entry and its fields, those without their values that may be changed."""
    fields = [
        (field.name, "" if field.name in ("author", "ids") else text[slice(*field.value)])
        for field in entry.fields
    ]
    return [("", text[slice(*entry.key)]), *fields]


def _more(
    text: str,
    entry: EntrySpan,
    old: Reference | None,
    reference: Reference,
    options: Options,
    newline: str,
    *,
    biblatex: bool,
) -> Iterator[Change]:
    """The fields that an entry lacks, behind its last one, aliases among its `ids`, and a whole
    list of authors in place of one that ends in "and others". What the entry says in fields of
    other names, or in an entry that it refers to, it does not lack."""
    writer = writer_biblatex if biblatex else writer_bibtex
    dictionary = capitals.dictionary(options.terms)
    there = {field.name for field in entry.fields}
    written = writer.entry(reference, options, dictionary).fields
    if old:
        there.update(name for name, _ in writer.entry(old, options, dictionary).fields)
    fields = [
        (name, value) for name, value in written if name not in there and not _same(name, there)
    ]
    authors = entry.field("author")
    if authors and not reference.incomplete_authors and _OTHERS.search(text[slice(*authors.value)]):
        yield Change(*authors.value, dict(written)["author"], "authors")
    if ids := entry.field("ids"):
        listed = text[slice(*(ids.inner or ids.value))]
        new = ", ".join(key for key in reference.aliases if key not in re.split(r"[\s,]+", listed))
        comma = ", " if listed.rstrip().rstrip(",") == listed.rstrip() != "" else ""
        if new and ids.inner:
            yield Change(ids.inner[1], ids.inner[1], f"{comma}{new}", "keys")
        elif new:
            yield Change(ids.value[1], ids.value[1], f" # {{{comma}{new}}}", "keys")
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
