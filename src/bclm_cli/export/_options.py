"""What a user may ask of every format, and the part of it that needs no format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from bclm_cli import model
from bclm_cli.model import Reference

VARIABLES = frozenset(name.lower() for name in (*model.VARIABLES, "custom"))
"""What `--without` may name in every format, in lower case."""


class Options(NamedTuple):
    """How to write references.

    `journal`: "abbrev" puts the journal's abbreviation where its name stands. `without`: names of
    fields to leave out, in lower case. `terms`: names whose capitals BibTeX styles must leave
    alone, such as gene symbols.
    """

    journal: Literal["full", "abbrev"] = "full"
    without: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()


def wanted(
    references: Iterable[Reference], options: Options, own: frozenset[str] = frozenset()
) -> Iterator[Reference]:
    """The references without the CSL variables that nobody wants.

    A name that is also one of the format's own fields means that field, which the format itself
    leaves out.
    """
    unwanted = options.without - own
    if not unwanted:
        yield from references
        return
    for reference in references:
        yield reference._replace(
            text={k: v for k, v in reference.text.items() if k.lower() not in unwanted},
            names={k: v for k, v in reference.names.items() if k.lower() not in unwanted},
            dates={k: v for k, v in reference.dates.items() if k.lower() not in unwanted},
            custom={} if "custom" in unwanted else reference.custom,
        )


def container(reference: Reference, options: Options) -> str:
    """The journal (or book, or site) as it is to be shown."""
    if options.journal == "abbrev":
        short = reference.text.get("container-title-short")
        if short:
            return short
    return reference.text.get("container-title", "")
