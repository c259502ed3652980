"""The methods that take the place of citeproc-py's own for `cs:date`; see `elements`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bclm_cli.cite import dates, seams
from bclm_cli.cite.dates import DatePart
from bclm_cli.cite.elements import Element, change_case
from bclm_cli.cite.items import CitedItem

if TYPE_CHECKING:
    from bclm_cli.cite.words import Words


def date(self: Element, item: CitedItem, **kwargs: Any) -> str:
    """A date variable in the style's own parts or in the locale's, then the year's letter."""
    engine, variable = self.engine, self.get("variable")
    value = item.date(variable)
    engine.run.count(value is not None)
    if value is None:
        return ""
    parts, delimiter = engine.date_parts(self)
    text = dates.render(value, parts, delimiter, engine.date_value)
    if not text:
        engine.run.found -= 1
        return ""
    engine.run.use(variable)
    if not value.literal and not engine.uses_year_suffix:
        text += engine.year_suffix(item)
    engine.run.dates.append(value)
    return seams.meet(
        seams.meet(self.get("prefix", ""), str(self.format(change_case(self, text)))),
        self.get("suffix", ""),
    )


def parts_of(self: Element, localized: Element | None) -> tuple[list[DatePart], str]:
    """The parts of a `cs:date` and their delimiter.

    A localized date brings its own parts and delimiter; the style may change how a part looks and
    leave parts out by `date-parts`.
    """
    if localized is None:
        return [_part(part, None) for part in self.kids], self.get("delimiter", "")
    shown = self.get("date-parts", "year-month-day").split("-")
    own = {part.get("name"): part for part in self.kids}
    parts = [
        _part(part, own.get(part.get("name")))
        for part in localized.kids
        if part.get("name") in shown
    ]
    return parts, localized.get("delimiter", "")


def _part(part: Element, override: Element | None) -> DatePart:
    def attribute(name: str, default: str = "") -> str:
        own = override.get(name) if override is not None else None
        return str(own if own is not None else part.get(name, default))

    dresser = part if override is None else override
    name = part.get("name")

    def dress(value: str, prefix: str, suffix: str) -> str:
        if attribute("strip-periods") == "true":
            value = value.replace(".", "")
        text = dresser.format(dresser.case(value)) if value else ""
        return seams.meet(seams.meet(prefix, text), suffix) if text else ""

    return DatePart(
        name,
        attribute("form", "long" if name != "day" else "numeric"),
        dress,
        attribute("prefix"),
        attribute("suffix"),
        attribute("range-delimiter", "–"),
    )


def value_of(part: DatePart, number: int, words: Words) -> str:
    """The text of one part of a date."""
    if part.name == "year":
        return _year(number, part.form, words)
    if part.form == "numeric-leading-zeros":
        return f"{number:02d}"
    if part.form == "ordinal" and not (words.ordinals_on_day_one_only and number > 1):
        return words.ordinal(number)
    if part.name == "day" or (part.form == "numeric" and number <= 12):
        return str(number)
    term = f"month-{number:02d}" if number <= 12 else f"season-{number - 12:02d}"
    return words.term(term, "short" if part.form == "short" else "long")


def _year(year: int, form: str, words: Words) -> str:
    if form == "short":
        return f"{abs(year) % 100:02d}"
    era = words.term("bc") if year < 0 else words.term("ad") if year < 1000 else ""
    return f"{abs(year)}{era}"
