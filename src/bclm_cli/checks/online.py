"""What Crossref, PubMed and doi.org say against the papers at hand: rules, asked of records alone.

Nothing here asks anybody: the records come from `online`, or the notices from an earlier check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bclm_cli.checks.findings import ERROR, NOT_ASKED, NOTE, WARNING, Problem, Rule
from bclm_cli.identifiers import OF_PAPERS, comparable
from bclm_cli.model import notices
from bclm_cli.model.notices import Notice
from bclm_cli.model.records import Claim, Reference
from bclm_cli.online import agree
from bclm_cli.online.lookup import Results
from bclm_cli.online.records import UNREGISTERED, Record, described
from bclm_cli.suggest import shortened
from bclm_cli.text.counted import counted
from bclm_cli.text.markup import plain
from bclm_cli.text.normalize import compact, normalize
from bclm_cli.text.pages import whole_range

INVENTED = "look for a mistake, or for an invented reference"
MOST_NAMED = 4
"""At most this many claims are named; of more the number is said."""


class Asked(NamedTuple):
    """A paper with what the services know of it, and the claims that rest on it.

    `notices` are those of all services; `as_of` is the day of an earlier check from which they
    are, "" if they were asked for now.
    """

    paper: Reference
    results: Results = Results()
    claims: Sequence[Claim] = ()
    notices: tuple[Notice, ...] = ()
    as_of: str = ""


def asked(paper: Reference, results: Results, claims: Sequence[Claim] = ()) -> Asked:
    """A paper with the notices of all its records."""
    every = (notice for record in results.records for notice in record.notices)
    return Asked(paper, results, claims, notices.merged(every))


def retracted(asked: Asked) -> Iterator[Problem]:
    """A paper has not been retracted or withdrawn."""
    yield from _noticed(asked, notices.RETRACTION, notices.WITHDRAWAL)


def partly_retracted(asked: Asked) -> Iterator[Problem]:
    """No part of a paper has been retracted."""
    yield from _noticed(asked, notices.PARTIAL)


def concern(asked: Asked) -> Iterator[Problem]:
    """Nobody has published an expression of concern about a paper."""
    yield from _noticed(asked, notices.CONCERN)


def corrected(asked: Asked) -> Iterator[Problem]:
    """A paper has not been corrected, or the correction is known."""
    yield from _noticed(asked, notices.CORRECTION)


def new_version(asked: Asked) -> Iterator[Problem]:
    """A paper is cited in its last version."""
    yield from _noticed(asked, notices.NEW_VERSION)


def notice_cited(asked: Asked) -> Iterator[Problem]:
    """The paper is cited, not the notice of its retraction or correction."""
    of = dict.fromkeys(pair for record in asked.results.records for pair in record.is_notice_of)
    for kind, paper in of:
        yield Problem(_identifier(asked.paper), f"this is a notice ({kind}) about {paper}",
                      "cite the paper itself, if that is what you mean")  # fmt: skip


def no_such_identifier(asked: Asked) -> Iterator[Problem]:
    """An identifier exists."""
    for value in asked.results.missing:
        variable = "PMID" if value.startswith("PMID:") else "PMCID" if value[:3] == "PMC" else "DOI"
        yield Problem((variable,), f"{value}: {UNREGISTERED[variable]}", INVENTED)


def other_work(asked: Asked) -> Iterator[Problem]:
    """An identifier belongs to the paper: its record has this title, or first author and year."""
    for record in asked.results.records:
        if agree.is_other(asked.paper, record.reference):
            what = f"{record.source} has another work under it: {described(record.reference)}"
            yield Problem(_identifier_of(asked.paper, record), what, INVENTED)


def preprint_published(asked: Asked) -> Iterator[Problem]:
    """A preprint that has been published is cited as its article."""
    published = [record.published_as for record in asked.results.records if record.published_as]
    for article in dict.fromkeys(published):
        yield Problem(_identifier(asked.paper), f"this preprint came out as {article}",
                      f"bclm add {article}")  # fmt: skip


def record_differs(asked: Asked) -> Iterator[Problem]:
    """Title, first author, year, volume, pages and identifiers are those of the record."""
    records = _of_same_work(asked)
    paper = asked.paper
    if records and not any(agree.same_title(paper.title, one.reference.title) for one in records):
        yield _differs("title", paper.title, records[0], records[0].reference.title)
    authors = [one for one in records if one.reference.author]
    if (
        paper.author
        and authors
        and not any(agree.same_author(paper, one.reference) for one in authors)
    ):
        theirs = authors[0].reference.author[0].sort_family
        yield _differs("author", paper.author[0].sort_family, authors[0], theirs)
    dated = [one for one in records if one.reference.year]
    if paper.year and dated and paper.year not in {one.reference.year for one in dated}:
        yield _differs("issued", str(paper.year), dated[0], str(dated[0].reference.year))
    for variable, form in FORMS.items():
        yield from _text_differs(paper, records, variable, form)


def record_details(asked: Asked) -> Iterator[Problem]:
    """The journal and the number of authors are those of the record."""
    records = _of_same_work(asked)
    paper = asked.paper
    journal = _journal(paper.get("container-title"))
    known = [one for one in records if one.reference.get("container-title")]
    if (
        journal
        and known
        and not any(
            other and (journal.startswith(other) or other.startswith(journal))
            for one in known
            for field in ("container-title", "container-title-short")
            if (other := _journal(one.reference.get(field)))
        )
    ):
        theirs = known[0].reference.get("container-title")
        yield _differs("container-title", paper.get("container-title"), known[0], theirs)
    whole = [one for one in records if one.reference.author]
    counts = [len(one.reference.author) for one in whole]
    if whole and paper.author and len(paper.author) not in counts and not paper.incomplete_authors:
        ours = counted(len(paper.author), "author")
        yield Problem(("author",), f"{ours}, but {whole[0].source} has {counts[0]}")


def not_found(asked: Asked) -> Iterator[Problem]:
    """An article without identifiers is one that Crossref or PubMed knows by its title."""
    results = asked.results
    if results.searched and not results.records and not results.failures:
        yield Problem(("title",), "no article of this title, first author and year is known to"
                      " Crossref or PubMed", INVENTED)  # fmt: skip


def not_asked(asked: Asked) -> Iterator[Problem]:
    """Every service could be asked: a paper that nobody asked about is not called sound."""
    for failure in dict.fromkeys(map(str, asked.results.failures)):
        yield Problem(_identifier(asked.paper), failure, "ask again later")


RULES: tuple[Rule[Asked, Problem], ...] = (
    Rule("retracted", ERROR, retracted),
    Rule("no-such-identifier", ERROR, no_such_identifier),
    Rule("other-work", ERROR, other_work),
    Rule("partly-retracted", WARNING, partly_retracted),
    Rule("concern", WARNING, concern),
    Rule("notice-cited", WARNING, notice_cited),
    Rule("preprint-published", WARNING, preprint_published),
    Rule("record-differs", WARNING, record_differs),
    Rule("not-found", WARNING, not_found),
    Rule(NOT_ASKED, WARNING, not_asked),
    Rule("record-details", NOTE, record_details),
    Rule("corrected", NOTE, corrected),
    Rule("new-version", NOTE, new_version),
)
OF_NOTICES = tuple(
    rule
    for rule in RULES
    if rule.check in (retracted, partly_retracted, concern, corrected, new_version)
)
"""The rules that need no record, so that an earlier check is enough for them."""


def _noticed(asked: Asked, *kinds: str) -> Iterator[Problem]:
    for notice in asked.notices:
        if notice.kind in kinds:
            said = f"{notice} (as of {asked.as_of})" if asked.as_of else str(notice)
            hint = _claims(asked.claims) if notice.kind in notices.GRAVE else ""
            yield Problem(_identifier(asked.paper), said, hint)


def _claims(claims: Sequence[Claim]) -> str:
    """Which claims rest on the paper."""
    if not claims:
        return ""
    places = list(dict.fromkeys(f"{claim.step}/{claim.factor}" for claim in claims))
    rest = "rests" if len(claims) == 1 else "rest"
    return f"{counted(len(claims), 'claim')} {rest} on it: {shortened(places, MOST_NAMED)}"


def _of_same_work(asked: Asked) -> list[Record]:
    return [one for one in asked.results.records if not agree.is_other(asked.paper, one.reference)]


def _text_differs(
    paper: Reference, records: Sequence[Record], variable: str, form: Callable[[str], str]
) -> Iterator[Problem]:
    """A problem where the paper's value is that of no record that has one."""
    ours = form(paper.get(variable))
    known = [one for one in records if form(one.reference.get(variable))]
    if ours and known and ours not in {form(one.reference.get(variable)) for one in known}:
        yield _differs(variable, paper.get(variable), known[0], known[0].reference.get(variable))


def _differs(variable: str, ours: str, record: Record, theirs: str) -> Problem:
    return Problem((variable,), f"{plain(ours)!r}, but {record.source} has {plain(theirs)!r}")


def _first_page(pages: str) -> str:
    """The first page, or the digits of an article number: e33693 is 33693."""
    first = whole_range(pages.replace("–", "-")).partition("-")[0]
    return normalize(first).lstrip("e") if pages else ""


def _journal(title: str) -> str:
    """A journal's title for comparison: The Lancet and Lancet, Cell & Bioscience and Cell and …"""
    return compact(title.replace("&", " and ")).removeprefix("the")


FORMS: dict[str, Callable[[str], str]] = {
    "volume": normalize, "page": _first_page, **dict.fromkeys(OF_PAPERS, comparable),
}  # fmt: skip
"""The variables that a record must share, each in the form in which equal ones are equal."""


def _identifier(paper: Reference) -> tuple[str, ...]:
    """The identifier by which a paper was asked for, as the field that is meant."""
    found = (variable for variable in OF_PAPERS if paper.get(variable))
    return tuple(found)[:1]


def _identifier_of(paper: Reference, record: Record) -> tuple[str, ...]:
    if record.source == "PubMed" and paper.get("PMID"):
        return ("PMID",)
    return _identifier(paper)
