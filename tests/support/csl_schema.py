"""The data schema of CSL 1.0.2 as a JSON Schema, made from the standard's lists of variables.

Transcribed from the standard and not from our model, so that the two can be held against each
other: https://github.com/citation-style-language/schema (schemas/input/csl-data.json, v1.0.2).
"""

from __future__ import annotations

from typing import Any

TYPES = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter "
    "classic collection dataset document entry entry-dictionary entry-encyclopedia event figure "
    "graphic hearing interview legal_case legislation manuscript map motion_picture "
    "musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song "
    "speech standard thesis treaty webpage"
)
NAMES = (
    "author chair collection-editor compiler composer container-author contributor curator "
    "director editor editorial-director executive-producer guest host interviewer illustrator "
    "narrator organizer original-author performer producer recipient reviewed-author "
    "script-writer series-creator translator"
)
DATES = "accessed available-date event-date issued original-date submitted"
STRINGS = (
    "citation-key language journalAbbreviation shortTitle abstract annote archive "
    "archive_collection archive_location archive-place authority call-number citation-label "
    "collection-title container-title container-title-short dimensions division DOI event "
    "event-title event-place genre ISBN ISSN jurisdiction keyword medium note "
    "original-publisher original-publisher-place original-title part-title PMCID PMID publisher "
    "publisher-place references reviewed-genre reviewed-title scale section source status title "
    "title-short URL version volume-title volume-title-short year-suffix"
)
NUMBERS = (
    "chapter-number citation-number collection-number edition first-reference-note-number issue "
    "locator number number-of-pages number-of-volumes page page-first part printing supplement "
    "volume"
)
LOOSE = ["string", "number", "boolean"]


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _array(items: dict[str, Any], least: int = 0, most: int | None = None) -> dict[str, Any]:
    limits = {} if most is None else {"maxItems": most}
    return {"type": "array", "items": items, "minItems": least, **limits}


_TEXT = {"type": "string"}
_NUMBER = {"type": ["string", "number"]}
_NAME = _object(
    dict.fromkeys(
        ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"),
        _TEXT,
    )
    | {part: {"type": LOOSE} for part in ("comma-suffix", "static-ordering", "parse-names")}
)
_DATE = _object({
    "date-parts": _array(_array(_NUMBER, 1, 3), 1, 2),
    "season": _NUMBER,
    "circa": {"type": LOOSE},
    "literal": _TEXT,
    "raw": _TEXT,
})  # fmt: skip
SCHEMA = _array(
    _object(
        {
            "type": {"enum": TYPES.split()},
            "id": _NUMBER,
            "categories": _array(_TEXT),
            "custom": {"type": "object"},
            **dict.fromkeys(NAMES.split(), _array(_NAME)),
            **dict.fromkeys(DATES.split(), _DATE),
            **dict.fromkeys(STRINGS.split(), _TEXT),
            **dict.fromkeys(NUMBERS.split(), _NUMBER),
        },
        "type",
        "id",
    )
)
