"""Findings for reading: the same words as in a pipe, distinguished by what they are."""

from __future__ import annotations

from collections.abc import Sequence

from bclm_cli.checks.findings import ERROR, LEVELS, NOT_ASKED, Finding
from bclm_cli.suggest import shortened
from bclm_cli.text.counted import counted
from bclm_cli.views import Node, Span


def line(found: Finding) -> Node:
    """Where, of what, what is wrong, and how grave."""
    place = Span(f"{found.file}:{found.line}:{found.column}: ", "dim")
    subject = Span(found.subject and f"{found.subject}: ", "key")
    return Node((place, subject, Span(f"{found.text} "), Span(f"[{found.tag}]", found.level)))


def folded(found: Sequence[Finding]) -> list[Finding]:
    """The same with one line for many findings of a rule in a file, where the first of them stands.

    Errors are never folded: each is to be mended; nor are pairs of records. Services that could not
    be asked have a line each.
    """
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for one in found:
        groups.setdefault(_group(one), []).append(one)
    shown = []
    for one in found:
        group = groups[_group(one)]
        if one.level == ERROR or one.rule in PAIRS or len(group) <= MOST_ALIKE:
            shown.append(one)
        elif one is group[0]:
            shown.append(_many(group))
    return shown


MOST_ALIKE = 5
"""At most this many warnings or notes of a rule in a file are listed one by one."""
MOST_NAMED = 8
PAIRS = ("same-paper", "preprint", "case-of-key")
"""Rules on two records, each of which names the other."""


def _group(one: Finding) -> tuple[str, ...]:
    return (one.file, one.level, one.rule, one.what if one.rule == NOT_ASKED else "")


def _many(group: Sequence[Finding]) -> Finding:
    subjects = list(dict.fromkeys(filter(None, (one.id for one in group))))
    alike = {(one.what, one.hint) for one in group}
    several = "similar, the first" if len(alike) > 1 else "times"
    unit = "papers" if group[0].rule == NOT_ASKED else several
    where = f" ({shortened(subjects, MOST_NAMED)})" if subjects else ""
    what = f"{len(group)} {unit}: {group[0].what}{where}"
    return group[0]._replace(id="", field="", what=what)


def advice(found: Sequence[Finding]) -> tuple[list[Finding], list[str]]:
    """The findings without the advice that several of them share, and that advice, once each with
    the rules that it is for."""
    rules: dict[str, dict[str, int]] = {}
    for one in found:
        if one.hint:
            counts = rules.setdefault(one.hint, {})
            counts[one.rule] = counts.get(one.rule, 0) + 1
    shared = {hint: counts for hint, counts in rules.items() if sum(counts.values()) > 1}
    kept = [one._replace(hint="") if one.hint in shared else one for one in found]
    return kept, [f"{', '.join(counts)}: {hint}" for hint, counts in shared.items()]


def summary(found: Sequence[Finding]) -> str:
    """How many findings there are of each level."""
    counts = ((sum(one.level == level for one in found), level) for level in LEVELS)
    parts = [counted(count, level) for count, level in counts if count]
    return ", ".join(parts) or "no problems found"


def hint(found: Sequence[Finding], level: str) -> str | None:
    """How to see the findings below this level, None where there are none."""
    hidden = [
        one for one in LEVELS[LEVELS.index(level) + 1 :] if any(f.level == one for f in found)
    ]
    return f"--level {hidden[-1]} lists the {hidden[-1]}s" if hidden else None
