"""What is wrong with a text that a parser refuses: the place, the fault, and what to do."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import IO, TYPE_CHECKING

from bclm_cli.errors import DataError

if TYPE_CHECKING:
    from json import JSONDecodeError

    from yaml import MarkedYAMLError
    from yaml.reader import ReaderError


def shown(text: str) -> str:
    """Text of a stranger as an error may show it: quoted, short, without control characters."""
    return repr(text if len(text) <= 60 else text[:57] + "...")


def half_character(text: str) -> bool:
    """Whether the text holds a surrogate without its other half, which nothing can write."""
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def invalid_yaml(error: MarkedYAMLError, file: str) -> DataError:
    """The complaint of the YAML parser, with what usually helps."""
    problem = error.problem or error.context or "not YAML"
    mark = error.problem_mark or error.context_mark
    if error.context_mark and ("end of stream" in problem or "could not find" in problem):
        mark = error.context_mark  # where the quotes open or the key stands, not where it was seen
    way_out = next((way for sign, way in _WAYS_OUT if sign in problem), _WAY_OUT)
    return DataError(
        f"not valid YAML: {problem}; {way_out}",
        path=file,
        line=mark.line + 1 if mark else None,
        column=mark.column + 1 if mark else None,
    )


def invalid_json(error: JSONDecodeError, file: str) -> DataError:
    """The complaint of the JSON parser."""
    return DataError(
        f"not valid JSON: {error.msg}; look at the commas and quotes before it",
        path=file,
        line=error.lineno,
        column=error.colno,
    )


def unreadable_yaml(error: ReaderError, stream: IO[bytes] | bytes, file: str) -> DataError:
    """Bytes that are no text, with their place wherever the stream can be read again."""
    what, way_out = "not UTF-8 text", "save the file as UTF-8"
    if "not allowed" in error.reason:
        what, way_out = f"a control character (U+{error.character:04X})", "remove it, or " + way_out
    if not isinstance(stream, bytes) and not stream.seekable():
        return DataError(f"{what}; {way_out}", path=file)
    before = _before(error, stream)
    line, column = place(before, len(before))
    return DataError(f"{what}; {way_out}", path=file, line=line, column=column)


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1) of an offset."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _before(error: ReaderError, stream: IO[bytes] | bytes) -> str:
    """The text before the place of the error."""
    in_characters = error.encoding == "unicode"  # the pure parser's unit; the C parser's is bytes
    length = error.position * 4 if in_characters else error.position
    if isinstance(stream, bytes):
        head = stream[:length]
    else:
        stream.seek(0)
        head = stream.read(length)
    utf16 = head.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = head.decode("utf-16" if utf16 else "utf-8-sig", "replace")
    marks = int(utf16 or head.startswith(BOM_UTF8))  # one character to the pure parser
    return text[: error.position - marks] if in_characters else text


_WAYS_OUT = (
    ("mapping values are not allowed", "quote text that holds a colon and a space"),
    ("could not find expected ':'", "write `name: value`, and quote text of several lines"),
    ("cannot start any token", "indent with spaces, and quote text that begins with @, ` or %"),
    ("end of stream", "close the quotes"),
    ("',' or", "close the bracket, and quote text that holds : , [ ] { or }"),
    ("escape", r"in double quotes write \\ for a backslash"),
    ("alphabetic or numeric", "quote text that begins with * or &"),
)
_WAY_OUT = "look at the indentation and the quotes"
