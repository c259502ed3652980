"""Cards of steps, factors and papers as the store has them, for commands and for the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from bclm_cli.model.records import FAMILY, Claim, Factor, Reference, Step
from bclm_cli.query import EVERYTHING, Library, Selection
from bclm_cli.views import Card


class Cards:
    """Cards with those claims alone that a selection leaves.

    `paper` gives the paper of a key; by default each is asked for when a card names it.
    """

    def __init__(
        self,
        library: Library,
        selection: Selection = EVERYTHING,
        paper: Callable[[str], Reference] | None = None,
    ) -> None:
        self._library = library
        self._selection = selection
        self._paper = paper or library.paper
        self._steps = library.steps()

    def step(self, step: Step) -> Card:
        """A step with its claims by factor."""
        from bclm_cli.views.cards import step_card

        selection = self._selection._replace(step=(step.id,))
        return step_card(step, list(self._library.claims(selection)), self._paper)

    def factor(self, factor: Factor) -> Card:
        """A factor, or a family with its members."""
        from bclm_cli.views.claims import by_factor
        from bclm_cli.views.factors import factor_card, family_card

        narrower = self._library.narrower(factor.name)
        if factor.kind == FAMILY:
            found = self._claims_on(factor.name, *narrower)
            return family_card(factor, narrower, found, self._steps, self._paper)
        kinds = {name: self._claims_on(name) for name in narrower}
        related = self._library.relatives(factor.name)
        relatives = {
            name: of for name, of in by_factor(self._claims_on(*related)) if name in related
        }
        own = self._claims_on(factor.name)
        return factor_card(factor, own, self._steps, self._paper, kinds, relatives)

    def factors(self, names: Sequence[str]) -> Iterator[Card]:
        """The factors of these names that the selection leaves a claim, or a member with one."""
        library = self._library
        selected = {factor.name for factor in library.factors(self._selection)}
        for factor in library.factors(EVERYTHING._replace(factor=tuple(names))):
            members = library.narrower(factor.name) if factor.kind == FAMILY else ()
            if factor.name in names and not selected.isdisjoint((factor.name, *members)):
                yield self.factor(factor)

    def paper(self, paper: Reference) -> Card:
        """A paper with the claims that rest on it, and the notices that are known about it."""
        from bclm_cli.views.cards import paper_card

        status = self._library.status(paper)
        about = (status.notices, status.as_of) if status else ()
        return paper_card(paper, self._claims_of(paper.id), self._steps, *about)

    def _claims_on(self, *factors: str) -> list[Claim]:
        if not factors:
            return []
        return list(self._library.claims(self._selection._replace(factor=factors)))

    def _claims_of(self, key: str) -> Iterable[Claim]:
        return self._library.claims(self._selection._replace(keys=(key,)))
