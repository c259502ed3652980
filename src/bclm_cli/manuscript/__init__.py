"""Which papers a manuscript cites: the keys in a .tex, .aux, .bcf, .md, .qmd, .Rmd or .typ file.

A format is one file of `readers/` with SUFFIXES, HELP, INCLUDED (how the name of an included file
becomes a path), FROM_ROOT (whether that path starts at the manuscript's folder) and a Reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import NamedTuple, Protocol, cast

from bclm_cli.errors import DataError, UsageError
from bclm_cli.manuscript import readers
from bclm_cli.manuscript.bibliography import held_keys
from bclm_cli.manuscript.mention import ALL, Mention
from bclm_cli.manuscript.source import Source, read, read_stdin
from bclm_cli.suggest import quoted

__all__ = ["ALL", "Citation", "Remark", "Scan", "cited_keys", "formats", "held_keys", "scan"]

PLACES = 100
"""How many places of one key are kept; a file of nothing but citations stays within memory."""

STDIN = "-"

_NOT_TEXT = {
    ".docx": "Zotero's field codes stand in it, not keys: export with -f ris or -f csljson, import "
    "that into Zotero, and cite from there; or name the .md that pandoc made it from",
    ".doc": "save it as text, or export with -f ris and cite through Zotero",
    ".odt": "name the .md that pandoc made it from, or cite through Zotero (-f ris)",
    ".rtf": "name the .md that pandoc made it from, or cite through Zotero (-f ris)",
    ".pdf": "name the source that it was made from",
    ".bib": "that is a bibliography: name the manuscript, and this file with --also",
    ".bbl": "that is BibTeX's output: name the .tex or the .aux",
    ".log": "name the .tex or the .aux",
}


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


class Scan(NamedTuple):
    """All that was found, in reading order with included files at their place."""

    citations: tuple[Citation, ...]
    remarks: tuple[Remark, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Each key once, in the order of its first citation."""
        return tuple(dict.fromkeys(citation.key for citation in self.citations))

    def refuse_broken(self) -> None:
        """Raise DataError at the first place where a key is surely hidden."""
        for remark in self.remarks:
            if remark.level == "error":
                raise DataError(
                    remark.what, path=remark.path, line=remark.line, column=remark.column
                )


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

    def Reader(self, suffix: str) -> Reader:  # noqa: N802, a class of that name
        """A reader for one manuscript; `suffix` tells dialects apart."""


def formats() -> dict[str, Format]:
    """The formats by name, found by listing this folder."""
    return {
        module.name: cast(Format, import_module(f"{readers.__name__}.{module.name}"))
        for module in iter_modules(readers.__path__)
    }


def cited_keys(paths: Iterable[str], fmt: str | None = None) -> tuple[Citation, ...]:
    """Every citation of the manuscripts; see `scan`.

    Raises DataError at the first place where a key is surely hidden.
    """
    found = scan(paths, fmt)
    found.refuse_broken()
    return found.citations


def scan(paths: Iterable[str], fmt: str | None = None) -> Scan:
    """Read manuscripts and every file that they include.

    `fmt` is a format's name or a suffix; without it each file's own suffix decides. The path "-"
    reads stdin and needs `fmt`. Each file is read once, however often it is included, and
    at most PLACES places of a key are kept.

    Raises UsageError for a format that nobody can read, DataError for a file that cannot be read.
    """
    walk = _Walk()
    for path in paths:
        suffix, form = _format_of(path, fmt)
        walk.manuscript(path, form, form.Reader(suffix))
    citations = tuple(found for found in walk.citations if found.key not in walk.labels)
    return Scan(citations, tuple(walk.remarks))


def _format_of(path: str, fmt: str | None) -> tuple[str, Format]:
    known = formats()
    choices = "|".join(form.SUFFIXES[0][1:] for form in known.values())
    if path == STDIN and fmt is None:
        raise UsageError(
            "(stdin): no suffix tells its format",
            hint=f"name it with --used-in-format {choices}",
        )
    wanted = (fmt or Path(path).suffix).lower()
    suffix = "." + wanted.removeprefix(".")
    for name, form in known.items():
        if wanted == name or suffix in form.SUFFIXES:
            return suffix, form
    if fmt is not None:
        raise UsageError(f"no manuscript format {quoted(fmt)}", hint=f"there are {choices}")
    if Path(path).is_dir():
        raise UsageError(f"{path} is a folder", hint="name the manuscript in it")
    readable = ", ".join(suffix for form in known.values() for suffix in form.SUFFIXES)
    raise UsageError(
        f"{path}: cannot find citations in a {suffix} file"
        if suffix != "."
        else f"{path}: a file without a suffix does not tell its format",
        hint=_NOT_TEXT.get(suffix)
        or f"readable are {readable}; or name its format with --used-in-format {choices}",
    )


class _Open(NamedTuple):
    source: Source
    path: Path
    mentions: Iterator[Mention]


class _Walk:
    """Follows manuscripts into the files that they include, without recursion."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self.remarks: list[Remark] = []
        self.labels: set[str] = set()
        self._places: dict[str, int] = {}
        self._seen: set[tuple[Path, bool]] = set()

    def manuscript(self, name: str, form: Format, reader: Reader) -> None:
        """Read one manuscript to its end."""
        path = Path(name)
        if name != STDIN and not self._is_new(path):
            return
        source = read_stdin() if name == STDIN else read(path, name)
        root = path.parent
        stack = [_Open(source, path, reader.mentions(source.text))]
        while stack:
            here = stack[-1]
            include = self._until_include(here)
            if include is None:
                stack.pop()
            elif target := self._target(include, here, root, form, stack):
                source = read(target, target.as_posix())
                stack.append(_Open(source, target, reader.mentions(source.text)))

    def _until_include(self, here: _Open) -> Mention | None:
        for mention in here.mentions:
            if mention.kind == "key":
                self._cite(mention, here.source)
            elif mention.kind in ("include", "import"):
                return mention
            elif mention.kind == "label":
                self.labels.add(mention.text)
            else:
                level = "error" if mention.kind == "broken" else "warning"
                self._remark(level, mention.text, here.source, mention.offset)
        return None

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
