"""Years and ranges of years, as --year takes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bclm_cli.errors import UsageError
from bclm_cli.query.lookup import Execute, once_each
from bclm_cli.suggest import quoted


def years(execute: Execute, wanted: Sequence[str]) -> list[int]:
    """The years asked for, as far as the data goes."""
    ranges = [_range_of_years(text) for text in wanted]
    first, last = "SELECT min(year) FROM reference", "SELECT max(year) FROM reference"
    oldest, newest = next(execute(f"SELECT ({first}), ({last})"))
    if oldest is None:
        return []
    return sorted(
        {year for start, end in ranges for year in range(max(start, oldest), min(end, newest) + 1)}
    )


def _range_of_years(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{4})?(\.\.)?(\d{4})?", text.strip(), re.ASCII)
    if not match or not (match[1] or match[3]) or (match[1] and match[3] and not match[2]):
        hint = f"write 2015, 2010..2020 or 2014..{once_each('year', text)}"
        raise UsageError(f"{quoted(text)} is neither a year nor a range of years", hint)
    first, dots, last = match.groups()
    if first and last and first > last:
        raise UsageError(f"the range of years {quoted(text)} ends before it begins")
    return int(first or 0), int(last or (9999 if dots else first))
