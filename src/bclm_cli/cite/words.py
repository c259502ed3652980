"""The words of a language: terms, ordinals, quotation marks and dates of CSL's locales."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from bclm_cli.cite.elements import Element
from bclm_cli.cite.marks import Quotes
from bclm_cli.cite.styles import CSL

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FALLBACK = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}
_Index = dict[tuple[str, str], tuple[str, str]]


def locales(style: Element, name: str, parse: Callable[[bytes], Element]) -> Iterator[Element]:
    """The style's own locales that fit, then those of citeproc-py, the nearest first."""
    from citeproc import LANGUAGE_NAMES, LOCALES_PATH, PRIMARY_DIALECTS

    language = name.partition("-")[0].lower()
    own = {child.get(_LANG): child for child in style.kids if child.tag == f"{CSL}locale"}
    yield from (own[wanted] for wanted in (name, language, None) if wanted in own)
    wanted = [name, PRIMARY_DIALECTS.get(language), "en-US"]
    for found in dict.fromkeys(one for one in wanted if one in LANGUAGE_NAMES):
        yield parse((Path(LOCALES_PATH) / f"locales-{found}.xml").read_bytes())


class Words:
    """What the locales of a style say, where the first that says anything is right."""

    def __init__(self, found: Sequence[Element]) -> None:
        self._locales = found
        self._index = [_terms(locale) for locale in found]
        own = [index for index, locale in enumerate(found) if locale.get(_LANG) != "en-US"]
        self._native = own[-1] + 1 if own else len(found)
        self._known: dict[tuple[str, str, bool], str] = {}

    def term(self, name: str, form: str = "long", plural: bool = False) -> str:
        """A word; a form that is missing falls back as CSL says, "" where there is no word."""
        key = (name, form, plural)
        if key not in self._known:
            self._known[key] = self._find(name, form, plural)
        return self._known[key]

    def symbol(self, name: str) -> str:
        """The sign for a word, "" where none of the locales has one."""
        return next((i[name, "symbol"][0] for i in self._index if (name, "symbol") in i), "")

    def _find(self, name: str, form: str, plural: bool) -> str:
        """Another form of the language before the English word, which is the last resort."""
        forms = [form]
        while forms[-1] in _FALLBACK:
            forms.append(_FALLBACK[forms[-1]])
        for indexes in (self._index[: self._native], self._index[self._native :]):
            for key in ((name, form) for form in forms):
                for index in indexes:
                    if key in index:
                        return index[key][plural]
        return ""

    def ordinal(self, number: int) -> str:
        """A number with its ending: 2nd; by its two last digits, else by its last.

        The endings are those of the first locale that has any: they are a set.
        """
        index = next(index for index in self._index if ("ordinal", "long") in index)
        for name, above in ((f"ordinal-{number % 100:02d}", 99), (f"ordinal-{number % 10:02d}", 9)):
            ending = index.get((name, "long"))
            if ending and not (number > above and name in self._whole_numbers):
                return f"{number}{ending[0]}"
        return f"{number}{index['ordinal', 'long'][0]}"

    @cached_property
    def _whole_numbers(self) -> set[str]:
        path = f"{CSL}terms/{CSL}term[@match='whole-number']"
        return {term.get("name") for locale in self._locales for term in locale.iterfind(path)}

    def date(self, form: str | None) -> Element | None:
        """The localized date of that form, None for a date that the style lays out itself."""
        dates = (date for locale in self._locales for date in locale.iterfind(f"{CSL}date"))
        return next((date for date in dates if date.get("form") == form), None) if form else None

    @cached_property
    def quotes(self) -> Quotes:
        """The quotation marks."""
        outer = (self.term("open-quote") or "“", self.term("close-quote") or "”")
        inner = (self.term("open-inner-quote") or "‘", self.term("close-inner-quote") or "’")
        return Quotes(outer, inner, self._option("punctuation-in-quote"))

    @cached_property
    def ordinals_on_day_one_only(self) -> bool:
        """Whether a month begins with "1st" and goes on with plain numbers."""
        return self._option("limit-day-ordinals-to-day-1")

    def _option(self, name: str) -> bool:
        found = (o for locale in self._locales for o in locale.iterfind(f"{CSL}style-options"))
        return next((o.get(name) for o in found if o.get(name)), "false") == "true"


def _terms(locale: Element) -> _Index:
    """The terms of a locale by name and form: singular and plural."""
    found: _Index = {}
    for term in locale.iterfind(f"{CSL}terms/{CSL}term"):
        single = multiple = term.text or ""
        if term.kids:
            single, multiple = (term.parts[number].text or "" for number in ("single", "multiple"))
        words = (single.replace("'", "’"), multiple.replace("'", "’"))
        found.setdefault((term.get("name"), term.get("form", "long")), words)
    return found
