"""Manuscript files as text: encodings, binary files, and the line and column of an offset."""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path

from bclm_cli.errors import DataError, unreadable
from bclm_cli.output import piped
from bclm_cli.suggest import STDIN

LARGEST = 1 << 29
"""Bytes; an endless device or a disk image is refused here and not in the middle of memory."""

_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


class Source:
    """One text with the name that messages give it."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self._line_ends: list[int] | None = None

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column, both from 1 and in characters."""
        if self._line_ends is None:
            self._line_ends = _line_ends(self.text)
        line = bisect_left(self._line_ends, offset)
        start = self._line_ends[line - 1] + 1 if line else 0
        return line + 1, offset - start + 1


def read(path: Path, name: str) -> Source:
    """Read a text file, UTF-8 or UTF-16 by its mark, else Latin-1.

    Raises DataError for a file that is missing, unreadable, too large or not text.
    """
    try:
        with path.open("rb") as stream:
            return Source(name, decode(stream.read(LARGEST + 1), name))
    except OSError as error:
        raise unreadable(name, error) from None


def read_stdin() -> Source:
    """Read a pipe to its end, as `read` reads a file.

    Raises UsageError for a keyboard, and for a stdin that is closed.
    """
    return Source(STDIN, decode(piped("a manuscript").buffer.read(LARGEST + 1), STDIN))


def decode(data: bytes, name: str) -> str:
    """The text of a file, with line ends as they are (a lone CR of old editors becomes LF).

    Latin-1 takes every byte, so a manuscript in an older encoding still gives its ASCII keys.
    """
    if len(data) > LARGEST:
        raise DataError(f"is larger than {LARGEST >> 20} MB; that is no manuscript", path=name)
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data:
        raise DataError("is a binary file, not text", path=name)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text if "\n" in text else text.replace("\r", "\n")


def _line_ends(text: str) -> list[int]:
    found, at = [], text.find("\n")
    while at >= 0:
        found.append(at)
        at = text.find("\n", at + 1)
    return found
