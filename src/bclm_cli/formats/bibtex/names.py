"""BibTeX name lists to CSL names; the rules of von, Jr and braces are bibtexparser's."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bclm_cli.formats.bibtex.latex.decode import decode_plain, is_wrapped
from bclm_cli.formats.clean import clean_name
from bclm_cli.formats.interface import MAX_FIELDS, TooMuchError
from bclm_cli.formats.names import (
    apart,
    is_suffix,
    needs_apart,
    simple,
    split_particle,
    tidied,
    vancouver,
    without_et_al,
)
from bclm_cli.formats.values import unescaped
from bclm_cli.model.records import Name

# What most names look like; bibtexparser takes five times as long for them.
_PART = r"(?>[^,{}~=&;]|\{[^{} ,]*+\})*+"
_COMMON = re.compile(rf"((?:[^\W\d_]|\{{[^{{}} ,]*+\}}){_PART}), *+([^\W\d_]{_PART})")
_LETTER = re.compile(
    r"\{\\(?>[^{}]|\{[^{}]*+\})*+\}"  # {\'e}, {\v{S}}, {\AA}
    r"|(?<!\\)\\[\"'`^~=.] *+(?>\{(?>[^{}]|\{[^{}]*+\})*+\}|\\[ij](?![A-Za-z]) *+|[^\W\d_])"
    r"|(?<!\\)\\[cvHkrudbt](?> *+\{[^{}]*+\}| ++[^\W\d_])"
    r"|(?<!\\)\\(?:[oOlLij]|aa|AA|ae|AE|oe|OE|ss|[dD][jJ]|DH|dh|TH|th|NG|ng)(?![A-Za-z])(?>\s++|\{\})?+"
)
_CAPITALIZED = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*+\.?+(?>[-'’][^\W\d_]++\.?+)*+"
_GIVEN_FIRST = re.compile(rf"{_CAPITALIZED}(?> {_CAPITALIZED})++(?<!\.)")
_DIVIDER = re.compile(r"\\?&|;")
_EXTENDED = re.compile(r"\s*+([a-z-]+(?:-i)?)\s*+=\s*+(.*)", re.DOTALL)
_EXTENDED_PARTS = {
    "family": "family", "given": "given", "prefix": "non_dropping_particle", "suffix": "suffix",
}  # fmt: skip


def people(value: str, unknown: set[str], warnings: list[str]) -> tuple[list[Name], bool]:
    """The names of a list joined by "and", and whether it ends in "and others".

    Commands that no table knows are added to `unknown`, what is said of doubtful names to
    `warnings`. Raises TooMuchError for more names than any paper has.
    """
    names, others = [], False
    if "\\" in value:
        # Braces, ties and spaces that belong to a letter divide no name, and hide no capital.
        value = _AND.sub("and", _LETTER.sub(_letter, value.replace("\\,", " ")))
    value = _ungrouped(value) if value[:1] == "{" else value
    listed = _split(value)
    initialed = _is_initialed(listed)
    if not initialed:
        listed = _spelled_out(listed, warnings)
    for text in listed:
        name = simple(text) or (None if initialed else _given_first(text))
        if name:
            names.append(name)
            continue
        text, more = without_et_al(text.strip())
        others = others or more
        if text.strip(" {}.").lower() in ("others", "et al"):
            others = True
        elif text and text.lower() != "and":
            name = Name(text) if text.isalpha() else _common(text, unknown)
            if not name and initialed and "," not in text:
                name = vancouver(text)
            several = [name] if name else _apart(text, unknown, warnings)
            names += filter(any, map(clean_name, map(tidied, several)))
        if len(names) > MAX_FIELDS:
            raise TooMuchError(f"there are over {MAX_FIELDS:,} names")
    return names, others


_AND = re.compile(r"\\and(?![A-Za-z])")
_FULL = rf"{_CAPITALIZED}(?: {_CAPITALIZED})+"
_TWO_FULL = re.compile(rf"({_FULL}), ({_FULL})(,?)")
_MIDDLE_INITIAL = re.compile(r" [^\W\da-z_]\. \S*[^\W\d_]{2}$")


def _spelled_out(names: list[str], warnings: list[str]) -> list[str]:
    """The names of a list as English has it: `Ann Moran, Bo T. Butler, and Cy Creevey`.

    To BibTeX the first two are one, which may be meant so (`García Márquez, Gabriel José`): they
    are two where a comma stands before the "and", or an initial before a last word. Of two that
    stand alone (`Ann Moran, Bo Butler`) only such an initial tells.
    """
    if not names or "," not in names[0] or any("," in name for name in names[1:]):
        return names
    if not (pair := _TWO_FULL.fullmatch(names[0])):
        return names
    first, second, comma = pair.groups()
    if len(names) == 1:
        if any(map(_MIDDLE_INITIAL.search, (first, second))):
            warnings.append(f"{names[0]!r} may be two names; it is read as one, as BibTeX does")
        return names
    if comma or _MIDDLE_INITIAL.search(second):
        warnings.append(f"{names[0]!r} is taken for 2 names")
        return [first, second, *names[1:]]
    warnings.append(f"{names[0]!r} may be two names; it is read as one, as BibTeX does")
    return names


def _letter(match: re.Match[str]) -> str:
    written = match.group()
    return _letter_of(written) if len(written) < 30 else written


@lru_cache(maxsize=1_000)
def _letter_of(written: str) -> str:
    """The letter that LaTeX writes so; what is none stays."""
    letter = decode_plain(written).strip()
    return letter if len(letter) < 4 and letter.isalpha() else written


def _given_first(text: str) -> Name | None:
    """A name as half of all are, "Given Family": nothing in it to decode or to clean."""
    if not _GIVEN_FIRST.fullmatch(text) or not unicodedata.is_normalized("NFC", text):
        return None
    given, _, family = text.rpartition(" ")
    return None if is_suffix(family) else Name(family, given)


def _common(text: str, unknown: set[str]) -> Name | None:
    """What most names with LaTeX in them are, in a fifth of bibtexparser's time."""
    common = _COMMON.fullmatch(text)
    if not common or needs_apart(text):
        return None
    family, given = common.groups()
    before = family.rpartition(" ")[0] if family[0] == "{" else ""
    if before and any(_is_small(word) for word in before.split(" ")):  # may be a particle
        return None
    name = Name(decode_plain(family, unknown).strip(), decode_plain(given, unknown).strip())
    return split_particle(name) if family[0] != "{" else name


def _is_small(word: str) -> bool:
    """Whether a word begins in lower case; of braces, those of an accent alone tell."""
    return (decode_plain(word) if "\\" in word else word)[:1].islower()


def _ungrouped(value: str) -> str:
    """`{Foo, A. and Bar, B.}` without braces that make one body of a whole list."""
    if is_wrapped(value):
        names = value[1:-1].split(" and ")
        if len(names) > 1 and all(name.count(",") == 1 for name in names):
            return value[1:-1]
    return value


def _split(value: str) -> list[str]:
    words = " ".join(value.split())
    found = words.removesuffix(" and").removeprefix("and ").split(" and ")
    in_capitals = " AND " in words or " And " in words
    if len(found) == 1 and words and not in_capitals and "{" not in words and "\\" not in words:
        return found  # spares the import, 28 ms
    if len(found) > 1 and not in_capitals and ("{" not in words or all(map(_is_closed, found))):
        return [name.removeprefix("and ") for name in found]
    from bibtexparser.middlewares.names import split_multiple_persons_names

    return list(split_multiple_persons_names(value))


def _is_closed(piece: str) -> bool:
    """Whether braces pair: an "and" within them stands between two pieces where they do not."""
    return piece.count("{") == piece.count("}")


def _is_initialed(names: list[str]) -> bool:
    """Whether a list is one of "Family AB": one letter alone is no family name.

    A name with a comma, in braces or of one word says nothing of it.
    """
    if not names or ("," in names[0] and "," in names[-1]):
        return False
    whole = (name.split(", ") for name in names if name[:1] != "{")  # Roe A, Poe B and Doe C
    telling = [piece for pieces in whole if all(" " in one for one in pieces) for piece in pieces]
    found = [name for name in telling if vancouver(name)]
    return 2 * len(found) > len(telling) and any(map(_ENDS_IN_INITIAL.search, found))


_ENDS_IN_INITIAL = re.compile(r"\s(?:[^\W\da-z_]|.*\s(?:[JS]r\.?|\d(?:st|nd|rd|th)\.?))$")


def _apart(text: str, unknown: set[str], warnings: list[str]) -> list[Name]:
    """The names in what stands between two "and"."""
    if "=" in text and (extended := _extended(text, unknown)):
        return [extended]
    text = unescaped(text)
    names = _outside(text, _DIVIDER) if "&" in text or ";" in text else [text]
    if len(names) > 1 and "&" in text and not all("," in name for name in names):
        if "," not in names[-1] or any("," in name for name in names[:-1]):
            # Foo & Sons may be one, A. Foo & B. Bar two
            whole = decode_plain(text, unknown).strip()
            warnings.append(f"{whole[:60]!r} may be several names; it is kept as one")
            return [Name(literal=whole)]
        names = [text]  # Foo & Sons, A.
    found: list[Name] = []
    for name in names:
        if "," not in name:
            listed = vancouver(name) if len(names) > 1 else None
            found.append(listed or _person(name.strip(), unknown))
            continue
        mixed: list[str] = []
        pieces = apart([_bare_suffix(piece) for piece in _outside(name, _COMMA)], mixed)
        warnings += [decode_plain(what) for what in mixed]
        found += [_decoded(piece, unknown) for piece in pieces]
    return found


def _bare_suffix(piece: str) -> str:
    """A suffix without the braces that keep `{Jr.}` in one piece; anything else as it is."""
    bare = piece.strip().strip("{}")
    return bare if is_suffix(bare) else piece


def _decoded(name: Name, unknown: set[str]) -> Name:
    """A name whose parts are LaTeX: what of it is particle is for BibTeX's rules to say."""
    if name.literal:
        return Name(literal=_part([name.literal], unknown))
    family = f"{name.non_dropping_particle} {name.family}".lstrip()
    return _person(", ".join(filter(None, (family, name.suffix, name.given))), unknown)


_COMMA = re.compile(",")


def _outside(text: str, divider: re.Pattern[str]) -> list[str]:
    """A text divided where no brace is open."""
    if "{" not in text:
        return divider.split(text)
    pieces, depth, start = [], 0, 0
    for match in re.finditer(rf"\\?[{{}}]|{divider.pattern}", text):
        sign = match.group()[-1]
        if sign in "{}":
            depth = max(depth + (1 if sign == "{" else -1), 0)
        elif not depth:
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:]]


def _person(text: str, unknown: set[str]) -> Name:
    if is_wrapped(text):  # {World Health Organization}
        return Name(literal=_part([text], unknown))
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    parts = parse_single_name_into_parts(text, strict=False)
    family, given, particle, suffix = (
        _part(words, unknown) for words in (parts.last, parts.first, parts.von, parts.jr)
    )
    if len(particle) == 2 and particle[1] == ".":  # Robert a. Weinberg
        given, particle = f"{given} {particle.upper()}".lstrip(), ""
    if " " in given and not (particle or suffix or "," in text) and is_suffix(family):
        suffix, (given, _, family) = family, given.rpartition(" ")  # John Smith Jr.
    return Name(family=family, given=given, non_dropping_particle=particle, suffix=suffix)


def _part(words: list[str], unknown: set[str]) -> str:
    return decode_plain(" ".join(words), unknown).replace("\u00a0", " ") if words else ""


def _extended(text: str, unknown: set[str]) -> Name | None:
    """BibLaTeX's `family=Rijn, given={Ann}, prefix=van de, useprefix=true`."""
    parts: dict[str, str] = {}
    for piece in _outside(text[1:-1] if is_wrapped(text) else text, _COMMA):
        match = _EXTENDED.fullmatch(piece)
        if not match:
            return None
        parts[match.group(1)] = _part([match.group(2).strip().strip('"')], unknown)
    name = Name(**{field: parts[part] for part, field in _EXTENDED_PARTS.items() if part in parts})
    if parts.get("useprefix", "true") == "false":
        name = name._replace(dropping_particle=name.non_dropping_particle, non_dropping_particle="")
    return name if name.family or name.given else None
