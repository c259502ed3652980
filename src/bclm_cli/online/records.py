"""What a service knows of a paper, in our terms, whatever the service."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any, NamedTuple

from bclm_cli.errors import ServiceError
from bclm_cli.formats.clean import clean
from bclm_cli.formats.interface import Entry, Problem
from bclm_cli.model.notices import Notice
from bclm_cli.model.records import Reference
from bclm_cli.text.markup import plain

TITLE_PREFIXES = {
    "retracted:": "retraction", "retracted article:": "retraction",
    "[retracted]": "retraction", "withdrawn:": "withdrawal", "removed:": "withdrawal",
    "expression of concern:": "expression of concern",
}  # fmt: skip
"""How publishers begin the title of a paper that they took back."""


UNREGISTERED = {
    "DOI": "no such DOI is registered", "PMID": "PubMed has no such paper",
    "PMCID": "PubMed Central has no such paper",
}  # fmt: skip
"""What is said of an identifier that does not exist, by its kind."""


class Record(NamedTuple):
    """One paper as `source` has it.

    `notices` are about this paper; `is_notice_of` names the papers (DOI or "PMID:…") that this
    record is itself a notice about; `published_as` the article (likewise) of a preprint.
    `problems` are the values that could not be read, in words for people; `asked` is the day
    (2026-11-29) of an answer that was kept, "" for one of this run.
    """

    source: str
    reference: Reference
    notices: tuple[Notice, ...] = ()
    is_notice_of: tuple[tuple[str, str], ...] = ()
    published_as: str = ""
    problems: tuple[str, ...] = ()
    asked: str = ""


Answered = Record | ServiceError | None
"""A record; why there is no answer; or None, where the service knows no such paper."""


def dated(answered: Answered, fetched: float) -> Answered:
    """An answer from the cache with the day on which it was given."""
    if not isinstance(answered, Record):
        return answered
    return answered._replace(asked=day(fetched))


def day(seconds: float) -> str:
    """The day of a moment (seconds since 1970), here and not in Greenwich."""
    return time.strftime("%Y-%m-%d", time.localtime(seconds))


def from_csl(item: dict[str, Any], what: str) -> tuple[Reference, tuple[str, ...]]:
    """A CSL-JSON item without its key, and what of it could not be read. Raises ServiceError for
    one without a title, which nobody can cite; `what` names it ("Crossref's record of 10.1/x")."""
    from bclm_cli.formats.csl.items import entry

    problems: list[str] = []
    found: Entry | None = None
    for one in entry(item, 1, Counter()):
        if isinstance(one, Problem):
            problems.append(one.what)
        else:
            found = one
    if found is None or not found.reference.title:
        raise ServiceError(f"{what} has no title")
    return found.reference._replace(id=""), tuple(problems)


def title_notice(title: str) -> tuple[Notice, ...]:
    """What the title itself says: "RETRACTED: …"."""
    start = title.lstrip("[ ").lower()
    for prefix, kind in TITLE_PREFIXES.items():
        if start.startswith(prefix.lstrip("[")):
            return (Notice(kind, source="title"),)
    return ()


def text(value: Any) -> str:
    """A string of a foreign JSON, clean and on one line; "" for anything else; of a list of
    strings the first."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return clean(value) if isinstance(value, str) else ""


def described(reference: Reference) -> str:
    """A work in one line: "Example 2012, A paper that nobody has"."""
    author = reference.author[0].sort_family if reference.author else "nobody"
    title = plain(reference.title)
    return f"{author} {reference.year or 'without year'}, {title[:80]}{'…' * (len(title) > 80)}"
