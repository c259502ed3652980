"""What a careful reader would object to: in the data, and in a manuscript that cites it.

A rule is a small pure function in a table: RULES in `references` and `steps` look at one record,
those in `across_records` at all of them, those in `manuscript` at a paper as it is cited, those in
`online` at a paper with what the services know of it. A new rule is a function and a line in its
table. `bibliography` asks those of references in place.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from bclm_cli.checks.findings import ERROR, NOTE, WARNING, Rule


class Listed(NamedTuple):
    """A rule as the documentation names it."""

    name: str
    level: str
    about: str
    what: str


def rules() -> list[Listed]:
    """All rules, by what they look at."""
    from bclm_cli.checks import across_records, manuscript, online, references, steps

    tables: tuple[tuple[str, tuple[Rule[Any, Any], ...]], ...] = (
        ("manuscript", manuscript.RULES),
        ("references", references.RULES),
        ("steps", (*steps.STEP_RULES, *steps.FACTOR_RULES, *steps.CLAIM_RULES)),
        ("all data", across_records.RULES),
        ("online", online.RULES),
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
    Listed(
        "can-be-fixed",
        WARNING,
        "bibliographies",
        "A .bib says nothing that `--fix` would put right: addresses for DOIs, dashes, capitals.",
    ),
    Listed("bibliography", NOTE, "manuscript", "The bibliographies that it names are there."),
    Listed(
        "not-in-bibliography",
        WARNING,
        "manuscript",
        "What it cites stands in a bibliography that it names, where it names one.",
    ),
    Listed("entry", ERROR, "bibliography", "Every entry can be read."),
    Listed("field", WARNING, "bibliography", "Every field can be read; what is odd is a note."),
    Listed(
        "unused", NOTE, "bibliography", "Every entry is cited by the manuscript that is checked."
    ),
    Listed("schema", ERROR, "all data", "A data file is one that the loader takes."),
)
