"""The terms, ordinals, dates and options of a language (CSL 1.0.2, "Locale Files", "cs:locale")."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bclm_cli.csl.rich_text import Quotes, read_affix
from bclm_cli.csl.xml import Element, parse

LoadLocale = Callable[[str], bytes | None]
"""The XML of a locale file by its tag ("de-AT"; a bare "de" gives the main dialect), or None."""

FALLBACK_LANGUAGE = "en-US"
_FORM_FALLBACK = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}


_Index = dict[tuple[str, str, str], Element]
"""`cs:term` by name, form and the gender that the form is for ("" for none); read when needed."""


def find_locales(style: Element, language: str, load: LoadLocale) -> Iterator[Element]:
    """The style's own `cs:locale` that fit, then the locale files, the nearest first.

    A `cs:locale` for the main dialect of a language ("en-US") fits other dialects ("en-GB"), too,
    as in citeproc-js and pandoc: the specification goes from the dialect to the bare language.
    """
    base = language.partition("-")[0].lower()
    files: dict[bytes, Element] = {}
    main = ""
    for tag in filter(None, (language, base, FALLBACK_LANGUAGE)):
        xml = load(tag)
        if xml is None:
            continue
        if xml not in files:
            files[xml] = parse(xml, f"locale {tag}")
        if tag == base:
            main = files[xml].get("lang")
    own = style.all("locale")
    for wanted in dict.fromkeys((language.lower(), main.lower(), base, "")):
        yield from (one for one in own if one.get("lang").lower() == wanted)
    yield from files.values()


class Locale:
    """What the locales of a style say, where the first that says anything is right."""

    def __init__(self, locales: Sequence[Element]) -> None:
        self._locales = locales
        self._indexes = [_index(locale) for locale in locales]
        foreign = [at for at, one in enumerate(locales) if one.get("lang")[:2] not in ("", "en")]
        self._native = foreign[-1] + 1 if foreign else len(locales)
        self._known: dict[tuple[str, str, bool, str], str | None] = {}
        with_ordinals = (i for i in self._indexes if any(k[0].startswith("ordinal") for k in i))
        self._ordinals: _Index = next(with_ordinals, {})
        self._dates: dict[str, Element | None] = {}
        self.quotes = Quotes(
            (self.term("open-quote") or "“", self.term("close-quote") or "”"),
            (self.term("open-inner-quote") or "‘", self.term("close-inner-quote") or "’"),
            self._option("punctuation-in-quote"),
        )
        self.day_one_only = self._option("limit-day-ordinals-to-day-1")
        self.page_range_delimiter = self.term("page-range-delimiter") or "–"

    def term(self, name: str, form: str = "long", plural: bool = False, gender: str = "") -> str:
        """A term, "" where there is none; a form that is missing falls back as CSL says."""
        return self.find_term(name, form, plural, gender) or ""

    def find_term(
        self, name: str, form: str = "long", plural: bool = False, gender: str = ""
    ) -> str | None:
        """A term, None where no locale has it; a term may be empty on purpose."""
        key = (name, form, plural, gender)
        if key not in self._known:
            found = self._find(name, form, gender)
            self._known[key] = None if found is None else _text(found, plural)
        return self._known[key]

    def gender(self, name: str) -> str:
        """The gender of the word for a variable or a month ("feminine", "masculine" or "")."""
        found = self._find(name, "long", "")
        return found.get("gender") if found else ""

    def symbol(self, name: str) -> str:
        """The sign for a term, "" where none of the locales has one."""
        found = (index.get((name, "symbol", "")) for index in self._indexes)
        return next((_text(term) for term in found if term), "")

    def _find(self, name: str, form: str, gender: str) -> Element | None:
        """Another form of the language before the English word, which is the last resort."""
        forms = [form]
        while forms[-1] in _FORM_FALLBACK:
            forms.append(_FORM_FALLBACK[forms[-1]])
        for indexes in (self._indexes[: self._native], self._indexes[self._native :]):
            for one in forms:
                for wanted in (gender, "") if gender else ("",):
                    for index in indexes:
                        if (name, one, wanted) in index:
                            return index[name, one, wanted]
        return None

    def ordinal(self, number: int, gender: str = "") -> str:
        """A number with its ending ("2nd"): by the whole number, its two last digits, its last.

        The endings are those of the first locale that has any: they are a set. See "Ordinals".
        """
        names = [f"ordinal-{number % 100:02d}", f"ordinal-{number % 10:02d}", "ordinal"]
        for name in names:
            for wanted in (gender, "") if gender else ("",):
                found = self._ordinals.get((name, "long", wanted))
                if found and _applies(found, name, number):
                    return f"{number}{_text(found)}"
        return f"{number}"

    def long_ordinal(self, number: int, gender: str = "") -> str:
        """The ordinal as a word ("second"), up to ten; after that as `ordinal`."""
        name = f"long-ordinal-{number:02d}"
        return self.term(name, gender=gender) or self.ordinal(number, gender)

    def date(self, form: str) -> Element | None:
        """The localized date of that form."""
        if form not in self._dates:
            dates = (date for locale in self._locales for date in locale.all("date"))
            self._dates[form] = next((date for date in dates if date.get("form") == form), None)
        return self._dates[form]

    def _option(self, name: str) -> bool:
        options = (one for locale in self._locales for one in locale.all("style-options"))
        return next((one.get(name) for one in options if one.get(name)), "false") == "true"


def _applies(term: Element, name: str, number: int) -> bool:
    """The attribute `match`; by default `last-digit` up to 09 and `last-two-digits` above."""
    if name == "ordinal":
        return True
    value = int(name.rpartition("-")[2])
    default = "last-digit" if value < 10 else "last-two-digits"
    match = term.get("match", default)
    if match == "whole-number":
        return number == value
    if match == "last-two-digits":
        return number % 100 == value
    return number % 10 == value


def _index(locale: Element) -> _Index:
    found: _Index = {}
    for terms in locale.all("terms"):
        for term in terms.children:
            attributes = term.attributes.get
            name, form = attributes("name", ""), attributes("form", "long")
            found.setdefault((name, form, attributes("gender-form", "")), term)
    return found


def _text(term: Element, plural: bool = False) -> str:
    """The singular or plural of a term."""
    if not term.children:
        return read_affix(term.text)
    texts = {child.tag: read_affix(child.text) for child in term.children}
    single = texts.get("single", "")
    return texts.get("multiple", single) if plural else single
