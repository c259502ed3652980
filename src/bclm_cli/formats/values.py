"""Single values as people write them, made into what CSL wants: pages, languages, editions."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from html.entities import html5

from bclm_cli import identifiers
from bclm_cli.text import pages

_LANGUAGES = {
    "en": "eng english usenglish ukenglish", "en-US": "american", "en-GB": "british",
    "de": "ger deu german ngerman", "fr": "fre fra french", "es": "spa spanish",
    "it": "ita italian", "pt": "por portuguese", "nl": "dut nld dutch", "ru": "rus russian",
    "ja": "jpn japanese", "zh": "chi zho chinese", "pl": "pol polish", "sv": "swe swedish",
    "da": "dan danish", "no": "nor norwegian", "fi": "fin finnish", "cs": "cze ces czech",
    "hu": "hun hungarian", "tr": "tur turkish", "ko": "kor korean", "el": "gre ell greek",
    "he": "heb hebrew", "uk": "ukr ukrainian", "hr": "hrv croatian", "sr": "srp serbian",
    "sk": "slo slk slovak", "sl": "slv slovenian", "ro": "rum ron romanian",
    "bg": "bul bulgarian",
}  # fmt: skip
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
         "tenth"), 1,
    )
}  # fmt: skip
_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th)?", re.ASCII)
_EDITION = re.compile(r"(?:\bedition|(?:\b|(?<=\d))ed|(?<=\d)e)\.?$")
_DOT = re.compile(r"\.(?=\s|$|\))")
_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LABELED = re.compile(r"(PMID|PMCID|DOI) ?: ?(\S+?)[.;,]?(?:\s+|$)", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"(?:n/a|n\.pag\.?|<blank>|null|none|undefined|\[?(?:s\.\s?[ln]\.|n\.\s?[dp]\.)\]?|[\W_])+",
    re.IGNORECASE,
)
_DASHES = re.compile(r"\s*(?:[-‐‑‒–—−]+)\s*")
# p. 12, pp 12 and p12, but not pl1, PD4 and P12, which are pages of their own.
_PAGE_WORD = re.compile(r"(?:[Pp]{1,2}(?:\.\s*|\s+)|[Pp]ages?\s+)(?=[A-Za-z]?\d)|pp?(?=\d)")
_ARTICLE_NUMBER = re.compile(r"(?!S\d)\d{0,5}[A-Za-z]{1,8}\d[\w.]*|\d{5,}", re.ASCII)


def unread(variable: str, text: str) -> str:
    """What is said of a value in which no identifier or address can be read."""
    return f"no {variable} can be read in {shown(text)}"


def shown(text: str) -> str:
    """A value of a file as a message quotes it, cut where it is long."""
    return repr(text if len(text) <= 60 else f"{text[:60]}…")


def is_placeholder(text: str) -> bool:
    """Whether a program wrote "n/a", "<Blank>", a dash or a comma where it had nothing."""
    text = text.strip()
    # most values begin with a letter that no placeholder begins with
    if len(text) >= 20 or (text[:1].isalnum() and text[0] not in "nNuUsS"):
        return False
    return bool(_PLACEHOLDER.fullmatch(text))


def unescaped(text: str) -> str:
    """HTML's entities resolved where they are whole: `&copy=3` in an address is none."""
    return _ENTITY.sub(_entity, text) if "&" in text else text


def _entity(match: re.Match[str]) -> str:
    return _resolved(match.group())


@lru_cache(maxsize=1_000)
def _resolved(entity: str) -> str:
    return html.unescape(entity) if entity[1] == "#" or entity[1:] in html5 else entity


def labeled(note: str) -> tuple[dict[str, str], str]:
    """The identifiers with which a note begins ("PMID: 1 PMCID: PMC2"), and the rest of it."""
    found: dict[str, str] = {}
    while match := _LABELED.match(note):
        label = match.group(1).upper()
        value = identifiers.PARSERS[label](match.group(2))
        if not value:
            break
        found.setdefault(label, value)
        note = note[match.end() :]
    return found, note


def page(text: str, year: int | None = None) -> str:
    """Pages with plain hyphens, and the shortened ends of MEDLINE written out (105-9).

    An article number of the American Society for Microbiology ends in its year and stays: e00313-19
    is no range, nor is e12345-19 of a paper from 2019, which `year` shows.
    """
    text = text.strip()
    if text[:1] in ("p", "P") and (word := _PAGE_WORD.match(text)):
        text = text[word.end() :]
    if text.isalnum():
        return text
    text = _DASHES.sub("-", text)
    if year and pages.ASM_NUMBER.fullmatch(text) and abs(year % 100 - int(text[-2:])) < 2:
        return text
    return pages.whole_range(text)


def is_article_number(text: str) -> bool:
    """Whether a page field holds an article number, like e136215 or e00313-19, and no page."""
    return bool(_ARTICLE_NUMBER.fullmatch(text) or pages.ASM_NUMBER.fullmatch(text))


def language(text: str) -> str:
    """The code that CSL wants for a language, from MEDLINE's codes or an English name."""
    return _CODES.get(text.strip().lower(), text) if text else ""


def edition(text: str) -> str:
    """The number of an edition in words ("Second", "2nd edition"); other words stay."""
    words = _EDITION.sub("", text.lower()).strip()
    match = _ORDINAL.fullmatch(words)
    return match.group(1) if match else _ORDINALS.get(words, text)


def with_subtitle(title: str, subtitle: str) -> str:
    """A title and what stands below it, parted by a colon unless it ends in a sign of its own."""
    return f"{title}{'' if title[-1] in '.?!:' else ':'} {subtitle}"


def without_final_stop(title: str) -> str:
    """A title without the full stop that PubMed adds to every one; an ellipsis stays."""
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def undotted(journal: str) -> str:
    """An abbreviated journal as MEDLINE has it: J. Invent. Results as J Invent Results."""
    return _DOT.sub("", journal)
