"""Rules for one claim, factor or step."""

from __future__ import annotations

from collections.abc import Iterator

from bclm_cli.checks.findings import NOTE, WARNING, Problem, Rule
from bclm_cli.checks.prose import foreign_markup, loose_spaces
from bclm_cli.identifiers import CURIES
from bclm_cli.model.records import Claim, Factor, Step

LONGEST = 180
"""Characters of a statement: what two lines of a terminal show, and what is one thought."""


def length(claim: Claim) -> Iterator[Problem]:
    """A statement is one sentence for one thought."""
    excess = len(claim.statement) - LONGEST
    if excess > 0:
        what = f"the statement is {excess} characters longer than {LONGEST}"
        yield Problem(("statement",), what, "say it shorter, or make two claims")


def sentence(claim: Claim) -> Iterator[Problem]:
    """A statement is a sentence, printed as it is."""
    if claim.statement[-1] not in ".!?)”\"'":
        yield Problem(
            ("statement",), "the statement does not end like a sentence", "add a full stop"
        )
    if loose_spaces(claim.statement):
        what = "spaces at an end of the statement, or several together"
        yield Problem(("statement",), what, "keep one")
    for what in foreign_markup(claim.statement):
        yield Problem(("statement",), what)


def evidence(claim: Claim) -> Iterator[Problem]:
    """A claim says what it was seen in."""
    if not claim.system:
        yield Problem((), "the claim does not say in what system it was seen")


def identifier(factor: Factor) -> Iterator[Problem]:
    """An identifier is one of HGNC, the Cell Ontology or the Gene Ontology."""
    if factor.identifier and not any(form.fullmatch(factor.identifier) for form in CURIES.values()):
        what = f"{factor.identifier!r} is no identifier"
        shapes = "HGNC:1234, CL:0000094 or GO:0001525"
        yield Problem(("identifier",), what, f"an identifier is like {shapes}")


def gene(factor: Factor) -> Iterator[Problem]:
    """A gene is named by HGNC."""
    if factor.kind == "gene" and not factor.identifier.startswith("HGNC:"):
        yield Problem((), "a gene without its HGNC identifier")


def words(step: Step) -> Iterator[Problem]:
    """What is said of a step is printed as it is."""
    for field in ("name", "summary"):
        if loose_spaces(getattr(step, field)):
            yield Problem((field,), "spaces at an end, or several together", "keep one")


CLAIM_RULES: tuple[Rule[Claim, Problem], ...] = (
    Rule("statement-length", WARNING, length),
    Rule("statement", WARNING, sentence),
    Rule("claim-system", NOTE, evidence),
)
FACTOR_RULES: tuple[Rule[Factor, Problem], ...] = (
    Rule("identifier", WARNING, identifier),
    Rule("gene", NOTE, gene),
)
STEP_RULES: tuple[Rule[Step, Problem], ...] = (Rule("step-words", WARNING, words),)
