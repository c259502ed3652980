"""One name: its particles (CSL 1.0.2, "Non-dropping and Dropping Particles") and initials."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from bclm_cli.csl.rich_text import CLOSE, MARKS, OPEN, read

_PARTICLE_SIGNS = "'’–.-"
_JOINED = ("’", "'", "-", "–")
_WESTERN = re.compile(
    "[-0-9A-Za-z\u00c0-\u017f\u0370-\u052f\u0590-\u06ff\u0e01-\u0e5b\u1e00-\u1fff\u200c-\u200e"
    "\u2018\u2019\u0218-\u021b\u202a-\u202e]"
)
"""Scripts that put the given name first and a space between the names."""
_NO_PARTICLE = re.compile(r"(?:[A-Z][a-z]*\.?[ -]?)+")
"""Given names and initials none of which is written like a particle."""
_GIVEN_PART = re.compile(r"-?[^\s.-]+\.?|-")


class Person(NamedTuple):
    """A name with its particles apart; `body` is the name of an institution, and then all."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    kept: str = ""
    suffix: str = ""
    comma_suffix: bool = False
    body: str = ""
    static: bool = False

    @property
    def western(self) -> bool:
        """Whether it is written in a script that puts spaces between the parts of a name."""
        return _WESTERN.search(self.family) is not None


def person(name: Mapping[str, Any]) -> Person:
    """A name of CSL-JSON, with its particles where they are not given apart.

    Words in lower case before the family name stay with it ("van de Rijn"), words in lower case
    after the given name can be dropped; a suffix may follow the given name after a comma.
    """
    if len(name) == 2 and "family" in name and "given" in name:  # nearly all, in half the time
        family, given = _text(name, "family"), _text(name, "given")
        if _has_no_particle(family) and _NO_PARTICLE.fullmatch(given):
            return Person(family, given)
    if literal := _text(name, "literal"):
        return Person(body=literal)
    family, given, suffix = _text(name, "family"), _text(name, "given"), _text(name, "suffix")
    if not given and name.get("isInstitution") in (True, "true"):
        return Person(body=family)
    comma = bool(name.get("comma-suffix"))
    static = bool(name.get("static-ordering"))
    if not suffix and "," in given:
        given, _, suffix = given.partition(",")
        comma = comma or suffix.startswith("!")
        given, suffix = given.strip(), suffix.lstrip("!").strip()
    kept, dropping = _text(name, "non-dropping-particle"), _text(name, "dropping-particle")
    if len(family) > 2 and family[0] == OPEN["quote"] and family[-1] == CLOSE["quote"]:
        family = family[1:-1]  # quotation marks say that there is no particle in it
    elif family and not kept:
        kept, family = _leading_particle(family)
    if not dropping:
        given, dropping = _trailing_particle(given)
    return Person(family, given, dropping, kept, suffix, comma, static=static)


def _text(name: Mapping[str, Any], part: str) -> str:
    if part not in name:
        return ""
    value = name[part]
    return read(value.strip()) if isinstance(value, str) else ""


def _leading_particle(family: str) -> tuple[str, str]:
    if _has_no_particle(family):
        return "", family
    words = family.split(" ")
    count = 0
    while count < len(words) and _is_particle(words[count]):
        count += 1
    if count == len(words):
        return "", family
    if count:
        gap = " " if words[count - 1].endswith(_JOINED) else ""  # "de’ Medici" keeps its space
        return " ".join(words[:count]) + gap, " ".join(words[count:])
    parts = re.split(f"([{_PARTICLE_SIGNS}])", family)
    if len(parts) == 3 and parts[2] and (not parts[0] or parts[0].islower()):
        return parts[0] + parts[1], parts[2]
    return "", family


def _has_no_particle(family: str) -> bool:
    return family.isalnum() and not family.islower()


def _trailing_particle(given: str) -> tuple[str, str]:
    if given[-1:].isupper() or given[-2:-1].isupper():
        return given, ""
    words = given.split(" ")
    count = len(words)
    while count and _is_particle(words[count - 1]):
        count -= 1
    return (" ".join(words[:count]), " ".join(words[count:])) if count else (given, "")


def _is_particle(word: str) -> bool:
    return all(letter.islower() or letter in _PARTICLE_SIGNS for letter in word)


@lru_cache(maxsize=20_000)
def initials(given: str, after: str, hyphen: bool) -> str:
    """The given names as initials, each followed by `after`: "Jean-Luc P." gives "J.-L. P.".

    A word in lower case is a particle and stays; `hyphen` keeps the hyphen between initials.
    """
    return _tidy("".join(_initial(part, after, hyphen) for part in _GIVEN_PART.findall(given)))


def spaced(given: str, after: str) -> str:
    """The given names in full, with `after` behind those that are initials already."""
    parts = [*_GIVEN_PART.findall(given), ""]
    return _tidy(
        "".join(
            f"{part.rstrip('.')}{after}"
            if _short(part) and (part.endswith(".") or not following.startswith("-"))
            else f"{part} "
            for part, following in pairwise(parts)
        )
    )


def _tidy(text: str) -> str:
    return re.sub(" +", " ", text).replace(" -", "-").strip(" ")


def _short(part: str) -> bool:
    return part.endswith(".") or len(part) == 1


def _initial(part: str, after: str, hyphen: bool) -> str:
    core = part.strip(MARKS + ".")
    if core and len(part) > len(core) and not part.isascii() and part[0] in MARKS:
        opening = part[: len(part) - len(part.lstrip(MARKS))]
        closing = part.rstrip(".")[len(part.rstrip("." + MARKS)) :]
        text = _initial(core, after, hyphen)
        return opening + text.rstrip(" ") + closing + text[len(text.rstrip(" ")) :]
    if _short(part):
        part = part.rstrip(".")
        return (part if hyphen else part.lstrip("-")) + after if part.strip("-") else ""
    if part.islower() and not part.startswith("-"):
        return f" {part} "
    dash, word = ("-", part[1:]) if part.startswith("-") else ("", part)
    if not word[0].isupper():
        return "" if dash else part + after
    double = len(word) > 2 and word[1].isupper() and word[2:].islower()
    letters = word[0] + word[1].lower() if double and not dash else word[0]
    return (dash if hyphen else "") + letters + after


def glue(*parts: str) -> str:
    """Parts of a name with spaces between, but none after an apostrophe or hyphen."""
    text = ""
    for part in parts:
        if part:
            text += ("" if not text or text.endswith(_JOINED) or text[-1].isspace() else " ") + part
    return text
