"""Names of people as tagged formats write them, "van der Family, Given, Jr", and of bodies."""

from __future__ import annotations

import re
import unicodedata

from bclm_cli.formats.values import unescaped
from bclm_cli.model.records import Name

_WORD = r"[^\W\d_]++"
_SIMPLE = re.compile(rf"({_WORD}(?>[ '’.-]{_WORD})*+), ({_WORD}\.?+(?>[ -]?+{_WORD}\.?+)*+)")
_INITIALS = re.compile(r"([^,]+?)\s+([A-Z]{1,4}|(?:[A-Z]\.[- ]?){1,4})", re.ASCII)
_DOTTED = re.compile(r"(?:[A-Z][a-z]?\.[- ]?){1,4}", re.ASCII)
_SUFFIX = re.compile(r"[JjSs][Rr]\.?|I{2,3}|IV|VI{0,3}|\d(?:st|nd|rd|th)")
_TITLE = re.compile(r"M\.?D\.?|Ph\.? ?D\.?|Esq\.?")
_PARTICLES = re.compile(r"((?:[^\W\dA-Z_][\w'’.]*\s+)+)(?=\S)|(d['’])(?=[^\W\d_a-z])")
_ET_AL = re.compile(r"(?:^|[\s,])et\s+al\.?\s*$", re.IGNORECASE)
_AND = re.compile(r"^(?:&|and) +")


class MixedNamesError(ValueError):
    """Several names stand in one place, and nobody can tell where one ends."""

    def __init__(self, text: str) -> None:
        shown = text if len(text) <= 60 else f"{text[:60]}…"
        super().__init__(f"author list cannot be told apart ({shown})")


def simple(text: str) -> Name | None:
    """A name as nearly all are, "Family, Given": nothing in it to decode, to clean or to doubt."""
    match = _SIMPLE.fullmatch(text)
    if not match or not (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return None
    family, given = match.groups()
    if family[0].islower() or given[0].islower() or family[-1].isupper() or is_suffix(given):
        return None
    if " et al" in given:
        return None
    return Name(family, given)


def person(text: str) -> Name:
    """One author of a tagged format; a name without a comma may be a body or initials.

    A body may end in a comma, as the RIS specification asks.
    """
    text = text.strip()
    if text.endswith(","):
        return Name(literal=" ".join(text[:-1].split()))
    parts = [" ".join(part.split()) for part in text.split(",")]
    if len(parts) > 1 and parts[1]:
        family, given, *rest = parts
        suffix = " ".join(rest).strip()
        if not suffix and _SUFFIX.fullmatch(given) and len(parts) == 2 and " " in family:
            return person(family)._replace(suffix=given)
        return split_particle(Name(family=family, given=given, suffix=suffix))
    whole = parts[0]
    match = _INITIALS.fullmatch(whole)
    if match:
        return split_particle(Name(family=match.group(1), given=match.group(2)))
    return Name(literal=whole) if " " in whole else Name(family=whole)


def persons(text: str) -> list[Name]:
    """The authors in a field that should hold one. Raises MixedNamesError."""
    if text.count(",") == 1 and not needs_apart(text):
        return [person(text)]
    if ("," not in text and ";" not in text) or text.rstrip().endswith(","):
        return [person(text)]
    lines = unescaped(text).split(";")
    return [person(", ".join(parts)) for line in lines for parts in apart(line.split(","))]


def without_et_al(text: str) -> tuple[str, bool]:
    """A name without the "et al." behind it, and whether there was one; of "others" nothing."""
    if text.rstrip(".").lower() == "others":
        return "", True
    if text.endswith((".", "l", "L")):
        rest, end = text[:-12], text[-12:]
        if more := _ET_AL.search(end):
            return (rest + end[: more.start()]).rstrip(" ,"), True
    return text, False


def needs_apart(text: str) -> bool:
    """Whether "Family, Given" may be two names: Smith J, Doe A; A. Smith, B. Doe; a list with ;."""
    return text[text.find(",") - 1].isupper() or text[1:2] == "." or ";" in text


def apart(pieces: list[str]) -> list[list[str]]:
    """What stands between commas as one name or several, each of family, given and suffix.

    Sure are "Family, Given" with or without a suffix, "Family AB, Family CD" and "Family, A. B.,
    Family, C. D.". Raises MixedNamesError for anything else.
    """
    pieces = [_AND.sub("", piece.strip()) for piece in pieces]
    while pieces and not pieces[-1]:
        pieces.pop()
    if len(pieces) < 2:
        return [pieces] if pieces else []
    listed = [*pieces[:-1], pieces[-1].removesuffix(".")]  # PubMed ends its lists with a full stop
    if all(map(is_vancouver, listed)) and not (
        len(pieces) == 2 and is_suffix(pieces[0].rpartition(" ")[2])
    ):
        return [list(piece.rpartition(" ")[::2]) for piece in listed]
    if len(pieces) == 2:
        if pieces[0][1:2] == "." and pieces[1][1:2] == "." and " " in pieces[0]:
            raise MixedNamesError(", ".join(pieces))
        return [pieces]
    if len(pieces) == 3 and is_suffix(pieces[1]):
        return [[pieces[0], pieces[2], pieces[1]]]
    if len(pieces) == 3 and is_suffix(pieces[2]):
        return [pieces]
    pairs = [pieces[at : at + 2] for at in range(0, len(pieces), 2)]
    if all(len(pair) == 2 and _DOTTED.fullmatch(pair[1]) for pair in pairs) and not any(
        _DOTTED.fullmatch(family) for family, _ in pairs
    ):
        return pairs
    raise MixedNamesError(", ".join(pieces))


def is_suffix(text: str) -> bool:
    """Whether a part of a name is Jr, III, 3rd and the like, or a degree."""
    return len(text) < 6 and bool(_SUFFIX.fullmatch(text) or _TITLE.fullmatch(text))


def is_vancouver(piece: str) -> bool:
    """Whether a name is written as "Family AB"."""
    family, _, initials = piece.rpartition(" ")
    return (
        len(initials) < 4
        and initials.isascii()
        and initials.isalpha()
        and initials.isupper()
        and any(map(str.islower, family[1:]))
    )


def split_particle(name: Name) -> Name:
    """The small words before a family name ("van de Rijn") as its non-dropping particle."""
    match = _PARTICLES.match(name.family) if name.family[:1].islower() else None
    if not match:
        return name
    particle = match.group().strip()
    return name._replace(family=name.family[match.end() :].strip(), non_dropping_particle=particle)
