"""Every failure that a user can meet, with its exit code and the way out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
    CANNOT: "cannot write, or something is missing that the answer needs",
    INTERRUPTED: "interrupted",
    READER_LEFT: "the reader of the pipe left",
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


class CannotError(BclmError):
    """Something outside forbids it: no room, no permission, a missing program or extra."""

    exit_code = CANNOT


def near(name: str, known: Iterable[str], *, alike: float = 0.6) -> list[str]:
    """Up to three known names: those that begin with this one as a word, then the most alike.

    `alike` is the share of letters, from 0 to 1, that they must have in common.
    """
    from difflib import get_close_matches

    wanted = name.lower()
    folded = {candidate.lower(): candidate for candidate in known}
    closest = get_close_matches(wanted, folded, 3, alike)
    longer = sorted(match for match in folded if match.startswith(f"{wanted} "))
    return [folded[match] for match in dict.fromkeys([*longer, *closest])][:3]


def one_of(what: str, name: str, known: Collection[str]) -> str:
    """The name, if it is one of the known; else UsageError with the nearest and all of them."""
    if name not in known:
        raise UsageError(missing(what, name, near(name, known)), f"{what}s are {', '.join(known)}")
    return name


STDIN = "(stdin)"
"""What messages call the file that `-` stands for."""


def missing(what: str, name: str, guesses: Iterable[str]) -> str:
    """The sentence for a name that does not exist: "no step 'x'; did you mean y or z?"."""
    guess = " or ".join(dict.fromkeys(guesses))
    return f"no {what} {quoted(name)}" + (f"; did you mean {guess}?" if guess else "")


def quoted(name: str) -> str:
    r"""A name in quotes as it was typed, where `repr` would double the backslash of `\cite`; what
    cannot be printed is still escaped."""
    if not name.isprintable():
        return repr(name)
    mark = '"' if "'" in name and '"' not in name else "'"
    return f"{mark}{name}{mark}"
