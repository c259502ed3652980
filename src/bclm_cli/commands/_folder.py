"""The commands there are, found by listing their folder."""

from __future__ import annotations

from pkgutil import iter_modules

from bclm_cli import commands


def names() -> list[str]:
    """The names of all commands, as the folder has them: nothing is imported for it."""
    found = (module.name for module in iter_modules(commands.__path__))
    return [name for name in found if not name.startswith("_")]
