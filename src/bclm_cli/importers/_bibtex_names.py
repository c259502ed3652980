"""BibTeX name lists to CSL names; the rules of von, Jr and braces are bibtexparser's."""

from __future__ import annotations

import re

from bclm_cli.importers._found import MAX_FIELDS, TooMuchError
from bclm_cli.importers._latex import decode_plain, is_wrapped
from bclm_cli.importers._names import split_particle
from bclm_cli.model import Name

# What most names look like; bibtexparser takes five times as long for them.
_PART = r"(?:[^,{}~=]|\{[^{} ,]*+\})*+"
_COMMON = re.compile(rf"([^\W\d_]{_PART}), *+([^\W\d_]{_PART})")
_BRACE_OR_AND = re.compile(r"[{}]| and ", re.IGNORECASE)
_EXTENDED = re.compile(r"\s*+([a-z-]+(?:-i)?)\s*+=\s*+(.*)", re.DOTALL)
_EXTENDED_PARTS = {
    "family": "family", "given": "given", "prefix": "non_dropping_particle", "suffix": "suffix",
}  # fmt: skip


def people(value: str, unknown: set[str]) -> tuple[list[Name], bool]:
    """The names of a list joined by "and", and whether it ends in "and others".

    Raises TooMuchError for more names than any paper has.
    """
    names, others = [], False
    for text in _split(value):
        if text.strip(" {}.").lower() in ("others", "et al"):
            others = True
        elif text.strip():
            names.append(_person(text.strip(), unknown))
        if len(names) > MAX_FIELDS:
            raise TooMuchError(f"there are over {MAX_FIELDS:,} names")
    return names, others


def _split(value: str) -> list[str]:
    words = " ".join(value.split())
    if " and " in words and not _and_in_braces(words):
        found = words.removesuffix(" and").removeprefix("and ").split(" and ")
        if not any(" AND " in name or " And " in name for name in found):
            return found
    from bibtexparser.middlewares.names import split_multiple_persons_names

    return list(split_multiple_persons_names(value))


def _and_in_braces(words: str) -> bool:
    depth = 0
    for match in _BRACE_OR_AND.finditer(words) if "{" in words else ():
        sign = match.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(depth - 1, 0)
        elif depth:
            return True
    return False


def _person(text: str, unknown: set[str]) -> Name:
    common = _COMMON.fullmatch(text)
    if common:
        family, given = (decode_plain(part, unknown).strip() for part in common.groups())
        return split_particle(Name(family=family, given=given))
    if "=" in text:
        extended = _extended(text, unknown)
        if extended:
            return extended
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    parts = parse_single_name_into_parts(text, strict=False)
    family, given, particle, suffix = (
        decode_plain(" ".join(words), unknown).replace("\u00a0", " ")
        for words in (parts.last, parts.first, parts.von, parts.jr)
    )
    if not given and not particle and is_wrapped(text):  # {World Health Organization}
        return Name(literal=family)
    return Name(family=family, given=given, non_dropping_particle=particle, suffix=suffix)


def _extended(text: str, unknown: set[str]) -> Name | None:
    """BibLaTeX's `family=Rijn, given=Ann, prefix=van de, useprefix=true`."""
    parts: dict[str, str] = {}
    for piece in text.split(","):
        match = _EXTENDED.fullmatch(piece)
        if not match:
            return None
        parts[match.group(1)] = decode_plain(match.group(2).strip().strip('"'), unknown)
    name = Name(**{field: parts[part] for part, field in _EXTENDED_PARTS.items() if part in parts})
    if parts.get("useprefix", "true") == "false":
        name = name._replace(dropping_particle=name.non_dropping_particle, non_dropping_particle="")
    return name if name.family or name.given else None
