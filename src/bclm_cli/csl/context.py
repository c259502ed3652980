"""What rendering needs to know: the style in a language, and the state of one cite or entry."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bclm_cli.csl.dates import Date
from bclm_cli.csl.formatting import Formatting, formatting_of
from bclm_cli.csl.item import Item
from bclm_cli.csl.locale import Locale
from bclm_cli.csl.numbers import letters
from bclm_cli.csl.person import Person
from bclm_cli.csl.rich_text import read
from bclm_cli.csl.style import Style
from bclm_cli.csl.xml import Element
from bclm_cli.errors import DataError

MAX_STEPS = 20_000
"""More elements than any honest style runs through for one entry; the longest need some 1,000."""


class Cite(NamedTuple):
    """A work within a citation, with what the author of the text adds to it.

    `label` names what `locator` counts (CSL's locator types: "page", "chapter" …). `mode` is
    "suppress-author" or "author-only", else "". `position` is one of CSL's, worked out by
    `citations`.
    """

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    mode: str = ""
    position: str = "first"
    near_note: bool = False
    first_note: int = 0


class Citation(NamedTuple):
    """Works cited together; `note` is the number of the note, 0 for a citation in the text.

    With `author_in_text` the first work's authors stand in the sentence, the rest in brackets.
    """

    cites: tuple[Cite, ...]
    note: int = 0
    author_in_text: bool = False


class Distinction(NamedTuple):
    """What a citation needs to be told from others; see `disambiguation`.

    `hints` tells whose initials or given names are shown where the form is short, by person and
    whether they lead the list; `at_least` how many names stand before "et al."; `year_suffix` is
    1 for "a";
    `ambiguous` says how many conditions `disambiguate="true"` hold, the first ones.
    """

    hints: Mapping[tuple[Person, bool], str] = {}
    at_least: int = 0
    year_suffix: int = 0
    ambiguous: int = 0


class ShownNames(NamedTuple):
    """The people of one role, those of them before "et al.", and how they were shown.

    A title in the place of names has no people.
    """

    people: tuple[Person, ...]
    first: tuple[Person, ...]
    text: str


Render = Callable[[Element, "Context"], str]


class Environment:
    """A style in a language, the numbers of its works and what tells them apart.

    `compiled` keeps what renderers work out of an element once, for all entries.
    """

    def __init__(self, style: Style, locale: Locale, renderers: Mapping[str, Render]) -> None:
        self.style = style
        self.locale = locale
        self.language = style.default_locale.partition("-")[0].lower()
        self.renderers = renderers
        self.numbers: dict[str, int] = {}
        self.labels: dict[str, str] = {}
        self.distinctions: dict[str, Distinction] = {}
        self.compiled: dict[Any, Any] = {}
        self._formattings: dict[Element, Formatting] = {}

    def formatting(self, element: Element) -> Formatting:
        """The formatting of an element, worked out once."""
        found = self._formattings.get(element)
        if found is None:
            found = self._formattings[element] = formatting_of(element)
        return found


class Context:
    """The state of one rendering of an item.

    `part` is the `cs:citation` or `cs:bibliography`. `sort_names` holds a sort key's own limits of
    et al., `hide_names` leaves the names out; `dash_all` takes the place of the first names
    of an entry, `dashes` that of some of them.
    `asked` and `found` count variables for `cs:group`; `in_substitute` is the `cs:names` whose
    `cs:substitute` is rendered, with the variables that were shown in `used`.
    """

    def __init__(self, environment: Environment, item: Item, part: Element, cite: Cite) -> None:
        self.environment = environment
        self.item = item
        self.part = part
        self.cite = cite
        self.language = item.language or environment.language
        self.sort_names: Mapping[str, Any] | None = None
        self.hide_names = False
        self.dashes: Mapping[int, str] = {}
        self.dash_all: str | None = None
        self.steps = MAX_STEPS
        self.disambiguating = 0
        self.asked = 0
        self.found = 0
        self.in_substitute: Element | None = None
        self.used: set[str] = set()
        self.hidden: set[str] = set()
        self.suffixed = False
        self.shown_names: list[ShownNames] = []
        self.shown_dates: list[Date] = []

    @property
    def sorting(self) -> bool:
        """Whether a sort key is rendered."""
        return self.sort_names is not None

    @property
    def distinction(self) -> Distinction:
        """What tells the item apart; nothing in a sort key."""
        if self.sorting:
            return _PLAIN
        return self.environment.distinctions.get(self.item.id, _PLAIN)

    def render(self, element: Element) -> str:
        """The text of an element. Raises DataError for a style that multiplies itself."""
        self.steps -= 1
        if self.steps < 0:
            style = self.environment.style.name
            raise DataError("the style takes too many steps for one entry", path=style)
        renderer = self.environment.renderers.get(element.tag)
        return renderer(element, self) if renderer else ""

    def count(self, found: bool) -> None:
        """A variable was asked for; a group lives by that."""
        self.asked += 1
        self.found += found

    def use(self, variable: str) -> None:
        """A variable was shown; if in the place of names, then it is not shown again after that."""
        if self.in_substitute is not None:
            self.used.add(variable)

    def value(self, variable: str) -> str:
        """A text or number variable, "" once `cs:substitute` has shown it."""
        if variable in self.hidden:
            return ""
        special = _SPECIAL.get(variable)
        return special(self) if special else self.item.value(variable)

    def has(self, variable: str) -> bool:
        """Whether a variable holds anything, shown by a substitute or not."""
        special = _SPECIAL.get(variable)
        return bool(special(self)) if special else self.item.has(variable)

    def names(self, variable: str) -> tuple[Person, ...]:
        """The people of a name variable, () once `cs:substitute` has shown them."""
        return () if variable in self.hidden else self.item.names(variable)

    def date(self, variable: str) -> Date | None:
        """A date variable, None once `cs:substitute` has shown it."""
        return None if variable in self.hidden else self.item.date(variable)


_PLAIN = Distinction()
_SPECIAL: Mapping[str, Callable[[Context], str]] = {
    "locator": lambda c: read(c.cite.locator.strip()),
    "first-reference-note-number": lambda c: str(c.cite.first_note or ""),
    "citation-number": lambda c: str(c.environment.numbers.get(c.item.id, "")),
    "year-suffix": lambda c: letters(c.distinction.year_suffix),
    "citation-label": lambda c: (
        c.environment.labels.get(c.item.id, "") or c.item.value("citation-label")
    ),
}
