"""Parts of dates for formats that write them in words."""

from __future__ import annotations

from bclm_cli.model import Date

_SEASONS = {"1": "Spring", "2": "Summer", "3": "Autumn", "4": "Winter"}


def season(date: Date) -> str:
    """The season's name in English, "" where there is none."""
    return _SEASONS.get(date.season, date.season)
