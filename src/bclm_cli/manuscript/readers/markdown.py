"""Citations in Markdown as pandoc reads it: `[@a; @b, p. 3]`, `@a says`, `-@a`, `@{a}`.

The form of a key is pandoc's ("Citation syntax" in its manual). `\\citep{a}` counts, too:
R Markdown and Quarto hand it on to LaTeX. pandoc itself takes 14 times as long to its JSON
(`benchmarks/handwritten.py`), and need not be installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bclm_cli.manuscript.markdown_blocks import Block, Blocks
from bclm_cli.manuscript.mention import ALL, Mention
from bclm_cli.manuscript.readers import latex

HELP = "Markdown of pandoc, Quarto and R Markdown"
SUFFIXES = (".md", ".qmd", ".rmd", ".markdown")
INCLUDED = ("{}",)
FROM_ROOT = False
PROJECT_FILE = "_quarto.yml"

_KEY = (
    r"@(?P<key>\{(?=[^\w{}\s]*+\w)[^{}\s\\]++\}"  # not the @{.} of LaTeX's tables
    r"|\*|\w(?>\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*+)"
)
_ATTRIBUTE = r"\s+[\w:.-]+(?>\s*=\s*(?:\"[^\"]{0,2000}\"|'[^']{0,2000}'|[^\s\"'=<>`]++))?+"
_LINK = r"(?:<[^<>\n]*+>|(?>[^()\s\\]|\\.|\([^()\s]*+\))*+)"
_LINK_TITLE = r"(?>\s+(?:\"[^\"]{0,500}\"|'[^']{0,500}'))?+"
_BRACED = (
    r"\{\s*+(?>(?:\#(?P<id>[\w:.-]++)|\.[\w:-]++|[-=]\w*+"
    r"|[\w:-]++=(?:\"[^\"]{0,2000}\"|'[^']{0,2000}'|[^\s}\"']++))\s*+)++\}"
)
_INLINE = re.compile(
    r"\\(?P<command>[A-Za-z]+)|\\."
    r"|(?P<code>`+)"
    r"|(?P<comment><!--)"
    rf"|<(?:(?P<verbatim>(?i:pre|style|script|textarea)(?=[\s>]))|/?[A-Za-z][\w-]*+)"
    rf"(?>{_ATTRIBUTE})*+\s*/?>"
    r"|<[A-Za-z][\w+.-]*+:[^<>\s]*+>"
    rf"|\]\(\s*{_LINK}{_LINK_TITLE}\s*\)"
    r"|https?://[^\s<>\[\]()]*+"
    r"|^[ ]{0,3}\[[^]^@\n][^]\n]*+\]:[ \t]*+\S++(?>\s+(?:\"[^\"\n]*+\"|'[^'\n]*+'))?+"
    r"|^[ ]{0,3}\[@(?P<tag>[^]\s]++)\]:[ \t]*+(?P<tagged>[a-z]++:\S++)"  # Manubot's
    r"|\$\$(?>[^$\\]|\\.)++\$\$"
    r"|\$(?=\S)(?>[^$\\]|\\.)++(?<!\s)\$(?!\d)"
    r"|\{\{<\s+include\s+(?P<include>[^\s>]+)\s+>\}\}"
    rf"|(?P<braced>{_BRACED})(?>(?P<line_end>[ \t#\r]*+$))?+"
    r"|(?:\{\#|\blabel:\s)(?P<label>[\w:.-]+)"
    rf"|(?<![^\W_])(?<!\.){_KEY}",
    re.DOTALL | re.MULTILINE,
)
_KEY_AT_ONCE = re.compile(rf"-?{_KEY}")
_ATX_HEADING = re.compile(r"[ >]{0,9}#{1,6}[ \t]")
_SETEXT_HEADING = re.compile(r"\n[ >]{0,9}(?:=++|-++)[ \t\r]*+$", re.MULTILINE)
_BACKTICKS = re.compile(r"`+")
_ALIASES = re.compile(r"^citekey-aliases:[ \t\r]*+\n((?>[ \t]++[^\n]*+(?:\n|\Z))*+)", re.MULTILINE)
"""In the metadata what Manubot's tags stand for, which the text says so: `[@tag:x]: pmid:1`."""
_ALIAS = re.compile(r"^[ \t]+[\"']?([^\s\"']+?)[\"']?:[ \t]+[\"']?([^\s\"']+)", re.MULTILINE)
_EXAMPLE = re.compile(r"[ \t]*+\(@([\w-]+)\)[ \t][^\n]*+(?:\n|\Z)")
_CHILD = re.compile(r"\bchild\s*=\s*(?:c\()?((?>\s*[\"'][^\"'\n]+[\"']\s*,?)++)")
_QUOTED = re.compile(r"[\"']([^\"'\n]+)[\"']")

_BIBLIOGRAPHY = re.compile(
    r"^[ \t]*bibliography:[ \t]*+(?P<value>[^\n]*+)(?P<items>(?>\n[ \t]*-[ \t]+[^\n]++)*+)",
    re.MULTILINE,
)
_CUSTOM = re.compile(
    r"^crossref:[ \t]*+\n(?:[ \t]++[^\n]*+\n)*?"
    r"[ \t]++custom:([^\n]*+(?:\n|\Z)(?>[ \t]++[^\n]*+(?:\n|\Z))*+)",
    re.MULTILINE,
)
_KIND_KEY = re.compile(
    r"(?:^[ \t]*(?:-[ \t]+)?|[{,][ \t]*)[\"']?key[\"']?:[ \t]*[\"']?([\w-]+)", re.MULTILINE
)
_ITEM = re.compile(r"-[ \t]+([^\n]+)")

_CROSSREF = re.compile(r"(?:fig|tbl|eq|sec|lst|alg):")  # of the filter pandoc-crossref
_QUARTO_CROSSREF = re.compile(
    r"(?:fig|tbl|lst|eq|sec|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau|vid)-"
)


class Reader:
    """Knows whether the text is Quarto's, which keeps `@fig-…` and the like for itself."""

    def __init__(self, suffix: str = ".md") -> None:
        self._quarto = suffix == ".qmd"
        self._custom: set[str] = set()  # kinds of cross-references that the document declares
        self._tex = latex.Reader()

    def mentions(self, text: str) -> Iterator[Mention]:
        """Keys, included files, and the labels of figures, sections and examples."""
        tags: dict[str, str] = {}
        found = [*self._found(text, tags)]  # the tags mostly stand at the end
        for mention, block in found:
            if block and mention.kind == "key" and mention.text in tags:
                yield mention._replace(text=tags[mention.text])
            elif not block or self._is_cited(mention, block):
                yield mention
                if block and mention.kind == "label":
                    yield mention._replace(text=mention.text[0].upper() + mention.text[1:])

    def _found(self, text: str, tags: dict[str, str]) -> Iterator[tuple[Mention, Block | None]]:
        """What may be mentioned, with the block of what the context decides about; `tags` gets what
        Manubot's tags stand for."""
        blocks = Blocks(text)
        metadata = ""
        for block in blocks:
            if block.kind == "chunk head":
                yield from _sure(_children(text, block))
            elif block.kind == "tex":
                for kind, what, offset in self._tex.mentions(text[block.start : block.end]):
                    yield Mention(kind, what, block.start + offset), None
            else:
                if block.kind == "prose":
                    yield from _sure(_examples(text, block))
                elif block.kind == "metadata":
                    yield from _sure(bibliographies(text[: block.end], block.start))
                    self._custom.update(custom_kinds(text[block.start : block.end]))
                    metadata += text[block.start : block.end]
                prose = _Prose(text, block, self._tex, blocks.end_of, tags)
                for mention in prose.mentions():
                    yield mention, block
                blocks.position = max(blocks.position, prose.position)
        for section in _ALIASES.finditer(metadata):
            for tag, paper in _ALIAS.findall(section[1]):
                tags.setdefault(tag, paper)

    def _is_cited(self, mention: Mention, block: Block) -> bool:
        if mention.kind == "label":
            return self._quarto or bool(_QUARTO_CROSSREF.match(mention.text))
        if mention.kind != "key":
            return True
        if mention.text == ALL:
            return block.kind == "metadata"
        key = mention.text[0].lower() + mention.text[1:]  # @Fig-a begins a sentence
        if self._quarto and (_QUARTO_CROSSREF.match(key) or key.partition("-")[0] in self._custom):
            return False
        return not _CROSSREF.match(key)


class _Prose:
    """One paragraph; `position` ends behind it where an HTML comment that begins in it goes on."""

    def __init__(
        self,
        text: str,
        block: Block,
        tex: latex.Reader,
        end_of: Callable[[str, int], int],
        tags: dict[str, str],
    ) -> None:
        self.text, self._tex, self._end_of, self._tags = text, tex, end_of, tags
        self.position, self.end = block.start, block.end
        self._closing_runs: dict[int, list[int]] | None = None

    def mentions(self) -> Iterator[Mention]:
        while token := _INLINE.search(self.text, self.position, self.end):
            self.position = token.end()
            if token["key"]:
                yield from self._keys(token)
            elif token["command"]:
                found, self.position = self._tex.citation(
                    self.text, token["command"], self.position
                )
                yield from found
            elif token["code"]:
                self._skip_code(len(token["code"]))
            elif token["comment"]:
                self.position = self._end_of("-->", self.position)
            elif token["verbatim"]:
                self.position = self._end_of(f"</{token['verbatim']}>", self.position)
            elif token["braced"]:
                if not self._is_attribute(token):
                    self.position = token.start() + 1
                if token["id"]:
                    yield Mention("label", token["id"], token.start("id"))
            elif token["include"]:
                yield Mention("include", token["include"].lstrip("/"), token.start("include"))
            elif token["label"]:
                yield Mention("label", token["label"], token.start("label"))
            elif token["tag"]:
                self._tags[token["tag"]] = token["tagged"]

    def _keys(self, token: re.Match[str] | None) -> Iterator[Mention]:
        """A key, and those that follow at once, where an `@` elsewhere would be an address."""
        while token:
            at = token.start("key") - 1
            yield Mention("key", token["key"].strip("{}"), at)
            self.position = token.end()
            token = _KEY_AT_ONCE.match(self.text, self.position, self.end)

    def _is_attribute(self, token: re.Match[str]) -> bool:
        """Whether the braces belong to a span, link, piece of code, division or heading."""
        start = token.start()
        if self.text.endswith(("]", ")", "`", ":::", "::: "), max(start - 4, 0), start):
            return True
        if token["line_end"] is None:
            return False
        line = self.text.rfind("\n", 0, start) + 1
        heading = _ATX_HEADING.match(self.text, line) or _SETEXT_HEADING.match(
            self.text, token.end()
        )
        return heading is not None

    def _skip_code(self, length: int) -> None:
        """Past the next run of as many backticks; without one they are mere backticks."""
        if self._closing_runs is None:
            self._closing_runs = {}
            for run in reversed(list(_BACKTICKS.finditer(self.text, self.position, self.end))):
                self._closing_runs.setdefault(len(run[0]), []).append(run.end())
        ends = self._closing_runs.get(length, [])
        while ends and ends[-1] <= self.position:
            ends.pop()
        if ends:
            self.position = ends.pop()


def _sure(mentions: Iterator[Mention]) -> Iterator[tuple[Mention, None]]:
    return ((mention, None) for mention in mentions)


def _examples(text: str, block: Block) -> Iterator[Mention]:
    """The labels of a list of numbered examples, `(@good) …`, which no paper is cited by."""
    position = block.start
    while example := _EXAMPLE.match(text, position, block.end):
        yield Mention("label", example[1], example.start(1))
        position = example.end()


def bibliographies(metadata: str, start: int = 0) -> Iterator[Mention]:
    """The files that `bibliography:` names in YAML from `start` on: one, `[a, b]`, or a list."""
    for named in _BIBLIOGRAPHY.finditer(metadata, start):
        listed = named["items"] or ""
        names = (
            _ITEM.findall(listed) if listed.strip() else named["value"].strip("[] \t\r").split(",")
        )
        files = [name.strip(" \t\r\"'") for name in names]
        yield Mention("bibliography", "\n".join(filter(None, files)), named.start())


def custom_kinds(metadata: str) -> Iterator[str]:
    """The `key` of each kind under Quarto's `crossref: custom:`."""
    if section := _CUSTOM.search(metadata):
        yield from _KIND_KEY.findall(section[1])


def _children(text: str, block: Block) -> Iterator[Mention]:
    if children := _CHILD.search(text, block.start, block.end):
        for child in _QUOTED.finditer(text, *children.span(1)):
            yield Mention("include", child[1], child.start(1))
