"""BibTeX and BibLaTeX: LaTeX to Unicode, @string, crossref, xdata, particles, `and others`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from bclm_cli.importers import _fields
from bclm_cli.importers._bibtex import Block, blocks
from bclm_cli.importers._bibtex_names import people
from bclm_cli.importers._crossref import Inheritance
from bclm_cli.importers._draft import Draft
from bclm_cli.importers._found import Entry, Found, Problem, TooMuchError, passed_over
from bclm_cli.importers._latex import decode, decode_plain, decode_verbatim
from bclm_cli.model import Date, Reference

HELP = "BibTeX and BibLaTeX (.bib)"
SUFFIXES = (".bib", ".bibtex", ".biblatex")

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
_SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
_GENRES = {
    "phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis", "techreport": "",
    "mathesis": "Master’s thesis", "candthesis": "Candidate thesis", "techrep": "Technical report",
    "resreport": "Research report", "datacd": "Data CD", "audiocd": "Audio CD",
}  # fmt: skip
_NOT_ENTRIES = frozenset({"xdata", "set", "bibnote", "control", "customa"})

# Fields by what is done with them; the first that is there wins where two mean the same.
_MARKED = {
    "shorttitle": "title-short", "journaltitle": "container-title", "journal": "container-title",
    "booktitle": "container-title", "series": "collection-title", "origtitle": "original-title",
    "maintitle": "container-title", "issuetitle": "volume-title",
}  # fmt: skip
_PLAIN = {
    "volume": "volume", "volumes": "number-of-volumes", "pagetotal": "number-of-pages",
    "numpages": "number-of-pages", "part": "part-number", "chapter": "chapter-number",
    "version": "version", "publisher": "publisher", "school": "publisher",
    "institution": "publisher", "organization": "publisher", "address": "publisher-place",
    "location": "publisher-place", "eventtitle": "event-title", "venue": "event-place",
    "keywords": "keyword", "keyword": "keyword",
    "abstract": "abstract", "note": "note", "addendum": "note", "annote": "annote",
    "annotation": "annote", "pubstate": "status", "origpublisher": "original-publisher",
    "origlocation": "original-publisher-place", "library": "call-number",
}  # fmt: skip
_PEOPLE = {
    "author": "author", "editor": "editor", "translator": "translator",
    "bookauthor": "container-author",
}  # fmt: skip
_DATES = {
    "date": "issued", "urldate": "accessed", "eventdate": "event-date", "origdate": "original-date",
}  # fmt: skip
_HANDLED = frozenset(
    {"title", "subtitle", "titleaddon", "booksubtitle", "journalsubtitle", "number", "issue",
     "pages", "eid", "articleno", "article-number", "year", "month", "day", "date", "doi", "url",
     "pmid", "pmcid", "pmc", "eprint", "eprinttype", "archiveprefix", "type", "howpublished",
     "entrysubtype", "edition", "seriesnumber", "shortjournal", "journalabbr", "usera", "language",
     "langid", "issn", "isbn", "crossref", "xdata"}
)  # fmt: skip
_HOUSEKEEPING = frozenset(
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
_JOURNALS = frozenset({"article", "periodical", "suppperiodical"})


def looks_like(head: str) -> bool:
    """Whether a text that begins so may be BibTeX."""
    import re

    return bool(re.search(r"^[ \t]*@[ \t]*[A-Za-z]{2,20}[ \t]*[{(]", head, re.MULTILINE))


def read(text: str) -> Found:
    """The entries of a file, parents of others included, and what could not be read."""
    marks = sum(map(text.count, "\\{$~^"))
    if marks > 200_000 + len(text) // 16:
        yield Problem(1, "more braces and LaTeX commands than text; this is no bibliography")
        return
    found = list(blocks(text)) if _has_parents(text) else None
    known: dict[str, Block] = {}
    for block in found or ():
        if isinstance(block, Block):
            known.setdefault(block.key.lower(), block)
    inheritance = Inheritance(known, budget=1_000_000 + len(text))
    unknown_fields: Counter[str] = Counter()
    for block in found if found is not None else blocks(text):
        if isinstance(block, Problem):
            yield block
        elif block.type in _NOT_ENTRIES:
            for fault in inheritance.fields(block)[1]:
                yield Problem(block.line, f"@{block.type} {block.key}: {fault}")
        else:
            yield from _entry(block, inheritance, unknown_fields)
    yield from passed_over(unknown_fields)


def _has_parents(text: str) -> bool:
    folded = text.lower()
    return "crossref" in folded or "xdata" in folded


def _entry(block: Block, inheritance: Inheritance, unknown_fields: Counter[str]) -> Found:
    name = f"@{block.type} {block.key}".strip()
    fields, faults = inheritance.fields(block)
    for fault in faults:
        yield Problem(block.line, f"{name}: {fault}")
    unknown: set[str] = set()
    try:
        reference = _Mapping(block._replace(fields=fields), unknown).reference()
    except (TooMuchError, ValueError) as error:
        yield Problem(block.line, f"{name}: {error}")
        return
    for field in fields:
        if field not in _KNOWN and not field.startswith(("bdsk-", "mendeley-", "jabref-")):
            unknown_fields[field] += 1
    if unknown:
        commands = ", ".join(sorted(unknown)[:8])
        yield Problem(block.line, f"{name}: kept as written, not known: {commands}", left_out=False)
    yield Entry(block.line, reference)


_KNOWN = _HANDLED | _HOUSEKEEPING | _MARKED.keys() | _PLAIN.keys() | _PEOPLE.keys() | _DATES.keys()


class _Mapping:
    """One entry on its way to a reference."""

    def __init__(self, block: Block, unknown: set[str]) -> None:
        self.kind, self.fields, self.unknown = block.type, block.fields, unknown
        self.draft = Draft(block.key, self._type())

    def reference(self) -> Reference:
        for step in (self._titles, self._texts, self._people, self._dates, self._numbers,
                     self._identifiers):  # fmt: skip
            step()
        return self.draft.reference()

    def _type(self) -> str:
        subtype = _SUBTYPES.get(self._plain("entrysubtype"))
        if self.kind in _JOURNALS and subtype:
            return subtype
        if self.kind == "misc":
            if self._plain("eprint") and not self._plain("journal"):
                return "article"
            if self._plain("url") and not self._plain("doi"):
                return "webpage"
        return TYPES.get(self.kind, "document")

    def _plain(self, field: str) -> str:
        value = self.fields.get(field)
        return decode_plain(value, self.unknown).strip() if value else ""

    def _verbatim(self, field: str) -> str:
        value = self.fields.get(field)
        return decode_verbatim(value).strip() if value else ""

    def _marked(self, field: str) -> str:
        value = self.fields.get(field)
        return decode(value, self.unknown) if value else ""

    def _titles(self) -> None:
        title, subtitle = self._marked("title"), self._marked("subtitle")
        if title and subtitle:
            title += f"{'' if title[-1] in '.?!:' else ':'} {subtitle}"
        if title and self._marked("titleaddon"):
            title += f". {self._marked('titleaddon')}"
        self.draft.put("title", title.removesuffix(".") if title.count(".") == 1 else title)
        for field, variable in _MARKED.items():
            if value := self._marked(field):
                if field == "booktitle" and self._marked("booksubtitle"):
                    value += f": {self._marked('booksubtitle')}"
                self.draft.put(variable, value)

    def _texts(self) -> None:
        for field in self.fields:
            if field in _PLAIN:
                self.draft.put(_PLAIN[field], self._plain(field))
        language = self._plain("language") or self._plain("langid")
        self.draft.put("language", _fields.language(language))
        genre = self._plain("type")
        self.draft.put("genre", _GENRES.get(genre.lower(), genre) or _GENRES.get(self.kind, ""))
        how = self._verbatim("howpublished")
        if how.startswith(("http://", "https://")):
            self.draft.link(how)
        else:
            self.draft.put("publisher", self._plain("howpublished"))
        self.draft.put("edition", _fields.edition(self._plain("edition")))
        for field in ("shortjournal", "journalabbr"):
            self.draft.put("container-title-short", _fields.undotted(self._plain(field)))
        journal = self.draft.text.get("container-title", "")
        if self.kind == "article" and journal.isascii() and journal.isalpha():
            self.draft.put("container-title-short", journal)  # ISO 4: one word is not shortened

    def _people(self) -> None:
        for field, variable in _PEOPLE.items():
            if self.fields.get(field):
                names, others = people(self.fields[field], self.unknown)
                for name in names:
                    self.draft.person(variable, name)
                if others and field == "author":
                    self.draft.custom["incomplete-authors"] = "true"

    def _dates(self) -> None:
        for field, variable in _DATES.items():
            if field in self.fields:
                self.draft.date(variable, Date.from_csl(self._plain(field)))
        self.draft.date("issued", _fields.year_month(*map(self._plain, ("year", "month", "day"))))

    def _numbers(self) -> None:
        draft, number = self.draft, self._plain("number")
        if self.kind in _JOURNALS:
            draft.put("issue", number)
        elif "collection-title" in draft.text and "seriesnumber" not in self.fields:
            draft.put("collection-number", number)
        else:
            draft.put("number", number)
        draft.put("collection-number", self._plain("seriesnumber"))
        draft.put("issue", self._plain("issue"))
        eid = next(filter(None, map(self._plain, ("eid", "articleno", "article-number"))), "")
        draft.put("number", eid)
        draft.pages(self._plain("pages"))
        draft.put("page", eid)

    def _identifiers(self) -> None:
        draft = self.draft
        for field in ("issn", "isbn"):
            draft.serial(self._plain(field))
        draft.identifier("DOI", self._verbatim("doi"))
        draft.identifier("PMID", self._verbatim("pmid"))
        for field in ("pmcid", "pmc", "usera"):  # where our own BibLaTeX has it
            draft.identifier("PMCID", _pmcid(self._verbatim(field)))
        self._eprint()
        draft.link(self._verbatim("url"))

    def _eprint(self) -> None:
        eprint = self._verbatim("eprint")
        kind = (self._plain("eprinttype") or self._plain("archiveprefix")).lower()
        take: dict[str, Callable[[], None]] = {
            "pubmed": lambda: self.draft.identifier("PMID", eprint),
            "pmid": lambda: self.draft.identifier("PMID", eprint),
            "pmc": lambda: self.draft.identifier("PMCID", _pmcid(eprint)),
            "pmcid": lambda: self.draft.identifier("PMCID", _pmcid(eprint)),
            "arxiv": lambda: self._arxiv(eprint),
        }
        if kind in take:
            take[kind]()
        elif eprint.startswith(("http://", "https://")):
            self.draft.link(eprint)
        elif eprint and kind == self.draft.text.get("publisher", "").lower():
            self.draft.put("number", eprint)  # of the preprint server that brought it out
        elif eprint and kind:
            self.draft.put("archive", self._plain("eprinttype") or self._plain("archiveprefix"))
            self.draft.put("archive_location", eprint)

    def _arxiv(self, eprint: str) -> None:
        if eprint:
            self.draft.put("archive", "arXiv")
            self.draft.put("archive_location", eprint)
            if "DOI" not in self.draft.text:
                self.draft.put("URL", f"https://arxiv.org/abs/{eprint}")


def _pmcid(text: str) -> str:
    return f"PMC{text}" if text.isascii() and text.isdigit() else text
