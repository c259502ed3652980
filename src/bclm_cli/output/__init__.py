"""The only owner of streams, width, color, pager and files.

stdout carries the answer and nothing else; notes and errors go to stderr.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple, TextIO, TypeVar

from bclm_cli.errors import CannotError, UsageError
from bclm_cli.text.control_chars import visible

__all__ = [
    "NARROW", "Meter", "Output", "can_ask", "difference", "give_up_stdout", "piped", "reading",
    "rewrite_file", "say", "set_up_streams", "turn", "write_file",
]  # fmt: skip

T = TypeVar("T")

NARROW = 60
"""Below this many columns a table is shown as records."""


class Output(NamedTuple):
    """What stdout is, decided once: a terminal or not, in color or not, and how wide."""

    terminal: bool
    color: bool
    width: int
    height: int
    quiet: bool = False

    @classmethod
    def detect(cls, color: str = "auto", *, quiet: bool = False) -> Output:
        """Look at stdout and at NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM, COLUMNS and LINES.

        `color` is auto, always or never; a flag beats the environment.
        """
        terminal = sys.stdout.isatty()
        dumb = os.environ.get("TERM") == "dumb"
        if color == "auto":
            wanted = terminal and not dumb
            if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE", "0") != "0":
                wanted = True
            if os.environ.get("NO_COLOR"):
                wanted = False
        else:
            wanted = color == "always"
        width, height = _size()
        return cls(terminal, wanted, width, height, quiet)

    @property
    def narrow(self) -> bool:
        """Whether records read better than a table."""
        return self.width < NARROW

    def write(self, chunks: Iterable[str]) -> None:
        """Write the answer to stdout, chunk by chunk; raises CannotError if the disk is full.

        A reader that leaves (`| head`) is no fault: BrokenPipeError passes to the top, which ends
        the program as other Unix tools do.
        """
        with _reported_errors(sys.stdout) as stdout:
            for chunk in chunks:
                stdout.write(chunk)
            stdout.flush()

    def page(self, chunks: Iterable[str]) -> None:
        """Write the answer, through a pager if stdout is a terminal that it would overflow."""
        if not self.terminal:
            self.write(chunks)
            return
        chunks = iter(chunks)
        seen: list[str] = []
        lines = 0
        for chunk in chunks:
            seen.append(chunk)
            lines += chunk.count("\n")
            if lines >= self.height:
                break
        if lines >= self.height:
            from bclm_cli.output import pager

            if pager.shown(chain(seen, chunks)):
                return
        self.write(chain(seen, chunks))

    def note(self, text: str) -> None:
        """Say something beside the answer, on stderr; silent with -q."""
        if not self.quiet:
            say(text)

    def noted(self, found: Iterable[T], note: str) -> Iterator[T]:
        """What was found, one by one; at the end a note if that was nothing."""
        empty = True
        for one in found:
            empty = False
            yield one
        if empty:
            self.note(note)


class Meter(AbstractContextManager["Meter"]):
    """A line on stderr that says how far a long task has come; on a terminal alone.

    It appears after half a second, and is gone when the `with` block ends.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self.start = self.last = time.monotonic()
        self.shown, self.quiet = False, quiet
        self.silent = quiet or sys.stderr is None or not sys.stderr.isatty()

    def __exit__(self, *_: object) -> None:
        self.clear()

    def __call__(self, name: str, done: int, total: int, records: int) -> None:
        """Note that `done` of `total` parts are read, `name` being the file at hand."""
        if self._due():
            left = (self.last - self.start) * (total - done) / max(done, 1)
            share = min(done / max(total, 1), 1.0)
            bar = "█" * round(share * 20)
            counted = f"{records:,} records  {left:.0f} s left"
            self._put(f"reading {name} {bar:░<20} {share:4.0%}  {counted}")

    def asking(self, service: str, done: int, total: int) -> None:
        """Note that a service answered for `done` of `total` papers."""
        if self._due():
            share = min(done / max(total, 1), 1.0)
            self._put(f"asking {service} {'█' * round(share * 20):░<20} {done} of {total} papers")

    def retrying(self, what: str) -> None:
        """Note that a service failed, and when it is asked again; at once, for it may take long."""
        if not self.silent:
            self.last, self.shown = time.monotonic(), True
            self._put(what)

    def waiting(self) -> None:
        """Note that another run reads the same data."""
        if self._due():
            self._put("waiting for another bclm, which reads the same data")

    def note(self, what: str) -> None:
        """Say what a bibliography has that is not taken as it stands."""
        self.clear()
        if not self.quiet:
            say(what)

    def uncached(self, reason: str) -> None:
        """Say that the next run will read all anew, if that takes long enough to be felt."""
        self.clear()
        if not self.quiet and time.monotonic() - self.start > 1:
            say(f"cannot write the cache ({reason}); each run reads the data anew")

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            self.shown = False
            self._put("")

    def _due(self) -> bool:
        now = time.monotonic()
        if self.silent or now - self.start < 0.5 or now - self.last < 0.1:
            return False
        self.last, self.shown = now, True
        return True

    def _put(self, text: str) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.write(f"\r{visible(text)[: _size()[0] - 1]}\x1b[K")
            sys.stderr.flush()


def set_up_streams() -> None:
    """Data leaves as UTF-8 whatever the locale says; a terminal shows what it can."""
    with suppress(AttributeError, OSError, ValueError):
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # not there, or not a real stream
            if stream.isatty():
                stream.reconfigure(errors="replace")  # type: ignore[union-attr]
            else:
                stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")  # type: ignore[union-attr]


def give_up_stdout() -> None:
    """Let what is still buffered go nowhere: it would fail once more at the end of the program."""
    _give_up(sys.stdout)


def piped(what: str) -> TextIO:
    """stdin, a pipe or a file that `-` reads `what` from. Raises UsageError for a keyboard, and
    for a stdin that is closed."""
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError(f"`-` reads {what} from a pipe, and there is none")
    return sys.stdin


def can_ask() -> bool:
    """Whether somebody sits at stdin who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def say(line: str, who: str = "bclm") -> None:
    """One line on stderr, made harmless: it may quote the data.

    A stderr that is closed or full is nobody's concern.
    """
    try:
        sys.stderr.write(f"{who}: {visible(line)}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        _give_up(sys.stderr)


def _give_up(stream: IO[str]) -> None:
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def reading(paths: Iterable[Path]) -> AbstractContextManager[None]:
    """Say on stderr which of these files is a named pipe that nobody has written to for a second,
    so that a run that waits for it does not look dead."""
    from bclm_cli.output import files

    return files.announced_pipes(paths, "writes to", say)


def write_file(
    path: Path, chunks: Iterable[str] | Iterable[bytes], replacing: Callable[[], None] | None = None
) -> bool:
    """Write a file whole or not at all, and only if that changes it; True if it did.

    A symbolic link is followed and kept, and so are the owner and the mode of an existing file, or
    a line on stderr says that they changed. `replacing` is called before a file is replaced, and
    raises what forbids it. Raises CannotError and leaves the old file as it was.
    """
    from bclm_cli.output import files

    return files.write(path, chunks, say, replacing=replacing)


def rewrite_file(path: Path, before: str | bytes | None, after: str | bytes) -> bool:
    """Write what was made from what the file held `before` (None: there was no file).

    As `write_file`; raises CannotError, with nothing written, if the file holds something else by
    now. Hold the file's `turn` from reading it on, so that no other bclm can have changed it.
    """
    from bclm_cli.output import files

    old = None if before is None else files.encoded(before)
    return files.write(path, [files.encoded(after)], say, old)


def turn(path: Path) -> AbstractContextManager[None]:
    """Let no other bclm rewrite a file in this file's folder meanwhile; waits for one that does.

    Raises CannotError if it does so for minutes.
    """
    from bclm_cli.output import files

    return files.turn(path, say)


def difference(path: Path, chunks: Iterable[str], *, shown: int = 20) -> list[str]:
    """The first lines of a unified diff from a file to what would be written to it: none if it is
    up to date. Raises CannotError for a file that cannot be read."""
    from bclm_cli.output import files

    return files.difference(path, chunks, shown)


def _size() -> tuple[int, int]:
    """Columns and lines: COLUMNS and LINES first, then the terminal, then 80 by 24."""
    from shutil import get_terminal_size

    size = get_terminal_size()
    return max(size.columns, 20), max(size.lines, 2)


@contextmanager
def _reported_errors(stream: IO[str]) -> Iterator[IO[str]]:
    """Turn a full disk into an error with an exit code; a reader that left passes through."""
    try:
        yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        give_up_stdout()
        raise CannotError(f"cannot write to stdout: {error.strerror or error}") from None
