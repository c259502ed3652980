"""One work as `cs:citation` cites it, with what the author of the text adds."""

from typing import NamedTuple

from bclm_cli.csl import rich_text
from bclm_cli.csl.context import Cite, Context, Environment, ShownNames
from bclm_cli.csl.dates import Date
from bclm_cli.csl.item import Item
from bclm_cli.csl.punctuation import concat, join
from bclm_cli.csl.rich_text import read_author_text


class Rendered(NamedTuple):
    """A cite without the affixes of the whole citation; names and dates as they were shown."""

    cite: Cite
    item: Item
    text: str
    names: tuple[ShownNames, ...]
    dates: tuple[Date, ...]

    @property
    def grouping(self) -> object:
        """What two cites must share to collapse or to be grouped: names as they are shown."""
        if not self.names:
            return "no names" if self.dates else self.cite.id
        first = self.names[0]
        return (first.text, first.first)

    @property
    def years(self) -> tuple[int, ...]:
        """The years shown, of which one with letters can stand for several cites."""
        return tuple(year for date in self.dates for year in date.start[:1])

    @property
    def number(self) -> int:
        """The citation number, if the cite is a number with no more than brackets around it."""
        digits = rich_text.marked("number", self.text)
        rest = rich_text.strip(self.text).replace(digits, "", 1)
        return int(digits) if digits.isdecimal() and not any(map(str.isalnum, rest)) else 0


def render_cite(
    environment: Environment, item: Item, cite: Cite, hide_names: bool = False
) -> Rendered:
    """A work as the layout of `cs:citation` has it, with the cite's own prefix and suffix."""
    part = environment.style.citation
    assert part is not None
    context = Context(environment, item, part, cite)
    context.hide_names = hide_names or cite.mode == "suppress-author"
    layout = environment.style.layout(part)
    text = rich_text.without_blocks(join(context.render(child) for child in layout.children))
    names = tuple(context.shown_names)
    if cite.mode == "author-only":
        text = names[0].text if names else text
    if environment.style.is_note and _begins_sentence(cite.prefix):
        text = capital_term(text)
    quotes = environment.locale.quotes
    if cite.prefix:
        text = concat(read_author_text(cite.prefix, quotes), text)
    if cite.suffix:
        text = concat(text, read_author_text(cite.suffix, quotes))
    return Rendered(cite, item, text, names, tuple(context.shown_dates))


def _begins_sentence(prefix: str) -> bool:
    """Whether a prefix is a sentence of its own, of more than one word."""
    sentence = prefix.strip(" \"'”’")
    return sentence.endswith((".", "!", "?")) and " " in sentence


def capital_term(text: str) -> str:
    """A note that begins with a term begins with a capital: "Ibid."."""
    if not rich_text.begins("term", text):
        return text
    at = len(text) - len(text.lstrip(rich_text.MARKS))
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]
