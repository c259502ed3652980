"""The tables of the store, made anew for every build, and the SQL that rests on their form."""

from __future__ import annotations

from bclm_cli.evidence import REVIEW
from bclm_cli.model.records import CONTEXT, SIDES

STEP, FACTOR, CLAIM, REFERENCE = range(4)
"""The types of records that the full-text index holds."""

ALIAS, FORMER, OWN, SHARED = range(4)
"""What else leads to a paper, the surest first: another key that its record gives, its key in
earlier data, an identifier of its own, and one that other papers may have too (see
`identifiers.lookup.identifiers_of`). A manuscript in LaTeX cites by the first two."""

VERSION = 19
"""Part of the cache's name: raise it when anything below, or what fills it, changes."""

TABLES = """
CREATE TABLE layer (
    id INTEGER PRIMARY KEY, name TEXT, folder TEXT, title TEXT, origin TEXT,
    version TEXT, searched_until TEXT
);
CREATE TABLE file (
    id INTEGER PRIMARY KEY, layer INTEGER, path TEXT, size INTEGER, mtime_ns INTEGER,
    ctime_ns INTEGER, holds TEXT
);
CREATE TABLE record (
    id INTEGER PRIMARY KEY, file INTEGER, kind TEXT, line INTEGER, column_ INTEGER, payload TEXT
);
CREATE TABLE step (
    id INTEGER PRIMARY KEY, key TEXT, name TEXT, summary TEXT, from_ TEXT, to_ TEXT,
    place TEXT, layer INTEGER
);
CREATE TABLE factor (
    id INTEGER PRIMARY KEY, name TEXT, kind TEXT, identifier TEXT, full_name TEXT,
    synonyms TEXT, broader TEXT, binds TEXT, layer INTEGER
);
CREATE TABLE factor_name (folded TEXT, rank INTEGER, factor INTEGER);
CREATE TABLE factor_broader (factor INTEGER, broader INTEGER);
CREATE TABLE factor_binds (factor INTEGER, partner INTEGER, reference INTEGER);
CREATE TABLE claim (
    id INTEGER PRIMARY KEY, step INTEGER, factor INTEGER, effect TEXT, statement TEXT,
    reference INTEGER, system TEXT, site TEXT, cancer TEXT, basis TEXT, observed TEXT,
    outcome TEXT, perturbation TEXT, agent TEXT, model TEXT, subtype TEXT, directness TEXT,
    level TEXT, layer INTEGER, place INTEGER
);
CREATE TABLE reference (
    id INTEGER PRIMARY KEY, key TEXT, year INTEGER, author TEXT, title TEXT, journal TEXT,
    doi TEXT, pmid TEXT, pmcid TEXT, volume TEXT, issue TEXT, page TEXT, kind TEXT,
    authors TEXT, author_words TEXT, layer INTEGER
);
CREATE TABLE identifier (value TEXT, reference INTEGER, kind INTEGER);
CREATE TABLE odd_key (reference INTEGER PRIMARY KEY);
CREATE TABLE step_total (
    step INTEGER PRIMARY KEY, factors INTEGER, claims INTEGER, papers INTEGER,
    direct INTEGER
);
CREATE TABLE factor_total (
    factor INTEGER PRIMARY KEY, steps TEXT, promotes INTEGER, suppresses INTEGER, other INTEGER,
    claims INTEGER, papers INTEGER, direct INTEGER
);
CREATE TABLE claim_value (field TEXT, value TEXT);
CREATE TABLE shadowed (type TEXT, key TEXT, layer INTEGER, by_layer INTEGER);
CREATE TABLE renamed (key TEXT, new TEXT, layer INTEGER, by_layer INTEGER);
CREATE VIRTUAL TABLE search USING fts5 (
    name, text, more, content='', tokenize="unicode61 remove_diacritics 0"
);
"""
# `record` keeps what each file held, as read: when one file changes, the others need no parsing.
# Factors, claims and references have the id of their record; a reference's payload is its CSL-JSON.
# `file.holds` counts its records by kind, as JSON. `claim.place` orders the claims by step and
# factor, see PLACES; the step 0 is the background. `claim_value` has each value of a field that
# claims are selected by once.
# `reference.author_words` has the folded words of each author, as JSON. `odd_key` has the papers
# whose key some format may refuse: it holds other signs than ASCII letters, digits and _:.+/- or
# equals another key but for the case. `identifier.kind` is one of ALIAS, FORMER, OWN and SHARED.
# `renamed` has the papers of `layer` whose key `by_layer` took.

INDEXES = """
CREATE INDEX record_file ON record (file, id);
CREATE UNIQUE INDEX step_key ON step (key);
CREATE UNIQUE INDEX factor_by_name ON factor (name);
CREATE INDEX factor_name_folded ON factor_name (folded, rank, factor);
CREATE INDEX factor_broader_of ON factor_broader (broader, factor);
CREATE INDEX claim_place ON claim (place);
CREATE INDEX claim_step ON claim (step, place);
CREATE INDEX claim_factor ON claim (factor, place);
CREATE INDEX claim_reference ON claim (reference, place);
CREATE UNIQUE INDEX reference_key ON reference (key);
CREATE INDEX reference_year ON reference (year, key);
CREATE INDEX identifier_value ON identifier (value, kind, reference);
"""


def hit_id(type_: int | str, id: str) -> str:
    """SQL for the row of the full-text index that belongs to a record of a type."""
    return f"({type_} + {id} * 4)"


def hit_of(row: int) -> tuple[int, int]:
    """The id and type of the record that a row of the full-text index belongs to."""
    return divmod(row, 4)


def hits(match: str, type_: int) -> str:
    """SQL for the ids of the records of a type whose text matches the value of that name."""
    return f"(SELECT rowid / 4 FROM search WHERE search MATCH :{match} AND rowid % 4 = {type_})"


def sides(claims: str) -> dict[str, str]:
    """SQL that counts these claims by the side that they take, as evidence.side has it."""
    taken = {
        side: f"({claims}.level IS NOT '{REVIEW}' AND {claims}.effect IN ({effects}))"
        for side in ("promotes", "suppresses")
        if (effects := ", ".join(f"'{one}'" for one, taken in SIDES.items() if taken == side))
    }
    taken["other"] = f"NOT ({' OR '.join(taken.values())})"
    return {side: f"count(*) FILTER (WHERE {claim})" for side, claim in taken.items()}


def steps(claims: str, where: str) -> str:
    """SQL for the steps of these claims in their order, the background last, as a JSON array."""
    return (
        f"(SELECT json_group_array(key) FROM (SELECT DISTINCT coalesce(s.key, '{CONTEXT}') AS key"
        f" FROM {claims} LEFT JOIN step s ON s.id = {claims}.step WHERE {where}"
        " ORDER BY s.id IS NULL, s.id))"
    )


def direct(claims: str) -> str:
    """SQL that counts the direct ones of these claims."""
    return f"count(*) FILTER (WHERE {claims}.directness = 'direct')"


ONE_VALUE = ("site", "level", "directness")
MANY_VALUES = ("system", "cancer", "perturbation", "model", "subtype")
"""Fields of claims whose values are selected by, of one value each and of a JSON array."""


def values_of_claims() -> str:
    """SQL for each value that a field of a claim has, once."""
    parts = [f"SELECT '{field}', {field} FROM claim WHERE {field} > ''" for field in ONE_VALUE] + [
        f"SELECT '{field}', value FROM (SELECT DISTINCT {field} FROM claim) c, json_each(c.{field})"
        for field in MANY_VALUES
    ]
    return "\n    UNION ".join(parts)


PLACES = f"""
CREATE TEMP TABLE ranked AS SELECT c.step, c.factor, row_number() OVER (
    ORDER BY c.step = 0, c.step, {direct("c")} DESC, count(DISTINCT c.reference) DESC,
        f.name COLLATE NOCASE, f.name
) AS place FROM claim c JOIN factor f ON f.id = c.factor GROUP BY c.step, c.factor;
CREATE UNIQUE INDEX temp.ranked_key ON ranked (step, factor, place);
UPDATE claim SET place = (
    SELECT place FROM temp.ranked r WHERE r.step = claim.step AND r.factor = claim.factor
);
DROP TABLE temp.ranked;
"""
"""Orders the claims by step and factor: first what has the most direct claims in a step."""

TOTALS = f"""
INSERT INTO step_total
    SELECT s.id, count(DISTINCT c.factor), count(c.id), count(DISTINCT c.reference), {direct("c")}
    FROM step s LEFT JOIN claim c ON c.step = s.id GROUP BY s.id;
INSERT INTO factor_total
    SELECT f.id, {steps("claim", "claim.factor = f.id")}, {", ".join(sides("c").values())},
        count(c.id), count(DISTINCT c.reference), {direct("c")}
    FROM factor f LEFT JOIN claim c ON c.factor = f.id GROUP BY f.id;
INSERT INTO claim_value
    {values_of_claims()};
INSERT INTO odd_key
    SELECT id FROM reference WHERE key GLOB '*[^A-Za-z0-9_:.+/-]*'
    UNION SELECT id FROM reference WHERE key COLLATE NOCASE IN (
        SELECT key FROM reference GROUP BY key COLLATE NOCASE HAVING count(*) > 1
    );
"""
"""What is asked of all records so often that it is found out once."""

INSERT = {
    "search": "INSERT INTO search (rowid, name, text, more)"
    f" VALUES ({hit_id('?', '?')}, ?, ?, ?)",
    **{
        table: f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"
        for table, columns in (
            ("layer", 7), ("file", 7), ("record", 6), ("step", 8), ("factor", 9),
            ("factor_name", 3), ("factor_broader", 2), ("factor_binds", 3), ("claim", 20),
            ("reference", 16), ("identifier", 3), ("shadowed", 4), ("renamed", 4),
        )
    },
}  # fmt: skip
