"""What --used-in asks for: the keys that manuscripts cite, read once a run."""

from __future__ import annotations

from functools import cache

from bclm_cli import manuscript
from bclm_cli.query import UsedIn


@cache
def used_in(
    files: tuple[str, ...], format_: str | None, also: tuple[str, ...], *, lenient: bool
) -> UsedIn:
    """The cited keys that no other bibliography (`also`) holds, each with its first place.

    Raises what `manuscript.cited_keys` raises, for a file that cannot be read.
    """
    found = scan(files, format_)
    found.refuse_broken()
    held = {key for name in also for key in manuscript.held_keys(name)}
    places: dict[str, str] = {}
    for one in found.citations:
        if one.key not in held:
            places.setdefault(one.key, f"{one.path}:{one.line}:{one.column}")
    everything = places.pop(manuscript.ALL, None) is not None
    return UsedIn(tuple(places.items()), everything, lenient)


def remarks(files: tuple[str, ...], format_: str | None) -> list[str]:
    """A line for each place that may hide a key, such as an included file that is not there."""
    found = scan(files, format_).remarks
    return [f"{one.path}:{one.line}:{one.column}: {one.what}" for one in found]


@cache
def scan(files: tuple[str, ...], format_: str | None) -> manuscript.Scan:
    """What the manuscripts cite; standard input can be read but once."""
    return manuscript.scan(files, format_)
