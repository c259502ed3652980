"""What a LaTeX definition makes: `\\newcommand{\\see}[2][]{\\citep[see][#1]{#2}}` cites with #2."""

from __future__ import annotations

import re
from typing import NamedTuple

_PLAIN = r"(?:[^{}\\]|\\.)*+"
_GROUP_1 = rf"\{{{_PLAIN}\}}"
_GROUP_2 = rf"\{{{_PLAIN}(?:{_GROUP_1}{_PLAIN})*+\}}"
GROUP = re.compile(rf"\{{{_PLAIN}(?:{_GROUP_2}{_PLAIN})*+\}}", re.DOTALL)
"""A group with groups in groups, but no deeper: so no character is looked at often."""

DEFINED = re.compile(r"\*?\s{0,9}\{?\s{0,9}\\([A-Za-z]+)\s{0,9}\}?\s{0,9}")
"""The name that a definition begins with."""

_LET = re.compile(r"=?\s{0,9}\\([A-Za-z]+)")
_NEWCOMMAND = re.compile(r"(?:\[\d\](\[[^]\n]{0,300}\])?)?\s{0,9}")
_DEF = re.compile(r"[^{}\\\[\n]{0,40}")
_KIND = re.compile(r"([A-Za-z])(?:\s{0,9}\{[^{}]*+\})*+")
_ONLY_A_COMMAND = re.compile(r"\{\s{0,9}\\([A-Za-z]+)\s{0,9}\}")
_HANDED_ON = re.compile(r"\\([A-Za-z]+)\*?(?:\s{0,9}\[[^]]{0,300}\]){0,2}\s{0,9}\{#([1-9])\}")


class Definition(NamedTuple):
    """A new command, another that it is `same_as`, and those that get its parameters as they are.

    `hands_on` holds such a command and how many groups stand before the parameter that it gets.
    """

    name: str
    same_as: str
    hands_on: tuple[tuple[str, int], ...]
    end: int


def read_definition(text: str, position: int, command: str) -> Definition | None:
    """What the `\\def`, `\\let`, `\\newcommand` or the like whose name ends at `position` makes.

    `end` is the place behind the new name: its body is still to be read.
    """
    defined = DEFINED.match(text, position)
    if defined is None:
        return None
    if command == "let":
        other = _LET.match(text, defined.end())
        end = (other or defined).end()
        return Definition(defined[1], other[1] if other else "", (), end)
    kinds, start = _parameters(text, defined.end(), command)
    body = GROUP.match(text, start)
    only = body and _ONLY_A_COMMAND.fullmatch(body[0])
    hands_on = tuple(
        (inner, kinds[: int(number) - 1].count("m"))
        for inner, number in _HANDED_ON.findall(body[0] if body else "")
        if kinds[int(number) - 1 : int(number)] == "m"
    )
    return Definition(defined[1], only[1] if only else "", hands_on, defined.end())


def _parameters(text: str, position: int, command: str) -> tuple[str, int]:
    """One letter for each parameter, "m" for a group, and where the body begins."""
    if command.endswith("DocumentCommand"):
        if signature := GROUP.match(text, position):
            return "".join(_KIND.findall(signature[0][1:-1])), signature.end()
    elif command.endswith("def"):
        if parameters := _DEF.match(text, position):
            return "m" * 9, parameters.end()
    elif parameters := _NEWCOMMAND.match(text, position):
        return ("o" if parameters[1] is not None else "m") + "m" * 8, parameters.end()
    return "", position
