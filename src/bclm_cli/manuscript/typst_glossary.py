"""The terms of a glossary in Typst whose entries are plain: `(html: "HTML", css: (short: "CSS"))`.

glossy, acrostiche, abbr and the authors' own helpers take such a dictionary in a call, or by a name
that says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_GLOSSARY = re.compile(r"gloss|acro|abbr", re.IGNORECASE)
_DICTIONARY = re.compile(
    r"(?<![\w-])(?:let\s++(?P<name>[\w-]++)\s*+=\s*+"
    r"|(?P<function>[\w-]++)(?:\.with)?\(\s*+)(?=\()"
)
_SIGN = r"(?<![\w-])(?P<name>[A-Za-z][\w-]*+)\s*+:|(?P<bracket>[(\[{}\])])"
_TOKEN = re.compile(rf'"(?P<text>(?>[^"\\\n]|\\.)*+)(?:"(?P<key>\s*+:)?|(?P<unclosed>))|{_SIGN}')
_SIGNS = re.compile(_SIGN)


def terms(text: str) -> Iterator[tuple[str, int]]:
    """The keys of each such dictionary, with their offsets."""
    if not _GLOSSARY.search(text):
        return
    done = 0
    for begun in _DICTIONARY.finditer(text):
        if begun.start() < done or not _GLOSSARY.search(begun["name"] or begun["function"]):
            continue
        depth, done = 0, len(text)
        for bracket, key, at in _tokens(text, begun.end()):
            if bracket and bracket in "([{":
                depth += 1
            elif bracket:
                depth -= 1
                if depth <= 0:
                    done = at
                    break
            elif depth == 1 and key:
                yield key, at


def _tokens(text: str, position: int) -> Iterator[tuple[str, str, int]]:
    """Each bracket, or key of a dictionary, with its offset."""
    while token := _TOKEN.search(text, position):
        position = token.end()
        if token["unclosed"] is not None:  # 3.5" in a text; nor do later quotes of the line pair
            for sign in _SIGNS.finditer(text, token.start() + 1, position):
                yield sign["bracket"] or "", sign["name"] or "", sign.start()
        elif token["text"] is None or token["key"]:
            yield token["bracket"] or "", token["name"] or token["text"] or "", token.start()
