"""Names of people as tagged formats write them, "van der Family, Given, Jr", and of bodies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bclm_cli.formats.values import shown, unescaped
from bclm_cli.model.records import Name

_WORD = r"[^\W\d_]++"
_SIMPLE = re.compile(rf"({_WORD}(?>[ '’.-]{_WORD})*+), ({_WORD}\.?+(?>[ -]?+{_WORD}\.?+)*+)")
_INITIAL = r"[^\W\d_a-z][a-z]?\.(?: ?-| )?"
_DOTTED = re.compile(rf"(?:{_INITIAL}){{1,5}}")
_INITIALS_FIRST = re.compile(  # no U.S. Congress, no St. Jude
    rf"(?!U\. ?[SKN]\.|E\. ?U\.|St\. )((?:{_INITIAL}){{1,5}})"
    r"((?:[^\W\dA-Z_][^\s.,;]*+ ){0,3}[^\W\da-z_][^\s.,;]+)"
)
_PART = re.compile(rf"{_WORD}(?:[.'’-]{_WORD})*\.?")
_SUFFIX = re.compile(r"[JjSs][Rr]\.?|I{2,3}|IV|VI{0,3}|\d(?:st|nd|rd|th)")
_SURE_SUFFIX = re.compile(r"[JS]r\.?|I{2,3}|IV|\d(?:st|nd|rd|th)\.?")
_AFTER_INITIALS = re.compile(rf"[^\W\da-z_]\.? (?:{_SURE_SUFFIX.pattern})$")
_TITLE = re.compile(r"M\.?D\.?|Ph\.? ?D\.?|Esq\.?")
_PARTICLES = re.compile(r"((?:[^\W\dA-Z_][\w'’.]*\s+)+)(?=\S)|(d['’])(?=[^\W\d_a-z])")
_ET_AL = re.compile(r"(?:^|[\s,])et\s+al\.?\s*$", re.IGNORECASE)
_AND = re.compile(r"^(?:&|and) +")
_SMALL_INITIAL = re.compile(r"(?<![^\W_])[a-z](?=\.)")
_ODD_END = re.compile(rf"(?<![^\W_])[a-z]\.?$| (?:{_SURE_SUFFIX.pattern})$")
_BETWEEN_NAMES = re.compile(r"[;,&]")
_CONJUNCTIONS = frozenset("eiy")
_BODY = re.compile(
    r"\b(?:group|consorti|collab|committee|team|network|societ|associat|institut|universit"
    r"|organi[sz]ation|department|ministry|cent(?:er|re)|council|agency|office|foundation"
    r"|hospital|college|school|laborator|project|program|initiative|alliance|federation|union"
    r"|commission|bureau|board|division|investigators|participants|study|trial|company|inc\b"
    r"|ltd\b|gmbh|corporation|academy|registry|task force|(?:and|of|the|for)\b)",
    re.IGNORECASE,
)
MAX_INITIALS = 5
"""More capital letters in a row are a word."""


def simple(text: str) -> Name | None:
    """A name as nearly all are, "Family, Given": nothing in it to decode or to clean."""
    match = _SIMPLE.fullmatch(text)
    if not match or not (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return None
    family, given = match.groups()
    if family[0].islower() or given[0].islower() or family[-1].isupper() or is_suffix(given):
        return None
    if (given[-1] == "." or " " in given) and (_ODD_END.search(given) or " et al" in given):
        return None
    if " " in family and _ODD_END.search(family):
        return None
    return Name(family, given)


def _ends_in_suffix(text: str) -> bool:
    return bool(_SURE_SUFFIX.fullmatch(text[text.rfind(" ") + 1 :]))


def person(text: str, *, given_first: bool = False) -> Name:
    """One author of a tagged format; a name without a comma may be a body or initials.

    A body may end in a comma, as the RIS specification asks. `given_first` says that the file
    writes "Given Family" (see `are_given_first`).
    """
    text = text.strip()
    if text.startswith(",") or text.endswith(","):
        return Name(literal=" ".join(text.strip(" ,").split()))
    parts = [" ".join(part.split()) for part in text.split(",")]
    if len(parts) > 1 and parts[1]:
        family, given, *rest = parts
        suffix = " ".join(rest).strip()
        if not suffix and _SUFFIX.fullmatch(given) and len(parts) == 2 and " " in family:
            return person(family)._replace(suffix=given)
        return split_particle(tidied(Name(family=family, given=given, suffix=suffix)))
    whole = " ".join(text.split())
    if found := vancouver(whole) or initials_first(whole):
        return found
    if given_first and (turned := _given_first(whole)):
        return turned
    return Name(literal=whole) if " " in whole else Name(family=whole)


def persons(text: str, warnings: list[str], *, given_first: bool = False) -> list[Name]:
    """The authors in a field that should hold one; what is said of doubtful ones is added to
    `warnings`."""
    if text.count(",") == 1 and not needs_apart(text):
        return [person(text)]
    if ("," not in text and ";" not in text) or text.rstrip().endswith(","):
        return [person(text, given_first=given_first)]
    found: list[Name] = []
    for line in unescaped(text).split(";"):
        if "," in line:
            found += map(split_particle, map(tidied, apart(line.split(","), warnings)))
        elif line.strip():
            found.append(person(line, given_first=given_first))
    return found


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
    """Whether "Family, Given" may be two names (Smith J, Doe A; A. Smith, B. Doe; a list with ;),
    or one body."""
    comma = text.find(",")
    return (
        text[comma - 1].isupper()
        or text[1:2] == "."
        or ";" in text
        or comma < 1
        or bool(_AFTER_INITIALS.search(text[max(comma - 12, 0) : comma]))
        or bool(_BODY.search(text, comma) and _BODY.search(text, 0, comma))
    )


def apart(pieces: list[str], warnings: list[str]) -> list[Name]:
    """What stands between commas as one name or several.

    Sure are "Family, Given" with or without a suffix, "Family AB, Family CD", "Family, A. B.,
    Family, C. D." and "A. B. Family, C. D. Family". Anything else is one name as it stands, and
    `warnings` says so.
    """
    pieces = [_AND.sub("", piece.strip()) for piece in pieces]
    filled = list(filter(None, pieces))
    if len(filled) < 2:  # an empty part beside the comma says that there is one name
        return [Name(literal=piece) if " " in piece else Name(piece) for piece in filled]
    if sure := _sure(filled):
        return sure
    whole = ", ".join(filled)
    named = [vancouver(piece) or initials_first(piece) or _given_first(piece) for piece in filled]
    if len(filled) > 2 and all(named) and not any(map(_BODY.search, filled)):
        warnings.append(f"{shown(whole)} is taken for {len(named)} names")
        return [name for name in named if name]
    listed = [vancouver(piece) for piece in filled]
    if len(filled) > 3 and 2 * sum(map(bool, listed)) >= len(filled):
        odd = [piece for piece, name in zip(filled, listed, strict=True) if not name]
        warnings += [f"{shown(piece)} is taken for a name as it stands" for piece in odd]
        return [name or Name(literal=piece) for piece, name in zip(filled, listed, strict=True)]
    warnings.append(f"{shown(whole)} may be several names; it is kept as one")
    return [Name(literal=whole)]


def _sure(pieces: list[str]) -> list[Name]:
    """The names in at least two pieces where one rule explains them all; none where none does."""
    ended = [*pieces[:-1], pieces[-1].removesuffix(".")]  # PubMed ends its lists with a full stop
    if _are_listed(ended):
        return [name for piece in ended if (name := vancouver(piece))]
    named = [name for piece in pieces if (name := initials_first(piece))]
    if len(named) == len(pieces):
        return named
    first, second, *rest = pieces
    if not rest:
        both = _BODY.search(first) and _BODY.search(second)
        return [] if both else [Name(first, second)]
    if len(rest) == 1 and is_suffix(second):
        return [Name(first, rest[0], suffix=second)]
    if len(rest) == 1 and is_suffix(rest[0]):
        return [Name(first, second, suffix=rest[0])]
    if all(map(_DOTTED.fullmatch, pieces[1:])) and not _DOTTED.fullmatch(first):
        return [Name(first, " ".join(pieces[1:]))]  # Merle, J., C.
    pairs = list(zip(pieces[::2], pieces[1::2], strict=False))
    if len(pieces) % 2 == 0 and all(
        _is_initials(given) and any(map(str.islower, family)) for family, given in pairs
    ):
        return [Name(family, given) for family, given in pairs]
    return []


def _are_listed(pieces: list[str]) -> bool:
    """Whether all are "Family AB"; one "Foe III, Jane D" is a family name, suffix and given."""
    if not all(map(vancouver, pieces)):
        return False
    first, last = pieces[0], pieces[-1]
    return len(pieces) > 2 or not (
        last[-2:-1] == " " and first.count(" ") == 1 and is_suffix(first.rpartition(" ")[2])
    )


def is_suffix(text: str) -> bool:
    """Whether a part of a name is Jr, III, 3rd and the like, or a degree."""
    return len(text) < 6 and bool(_SUFFIX.fullmatch(text) or _TITLE.fullmatch(text))


def _is_initials(word: str) -> bool:
    """Whether a word is initials, in any alphabet that has capitals: Ö, J-P, A.B."""
    letters = word.replace(".", "").replace("-", "").replace(" ", "")
    return len(letters) <= MAX_INITIALS and letters.isalpha() and letters.isupper()


def vancouver(text: str) -> Name | None:
    """A name written as "Family AB" or "Family AB 3rd", None where it is another."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    words = text.split()
    suffix = words.pop() if len(words) > 2 and _SURE_SUFFIX.fullmatch(words[-1]) else ""
    if len(words) < 2 or not _is_initials(words[-1]) or _BETWEEN_NAMES.search(text):
        return None
    given = [words.pop()]
    while len(words) > 1 and len(words[-1].rstrip(".")) == 1 and words[-1].isupper():
        given.insert(0, words.pop())
    family, initials = " ".join(words), " ".join(given)
    capitals = sum(map(str.isalpha, initials))
    if family.isupper():  # a whole list in capitals; an acronym before another is a body
        sure = len(family) > 1 and family[1].isalpha() and capitals <= (3 if suffix else 2)
    else:
        sure = any(map(str.islower, family[1:])) and capitals <= MAX_INITIALS
    if not sure or not family[0].isalpha() or "." in family[:2] or _BODY.search(family):
        return None
    return split_particle(Name(family, initials, suffix=suffix.rstrip(".") if suffix else ""))


def initials_first(text: str) -> Name | None:
    """A name written as "A. B. Family", None where it is another."""
    match = _INITIALS_FIRST.fullmatch(text)
    if not match or _BODY.search(match[2]):
        return None
    return split_particle(tidied(Name(match[2], match[1].strip().replace(". -", ".-"))))


def are_given_first(names: Iterable[str]) -> bool:
    """Whether these, all names of a file, are written as "Given Family": none has a comma, and all
    but bodies look so."""
    found = False
    for name in names:
        text = " ".join(name.split())
        if "," in text or ";" in text or vancouver(text):
            return False
        if initials_first(text) or " " not in text or _BODY.search(text):
            continue
        if not _given_first(text):
            return False
        found = True
    return found


def _given_first(text: str) -> Name | None:
    """A name as "Jane B. van der Doe", None for what is no name of two to five words."""
    words = text.split()
    if not 2 <= len(words) <= 5 or not all(map(_PART.fullmatch, words)) or _BODY.search(text):
        return None
    suffix = words.pop() if len(words) > 2 and _SURE_SUFFIX.fullmatch(words[-1]) else ""
    if not words[0][0].isupper() or not words[-1][0].isupper() or len(words[-1].strip(".")) < 2:
        return None
    small = next((at for at, word in enumerate(words) if word[0].islower()), len(words) - 1)
    family, given = " ".join(words[small:]), " ".join(words[:small])
    return split_particle(Name(family, given, suffix=suffix))


def tidied(name: Name) -> Name:
    """A name with its suffix in its part (Smith Jr., J), and capital initials."""
    family, given, suffix = name.family, name.given, name.suffix
    if not suffix and " " in family and _ends_in_suffix(family):
        family, _, suffix = family.rpartition(" ")
    if not suffix and " " in given and _ends_in_suffix(given):
        given, _, suffix = given.rpartition(" ")
    given = _capital_initials(given).strip(" ,")
    return name._replace(family=family.strip(" ,"), given=given, suffix=suffix)


def _capital_initials(given: str) -> str:
    """Initials that a program has put in lower case: "Robert a", "R. a."; y in "José Ortega y"
    is a word."""
    before, _, last = given.rpartition(" ")
    if len(last) == 1 and "a" <= last <= "z":
        words = sum(len(word.rstrip(".")) > 1 for word in before.split())
        if last not in _CONJUNCTIONS or words < 2:
            at = len(given)
            while at > 0 and "a" <= given[at - 1] <= "z" and (at == 1 or given[at - 2] == " "):
                at -= 2
            at = max(at, 0)
            given = given[:at] + given[at:].upper()
    return _SMALL_INITIAL.sub(lambda letter: letter[0].upper(), given) if "." in given else given


def split_particle(name: Name) -> Name:
    """The small words before a family name ("van de Rijn") as its non-dropping particle."""
    match = _PARTICLES.match(name.family) if name.family[:1].islower() else None
    if not match:
        return name
    particle = match.group().strip()
    return name._replace(family=name.family[match.end() :].strip(), non_dropping_particle=particle)
