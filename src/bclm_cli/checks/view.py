"""Findings for reading: the same words as in a pipe, distinguished by what they are."""

from __future__ import annotations

from collections.abc import Sequence

from bclm_cli.checks.findings import LEVELS, Finding
from bclm_cli.views import Node, Span


def line(found: Finding) -> Node:
    """Where, of what, what is wrong, and how grave."""
    place = Span(f"{found.file}:{found.line}:{found.column}: ", "dim")
    subject = Span(found.subject and f"{found.subject}: ", "key")
    return Node((place, subject, Span(f"{found.text} "), Span(f"[{found.tag}]", found.level)))


def summary(found: Sequence[Finding]) -> str:
    """How many findings there are of each level."""
    counts = ((sum(one.level == level for one in found), level) for level in LEVELS)
    parts = [f"{count} {level}{'s' if count > 1 else ''}" for count, level in counts if count]
    return ", ".join(parts) or "nothing to object to"


def hint(found: Sequence[Finding], level: str) -> str | None:
    """How to see the findings below this level, None where there are none."""
    hidden = [
        one for one in LEVELS[LEVELS.index(level) + 1 :] if any(f.level == one for f in found)
    ]
    return f"--level {hidden[-1]} lists the {hidden[-1]}s" if hidden else None
