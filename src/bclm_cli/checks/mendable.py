"""What `--fix` would put right in a .bib: said where it stands, before anybody asks for a diff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bclm_cli.checks.findings import NOTE, WARNING, Finding
from bclm_cli.library import edit_bib

RULE = "can-be-fixed"
WHAT = {
    "DOI": (WARNING, "the DOI is written as a URL, with a label or in braces"),
    "address": (NOTE, "the DOI stands in url, and there is no doi"),
    "pages": (NOTE, "the pages have no LaTeX dash"),
    "names": (WARNING, "names divided by commas, which BibTeX reads as one name"),
    "characters": (WARNING, "characters that LaTeX cannot set, or takes for commands"),
    "gene names": (WARNING, "names whose capitals a style would lower"),
}
"""How grave and what is wrong, by the kind of a change; styles put most dashes right."""


def check(files: Iterable[Path], terms: frozenset[str]) -> Iterator[Finding]:
    """A finding for each value that `--fix` would change; a repeated key is a finding elsewhere.

    `terms` are names whose capitals styles must leave alone. Raises DataError for a file that
    cannot be read.
    """
    for path in files:
        file = edit_bib.current(path) if edit_bib.is_bibtex(path) else None
        if file is None:
            continue
        _, changes = edit_bib.mended(file, terms)
        line = at = 0
        for change in changes:
            if change.what not in WHAT:
                continue
            line += file.text.count("\n", at, change.start)
            at = change.start
            column = change.start - file.text.rfind("\n", 0, change.start)
            hint = f"`bclm check {path} --fix` shows how to write it"
            level, what = WHAT[change.what]
            yield Finding(level, RULE, str(path), line + 1, column, "", "", what, hint)
