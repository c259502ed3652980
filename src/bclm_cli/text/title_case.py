"""Whether a title is in Title Case, in which a capital does not show a name."""

from __future__ import annotations

import re

_ATOM = re.compile(r"[^\W_]+")
LONG = 4
"""Letters; shorter words say nothing about whether a title is in Title Case."""
_FEW = 3  # of those; fewer say nothing either
_SHORT = 5  # of those; in so few a single small word settles it
SMALL = frozenset(
    {"about", "across", "after", "against", "along", "among", "around", "before", "behind",
     "between", "beyond", "during", "from", "into", "like", "near", "onto", "over", "since",
     "than", "that", "through", "toward", "towards", "under", "until", "upon", "versus", "when",
     "with", "within", "without"}
)  # fmt: skip
"""Words that Title Case leaves in lower case."""


def is_title_case(title: str) -> bool:
    """Whether a title without marks has so many capitals that none of them shows a name.

    The first word, which has a capital anyway, does not count.
    """
    words = [word for word in _ATOM.findall(title) if word.isalpha()]
    words = [word for word in words[1:] if len(word) >= LONG and word not in SMALL]
    if len(words) < _FEW or (len(words) <= _SHORT and any(map(str.islower, words))):
        return False  # How Camillo Golgi became …
    capitals = [word for word in words if word[0].isupper()]
    return len(capitals) >= 0.75 * len(words)
