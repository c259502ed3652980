"""Citations in Typst: `@a`, `@a[p. 3]`, `#cite(<a>)`, told apart from references to labels.

Markup, code and mathematics follow each other as in Typst's own syntax ("Syntax" in its reference):
an `@` cites in markup only, a quote opens a string in code only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from bclm_cli.manuscript._mention import ALL, Mention

HELP = "Typst source, with #include followed"
SUFFIXES = (".typ",)
INCLUDED = ("{}",)
FROM_ROOT = False

Mode = Literal["markup", "code", "statement", "math"]
Role = Literal["", "call", "bibliography"]

_LABEL = r"[\w:.-]*[\w-]"  # a full stop or colon at the end belongs to the sentence
_SKIPPED = r"//[^\n]*+|(?P<comment>/\*)|(?P<raw>`+)"
_URL = r"https?://(?:[^\s<>\[\](){}\"`]|\([^\s()]*+\)|\[[^\s\[\]]*+\])*+"
_STRING = r'"(?:[^"\\]|\\.)*+"?'
_CITE = rf'(?:cite|ref)\(\s*(?:<(?P<cited>{_LABEL})>|label\(\s*"(?P<named>[^"\n]++)"\s*\))'
_COMPUTED = r"(?P<computed>cite\()(?!\s*(?:\)|(?:style|form|supplement):))"
_CODE = (
    rf"{_SKIPPED}|{_STRING}|\b{_CITE}|\b{_COMPUTED}"
    r'|\b(?:include|import)\s+"(?P<file>[^"\n]++)"'
    r"|\b(?P<bibliography>bibliography\()|(?P<all>\bfull:\s*true\b)"
)
_MARKUP = rf"\\.|{_URL}|{_SKIPPED}|@(?P<key>{_LABEL})|<(?P<label>{_LABEL})>"
_MATH = rf"\\.|{_SKIPPED}|{_STRING}"
_HASH = (
    r"(?P<statement>\#(?=(?:let|set|show|import|include|if|for|while|return|context)\b))"
    rf"|\#(?:{_CITE}|{_COMPUTED}|(?P<bibliography>bibliography\()|(?P<call>(?:[\w-]++|{_STRING})(?:\.[\w-]++)*+[(\[]|[(\[{{])"
    rf"|{_STRING})"
)
_TOKENS: dict[Mode, re.Pattern[str]] = {
    "markup": re.compile(rf"{_MARKUP}|{_HASH}|(?P<mark>[\[\]$])", re.DOTALL),
    "math": re.compile(rf"{_MATH}|{_HASH}|(?P<mark>\$)", re.DOTALL),
    "code": re.compile(rf"{_CODE}|(?P<mark>[\[\](){{}}$])", re.DOTALL),
    "statement": re.compile(rf"{_CODE}|(?P<mark>[\[\](){{}}$;\n])", re.DOTALL),
}
_COMMENT_MARK = re.compile(r"/\*|\*/")
_NEXT_CALL = re.compile(r"(?:\.[\w-]++)*+([(\[])")
_OPENED: dict[str, Mode] = {"[": "markup", "$": "math"}
_CLOSERS = {"(": ")", "[": "]", "{": "}", "$": "$"}


class Frame(NamedTuple):
    """What the text is in the middle of, up to `closer`."""

    mode: Mode
    closer: str = ""
    role: Role = ""


class Reader:
    """Has nothing to remember: labels of all files are compared in the end."""

    def __init__(self, suffix: str = ".typ") -> None:
        pass

    def mentions(self, text: str) -> Iterator[Mention]:
        """Keys, included files and labels; whether an `@` means a label shows in the end."""
        return _Scanner(text).mentions()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text, self.position = text, 0
        self._frames = [Frame("markup")]

    def mentions(self) -> Iterator[Mention]:
        while token := _TOKENS[self._frames[-1].mode].search(self.text, self.position):
            self.position = token.end()
            if token.lastgroup:
                mention: Mention | None = getattr(self, f"_{token.lastgroup}")(token)
                if mention:
                    yield mention

    # One method for each named group of the tokens

    def _key(self, token: re.Match[str]) -> Mention:
        return Mention("key", token["key"], token.start())

    def _label(self, token: re.Match[str]) -> Mention:
        return Mention("label", token["label"], token.start("label"))

    def _cited(self, token: re.Match[str]) -> Mention:
        self._frames.append(Frame("code", ")", "call"))
        group = token.lastgroup or ""
        return Mention("key", token[group], token.start(group))

    _named = _cited

    def _computed(self, token: re.Match[str]) -> Mention:
        self._frames.append(Frame("code", ")", "call"))
        what = "cite(…) of a computed label, so its key is not known"
        return Mention("unclear", what, token.start("computed"))

    def _file(self, token: re.Match[str]) -> Mention | None:
        if token["file"].startswith("@"):  # a package
            return None
        return Mention("include", token["file"].lstrip("/"), token.start("file"))

    def _bibliography(self, token: re.Match[str]) -> None:
        self._frames.append(Frame("code", ")", "bibliography"))

    def _all(self, token: re.Match[str]) -> Mention | None:
        listed = self._frames[-1].role == "bibliography"
        return Mention("key", ALL, token.start()) if listed else None

    def _comment(self, token: re.Match[str]) -> None:
        depth = 1
        while depth and (mark := _COMMENT_MARK.search(self.text, self.position)):
            self.position = mark.end()
            depth += 1 if mark[0] == "/*" else -1
        if depth:
            self.position = len(self.text)

    def _raw(self, token: re.Match[str]) -> None:
        """`…`, or three and more backticks up to as many; two alone hold nothing."""
        if len(token["raw"]) == 2:
            return
        end = self.text.find(token["raw"], self.position)
        self.position = len(self.text) if end < 0 else end + len(token["raw"])

    def _statement(self, token: re.Match[str]) -> None:
        self._frames.append(Frame("statement"))

    def _call(self, token: re.Match[str]) -> None:
        """Arguments, content, a block: what an expression in markup consists of."""
        self._open(token["call"][-1], "call")

    def _mark(self, token: re.Match[str]) -> None:
        mark, frame = token["mark"], self._frames[-1]
        if mark == frame.closer:
            self._frames.pop()
            if frame.role and (call := _NEXT_CALL.match(self.text, self.position)):
                self.position = call.end()
                self._open(call[1], "call")
        elif mark in _CLOSERS:
            self._open(mark)
        elif frame.mode == "statement":
            self._frames.pop()
            if mark in ")]}":  # it closes what the statement stands in
                self.position = token.start()

    def _open(self, mark: str, role: Role = "") -> None:
        self._frames.append(Frame(_OPENED.get(mark, "code"), _CLOSERS[mark], role))
