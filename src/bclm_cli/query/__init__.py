"""Questions to the store: names to records, a Selection to rows, words to hits. SQL lives here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bclm_cli import store
from bclm_cli.model.records import Claim, Factor, Reference, Row, Step
from bclm_cli.query import factors, hits, names, search
from bclm_cli.query.about import about
from bclm_cli.query.execution import Execution
from bclm_cli.query.hits import Hit
from bclm_cli.query.lists import ARRAYS, FIELDS, filled, with_arrays
from bclm_cli.query.questions import Question, question
from bclm_cli.query.selection import EVERYTHING, EXCLUDABLE, Selection, UsedIn
from bclm_cli.suggest import one_of

if TYPE_CHECKING:
    from bclm_cli.query.indexed import Indexed
    from bclm_cli.store.notices import Status, Statuses

__all__ = ["EVERYTHING", "EXCLUDABLE", "FIELDS", "Hit", "Library", "Selection", "UsedIn"]


class Library:
    """The data of one run: the shipped model with the overlays on it."""

    def __init__(
        self,
        folders: Sequence[Path] = (),
        *,
        shipped: bool = True,
        refresh: bool = False,
        progress: store.Progress | None = None,
        note: Callable[[str], None] | None = None,
    ) -> None:
        """Open the data; `note` is told once how a name was understood that is not a whole one."""
        self._note = note
        self._noted: set[str] = set()
        layers = store.layers(folders, shipped=shipped)
        self._execute = Execution(layers, progress, {"notice": self._notice}, refresh=refresh)
        self._answer = self._execute.answer

    # ---- lists

    def rows(
        self,
        list_: str,
        selection: Selection = EVERYTHING,
        fields: Sequence[str] | None = None,
        *,
        sort: Sequence[str] = (),
        limit: int | None = None,
    ) -> Iterator[Row]:
        """The rows of a list (a key of FIELDS), as a stream, with just these fields.

        Counts are those of the selected claims. `sort` names fields, "-year" downwards. Raises
        UsageError for an unknown field, NotFoundError for a value that does not exist.
        """
        known = FIELDS[list_]
        fields = tuple(fields or known)
        for field in (*fields, *(field.removeprefix("-") for field in sort)):
            one_of("field", field, known)
        asked = self._question(list_, selection)
        columns = ", ".join(asked.fields[field] for field in fields)
        arrays = [index for index, field in enumerate(fields) if (list_, field) in ARRAYS]
        rows = self._answer(list_, asked, columns, sort, limit)
        return (with_arrays(row, arrays) for row in rows) if arrays else rows

    def references(
        self, selection: Selection = EVERYTHING, *, as_cited: bool = False
    ) -> Iterator[Reference]:
        """The selected papers, whole, in the order in which they were named or cited, else by key.

        With `as_cited`, a paper that a manuscript cites by an earlier key, or that was named by
        one, has that key, and comes under each one.
        """
        cited: dict[str, list[str]] = {}
        places = [(name, "") for name in selection.named]
        places += selection.used_in.places if selection.used_in else ()
        if as_cited and places:
            for name, key in names.cited(self._execute, places, lenient=True).items():
                cited.setdefault(key, []).append(name)
        payload = "(SELECT payload FROM record WHERE id = r.id)"
        columns = f"{payload}, {FIELDS['refs']['source']}, r.key"
        asked = self._question("refs", selection)
        for csl, layer, key in self._answer("refs", asked, columns):
            paper = Reference.from_csl(json.loads(csl), layer)._replace(id=key)
            for name in cited.get(paper.id, (paper.id,)):
                yield paper if name == paper.id else paper._replace(id=name)

    def odd_keys(self, selection: Selection = EVERYTHING) -> list[str]:
        """The selected papers' keys that a format may refuse: see `names.odd_keys`."""
        asked = self._question("refs", selection)
        return names.odd_keys(self._execute, asked.sql.format(columns="r.id"), asked.values)

    def warnings(self, selection: Selection) -> list[str]:
        """What may be missing of the papers that manuscripts cite, a line each."""
        used_in = selection.used_in
        if used_in is None or not used_in.lenient:
            return list(used_in.remarks) if used_in else []
        found = names.cited(self._execute, used_in.places, lenient=True)
        lost = [place for place in used_in.places if place[0] not in found]
        return [*used_in.remarks, *names.not_cited(self._execute, lost)]

    def cited(self, keys: Sequence[str]) -> dict[str, Reference]:
        """The paper behind each key or earlier key; unknown ones are left out."""
        found = names.cited(self._execute, [(key, "") for key in keys], lenient=True)
        papers = {paper.id: paper for paper in self.references(Selection(keys=(*found.values(),)))}
        return {name: papers[key] for name, key in found.items()}

    def sharing(self, key: str) -> list[str]:
        """The keys of the papers that have the identifier which is cited as a key."""
        return names.sharing(self._execute, key)

    def near_keys(self, key: str) -> list[str]:
        """The keys that look most like this one."""
        from bclm_cli.query import suggestions

        return suggestions.keys(self._execute, key)

    def paper(self, key: str) -> Reference:
        """The paper of a key as it stands in a claim; `custom.notice` has a grave notice on it."""
        return self.with_notice(next(self.references(Selection(keys=(key,)))))

    def with_notice(self, paper: Reference) -> Reference:
        """The paper, with `custom.notice` where a grave notice is known about it."""
        notice = str(self.status(paper) or "")
        return paper._replace(custom={**paper.custom, "notice": notice}) if notice else paper

    @cached_property
    def statuses(self) -> Statuses:
        """What the last `check --online` found about papers, by their identifiers."""
        from bclm_cli.store import notices

        return notices.read()

    def status(self, paper: Reference) -> Status | None:
        """What the last `check --online` found about a paper, None where that is nothing."""
        from bclm_cli.store import notices

        return notices.of_paper(paper.text, self.statuses)

    def claims(self, selection: Selection = EVERYTHING) -> Iterator[Claim]:
        """The selected claims, by step, factor and the order of the data, as a stream."""
        from bclm_cli.query import claims

        return map(claims.claim, self.rows("claims", selection, Claim._fields))

    def claim_ids(self, selection: Selection = EVERYTHING) -> list[int]:
        """What `claims_by_id` takes for the selected claims, in their order; 100,000 of these take
        less than 4 MB."""
        from bclm_cli.query import claims

        return claims.ids(self._execute, self._question("claims", selection))

    def claims_by_id(self, ids: Sequence[int]) -> dict[int, Claim]:
        """The claims of these ids."""
        from bclm_cli.query import claims

        return claims.by_id(self._execute, ids)

    def steps(self, selection: Selection = EVERYTHING) -> list[Step]:
        """The steps that hold a selected claim (all, if nothing was selected), in order."""
        fields = ("number", "id", "name", "summary", "from", "to", "place", "source")
        return [Step(*filled(row)) for row in self.rows("steps", selection, fields)]

    def factors(self, selection: Selection = EVERYTHING) -> list[Factor]:
        """The factors of the selected claims, in the order of their list."""
        columns = f"(SELECT payload FROM record WHERE id = f.id), {FIELDS['factors']['source']}"
        asked = self._question("factors", selection)
        return [
            Factor.from_fields(json.loads(fields), layer)
            for fields, layer in self._answer("factors", asked, columns)
        ]

    def factor(self, name: str) -> Factor:
        """The factor of a name as it stands in the data."""
        found = self.factors(Selection(factor=(name,)))
        return next(factor for factor in found if factor.name == name)  # a family brings members

    # ---- names

    def step(self, name: str) -> str:
        """The id of the step called so: see `names.step`."""
        return names.step(self._execute, name)

    def step_ids(self, wanted: Sequence[str]) -> list[str]:
        """The ids of the steps called so: see `names.steps`."""
        return names.steps(self._execute, wanted)

    def factor_names(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """The names of the factors called so: see `factors.named`."""
        found = factors.named(self._execute, wanted)
        self._tell(found.notes)
        return found.names

    def narrower(self, factor: str) -> tuple[str, ...]:
        """What belongs to a factor: see `factors.narrower`."""
        return factors.narrower(self._execute, factor)

    def members(self, names: Sequence[str]) -> tuple[str, ...]:
        """These factors, with the members of a family in its place."""
        return factors.members(self._execute, names)

    def relatives(self, factor: str) -> tuple[str, ...]:
        """What a factor belongs to, and what else does: see `factors.relatives`."""
        return factors.relatives(self._execute, factor)

    def reference_keys(self, wanted: Sequence[str]) -> dict[str, str]:
        """The key of the paper behind each name, in that order: see `names.reference_keys`."""
        return names.reference_keys(self._execute, wanted)

    def key_of(self, name: str) -> str | None:
        """The key of the paper called so: see `names.reference_key`."""
        return names.reference_key(self._execute, name)

    def terms(self) -> frozenset[str]:
        """Every name and synonym of a factor: the words whose capitals a style must keep."""
        terms: set[str] = set()
        for name, synonyms in self._execute("SELECT name, synonyms FROM factor"):
            terms.update((name, *json.loads(synonyms)))
        return frozenset(terms)

    def completions(self, what: str, start: str, limit: int = 200) -> list[tuple[str, str]]:
        """Steps, factors or papers whose name begins so, each with a line about it."""
        return names.completions(self._execute, what, start, limit)

    # ---- search

    def search(self, text: str, selection: Selection = EVERYTHING) -> Iterator[Hit]:
        """Whatever holds all the words, best first: see `hits.found`."""
        yield from hits.found(self._execute, self._question, text, selection)

    def also_searched(self, text: str) -> list[str]:
        """The other words for which a search looks: see `search.also`."""
        return search.also(text)

    def respelled(self, text: str) -> str:
        """The text with words that occur instead of those that do not: see `suggestions`."""
        from bclm_cli.query import suggestions

        return suggestions.respelled(self._execute, text)

    def indexed(self) -> Iterator[Indexed]:
        """What the full-text index holds of each record: see `indexed.indexed`."""
        from bclm_cli.query.indexed import indexed

        return indexed(self._execute)

    # ---- about the data

    def about(self) -> dict[str, Any]:
        """Counts, and for each layer its files with what they hold, and what it overrides."""
        return about(self._execute, self._execute.store.path)

    def title(self) -> str:
        """What the model is called by the last layer that names it; "" if none does."""
        return self._of_last_layer("title")

    def origin(self) -> Reference | None:
        """The paper that the model comes from, if a layer names one."""
        key = self._of_last_layer("origin")
        return next(self.references(Selection(keys=(key,))), None) if key else None

    def database(self) -> Iterator[bytes]:
        """The whole store as the bytes of an SQLite file, in pieces."""
        return self._execute.database()

    # ---- inside

    def _question(self, list_: str, selection: Selection) -> Question:
        asked = question(self._execute, list_, selection)
        self._tell(asked.notes)
        return asked

    def _tell(self, notes: Sequence[str]) -> None:
        for note in notes:
            if self._note and note not in self._noted:
                self._note(note)
            self._noted.add(note)

    def _notice(self, *values: str | None) -> str | None:
        """What a list says of the paper with this DOI, PMID, PMCID: "retracted 2010-02-06"."""
        if not self.statuses:
            return None
        from bclm_cli.identifiers import OF_PAPERS
        from bclm_cli.store import notices

        text = {kind: value for kind, value in zip(OF_PAPERS, values, strict=True) if value}
        return str(notices.of_paper(text, self.statuses) or "") or None

    def _of_last_layer(self, field: str) -> str:
        sql = f"SELECT {field} FROM layer WHERE {field} > '' ORDER BY id DESC LIMIT 1"
        return next((str(value) for (value,) in self._execute(sql)), "")
