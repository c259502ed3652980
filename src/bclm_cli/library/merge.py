"""One reference out of two: what one lacks and the other has."""

from __future__ import annotations

from bclm_cli.model.records import Reference


def holes(reference: Reference, other: Reference) -> Reference | None:
    """The reference with what it lacks and the other has, None where that is nothing.

    A list of authors that is not whole stays so where it fills a hole.
    """
    text = {**other.text, **reference.text}
    names = {**other.names, **reference.names}
    dates = {**other.dates, **reference.dates}
    custom = reference.custom
    if other.incomplete_authors and other.author and not reference.author:
        custom = {**custom, "incomplete-authors": "true"}
    filled = reference._replace(text=text, names=names, dates=dates, custom=custom)
    return None if filled == reference else filled
