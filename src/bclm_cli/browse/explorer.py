"""Where the browser stands (step, factor, filters, marks) and what it shows; no screen here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from bclm_cli.browse.rows import LazyRows, Row, Rows
from bclm_cli.cards import Cards
from bclm_cli.errors import NotFoundError
from bclm_cli.model.records import CONTEXT, Claim, Reference, Step
from bclm_cli.query import Library, Selection
from bclm_cli.text.markup import plain
from bclm_cli.views import Card, Item, Line, Node, Section, Span
from bclm_cli.views import claims as words

ALL = ""
"""The id of the row that stands for everything."""
DIRECT = ("direct",)
MOST_FOUND = 1_000
"""At most this many hits of a search are shown."""


class Place(NamedTuple):
    """The step and factor that are chosen, ALL for every one."""

    step: str = ALL
    factor: str = ALL


class Explorer:
    """Answers what each pane holds. `filters` are the selection flags."""

    def __init__(self, library: Library, filters: Selection) -> None:
        self.library = library
        self.filters = self.unfiltered = filters
        self.direct_only = False
        self.place = Place()
        self.shows_papers = False
        self.found: str | None = None
        """The words of a search, None where the right pane belongs to the place."""
        self.marked: dict[str, None] = {}
        self._steps = {step.id: step for step in library.steps()}
        self._papers: dict[str, Reference] = {}

    def start_at(self, name: str) -> None:
        """Choose the factor of this name, else the step. Raises NotFoundError if there is none."""
        try:
            self.place = Place(factor=self.library.factor_names([name])[0])
        except NotFoundError as unknown:
            try:
                self.place = Place(self.library.step(name))
            except NotFoundError:
                raise unknown from None

    def choose(self, place: Place) -> None:
        """Go to a step and factor, which ends a search."""
        self.place, self.found = place, None

    @property
    def is_filtered(self) -> bool:
        """Whether other flags hold than those of the start."""
        return self.filters != self.unfiltered

    def summary(self) -> list[str]:
        """The model's title, and what narrows the panes or waits for an export."""
        said = [self.library.title() or "bclm"]
        said += ["direct only"] if self.direct_only else []
        said += [f"{len(self.marked)} marked"] if self.marked else []
        return [*said, "filtered"] if self.is_filtered else said

    def selection(self, place: Place | None = None) -> Selection:
        """What the flags, the chosen step and factor, and "direct only" select together.

        Names of steps or factors in the flags hold until one of them is chosen by hand.
        """
        place = self.place if place is None else place
        selection = self.filters
        if place.step:
            selection = selection._replace(step=(place.step,))
        if place.factor:
            selection = selection._replace(factor=(place.factor,))
        if self.direct_only:
            selection = selection._replace(directness=DIRECT)
        return selection

    def steps(self) -> list[Row]:
        """All steps, each with "direct of all" claims at its right end."""
        selection = self.selection(Place())
        fields = ("id", "claims", "direct")
        counts = {
            str(id_): (claims, direct)
            for id_, claims, direct in self.library.rows("steps", selection, fields)
        }
        rows = [Row(ALL, (Span("All steps", "strong"),))]
        for step in self._steps.values():
            claims, direct = counts.get(step.id, (0, 0))
            name = Span(f"{step.number} {step.name}", "step")
            rows.append(Row(step.id, (name,), tail=f"{direct}/{claims}"))
        rows.append(Row(CONTEXT, (Span("Background", "dim"),)))
        return rows

    def factors(self) -> list[Row]:
        """The factors of the chosen step, best supported first, with "direct of all" claims."""
        fields = ("name", "direct", "claims")
        rows = [Row(ALL, (Span("All factors", "strong"),))]
        selection = self.selection(Place(self.place.step))
        for name, direct, claims in self.library.rows("factors", selection, fields):
            rows.append(Row(str(name), (Span(str(name), "factor"),), tail=f"{direct}/{claims}"))
        return rows

    def right(self) -> Rows:
        """What the right pane holds: hits, papers or claims."""
        if self.found is not None:
            return self.search(self.found)
        return self.papers() if self.shows_papers else self.claims()

    def right_title(self, rows: int) -> str:
        """What stands over these so many rows of the right pane."""
        if self.found is None:
            return "Papers" if self.shows_papers else "Claims"
        cut = f" (the best {MOST_FOUND:,})" if rows == MOST_FOUND else ""
        return f"Search: {self.found}{cut}"

    def claims(self) -> Rows:
        """The claims of the chosen step and factor, one line each."""
        return LazyRows(self.library.claim_ids(self.selection()), self._claim_rows)

    def papers(self) -> Rows:
        """The papers behind the chosen claims, all papers where nothing is chosen."""
        keys = [str(key) for (key,) in self.library.rows("refs", self.selection(), ("key",))]
        return LazyRows(keys, self._paper_rows)

    def search(self, text: str) -> list[Row]:
        """What the words find among all that the flags leave: the best MOST_FOUND."""
        filters = self.filters._replace(directness=DIRECT) if self.direct_only else self.filters
        rows = []
        for hit in islice(self.library.search(text, filters), MOST_FOUND):
            key = hit.id if hit.type in ("claim", "paper") else ""
            line = (Span(f"{hit.type:6} ", "dim"), Span(f"{hit.id} ", "key"), Span(hit.text))
            rows.append(Row(f"{hit.type}:{hit.id}", line, key))
        return rows

    def toggle_mark(self, key: str) -> None:
        """Mark a paper for export, or take its mark away."""
        if key in self.marked:
            del self.marked[key]
        else:
            self.marked[key] = None

    def paper(self, key: str) -> Reference:
        """The paper of a key."""
        if key not in self._papers:
            self._papers[key] = self.library.paper(key)
        return self._papers[key]

    def references(self, keys: Iterable[str]) -> list[Reference]:
        """The papers of these keys, in this order."""
        return list(self.library.references(Selection(keys=tuple(keys))))

    # ---- cards

    def step_summary(self, id_: str) -> Card:
        """What happens in a step."""
        step = self._steps.get(id_)
        if step is None:
            text = "Claims that belong to no step." if id_ == CONTEXT else self.library.title()
            return Card((Span(text, "title"),), ())
        title = (Span(f"{step.number} {step.name}", "title"), Span(_way(step), "dim"))
        return Card(title, (("what happens", (Span(step.summary),)),))

    def factor(self, name: str, *, everywhere: bool = False) -> Card:
        """A factor with its claims in the chosen step, or in all, as `bclm factors` shows it."""
        factor = self.library.factor(name)
        place = Place() if everywhere else Place(self.place.step)
        return Cards(self.library, self.selection(place), self.paper).factor(factor)

    def right_card(self, row: Row, *, whole: bool) -> Item:
        """What a row of the right pane stands for; with `whole`, the paper behind a claim."""
        if self.found is not None and not row.key:
            kind, _, name = row.id.partition(":")
            is_factor = kind == "factor"
            return self.factor(name, everywhere=True) if is_factor else self.step_summary(name)
        if self.found is not None or self.shows_papers or whole:
            return self.whole_paper(row.key)
        return self.claim(row.id)

    def claim(self, id_: str) -> Section:
        """The claim of a row whole, with the paper behind it."""
        [claim] = self.library.claims_by_id([int(id_)]).values()
        paper = self.paper(claim.reference)
        step = words.step_names(self._steps.values())[claim.step]
        heading = (Span(claim.factor, "factor"), Span(f"  {step}", "step"))
        node = words.node(claim, self.paper)
        return Section(heading, (node, Node((Span(plain(paper.title)),))))

    def whole_paper(self, key: str) -> Card:
        """A paper with its record and all its claims."""
        return Cards(self.library, paper=self.paper).paper(self.paper(key))

    # ---- rows

    def _claim_rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {
            id_: self._claim_row(id_, claim)
            for id_, claim in self.library.claims_by_id(ids).items()
        }

    def _claim_row(self, id_: int, claim: Claim) -> Row:
        line: Line = (words.sign(claim.effect, claim.level), Span(" "))
        if not self.place.factor:
            line += (Span(f"{claim.factor} ", "factor"),)
        line += (Span(f"{claim.reference} ", "key"), Span(claim.statement))
        return Row(str(id_), line, claim.reference)

    def _paper_rows(self, keys: Sequence[str]) -> Mapping[str, Row]:
        fields = ("key", "title")
        found = {}
        for cells in self.library.rows("refs", Selection(keys=tuple(keys)), fields):
            key, title = (str(cell or "") for cell in cells)
            line = (Span(f"{key} ", "key"), Span(plain(title)))
            found[key] = Row(key, line, key)
        return found


def _way(step: Step) -> str:
    return f"  {step.from_} → {step.to}"
