"""What databases call the articles, chapters and papers in them, which is no genre of a work."""

from __future__ import annotations

import re

# fmt: off
_TYPES = frozenset((
    # reference managers and publishers
    "article", "journal article", "research article", "original article", "original research",
    "original paper", "research", "research paper", "short survey", "short communication",
    "brief communication", "brief report", "rapid communication", "electronic article", "text",
    "jour", "journal", "perspective", "viewpoint", "opinion", "commentary", "correspondence",
    "note", "technical note", "data paper", "full length article", "article in press",
    "early access", "peer reviewed", "peer-reviewed article", "business article",
    # Scopus and Web of Science
    "review", "review article", "conference paper", "conference review", "conference article",
    "proceedings paper", "meeting abstract", "book chapter", "chapter", "book", "book review",
    "editorial material", "letter", "erratum", "correction", "retracted", "retraction",
    "retracted publication", "journal review", "conference abstract", "conference abstract paper",
    # MEDLINE's publication types
    "journal article review", "systematic review", "meta-analysis", "case report", "case reports",
    "clinical study", "clinical trial", "controlled clinical trial", "clinical trial protocol",
    "clinical trial, phase i", "clinical trial, phase ii", "clinical trial, phase iii",
    "clinical trial, phase iv", "pragmatic clinical trial", "randomized controlled trial",
    "equivalence trial", "adaptive clinical trial", "multicenter study", "observational study",
    "comparative study", "evaluation study", "evaluation studies", "validation study",
    "validation studies", "twin study", "scientific integrity review", "guideline",
    "practice guideline", "consensus development conference", "editorial", "comment", "news",
    "letter to the editor", "historical article", "biography", "interview", "lecture",
    "overall", "congress", "published erratum", "corrected and republished article",
    "expression of concern", "english abstract", "introductory journal article",
    "patient education handout", "video-audio media", "webcast", "dataset",
))
# fmt: on
_SUPPORT = re.compile(r"research support, .*")
_BETWEEN = re.compile(r"\s*[;|/]\s*")


def are_document_types(text: str) -> bool:
    """Whether a text is one of them, or a list of several: "Journal Article; Review"."""
    kinds = [kind.replace("-", " ").strip() for kind in _BETWEEN.split(text.lower())]
    return all(kind in _PLAIN or _SUPPORT.fullmatch(kind) for kind in kinds)


_PLAIN = frozenset(kind.replace("-", " ") for kind in _TYPES)
