"""BibTeX and BibLaTeX: LaTeX to Unicode, @string, crossref, xdata, particles, `and others`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import islice

from bclm_cli import identifiers
from bclm_cli.formats import dates, values
from bclm_cli.formats.bibtex import types as tables
from bclm_cli.formats.bibtex.blocks import Block, blocks
from bclm_cli.formats.bibtex.crossref import MAX_HEIRS, Inheritance, has_parents
from bclm_cli.formats.bibtex.latex.decode import decode, decode_plain, decode_verbatim
from bclm_cli.formats.bibtex.names import people
from bclm_cli.formats.bibtex.sentence_case import is_unprotected, sentence_case
from bclm_cli.formats.draft import Draft, entry_or_problems
from bclm_cli.formats.interface import MAX_ENTRIES, Problem, Results, passed_over, too_many

HELP = "BibTeX and BibLaTeX (.bib)"
SUFFIXES = (".bib", ".bibtex", ".biblatex")


def looks_like(head: str) -> bool:
    """Whether a text that begins so may be BibTeX."""
    import re

    return bool(re.search(r"^[ \t]*@[ \t]*[A-Za-z]{2,20}[ \t]*[{(]", head, re.MULTILINE))


def read(text: str) -> Results:
    """The entries of a file, parents of others included, and what could not be read."""
    marks = sum(map(text.count, "\\{$~^"))
    if marks > 200_000 + len(text) // 16:
        yield Problem(1, "more braces and LaTeX commands than text; this is no bibliography")
        return
    found = list(islice(blocks(text), MAX_ENTRIES + 1)) if _may_have_parents(text) else None
    known: dict[str, Block] = {}
    for block in found or ():
        if isinstance(block, Block):
            known.setdefault(block.key.lower(), block)
    inheritance = Inheritance(known, budget=1_000_000 + len(text))
    unknown_fields: Counter[str] = Counter()
    heirs = 0
    for block in found if found is not None else blocks(text):
        heirs += isinstance(block, Block) and has_parents(block)
        if heirs > MAX_HEIRS:
            yield Problem(block.line, f"over {MAX_HEIRS:,} entries with parents; split the file")
            return
        if isinstance(block, Problem):
            yield block
        elif block.type in tables.NOT_ENTRIES:
            for fault in inheritance.fields(block)[1]:
                yield Problem(block.line, f"{block.name}: {fault}")
        else:
            yield from _entry(block, inheritance, unknown_fields)
    if found and len(found) > MAX_ENTRIES:
        yield too_many(found[-1].line)
    yield from passed_over(unknown_fields)


def _may_have_parents(text: str) -> bool:
    folded = text.lower()
    return "crossref" in folded or "xdata" in folded


def _entry(block: Block, inheritance: Inheritance, unknown_fields: Counter[str]) -> Results:
    fields, faults = inheritance.fields(block)
    for fault in faults:
        yield Problem(block.line, f"{block.name}: {fault}")
    yield from entry_or_problems(block.line, block.name, _Mapping(block, fields).filled)
    for field in fields:
        if field not in tables.KNOWN and not field.startswith(("bdsk-", "mendeley-", "jabref-")):
            unknown_fields[field] += 1


class _Mapping:
    """One entry on its way to a draft."""

    def __init__(self, block: Block, fields: Mapping[str, str]) -> None:
        self.kind, self.fields = block.type, fields
        self.unknown: set[str] = set()  # LaTeX commands
        self.draft = Draft(block.key, self._type())

    def filled(self) -> Draft:
        for step in (self._titles, self._texts, self._people, self._dates, self._numbers,
                     self._identifiers):  # fmt: skip
            step()
        if self.kind not in tables.TYPES:
            self.draft.notes.append(f"this is no type known here; taken for a {self.draft.type}")
        if self.unknown:
            commands = ", ".join(sorted(self.unknown)[:8])
            self.draft.notes.append(f"kept as written, not known: {commands}")
        return self.draft

    def _type(self) -> str:
        subtype = tables.SUBTYPES.get(self._plain("entrysubtype"))
        if self.kind in tables.JOURNALS and subtype:
            return subtype
        if self.kind == "misc":
            if self._plain("eprint") and not self._plain("journal"):
                return "article"
            if self._plain("url") and not self._plain("doi"):
                return "webpage"
        return tables.TYPES.get(self.kind, "document")

    def _plain(self, field: str) -> str:
        value = self.fields.get(field)
        return decode_plain(value, self.unknown).strip() if value else ""

    def _verbatim(self, field: str) -> str:
        value = self.fields.get(field)
        return decode_verbatim(value).strip() if value else ""

    def _marked(self, field: str) -> str:
        value = self.fields.get(field)
        return decode(value, self.unknown) if value else ""

    def _title(self, field: str) -> str:
        value = self.fields.get(field, "")
        if "{" in value and self._is_english():
            value = sentence_case(value)
        return decode(value, self.unknown) if value else ""

    def _is_english(self) -> bool:
        return self._language()[:2] in ("", "en")

    def _language(self) -> str:
        return values.language(self._plain("language") or self._plain("langid"))

    def _titles(self) -> None:
        title, subtitle = self._title("title"), self._title("subtitle")
        if title and subtitle:
            title = values.with_subtitle(title, subtitle)
        if title and self._marked("titleaddon"):
            title += f". {self._marked('titleaddon')}"
        self.draft.put("title", title.removesuffix(".") if title.count(".") == 1 else title)
        if is_unprotected(self.fields.get("title", ""), title) and self._is_english():
            self.draft.custom["unprotected-title"] = "true"
        for field, variable in tables.MARKED.items():
            if field in self.fields and (value := self._marked(field)):
                if (below := tables.SUBTITLES.get(field)) and self._marked(below):
                    value += f": {self._marked(below)}"
                self.draft.put(variable, value)

    def _texts(self) -> None:
        for field in self.fields:
            if field in tables.PLAIN:
                self.draft.put(tables.PLAIN[field], self._plain(field))
        for field in tables.PUBLISHERS:
            self.draft.put("publisher", self._plain(field))
        state = self._plain("pubstate")
        self.draft.status(tables.STATES.get(state, state))
        self.draft.note("; ".join(filter(None, (self._plain("note"), self._plain("addendum")))))
        self.draft.put("language", self._language())
        genre = self._plain("type")
        self.draft.genre(tables.GENRES.get((genre or self.kind).lower(), genre))
        if "howpublished" in self.fields:
            how = self._verbatim("howpublished")
            if how.startswith(("http://", "https://")):
                self.draft.link(how)
            else:
                self.draft.put("publisher", self._plain("howpublished"))
        if "edition" in self.fields:
            self.draft.put("edition", values.edition(self._plain("edition")))
        for field in ("shortjournal", "journalabbr", "abbrev_source_title"):
            if field in self.fields:
                self.draft.put("container-title-short", values.undotted(self._plain(field)))
        journal = self.draft.text.get("container-title", "")
        if self.kind == "article" and journal.isascii() and journal.isalpha():
            self.draft.put("container-title-short", journal)  # ISO 4: one word is not shortened

    def _people(self) -> None:
        for field, variable in tables.PEOPLE.items():
            if self.fields.get(field):
                names, others = people(self.fields[field], self.unknown, self.draft.notes)
                if names:
                    self.draft.names[variable] = names
                if others:
                    self.draft.more_authors(variable)

    def _dates(self) -> None:
        for field, variable in tables.DATES.items():
            if field in self.fields:
                self.draft.date(variable, dates.exact(self._verbatim(field)))
        if "year" in self.fields:
            year, month, day = map(self._plain, ("year", "month", "day"))
            self.draft.date("issued", dates.year_month(year, month, day))

    def _numbers(self) -> None:
        draft, number = self.draft, self._plain("number")
        if self.kind in tables.JOURNALS:
            draft.put("issue", number)
        elif "collection-title" in draft.text and "seriesnumber" not in self.fields:
            draft.put("collection-number", number)
        else:
            draft.put("number", number)
        draft.put("collection-number", self._plain("seriesnumber"))
        draft.put("issue", self._plain("issue"))
        eid = next(filter(None, map(self._plain, tables.ARTICLE_NUMBERS)), "")
        draft.put("number", eid)
        draft.pages(self._plain("pages"))
        draft.put("page", eid)

    def _identifiers(self) -> None:
        draft = self.draft
        for field in ("issn", "isbn"):
            draft.serial(self._plain(field))
        draft.identifier("DOI", self._verbatim("doi"))
        draft.identifier("PMID", self._verbatim("pmid") or self._verbatim("pubmed_id"))
        for field in ("pmcid", "pmc"):
            draft.identifier("PMCID", self._verbatim(field))
        # our own BibLaTeX has it in usera
        draft.put("PMCID", identifiers.pmcid(self._verbatim("usera")))
        draft.link(self._verbatim("url"))
        if aliases := [key for key in map(str.strip, self._verbatim("ids").split(",")) if key]:
            draft.custom["aliases"] = aliases  # of biblatex: other keys of the same entry
        if "eprint" in self.fields:
            self._eprint()

    def _eprint(self) -> None:
        eprint = self._verbatim("eprint")
        kind = (self._plain("eprinttype") or self._plain("archiveprefix")).lower()
        take: dict[str, Callable[[], None]] = {
            "pubmed": lambda: self.draft.identifier("PMID", eprint),
            "pmid": lambda: self.draft.identifier("PMID", eprint),
            "pmc": lambda: self.draft.identifier("PMCID", eprint),
            "pmcid": lambda: self.draft.identifier("PMCID", eprint),
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
