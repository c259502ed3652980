"""Citations in LaTeX source, read as TeX would: comments, verbatim text and dead branches skipped.

One pass, never back: what a command has read as its argument is not read again, so the time is
linear in the text whatever is in it. pylatexenc takes 110 times as long to its nodes alone, and
knows neither \\citep nor included files (`benchmarks/handwritten.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bclm_cli.manuscript import latex_commands as names
from bclm_cli.manuscript import latex_hidden as hidden
from bclm_cli.manuscript.latex_citations import CITERS, CITING, Citations, Command, Known
from bclm_cli.manuscript.latex_definitions import DEFINED, ENVIRONMENT, GROUP, read_definition
from bclm_cli.manuscript.mention import Mention

HELP = "LaTeX source, with \\input and \\include followed"
SUFFIXES = (".tex", ".ltx", ".latex", ".rnw", ".lhs")
INCLUDED = ("{}.tex", "{}")
FROM_ROOT = True
PROJECT_FILE = ""

_TOKEN = re.compile(r"\\(?:([A-Za-z]+)|.)|%[^\n]*+", re.DOTALL)
_RESOURCE = re.compile(r"\s*(?:\[(?P<options>[^\[\]]*)\]\s*)?\{(?P<file>[^{}\\#]*)\}")
_FILE = re.compile(r'[ \t]*+(?:\{\s*+"?([^{}"\n]*+)"?\}|"([^"\n]+)"|([^\s{}\\%"|]+))')


class Reader:
    """Knows the commands and environments that the manuscript has defined so far."""

    def __init__(self, suffix: str = ".tex") -> None:
        self.known = Known(_COMMANDS)

    def mentions(self, text: str) -> Iterator[Mention]:
        """Keys, included files, and places where a key cannot be made out."""
        scanner = _Scanner(text, self.known)
        position = 0
        while token := _TOKEN.search(text, position, scanner.end):
            position = token.end()
            if token[1] in self.known.commands:
                position = scanner.run(token[1], position)
                yield from scanner.found
                scanner.found.clear()

    def citation(self, text: str, name: str, position: int) -> tuple[list[Mention], int]:
        """What `\\name` cites in a text that is not LaTeX otherwise, and where its arguments end.

        `position` is the one after the name; of a command that cites nothing it comes back.
        """
        if name not in CITING:
            return [], position
        scanner = _Scanner(text, self.known)
        end = scanner.run(name, position)
        return scanner.found, end


class _Scanner(Citations):
    """Reads whatever bears on citations; `end` is where the text ends for LaTeX."""

    def __init__(self, text: str, known: Known) -> None:
        super().__init__(text, known)
        self.end = len(text)

    # What takes text out of sight

    def begin(self, position: int, name: str) -> int:
        environment = ENVIRONMENT.match(self.text, position)
        if environment is None:
            return position
        if environment[1] in self.known.verbatim:
            return hidden.after_environment(self.text, environment.end(), environment[1])
        name = f"begin{{{environment[1]}}}"
        if name in self.known.commands:
            return self.run(name, environment.end())
        return position

    def end_document(self, position: int, name: str) -> int:
        if self.text.startswith("{document}", position) and not self._depth:
            self.end = position
        return position

    def endinput(self, position: int, name: str) -> int:
        end = hidden.end_of_input(self.text, position)
        if end is not None and not self._depth:
            self.end = end
        return position

    def verbatim(self, position: int, name: str) -> int:
        return hidden.after_verbatim(self.text, position, name)

    def raw_argument(self, position: int, name: str) -> int:
        group = GROUP.match(self.text, self._gap(position))
        return group.end() if group else position

    def iffalse(self, position: int, name: str) -> int:
        return hidden.after_iffalse(self.text, position)

    def if_(self, position: int, name: str) -> int:
        return hidden.after_if(self.text, position)

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

    def style(self, position: int, name: str) -> int:
        """`\\documentclass[…]{thesis}`, `\\usepackage{one,two}`."""
        named = _RESOURCE.match(self.text, position)
        if named is None:
            return position
        for file in named["file"].split(",")[:100]:
            if file.strip():
                style = f"{file.strip()}{names.STYLES[name]}"
                self.found.append(Mention("style", style, position))
        return named.end()

    def bibliography(self, position: int, name: str) -> int:
        r"""`\bibliography{a,b}` leaves out the suffix that `\addbibresource{a.bib}` has."""
        named = _RESOURCE.match(self.text, position)
        if named is None:
            return position
        files = [named["file"].strip()]
        if name.startswith("bibliography"):
            files = [f"{file.strip().removesuffix('.bib')}.bib" for file in files[0].split(",")]
        if "location=remote" not in (named["options"] or "").replace(" ", ""):
            self.found.append(Mention("bibliography", "\n".join(filter(None, files)), position))
        return named.end()

    # What the manuscript defines

    def define(self, position: int, name: str) -> int:
        """A macro that hands its parameters to a citing command cites, too."""
        definition = read_definition(self.text, position, name)
        if definition is None:
            return position
        known, macro = self.known, definition.macro
        self._defining, self._defined_at = macro, definition.body_end
        if known.commands.get(definition.same_as) in (*CITERS, _Scanner.input, _Scanner.import_):
            known.commands[macro.name] = known.commands[definition.same_as]
            if definition.same_as in known.macros:
                known.macros[macro.name] = known.macros[definition.same_as]
        return definition.end

    def entry_set(self, position: int, name: str) -> int:
        """biblatex: a set is no paper, but all of its members are."""
        if entry := ENVIRONMENT.match(self.text, position):
            self.found.append(Mention("label", entry[1], entry.start(1)))
            return self._keys(self._gap(entry.end()), name)
        return position

    def define_cite(self, position: int, name: str) -> int:
        defined = DEFINED.match(self.text, position)
        if defined is None:
            return position
        several = name in names.CITES_DEFINITIONS
        self.known.commands[defined[1]] = _Scanner.cites if several else _Scanner.cite
        return defined.end()

    def define_verbatim(self, position: int, name: str) -> int:
        if environment := ENVIRONMENT.match(self.text, position):
            self.known.verbatim.add(environment[1])
        return position

    def newcites(self, position: int, name: str) -> int:
        """multibib: `\\newcites{sup}{…}` makes `\\citesup`, `\\citepsup`, `\\nocitesup`."""
        if suffixes := ENVIRONMENT.match(self.text, position):
            for suffix in suffixes[1].split(",")[:20]:
                for base in ("cite", "nocite", "citep", "citet", "citealp", "citealt"):
                    self.known.commands[base + suffix] = _Scanner.cite
                self.known.commands["bibliography" + suffix] = _Scanner.bibliography
        return position


_COMMANDS: dict[str, Command] = {
    **CITING,
    **dict.fromkeys(names.INPUT, _Scanner.input),
    **dict.fromkeys(names.IMPORT, _Scanner.import_),
    **dict.fromkeys(names.RAW_ARGUMENT, _Scanner.raw_argument),
    **dict.fromkeys(hidden.VERBATIM_COMMANDS, _Scanner.verbatim),
    **dict.fromkeys(names.DEFINITIONS, _Scanner.define),
    **dict.fromkeys(names.CITE_DEFINITIONS | names.CITES_DEFINITIONS, _Scanner.define_cite),
    **dict.fromkeys(names.VERBATIM_DEFINITIONS, _Scanner.define_verbatim),
    **dict.fromkeys(names.BIBLIOGRAPHY, _Scanner.bibliography),
    **dict.fromkeys(names.STYLES, _Scanner.style),
    "defbibentryset": _Scanner.entry_set,
    "newcites": _Scanner.newcites,
    "begin": _Scanner.begin,
    "end": _Scanner.end_document,
    "endinput": _Scanner.endinput,
    "if": _Scanner.if_,
    "iffalse": _Scanner.iffalse,
}
