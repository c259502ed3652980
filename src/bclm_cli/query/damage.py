"""What a store answers with when it cannot: damage, which building it anew mends, and the rest."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from bclm_cli.errors import CannotError

# A damaged schema shows as a column that is not there, a mere SQLITE_ERROR.
_DAMAGE = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def streamed(rows: Iterator[Any]) -> Iterator[Any]:
    """The rows; damage found when some may have been shown cannot be mended in silence."""
    try:
        for row in rows:  # noqa: UP028  (which would close the cursor of a connection that is gone)
            yield row
    except sqlite3.DatabaseError as error:
        raise (damaged(error) if is_damage(error) else unanswered(error)) from None


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is broken, so that making it anew mends it."""
    # Python raises without a code what it cannot decode.
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _DAMAGE


def unanswered(error: sqlite3.DatabaseError) -> CannotError:
    """The error for anything else: no room for a sorted list, no memory, a disk that fails."""
    return CannotError(
        f"the cache gives no answer: {error}", "is there room in the temporary folder?"
    )


def damaged(error: Exception) -> CannotError:
    """The error for a broken file."""
    return CannotError(
        f"the cache is damaged ({error})", "the same command with --refresh makes it anew"
    )
