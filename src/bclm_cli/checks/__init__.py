"""What a careful reader would object to: in the data, and in a manuscript that cites it.

A rule is a small pure function in a table: RULES in `references` and `steps` look at one record,
those in `together` at all of them, those in `manuscript` at a paper as it is cited. A new rule is a
function and a line in its table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from bclm_cli.load.parse import Path as Field

__all__ = ["ERROR", "LEVELS", "NOTE", "WARNING", "Field", "Finding", "Problem", "Rule"]

ERROR, WARNING, NOTE = "error", "warning", "note"
LEVELS = (ERROR, WARNING, NOTE)
"""An error makes wrong citations, a warning doubtful ones; a note says what nobody knows yet."""

Subject = TypeVar("Subject")
Answer = TypeVar("Answer")


class Problem(NamedTuple):
    """One objection; `field` leads from the record to the value that is meant.

    `fixed` is what the value would be, where there can be no doubt about it.
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


class Listed(NamedTuple):
    """A rule as the documentation names it."""

    name: str
    level: str
    about: str
    what: str


def rules() -> list[Listed]:
    """All rules, by what they look at."""
    from bclm_cli.checks import across_records, manuscript, references, steps

    tables: tuple[tuple[str, tuple[Rule[Any, Any], ...]], ...] = (
        ("manuscript", manuscript.RULES),
        ("references", references.RULES),
        ("steps", (*steps.STEP_RULES, *steps.FACTOR_RULES, *steps.CLAIM_RULES)),
        ("all data", across_records.RULES),
    )
    return [
        *BUILT_IN,
        *(
            Listed(rule.name, rule.level, about, (rule.check.__doc__ or "").split("\n")[0])
            for about, table in tables
            for rule in table
        ),
    ]


BUILT_IN = (
    Listed("unknown-key", ERROR, "manuscript", "A cited key leads to a paper."),
    Listed(
        "hidden-key",
        WARNING,
        "manuscript",
        "Every citation can be read: none is open, or in a file that is missing.",
    ),
    Listed("schema", ERROR, "all data", "A data file is one that the loader takes."),
)
