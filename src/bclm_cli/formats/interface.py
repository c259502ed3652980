"""What a format is to the program: the contract of its reader and of its writer.

A format is a folder here. `reader.py` in it offers what Reader says, `writer.py` what Writer
says, both under the folder's name; a folder that holds several formats names them by suffix
(`writer_biblatex.py` is the writer of biblatex).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple, Protocol

from bclm_cli.model import variables
from bclm_cli.model.records import Reference
from bclm_cli.suggest import shortened


class Reader(Protocol):
    """A module that reads a format."""

    HELP: str
    """One line for `--help`."""
    SUFFIXES: tuple[str, ...]
    """How names of its files end, in lower case."""
    looks_like: Callable[[str], bool]
    """Whether a text that begins so is of this format."""
    read: Callable[[str], Results]
    """What is in a text, in the order of its lines."""


class Writer(Protocol):
    """A module that writes a format.

    One that cannot hold every key has `check_keys(keys)` too, which raises DataError and gives
    notes on those that not every program takes. One that cannot hold every letter has
    `losses(reference)`, the letters that are written without an accent.
    """

    HELP: str
    """One line for `--help`."""
    SUFFIX: str
    """How a file of this format ends; the longest that fits decides for `-o refs.bib`."""
    DROPS: frozenset[str]
    """CSL variables (and parts of them, see docs/formats.md) for which it has no place."""
    FIELDS: frozenset[str]
    """Its own field names, for `--without`; empty where they are CSL's."""

    def dump(self, references: Iterable[Reference], options: Options) -> Iterator[str]:
        """The file in pieces; a reference that cannot be written raises DataError."""
        ...


MAX_BYTES = 256_000_000
"""Most bytes of a file: a hundred thousand papers with their abstracts."""
MAX_ENTRIES = 100_000
"""As many as the largest library that this program is made for; what follows is left out."""
MAX_VALUE = 1_000_000
"""Most characters that one field may have; abstracts stay below 20,000."""
MAX_FIELDS = 20_000
"""Most fields of one entry; a paper with 3,000 authors has 6,000 lines in MEDLINE."""


MAX_SHOWN = 12
"""How many names of a long list are shown."""


class Entry(NamedTuple):
    """A record that was read, and the line (from 1) where it begins.

    Its id is what the file calls it, "" where the file has no word for it; it need not be a
    valid key.
    """

    line: int
    reference: Reference


class Problem(NamedTuple):
    """What is wrong at a line (from 1); `left_out` says that something was lost by it, `key` which
    entry it is, where that can be seen."""

    line: int
    what: str
    left_out: bool = True
    key: str = ""


Results = Iterator[Entry | Problem]


def too_many(line: int) -> Problem:
    """What is said of the first entry past MAX_ENTRIES."""
    return Problem(line, f"over {MAX_ENTRIES:,} entries; split the file")


def passed_over(fields: Counter[str]) -> Results:
    """A note on the fields of a file that nothing in a reference can hold, most frequent first."""
    if fields:
        counted = [f"{name} ({count})" for name, count in fields.most_common()]
        what = f"fields that are not taken: {shortened(counted, MAX_SHOWN)}"
        yield Problem(1, what, left_out=False)


class TooMuchError(ValueError):
    """An entry asks for more memory or time than any real one does."""


def check_length(text: str) -> None:
    """Raise TooMuchError for more than a field may hold."""
    if len(text) > MAX_VALUE:
        raise TooMuchError(f"a field has over {MAX_VALUE:,} characters")


VARIABLES = frozenset(name.lower() for name in (*variables.VARIABLES, "custom"))
"""What `--without` may name in every format, in lower case."""


Journal = Literal["full", "abbrev"]
"""The form of a journal's name."""
JOURNALS: tuple[Journal, ...] = ("full", "abbrev")


class Options(NamedTuple):
    """How to write references.

    `journal`: "abbrev" puts the journal's abbreviation where its name stands. `without`: names of
    fields to leave out, in lower case. `terms`: names whose capitals BibTeX styles must leave
    alone, such as gene symbols.
    """

    journal: Journal = "full"
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


PUBLISHED = frozenset({"published", "ppublish", "epublish", "aheadofprint", "final", "print"})
"""Words for a status that goes without saying."""
