"""Text from data made fit for a label: one line, no control characters, no direction overrides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import bidirectional

from bclm_cli.model.records import Reference
from bclm_cli.text.control_chars import BIDI, INVISIBLE, SURROGATES, one_line
from bclm_cli.text.markup import plain

_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_SPACES = re.compile(r"\s+")
_UNFIT = re.compile(f"[{INVISIBLE}{BIDI}{SURROGATES}]")


def clean(text: str) -> str:
    """The text on one line, without what XML forbids, a terminal obeys or a reader cannot see."""
    return _SPACES.sub(" ", one_line(_UNFIT.sub("", text)))


def escape(text: str) -> str:
    """The text as XML content or attribute value."""
    return text.translate(_XML)


def isolated(text: str) -> str:
    """The text for a place among others: right-to-left words then leave their order alone."""
    text = clean(text)
    return f"\u2068{text}\u2069" if any(bidirectional(c) in ("R", "AL") for c in text) else text


def listed(parts: Iterable[str], between: str = ", ") -> str:
    """The parts that are not empty, joined."""
    return between.join(filter(None, parts))


def author_year(reference: Reference) -> str:
    """The name in running text: "Müller et al. 2001", or the key where nobody is named."""
    names = [isolated(name.sort_family) for name in reference.author]
    if not names:
        return clean(reference.id)
    if len(names) > 2 or reference.incomplete_authors:
        who = f"{names[0]} et al."
    else:
        who = " and ".join(names)
    return listed((who, clean(str(reference.year or ""))), " ")


def short_citation(reference: Reference, *, authors: int = 3) -> str:
    """One line to find a paper by: up to so many authors, title, journal, year, pages, DOI."""
    listed_names = [
        listed((isolated(n.sort_family), _initials(n.given)), " ") for n in reference.author
    ]
    more = len(listed_names) > authors or reference.incomplete_authors
    who = listed([*listed_names[:authors], "et al." if more else ""]) if authors else ""
    journal = reference.get("container-title-short") or reference.get("container-title")
    page = reference.get("page") or reference.get("number")
    volume = clean(listed((reference.get("volume"), page), ":"))
    when = clean(listed((str(reference.year or ""), volume), ";"))
    doi = reference.get("DOI")
    title = clean(plain(reference.title))
    sentences = (who, title, clean(journal), when, doi and f"doi:{clean(doi)}")
    return " ".join(
        sentence if sentence.endswith((".", "?", "!")) or sentence.startswith("doi:")
        else f"{sentence}."
        for sentence in sentences
        if sentence
    )  # fmt: skip


def _initials(given: str) -> str:
    return "".join(part[0] for part in re.split(r"[\s.\-]+", clean(given)) if part).upper()
