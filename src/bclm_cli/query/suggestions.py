"""What may be meant by a name that leads nowhere: the factors, papers and authors nearest to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from bclm_cli.errors import NotFoundError
from bclm_cli.identifiers import parse
from bclm_cli.query.lookup import (
    Execute,
    by_identifier,
    once_each,
    spellings,
    values_of,
)
from bclm_cli.query.search import match
from bclm_cli.suggest import missing, near
from bclm_cli.text.normalize import compact, normalize, words

_ALIKE = 0.75  # of keys, which have four digits in common with many
_NEIGHBORS = 200  # on each side
_LONGEST_GUESSED = 60
_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, search, 'row')"
)
_MOST_WORDS = 20_000
_WORD_ALIKE = 0.8
_KEY_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def no_factors(execute: Execute, names: Sequence[str], together: str) -> NotFoundError:
    """The error for these names; `together` is the one that they make, if that is a factor."""
    if together:
        lines = [missing("factor", name, ()) for name in names]
        hint = f"a name with a space needs quotes: '{together}'"
        return NotFoundError("\n".join(lines), hint)
    from bclm_cli.query.near_factors import NearFactors

    near_factors = NearFactors([*spellings(execute)], _values(execute))
    hint = "`bclm search` looks in all claims and papers, `bclm factors` lists the factors"
    if any("," in name for name in names):
        hint = "give each name on its own, without commas"
    return NotFoundError("\n".join(map(near_factors.message, names)), hint)


def _values(execute: Execute) -> dict[str, tuple[str, str]]:
    """The values of claims that a flag selects, each with its field, by their compact form."""
    fields = ("subtype", "model", "system", "cancer", "site", "perturbation")
    found: dict[str, tuple[str, str]] = {}
    for field in fields:
        for value in values_of(execute, field):
            found.setdefault(compact(value), (field, value))
    return found


def no_papers(execute: Execute, names: Sequence[str]) -> NotFoundError:
    """The error for names that lead to no paper."""
    lines = [missing("paper", name, keys(execute, name)) for name in names]
    hint = "`bclm search WORDS` finds papers by title, author and journal"
    if any("," in name for name in names):
        hint = "write a space between keys, no comma"
    elif found := " ".join(filter(None, map(_identifier, names))):
        hint = f"`bclm add {found}` fetches it from PubMed and Crossref"
    return NotFoundError("\n".join(lines), hint)


def _identifier(name: str) -> str:
    """The identifier that a name is, as `bclm add` takes it; a bare number is a PMID here."""
    from shlex import quote

    bare = name.strip()
    found = parse(f"PMID:{bare}" if bare.isascii() and bare.isdigit() else bare)
    return quote(str(found)) if found else ""


def keys(execute: Execute, name: str) -> list[str]:
    """The keys that look most like this one, of its neighbors in the order of keys and of those
    that are one slip away: as many in a large library as in a small one."""
    around = (
        "SELECT key FROM (SELECT key FROM reference WHERE key >= :name ORDER BY key LIMIT :most)"
        " UNION SELECT key FROM (SELECT key FROM reference WHERE key < :name ORDER BY key DESC"
        " LIMIT :most)"
        " UNION SELECT key FROM reference WHERE key IN (SELECT value FROM json_each(:slips))"
    )
    if found := by_identifier(execute, name):
        return found[:3]
    name = name[:_LONGEST_GUESSED]
    slips = json.dumps(list({*_slips(name), *_slips(normalize(name))}))
    values = {"name": name, "most": _NEIGHBORS, "slips": slips}
    return near(name, (key for (key,) in execute(around, values)), alike=_ALIKE)


def _slips(name: str) -> Iterator[str]:
    """The name with a character too many, too few, another, or two that have changed places."""
    for at in range(len(name) + 1):
        before, after = name[:at], name[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for character in _KEY_CHARACTERS:
            yield before + character + after
            yield before + character + after[1:]


def respelled(execute: Execute, text: str) -> str:
    """The text with the nearest word that occurs in place of each that occurs nowhere; "" where all
    occur, though not together, or where nothing is near. The first two letters are taken as right.
    """
    chunks, changed = [], False
    for chunk in text.split():
        asked = match(chunk)
        if asked and not next(execute("SELECT 1 FROM search WHERE search MATCH ?", (asked,)), None):
            guess = _word_near(execute, "".join(words(chunk)))
            if not guess:
                return ""
            chunk, changed = guess, True
        chunks.append(chunk)
    return " ".join(chunks) if changed else ""


def _word_near(execute: Execute, word: str) -> str:
    """The word of the index that looks most like this one; "" for a short word or a number."""
    if len(word) < 4 or word.isdigit() or len(word) > _LONGEST_GUESSED:
        return ""
    next(execute(_VOCABULARY), None)
    start = word[:2]
    sql = "SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ? LIMIT ?"
    known = execute(sql, (start, start[:-1] + chr(ord(start[-1]) + 1), _MOST_WORDS))
    return next(iter(near(word, (term for (term,) in known), alike=_WORD_ALIKE)), "")


def no_author(execute: Execute, name: str) -> NotFoundError:
    """The error for a name that no author has; guessed from the first thousands of papers."""
    sql = (
        "SELECT DISTINCT substr(value, 1, instr(value || ',', ',') - 1) FROM"
        " (SELECT authors FROM reference LIMIT 5000) r, json_each(r.authors)"
    )
    families = (str(family) for (family,) in execute(sql))
    return unknown("author", name, families, once_each("author", name).removeprefix("; "))


def unknown(what: str, name: str, known: Iterable[str], hint: str = "") -> NotFoundError:
    """The error for a name that does not exist, with the nearest that do."""
    return NotFoundError(missing(what, name, near(name, known)), hint or None)
