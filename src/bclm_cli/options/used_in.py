"""What --used-in asks for: the keys that manuscripts cite, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bclm_cli import manuscript
from bclm_cli.output import reading
from bclm_cli.query import UsedIn


def used_in(
    files: Sequence[str], format_: str | None, also: Sequence[str], *, lenient: bool
) -> UsedIn:
    """The cited keys that no other bibliography (`also`) holds.

    Raises DataError for a file that cannot be read, or that surely hides a key.
    """
    with reading(map(Path, files)):
        found = manuscript.scan(files, format_)
    found.refuse_broken()
    held = held_elsewhere(also)
    places: dict[str, str] = {}
    for one in found.citations:
        if one.key not in held:
            places.setdefault(one.key, f"{one.path}:{one.line}:{one.column}")
    everything = places.pop(manuscript.ALL, None) is not None
    remarks = (f"{one.path}:{one.line}:{one.column}: {one.what}" for one in found.remarks)
    named = (one.file.as_posix() for one in found.bibliographies if one.file.is_file())
    return UsedIn(tuple(places.items()), everything, lenient, tuple(remarks), tuple(named))


def held_elsewhere(files: Sequence[str]) -> set[str]:
    """The keys that other bibliographies of the manuscript hold."""
    with reading(map(Path, files)):
        return {key for name in files for key in manuscript.held_keys(name)}
