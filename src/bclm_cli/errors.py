"""Every failure that a user can meet, with its exit code and the way out."""

from __future__ import annotations

from typing import ClassVar

OK = 0
NOT_FOUND = 1
USAGE = 2
BAD_DATA = 3
CANNOT = 4
INTERRUPTED = 130
READER_LEFT = 141

MEANINGS = {
    OK: "done; an empty list is fine",
    NOT_FOUND: "a named thing does not exist; search found nothing; check has findings;"
    " export --check: the file is stale",
    USAGE: "wrong usage",
    BAD_DATA: "a data or input file cannot be read or breaks its schema",
    CANNOT: "cannot write, cannot reach a service, or something is missing that the answer needs",
    INTERRUPTED: "interrupted",
    READER_LEFT: "the program that read the pipe has ended",
}


class BclmError(Exception):
    """A failure with its exit code; `hint` is one line that says what to do."""

    exit_code: ClassVar[int] = NOT_FOUND

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class NotFoundError(BclmError):
    """A named thing (step, factor, paper, style, value of a filter) does not exist."""


class FindingsError(BclmError):
    """A check found something; the findings are already on stdout."""


class UsageError(BclmError):
    """The command line asks for something that makes no sense."""

    exit_code = USAGE


class DataError(BclmError):
    """A data or input file is unreadable or breaks its schema.

    `path`, `line` and `column` (both from 1) say where; the message then reads
    `path:line:column: what; what to do`.
    """

    exit_code = BAD_DATA

    def __init__(
        self, what: str, *, path: str, line: int | None = None, column: int | None = None
    ) -> None:
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {what}")
        self.what, self.path, self.line, self.column = what, path, line, column


def unreadable(path: object, error: OSError) -> DataError:
    """The error for a file that the system will not let us read."""
    return DataError(f"cannot read: {error.strerror or error}", path=str(path))


class CannotError(BclmError):
    """Something outside forbids it: no room, no permission, a missing program or extra."""

    exit_code = CANNOT


class ServiceError(CannotError):
    """A service of the network could not be asked, or its answer could not be read."""
