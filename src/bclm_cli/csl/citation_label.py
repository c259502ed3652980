"""`citation-label` where the data has none: "Mull01" of names and year."""

from __future__ import annotations

from bclm_cli.csl.item import Item
from bclm_cli.csl.rich_text import strip

_SHARES = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}
_MANY = (1, 1, 1, 1)


def label(item: Item) -> str:
    """Letters of the first names, four in all, and the two last digits of the year.

    The specification leaves the pattern to the processor; this is citeproc-js' own.
    """
    given = item.value("citation-label")
    if given:
        return given
    people = item.names("author") or item.names("editor")
    shares = _SHARES.get(len(people), _MANY if people else ())
    letters = "".join(
        strip(one.family or one.body)[:share] for one, share in zip(people, shares, strict=False)
    )
    date = item.date("issued")
    year = f"{abs(date.start[0]) % 100:02d}" if date and date.start else ""
    return letters + year
