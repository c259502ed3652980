"""What an importer hands out: entries that it could read and problems with those it could not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bclm_cli.model import Reference

MAX_BYTES = 256_000_000
"""Most bytes of a file: a hundred thousand papers with their abstracts."""
MAX_ENTRIES = 100_000
"""As many as the largest library that this program is made for; what follows is left out."""
MAX_VALUE = 1_000_000
"""Most characters that one field may have; abstracts stay below 20,000."""
MAX_FIELDS = 20_000
"""Most fields of one entry; a paper with 3,000 authors has 6,000 lines in MEDLINE."""


MAX_SHOWN = 12
"""So many names of a long list are told."""


class Entry(NamedTuple):
    """A record that was read, and the line (from 1) where it begins.

    Its id is what the file calls it, "" where the file has no word for it; it need not be a
    valid key.
    """

    line: int
    reference: Reference


class Problem(NamedTuple):
    """What is wrong at a line (from 1); `left_out` says that something was lost by it."""

    line: int
    what: str
    left_out: bool = True


Found = Iterator[Entry | Problem]


def too_many(line: int) -> Problem:
    """What is said of the first entry past MAX_ENTRIES."""
    return Problem(line, f"over {MAX_ENTRIES:,} entries; split the file")


def passed_over(fields: Counter[str]) -> Found:
    """A note on the fields of a file that nothing in a reference can hold, most frequent first."""
    if fields:
        shown = fields.most_common(MAX_SHOWN)
        listed = ", ".join(f"{name} ({count})" for name, count in shown)
        more = f" and {len(fields) - MAX_SHOWN} more" if len(fields) > MAX_SHOWN else ""
        yield Problem(1, f"fields that are not taken: {listed}{more}", left_out=False)


class TooMuchError(ValueError):
    """An entry asks for more memory or time than any real one does."""


def check_length(text: str) -> None:
    """Raise TooMuchError for more than a field may hold."""
    if len(text) > MAX_VALUE:
        raise TooMuchError(f"a field has over {MAX_VALUE:,} characters")
