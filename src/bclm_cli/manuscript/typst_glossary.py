"""The terms of a glossary in Typst whose entries are plain: `(html: "HTML", css: (short: "CSS"))`.

glossy, acrostiche, abbr and the authors' own helpers take such a dictionary in a call, or by a name
that says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = r"(?:gloss|acro|abbr)[\w-]*+"
_DICTIONARY = re.compile(
    rf"(?:{_WORD}(?:\.with)?\(\s*+|\blet\s+[\w-]{{0,40}}?{_WORD}\s*+=\s*+)(?=\()", re.IGNORECASE
)
_TOKEN = re.compile(
    r'"((?>[^"\\\n]|\\.)*+)"(?P<string>\s*:)?|(?P<name>[A-Za-z][\w-]*)\s*:|[(\[{}\])]'
)


def terms(text: str) -> Iterator[tuple[str, int]]:
    """The keys of each such dictionary, with their offsets."""
    done = 0
    for begun in _DICTIONARY.finditer(text):
        if begun.start() < done:
            continue
        depth, done = 0, len(text)
        for token in _TOKEN.finditer(text, begun.end()):
            sign = token[0]
            if sign in "([{":
                depth += 1
            elif sign in ")]}":
                depth -= 1
                if depth <= 0:
                    done = token.end()
                    break
            elif depth == 1 and (token["name"] or token["string"]):
                yield token["name"] or token[1], token.start()
