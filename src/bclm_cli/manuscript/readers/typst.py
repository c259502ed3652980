"""Citations in Typst: `@a`, `@a[p. 3]`, `#cite(<a>)`, distinguished from references to labels.

Markup, code and mathematics follow each other as in Typst's own syntax ("Syntax" in its reference):
an `@` cites in markup only, a quote opens a string in code only. `typst query` takes 4 times as
long (`benchmarks/handwritten.py`) and answers only for a document that compiles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from bclm_cli.manuscript.mention import ALL, Kind, Mention
from bclm_cli.manuscript.typst_glossary import terms

HELP = "Typst source, with #include followed"
SUFFIXES = (".typ",)
INCLUDED = ("{}",)
FROM_ROOT = False
PROJECT_FILE = ""

Mode = Literal["markup", "code", "statement", "math", "operand", "operator", "else"]
Role = Literal["", "call", "bibliography", "definition", "condition", "loop"]

_LABEL = r"[\w:.-]*[\w-]"  # a full stop or colon at the end belongs to the sentence
_SKIPPED = r"//[^\n]*+|(?P<comment>/\*)|(?P<raw>`+)"
_URL = r"https?://(?>[^\s<>\[\](){}\"`]|\([^\s()]*+\)|\[[^\s\[\]]*+\])*+"
_STRING = r'"(?>[^"\\]|\\.)*+"?'
_CITE = rf'(?:cite|ref)\(\s*(?:<(?P<cited>{_LABEL})>|label\(\s*"(?P<named>[^"\n]++)"\s*\))'
_COMPUTED = r"(?P<computed>cite\()(?!\s*(?:\)|(?:style|form|supplement):))"
_BY = rf'\battribution:\s*(?:<(?P<by>{_LABEL})>|label\(\s*"(?P<by_name>[^"\n]++)"\s*\))'
_LOOKED_FOR = r"(?<!\bshow )(?<!\bselector\()(?<!\bquery\()(?<![=!]= )"
_UNCALLED = rf"{_LOOKED_FOR}(?<![\w.-])(?P<uncalled>cite)(?![\w:(-])"
# A term of a glossary: (key: "emt", short: "EMT"), or emt: (short: "EMT").
_OF_TERM = r"(?:short|long|description|desc|plural|longplural|artshort|group)\s*:"
_TERM = (
    rf'(?<![\w-])key:\s*"(?P<term>{_LABEL})"\s*,(?=[^()]{{0,500}}?\b{_OF_TERM})'
    rf'|(?<![\w-])"?(?P<term_key>[A-Za-z][\w-]*)"?:(?=\s*\(\s*{_OF_TERM})'
    r'|\b(?:yaml|json|toml)(?=\(\s*"(?P<terms>[^"\n]++)")'
)
_CODE = (
    rf"{_SKIPPED}|{_TERM}|{_STRING}|\b{_CITE}|\b{_COMPUTED}|{_BY}|{_UNCALLED}"
    rf'|(?<![\w)\]])<(?P<label>{_LABEL})>|(?<![\w-])label(?=\(\s*"(?P<label_name>[^"\n]++)")'
    rf'|(?<![\w-])(?=[\w-]*?label)[\w-]++:\s*+"(?P<label_argument>{_LABEL})"'
    r'|\b(?P<how>include|import)\s+"(?P<file>[^"\n]++)"'
    r"|\b(?P<bibliography>bibliography\()|(?P<all>\bfull:\s*true\b)"
)
_MARKUP = rf"\\.|{_URL}|{_SKIPPED}|@(?P<key>{_LABEL})|<(?P<label>{_LABEL})>"
_MATH = rf"\\.|{_SKIPPED}|{_STRING}"
_CONDITION = r"(?P<condition>if)(?![\w-])"
_LOOP = r"(?P<loop>for|while)(?![\w-])"
_HASH = (
    r"(?P<definition>\#(?=let\b))|(?P<statement>\#(?=(?:set|show|import|include|return)\b))"
    rf"|\#(?>context[ \t]++)*+(?:{_CONDITION}|{_LOOP}|(?P<uncalled>cite)(?>\.[\w-]++)++\("
    rf"|{_CITE}|{_COMPUTED}|(?P<bibliography>bibliography\()"
    rf"|(?P<call>(?:[\w-]++|{_STRING})(?>\.[\w-]++)*+[(\[]|[(\[{{])|{_STRING})"
)
# What follows #if, #for and #while ends where neither an operator nor a block follows.
_SPACE = r"[ \t]*+(?:(?P<comment>/\*)|"
_END = r")|(?P<end>)"
_OPERAND = (
    rf"{_SPACE}(?:not|context)(?![\w-])|[+-]|{_CONDITION}|{_LOOP}|{_CITE}|{_COMPUTED}"
    rf"|(?P<mark>[(\[{{$])|(?P<operand>{_STRING}|<{_LABEL}>|`[^`\n]*+`|[\w.-]++){_END}"
)
_OPERATOR = (
    rf"(?P<mark>[(\[])|\.(?=[^\W\d])[\w-]++|{_SPACE}(?P<block>[\[{{])"
    rf"|(?P<operator>[=!<>]=|=>|(?!//)[-+*/]=?|[<>=]|(?:and|or|in|not\s+in)(?![\w-])){_END}"
)
_ELSE = rf"{_SPACE}else\s++{_CONDITION}|else[ \t]*+(?P<block>[\[{{]){_END}"
_TOKENS: dict[Mode, re.Pattern[str]] = {
    "markup": re.compile(rf"{_MARKUP}|{_HASH}|(?P<mark>[\[\]$])", re.DOTALL),
    "math": re.compile(rf"{_MATH}|{_HASH}|(?P<mark>\$)", re.DOTALL),
    "code": re.compile(rf"{_CODE}|(?P<mark>[\[\](){{}}$])", re.DOTALL),
    "statement": re.compile(rf"{_CODE}|(?P<mark>[\[\](){{}}$;\n])", re.DOTALL),
    "operand": re.compile(_OPERAND, re.DOTALL),
    "operator": re.compile(_OPERATOR, re.DOTALL),
    "else": re.compile(_ELSE, re.DOTALL),
}
_SOURCE = re.compile(r'"([^"\n]+)"')
_SOURCES = re.compile(r'\s*+(?>\(\s*+(?>"[^"\n]+"\s*+,?\s*+)*+|"[^"\n]+")')
_COMMENT_MARK = re.compile(r"/\*|\*/")
_NEXT_CALL = re.compile(r"(?>\.[\w-]++)*+([(\[])")
_OPENED: dict[str, Mode] = {"[": "markup", "$": "math"}
_CLOSERS = {"(": ")", "[": "]", "{": "}", "$": "$"}


class Frame(NamedTuple):
    """What the text is in the middle of, up to `closer`; some modes know their own end."""

    mode: Mode
    closer: str = ""
    role: Role = ""


class Reader:
    """Knows whether the file that it named last, and is to read next, was imported.

    Labels need no memory: those of all files are compared in the end.
    """

    def __init__(self, suffix: str = ".typ") -> None:
        self._imported = self._hands_on = False

    def mentions(self, text: str) -> Iterator[Mention]:
        """Keys, other files and labels; whether an `@` means a label shows in the end.

        Of an imported file only the definitions count, as Typst drops the rest of it.
        """
        return self._noting(_Scanner(text, definitions_only=self._imported))

    def _noting(self, scanner: _Scanner) -> Iterator[Mention]:
        for mention in scanner.mentions():
            self._imported = mention.kind == "import"
            self._hands_on = self._hands_on or mention.kind == "unclear"
            yield mention
        # A label that is handed to a function is one of the document, unless functions cite.
        if not self._hands_on:
            yield from scanner.handed
        for term, offset in terms(scanner.text):
            yield Mention("glossary", term, offset)


class _Scanner:
    def __init__(self, text: str, *, definitions_only: bool) -> None:
        self.text, self.position = text, 0
        self._definitions_only = definitions_only
        self.handed: list[Mention] = []
        self._frames = [Frame("markup")]

    def mentions(self) -> Iterator[Mention]:
        while token := _TOKENS[self._frames[-1].mode].search(self.text, self.position):
            self.position, mode = token.end(), self._frames[-1].mode
            if token.lastgroup:
                mention: Mention | None = getattr(self, f"_{token.lastgroup}")(token)
                if mention and mention.kind == "label" and mode != "markup":
                    self.handed.append(mention)
                elif mention and self._counts(mention):
                    yield mention

    def _counts(self, mention: Mention) -> bool:
        defined = len(self._frames) > 1 and self._frames[1].role == "definition"
        return defined or not self._definitions_only or mention.kind == "import"

    # One method for each named group of the tokens

    def _key(self, token: re.Match[str]) -> Mention:
        return Mention("key", token["key"], token.start())

    def _label(self, token: re.Match[str]) -> Mention:
        return Mention("label", token["label"], token.start("label"))

    def _named_label(self, token: re.Match[str]) -> Mention:
        group = token.lastgroup or ""
        return Mention("label", token[group], token.start(group))

    _label_name = _label_argument = _named_label

    def _glossary(self, token: re.Match[str]) -> Mention:
        group = token.lastgroup or ""
        kind: Kind = "terms" if group == "terms" else "glossary"
        return Mention(kind, token[group].lstrip("/"), token.start(group))

    _term = _term_key = _terms = _glossary

    def _cited(self, token: re.Match[str]) -> Mention:
        self._enter(Frame("code", ")", "call"))
        group = token.lastgroup or ""
        return Mention("key", token[group], token.start(group))

    _named = _cited

    def _by(self, token: re.Match[str]) -> Mention:
        group = token.lastgroup or ""
        return Mention("key", token[group], token.start(group))

    _by_name = _by

    def _uncalled(self, token: re.Match[str]) -> Mention:
        if token[0][-1] == "(":
            self._open("(", "call")
        what = "cite is handed on here, so the keys that it gets are not known"
        return Mention("unclear", what, token.start("uncalled"))

    def _computed(self, token: re.Match[str]) -> Mention:
        self._enter(Frame("code", ")", "call"))
        what = "cite(…) of a computed label, so its key is not known"
        return Mention("unclear", what, token.start("computed"))

    def _file(self, token: re.Match[str]) -> Mention | None:
        if token["file"].startswith("@"):  # a package
            return None
        kind: Kind = "import" if token["how"] == "import" else "include"
        return Mention(kind, token["file"].lstrip("/"), token.start("file"))

    def _bibliography(self, token: re.Match[str]) -> Mention | None:
        self._frames.append(Frame("code", ")", "bibliography"))
        named = _SOURCES.match(self.text, self.position)
        files = [name.lstrip("/") for name in _SOURCE.findall(named[0])] if named else []
        return Mention("bibliography", "\n".join(files), token.start()) if files else None

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

    def _definition(self, token: re.Match[str]) -> None:
        self._frames.append(Frame("statement", role="definition"))

    def _statement(self, token: re.Match[str]) -> None:
        self._frames.append(Frame("statement"))

    def _condition(self, token: re.Match[str]) -> None:
        self._expression(Frame("operand", role="condition"))

    def _loop(self, token: re.Match[str]) -> None:
        self._expression(Frame("operand", role="loop"))

    def _expression(self, frame: Frame) -> None:
        """One in another's midst, as in `else if`, takes its place."""
        if self._frames[-1].mode in ("operand", "else"):
            self._frames.pop()
        self._frames.append(frame)

    def _operand(self, token: re.Match[str]) -> None:
        self._go_on("operator")

    def _operator(self, token: re.Match[str]) -> None:
        self._go_on("operand")

    def _block(self, token: re.Match[str]) -> None:
        """The body of a condition, which `else` may follow, or one after which nothing does."""
        if self._frames[-1].mode == "operator" and self._frames[-1].role == "condition":
            self._go_on("else")
            self._open(token["block"])
        else:
            self._frames.pop()
            self._open(token["block"], "call")

    def _end(self, token: re.Match[str]) -> None:
        self._frames.pop()
        self.position = token.start()

    def _go_on(self, mode: Mode) -> None:
        self._frames[-1] = self._frames[-1]._replace(mode=mode)

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
        self._enter(Frame(_OPENED.get(mark, "code"), _CLOSERS[mark], role))

    def _enter(self, frame: Frame) -> None:
        if self._frames[-1].mode == "operand":
            self._go_on("operator")
        self._frames.append(frame)
