"""The citing commands of LaTeX: options, notes that cite others, groups of keys, own macros."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from bclm_cli.manuscript import latex_commands as names
from bclm_cli.manuscript.latex_definitions import GROUP, Macro
from bclm_cli.manuscript.mention import Mention

Command = Callable[..., int]
"""A method of Citations, or of a class made from it, for a position and the command's name."""

_DEEPEST = 20  # citations within the notes of citations; a person stops at two

_IN_OPTION = {
    closer: re.compile(
        rf"\\(?:([A-Za-z]+)|.)|%[^\n]*+|[{{}}{re.escape(closer)}]|\n[ \t\r]*+\n", re.DOTALL
    )
    for closer in "])>"
}
_GAP = re.compile(r"(?>[ \t\r]|%[^\n]*+(?:\n|\Z)|\n(?![ \t\r]*+\n))*+")
_BETWEEN = re.compile(r"(?:\s{0,9}\[[^]]{0,300}\]){0,3}\s{0,9}")
_NO_KEY = re.compile(r"[{}\\]")
_KEYS = re.compile(r"\{((?>[^{}%\\\n]++|\n(?![ \t\r]*+\n)|%[^\n]*+(?:\n|\Z))*+)")
_COMMENT = re.compile(r"%[^\n]*+")


class Known:
    """The commands and environments that are known so far."""

    def __init__(self, commands: dict[str, Command]) -> None:
        self.commands = dict(commands)
        self.macros: dict[str, Macro] = {}
        self.verbatim = set(names.VERBATIM_ENVIRONMENTS)


class Citations:
    """Reads the arguments of commands; each method takes a position and returns the next one."""

    def __init__(self, text: str, known: Known) -> None:
        self.text, self.known = text, known
        self.found: list[Mention] = []
        self._depth = 0
        self._defining: Macro | None = None
        self._defined_at = 0

    def run(self, name: str, position: int) -> int:
        return self.known.commands[name](self, position, name)

    def cite(self, position: int, name: str, groups_before: int = 0) -> int:
        """`\\cite*[pre][post]{a, b}`, the keys after so many other groups."""
        first = len(self.found)
        position = self._options(position, name)
        for _ in range(groups_before):
            if group := GROUP.match(self.text, position):
                position = self._options(group.end(), name)
        nested = len(self.found)
        position = self._keys(position, name)
        # LaTeX writes the keys to the .aux before it sets the notes that cite others.
        self.found[first:] = self.found[nested:] + self.found[first:nested]
        return position

    def cites(self, position: int, name: str, groups_before: int = 0) -> int:
        """`\\cites(pre)(post)[pre][post]{a}[pre][post]{b}`."""
        position = self._options(position, name, "[(")
        while self.text[position : position + 1] in ("[", "{"):
            position = self._gap(self.cite(position, name, groups_before))
        return position

    def _keys(self, position: int, name: str) -> int:
        group = _KEYS.match(self.text, position)
        if group is None:
            return position
        closer = self.text[group.end() : group.end() + 1]
        if closer in ("", "\n"):
            self.found.append(Mention("broken", f"\\{name}{{ is never closed", position))
        elif closer != "}":
            self._unclear(name, "a macro", position)
        else:
            self._split(group[1], group.start(1), name)
            return group.end() + 1
        return group.end()

    def _split(self, keys: str, start: int, name: str) -> None:
        if "%" in keys:
            keys = _COMMENT.sub(lambda comment: " " * len(comment[0]), keys)
        for piece in keys.split(","):
            key = " ".join(piece.split())
            if "#" in key:
                self._parameter(key, start, name)
            elif key:
                lead = len(piece) - len(piece.lstrip())
                self.found.append(Mention("key", key, start + lead))
            start += len(piece) + 1

    def _parameter(self, key: str, position: int, name: str) -> None:
        """A key such as `#1`: the macro that is being defined cites with it."""
        if not self._is_taken(key, position):
            self._unclear(name, "a parameter", position)

    def _is_taken(self, text: str, position: int, *, file: bool = False) -> bool:
        """Whether the macro that is being defined cites or includes with its parameters."""
        macro = self._defining
        if not macro or position >= self._defined_at or not macro.add(text, file=file):
            return False
        self.known.macros[macro.name] = macro
        self.known.commands[macro.name] = Citations.use
        return True

    def _include(self, file: str, position: int) -> None:
        """Another file of the manuscript; what comes from TeX itself cites nothing, nor does a
        picture that a program has drawn."""
        if "#" in file:
            self._is_taken(file, position, file=True)
        elif file and file not in names.DISTRIBUTION_FILES and not file.endswith(names.PICTURES):
            self.found.append(Mention("include", file, position))

    def _unclear(self, name: str, held: str, position: int) -> None:
        what = f"\\{name}{{…}} holds {held}, so its keys are not known; read the .aux or .bcf"
        self.found.append(Mention("unclear", what, position))

    def use(self, position: int, name: str) -> int:
        """A macro of the manuscript's own; its groups are still to be read, as text that cites."""
        macro = self.known.macros[name]
        first = len(self.found)
        position = self._options(position, name)
        nested = len(self.found)
        given = self._given(position, macro.kinds)
        for key in tuple(macro.keys):
            if key in given:
                self._keys(given[key].start(), name)
            elif (filled := macro.filled(key, given)) and not _NO_KEY.search(filled):
                self._split(filled, position, name)
            elif self.text.startswith("{", position):
                self._unclear(name, "a macro", position)
        for file in tuple(macro.files):
            if (filled := macro.filled(file, given)) and not _NO_KEY.search(filled):
                self._include(filled.strip(), position)
        self.found[first:] = self.found[nested:] + self.found[first:nested]
        return position

    def _given(self, position: int, kinds: str) -> dict[str, re.Match[str]]:
        """The groups that a use of a macro gives, "#1" for its first parameter."""
        given = {}
        for number, kind in enumerate(kinds, 1):
            if kind == "m" and (group := GROUP.match(self.text, position)):
                given[f"#{number}"] = group
                gap = _BETWEEN.match(self.text, group.end())
                position = gap.end() if gap else group.end()
        return given

    def _options(self, position: int, name: str, openers: str = "[") -> int:
        if self.text[position : position + 1] == "*":
            position += 1
        if self.text[position : position + 1] == "<":  # apacite's prefix
            position = self._option(position + 1, ">", name)
        position = self._gap(position)
        while (opener := self.text[position : position + 1]) and opener in openers:
            position = self._gap(self._option(position + 1, "]" if opener == "[" else ")", name))
        return position

    def _option(self, position: int, closer: str, name: str) -> int:
        opened, braces = position - 1, 0
        self._depth += 1
        while token := _IN_OPTION[closer].search(self.text, position):
            position = token.end()
            if token[1]:
                if token[1] in self.known.commands and self._depth < _DEEPEST:
                    position = self.run(token[1], position)
            elif token[0] == closer and braces == 0:
                self._depth -= 1
                return position
            elif token[0] in "{}":
                braces += 1 if token[0] == "{" else -1
            if braces < 0 or token[0][0] == "\n":
                position = token.start()
                break
        self._depth -= 1
        what = f"\\{name}{self.text[opened]} is never closed"
        self.found.append(Mention("broken", what, opened))
        return position if token else len(self.text)

    def _gap(self, position: int) -> int:
        gap = _GAP.match(self.text, position)
        return gap.end() if gap else position


def _citing() -> dict[str, Command]:
    commands: dict[str, Command] = {
        **dict.fromkeys(names.CITE, Citations.cite),
        **dict.fromkeys(names.CITES, Citations.cites),
        **dict.fromkeys(names.GROUP_CITE, partial(Citations.cite, groups_before=1)),
        **dict.fromkeys(names.VOLCITES, partial(Citations.cites, groups_before=1)),
    }
    return commands | {name[0].upper() + name[1:]: command for name, command in commands.items()}


CITING = _citing()
CITERS = {*CITING.values(), Citations.use}
