"""The processor: items through a style, as citations and as a reference list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from bclm_cli.csl import rendering, rendering_dates, rendering_names
from bclm_cli.csl.bibliography import Entry, render_entries
from bclm_cli.csl.context import Citation, Cite, Environment, Render
from bclm_cli.csl.item import Item
from bclm_cli.csl.locale import LoadLocale, Locale, find_locales
from bclm_cli.csl.punctuation import inside_quotes
from bclm_cli.csl.sorting import in_order
from bclm_cli.csl.span_tree import Tree, tree
from bclm_cli.csl.style import Style, with_locale

NO_PRINTED_FORM = "[CSL STYLE ERROR: reference with no printed form.]"
"""What citeproc-js, too, prints where a style has nothing to say of a work."""
_RENDERERS: Mapping[str, Render] = {
    "text": rendering.text,
    "number": rendering.number,
    "label": rendering.label,
    "group": rendering.group,
    "choose": rendering.choose,
    "names": rendering_names.names,
    "date": rendering_dates.date,
}


class Processor:
    """A style and the works that a text cites.

    `items` are CSL-JSON in the order in which the text cites them first; an identifier that comes
    twice counts once. `language` overrides the style's own ("de-AT").
    """

    def __init__(
        self,
        style: Style,
        load_locale: LoadLocale,
        items: Iterable[Mapping[str, Any]],
        language: str = "",
    ) -> None:
        style = with_locale(style, language)
        locale = Locale(list(find_locales(style.root, style.default_locale, load_locale)))
        self._environment = environment = Environment(style, locale, _RENDERERS)
        self._items = {item.id: item for item in map(Item, items)}
        works = list(self._items.values())
        environment.numbers = {item.id: number for number, item in enumerate(works, 1)}
        if style.has_citation_label:
            from bclm_cli.csl.citation_label import label

            environment.labels = {item.id: label(item) for item in works}
        self._order = in_order(environment, works, lambda item: item, style.bibliography)
        environment.numbers = {item.id: number for number, item in enumerate(self._order, 1)}

    @property
    def has_bibliography(self) -> bool:
        """Whether the style prints a reference list."""
        return self._environment.style.bibliography is not None

    def citations(self, citations: Sequence[Citation], positions: bool = True) -> list[str]:
        """The citations as rich text, in the order of the text.

        `positions` works out the position of each cite; else they count as they are. Of a style for
        notes, each citation is a note of its own unless they have numbers.
        """
        from bclm_cli.csl.citations import render_citation
        from bclm_cli.csl.positions import with_positions

        style = self._environment.style
        if style.is_note and not any(citation.note for citation in citations):
            citations = [one._replace(note=number) for number, one in enumerate(citations, 1)]
        near = style.citation.get("near-note-distance") if style.citation else ""
        placed = with_positions(citations, near) if positions else list(citations)
        self._disambiguate(placed)
        environment = self._environment
        texts = (render_citation(environment, self._items, one) for one in placed)
        return [self._finish(text) or NO_PRINTED_FORM for text in texts]

    def bibliography(self) -> Iterator[Entry]:
        """The entries of the list in the style's order; none if the style has no list.

        An entry for which the style prints nothing is left out; in a numbered list it says so.
        """
        environment = self._environment
        part = environment.style.bibliography
        if part is None:
            return
        if not environment.distinctions:
            self._disambiguate(())
        for entry in render_entries(environment, part, self._order):
            margin, body = self._finish(entry.margin), self._finish(entry.body)
            if body:
                yield entry._replace(margin=margin, body=body)
            elif environment.style.is_numbered:
                number = margin or f"{environment.numbers[entry.item.id]}."
                yield entry._replace(margin="", body=f"{number} {NO_PRINTED_FORM}")

    def _disambiguate(self, citations: Iterable[Citation]) -> None:
        """Tell all works apart, in the positions that their cites can have."""
        environment = self._environment
        if not environment.style.disambiguates:
            return
        from bclm_cli.csl.disambiguation import disambiguate

        positions = ["first"]
        cites = [cite for citation in citations for cite in citation.cites]
        later = any(cite.position != "first" for cite in cites)
        if later or environment.style.has_later_limits:
            positions.append("subsequent")
        keys = dict.fromkeys([*(cite.id for cite in cites), *self._items])
        order = [item.id for item in self._order]
        every = [Cite(key, position=position) for key in keys for position in positions]
        disambiguate(environment, self._items, every, order)

    def _finish(self, text: str) -> str:
        """Whole text with what can be done to the whole alone: quotation marks and spaces."""
        if self._environment.locale.quotes.punctuation_inside:
            text = inside_quotes(text)
        return (re.sub("  +", " ", text) if "  " in text else text).strip(" ")

    def tree(self, text: str, address: Callable[[str, str], str] = lambda kind, value: "") -> Tree:
        """Rich text as spans, in the quotation marks of the language; see `rich_text.tree`."""
        return tree(text, self._environment.locale.quotes, address)
