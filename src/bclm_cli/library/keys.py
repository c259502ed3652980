"""Citation keys for papers that come without a usable one."""

from __future__ import annotations

import re

from bclm_cli.model.records import Reference
from bclm_cli.text import normalize

_UNFOLDED = str.maketrans({"ß": "ss", "ẞ": "SS", "ŋ": "n", "Ŋ": "N", "ʼ": "", "’": ""})


def make_key(reference: Reference) -> str:
    """authorYEAR in ASCII: "muller2001"; a paper without author begins with its title's word."""
    people = reference.author or next(iter(reference.names.values()), ())
    name = _ascii(people[0].family or people[0].literal or people[0].given) if people else ""
    words = () if name else map(_ascii, re.findall(r"\w{4,}", normalize.normalize(reference.title)))
    name = name or next(filter(None, words), "anonymous")
    return f"{name[:40]}{reference.year or 'nd'}"


def _ascii(name: str) -> str:
    folded = normalize.normalize(name.translate(_UNFOLDED))
    return "".join(c for c in folded if c.isascii() and c.isalnum())
