"""Citation keys: which can be cited, and new ones for papers that come without."""

from __future__ import annotations

import re

from bclm_cli.load import fields
from bclm_cli.model.records import Reference
from bclm_cli.text import normalize

LONGEST = 200
"""Characters; a longer key is text that strayed into its place."""
_KEY = re.compile(fields.KEY)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_UNCITABLE = re.compile(r"[{}]")
_UNFOLDED = str.maketrans({"ß": "ss", "ẞ": "SS", "ŋ": "n", "Ŋ": "N", "ʼ": "", "’": ""})


def is_usable(key: str) -> bool:
    """Whether one of BibTeX, biber, pandoc and Typst takes the key as it is.

    The address of an item, which Zotero and Crossref give for an id, is none.
    """
    return bool(
        _KEY.fullmatch(key)
        and len(key) <= LONGEST
        and not _ADDRESS.match(key)
        and not _UNCITABLE.search(key)
    )


def is_citable(key: str) -> bool:
    """Whether a manuscript may cite this in some way, so that it has to lead somewhere."""
    return bool(_KEY.fullmatch(key)) and len(key) <= LONGEST and "zotero.org/" not in key


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
