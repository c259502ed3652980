"""What the entry types and fields of BibTeX and BibLaTeX are called in CSL."""

from __future__ import annotations

TYPES = {
    "article": "article-journal", "periodical": "periodical", "suppperiodical": "article-journal",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "reference": "book", "mvreference": "book", "proceedings": "book", "mvproceedings": "book",
    "manual": "book", "booklet": "pamphlet", "inbook": "chapter", "bookinbook": "chapter",
    "incollection": "chapter", "suppbook": "chapter", "suppcollection": "chapter",
    "inreference": "entry-encyclopedia", "inproceedings": "paper-conference",
    "conference": "paper-conference", "thesis": "thesis", "phdthesis": "thesis",
    "mastersthesis": "thesis", "report": "report", "techreport": "report", "patent": "patent",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "webpage": "webpage",
    "dataset": "dataset", "software": "software", "misc": "document", "unpublished": "manuscript",
    "preprint": "article", "review": "review", "standard": "standard", "image": "graphic",
    "audio": "song", "video": "motion_picture", "movie": "motion_picture", "letter":
    "personal_communication", "artwork": "graphic", "legislation": "legislation",
    "jurisdiction": "legal_case",
}  # fmt: skip
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
GENRES = {
    "thesis": "", "phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis", "techreport": "",
    "mathesis": "Master’s thesis", "candthesis": "Candidate thesis", "techrep": "Technical report",
    "resreport": "Research report", "datacd": "Data CD", "audiocd": "Audio CD",
}  # fmt: skip
NOT_ENTRIES = frozenset({"xdata", "set", "bibnote", "control", "customa"})

# Fields by what is done with them; the first that is there wins where two mean the same.
MARKED = {
    "shorttitle": "title-short", "journaltitle": "container-title", "journal": "container-title",
    "booktitle": "container-title", "series": "collection-title", "origtitle": "original-title",
    "maintitle": "container-title", "issuetitle": "volume-title",
}  # fmt: skip
PLAIN = {
    "volume": "volume", "volumes": "number-of-volumes", "pagetotal": "number-of-pages",
    "numpages": "number-of-pages", "part": "part-number", "chapter": "chapter-number",
    "version": "version", "address": "publisher-place",
    "location": "publisher-place", "eventtitle": "event-title", "venue": "event-place",
    "keywords": "keyword", "keyword": "keyword", "author_keywords": "keyword",
    "abstract": "abstract", "annote": "annote",
    "annotation": "annote", "origpublisher": "original-publisher",
    "origlocation": "original-publisher-place", "library": "call-number",
}  # fmt: skip
SUBTITLES = {"booktitle": "booksubtitle", "journaltitle": "journalsubtitle"}
ARTICLE_NUMBERS = ("eid", "articleno", "article-number", "elocation-id", "art_number")
PUBLISHERS = ("publisher", "school", "institution", "organization")
STATES = {
    "inpress": "in press", "inpreparation": "in preparation", "prepublished": "prepublished",
}  # fmt: skip
"""What BibLaTeX's words for a status mean."""
PEOPLE = {
    "author": "author", "editor": "editor", "translator": "translator",
    "bookauthor": "container-author",
}  # fmt: skip
DATES = {
    "date": "issued", "urldate": "accessed", "eventdate": "event-date", "origdate": "original-date",
}  # fmt: skip
HANDLED = frozenset(
    {"title", "subtitle", "titleaddon", "booksubtitle", "journalsubtitle", "number", "issue",
     "pages", "eid", "articleno", "article-number", "elocation-id", "art_number",
     "pubmed_id", "abbrev_source_title", "year", "month", "day", "date",
     "doi", "url",
     "pmid", "pmcid", "pmc", "eprint", "eprinttype", "archiveprefix", "type", "howpublished",
     "entrysubtype", "edition", "seriesnumber", "shortjournal", "journalabbr", "usera", "language",
     "langid", "pubstate", "issn", "isbn", "crossref", "xdata", "note", "addendum"}
)  # fmt: skip
HOUSEKEEPING = frozenset(
    {"file", "timestamp", "owner", "bibsource", "biburl", "groups", "date-added", "date-modified",
     "creationdate", "modificationdate", "ids", "keyid", "local-url", "rating", "read", "priority",
     "ranking", "readstatus", "qualityassured", "username", "citeulike-article-id", "posted-at",
     "mendeley-groups", "mendeley-tags", "urlbst", "options", "xref", "sortkey", "presort",
     "sortname", "sorttitle", "sortyear", "shortauthor", "key", "pdf", "primaryclass",
     "eprintclass", "copyright", "urlyear", "refid", "da", "ty", "_eprint", "isi", "unique-id",
     "nameaddon", "issn-l", "langidopts", "label", "indextitle", "related", "relatedtype",
     "booktitleaddon", "editortype", "researchgate", "bdsk-url-1", "bdsk-url-2", "bdsk-file-1"}
)  # fmt: skip
"""What programs write for themselves; passed over without a word."""
JOURNALS = frozenset({"article", "periodical", "suppperiodical"})

KNOWN = frozenset((*HANDLED, *PUBLISHERS, *HOUSEKEEPING, *MARKED, *PLAIN, *PEOPLE, *DATES))
