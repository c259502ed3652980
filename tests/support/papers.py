"""The references of a data file, for tests that need no store."""

from __future__ import annotations

from pathlib import Path

from bclm_cli import load
from bclm_cli.model.records import Reference


def read_references(path: Path) -> list[Reference]:
    """All references of one file."""
    return [got.record for got in load.read(path) if isinstance(got.record, Reference)]
