"""Faults of printed words: capitals, markup of another language, damaged letters, spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bclm_cli.text.control_chars import CONTROL_IN_LINES
from bclm_cli.text.markup import plain

_CSL_MARK = re.compile(
    r"<(/?)(i|b|sup|sub|span)(?: (?:class=\"nocase\"|style=\"font-variant: ?small-caps;\"))?>"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\dA-Fa-f]{1,6}|[A-Za-z]{2,10});")
_LATEX = re.compile(r"\\[A-Za-z'\"`^~=.]|[{}]|\$[^$\s](?:[^$]{0,60}[^$\s])?\$(?!\d)|``|''")
_MARKDOWN = re.compile(r"\*\*[^*]{1,200}\*\*|(?<!\w)\*[^*\s][^*]{0,200}\*(?!\w)")
_DAMAGED = re.compile("[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac|\ufffd")
_CONTROL = re.compile(f"[{CONTROL_IN_LINES}]")
# Most texts have none of the signs that one of the patterns above begins with.
_SUSPECT = re.compile("[<&\\\\{}$`'*\u00c2\u00c3\u00e2\ufffd" + CONTROL_IN_LINES + "]")


def is_suspect(text: str) -> bool:
    """Whether a closer look is worth its time: `foreign_markup` says nothing of other texts."""
    return bool(_SUSPECT.search(text))


def foreign_markup(text: str) -> Iterator[str]:
    """What CSL's marks (`<i> <b> <sup> <sub> <span class="nocase">`) do not cover."""
    if not is_suspect(text):
        return
    rest = _CSL_MARK.sub("", text)
    if _unbalanced(text):
        yield "a mark is opened and not closed, or closed and not opened"
    for form, what in (
        (_TAG, "HTML that CSL does not know"),
        (_ENTITY, "an HTML entity; write the letter itself"),
        (_LATEX, "LaTeX; write the letters themselves, and <i> <sup> <sub> for marks"),
        (_MARKDOWN, "Markdown; write <i> or <b>"),
        (_DAMAGED, "damaged letters, read in the wrong encoding"),
        (_CONTROL, "a control character; take it out"),
    ):
        if found := form.search(rest):
            yield f"{found[0]!r} is {what}"


def is_capitals(title: str) -> bool:
    """Whether a whole title is in capitals; a few symbols of genes are not."""
    letters = [letter for letter in plain(title) if letter.isalpha()]
    upper = sum(letter.isupper() for letter in letters)
    return len(letters) > 15 and upper > 0.7 * len(letters) and len(title.split()) > 2


def loose_spaces(text: str) -> bool:
    """Whether a space stands at an end or beside another."""
    return text != text.strip() or "  " in text or "\n" in text


def _unbalanced(text: str) -> bool:
    opened: list[str] = []
    for mark in _CSL_MARK.finditer(text):
        if not mark[1]:
            opened.append(mark[2])
        elif not opened or opened.pop() != mark[2]:
            return True
    return bool(opened)
