"""The tables of the store, made anew for every build."""

VERSION = 4
"""Part of the cache's name: raise it when anything below, or what fills it, changes."""

TABLES = """
CREATE TABLE layer (
    id INTEGER PRIMARY KEY, name TEXT, folder TEXT, title TEXT, origin TEXT,
    version TEXT
);
CREATE TABLE file (
    id INTEGER PRIMARY KEY, layer INTEGER, path TEXT, size INTEGER, mtime_ns INTEGER,
    ctime_ns INTEGER, records INTEGER
);
CREATE TABLE record (
    id INTEGER PRIMARY KEY, file INTEGER, kind TEXT, line INTEGER, column_ INTEGER, payload TEXT
);
CREATE TABLE step (
    id INTEGER PRIMARY KEY, key TEXT, name TEXT, summary TEXT, from_ TEXT, to_ TEXT, layer INTEGER
);
CREATE TABLE factor (
    id INTEGER PRIMARY KEY, name TEXT, kind TEXT, identifier TEXT, full_name TEXT,
    synonyms TEXT, layer INTEGER
);
CREATE TABLE factor_name (folded TEXT, rank INTEGER, factor INTEGER);
CREATE TABLE claim (
    id INTEGER PRIMARY KEY, step INTEGER, factor INTEGER, effect TEXT, statement TEXT,
    reference INTEGER, system TEXT, site TEXT, cancer TEXT, basis TEXT, layer INTEGER
);
CREATE TABLE reference (
    id INTEGER PRIMARY KEY, key TEXT, year INTEGER, author TEXT, title TEXT, journal TEXT,
    doi TEXT, pmid TEXT, pmcid TEXT, volume TEXT, issue TEXT, page TEXT, kind TEXT,
    authors TEXT, folded_authors TEXT, layer INTEGER
);
CREATE TABLE identifier (value TEXT, reference INTEGER);
CREATE TABLE shadowed (type TEXT, key TEXT, layer INTEGER, by_layer INTEGER);
CREATE VIRTUAL TABLE search USING fts5 (
    name, text, more, content='', tokenize="unicode61 remove_diacritics 0"
);
"""
# `record` keeps what each file held, as read: when one file changes, the others need no parsing.
# Factors, claims and references have the id of their record; a reference's payload is its CSL-JSON.

INDEXES = """
CREATE INDEX record_file ON record (file, id);
CREATE UNIQUE INDEX step_key ON step (key);
CREATE UNIQUE INDEX factor_by_name ON factor (name);
CREATE INDEX factor_name_folded ON factor_name (folded, rank, factor);
CREATE INDEX claim_step ON claim (step, factor);
CREATE INDEX claim_factor ON claim (factor);
CREATE INDEX claim_reference ON claim (reference);
CREATE UNIQUE INDEX reference_key ON reference (key);
CREATE INDEX reference_year ON reference (year);
CREATE INDEX identifier_value ON identifier (value, reference);
"""

INSERT = {
    "search": "INSERT INTO search (rowid, name, text, more) VALUES (?, ?, ?, ?)",
    **{
        table: f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"
        for table, columns in (
            ("layer", 6), ("file", 7), ("record", 6), ("step", 7), ("factor", 7),
            ("factor_name", 3), ("claim", 11), ("reference", 16), ("identifier", 2),
            ("shadowed", 4),
        )
    },
}  # fmt: skip

# A row of the full-text index belongs to the record `rowid / 4` of the type `rowid % 4`.
STEP, FACTOR, CLAIM, REFERENCE = range(4)
