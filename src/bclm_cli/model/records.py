"""The frozen records that everything else speaks of: steps, factors, claims and references.

Names of bibliographic things are those of CSL 1.0.2 (Citation Style Language, "Appendix IV:
Variables" of the specification and its `csl-data` schema). NamedTuples, because defining a frozen
dataclass costs a millisecond at every start and a NamedTuple a third of it; and no annotations from
`__future__`, because a NamedTuple compiles each of those once more.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bclm_cli.model.dates import Date
from bclm_cli.model.variables import DATES, NAMES

Cell = str | int | None | tuple[str, ...]
Row = tuple[Cell, ...]
"""A row of a list: text, numbers, lists of text, or None for what is absent."""

FACTOR_KINDS = (
    "gene", "complex", "cell", "process", "structure", "condition", "drug", "family", "concept",
)  # fmt: skip
FAMILY = "family"
"""The kind of a factor that stands for its members and need not have claims of its own."""
EFFECTS = (
    "promotes", "suppresses", "required", "marks", "context-dependent", "no effect", "describes",
)  # fmt: skip
SIDES = {"promotes": "promotes", "required": "promotes", "suppresses": "suppresses"}
"""The side that an effect takes; what is missing here takes none."""
BASES = ("abstract", "title", "second-hand")
REFERENCE_KINDS = ("research", "review", "clinical")
OBSERVED = ("high", "low", "present", "absent", "altered")
OUTCOMES = ("worse", "better", "unchanged")
PERTURBATIONS = (
    "knockout", "knockdown", "overexpression", "antibody", "inhibitor", "blockade", "agonist",
    "depletion", "drug", "diet-or-condition", "surgery",
)  # fmt: skip

# Values that the shipped data uses; a lab's own data may use others.
SYSTEMS = (
    "mouse model", "rat model", "zebrafish", "chick embryo", "xenograft", "in vitro", "ex vivo",
    "human tissue", "human cohort", "computational", "review",
)  # fmt: skip
SITES = ("liver", "lung", "bone", "brain", "blood", "primary tumor", "any")
SUBTYPES = (
    "triple-negative", "HER2-positive", "hormone receptor-positive", "basal-like", "luminal",
    "inflammatory", "lobular",
)  # fmt: skip

CONTEXT = "context"
"""What stands in the place of a step in a background claim, which belongs to none."""


class Name(NamedTuple):
    """One person or body (CSL name variable). A body has `literal` and nothing else."""

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""
    comma_suffix: str = ""
    static_ordering: str = ""
    parse_names: str = ""

    def to_csl(self) -> dict[str, str]:
        """The parts that are there, under their CSL names."""
        if self.family and self.given and not any(self[2:]):  # nearly all, in a third of the time
            return {"family": self.family, "given": self.given}
        return {part: value for part, value in zip(NAME_PARTS, self, strict=True) if value}

    @property
    def sort_family(self) -> str:
        """The name a list shows: the family name with its non-dropping particle, or the body."""
        return " ".join(filter(None, (self.non_dropping_particle, self.family))) or (
            self.literal or self.given
        )


NAME_PARTS = {field.replace("_", "-"): field for field in Name._fields}
"""CSL's parts of a name, and the fields in which a Name has them."""


class Reference(NamedTuple):
    """One cited work, whole: every CSL variable that its source gives, and our own fields.

    `text` holds the variables of TEXT_VARIABLES, `names` those of NAME_VARIABLES, `dates` those of
    DATE_VARIABLES, each under its CSL name and only where it is known. Titles carry CSL's marks
    `<i> <b> <sup> <sub>` and `<span class="nocase">`. `custom` holds whatever CSL has no name for.
    """

    id: str
    type: str
    text: Mapping[str, str]
    names: Mapping[str, tuple[Name, ...]]
    dates: Mapping[str, Date]
    custom: Mapping[str, Any]
    source: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        """Every CSL variable that is known of it."""
        return (*self.names, *self.text, *self.dates)

    def get(self, variable: str) -> str:
        """The text of a CSL variable such as "container-title"; "" where it is not known."""
        return self.text.get(variable, "")

    @property
    def title(self) -> str:
        """The title with CSL's marks, in sentence case."""
        return self.text.get("title", "")

    @property
    def author(self) -> tuple[Name, ...]:
        """The authors as listed; see `incomplete_authors`."""
        return self.names.get("author", ())

    @property
    def short_author(self) -> str:
        """Who wrote it, as a text says it: "Roe and Poe", "Roe et al."; "" if nobody is named."""
        families = [name.sort_family for name in self.author]
        if families and (len(families) > 2 or self.incomplete_authors):
            return f"{families[0]} et al."
        return " and ".join(families)

    @property
    def issued(self) -> Date:
        """When it came out; an empty Date where nobody knows."""
        return self.dates.get("issued", Date())

    @property
    def year(self) -> int | None:
        """The year of `issued`."""
        return self.issued.year

    @property
    def kind(self) -> str:
        """One of REFERENCE_KINDS, or "" in a library that does not say."""
        return str(self.custom.get("kind") or "")

    @property
    def incomplete_authors(self) -> bool:
        """Whether more authors exist than `author` lists: styles then print "et al."."""
        return str(self.custom.get("incomplete-authors") or "").lower() == "true"

    @property
    def unprotected_title(self) -> bool:
        """Whether its source leaves the capitals of a title in Title Case to the style."""
        return str(self.custom.get("unprotected-title") or "").lower() == "true"

    @property
    def aliases(self) -> tuple[str, ...]:
        """Earlier keys of the same paper; a manuscript that cites one still works."""
        return tuple(self.custom.get("aliases") or ())

    def to_csl(self) -> dict[str, Any]:
        """The record as a CSL-JSON item: dates in object form, `custom` kept."""
        csl: dict[str, Any] = {"id": self.id, "type": self.type}
        for variable, names in self.names.items():
            csl[variable] = [name.to_csl() for name in names]
        csl.update(self.text)
        for variable, date in self.dates.items():
            csl[variable] = date.to_csl()
        if self.custom:
            csl["custom"] = self.custom
        return csl

    @classmethod
    def from_csl(cls, csl: Mapping[str, Any], source: str = "") -> "Reference":
        """Take a CSL-JSON item that is already known to be well-formed (see load)."""
        text: dict[str, str] = {}
        names: dict[str, tuple[Name, ...]] = {}
        dates: dict[str, Date] = {}
        for variable, value in csl.items():
            if variable in NAMES:
                names[variable] = tuple([name_from_csl(name) for name in value])
            elif variable in DATES:
                dates[variable] = Date.from_csl(value)
            elif variable not in ("id", "type", "custom"):
                text[variable] = value
        return cls(csl["id"], csl["type"], text, names, dates, csl.get("custom") or {}, source)


class Step(NamedTuple):
    """One of the steps by which the cancer reaches the liver; `number` counts from 1.

    `place` is the site at which it happens, one of the values of a claim's `site`; "" where the
    data does not say.
    """

    number: int
    id: str
    name: str
    summary: str
    from_: str
    to: str
    place: str = ""
    source: str = ""


class Binding(NamedTuple):
    """Something that a factor binds, by its name, and the paper that says so, by its key."""

    partner: str
    reference: str


class Factor(NamedTuple):
    """A molecule, cell, process, structure, condition or drug that acts in a step, or a family of
    such, or a concept, which does not act.

    `name` of a gene is its HGNC symbol. `identifier` is a CURIE of HGNC, the Cell Ontology (CL) or
    the Gene Ontology (GO), "" where none fits. `broader` are the families that it belongs to, the
    wholes that it is a part of, and the cells that it is a kind of.
    """

    name: str
    kind: str
    identifier: str = ""
    full_name: str = ""
    synonyms: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    binds: tuple[Binding, ...] = ()
    source: str = ""

    @classmethod
    def from_fields(cls, fields: Sequence[Any], source: str) -> "Factor":
        """A factor from its fields in their order, lists for tuples, as JSON has them."""
        name, kind, identifier, full_name, synonyms, broader, binds, _ = fields
        pairs = tuple(Binding(*pair) for pair in binds)
        return cls(
            name, kind, identifier, full_name, tuple(synonyms), tuple(broader), pairs, source
        )


class Claim(NamedTuple):
    """One finding: in `step`, `factor` has `effect` according to the paper `reference`.

    `basis` says what was read of the paper: its abstract, only its title, or only what another
    paper says of it; the latter two are weaker and shown wherever the claim is. What `observed` and
    `outcome` say belongs to an association, `perturbation` and `agent` to an experiment.
    `directness` and `level` are derived (see evidence.py) and known of claims from the store alone.
    """

    step: str
    factor: str
    effect: str
    statement: str
    reference: str
    system: tuple[str, ...] = ()
    site: str = "any"
    cancer: tuple[str, ...] = ()
    basis: str = "abstract"
    observed: str = ""
    outcome: str = ""
    perturbation: tuple[str, ...] = ()
    agent: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    subtype: tuple[str, ...] = ()
    source: str = ""
    directness: str = ""
    level: str = ""


def name_from_csl(csl: Mapping[str, str]) -> Name:
    """A CSL name object as a record."""
    if len(csl) == 2 and "family" in csl and "given" in csl:  # nearly all, in half the time
        return Name(csl["family"], csl["given"])
    return Name(**{NAME_PARTS[part]: value for part, value in csl.items()})
