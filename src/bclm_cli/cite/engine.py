"""Runs references through a CSL style with citeproc-py: entries of the list, cites of the text.

This module and those it imports are loaded only where a style is rendered: lxml and citeproc-py
cost more than a plain question to the library does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import cached_property, partial
from io import BytesIO
from typing import NamedTuple

from bclm_cli import identifiers
from bclm_cli.cite import elements_dates, marks, numbers, seams
from bclm_cli.cite.corrections import classes
from bclm_cli.cite.dates import DatePart
from bclm_cli.cite.elements import Element
from bclm_cli.cite.elements_names import ShownNames, name_options
from bclm_cli.cite.items import CitedItem
from bclm_cli.cite.names import NameOptions
from bclm_cli.cite.people import Person
from bclm_cli.cite.styles import CSL, Source
from bclm_cli.cite.words import Words, locales
from bclm_cli.errors import DataError
from bclm_cli.model.dates import Date

MAX_ELEMENTS = 20_000
"""More elements than any honest style runs through for one entry; the longest need some 1,000."""


class Lines(NamedTuple):
    """An entry as marked text: what stands in its margin (or ""), the rest, and its first names."""

    margin: str
    body: str
    people: tuple[Person, ...]


class Cite(NamedTuple):
    """One work as cited in the text, before the brackets; names and dates as they were shown."""

    text: str
    names: tuple[ShownNames, ...]
    dates: tuple[Date, ...]


class Run:
    """What happened so far while one item is rendered.

    `sorting` holds a sort key's own limits of et al.; `hide_names` leaves the names out, `instead`
    puts a dash in the place of the first ones. `asked` and `found` count variables, `substitute` is
    the `cs:names` whose substitute is being rendered, with the variables in `used`.
    """

    def __init__(
        self,
        sorting: Mapping[str, int] | None = None,
        hide_names: bool = False,
        instead: str = "",
    ) -> None:
        self.sorting = sorting
        self.hide_names = hide_names
        self.instead = instead
        self.budget = MAX_ELEMENTS
        self.asked = 0
        self.found = 0
        self.substitute: Element | None = None
        self.used: set[str] = set()
        self.suffixed = False
        self.names: list[ShownNames] = []
        self.dates: list[Date] = []

    def count(self, found: bool) -> None:
        """A variable was asked for; a group lives by that."""
        self.asked += 1
        self.found += found

    def use(self, variable: str) -> None:
        """A variable was shown; if in the place of names, then it is not shown again after that."""
        if self.substitute is not None:
            self.used.add(variable)


class Engine:
    """One style, ready to render; `without` names corrections that are not made."""

    def __init__(self, source: Source, without: Collection[str] = ()) -> None:
        self.name = source.name
        parse = _parser(classes(without))
        self.root = parse(source.xml)
        self.macros = {e.get("name"): e for e in self.root.kids if e.tag == f"{CSL}macro"}
        self.citation: Element = self.root.parts.get("citation")
        self.bibliography: Element = self.root.parts.get("bibliography")
        locale = self.root.get("default-locale") or "en-US"
        self.language = locale.partition("-")[0].lower()
        self.root.locales = list(locales(self.root, locale, parse))
        self.words = Words(self.root.locales)
        for root in (self.root, *self.root.locales):
            for element in root.iter(f"{CSL}*"):
                element.engine = self
        self._options: dict[tuple[Element, Element], NameOptions] = {}
        self._dates: dict[Element, tuple[list[DatePart], str]] = {}
        self.date_value = partial(elements_dates.value_of, words=self.words)
        self.outer: Element = self.bibliography
        self.run = Run()

    # what elements ask

    def tick(self) -> None:
        """Count an element; a style that multiplies itself is stopped. Raises DataError."""
        self.run.budget -= 1
        if self.run.budget < 0:
            raise DataError("the style takes too many steps for one entry", path=self.name)

    def name_options(self, name: Element | None) -> NameOptions:
        """The options of a `cs:name` in the part of the style that is being rendered."""
        key = (name, self.outer)
        if key not in self._options:
            self._options[key] = name_options(name, self.outer, self.root)
        return self._options[key]

    @property
    def names_delimiter(self) -> str:
        """What stands between the names of two roles."""
        found = self.outer.get("names-delimiter")
        return str(found if found is not None else self.root.get("names-delimiter", ""))

    def date_parts(self, date: Element) -> tuple[list[DatePart], str]:
        """The parts of a `cs:date` and their delimiter."""
        if date not in self._dates:
            self._dates[date] = elements_dates.parts_of(date, self.words.date(date.get("form")))
        return self._dates[date]

    def pages(self, value: str) -> str:
        """Page ranges as the style shortens them."""
        rule = self.root.get("page-range-format", "")
        return numbers.pages(value, rule, self.words.term("page-range-delimiter"))

    def year_suffix(self, item: CitedItem) -> str:
        """The letter that tells works of the same names and year apart, once an entry."""
        if self.run.sorting is not None or not item.year_suffix:
            return ""
        if self.run.suffixed and not self.uses_year_suffix:
            return ""
        self.run.suffixed = True
        return marks.wrap("suffix", identifiers.letters(item.year_suffix))

    @cached_property
    def uses_year_suffix(self) -> bool:
        """Whether the style itself says where the letter of a year stands."""
        return self.root.find(f".//{CSL}text[@variable='year-suffix']") is not None

    # what is asked of the style

    def entry(self, item: CitedItem, before: tuple[Person, ...] = ()) -> Lines:
        """An entry of the list; `before` are the people of the entry above, for a dash if same."""
        found = self._lines(item, Run())
        dash = self.bibliography.get("subsequent-author-substitute")
        rule = self.bibliography.get("subsequent-author-substitute-rule", "complete-all")
        if dash and rule == "complete-all" and found.people and found.people == before:
            return self._lines(item, Run(instead=dash))
        return found

    def _lines(self, item: CitedItem, run: Run) -> Lines:
        layout = self._enter(self.bibliography, item, run)
        pieces = [child.render(item) or "" for child in layout.kids]
        margin = ""
        if self.bibliography.get("second-field-align") and len(pieces) > 1:
            margin, pieces = pieces[0], pieces[1:]
        body = layout.format(layout.wrap(seams.join(pieces)))
        people = run.names[0].people if run.names else ()
        return Lines(self.finish(margin), self.finish(body), people)

    def cite(self, item: CitedItem, hide_names: bool = False) -> Cite:
        """A work as cited in the text, without the brackets around the whole."""
        run = Run(hide_names=hide_names)
        layout = self._enter(self.citation, item, run)
        text = seams.join(child.render(item) or "" for child in layout.kids)
        return Cite(text, tuple(run.names), tuple(run.dates))

    def sort_text(
        self, macro: str, item: CitedItem, outer: Element, limits: Mapping[str, int]
    ) -> str:
        """What a macro shows, as something to sort by; `limits` are the key's own of et al."""
        self._enter(outer, item, Run(sorting=limits))
        return marks.strip(self.macros[macro].render(item) or "")

    def _enter(self, outer: Element, item: CitedItem, run: Run) -> Element:
        item.reset()
        self.outer, self.run = outer, run
        return outer.parts["layout"]

    def finish(self, text: str) -> str:
        """Whole text with what can be done to the whole alone: quotation marks and spaces."""
        inside = self.words.quotes.punctuation_inside
        text = seams.punctuation_inside(text) if inside else text
        return re.sub("  +", " ", text).strip(" ")


def _parser(classes_by_tag: dict[str, type]) -> Callable[[bytes], Element]:
    """A reader of CSL whose elements are of these classes; it fetches nothing."""
    from citeproc.model import CitationStylesElement
    from lxml import etree

    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(CSL[1:-1])
    namespace.update(classes_by_tag)
    namespace[None] = CitationStylesElement
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, no_network=True, resolve_entities=False,
        load_dtd=False, huge_tree=False,
    )  # fmt: skip
    parser.set_element_class_lookup(lookup)

    def parse(source: bytes) -> Element:
        root = etree.parse(BytesIO(source), parser).getroot()
        # lxml makes an element anew, without what we note on it, unless somebody holds it
        root.all = list(root.iter(f"{CSL}*"))
        for element in root.all:
            element.kids = list(element)
            element.parts = {child.tag.rpartition("}")[2]: child for child in element.kids}
        return root

    return parse
