"""The types and variables of CSL 1.0.2 (specification, appendices III and IV)."""

from __future__ import annotations

CSL_TYPES = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
    "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review",
    "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
)  # fmt: skip


NAME_VARIABLES = (
    "author", "chair", "collection-editor", "compiler", "composer", "container-author",
    "contributor", "curator", "director", "editor", "editor-translator", "editorial-director",
    "executive-producer", "guest", "host", "illustrator", "interviewer", "narrator", "organizer",
    "original-author", "performer", "producer", "recipient", "reviewed-author", "script-writer",
    "series-creator", "translator",
)  # fmt: skip


DATE_VARIABLES = (
    "accessed", "available-date", "event-date", "issued", "original-date", "submitted",
)  # fmt: skip


NUMBER_VARIABLES = (
    "chapter-number", "citation-number", "collection-number", "edition",
    "first-reference-note-number", "issue", "locator", "number", "number-of-pages",
    "number-of-volumes", "page", "page-first", "part", "part-number", "printing",
    "printing-number", "section", "supplement", "supplement-number", "version", "volume",
)  # fmt: skip


STRING_VARIABLES = (
    "abstract", "annote", "archive", "archive-place", "archive_collection", "archive_location",
    "authority", "call-number", "citation-key", "citation-label", "collection-title",
    "container-title", "container-title-short", "dimensions", "division", "DOI", "event",
    "event-place", "event-title", "genre", "ISBN", "ISSN", "jurisdiction", "keyword", "language",
    "license", "medium", "note", "original-publisher", "original-publisher-place",
    "original-title", "part-title", "PMCID", "PMID", "publisher", "publisher-place",
    "references", "reviewed-genre", "reviewed-title", "scale", "source", "status", "title",
    "title-short", "URL", "volume-title", "volume-title-short", "year-suffix",
)  # fmt: skip


TEXT_VARIABLES = STRING_VARIABLES + NUMBER_VARIABLES
"""Variables that hold one string each; numbers are strings too ("e136215", "S1", "1.10")."""


NAMES, DATES = frozenset(NAME_VARIABLES), frozenset(DATE_VARIABLES)
"""The variables that hold people or a date, for the question whether one is among them."""


VARIABLES = frozenset((*TEXT_VARIABLES, *NAME_VARIABLES, *DATE_VARIABLES))
"""Every variable that CSL has."""
