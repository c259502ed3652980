"""The bytes of a file as text, whatever program saved it, or why it is none."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from bclm_cli.errors import DataError
from bclm_cli.formats.interface import MAX_BYTES, Problem
from bclm_cli.text.control_chars import CONTROL_IN_LINES, ESCAPE_SEQUENCE, LINE_ENDS, SURROGATES

_FOREIGN = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a zip or Office file", b"\x1f\x8b": "compressed (gzip)",
    b"SQLite": "an SQLite database", b"\x89PNG": "a picture", b"{\\rtf": "an RTF text",
}  # fmt: skip
# An escape sequence goes whole; what may end a line somewhere becomes a space.
_ODD = re.compile(
    f"{ESCAPE_SEQUENCE}|[{CONTROL_IN_LINES}\u2028\u2029\ufeff\ufffe\uffff{SURROGATES}]"
)
_MARKUP = (b"<?xml", b"<!doctype", b"<html", b"<xml", b"<pubmed")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text with plain line ends, and a note where it is not UTF-8.

    Bytes that are not UTF-8 are read as Windows-1252 (which has Latin-1), line by line, because
    files joined from two sources are common. Raises DataError for what is no text.
    """
    if len(data) > MAX_BYTES:
        raise DataError(f"over {MAX_BYTES // 1_000_000} MB; split the file", path=path)
    for magic, what in _FOREIGN.items():
        if data.startswith(magic):
            raise DataError(f"this is {what}; {_WAY_OUT}", path=path)
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise DataError(f"this is XML or HTML; {_WAY_OUT}", path=path)
    encoding, data = _encoding(data)
    if encoding == "utf-8" and b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise DataError(f"a NUL byte: this is no text; {_WAY_OUT}", path=path, line=line)
    problems: list[Problem] = []
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(Problem(line, "not UTF-8; read as Windows-1252", left_out=False))
        text = "".join(_mixed(data))
    if "\0" in text:
        raise DataError(f"a NUL character: this is no text; {_WAY_OUT}", path=path)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if odd := _ODD.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        problems.append(Problem(line, "control characters are passed over", left_out=False))
        text = _ODD.sub(lambda match: " " if match.group() in LINE_ENDS else "", text)
    return text, problems


def _encoding(data: bytes) -> tuple[str, bytes]:
    """The encoding that the file's mark tells, or where it has none every second byte, and the
    bytes after the mark."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name, data[len(bom) :]
    head = data[:4_000]
    for name, line_end, zeros in (("utf-16-le", b"\n\0", 1), ("utf-16-be", b"\0\n", 0)):
        is_wide = head[zeros::2].count(0) * 4 > len(head)
        if is_wide and line_end in head and b"\0" not in head[1 - zeros :: 2]:
            return name, data
    return "utf-8", data


_WAY_OUT = "export the papers as BibTeX, RIS or NBIB instead"


def _mixed(data: bytes) -> Iterator[str]:
    for line in data.splitlines(keepends=True):
        try:
            yield line.decode()
        except UnicodeDecodeError:
            yield line.decode("cp1252", errors="replace")
