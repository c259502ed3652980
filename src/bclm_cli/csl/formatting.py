"""What every rendering element may carry (CSL 1.0.2): affixes, formatting, text-case, quotes,
strip-periods, display."""

from collections.abc import Mapping
from typing import NamedTuple

from bclm_cli.csl.punctuation import concat
from bclm_cli.csl.rich_text import CLOSE, DISPLAYS, OPEN, read_affix, wrap
from bclm_cli.csl.xml import Element

_FONTS: Mapping[str, Mapping[str, str]] = {
    "font-style": {"italic": "italic", "oblique": "oblique", "normal": "roman"},
    "font-variant": {"small-caps": "smallcaps", "normal": "plain-caps"},
    "font-weight": {"bold": "bold", "light": "light", "normal": "medium"},
    "text-decoration": {"underline": "underline", "none": "no-underline"},
    "vertical-align": {"sup": "sup", "sub": "sub", "baseline": "baseline"},
}


class Formatting(NamedTuple):
    """How an element formats its text; `opening` and `closing` are the marks of its fonts."""

    prefix: str
    suffix: str
    opening: str
    closing: str
    case: str
    quotes: bool
    strip_periods: bool
    display: str

    def fonts(self, text: str) -> str:
        """The text in the element's fonts alone."""
        return f"{self.opening}{text}{self.closing}" if text and self.opening else text

    def affixes(self, text: str) -> str:
        """Prefix and suffix, with no sign doubled where they meet the text."""
        if not text:
            return ""
        if self.prefix:
            text = concat(self.prefix, text)
        return concat(text, self.suffix) if self.suffix else text

    def change_case(self, text: str, language: str = "en") -> str:
        """`strip-periods` and `text-case`; title case only in English ("Title Case")."""
        if self.strip_periods:
            text = text.replace(".", "")
        if self.case and (self.case != "title" or language == "en"):
            from bclm_cli.csl import text_case

            text = text_case.change(text, self.case, language)
        return text

    def apply(self, text: str, language: str = "en") -> str:
        """All of it."""
        if self is PLAIN or not text:
            return text
        text = self.fonts(self.change_case(text, language))
        if self.quotes:
            text = wrap("quote", text)
        text = self.affixes(text)
        return wrap(self.display, text) if self.display else text


PLAIN = Formatting("", "", "", "", "", quotes=False, strip_periods=False, display="")
"""That of an element which asks for nothing, as most."""


def formatting_of(element: Element, outer: Element | None = None) -> Formatting:
    """The formatting of an element; the fonts that it does not name are those of `outer`."""
    kinds = []
    for attribute, fonts in _FONTS.items():
        wanted = element.get(attribute) or (outer.get(attribute) if outer else "")
        if wanted in fonts:
            kinds.append(fonts[wanted])
    display = element.get("display")
    found = Formatting(
        read_affix(element.get("prefix")),
        read_affix(element.get("suffix")),
        "".join(OPEN[kind] for kind in reversed(kinds)),
        "".join(CLOSE[kind] for kind in kinds),
        element.get("text-case"),
        element.get("quotes") == "true",
        element.get("strip-periods") == "true",
        display if display in DISPLAYS else "",
    )
    return PLAIN if found == PLAIN else found
