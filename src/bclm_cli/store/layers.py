"""Where data comes from, folder by folder, and what follows how far reading it has come."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol

SHIPPED = "shipped"
"""The name of the layer that comes with the program."""


class Layer(NamedTuple):
    """A data folder or a bibliography file; a later layer wins over an earlier one, record by
    record."""

    name: str
    path: Path


class Progress(Protocol):
    """Whoever shows how far the building of a store has come."""

    def __call__(self, name: str, done: int, total: int, records: int) -> None:
        """What is read, parts done, parts in all, records so far."""

    def waiting(self) -> None:
        """Another run builds the same store; called now and then while it does."""

    def note(self, what: str) -> None:
        """Something in a bibliography could not be taken, or is taken in another way."""

    def uncached(self, reason: str) -> None:
        """What was built cannot be kept for the next run."""
