"""What `bclm add --write` writes to: the references.yaml of a folder, or a .bib."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from bclm_cli.errors import CannotError, UsageError
from bclm_cli.formats import registry
from bclm_cli.library import edit_bib, edit_yaml, extend_bib, in_place, sources
from bclm_cli.library.intake import Intake
from bclm_cli.model.records import Reference

_AS_UTF_8 = "save it as UTF-8 first"


class Target(Protocol):
    """A file of references; `before` is what it held when it was read, None if it was not there.

    `in_place` says that it is a bibliography, and not one of our own files; `dropped` are the
    variables for which its format has no place, and `losses` names the letters of a reference that
    it cannot hold: both are known when it was read.
    """

    path: Path
    before: bytes | None
    in_place: bool
    dropped: frozenset[str]
    losses: Callable[[Reference], str] | None

    def read(self) -> dict[str, Reference]:
        """The references in it, by key."""

    def after(self, intake: Intake, terms: frozenset[str]) -> bytes | None:
        """What it holds with what the intake has for it, None where that is the same.

        `terms` are names whose capitals BibTeX styles must leave alone.
        """


def target(path: Path, *, is_there: bool = False) -> Target:
    """The file that a path asks for.

    Raises UsageError for a path that is neither a folder nor a .bib, and for a .bib that has to be
    there and is not; CannotError for one that cannot be a file.
    """
    if edit_bib.is_bibtex(path) and not path.is_dir():
        if is_there and not path.exists():
            raise UsageError(f"no such file: {path}", f"bclm add WHAT --write {path} begins it")
        if path.exists() and not path.is_file():
            raise CannotError(f"cannot write {path}: not a regular file")
        return _Bib(path)
    if path.is_file() or (path.suffix.lower() in sources.SUFFIXES and not path.is_dir()):
        raise UsageError(
            f"cannot add to {path}", "--write takes a .bib or a folder; `bclm export` converts"
        )
    return _Folder(path)


class _Bib:
    in_place = True

    def __init__(self, path: Path) -> None:
        self.path = path
        self.before: bytes | None = None
        self.dropped: frozenset[str] = frozenset()
        self.losses: Callable[[Reference], str] | None = None
        self._file: edit_bib.Text | None = None
        self._own: dict[str, extend_bib.Placed] = {}

    def read(self) -> dict[str, Reference]:
        self._file = edit_bib.current(self.path)
        format_ = edit_bib.dialect(self._file)
        self.dropped, self.losses = registry.writer(format_).DROPS, registry.losses(format_)
        if self._file is None:
            return {}
        self.before = self._file.text.encode(self._file.encoding)
        if not self._file.text.strip():
            return {}
        self._own = {
            got.record.id: extend_bib.Placed(got.line, got.record)
            for got in in_place.read(self.path)
            if isinstance(got.record, Reference) and got.record.id
        }
        if "\0" in self._file.text:  # UTF-16, which the reader takes
            raise CannotError(f"cannot write {self.path}: it is UTF-16", _AS_UTF_8)
        return {key: placed.paper for key, placed in self._own.items()}

    def after(self, intake: Intake, terms: frozenset[str]) -> bytes | None:
        if not (intake.new or intake.changed):
            return None
        new = list(intake.new.values())
        if new and self._file and (line := extend_bib.open_at_end(self._file.text)):
            what = (
                f"{self.path}:{line}: this entry is never closed, and would take in what is added"
            )
            raise CannotError(what, "close it first; nothing was written")
        text = extend_bib.with_changes(self._file, new, intake.changed, terms, self._own)
        try:
            return text.encode(self._file.encoding if self._file else "utf-8")
        except UnicodeEncodeError as error:
            letter = text[error.start]
            what = f"it is not UTF-8, and has no place for {letter!r}"
            raise CannotError(f"cannot write {self.path}: {what}", _AS_UTF_8) from None


class _Folder:
    in_place = False
    dropped: frozenset[str] = frozenset()
    losses: Callable[[Reference], str] | None = None

    def __init__(self, folder: Path) -> None:
        self.path = edit_yaml.target(folder)
        self.before: bytes | None = None
        self._text: str | None = None

    def read(self) -> dict[str, Reference]:
        self._text = edit_yaml.current(self.path)
        if self._text is None:
            return {}
        self.before = self._text.encode()
        return {one.id: one for one in edit_yaml.references(self._text, self.path)}

    def after(self, intake: Intake, terms: frozenset[str]) -> bytes | None:
        new = self._text
        if intake.changed and new is not None:
            new = edit_yaml.with_filled(new, intake.changed, self.path)
        new = edit_yaml.with_added(new, list(intake.new.values()), self.path)
        return new.encode() if new and new != self._text else None
