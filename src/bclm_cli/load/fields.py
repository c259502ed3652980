"""What each field of the data files holds: one table for the loader, the schemas and the README."""

from __future__ import annotations

from typing import NamedTuple

from bclm_cli.model import records, variables

KEY = r"[^\s\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+"
"""No spaces, no control or invisible characters; a key stands in \\cite{} and on command lines."""


class Field(NamedTuple):
    """One field: what it means, and what may stand in it.

    `pattern` is a whole-value regular expression that Python and ECMAScript read alike, `form` the
    same in words. `usual` are values in use where others are fine too. A `boolean` says yes or no.
    """

    help: str
    example: str
    required: bool = False
    many: bool = False
    allowed: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    default: str = ""
    pattern: str = ""
    form: str = ""
    boolean: bool = False


REFERENCES_FILE = {
    "references": Field("The papers, sorted by key.", "- id: aceto2014", many=True),
    "nocite": Field("Written by pandoc; not used.", '"[@*]"'),
}
STEPS_FILE = {
    "title": Field("What the model is about.", "Mechanisms involved in breast cancer …"),
    "source": Field("Key of the paper that the model comes from.", "ma2015"),
    "version": Field("Day of the last change, shown by --version.", '"2026-11-23"'),
    "steps": Field("The steps in their order.", "- id: intravasation", many=True),
    "context": Field("Background claims, which belong to no step, grouped by factor.", "diet:"),
    "factors": Field("The controlled names, sorted.", "- name: CDH1", many=True),
}
STEP = {
    "id": Field(
        "Short name for commands and files; never changed.",
        "intravasation",
        required=True,
        pattern="(?!context$)[A-Za-z][A-Za-z0-9_-]*",
        form="a letter, then letters, digits, - or _ (and not `context`)",
    ),
    "name": Field("The name that is shown.", "Intravasation"),
    "summary": Field("What happens, in one sentence.", "An invasive breast cancer cell gets …"),
    "from": Field("Where the cancer cell comes from.", "primary tumor"),
    "to": Field("Where it gets to.", "circulation"),
    "claims": Field("The claims of this step, grouped by factor.", "CDH1:"),
}
CLAIM = {
    "effect": Field(
        "What the factor does to the step.", "promotes", required=True, allowed=records.EFFECTS
    ),
    "statement": Field(
        "The finding in one sentence of your own, at most 180 characters.",
        "E-cadherin loss made invasive ductal carcinoma cells invade more, …",
        required=True,
    ),
    "reference": Field("Key of the paper that found it.", "padmanaban2019", required=True),
    "system": Field(
        "What it was seen in.", "[mouse model, in vitro]", many=True, usual=records.SYSTEMS
    ),
    "site": Field(
        "The organ that was looked at.", "liver", usual=records.SITES, default="any"
    ),
    "cancer": Field(
        "Cancers that were studied; left out where the paper names none, `several` for many.",
        "[breast]",
        many=True,
    ),
    "basis": Field(
        "What was read of the paper; anything but its abstract is weaker and shown as such.",
        "second-hand",
        allowed=records.BASES,
        default="abstract",
    ),
}  # fmt: skip
FACTOR = {
    "name": Field("The controlled name; of a gene its HGNC symbol.", "CDH1", required=True),
    "kind": Field("What it is.", "gene", required=True, allowed=records.FACTOR_KINDS),
    "identifier": Field(
        "CURIE of HGNC, the Cell Ontology (CL) or the Gene Ontology (GO), where one fits.",
        "HGNC:1748",
    ),
    "full_name": Field("The name in full.", "cadherin 1"),
    "synonyms": Field("Other spellings, as the papers use them.", "[E-cadherin]", many=True),
}
CUSTOM = {
    "kind": Field("What sort of paper it is.", "research", allowed=records.REFERENCE_KINDS),
    "ma2015-number": Field(
        "Its number in the reference list of Ma et al. 2015.",
        '"2"',
        pattern="[1-9][0-9]{0,3}",
        form="a whole number from 1",
    ),
    "incomplete-authors": Field(
        "`true` where more authors exist than `author` lists; styles then print “et al.”.",
        '"true"',
        allowed=("true", "false"),
        boolean=True,
    ),
    "aliases": Field(
        "Earlier keys of this paper; manuscripts that cite one still work.",
        "[aceto2014a]",
        many=True,
        pattern=KEY,
        form="a key, without spaces or control characters",
    ),
}
NAME = {
    "family": Field("Family name, without its particle.", "Rijn"),
    "given": Field("Given names or initials.", "Matt"),
    "dropping-particle": Field("Particle that the family name alone goes without.", "von"),
    "non-dropping-particle": Field("Particle that stays with the family name.", "van de"),
    "suffix": Field("What follows the name.", "Jr."),
    "literal": Field("The name of a body, as it is printed; then nothing else.", "Example Group"),
    "comma-suffix": Field("`true` where a comma stands before the suffix.", '"true"', boolean=True),
    "static-ordering": Field(
        "`true` where the family name always comes first.", '"true"', boolean=True
    ),
    "parse-names": Field(
        "`true` where particles are still part of the names.", '"true"', boolean=True
    ),
}
DATE = {
    "date-parts": Field(
        "[year, month, day], one list or two for a range.", "[[2012, 8]]", many=True
    ),
    "year": Field("The year, where no date-parts are given.", "2012"),
    "month": Field("The month, 1 to 12.", "8"),
    "day": Field("The day of the month.", "15"),
    "season": Field("1 (spring) to 4 (winter), or a word.", "1"),
    "circa": Field("`true` where the date is about right.", '"true"', boolean=True),
    "literal": Field("A date that is only text.", "in press"),
    "raw": Field("A date as text that may be read.", "2012-08"),
    "edtf": Field("A date in EDTF.", "2012-08"),
}
REFERENCE = {
    "id": Field(
        "The key by which papers are cited; never changed, see custom/aliases.",
        "aceto2014",
        required=True,
        pattern=KEY,
        form="a key, without spaces or control characters",
    ),
    "type": Field(
        "The CSL type.", "article-journal", allowed=variables.CSL_TYPES, default="document"
    ),
}  # fmt: skip
SPELLINGS = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    **{name.lower(): name for name in ("DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL")},
}
"""Older names of variables, and the small letters in which pandoc writes some."""

VARIABLES = {
    # what nearly every paper has
    "title": "Title in sentence case, as PubMed prints it, with CSL's marks like `<i>`.",
    "title-short": "A short form of the title.",
    "container-title": "The journal in full, or the book or series that holds the work.",
    "container-title-short": "The journal's NLM abbreviation, without periods.",
    "volume": "Volume of the journal or of the set.",
    "issue": "Issue of the journal.",
    "page": "Pages, like 105-119; an article number stands here and in number.",
    "number": "Article number (also in page), or the number of a report or patent.",
    "DOI": "The DOI alone, without https://doi.org/.",
    "PMID": "PubMed's number.",
    "PMCID": "PubMed Central's number, with its PMC.",
    "abstract": "The abstract.",
    "keyword": "Keywords, separated by commas.",
    "language": "Language of the work, as a code like en.",
    "URL": "Address of the work on the web.",
    # names
    "author": "The authors, in their order.",
    "chair": "Who chaired the session.",
    "collection-editor": "The editors of the series.",
    "compiler": "Who compiled it.",
    "composer": "Who composed the music.",
    "container-author": "The authors of the book that holds the chapter.",
    "contributor": "Others who contributed.",
    "curator": "Who curated the exhibition.",
    "director": "Who directed the film.",
    "editor": "The editors.",
    "editor-translator": "Who both edited and translated it.",
    "editorial-director": "The managing editors.",
    "executive-producer": "The executive producers.",
    "guest": "Guests of a broadcast.",
    "host": "Hosts of a broadcast.",
    "illustrator": "Who drew the pictures.",
    "interviewer": "Who led the interview.",
    "narrator": "Who reads it aloud.",
    "organizer": "Who organized the event.",
    "original-author": "The authors of the first version.",
    "performer": "Who performs.",
    "producer": "Who produced it.",
    "recipient": "To whom the letter went.",
    "reviewed-author": "The authors of the reviewed work.",
    "script-writer": "Who wrote the script.",
    "series-creator": "Who created the series.",
    "translator": "The translators.",
    # dates
    "accessed": "When the web address was looked at.",
    "available-date": "When it could first be read, such as online first.",
    "event-date": "When the event took place.",
    "issued": "When it came out, like 2012, 2012-08 or 2012-08-15.",
    "original-date": "When the first version came out.",
    "submitted": "When it was submitted.",
    # numbers
    "chapter-number": "Number of the chapter.",
    "citation-number": "Its number in a reference list; styles set it.",
    "collection-number": "Number within the series.",
    "edition": "Edition of the book.",
    "first-reference-note-number": "Number of the first note that cites it; styles set it.",
    "locator": "The place within the work that is cited.",
    "number-of-pages": "How many pages it has.",
    "number-of-volumes": "How many volumes it has.",
    "page-first": "The first page, where page does not say.",
    "part": "Part of a whole, like a part of a journal issue.",
    "part-number": "Number of the part.",
    "printing": "Printing of the book.",
    "printing-number": "Number of the printing.",
    "section": "Section of a law, a newspaper or a journal.",
    "supplement": "Supplement of the journal.",
    "supplement-number": "Number of the supplement.",
    "version": "Version of software or a dataset.",
    # other text
    "annote": "Your own notes on it.",
    "archive": "Archive that keeps it.",
    "archive-place": "Where the archive is.",
    "archive_collection": "Collection within the archive.",
    "archive_location": "Shelf mark within the archive.",
    "authority": "Court, office or body that issued it.",
    "call-number": "Shelf mark in a library.",
    "citation-key": "Key in another program.",
    "citation-label": "Label of label styles; styles set it.",
    "collection-title": "Title of the series.",
    "dimensions": "Size or length, like 2 h 10 min.",
    "division": "Smaller part of the authority.",
    "event": "Older name of event-title.",
    "event-place": "Where the event took place.",
    "event-title": "Name of the conference or event.",
    "genre": "Sort of work, like Ph.D. thesis.",
    "ISBN": "ISBN of the book.",
    "ISSN": "ISSN of the journal.",
    "jurisdiction": "Where a law holds.",
    "license": "License of the work.",
    "medium": "What it is recorded on, like DVD.",
    "note": "Anything that readers of the reference list should see.",
    "original-publisher": "Publisher of the first version.",
    "original-publisher-place": "Where the first version was published.",
    "original-title": "Title of the first version, or before translation.",
    "part-title": "Title of the part.",
    "publisher": "The publisher, or the university of a thesis.",
    "publisher-place": "Where the publisher is.",
    "references": "Other works that bear on it, of a law.",
    "reviewed-genre": "Sort of the reviewed work.",
    "reviewed-title": "Title of the reviewed work.",
    "scale": "Scale of a map.",
    "source": "Database that the record comes from.",
    "status": "Where publication stands, like in press.",
    "volume-title": "Title of the volume.",
    "volume-title-short": "A short form of the volume's title.",
    "year-suffix": "The letter after the year; styles set it.",
}
"""What each CSL variable means (CSL 1.0.2, "Appendix IV: Variables")."""
