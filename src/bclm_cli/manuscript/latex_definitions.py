"""What a LaTeX definition makes: `\\newcommand{\\see}[2][]{\\citep[see][#1]{#2}}` cites with #2."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_PLAIN = r"(?>[^{}\\]|\\.)*+"
_GROUP_1 = rf"\{{{_PLAIN}\}}"
_GROUP_2 = rf"\{{{_PLAIN}(?>{_GROUP_1}{_PLAIN})*+\}}"
GROUP = re.compile(rf"\{{{_PLAIN}(?>{_GROUP_2}{_PLAIN})*+\}}", re.DOTALL)
"""A group with groups in groups, but no deeper: so no character is looked at often."""

DEFINED = re.compile(r"\*?\s{0,9}\{?\s{0,9}\\([A-Za-z]+)\s{0,9}\}?\s{0,9}")
"""The name that a definition begins with."""

ENVIRONMENT = re.compile(r"\*?\s{0,9}\{([^{}\s\\]{1,60})\}")

_DEEPEST = 10
_BRACE = re.compile(r"\\.|%[^\n]*+|[{}]", re.DOTALL)
_LET = re.compile(r"=?\s{0,9}\\([A-Za-z]+)")
_NEWCOMMAND = re.compile(r"(?:\[(\d)\](\[[^]\n]{0,300}\])?)?\s{0,9}")
_DEF = re.compile(r"((?>\s?#[1-9])*+)[^{}\\\[\n]{0,40}")
_KIND = re.compile(r"([A-Za-z])(?>\s{0,9}\{[^{}]*+\})*+")
_HANDS_ALL_ON = re.compile(r"\\([A-Za-z]+)\*?(?:\s{0,9}\[[^][{}]{0,300}\]){0,2}\s{0,9}\}")
_PARAMETER = re.compile(r"#([1-9])")
_SPACE = re.compile(r"\s{0,9}")


class Macro:
    """A command or environment of the manuscript's own that cites with its parameters.

    `keys` are what it cites, "#1" standing for its first parameter, as in "smith#1", and `files`
    what it includes; `kinds` has
    one letter for each parameter, "m" for one that every use gives in braces.
    """

    MOST_KEYS = 20
    LONGEST_KEY = 100

    def __init__(self, name: str, kinds: str) -> None:
        self.name, self.kinds = name, kinds
        self.keys: dict[str, None] = {}
        self.files: dict[str, None] = {}

    def add(self, key: str, *, file: bool = False) -> bool:
        """Note a key, or the name of an included file, that holds parameters; False if no use of
        the macro tells what it is."""
        numbers = [int(number) for number in _PARAMETER.findall(key)]
        if (
            key.count("#") != len(numbers)
            or any(self.kinds[number - 1 : number] != "m" for number in numbers)
            or len(key) > self.LONGEST_KEY
            or len(self.keys) + len(self.files) == self.MOST_KEYS
        ):
            return False
        (self.files if file else self.keys)[key] = None
        return True

    def filled(self, key: str, given: Mapping[str, re.Match[str]]) -> str | None:
        """One of `keys` with the groups that a use gives; None if it gives too few."""
        if any(number[0] not in given for number in _PARAMETER.finditer(key)):
            return None
        return _PARAMETER.sub(lambda number: given[number[0]][0][1:-1], key)


class Definition(NamedTuple):
    """A new macro or environment, or a name for the command that it is `same_as`.

    `end` is the place behind the new name, `body_end` the one where its parameters mean no more.
    """

    macro: Macro
    same_as: str
    end: int
    body_end: int


def read_definition(text: str, position: int, command: str) -> Definition | None:
    """What the `\\def`, `\\let`, `\\newcommand` or the like whose name ends at `position` makes."""
    environment = command.lower().endswith("environment")
    defined = (ENVIRONMENT if environment else DEFINED).match(text, position)
    if defined is None:
        return None
    if command == "let":
        other = _LET.match(text, defined.end())
        end = (other or defined).end()
        return Definition(Macro(defined[1], ""), other[1] if other else "", end, end)
    kinds, start = _parameters(text, defined.end(), command)
    body_end = _group_end(text, start)
    if environment:
        both_end = _group_end(text, _after_space(text, body_end))
        return Definition(Macro(f"begin{{{defined[1]}}}", kinds), "", defined.end(), both_end)
    last = max(text.rfind("\\", start, body_end), start)
    hands_all_on = None if kinds else _HANDS_ALL_ON.fullmatch(text, last, body_end)
    same_as = hands_all_on[1] if hands_all_on else ""
    return Definition(Macro(defined[1], kinds), same_as, defined.end(), body_end)


def _parameters(text: str, position: int, command: str) -> tuple[str, int]:
    """One letter for each parameter, "m" for a group, and where the body begins."""
    if "Document" in command:
        position = _after_space(text, position)
        if signature := GROUP.match(text, position):
            return "".join(_KIND.findall(signature[0][1:-1])), _after_space(text, signature.end())
    elif command.endswith("def"):
        if parameters := _DEF.match(text, position):
            # What is delimited by other than braces is not found again.
            kind = "m" if parameters[0] == parameters[1] else "?"
            return kind * parameters[0].count("#"), parameters.end()
    elif parameters := _NEWCOMMAND.match(text, position):
        kinds = "m" * int(parameters[1] or 0)
        return ("o" + kinds[1:] if parameters[2] is not None else kinds), parameters.end()
    return "", position


def _after_space(text: str, position: int) -> int:
    space = _SPACE.match(text, position)
    return space.end() if space else position


def _group_end(text: str, position: int) -> int:
    """Where the group at `position` ends; there, if none does or it holds too many in each other.

    Nobody's macro is that deep; without the bound a nest of definitions were read over and over.
    """
    if not text.startswith("{", position):
        return position
    depth = 0
    for brace in _BRACE.finditer(text, position):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0 and brace[0] == "}":
            return brace.end()
        if depth > _DEEPEST:
            break
    return position
