"""Claims as lines: which side they take, what they were seen in, and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bclm_cli.evidence import REVIEW, count_direct, finding, side, weigh
from bclm_cli.model.records import CONTEXT, SIDES, Claim, Reference, Step
from bclm_cli.text.counted import counted
from bclm_cli.views import Line, Node, Section, Sides, Span

Papers = Callable[[str], Reference]
"""The paper of a key."""

NO_SIDE = "◦"
SIGNS = {
    "promotes": "+",
    "required": "+",
    "suppresses": "−",
    "marks": "•",
    "context-dependent": "±",
    "no effect": "=",
    "describes": NO_SIDE,
}
"""One sign for each effect, so that nothing hangs on color alone."""

WEAK = {"title": "read in the title only", "second-hand": "second-hand: as another paper tells it"}
"""What is said of a claim whose basis is weaker than an abstract."""

_TISSUES = {
    "breast", "cervical", "colorectal", "gastric", "head and neck", "liver", "lung", "other",
    "ovarian", "pancreatic", "prostate",
}  # fmt: skip
_BREAST, _LIVER = "breast", "liver"  # what the model is about


DIRECT, NOT_DIRECT = "●", "○"
"""The signs of a claim that is direct, and of any other."""


def sign(effect: str, level: str = "") -> Span:
    """The sign of an effect, in the color of its side; a review takes none, whatever it says."""
    if level == REVIEW:
        return Span(NO_SIDE, "neutral")
    return Span(SIGNS[effect], SIDES.get(effect, "neutral"))


def effect(name: str) -> Span:
    """The word of an effect, in the color of its side."""
    return Span(name, SIDES.get(name, "neutral"))


def weight(directness: str, level: str) -> Span:
    """How direct a claim is and at which level it was shown: "● direct, human"."""
    sign = DIRECT if directness == "direct" else NOT_DIRECT
    text = ", ".join(filter(None, (f"{sign} {directness}", level)))
    return Span(text, "strong" if directness == "direct" else "evidence")


def evidence(
    directness: str,
    level: str,
    system: Sequence[str],
    site: str,
    cancer: Sequence[str],
    basis: str,
) -> Line:
    """What a claim weighs and was seen in; breast and liver stand out, a weak basis is said."""
    groups = [
        [weight(directness, level)],
        [Span(name, "evidence") for name in system if name != level],
        [Span(site, _weight(site, _LIVER))] if site != "any" else [],
        [Span(_cancer(name), _weight(name, _BREAST)) for name in cancer],
        [Span(WEAK[basis], "weak")] if basis in WEAK else [],
    ]
    spans: list[Span] = []
    for group in filter(None, groups):
        if spans:
            spans.append(Span(" · ", "evidence"))
        for index, span in enumerate(group):
            spans += [Span(", ", "evidence"), span] if index else [span]
    return tuple(spans)


def node(claim: Claim, papers: Papers | None, *, factor: bool = False) -> Node:
    """A claim with what it was seen in, and the paper behind it (None leaves that out)."""
    about = [
        evidence(
            claim.directness, claim.level, claim.system, claim.site, claim.cancer, claim.basis
        ),
        details(claim),
    ]
    if papers:
        paper = papers(claim.reference)
        notice = str(paper.custom.get("notice") or "")
        about.append((Span(claim.reference, "key"), Span(_where(paper), "dim"),
                      Span(notice and f"  {notice}", "error")))  # fmt: skip
    name = (Span(f"{claim.factor} ", "factor"),) if factor else ()
    head = (*name, effect(claim.effect), Span(f"  {claim.statement}"))
    return Node(
        head, tuple(Node(line) for line in about if line), sign(claim.effect, claim.level), claim
    )


def details(claim: Claim) -> Line:
    """What else is known of a claim: "by antibody (anti-CCL2) · in 4T1 · triple-negative"."""
    found = (
        f"found {claim.observed}" if claim.observed else "",
        f"outcome {claim.outcome}" if claim.outcome else "",
        perturbed(claim),
        f"in {', '.join(claim.model)}" if claim.model else "",
        ", ".join(claim.subtype),
    )
    text = " · ".join(filter(None, found))
    return (Span(text, "evidence"),) if text else ()


def perturbed(claim: Claim) -> str:
    """What was done to the factor, and with what: "by antibody (anti-CCL2 antibody)"."""
    agents = ", ".join(claim.agent)
    if not claim.perturbation:
        return f"with {agents}" if agents else ""
    done = f"by {', '.join(claim.perturbation)}"
    return f"{done} ({agents})" if agents else done


def grouped(claims: Iterable[Claim], key: Callable[[Claim], str]) -> dict[str, list[Claim]]:
    """The claims by what `key` takes from each; groups and claims keep their order."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(key(claim), []).append(claim)
    return found


def by_factor(claims: Iterable[Claim]) -> list[tuple[str, list[Claim]]]:
    """The claims of one step by factor: first the one with the most direct claims, then with the
    most papers, then by name."""
    return sorted(
        grouped(claims, lambda claim: claim.factor).items(), key=lambda item: _rank(*item)
    )


def _rank(factor: str, claims: Sequence[Claim]) -> tuple[int, int, str]:
    return -count_direct(claims), -len({claim.reference for claim in claims}), factor.casefold()


def against_each_other(
    claims: Sequence[Claim], papers: Papers, *, factor: bool = False
) -> tuple[Node | Sides, ...]:
    """Claims for beside claims against, where there are both; where papers disagree only on whether
    there is an effect, claims of one beside claims of none. The rest stands below."""
    left, right, none, rest = (
        tuple(node(claim, papers, factor=factor) for claim in claims if finding(claim) == one)
        for one in ("promotes", "suppresses", "no effect", "")
    )
    if left and right:
        return (Sides(left, right), *none, *rest)
    if none and weigh(claims).verdict == "conflicting":
        return (Sides(left + right, none), *rest)
    return (*left, *right, *none, *rest)


def section(heading: Sequence[Span], claims: Sequence[Claim], *body: Node | Sides) -> Section:
    """Claims under a heading that says how they are divided."""
    about = f"  {balance(claims)} · {direct(claims)}"
    return Section((*heading, Span(about, "dim")), body)


def direct(claims: Sequence[Claim]) -> str:
    """How many claims are direct: "3 direct of 11"."""
    return f"{count_direct(claims)} direct of {len(claims)}"


def verdict(claims: Sequence[Claim]) -> Line:
    """What the claims about one factor in one step come to, in words, with the numbers."""
    found = weigh(claims)
    sides = [
        _papers(papers, *words)
        for papers, *words in (
            (found.promoting, "promotes", "promote"),
            (found.suppressing, "suppresses", "suppress"),
            (found.without_effect, "finds no effect", "find no effect"),
        )
        if papers
    ]
    if found.verdict == "undecided":
        sides.append("no claim takes a side")
    elif others := sum(not finding(claim) for claim in claims):
        sides.append(f"{counted(others, 'claim')} {'takes' if others == 1 else 'take'} no side")
    return (
        Span(f"{found.verdict}:", ROLES.get(found.verdict, "")),
        Span(f" {', '.join(sides)}; {found.direct} direct of {len(claims)}"),
    )


ROLES = {"conflicting": "conflict", "supported": "strong"}
"""What a reader's eye should find of the verdicts."""


def balance(claims: Sequence[Claim]) -> str:
    """How many claims are for and against: "3 promote, 1 suppresses, 2 other"."""
    return ", ".join(text for text, _ in by_side(claims))


def by_side(claims: Sequence[Claim]) -> list[tuple[str, str]]:
    """The claims on each side, counted in words, with the role of the side; no empty one."""
    sides = [side(claim) for claim in claims]
    parts = (
        (sides.count("promotes"), "promotes", "promote"),
        (sides.count("suppresses"), "suppresses", "suppress"),
        (sides.count(""), "other", "other"),
    )
    return [(f"{n} {one if n == 1 else many}", one) for n, one, many in parts if n]


def numbers(claims: Sequence[Claim], *, factors: bool = True) -> str:
    """How much there is: "3 factors, 2 direct of 5 claims, 4 papers"."""
    counts = [
        *([counted(len({claim.factor for claim in claims}), "factor")] if factors else []),
        f"{direct(claims)} claim{'s' if len(claims) != 1 else ''}",
        counted(len({claim.reference for claim in claims}), "paper"),
    ]
    return ", ".join(counts)


def _papers(papers: Sequence[str], one: str, many: str) -> str:
    return f"{counted(len(papers), 'paper')} {one if len(papers) == 1 else many}"


def step_names(steps: Iterable[Step]) -> dict[str, str]:
    """What a heading calls each step, and what belongs to none."""
    return {step.id: f"{step.number} {step.name}" for step in steps} | {
        CONTEXT: f"Background ({CONTEXT})"
    }


def _where(paper: Reference) -> str:
    journal = paper.get("container-title-short") or paper.get("container-title")
    where = f"{journal} {paper.year or ''}".strip()
    return f"  {where}" if where else ""


def _cancer(name: str) -> str:
    if name == "several":
        return "several cancers"
    return f"{name} cancer" if name in _TISSUES else name


def _weight(name: str, wanted: str) -> str:
    return "strong" if name == wanted else "evidence"
