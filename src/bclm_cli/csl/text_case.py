"""CSL's text cases on marked text: title case, sentence case and the simple ones."""

from __future__ import annotations

import re
from collections.abc import Callable

from bclm_cli.csl.rich_text import CLOSE, LINKS, OPEN, is_mark

_STOP_WORDS = frozenset((
    "a", "about", "an", "and", "as", "at", "but", "by", "d", "de", "down", "for", "from", "in",
    "into", "l", "nor", "of", "on", "onto", "or", "over", "so", "the", "till", "to", "up", "van",
    "via", "von", "with", "yet",
))  # fmt: skip
_TOKEN = re.compile(r"[\ue100-\ue1ff]|[^\W_]+|\s+|.", re.DOTALL)
_FIXED = ("nocase", "nodecor", "sup", "sub", "smallcaps", "flip-smallcaps")
_DOTTED = ("tr", "az")
"""Languages with an i of two letters: dotted İ i, and I ı without a dot."""
_DOTTED_PAIRS = {"uppercase": str.maketrans("iı", "İI"), "lowercase": str.maketrans("İI", "iı")}
_WORD_BREAKS = "-/–—"
_GREEK = re.compile("[\u00b5\u0370-\u03ff]")
"""A Greek letter at the beginning names a protein or a unit: β1, μg; its case has a meaning."""

_START, _SENTENCE, _WORD, _LAST, _INSIDE, _STOPPED = range(6)
"""What stands before a word: nothing, the end of a sentence and a space, a break between words, a
break and it is the last word; a letter; the end of a sentence without a space."""
_FRESH = (_START, _SENTENCE, _WORD)
Rule = Callable[[int, str], str]


def change(text: str, case: str, language: str = "en") -> str:
    """`text` in one of CSL's values of `text-case`; what is marked `nocase`, sup or sub stays."""
    if language in _DOTTED and case in _DOTTED_PAIRS:
        text = text.translate(_DOTTED_PAIRS[case])
    rule = _RULES.get(case)
    if rule is None:
        return text
    tokens = _TOKEN.findall(text)
    final = _last_word(tokens)
    output: list[str] = []
    fixed = 0
    state = _START
    for index, token in enumerate(tokens):
        if is_mark(token):
            fixed += (token in _FIXED_OPEN) - (token in _FIXED_CLOSE)
            output.append(token)
            continue
        before = _LAST if index == final and state in _FRESH else state
        state = _after(token, state)
        output.append(token if fixed or not token.isalnum() else rule(before, token))
    return "".join(output)


def _after(token: str, state: int) -> int:
    sign = token[-1]
    if sign in ".?!:":
        return _STOPPED
    if sign.isalnum():
        return _INSIDE
    if sign.isspace() and state == _STOPPED:
        return _SENTENCE
    return _WORD if sign.isspace() or sign in _WORD_BREAKS else state


def _last_word(tokens: list[str]) -> int:
    """Where the last word begins; -1 if it is the only one, is marked or has a break in it."""
    index = len(tokens)
    while index and tokens[index - 1] in _LINK_ENDS:
        index -= 1
    while index and not tokens[index - 1].isspace():
        index -= 1
        if is_mark(tokens[index]) or tokens[index] in _WORD_BREAKS:
            return -1
    return index if index else -1


def _title(state: int, word: str) -> str:
    if any(map(str.isupper, word)) or _GREEK.match(word):
        return word
    if state in (_START, _SENTENCE):
        return _capital(word)
    if len(word) > 1 and (state == _LAST or (state == _WORD and word not in _STOP_WORDS)):
        return _capital(word)
    return word


def _sentence(state: int, word: str) -> str:
    lower = word[1:].isalpha() and word[1:].islower()  # "Notch1" is a symbol and stays
    capitalized = word[0].isupper() and (len(word) == 1 or lower)
    if state not in (_START, _SENTENCE):
        return word.lower() if capitalized else word
    return _capital(word.lower()) if capitalized or word.islower() else word


def _first(state: int, word: str) -> str:
    return _capital(word) if state == _START and word.islower() else word


def _all(state: int, word: str) -> str:
    return _capital(word) if state in (*_FRESH, _LAST) and word.islower() else word


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


_LINK_ENDS = frozenset(CLOSE[kind] for kind in LINKS)
_FIXED_OPEN = frozenset(OPEN[kind] for kind in _FIXED)
_FIXED_CLOSE = frozenset(CLOSE[kind] for kind in _FIXED)
_RULES: dict[str, Rule] = {
    "title": _title,
    "sentence": _sentence,
    "capitalize-first": _first,
    "capitalize-all": _all,
    "lowercase": lambda _state, word: word.lower(),
    "uppercase": lambda _state, word: word.upper(),
}
