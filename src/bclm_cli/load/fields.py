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
    "version": Field("Day of the last change, shown by --version.", '"2026-11-29"'),
    "searched-until": Field(
        "Day until which the literature was searched for claims.", '"2026-11-29"'
    ),
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
    "place": Field(
        "Where the step happens, as the `site` of a claim says it; claims from there are direct.",
        "primary tumor",
        usual=records.SITES,
    ),
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
    "observed": Field(
        "Of an association: how the factor was found.", "high", allowed=records.OBSERVED
    ),
    "outcome": Field(
        "Of an association: how the patients fared.", "worse", allowed=records.OUTCOMES
    ),
    "perturbation": Field(
        "What was done to the factor; `blockade` where nobody says by what.",
        "[knockout]",
        many=True,
        allowed=records.PERTURBATIONS,
    ),
    "agent": Field("What it was done with.", "[anti-CCL2 antibody]", many=True),
    "model": Field("Cell lines, mouse lines, or PDX.", "[4T1, MMTV-PyMT]", many=True),
    "subtype": Field(
        "Subtypes of breast cancer that were studied.",
        "[triple-negative]",
        many=True,
        usual=records.SUBTYPES,
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
    "broader": Field(
        "Factors that it belongs to: families, wholes, kinds of cells.", "[cadherin]", many=True
    ),
    "binds": Field(
        "What it binds, each with the paper that says so; itself is fine.",
        "- {with: CLDN2, reference: tabaries2019}",
        many=True,
    ),
}
BINDING = {
    "with": Field("The factor that is bound.", "CLDN2", required=True),
    "reference": Field("Key of the paper that says so.", "tabaries2019", required=True),
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
    "unprotected-title": Field(
        "`true` where the title is in Title Case and styles of BibTeX may lower its capitals.",
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
