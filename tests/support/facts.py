"""References as plain facts, so that what a foreign parser read can be held against the model."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference
from bclm_cli.text.markup import plain_line

Facts = dict[str, str]
"""CSL variable -> one comparable string; names are joined with " & "."""

IDENTIFIERS = ("DOI", "PMID", "PMCID", "URL", "ISBN", "ISSN")
INCOMPLETE = "incomplete-authors"

_MARKS = re.compile(r"</?(?:i|b|sup|sub|sc)>|<span [^>]*>|</span>")
_NOCASE = re.compile(r'<span class="nocase">(.*?)</span>')
_SMALL_CAPITALS = re.compile(r'<span style="font-variant: ?small-caps;?">(.*?)</span>')
_SPACES = re.compile(r"\s+")
# Signs that are the same to TeX, or whose difference a reader may take away (docs/bibtex.md).
_ALIKE = str.maketrans({
    **dict.fromkeys("‘’`“”„\"", "'"), "‐": "-", "‑": "-", "µ": "μ", "∆": "Δ",
    "ˆ": "^", "⋅": "·", "∙": "•", "∗": "*", "⟂": "⊥", "⩽": "≤", "⩾": "≥", "𝜍": "ς", "𝜚": "ϱ",
    "\u00ad": None, "\u200b": None, "\u2060": None,
    **dict.fromkeys(map(chr, (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2061, 0x206A)))),
})  # fmt: skip
_LATIN_LOOKING = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "ABEZHIKMNOPTXo")
_SCRIPTS = {
    sign: unicodedata.normalize("NFKC", sign) for sign in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"
}


def marked(text: str) -> str:
    """Text with its marks: raised and lowered signs as `<sup>` and `<sub>`, no nocase."""
    text = _NOCASE.sub(r"\1", text)
    text = _SMALL_CAPITALS.sub(r"<sc>\1</sc>", text)
    text = "".join(_script(sign) for sign in unicodedata.normalize("NFC", text))
    for tag in ("sup", "sub"):
        text = text.replace(f"</{tag}><{tag}>", "")
    return _alike(text).replace("−", "-")


def flat(text: str) -> str:
    """Text for a parser that knows no marks: our own flattening, then what TeX confounds."""
    return _alike(plain_line(text))


def bare(text: str) -> str:
    """Text for a LaTeX decoder without marks: raised and lowered signs stand on the line."""
    text = _MARKS.sub("", marked(text))
    return (
        text.translate(_LATIN_LOOKING)
        .replace("′", "'")
        .replace("″", "'")
        .replace("''", "'")
        .replace("™", "TM")
    )


def _alike(text: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(_ALIKE)
    return _SPACES.sub(" ", text).strip()


def _script(sign: str) -> str:
    base = _SCRIPTS.get(sign)
    if base is None:
        return sign
    tag = "sub" if "₀" <= sign <= "₎" else "sup"
    return f"<{tag}>{base}</{tag}>"


def of(reference: Reference, text: Callable[[str], str]) -> Facts:
    """What the model says, its text through one of the functions above."""
    facts = {name: text(value) for name, value in reference.text.items()}
    facts |= {name: reference.text[name] for name in IDENTIFIERS if name in reference.text}
    for role, people in reference.names.items():
        facts[role] = names(people, text)
    if reference.incomplete_authors:
        facts[INCOMPLETE] = "true"
    for variable, date in reference.dates.items():
        facts[variable] = day(date)
    if "page" in facts:
        facts["page"] = pages(facts["page"])
    return {name: value for name, value in facts.items() if value}


def names(people: Iterable[Name], text: Callable[[str], str] = marked) -> str:
    """`de la Muestra, María & Sample, Robert, Jr`."""
    return " & ".join(name(person, text) for person in people)


def name(person: Name, text: Callable[[str], str] = marked) -> str:
    """Family name with its particles, given name, suffix; whoever has one name has that."""
    if person.literal:
        return text(person.literal)
    particle = " ".join(filter(None, (person.dropping_particle, person.non_dropping_particle)))
    family = f"{particle} {person.family}".strip()
    whole = text(", ".join(filter(None, (family, person.given, person.suffix))))
    return whole.replace("' ", "'")


def pages(text: str) -> str:
    """Pages with any dash as a hyphen."""
    return re.sub(r"\s*[-–—]+\s*", "-", text)


def day(date: Date) -> str:
    """A date as ISO text; a season as month 21 to 24, as in EDTF."""
    text = str(date)
    return f"{text}-2{date.season}" if date.season else text


class Outcome(NamedTuple):
    """How many facts were equal, which were lost, and which came out otherwise."""

    equal: int
    lost: dict[str, list[str]]
    wrong: dict[tuple[str, str], tuple[str, str]]
    gained: dict[tuple[str, str], str]


def compare(wanted: Mapping[str, Facts], got: Mapping[str, Mapping[str, Any]]) -> Outcome:
    """Hold what was read against the model, field by field; `lost` lists keys by variable."""
    equal = 0
    lost: dict[str, list[str]] = {}
    wrong: dict[tuple[str, str], tuple[str, str]] = {}
    gained: dict[tuple[str, str], str] = {}
    for key, facts in wanted.items():
        read = got.get(key, {})
        for variable, value in facts.items():
            if variable not in read:
                lost.setdefault(variable, []).append(key)
            elif read[variable] == value:
                equal += 1
            else:
                wrong[key, variable] = (value, str(read[variable]))
        gained |= {(key, extra): str(read[extra]) for extra in read.keys() - facts.keys()}
    return Outcome(equal, lost, wrong, gained)
