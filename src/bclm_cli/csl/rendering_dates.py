"""`cs:date` (CSL 1.0.2, "Date"): in the style's own parts, or in those of the language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bclm_cli.csl import dates
from bclm_cli.csl.context import Context, Environment
from bclm_cli.csl.dates import Date, DatePart
from bclm_cli.csl.locale import Locale
from bclm_cli.csl.punctuation import concat
from bclm_cli.csl.rendering import year_suffix
from bclm_cli.csl.rich_text import read, read_affix
from bclm_cli.csl.xml import Element


def date(element: Element, context: Context) -> str:
    """A date variable, then the year's letter if the style puts it nowhere else."""
    variable = element.get("variable")
    value = context.date(variable)
    context.count(value is not None)
    if value is None:
        return ""
    compiled = context.environment.compiled
    if element not in compiled:
        compiled[element] = _parts(element, context.environment)
    parts, delimiter = compiled[element]
    if context.sorting:
        found = _sortable(value, parts)
    elif value.literal and not value.start:
        found = read(value.literal)
    else:
        text_of = partial(part_text, locale=context.environment.locale)
        found = dates.render_parts(value, parts, delimiter, text_of)
    if not found:
        context.found -= 1
        return ""
    context.use(variable)
    if not value.literal and not context.environment.style.uses_year_suffix:
        found += year_suffix(context)
    context.shown_dates.append(value)
    return context.environment.formatting(element).apply(found, context.language)


def _sortable(value: Date, parts: list[DatePart]) -> str:
    """The date as YYYYMMDD; only the parts that the `cs:date` shows."""
    if not value.start:
        return value.literal.lower()
    names = {part.name for part in parts}

    def kept(day: tuple[int, ...]) -> tuple[int, ...]:
        padded = (*day, 0, 0)[:3]
        return tuple(
            number if name in names else 0 for name, number in zip(dates.PARTS, padded, strict=True)
        )

    return dates.sort_key(Date(kept(value.start), kept(value.end) if value.end else ()))


def _parts(element: Element, environment: Environment) -> tuple[list[DatePart], str]:
    """The parts of a `cs:date` and their delimiter.

    A localized date brings its own parts and delimiter; the style may change how a part looks and
    leave parts out by `date-parts`.
    """
    form = element.get("form")
    localized = environment.locale.date(form) if form else None
    if localized is None:
        parts = [_part(part, None, environment) for part in element.children]
        return parts, element.get("delimiter")
    shown = element.get("date-parts", "year-month-day").split("-")
    own = {part.get("name"): part for part in element.children}
    parts = [
        _part(part, own.get(part.get("name")), environment)
        for part in localized.children
        if part.get("name") in shown
    ]
    return parts, localized.get("delimiter")


def _part(part: Element, own: Element | None, environment: Environment) -> DatePart:
    """A part of a date; of a localized one, all but the affixes may be changed by the style."""

    def attribute(name: str, default: str = "") -> str:
        found = own.attributes.get(name) if own is not None else None
        return part.get(name, default) if found is None else found

    formatting = environment.formatting(part if own is None else own)._replace(
        case=attribute("text-case"), strip_periods=attribute("strip-periods") == "true"
    )
    name = part.get("name")

    def formatted(value: str, prefix: str, suffix: str) -> str:
        if not value:
            return ""
        return concat(concat(prefix, formatting.fonts(formatting.change_case(value))), suffix)

    return DatePart(
        name,
        attribute("form", "long" if name != "day" else "numeric"),
        formatted,
        read_affix(attribute("prefix")),
        read_affix(attribute("suffix")),
        attribute("range-delimiter", "–"),
    )


def part_text(part: DatePart, date: tuple[int, ...], locale: Locale) -> str:
    """The text of one part of a date."""
    return _TEXTS[part.name](part.form, date, locale)


def _year(form: str, date: tuple[int, ...], locale: Locale) -> str:
    year = date[0]
    if form == "short":
        return f"{abs(year) % 100:02d}"
    era = locale.term("bc") if year < 0 else locale.term("ad") if 0 < year < 1000 else ""
    return f"{abs(year)}{era}"


def _month(form: str, date: tuple[int, ...], locale: Locale) -> str:
    month = _month_number(date[1])
    if form == "numeric-leading-zeros" and month <= 12:
        return f"{month:02d}"
    if form == "numeric" and month <= 12:
        return str(month)
    if not month:
        return ""
    term = f"month-{month:02d}" if month <= 12 else f"season-{month - 12:02d}"
    return locale.term(term, "short" if form == "short" else "long")


def _month_number(month: int) -> int:
    """A month, or a season from 13 to 16, however the data counts it (17 to 20, 21 to 24)."""
    if month > 12:
        return 13 + (month - 13) % 4 if month <= 24 else 0
    return max(month, 0)


def _day(form: str, date: tuple[int, ...], locale: Locale) -> str:
    day = date[2]
    if form == "numeric-leading-zeros":
        return f"{day:02d}"
    if form == "ordinal" and not (locale.day_one_only and day > 1):
        return locale.ordinal(day, locale.gender(f"month-{date[1]:02d}"))
    return str(day)


_TEXTS: dict[str, Callable[[str, tuple[int, ...], Locale], str]] = {
    "year": _year,
    "month": _month,
    "day": _day,
}
