"""What LaTeX does not read as text: where verbatim text, raw arguments and dead branches end.

Each function takes the position behind the command's name and gives the one to read on from.
"""

from __future__ import annotations

import re

_VERBATIM = {
    "verb": re.compile(r"\*?"),
    "Verb": re.compile(r"\*?(?:\[[^]\n]{0,500}\])?"),
    "lstinline": re.compile(r"\s?(?:\[[^]\n]{0,500}\])?"),
    "mintinline": re.compile(r"\s?(?:\[[^]\n]{0,500}\])?\{[^{}\n]{0,60}\}"),
}
VERBATIM_COMMANDS = frozenset(_VERBATIM)

# A macro whose name begins with "if" takes its branches in braces, a conditional of TeX does not;
# one that \newif has yet to make is none while the branch is skipped.
_CONDITIONAL = re.compile(
    r"%[^\n]*+|\\newif\s{0,9}\\if[A-Za-z@]*+"
    r"|\\(if[A-Za-z@]*+(?!\s{0,9}[{[])|(?:else|fi)(?![A-Za-z@]))"
)
_ZERO_IS = re.compile(r"\s{0,9}0(?=[\s1-9A-Za-z])")
_NO_END_HERE = re.compile(r"\s*+(?:\}|\\(?:fi|else)(?![A-Za-z@]))")


def after_verbatim(text: str, position: int, name: str) -> int:
    """`\\verb|…|`, `\\lstinline[…]{…}`, `\\mintinline{tex}|…|`: on one line, any delimiter."""
    opening = _VERBATIM[name].match(text, position)
    delimiter = opening and text[opening.end() : opening.end() + 1]
    if not opening or not delimiter:
        return position
    closer = "}" if delimiter == "{" else delimiter
    end = text.find(closer, opening.end() + 1, opening.end() + 2000)
    if end < 0 or "\n" in text[opening.end() : end]:
        return position
    return end + 1


def after_environment(text: str, position: int, environment: str) -> int:
    """Before the `\\end` of a verbatim environment."""
    end = text.find(f"\\end{{{environment}}}", position)
    return len(text) if end < 0 else end


def after_iffalse(text: str, position: int) -> int:
    """To the `\\else` or `\\fi` that belongs to it, or as TeX does, to the end."""
    depth = 0
    while token := _CONDITIONAL.search(text, position):
        position = token.end()
        if token[1] is None or token[1] == "iff":
            continue
        if depth == 0 and token[1] in ("else", "fi"):
            return position
        depth += {"else": 0, "fi": -1}.get(token[1], 1)
    return len(text)


def after_if(text: str, position: int) -> int:
    """Past `\\if0 … \\fi`, with which text is commented out; other conditions stay open.

    `\\if0\\draft` is one of those: what stands behind the zero may come to another.
    """
    zero = _ZERO_IS.match(text, position)
    return after_iffalse(text, zero.end()) if zero else position


def end_of_input(text: str, position: int) -> int | None:
    """Where `\\endinput` ends a file: with its line; None within a definition or condition."""
    if _NO_END_HERE.match(text, position):
        return None
    end = text.find("\n", position)
    return len(text) if end < 0 else end
