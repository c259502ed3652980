"""The way through a manuscript's files: what each cites, and which others it includes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from bclm_cli.manuscript.mention import Mention
from bclm_cli.manuscript.source import Source, read, read_stdin

PLACES = 100
"""How many places of one key are kept; a file of nothing but citations stays within memory."""

MOST_ABOVE = 4
"""At most this many folders, the manuscript's own among them, are looked through for
PROJECT_FILE."""

_TERMS = re.compile(
    r"^[ \t]*(?:-[ \t]+|\{[ \t]*)?\"?key\"?[ \t]*[:=][ \t]*[\"']?([\w.-]++)"
    r"|^(?:\[|  \"|\t\")?([\w.-]++)(?:\]|\"?[ \t]*:)",
    re.MULTILINE,
)


class Citation(NamedTuple):
    """One place that cites a paper by its key; `key` is ALL where every paper is asked for."""

    key: str
    path: str
    line: int
    column: int


class Remark(NamedTuple):
    """Something that may hide a key: an "error" surely does, a "warning" perhaps."""

    level: str
    what: str
    path: str
    line: int
    column: int


class Bibliography(NamedTuple):
    """A file of references that the manuscript names: where it should lie, and who names it."""

    file: Path
    path: str
    line: int
    column: int


class Reader(Protocol):
    """Reads the files of one manuscript, one after the other; what a file defines stays known."""

    def mentions(self, text: str) -> Iterator[Mention]:
        """What `text` cites, includes and defines, in reading order."""


class Format(Protocol):
    """What a format's file offers."""

    HELP: str
    SUFFIXES: tuple[str, ...]
    INCLUDED: tuple[str, ...]
    FROM_ROOT: bool
    PROJECT_FILE: str

    def Reader(self, suffix: str) -> Reader:  # noqa: N802, a class of that name
        """A reader for one manuscript; `suffix` tells dialects apart."""


class _Open(NamedTuple):
    source: Source
    path: Path
    mentions: Iterator[Mention]
    is_style: bool = False


class Walk:
    """Follows manuscripts into the files that they include, without recursion."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self.remarks: list[Remark] = []
        self.labels: set[str] = set()
        self.terms: set[str] = set()
        self.kinds: set[str] = set()  # of cross-references that a project declares
        self.bibliographies: dict[Path, Bibliography] = {}
        self._places: dict[str, int] = {}
        self._seen: set[tuple[Path, bool]] = set()

    def manuscript(self, name: str, form: Format, reader: Reader) -> None:
        """Read one manuscript to its end."""
        path = Path(name)
        if name != "-" and not self._is_new(path):
            return
        source = read_stdin() if name == "-" else read(path, name)
        root = path.parent
        if form.PROJECT_FILE:
            self._project(root, form.PROJECT_FILE)
        stack = [_Open(source, path, reader.mentions(source.text))]
        while stack:
            here = stack[-1]
            include = self._until_include(here, root)
            if include is None:
                stack.pop()
            elif target := self._target(include, here, root, form, stack):
                source = read(target, target.as_posix())
                is_style = here.is_style or include.kind == "style"
                stack.append(_Open(source, target, reader.mentions(source.text), is_style))

    def _until_include(self, here: _Open, root: Path) -> Mention | None:
        for mention in here.mentions:
            if mention.kind == "key":
                self._cite(mention, here.source)
            elif mention.kind in ("include", "import", "style"):
                return mention
            elif mention.kind == "label":
                self.labels.add(mention.text)
            elif mention.kind == "glossary":
                self.terms.add(mention.text)
            elif mention.kind == "terms":
                self._read_terms(mention.text, here, root)
            elif mention.kind == "bibliography":
                self._names(mention, here, root)
            elif not here.is_style:  # whose commands nobody may use
                level = "error" if mention.kind == "broken" else "warning"
                self._remark(level, mention.text, here.source, mention.offset)
        return None

    def _names(self, mention: Mention, here: _Open, root: Path) -> None:
        """Note the bibliographies that are named: they lie beside the file, or the manuscript."""
        place = here.source.place(mention.offset)
        for name in mention.text.split("\n"):
            beside = [folder / name for folder in (here.path.parent, root)]
            file = next(filter(_is_file, beside), beside[-1])
            self.bibliographies.setdefault(
                file.resolve(), Bibliography(file, here.source.name, *place)
            )

    def _read_terms(self, name: str, here: _Open, root: Path) -> None:
        """Note the keys in a file of YAML, JSON or TOML, which a glossary may be made of."""
        for path in (folder / name for folder in (here.path.parent, root)):
            if _is_file(path):
                text = read(path, path.as_posix()).text
                self.terms.update(found[1] or found[2] for found in _TERMS.finditer(text))
                return

    def _project(self, folder: Path, name: str) -> None:
        """Note the bibliographies of the project that the manuscript belongs to, and its kinds of
        cross-references."""
        from bclm_cli.manuscript.readers import markdown

        for above in (folder, *folder.absolute().parents)[:MOST_ABOVE]:
            path = above / name
            if _is_file(path):
                project = _Open(read(path, path.as_posix()), path, iter(()))
                self.kinds.update(markdown.custom_kinds(project.source.text))
                for mention in markdown.bibliographies(project.source.text):
                    self._names(mention, project, above)
                return

    def cited(self) -> tuple[Citation, ...]:
        """The citations that are no references to labels and terms; if there are none though a
        bibliography is named, a remark says so."""
        found = tuple(
            one
            for one in self.citations
            if one.key not in self.labels
            and one.key.partition(":")[0] not in self.terms
            and one.key[:1].lower() + one.key[1:].partition("-")[0] not in self.kinds
        )
        for named in () if found else tuple(self.bibliographies.values())[:1]:
            what = "no citation is found, though a bibliography is named here"
            self.remarks.append(Remark("warning", what, named.path, named.line, named.column))
        return found

    def _cite(self, mention: Mention, source: Source) -> None:
        places = self._places.get(mention.text, 0)
        self._places[mention.text] = places + 1
        if places < PLACES:
            place = source.place(mention.offset)
            self.citations.append(Citation(mention.text, source.name, *place))

    def _remark(self, level: str, what: str, source: Source, offset: int) -> None:
        self.remarks.append(Remark(level, what, source.name, *source.place(offset)))

    def _target(
        self, include: Mention, here: _Open, root: Path, form: Format, stack: list[_Open]
    ) -> Path | None:
        folders = (root, here.path.parent) if form.FROM_ROOT else (here.path.parent, root)
        for pattern in form.INCLUDED:
            for folder in folders:
                path = folder / pattern.format(include.text)
                if _is_file(path):
                    if self._is_new(path, whole=include.kind == "include"):
                        return path
                    if any(_same(path, opened.path) for opened in stack):
                        what = f"{include.text} includes itself; it is read once"
                        self._remark("warning", what, here.source, include.offset)
                    return None
        if include.kind == "style" or here.is_style:
            return None
        what = f"{include.text} is not found; the keys that it cites are missing here"
        self._remark("warning", what, here.source, include.offset)
        return None

    def _is_new(self, path: Path, *, whole: bool = True) -> bool:
        """Whether this is not read yet; a file that was only imported is, when it is included."""
        try:
            resolved = path.resolve()
        except (OSError, RuntimeError):
            resolved = path
        new = self._seen.isdisjoint({(resolved, True), (resolved, whole)})
        self._seen.add((resolved, whole))
        return new


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
