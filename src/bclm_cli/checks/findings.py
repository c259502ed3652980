"""What a rule is, what it objects to, and how an objection is shown in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from bclm_cli.load.parse import Path as Field

ERROR, WARNING, NOTE = "error", "warning", "note"
LEVELS = (ERROR, WARNING, NOTE)
"""An error makes wrong citations, a warning doubtful ones; a note says what is not known yet."""

NOT_ASKED = "not-asked"
"""The rule whose findings are no fault of a paper: a service could not be asked about it."""

Subject = TypeVar("Subject")
Answer = TypeVar("Answer")


class Problem(NamedTuple):
    """One objection; `field` leads from the record to the value that is meant.

    `fixed` is what the value would be, where only one is possible.
    """

    field: Field
    what: str
    hint: str = ""
    fixed: str | None = None


class Rule(NamedTuple, Generic[Subject, Answer]):
    """A named objection with its level, and the function that raises it."""

    name: str
    level: str
    check: Callable[[Subject], Iterator[Answer]]


class Finding(NamedTuple):
    """A problem in its place: what `bclm check` lists."""

    level: str
    rule: str
    file: str
    line: int
    column: int
    id: str
    field: str
    what: str
    hint: str

    @property
    def subject(self) -> str:
        """What is meant: a key, or a record with its field, "muller2001.DOI"."""
        return ".".join(filter(None, (self.id, self.field)))

    @property
    def text(self) -> str:
        """What is wrong, and what to do."""
        return "; ".join(filter(None, (self.what, self.hint)))

    def __str__(self) -> str:
        """One line as compilers write it, which editors and CI know how to follow."""
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place}: {': '.join(filter(None, (self.subject, self.text)))} [{self.tag}]"

    @property
    def tag(self) -> str:
        """Level and rule."""
        return f"{self.level}: {self.rule}"
