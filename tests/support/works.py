"""Works in the forms of Crossref and PubMed, made for tests: nobody wrote them."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr


def work(doi: str, title: str = "A paper that nobody has", **more: Any) -> dict[str, Any]:
    """A message of Crossref's `/works`; what is given replaces what is made up."""
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "author": [
            {"given": "Ann", "family": "Example", "sequence": "first", "affiliation": []},
            {"given": "Bob", "family": "Sample", "sequence": "additional", "affiliation": []},
        ],
        "container-title": ["Journal of Invented Results"],
        "short-container-title": ["J Invent Res"],
        "published-print": {"date-parts": [[2012, 8]]},
        "issued": {"date-parts": [[2012, 6, 1]]},
        "volume": "7",
        "issue": "3",
        "page": "101-110",
        **more,
    }


def update(kind: str, doi: str, day: tuple[int, ...], source: str = "publisher") -> dict[str, Any]:
    """One entry of `updated-by`."""
    return {
        "DOI": doi,
        "type": kind,
        "label": kind.title(),
        "source": source,
        "updated": {"date-parts": [list(day)], "date-time": "2010-02-06T00:00:00Z"},
    }


RETRACTED = work(
    "10.1016/s0140-6736(97)11096-0",
    "RETRACTED: A title of which the registry's example gives no more",
    **{
        "published-print": {"date-parts": [[1998, 2]]},
        "updated-by": [
            update("correction", "10.1016/s0140-6736(04)15715-2", (2004, 3, 6), "retraction-watch"),
            update("retraction", "10.1016/s0140-6736(10)60175-4", (2010, 2, 6), "retraction-watch"),
        ],
    },
)
"""The example that Crossref's documentation of retractions goes by: a correction stands first."""


def article(
    pmid: str,
    title: str = "A paper that nobody has.",
    *,
    doi: str = "",
    pmcid: str = "",
    authors: str = "",
    kinds: tuple[str, ...] = ("Journal Article",),
    links: tuple[tuple[str, str, str], ...] = (),
    date: str = "<Year>2012</Year><Month>Aug</Month>",
    more: str = "",
    complete: str = "Y",
) -> str:
    """A `PubmedArticle`; `links` are RefType, RefSource and PMID of its CommentsCorrections."""
    people = authors or (author("Example", "Ann") + author("Sample", "Bob"))
    ids = "".join(
        f"<ArticleId IdType={quoteattr(kind)}>{escape(value)}</ArticleId>"
        for kind, value in (("pubmed", pmid), ("doi", doi), ("pmc", pmcid))
        if value
    )
    linked = "".join(
        f"<CommentsCorrections RefType={quoteattr(kind)}><RefSource>{escape(source)}</RefSource>"
        f"<PMID Version='1'>{number}</PMID></CommentsCorrections>"
        for kind, source, number in links
    )
    types = "".join(f"<PublicationType>{kind}</PublicationType>" for kind in kinds)
    return (
        f"<PubmedArticle><MedlineCitation><PMID Version='1'>{pmid}</PMID><Article><Journal>"
        f"<JournalIssue><Volume>7</Volume><Issue>3</Issue><PubDate>{date}</PubDate></JournalIssue>"
        "<Title>Journal of invented results (Nowhere, N.W.)</Title>"
        "<ISOAbbreviation>J. Invent. Res.</ISOAbbreviation></Journal>"
        f"<ArticleTitle>{title}</ArticleTitle><Pagination><MedlinePgn>101-10</MedlinePgn>"
        f"</Pagination><AuthorList CompleteYN='{complete}'>{people}</AuthorList>"
        f"<PublicationTypeList>{types}</PublicationTypeList>{more}</Article>"
        f"<CommentsCorrectionsList>{linked}</CommentsCorrectionsList></MedlineCitation>"
        f"<PubmedData><ArticleIdList>{ids}</ArticleIdList></PubmedData></PubmedArticle>"
    )


def author(family: str, given: str, *, more: str = "", valid: str = "Y") -> str:
    """An `Author` of an `AuthorList`."""
    return (
        f"<Author ValidYN='{valid}'><LastName>{escape(family)}</LastName>"
        f"<ForeName>{escape(given)}</ForeName>{more}</Author>"
    )
