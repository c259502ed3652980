"""Citations in LaTeX source, read as TeX would: comments, verbatim text and dead branches skipped.

One pass, never back: what a command has read as its argument is not read again, so the time is
linear in the text whatever is in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from bclm_cli.manuscript import _latex_commands as names
from bclm_cli.manuscript._latex_definitions import DEFINED, GROUP, read_definition
from bclm_cli.manuscript._mention import Mention

HELP = "LaTeX source, with \\input and \\include followed"
SUFFIXES = (".tex", ".ltx", ".latex", ".rnw", ".lhs")
INCLUDED = ("{}.tex", "{}")
FROM_ROOT = True

_DEEPEST = 20  # citations within the notes of citations; a person stops at two

_TOKEN = re.compile(r"\\(?:([A-Za-z]+)|.)|%[^\n]*+", re.DOTALL)
_IN_OPTION = {
    closer: re.compile(
        rf"\\(?:([A-Za-z]+)|.)|%[^\n]*+|[{{}}{re.escape(closer)}]|\n[ \t\r]*+\n", re.DOTALL
    )
    for closer in "])>"
}
_GAP = re.compile(r"(?:[ \t\r]|%[^\n]*+(?:\n|\Z)|\n(?![ \t\r]*+\n))*+")
_KEYS = re.compile(r"\{((?:[^{}%\\\n]++|\n(?![ \t\r]*+\n)|%[^\n]*+(?:\n|\Z))*+)")
_COMMENT = re.compile(r"%[^\n]*+")

_ENVIRONMENT = re.compile(r"\s{0,9}\{([^{}\s\\]{1,60})\}")
_FILE = re.compile(r'[ \t]*+(?:\{\s*+"?([^{}"\n]*+)"?\}|"([^"\n]+)"|([^\s{}\\%"|]+))')
_VERBATIM = {
    "verb": re.compile(r"\*?"),
    "Verb": re.compile(r"\*?(?:\[[^]\n]{0,500}\])?"),
    "lstinline": re.compile(r"\s?(?:\[[^]\n]{0,500}\])?"),
    "mintinline": re.compile(r"\s?(?:\[[^]\n]{0,500}\])?\{[^{}\n]{0,60}\}"),
}
# A macro whose name begins with "if" takes its branches in braces, a conditional of TeX does not.
_CONDITIONAL = re.compile(r"%[^\n]*+|\\(if[A-Za-z@]*+(?!\s{0,9}[{[])|(?:else|fi)(?![A-Za-z@]))")


class Reader:
    """Knows the commands and environments that the manuscript has defined so far."""

    def __init__(self, suffix: str = ".tex") -> None:
        self.commands: dict[str, _Command] = dict(_COMMANDS)
        self.verbatim = set(names.VERBATIM_ENVIRONMENTS)

    def mentions(self, text: str) -> Iterator[Mention]:
        """Keys, included files, and places where a key cannot be made out."""
        scanner = _Scanner(text, self)
        position = 0
        while token := _TOKEN.search(text, position):
            position = token.end()
            if token[1] in self.commands:
                position = scanner.run(token[1], position)
                yield from scanner.found
                scanner.found.clear()
                if scanner.ended:
                    return

    def citation(self, text: str, name: str, position: int) -> tuple[list[Mention], int]:
        """What `\\name` cites in a text that is not LaTeX otherwise, and where its arguments end.

        `position` is the one after the name; of a command that cites nothing it comes back.
        """
        if name not in _CITING:
            return [], position
        scanner = _Scanner(text, self)
        end = scanner.run(name, position)
        return scanner.found, end


class _Scanner:
    """Reads the arguments of commands; each method takes a position and returns the next one."""

    def __init__(self, text: str, reader: Reader) -> None:
        self.text, self.reader = text, reader
        self.found: list[Mention] = []
        self.ended = False
        self._depth = 0

    def run(self, name: str, position: int) -> int:
        return self.reader.commands[name](self, position, name)

    # Citations

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
            what = f"\\{name}{{…}} holds a macro, so its keys are not known; read the .aux or .bcf"
            self.found.append(Mention("unclear", what, position))
        else:
            self._split(group[1], group.start(1))
            return group.end() + 1
        return group.end()

    def _split(self, keys: str, start: int) -> None:
        if "%" in keys:
            keys = _COMMENT.sub(lambda comment: " " * len(comment[0]), keys)
        for piece in keys.split(","):
            key = " ".join(piece.split())
            if key and "#" not in key:  # #1 is the parameter of a macro
                lead = len(piece) - len(piece.lstrip())
                self.found.append(Mention("key", key, start + lead))
            start += len(piece) + 1

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
                if token[1] in self.reader.commands and self._depth < _DEEPEST:
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

    # What takes text out of sight

    def begin(self, position: int, name: str) -> int:
        environment = _ENVIRONMENT.match(self.text, position)
        if environment is None or environment[1] not in self.reader.verbatim:
            return position
        end = self.text.find(f"\\end{{{environment[1]}}}", environment.end())
        return len(self.text) if end < 0 else end

    def end(self, position: int, name: str) -> int:
        self.ended = self.text.startswith("{document}", position) and not self._depth
        return position

    def verbatim(self, position: int, name: str) -> int:
        """`\\verb|…|`, `\\lstinline[…]{…}`, `\\mintinline{tex}|…|`: on one line, any delimiter."""
        opening = _VERBATIM[name].match(self.text, position)
        delimiter = opening and self.text[opening.end() : opening.end() + 1]
        if not opening or not delimiter:
            return position
        closer = "}" if delimiter == "{" else delimiter
        end = self.text.find(closer, opening.end() + 1, opening.end() + 2000)
        if end < 0 or "\n" in self.text[opening.end() : end]:
            return position
        return end + 1

    def raw_argument(self, position: int, name: str) -> int:
        group = GROUP.match(self.text, self._gap(position))
        return group.end() if group else position

    def iffalse(self, position: int, name: str) -> int:
        """To the `\\else` or `\\fi` that belongs to it, or as TeX does, to the end."""
        depth = 0
        while token := _CONDITIONAL.search(self.text, position):
            position = token.end()
            if token[1] is None or token[1] == "iff":
                continue
            if depth == 0 and token[1] in ("else", "fi"):
                return position
            depth += {"else": 0, "fi": -1}.get(token[1], 1)
        return len(self.text)

    # Other files

    def input(self, position: int, name: str) -> int:
        file = _FILE.match(self.text, position)
        if file is None:
            return position
        self._include((file[1] or file[2] or file[3] or "").strip(), position)
        return file.end()

    def import_(self, position: int, name: str) -> int:
        position += self.text.startswith("*", position)
        folder = _FILE.match(self.text, position)
        file = folder and _FILE.match(self.text, folder.end())
        if not folder or not file or folder[1] is None or file[1] is None:
            return position
        self._include(f"{folder[1].strip().rstrip('/') or '.'}/{file[1].strip()}", position)
        return file.end()

    def _include(self, file: str, position: int) -> None:
        if file and "#" not in file and file not in names.DISTRIBUTION_FILES:
            self.found.append(Mention("include", file, position))

    # What the manuscript defines

    def define(self, position: int, name: str) -> int:
        """A macro that hands its parameter to a citing command cites, too."""
        definition = read_definition(self.text, position, name)
        if definition is None:
            return position
        commands = self.reader.commands
        if definition.same_as in _CITING:
            commands[definition.name] = commands[definition.same_as]
        for inner, groups_before in definition.hands_on:
            if commands.get(inner) is _Scanner.cite:
                commands[definition.name] = partial(_Scanner.cite, groups_before=groups_before)
        return definition.end

    def define_cite(self, position: int, name: str) -> int:
        defined = DEFINED.match(self.text, position)
        if defined is None:
            return position
        several = name in names.CITES_DEFINITIONS
        self.reader.commands[defined[1]] = _Scanner.cites if several else _Scanner.cite
        return defined.end()

    def define_verbatim(self, position: int, name: str) -> int:
        if environment := _ENVIRONMENT.match(self.text, position):
            self.reader.verbatim.add(environment[1])
        return position

    def newcites(self, position: int, name: str) -> int:
        """multibib: `\\newcites{sup}{…}` makes `\\citesup`, `\\citepsup`, `\\nocitesup`."""
        if suffixes := _ENVIRONMENT.match(self.text, position):
            for suffix in suffixes[1].split(",")[:20]:
                for base in ("cite", "nocite", "citep", "citet", "citealp", "citealt"):
                    self.reader.commands[base + suffix] = _Scanner.cite
        return position

    def _gap(self, position: int) -> int:
        gap = _GAP.match(self.text, position)
        return gap.end() if gap else position


_Command = Callable[[_Scanner, int, str], int]


def _citing() -> dict[str, _Command]:
    commands: dict[str, _Command] = {
        **dict.fromkeys(names.CITE, _Scanner.cite),
        **dict.fromkeys(names.CITES, _Scanner.cites),
        **dict.fromkeys(names.VOLCITE, partial(_Scanner.cite, groups_before=1)),
        **dict.fromkeys(names.VOLCITES, partial(_Scanner.cites, groups_before=1)),
    }
    return commands | {name[0].upper() + name[1:]: command for name, command in commands.items()}


_CITING = _citing()
_COMMANDS: dict[str, _Command] = {
    **_CITING,
    **dict.fromkeys(names.INPUT, _Scanner.input),
    **dict.fromkeys(names.IMPORT, _Scanner.import_),
    **dict.fromkeys(names.RAW_ARGUMENT, _Scanner.raw_argument),
    **dict.fromkeys(_VERBATIM, _Scanner.verbatim),
    **dict.fromkeys(names.DEFINITIONS, _Scanner.define),
    **dict.fromkeys(names.CITE_DEFINITIONS | names.CITES_DEFINITIONS, _Scanner.define_cite),
    **dict.fromkeys(names.VERBATIM_DEFINITIONS, _Scanner.define_verbatim),
    "newcites": _Scanner.newcites,
    "begin": _Scanner.begin,
    "end": _Scanner.end,
    "iffalse": _Scanner.iffalse,
}
