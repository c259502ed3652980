"""The cascade as a neutral network: stations in order, what acts in each, how strongly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bclm_cli import evidence
from bclm_cli.model.records import CONTEXT, Claim, Factor, Reference, Step

CONFLICTING = "conflicting"
_SIDES = {"promotes": "promoting", "suppresses": "suppressing", "": "other"}


class Action(NamedTuple):
    """What one factor does in one step, by all claims of the selection together."""

    factor: Factor
    claims: tuple[Claim, ...]

    @property
    def papers(self) -> tuple[str, ...]:
        """The keys behind the claims, each once, in the claims' order."""
        return tuple(dict.fromkeys(claim.reference for claim in self.claims))

    @property
    def effects(self) -> dict[str, int]:
        """How many claims there are of each effect that occurs."""
        return dict(Counter(claim.effect for claim in self.claims))

    @property
    def tally(self) -> Tally:
        """The claims counted by class."""
        return tally(self.claims)

    @property
    def weight(self) -> evidence.Weight:
        """What the claims come to."""
        return evidence.weigh(self.claims)

    @property
    def direct(self) -> int:
        """How many claims are direct."""
        return evidence.count_direct(self.claims)

    @property
    def net(self) -> str:
        """Promoting, suppressing, conflicting (see evidence.py), or "other" where no claim takes a
        side."""
        if self.weight.verdict == CONFLICTING:
            return CONFLICTING
        counted = self.tally
        if counted.promoting:
            return "promoting"
        return "suppressing" if counted.suppressing else "other"


class Tally(NamedTuple):
    """Numbers of claims by the side that they take; `other` takes none, as reviews do."""

    promoting: int
    suppressing: int
    other: int


class Station(NamedTuple):
    """One step with what acts in it, best supported first: most direct claims, then most papers,
    then by name.

    `factors`, `claims`, `papers` and `direct` count the whole selection, whatever `strongest` left
    out.
    """

    step: Step
    actions: tuple[Action, ...]
    factors: int
    claims: int
    papers: int
    tally: Tally
    direct: int

    @property
    def hidden(self) -> int:
        """How many factors of the selection are not among `actions`."""
        return self.factors - len(self.actions)


class Subject(NamedTuple):
    """A factor that a figure is about, with the names that count as it: a family's members too."""

    factor: Factor
    names: frozenset[str]


class Network(NamedTuple):
    """A selection of the model, ready to be drawn in any format.

    `title` and `source` are the model's, `papers` the number of different ones behind all claims.
    With `whole_step` the one station is shown with its claims and `references`, its papers by key;
    with `subjects` a figure sets those factors side by side, with `timeline` papers by year.
    `families` may hold factors of the selection: networks show those that do.
    """

    title: str
    stations: tuple[Station, ...]
    papers: int
    references: Mapping[str, Reference]
    source: Reference | None = None
    whole_step: bool = False
    subjects: tuple[Subject, ...] = ()
    timeline: bool = False
    families: tuple[Factor, ...] = ()

    @property
    def claims(self) -> int:
        """The number of claims in all stations."""
        return sum(station.claims for station in self.stations)

    def strongest(self, limit: int | None) -> Network:
        """The same network with at most `limit` factors in each station; None keeps all."""
        if limit is None:
            return self
        cut = (s._replace(actions=s.actions[:limit]) for s in self.stations)
        return self._replace(stations=tuple(cut))


def build(
    title: str,
    steps: Iterable[Step],
    factors: Iterable[Factor],
    claims: Iterable[Claim],
    references: Iterable[Reference],
    *,
    source: Reference | None = None,
    whole_step: bool = False,
    families: Iterable[Factor] = (),
) -> Network:
    """Group the claims by step and factor; background claims belong to no step and stay out.

    `references` may be empty but for a whole step.
    """
    by_name = {factor.name: factor for factor in factors}
    grouped: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.step != CONTEXT:
            grouped[claim.step][claim.factor].append(claim)
    stations = tuple(
        _station(step, grouped[step.id], by_name)
        for step in sorted(steps, key=lambda step: step.number)
    )
    cited = {key for station in stations for action in station.actions for key in action.papers}
    papers = {reference.id: reference for reference in references if reference.id in cited}
    network = Network(title, stations, len(cited), papers, source, whole_step)
    return network._replace(families=tuple(families))


def tally(claims: Iterable[Claim]) -> Tally:
    """Count claims by class."""
    counts = Counter(side(claim) for claim in claims)
    return Tally(*(counts[field] for field in Tally._fields))


def side(claim: Claim) -> str:
    """The field of a Tally that counts this claim."""
    return _SIDES[evidence.side(claim)]


def _station(
    step: Step, grouped: Mapping[str, list[Claim]], factors: Mapping[str, Factor]
) -> Station:
    actions = [Action(factors[name], tuple(claims)) for name, claims in grouped.items()]
    actions.sort(key=_strength)
    claims = [claim for action in actions for claim in action.claims]
    papers = len({claim.reference for claim in claims})
    counted = tally(claims)
    return Station(
        step,
        tuple(actions),
        len(actions),
        len(claims),
        papers,
        counted,
        evidence.count_direct(claims),
    )


def _strength(action: Action) -> tuple[int, int, str, str]:
    name = action.factor.name
    return -action.direct, -len(action.papers), name.casefold(), name
