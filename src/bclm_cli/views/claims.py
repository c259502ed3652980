"""Claims as lines: which side they take, what they were seen in, and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bclm_cli.model.records import CONTEXT, SIDES, Claim, Reference, Step
from bclm_cli.views import Line, Node, Section, Sides, Span

Papers = Callable[[str], Reference]
"""The paper of a key."""

SIGNS = {
    "promotes": "+",
    "required": "+",
    "suppresses": "−",
    "marks": "•",
    "context-dependent": "±",
    "no effect": "=",
}
"""One sign for each effect, so that nothing hangs on color alone."""

WEAK = {"title": "read in the title only", "second-hand": "second-hand: as another paper tells it"}
"""What is said of a claim whose basis is weaker than an abstract."""

_TISSUES = {
    "breast", "cervical", "colorectal", "gastric", "head and neck", "liver", "lung", "other",
    "ovarian", "pancreatic", "prostate",
}  # fmt: skip
_BREAST, _LIVER = "breast", "liver"  # what the model is about


def side(claim: Claim) -> str:
    """promotes, suppresses, or "" for a claim on neither side."""
    return SIDES.get(claim.effect, "")


def sign(effect: str) -> Span:
    """The sign of an effect, in the color of its side."""
    return Span(SIGNS[effect], SIDES.get(effect, "neutral"))


def effect(name: str) -> Span:
    """The word of an effect, in the color of its side."""
    return Span(name, SIDES.get(name, "neutral"))


def evidence(system: Sequence[str], site: str, cancer: Sequence[str], basis: str) -> Line:
    """What a claim was seen in; breast and liver stand out, a weak basis is said."""
    groups = [
        [Span(name, "evidence") for name in system],
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
    about = [evidence(claim.system, claim.site, claim.cancer, claim.basis)]
    if papers:
        about.append((Span(claim.reference, "key"), Span(_where(papers(claim.reference)), "dim")))
    name = (Span(f"{claim.factor} ", "factor"),) if factor else ()
    head = (*name, effect(claim.effect), Span(f"  {claim.statement}"))
    return Node(head, tuple(Node(line) for line in about if line), sign(claim.effect))


def against_each_other(claims: Sequence[Claim], papers: Papers) -> tuple[Node | Sides, ...]:
    """Claims for beside claims against, where there are both; those on neither side below."""
    left, right, neither = (
        tuple(node(claim, papers) for claim in claims if side(claim) == one)
        for one in ("promotes", "suppresses", "")
    )
    return (*((Sides(left, right),) if left and right else left + right), *neither)


def section(heading: Sequence[Span], claims: Sequence[Claim], *body: Node | Sides) -> Section:
    """Claims under a heading that says how they are divided."""
    return Section((*heading, Span(f"  {balance(claims)}", "dim")), body)


def balance(claims: Sequence[Claim]) -> str:
    """How many claims are for and against: "3 promote, 1 suppresses, 2 other"."""
    sides = [side(claim) for claim in claims]
    parts = (
        (sides.count("promotes"), "promotes", "promote"),
        (sides.count("suppresses"), "suppresses", "suppress"),
        (sides.count(""), "other", "other"),
    )
    return ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in parts if n)


def numbers(claims: Sequence[Claim], *, factors: bool = True) -> str:
    """How much there is: "3 factors, 5 claims, 4 papers"."""
    counts = (
        *([(len({claim.factor for claim in claims}), "factor")] if factors else []),
        (len(claims), "claim"),
        (len({claim.reference for claim in claims}), "paper"),
    )
    return ", ".join(f"{n} {word}{'s' if n != 1 else ''}" for n, word in counts)


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
