"""Names of people as tagged formats write them, "van der Family, Given, Jr", and of bodies."""

from __future__ import annotations

import re

from bclm_cli.model import Name

_INITIALS = re.compile(r"([^,]+?)\s+([A-Z]{1,4}|(?:[A-Z]\.[- ]?){1,4})", re.ASCII)
_SUFFIX = re.compile(r"[JjSs][Rr]\.?|I{2,3}|IV|VI{0,3}|\d(?:st|nd|rd|th)")
_PARTICLES = re.compile(r"((?:[^\W\dA-Z_][\w'’.]*\s+)+)(?=\S)|(d['’])(?=[^\W\d_a-z])")


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


def split_particle(name: Name) -> Name:
    """The small words before a family name ("van de Rijn") as its non-dropping particle."""
    match = _PARTICLES.match(name.family) if name.family[:1].islower() else None
    if not match:
        return name
    particle = match.group().strip()
    return name._replace(family=name.family[match.end() :].strip(), non_dropping_particle=particle)
