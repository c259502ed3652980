"""From what people call a step or a paper to the thing, and how names are completed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice
from os.path import realpath

from bclm_cli.errors import NotFoundError
from bclm_cli.model.records import CONTEXT
from bclm_cli.query.lookup import Execute, by_identifier, called, shared, values_of
from bclm_cli.store import FORMER
from bclm_cli.suggest import missing, quoted
from bclm_cli.text.normalize import american, compact, normalize


def step(execute: Execute, name: str) -> str:
    """The id of the step called so: its id, "context" (which is none), its number (1 to 5, i to v),
    or the beginning of an id that no other step has."""
    keys = [str(key) for (key,) in execute("SELECT key FROM step ORDER BY id")]
    wanted = american(name.strip().lower())
    names = {key: key.lower() for key in (*keys, CONTEXT)}
    numbers = {str(number): key for number, key in enumerate(keys, 1)}
    numerals = dict(zip(_NUMERALS, keys, strict=False))
    found = [key for key, known in names.items() if known == wanted]
    found = found or list(filter(None, [numbers.get(wanted) or numerals.get(wanted)]))
    found = found or [key for key, known in names.items() if wanted and known.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFoundError(f"{quoted(name)} may be any of {', '.join(found)}", "type more of it")
    hint = f"steps are {', '.join(keys)}, or 1 to {len(keys)}; {CONTEXT} is for background claims"
    several = "; --step takes several" if "," in name else ""
    from bclm_cli.query import suggestions

    raise suggestions.unknown("step", name, names, hint + several)


def steps(execute: Execute, names: Sequence[str]) -> list[str]:
    """The ids of the steps called so; commas may join several."""
    return [step(execute, part) for name in names for part in name.split(",")]


def reference_keys(execute: Execute, names: Sequence[str]) -> dict[str, str]:
    """The key of each paper named by key, alias or identifier, in that order.

    Raises one NotFoundError that names every unknown one with its nearest keys, or those that
    several papers share.
    """
    found: dict[str, str] = {}
    unknowns, several = [], []
    for name in dict.fromkeys(names):
        keys = _named(execute, name)
        if len(keys) == 1:
            found[name] = keys[0]
        elif keys:
            several.append(shared(name, keys))
        else:
            unknowns.append(name)
    if several:
        raise NotFoundError("\n".join(several))
    if unknowns:
        from bclm_cli.query import suggestions

        raise suggestions.no_papers(execute, unknowns)
    return found


def completions(execute: Execute, what: str, start: str, limit: int) -> list[tuple[str, str]]:
    """Names of "step", "factor" or "paper" that begin so, in their order, each with its gist; or
    values of a field of claims such as "system". A factor may begin so by a synonym if none does by
    name.
    """
    within = "SELECT factor FROM factor_name WHERE folded >= :first AND folded < :end AND"
    sql = {
        "step": "SELECT key, summary FROM step WHERE key >= :first AND key < :end"
        " ORDER BY id LIMIT :limit",
        "factor": "SELECT name, kind || coalesce(', ' || full_name, '') FROM factor WHERE id IN"
        f" ({within} (rank = 0 OR NOT EXISTS ({within} rank = 0))) ORDER BY name LIMIT :limit",
        "paper": "SELECT key, coalesce(author || ' ', '') || coalesce(year || ', ', '') || title"
        " FROM reference WHERE key >= :first AND key < :end"
        " UNION SELECT i.value, 'earlier key of ' || r.key FROM identifier i"
        " JOIN reference r ON r.id = i.reference"
        " WHERE i.kind <= :former AND i.value >= :first AND i.value < :end ORDER BY 1 LIMIT :limit",
    }.get(what)
    if sql is None:
        begun = normalize(start)
        values = (value for value in values_of(execute, what) if normalize(value).startswith(begun))
        return [(value, "") for value in islice(values, limit)]
    spellings = (
        (compact(start),) if what == "factor" else (start, start.lower(), start.capitalize())
    )
    found: dict[str, str] = {}
    for first in dict.fromkeys(spellings):
        span = {"first": first, "end": first + "\U0010ffff", "limit": limit, "former": FORMER}
        found |= dict(execute(sql, span))
    return list(found.items())[:limit]


def reference_key(execute: Execute, name: str) -> str | None:
    """The key of the paper with this key, alias or identifier, None if there is none.

    Raises NotFoundError for an identifier that several papers share.
    """
    keys = _named(execute, name)
    if len(keys) > 1:
        raise NotFoundError(shared(name, keys))
    return keys[0] if keys else None


def _named(execute: Execute, name: str) -> list[str]:
    by_key = execute("SELECT key FROM reference WHERE key = ?", (name,))
    if row := next(by_key, None):
        return [str(row[0])]
    return called(execute, name) or by_identifier(execute, name)


def cited(
    execute: Execute,
    places: Sequence[tuple[str, str]],
    *,
    lenient: bool = False,
    bibliographies: Sequence[str] = (),
) -> dict[str, str]:
    """The key of the paper behind each cited key or earlier key, in the order of citation.

    `places` are names, each with where it is cited. An unknown one, or an identifier that several
    papers share, is left out if `lenient`; else
    one NotFoundError names them all, with the files of `bibliographies` as the way out.
    """
    found = {}
    for name, _ in places:
        if key := _cited_key(execute, name):
            found[name] = key
    lost = [(name, place) for name, place in places if name not in found]
    if lost and not lenient:
        hint = _fetch_hint([name for name, _ in lost]) + _data_hint(execute, bibliographies)
        raise NotFoundError("\n".join(not_cited(execute, lost)), hint)
    return found


def _data_hint(execute: Execute, bibliographies: Sequence[str]) -> str:
    """How to get the papers of the author's own bibliography, or to do without them."""
    from shlex import quote

    held = {realpath(path) for (path,) in execute("SELECT path FROM file")}
    lacking = [name for name in bibliographies if realpath(name) not in held]
    if bibliographies and not lacking:
        return "--also FILE names another bibliography, --skip-unknown leaves them out"
    named = " ".join(f"--data {quote(name)}" for name in lacking)
    own = "the bibliography that it names" if named else "your own bibliography"
    return (
        f"{named or '--data FILE'} adds the papers of {own}, --also FILE only says that its keys"
        " exist, --skip-unknown leaves them out"
    )


def _fetch_hint(names: Sequence[str]) -> str:
    """How to get papers that are cited by an identifier which nobody at hand has."""
    from shlex import quote

    from bclm_cli.identifiers.lookup import to_fetch

    wanted = [*dict.fromkeys(quote(found) for name in names if (found := to_fetch(name)))]
    more = " …" if len(wanted) > _MOST_FETCHED else ""
    command = f"`bclm add {' '.join(wanted[:_MOST_FETCHED])}{more} --write refs.bib`"
    return f"{command} fetches what has an identifier; " if wanted else ""


def not_cited(execute: Execute, lost: Sequence[tuple[str, str]]) -> list[str]:
    """A line for each cited name that leads to no paper: where, and the keys most like it."""
    from bclm_cli.query import suggestions

    near_keys = partial(suggestions.keys, execute)
    return [
        f"{place}: "
        + (
            shared(name, keys)
            if len(keys := sharing(execute, name)) > 1
            else missing("paper", name, near_keys(name) if index < _MOST_GUESSES else ())
        )
        for index, (name, place) in enumerate(lost)
    ]


def sharing(execute: Execute, name: str) -> list[str]:
    """The keys of the papers that have the identifier which is cited as a key; see `_cited_key`."""
    from bclm_cli.identifiers.lookup import in_key

    named = in_key(name)
    return by_identifier(execute, named) if named else []


def odd_keys(execute: Execute, ids: str, values: Mapping[str, str]) -> list[str]:
    """The keys, of the papers whose ids this SQL gives, that a format may refuse: those with a sign
    that is no ASCII letter, digit or one of `_:.+/-`, and those that equal another key of the
    library but for the case."""
    sql = (
        "SELECT r.key FROM odd_key o CROSS JOIN reference r ON r.id = o.reference"
        f" WHERE r.id IN ({ids}) ORDER BY r.key"
    )
    return [str(key) for (key,) in execute(sql, values)]


_MOST_FETCHED = 5
_MOST_GUESSES = 100  # each is compared with many keys; nobody reads further


def _cited_key(execute: Execute, name: str) -> str | None:
    """A manuscript cites by key or earlier key; what else finds a paper is no key to LaTeX. In
    Manubot's Markdown the identifier is the key: `@doi:10.1000/x`, `@pmid:1`, `@url:https://…`.

    Later data wins: an earlier key of an author's own paper, before a key of the shipped data.
    """
    found = execute(
        "SELECT key FROM (SELECT key, layer, -1 AS kind FROM reference WHERE key = :name"
        " UNION ALL SELECT r.key, r.layer, i.kind FROM identifier i JOIN reference r"
        f" ON r.id = i.reference WHERE i.value = :name AND i.kind <= {FORMER})"
        " ORDER BY layer DESC, kind LIMIT 1",
        {"name": name},
    )
    if row := next(found, None):
        return str(row[0])
    keys = sharing(execute, name)
    return keys[0] if len(keys) == 1 else None


def with_initials(name: str) -> str:
    """PubMed's "Siegel PM" with its initials apart; a family name so short is written Xu."""
    before, _, last = name.strip().rpartition(" ")
    return f"{before} {' '.join(last)}" if before and _INITIALS.fullmatch(last) else name


_INITIALS = re.compile(r"[A-Z]{2,3}")
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
