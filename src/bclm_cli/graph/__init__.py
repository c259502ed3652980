"""The cascade as a picture or a network: one file a format in `formats/`, found by listing it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, Protocol, cast

from bclm_cli.graph import formats
from bclm_cli.graph.network import Network, Subject, build

__all__ = ["THEMES", "Format", "Network", "Options", "Subject", "build", "get", "names"]

THEMES = ("light", "dark", "print")


class Options(NamedTuple):
    """How to draw: `width` in pixels for svg, in columns for text; None lets the format choose.

    `theme` is one of THEMES and means something to svg only, `color` to text only.
    """

    width: int | None = None
    theme: str = "light"
    color: bool = False


class Format(Protocol):
    """What each file of `formats/` offers.

    `TOP` is how many factors of each step it shows unless told otherwise, `TOP_OF_STEP` how many of
    a step that is asked for by itself; None means all of them.
    """

    HELP: str
    SUFFIX: str
    TOP: int | None
    TOP_OF_STEP: int | None

    def dump(self, network: Network, options: Options) -> Iterator[str] | Iterator[bytes]:
        """The whole file in pieces; text ends in a newline.

        Raises CannotError where a program is missing that the format needs.
        """


def names() -> list[str]:
    """The formats, from the files of their folder."""
    return sorted(module.name for module in iter_modules(formats.__path__))


def get(name: str) -> Format:
    """The module of a format; KeyError for a name that `names` does not list."""
    if name not in names():
        raise KeyError(name)
    return cast(Format, import_module(f"{formats.__name__}.{name}"))
