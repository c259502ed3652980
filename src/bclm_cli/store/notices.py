"""What the last `check --online` found about papers (retractions, corrections), for all commands.

A small SQLite file in the cache beside the stores, which are made anew when the data changes while
this is not. Papers are known by their identifiers, so that it holds for any data.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from bclm_cli import identifiers, paths
from bclm_cli.model.notices import GRAVE, KINDS, Notice
from bclm_cli.model.records import Reference

BUSY = 5.0
"""Seconds to wait for another process that writes."""


class Status(NamedTuple):
    """The notices about a paper, as of a day (2026-11-29)."""

    as_of: str
    notices: tuple[Notice, ...]

    def __str__(self) -> str:
        """The gravest notice in few words, "retracted 2010-02-06"; "" where none is grave."""
        grave = (notice for notice in self.notices if notice.kind in GRAVE)
        return next((notice.short for notice in grave), "")


Statuses = Mapping[str, Status]
"""By identifier, as `identifiers.unique` has them: "DOI 10.1000/x"."""


def read() -> Statuses:
    """All that is known; nothing where nobody has asked, or the file is damaged."""
    path = _path()
    if path is None or not path.exists():
        return {}
    with suppress(sqlite3.Error, ValueError, TypeError):
        with closing(sqlite3.connect(path, timeout=BUSY)) as connection:
            rows = connection.execute("SELECT identifier, as_of, notices FROM status").fetchall()
        return {
            identifier: Status(as_of, tuple(_notice(one) for one in json.loads(notices)))
            for identifier, as_of, notices in rows
        }
    return {}


def of_paper(text: Mapping[str, str], statuses: Statuses) -> Status | None:
    """What is known of the paper with these CSL variables, by any of its identifiers; None where
    that is nothing."""
    if not statuses:
        return None
    return next((statuses[key] for key in _keys(text) if key in statuses), None)


def keep(found: Iterable[tuple[Reference, Status]]) -> None:
    """Remember what was found; of a paper without notices what was known before is forgotten."""
    path, statuses = _path(), list(found)
    if path is None:
        return
    with suppress(OSError, sqlite3.Error):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write(path, statuses)
        except sqlite3.OperationalError:  # locked, or no permission
            return
        except sqlite3.DatabaseError:
            path.unlink()
            _write(path, statuses)


def _write(path: Path, found: Iterable[tuple[Reference, Status]]) -> None:
    gone: list[tuple[str]] = []
    new: list[tuple[str, str, str]] = []
    for paper, status in found:
        keys = _keys(paper.text)
        gone += ((key,) for key in keys)
        if status.notices:
            text = json.dumps(status.notices, ensure_ascii=False)
            new += ((key, status.as_of, text) for key in keys)
    with closing(sqlite3.connect(path, timeout=BUSY)) as connection, connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS status"
            " (identifier TEXT PRIMARY KEY, as_of TEXT NOT NULL, notices TEXT NOT NULL)"
            " WITHOUT ROWID"
        )
        connection.executemany("DELETE FROM status WHERE identifier = ?", gone)
        connection.executemany("INSERT OR REPLACE INTO status VALUES (?, ?, ?)", new)


def _keys(text: Mapping[str, str]) -> list[str]:
    return [f"{kind} {value}" for kind, value in identifiers.unique(text)]


def _notice(fields: object) -> Notice:
    """A notice as it was kept. Raises ValueError for one of another program version."""
    if not isinstance(fields, list) or len(fields) != len(Notice._fields):
        raise ValueError("no notice")
    notice = Notice(*map(str, fields))
    if notice.kind not in KINDS:
        raise ValueError("no kind of notice")
    return notice


def _path() -> Path | None:
    home = paths.cache()
    return home / "notices.sqlite" if home else None
