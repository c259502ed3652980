"""One article of PubMed (`PubmedArticle`, NLM's DTD of 2025) as a reference with its notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bclm_cli import identifiers as forms
from bclm_cli.errors import ServiceError
from bclm_cli.formats import dates, values
from bclm_cli.formats.clean import clean
from bclm_cli.formats.draft import Draft
from bclm_cli.formats.names import split_particle
from bclm_cli.model import notices
from bclm_cli.model.dates import Date
from bclm_cli.model.notices import Notice
from bclm_cli.model.records import Name
from bclm_cli.online.pubmed_xml import marked, plain
from bclm_cli.online.records import Record, title_notice

SOURCE = "PubMed"
_CITATION, _ARTICLE = "MedlineCitation", "MedlineCitation/Article"
_TRANSLATED = re.compile(r"\[(.*?)\](\.?)", re.DOTALL)
_PLACE = re.compile(r"\s+\([^()]*\)$")
_DOI_IN_SOURCE = re.compile(r"\bdoi: ?(10\.\d{4,9}/\S+?)\.?(?=\s|$)", re.IGNORECASE)
_OF = {
    "RetractionOf": notices.RETRACTION, "PartialRetractionOf": notices.PARTIAL,
    "ExpressionOfConcernFor": notices.CONCERN, "ErratumFor": notices.CORRECTION,
}  # fmt: skip
"""RefTypes that a notice has."""


def record(article: Element) -> Record:
    """An article in our terms. Raises ServiceError for one without a title."""
    kinds = {plain(kind) for kind in article.iterfind(f"{_ARTICLE}/PublicationTypeList/*")}
    draft = Draft("", "article" if "Preprint" in kinds else "article-journal")
    if "Preprint" in kinds:
        draft.put("genre", "Preprint")
    body = article.find(_ARTICLE)
    _title(draft, body)
    _people(draft, body)
    journal = body.find("Journal") if body is not None else None
    draft.put("container-title", journal_title(plain(journal, "Title")))
    short = plain(journal, "ISOAbbreviation")
    draft.put("container-title-short", values.undotted(short))
    draft.put("volume", plain(journal, "JournalIssue/Volume"))
    draft.put("issue", plain(journal, "JournalIssue/Issue"))
    draft.date("issued", _date(journal, "JournalIssue/PubDate"))
    draft.date("issued", _date(body, "ArticleDate"))
    draft.pages(plain(body, "Pagination/MedlinePgn") or plain(body, "Pagination/StartPage"))
    for variable, value in identifiers(article).items():
        draft.identifier(variable, value)
    if "page" not in draft.text:
        _article_number(draft, body)
    if not draft.text.get("title"):
        pmid = plain(article, f"{_CITATION}/PMID")
        raise ServiceError(f"{SOURCE}'s record of PMID {pmid} has no title")
    reference = draft.reference()
    links = list(article.iterfind(f"{_CITATION}/CommentsCorrectionsList/CommentsCorrections"))
    return Record(
        SOURCE,
        reference,
        notices.merged((*_notices(kinds, links), *title_notice(reference.title))),
        tuple(_notice_of(links)),
        _published_as(links) if "Preprint" in kinds else "",
        tuple(draft.warnings),
    )


def identifiers(article: Element) -> dict[str, str]:
    """DOI, PMID and PMCID of the article itself; those in its reference list are of others, and
    those that are not valid must not be used."""
    found = {"PMID": plain(article, f"{_CITATION}/PMID")}
    listed = article.iterfind("PubmedData/ArticleIdList/ArticleId")
    for one in listed:
        variable = {"doi": "DOI", "pmc": "PMCID"}.get(one.get("IdType", ""))
        if variable:
            found.setdefault(variable, plain(one))
    for one in article.iterfind(f"{_ARTICLE}/ELocationID"):
        if one.get("EIdType") == "doi" and one.get("ValidYN", "Y") == "Y":
            found.setdefault("DOI", plain(one))
    return {variable: value for variable, value in found.items() if value}


def journal_title(title: str) -> str:
    """A journal as its cover has it: without the subtitle and the place ("(New York, N.Y.)") that
    NLM's catalog adds to tell namesakes apart."""
    title = title.partition(" : ")[0]
    place = _PLACE.search(title)
    return title[: place.start()] if place and ("," in place[0] or "." in place[0]) else title


def _title(draft: Draft, body: Element | None) -> None:
    """In sentence case, without the full stop that PubMed adds; of a translation the brackets go
    too, and the title in its own language stays beside it."""
    title = marked(body, "ArticleTitle")
    original = marked(body, "VernacularTitle")
    if match := _TRANSLATED.fullmatch(title):
        title = "" if match[1] == "Not Available" else match[1] + match[2]
    if not title:
        title, original = original, ""
    draft.put("title", values.without_final_stop(title))
    draft.put("original-title", values.without_final_stop(original))


def _people(draft: Draft, body: Element | None) -> None:
    if body is None:
        return
    for people in body.iterfind("AuthorList"):
        if people.get("Type", "authors") != "authors":
            continue
        if people.get("CompleteYN") == "N":
            draft.more_authors("author")
        for author in people.iterfind("Author"):
            if author.get("ValidYN", "Y") == "Y":
                draft.person("author", _name(author))


def _name(author: Element) -> Name:
    if group := plain(author, "CollectiveName"):
        return Name(literal=group)
    given = plain(author, "ForeName") or plain(author, "Initials")
    return split_particle(Name(plain(author, "LastName"), given, suffix=plain(author, "Suffix")))


def _date(above: Element | None, path: str) -> Date:
    """A PubDate or ArticleDate; MedlineDate ("2008 Nov-Dec") is read as MEDLINE's are."""
    element = above.find(path) if above is not None else None
    if element is None:
        return Date()
    if free := plain(element, "MedlineDate"):
        return dates.date(free)
    year, month, day, season = (plain(element, part) for part in ("Year", "Month", "Day", "Season"))
    return dates.date(" ".join(filter(None, (year, season or _month(month), day))))


def _month(text: str) -> str:
    """PubMed writes "Jun" in one place and "06" in another."""
    number = dates.month(text)
    return list(dates.MONTHS)[number - 1].title() if number else ""


def _article_number(draft: Draft, body: Element | None) -> None:
    """Where there are no pages, the publisher's number, if it is one that styles can print."""
    for one in body.iterfind("ELocationID") if body is not None else ():
        if one.get("EIdType") == "pii" and one.get("ValidYN", "Y") == "Y":
            if values.is_article_number(plain(one)):
                draft.pages(plain(one))
            return


def _notices(kinds: set[str], links: list[Element]) -> Iterator[Notice]:
    """PubMed marks a retraction twice, and now and then only once."""
    for link in links:
        if kind := notices.pubmed_kind(link.get("RefType", "")):
            doi, pmid = _linked(link)
            yield Notice(kind, _day(plain(link, "RefSource")), doi, pmid, SOURCE)
    if "Retracted Publication" in kinds:
        yield Notice(notices.RETRACTION, source=SOURCE)


def _notice_of(links: list[Element]) -> Iterator[tuple[str, str]]:
    for link in links:
        if kind := _OF.get(link.get("RefType", "")):
            doi, pmid = _linked(link)
            if doi or pmid:
                yield kind, doi or f"PMID:{pmid}"


def _published_as(links: list[Element]) -> str:
    """The article that a preprint became."""
    for link in links:
        if link.get("RefType") == "UpdateIn":
            doi, pmid = _linked(link)
            return doi or (f"PMID:{pmid}" if pmid else "")
    return ""


def _linked(link: Element) -> tuple[str, str]:
    """DOI and PMID of the other record, "" for what it does not name."""
    doi = _DOI_IN_SOURCE.search(clean(plain(link, "RefSource")))
    return (doi[1].lower() if doi else ""), forms.pmid(plain(link, "PMID"))


def _day(source: str) -> str:
    """The date in a RefSource: "Gut. 2017 Jun;66(6):1" is of 2017-06."""
    found = re.search(r"\. (\d{4}(?: [A-Z][a-z]{2}(?: \d{1,2})?)?)(?=[;:.]|$)", source)
    return str(dates.date(found[1])) if found else ""
