"""Rules for one paper: the forms of its fields, and which of them its type needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bclm_cli import identifiers
from bclm_cli.checks.findings import ERROR, NOTE, WARNING, Problem, Rule
from bclm_cli.checks.prose import (
    foreign_markup,
    is_capitals,
    is_suspect,
    loose_spaces,
)
from bclm_cli.identifiers import KEY, PMCID, PMID, URL, is_isbn, is_issn
from bclm_cli.model.dates import Date, is_impossible
from bclm_cli.model.records import Name, Reference
from bclm_cli.text.markup import plain
from bclm_cli.text.pages import PAGES, hyphenated, whole_range
from bclm_cli.text.title_case import is_title_case

PROSE = (
    "title", "title-short", "container-title", "container-title-short", "collection-title",
    "publisher", "publisher-place", "event-title", "genre",
)  # fmt: skip
"""Variables that hold words which end up in print."""

# By type: what no citation can do without, and what a whole one has.
NEEDED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "article-journal": (
        ("author", "title", "container-title", "issued"),
        ("container-title-short", "volume", "page", "DOI"),
    ),
    "book": (("author", "title", "publisher", "issued"), ("ISBN",)),
    "chapter": (("author", "title", "container-title", "publisher", "issued"), ("editor", "page")),
    "paper-conference": (("author", "title", "container-title", "issued"), ("page",)),
    "thesis": (("author", "title", "publisher", "issued"), ("genre",)),
    "report": (("title", "publisher", "issued"), ("number",)),
    "webpage": (("title", "URL"), ("accessed",)),
    "dataset": (("title", "publisher", "issued"), ("DOI",)),
    "software": (("title",), ("version", "URL")),
}
INSTEAD = {"author": "editor", "page": "number"}
"""What can stand in for a missing field."""

_PERSON_AS_BODY = re.compile(r"(?:[A-Z]\. ?)+[^\W\d_]\S*|[^\W\d_]\S*, (?:[A-Z]\.? ?-?){1,4}")
_INITIALS_LAST = re.compile(r"\S.* [A-Z]{1,3}\.?")
_FIRST_YEAR = 1500


def doi(paper: Reference) -> Iterator[Problem]:
    """A DOI begins with 10. and has neither resolver nor label."""
    value = paper.get("DOI")
    good = identifiers.doi(value)
    if value and value[-1] in ".,;:" and value.startswith(good):
        yield Problem(("DOI",), f"the DOI ends with {value[-1]!r}", "take it out, if it is prose")
    elif value != good:
        if good:
            yield Problem(("DOI",), f"{value!r} is more than a DOI", f"write {good}", good)
        else:
            yield Problem(("DOI",), f"{value!r} is no DOI", "a DOI is like 10.1000/xyz")


def pmid(paper: Reference) -> Iterator[Problem]:
    """A PMID is a plain number."""
    yield from _formed(paper, "PMID", PMID, identifiers.pmid(paper.get("PMID")), "a plain number")


def pmcid(paper: Reference) -> Iterator[Problem]:
    """A PMCID is a number after PMC."""
    good = identifiers.pmcid_of_field(paper.get("PMCID"))
    yield from _formed(paper, "PMCID", PMCID, good, "like PMC1234567")


def issn(paper: Reference) -> Iterator[Problem]:
    """Each ISSN has its hyphen and its check digit."""
    for number in re.split(r"[,;\s]+", paper.get("ISSN").strip()):
        if number and not is_issn(number):
            yield Problem(("ISSN",), f"{number!r} is no ISSN: form or check digit is wrong")


def isbn(paper: Reference) -> Iterator[Problem]:
    """Each ISBN has its ten or thirteen digits, the last one right."""
    for number in re.split(r"[,;]\s*", paper.get("ISBN").strip()):
        if number and not is_isbn(number):
            yield Problem(("ISBN",), f"{number!r} is no ISBN: form or check digit is wrong")


def url(paper: Reference) -> Iterator[Problem]:
    """An address is one that a browser opens without harm."""
    value = paper.get("URL")
    if value and not URL.fullmatch(value):
        yield Problem(("URL",), f"{value!r} is no web address", "it begins with https://")


def page(paper: Reference) -> Iterator[Problem]:
    """Pages stand from first to last, written out, with a hyphen."""
    value = paper.get("page")
    plain = hyphenated(value)
    whole = whole_range(plain)
    span = PAGES.fullmatch(plain)
    if whole != plain:
        yield Problem(("page",), f"{value!r} is cut short", f"write {whole}, styles cut it")
        return
    if plain != value:
        what = "has spaces at its hyphen" if value.replace(" ", "") == plain else "has a dash"
        yield Problem(("page",), f"{value!r} {what}", f"write {plain}, styles set it", plain)
    if span and span[1] == span[3] and int(span[4]) < int(span[2]):
        yield Problem(("page",), f"{value!r} ends before it begins")


def year(paper: Reference) -> Iterator[Problem]:
    """A date is one of the calendar, and no year is far from ours."""
    issued = paper.issued
    if issued.year is not None and not _FIRST_YEAR <= issued.year <= date.today().year + 1:
        yield Problem(("issued",), f"the year {issued.year} cannot be right")
    for variable, when in paper.dates.items():
        if when.literal and is_impossible(when.literal):
            yield Problem((variable,), f"{when.literal} is no date of the calendar")
        elif variable == "issued" and re.search(r"\d", when.literal):
            hint = "write 2012, 2012-08 or 2012-08-15"
            yield Problem((variable,), f"{when.literal!r} is no date", hint)
        elif _ends_before_it_begins(when):
            yield Problem((variable,), f"{when!s} ends before it begins")


def key(paper: Reference) -> Iterator[Problem]:
    """A key can be cited from LaTeX, Markdown and Typst alike."""
    if not paper.id:
        yield Problem((), "the entry has no key, so that nothing can cite it")
    elif not KEY.fullmatch(paper.id):
        hint = "begin with a letter or digit; then letters, digits and _ : . + / - of ASCII"
        yield Problem(("id",), "not every program can cite this key", hint)


def capitals(paper: Reference) -> Iterator[Problem]:
    """A title is in sentence case: styles can raise letters but not lower them."""
    if paper.get("language")[:2] not in ("", "en"):
        return
    if is_capitals(paper.title):
        yield Problem(("title",), "the title is in CAPITALS", "write it in sentence case")
    elif is_title_case(plain(paper.title)):
        yield Problem(("title",), "the title is in Title Case", "write it in sentence case")


def full_stop(paper: Reference) -> Iterator[Problem]:
    """A title has no full stop at its end: the style sets it."""
    if paper.title.endswith(".") and not paper.title.endswith(("...", " al.", " sp.", " spp.")):
        yield Problem(("title",), "the title ends with a full stop", "take it out")


def markup(paper: Reference) -> Iterator[Problem]:
    """Prose has CSL's marks and nothing else."""
    for variable in PROSE:
        for what in foreign_markup(paper.get(variable)):
            yield Problem((variable,), what)
    for variable, people in paper.names.items():
        if not is_suspect(" ".join(map(" ".join, people))):
            continue
        for index, person in enumerate(people):
            for what in foreign_markup(" ".join(person)):
                yield Problem((variable, index), what)


def spaces(paper: Reference) -> Iterator[Problem]:
    """No value has a space too many, which every style would print."""
    for variable, value in paper.text.items():
        if variable not in ("abstract", "note", "annote") and loose_spaces(value):
            yield Problem((variable,), "spaces at an end, or several together", "keep one")


def names(paper: Reference) -> Iterator[Problem]:
    """Every name is one person in parts, or one body."""
    for variable, people in paper.names.items():
        for index, person in enumerate(people):
            if what := _blob(person):
                yield Problem((variable, index), *what)


def needed(paper: Reference) -> Iterator[Problem]:
    """A paper has the fields without which its type cannot be cited."""
    yield from _missing(
        paper, NEEDED.get(paper.type, (("title",), ()))[0], "which a reference to it needs"
    )


def wanted(paper: Reference) -> Iterator[Problem]:
    """A record is whole; the shipped data leaves out what no source showed."""
    yield from _missing(paper, NEEDED.get(paper.type, ((), ()))[1], "")


def incomplete_authors(paper: Reference) -> Iterator[Problem]:
    """All authors are known: a list that is not whole ends with "et al." in every style."""
    if paper.incomplete_authors:
        yield Problem(("author",), few_authors(paper))


def few_authors(paper: Reference) -> str:
    """How many of the authors of an incomplete list one has, and what styles make of it."""
    known = len(paper.author)
    if not known:
        return "none of its authors is known"
    return (
        f"only {known} of its authors {'is' if known == 1 else 'are'} known, so styles print et al."
    )


RULES: tuple[Rule[Reference, Problem], ...] = (
    Rule("doi", ERROR, doi),
    Rule("pmid", ERROR, pmid),
    Rule("pmcid", ERROR, pmcid),
    Rule("issn", ERROR, issn),
    Rule("isbn", ERROR, isbn),
    Rule("url", ERROR, url),
    Rule("key", WARNING, key),
    Rule("page", WARNING, page),
    Rule("year", WARNING, year),
    Rule("title-case", WARNING, capitals),
    Rule("title-stop", WARNING, full_stop),
    Rule("markup", WARNING, markup),
    Rule("spaces", WARNING, spaces),
    Rule("name", WARNING, names),
    Rule("needed", WARNING, needed),
    Rule("incomplete", NOTE, wanted),
    Rule("incomplete-authors", NOTE, incomplete_authors),
)


def _ends_before_it_begins(when: Date) -> bool:
    known = min(len(when.start), len(when.end))
    return when.end[:known] < when.start[:known]


def _formed(
    paper: Reference, variable: str, form: re.Pattern[str], good: str, shape: str
) -> Iterator[Problem]:
    value = paper.get(variable)
    if value and not form.fullmatch(value):
        fixed = good if form.fullmatch(good) else None
        hint = f"write {fixed}" if fixed else f"a {variable} is {shape}"
        yield Problem((variable,), f"{value!r} is no {variable}", hint, fixed)


def _blob(person: Name) -> tuple[str, str] | None:
    """What is wrong with a name, and what to do; None for a good one."""
    text = " ".join(filter(None, person))
    if "et al" in text:
        return f"{text!r} is nobody", "take it out, and set custom.incomplete-authors"
    if person.literal:
        if _PERSON_AS_BODY.fullmatch(person.literal):
            return f"{person.literal!r} looks like a person", "give family and given"
        return None
    if re.search(r"\d|[;&]|,| and ", person.family):
        return f"{person.family!r} holds more than a family name", "one name an entry, in parts"
    if not person.given and _INITIALS_LAST.fullmatch(person.family):
        return f"{person.family!r} has its initials in it", "give family and given"
    if not person.given and " " in person.family:
        hint = "give family and given, or literal for a body"
        return f"{person.family!r} is one piece", hint
    if person.family.isupper() and len(person.family) > 3:
        return f"{person.family!r} is in capitals", "write it as the person does"
    return None


def _missing(paper: Reference, variables: tuple[str, ...], why: str) -> Iterator[Problem]:
    there = set(paper.variables)
    lost = [one for one in variables if one not in there and INSTEAD.get(one) not in there]
    if "container-title-short" in lost and " " not in paper.get("container-title"):
        lost.remove("container-title-short")  # one word is not abbreviated
    if lost:
        container = "journal" if paper.type.startswith("article") else "book"
        words = {
            "issued": "year",
            "container-title": f"{container} title",
            "container-title-short": f"abbreviated {container} title",
        }
        *first, last = (words.get(one, one) for one in lost)
        listed = f"{', '.join(first)} or {last}" if first else last
        yield Problem((), ", ".join(filter(None, (f"has no {listed}", why))))
