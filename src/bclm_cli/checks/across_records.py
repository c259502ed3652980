"""Rules that need all records: what is there twice, points nowhere, or is nearly the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from bclm_cli.checks import relations
from bclm_cli.checks.corpus import Corpus, Placed, Problems
from bclm_cli.checks.findings import ERROR, NOTE, WARNING, Problem, Rule
from bclm_cli.library import duplicates
from bclm_cli.library.catalog import Catalog
from bclm_cli.library.duplicates import Fingerprint
from bclm_cli.model.records import SITES, SUBTYPES, SYSTEMS, Claim, Reference
from bclm_cli.suggest import did_you_mean, near
from bclm_cli.text.normalize import compact, words

MOST_GUESSES = 50
"""At most this many unknown names are compared with all known ones; a file of nothing else has to
end."""


def same_key(corpus: Corpus) -> Problems:
    """A key names one record of a folder."""
    for records, name, what in (
        (corpus.references, "id", "key"),
        (corpus.factors, "name", "factor"),
        (corpus.steps, "id", "step"),
    ):
        first: dict[tuple[int, str], Placed[Any]] = {}
        for placed in records:
            key = getattr(placed.record, name)
            other = first.setdefault((placed.layer, key), placed)
            if other is not placed:
                yield placed, Problem((name,), f"the {what} stands twice", _see(other, placed))


def case_of_key(corpus: Corpus) -> Problems:
    """Keys differ by more than capitals, which BibTeX does not tell apart."""
    first: dict[str, Placed[Reference]] = {}
    for placed in corpus.references:
        other = first.setdefault(placed.record.id.lower(), placed)
        if other.record.id != placed.record.id and not _replaces(placed, other):
            what = f"to BibTeX this key is the same as {other.record.id}"
            yield placed, Problem(("id",), what, _see(other, placed))


def _replaces(one: Placed[Reference], other: Placed[Reference]) -> bool:
    """Whether a record is laid over another layer's record of the same work, under its own key."""
    return one.layer != other.layer and duplicates.is_same_work(
        duplicates.fingerprint(one.record), duplicates.fingerprint(other.record)
    )


def same_paper(corpus: Corpus) -> Problems:
    """A work has one record in a folder; another folder changes it, under whichever key."""
    for placed, work, earlier in _with_earlier(corpus):
        match = earlier.duplicate(work)
        if match and match.key != work.key:
            hint = f"keep one, and the other key under custom.aliases ({match.by})"
            yield placed, Problem((), f"this is the same paper as {match.key}", hint)


def identifier_clash(corpus: Corpus) -> Problems:
    """An identifier belongs to one work."""
    for placed, work, earlier in _with_earlier(corpus):
        for clash in earlier.clashes(work) if earlier.duplicate(work) is None else ():
            what = f"has the {clash.by} of {clash.key}, which is another work"
            yield placed, Problem((), what, "one of the two is wrong")


def preprint(corpus: Corpus) -> Problems:
    """A preprint and its article are two works; a manuscript seldom means both."""
    for placed, work, earlier in _with_earlier(corpus):
        if (version := earlier.version(work)) and version != work.key:
            of = "preprint of" if work.is_preprint else "article of the preprint"
            yield placed, Problem((), f"seems to be the {of} {version}")


def _with_earlier(
    corpus: Corpus,
) -> Iterator[tuple[Placed[Reference], Fingerprint, Catalog]]:
    """Each paper with what distinguishes it, and those that stand before it in its folder."""
    catalogs: defaultdict[int, Catalog] = defaultdict(Catalog)
    for placed in corpus.references:
        work = duplicates.fingerprint(placed.record)
        yield placed, work, catalogs[placed.layer]
        catalogs[placed.layer].add(work)


def aliases(corpus: Corpus) -> Problems:
    """An earlier key leads to one paper of a folder; across folders the later one counts."""
    keys = {(placed.layer, placed.record.id): placed.record.id for placed in corpus.references}
    for placed in corpus.references:
        for index, alias in enumerate(placed.record.aliases):
            owner = keys.setdefault((placed.layer, alias), placed.record.id)
            if owner != placed.record.id:
                what = f"the alias {alias!r} leads to {owner}, too"
                yield placed, Problem(("custom", "aliases", index), what, "keep one of the two")


def unknown_paper(corpus: Corpus) -> Problems:
    """A claim rests on a paper that is there."""
    keys = corpus.paper_keys
    hints: dict[str, str] = {}
    for placed in corpus.claims:
        key = placed.record.reference
        if key not in keys:
            if key not in hints:
                alike = (one for one in keys if one[:1] == key[:1])
                hints[key] = did_you_mean(near(key, alike if len(hints) < MOST_GUESSES else ()))
            hint = hints[key] or "add it to references.yaml"
            yield placed, Problem(("reference",), f"no paper {key!r}", hint)


def unknown_factor(corpus: Corpus) -> Problems:
    """A claim is about a factor that is listed, so that one thing has one name."""
    known = {placed.record.name for placed in corpus.factors}
    spellings = {
        compact(name): placed.record.name
        for placed in corpus.factors
        for name in (*placed.record.synonyms, placed.record.name)
    }
    reported: set[tuple[int, str, str]] = set()
    for placed in corpus.claims:
        claim = placed.record
        if claim.factor in known or (placed.layer, claim.step, claim.factor) in reported:
            continue
        reported.add((placed.layer, claim.step, claim.factor))
        guesses = [name] if (name := spellings.get(compact(claim.factor))) else []
        if not guesses and len(reported) < MOST_GUESSES:
            guesses = near(claim.factor, known)
        hint = did_you_mean(guesses) or "add it to factors"
        yield placed, Problem((), f"no factor {claim.factor!r}", hint)


def near_factor(corpus: Corpus) -> Problems:
    """Two factors are two things: their names differ by more than case, hyphens or a plural."""
    names: dict[str, str] = {}
    for placed in corpus.factors:
        name = placed.record.name
        other = names.setdefault("".join(words(name)), name)
        if other != name:
            what = f"hardly differs from the factor {other!r}"
            yield placed, Problem(("name",), what, "make one a synonym of the other")


def same_identifier(corpus: Corpus) -> Problems:
    """An identifier belongs to one factor."""
    owners: dict[str, str] = {}
    for placed in corpus.factors:
        factor = placed.record
        owner = owners.setdefault(factor.identifier, factor.name) if factor.identifier else ""
        if owner not in ("", factor.name):
            what = f"{factor.identifier} is the identifier of {owner}, too"
            yield placed, Problem(("identifier",), what)


def same_statement(corpus: Corpus) -> Problems:
    """No claim says word for word what another does."""
    said: dict[str, Placed[Claim]] = {}
    for placed in corpus.claims:
        other = said.setdefault(compact(placed.record.statement), placed)
        if other is not placed and other.layer == placed.layer:
            what = "another claim says just the same"
            yield placed, Problem(("statement",), what, _see(other, placed))


def near_value(corpus: Corpus) -> Problems:
    """Values that one selects by have one spelling: `mouse model`, not `mouse-model` as well."""
    known: dict[str, set[str]] = {
        "system": set(SYSTEMS), "site": set(SITES), "cancer": set(), "subtype": set(SUBTYPES),
    }  # fmt: skip
    counts: defaultdict[tuple[str, str], int] = defaultdict(int)
    for placed in corpus.claims:
        for field, value, _ in _values(placed.record):
            counts[field, value] += 1
    for (field, value), count in counts.items():
        if count > 2:
            known[field].add(value)
    for placed in corpus.claims:
        for field, value, index in _values(placed.record):
            if value in known[field]:
                continue
            if guesses := [one for one in near(value, known[field]) if _alike(value, one)]:
                at = (field,) if index is None else (field, index)
                hint = did_you_mean([repr(guesses[0])])
                yield placed, Problem(at, f"{value!r} is nearly another value", hint)


def empty_step(corpus: Corpus) -> Problems:
    """A step is there for its claims."""
    used = {placed.record.step for placed in corpus.claims}
    for placed in corpus.steps:
        if placed.record.id not in used:
            yield placed, Problem((), "a step without claims")


def unused_factor(corpus: Corpus) -> Problems:
    """A factor is there for its claims, or for what belongs to it."""
    used = {placed.record.factor for placed in corpus.claims}
    used |= {name for placed in corpus.factors for name in placed.record.broader}
    for placed in corpus.factors:
        if placed.record.name not in used:
            yield placed, Problem(("name",), "no claim is about this factor")


def unused_paper(corpus: Corpus) -> Problems:
    """In a model that names its source, each paper is there for a claim."""
    used = {placed.record.reference for placed in corpus.claims}
    used |= {placed.record.origin for placed in corpus.models}
    layers = {placed.layer for placed in corpus.models if placed.record.origin}
    for placed in corpus.references:
        paper = placed.record
        if placed.layer in layers and not used & {paper.id, *paper.aliases}:
            hint = "add a claim, or take the paper out"
            yield placed, Problem(("id",), "no claim rests on this paper", hint)


RULES: tuple[Rule[Corpus, tuple[Placed[Any], Problem]], ...] = (
    Rule("same-key", ERROR, same_key),
    Rule("case-of-key", WARNING, case_of_key),
    Rule("same-paper", ERROR, same_paper),
    Rule("identifier-clash", ERROR, identifier_clash),
    Rule("preprint", NOTE, preprint),
    Rule("same-alias", ERROR, aliases),
    Rule("unknown-paper", ERROR, unknown_paper),
    Rule("unknown-factor", ERROR, unknown_factor),
    Rule("unused-paper", ERROR, unused_paper),
    Rule("near-factor", WARNING, near_factor),
    Rule("same-identifier", WARNING, same_identifier),
    Rule("same-statement", WARNING, same_statement),
    Rule("near-value", WARNING, near_value),
    Rule("empty-step", WARNING, empty_step),
    Rule("unused-factor", NOTE, unused_factor),
    *relations.RULES,
)


def _values(claim: Claim) -> Iterator[tuple[str, str, int | None]]:
    yield "site", claim.site, None
    for field in ("system", "cancer", "subtype"):
        for index, value in enumerate(getattr(claim, field)):
            yield field, value, index


def _alike(one: str, other: str) -> bool:
    from difflib import SequenceMatcher

    return compact(one) == compact(other) or SequenceMatcher(None, one, other).ratio() > 0.85


def _see(other: Placed[Any], here: Placed[Any]) -> str:
    is_beside = other.file.parent == here.file.parent
    return f"see {other.file.name if is_beside else other.file}:{other.place[0]}"
