"""What a format's reader reports of a text: each key, and whatever bears on the keys."""

from __future__ import annotations

from typing import Literal, NamedTuple

ALL = "*"
r"""The key that stands for every paper: `\nocite{*}`, `nocite: "@*"`, `full: true`."""

Kind = Literal[
    "key",
    "include",
    "import",
    "style",
    "label",
    "glossary",
    "terms",
    "bibliography",
    "unclear",
    "broken",
]


class Mention(NamedTuple):
    """Something found at `offset`, in characters from the start of the text.

    A "key" is cited; an "include" names another file that is read at this place, an "import" one
    whose definitions are, and a "style" one whose definitions are if it lies beside the manuscript;
    a "glossary" term is no paper, nor is what it has behind a colon, and "terms" names a file that
    may hold such; a "label" is defined by the document itself, so a mention of it is a
    cross-reference and no citation; a "bibliography" names a file of references as it stands in the
    text, one a line. What is "unclear" may hide a key and what is "broken" surely
    does; `text` then says what is wrong.
    """

    kind: Kind
    text: str
    offset: int
