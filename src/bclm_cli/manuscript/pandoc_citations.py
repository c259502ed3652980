"""Whole citations in pandoc's syntax: `[see @a, pp. 33-35; -@b]`, `@a [p. 3]`, `@{a key}`.

See "Citation syntax" in pandoc's manual. Where a key stands in a text, `markdown` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LABELS = {
    "act": ("act", "acts"),
    "appendix": ("app.", "apps.", "appendix", "appendices"),
    "article": ("art.", "arts.", "article", "articles"),
    "book": ("bk.", "bks.", "book", "books"),
    "canon": ("canon", "canons"),
    "chapter": ("ch.", "chap.", "chaps.", "chapter", "chapters"),
    "column": ("col.", "cols.", "column", "columns"),
    "equation": ("eq.", "eqs.", "equation", "equations"),
    "figure": ("fig.", "figs.", "figure", "figures"),
    "folio": ("fol.", "fols.", "folio", "folios"),
    "issue": ("no.", "nos.", "number", "numbers", "issue", "issues"),
    "line": ("l.", "ll.", "line", "lines"),
    "note": ("n.", "nn.", "note", "notes"),
    "opus": ("op.", "opp.", "opus", "opera"),
    "page": ("p.", "pp.", "page", "pages"),
    "paragraph": ("para.", "paras.", "paragraph", "paragraphs", "¶", "¶¶"),
    "part": ("pt.", "pts.", "part", "parts"),
    "rule": ("rule", "rules"),
    "scene": ("scene", "scenes"),
    "section": ("sec.", "secs.", "section", "sections", "§", "§§"),
    "sub-verbo": ("s.v.", "s.vv.", "sub verbo"),
    "supplement": ("supp.", "supps.", "supplement", "supplements"),
    "table": ("tbl.", "tbls.", "table", "tables"),
    "timestamp": ("timestamp",),
    "verse": ("v.", "vv.", "verse", "verses"),
    "volume": ("vol.", "vols.", "volume", "volumes"),
}
"""What may stand before a locator, by CSL's locator type."""
_TYPES = {name: kind for kind, names in _LABELS.items() for name in names}
_NAMES = "|".join(sorted(map(re.escape, _TYPES), key=len, reverse=True))
_UNIT = r"(?:\w*\d[\w:.]*\w|\w*\d\w*|\(?[ivxlcdmIVXLCDM]+\)?)(?![\w])"
_NUMBERS = rf"{_UNIT}(?:\s*(?:[-–—]+|,|&|and\b)\s*{_UNIT})*"
_LOCATOR = re.compile(
    rf"(?:\s*,)?\s*(?:(?P<label>{_NAMES})\s*(?P<labelled>{_NUMBERS})|(?P<bare>\d{_NUMBERS}|\d))"
)
_BRACED = re.compile(r"(?:\s*,)?\s*\{([^{}]*)\}")
_LABEL = re.compile(rf"\s*(?P<label>{_NAMES})\s*")
_KEY = re.compile(
    r"(?<![\w@])(?P<minus>-)?@(?:\{(?P<braced>[^{}\s]+)\}"
    r"|(?P<key>\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*))"
)
_QUOTED_PARTS = re.compile(r"\{[^{}]*\}|`[^`]*`")
_EMPHASIS = re.compile(r"(\*\*|\*|_)(?=\S)([^*_]+?)(?<=\S)\1")


class Cite(NamedTuple):
    """One work of a citation; `label` is CSL's type of locator, `prefix` and `suffix` its text."""

    key: str
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    label: str = "page"
    suppress_author: bool = False


class PandocCitation(NamedTuple):
    """Works cited together, and where in the text; see `csl.context.Citation`."""

    cites: tuple[Cite, ...]
    author_in_text: bool
    start: int
    end: int


def parse(text: str) -> PandocCitation | None:
    """The citation that `text` is as a whole; None where it is none."""
    text = text.strip()
    key = _KEY.search(text)
    if key is None:
        return None
    found = _around(text, key.start(), 0)
    return found if found.start == 0 and found.end == len(text) else None


def citations(text: str, places: Iterator[int] | list[int]) -> Iterator[PandocCitation]:
    """The citations of a text, from the places of the `@` of its keys, in order."""
    done = 0
    for place in places:
        if place < done:
            continue
        start = place - (text[place - 1 : place] == "-")
        found = _around(text, start, done)
        done = found.end
        yield found


def _around(text: str, place: int, floor: int) -> PandocCitation:
    """The citation to which the key at `place` belongs."""
    opening = _opening(text, place, floor)
    closing = _closing(text, opening) if opening >= 0 else -1
    if closing > place:
        cites = tuple(_rest(_pieces(text[opening + 1 : closing])))
        return PandocCitation(cites, False, opening, closing + 1)
    key = _KEY.match(text, place)
    assert key is not None
    cite = Cite(key["key"] or key["braced"], suppress_author=bool(key["minus"]))
    end = key.end()
    following = re.compile(r"[ \n]?\[").match(text, end)
    if following:
        closing = _closing(text, following.end() - 1)
        inner = text[following.end() : closing] if closing > 0 else ""
        if inner and text[closing + 1 : closing + 2] not in ("(", "[") and inner[0] != "^":
            first, *rest = _pieces(inner)
            cites = (_located(cite, first), *_rest(rest))
            return PandocCitation(cites, not cite.suppress_author, place, closing + 1)
    return PandocCitation((cite,), not cite.suppress_author, place, end)


def _opening(text: str, place: int, floor: int) -> int:
    """The bracket that is open at `place` in its paragraph, -1 for none."""
    depth = 0
    for at in range(place - 1, floor - 1, -1):
        sign = text[at]
        if sign == "\n" and text[:at].endswith("\n"):
            return -1
        if sign == "]":
            depth += 1
        elif sign == "[" and text[at - 1 : at] != "\\":
            if not depth:
                return -1 if text[at - 1 : at] in ("^", "!") else at
            depth -= 1
    return -1


def _closing(text: str, opening: int) -> int:
    """The bracket that closes the one at `opening`, -1 for none in its paragraph."""
    depth = 0
    for at in range(opening, len(text)):
        sign = text[at]
        if sign == "\n" and text[at + 1 : at + 2] == "\n":
            return -1
        depth += (sign == "[") - (sign == "]")
        if not depth:
            return at
    return -1


def _pieces(text: str) -> list[str]:
    """The cites between semicolons; those in braces and code are text."""
    hidden = _QUOTED_PARTS.sub(lambda part: "x" * len(part[0]), text)
    ends = [at for at, sign in enumerate(hidden) if sign == ";"]
    starts = [0, *(at + 1 for at in ends)]
    return [text[start:end] for start, end in zip(starts, [*ends, len(text)], strict=True)]


def _rest(pieces: list[str]) -> list[Cite]:
    """The cites; a piece without a key belongs to the one before it."""
    found: list[Cite] = []
    for piece in pieces:
        key = _KEY.search(piece)
        if key:
            prefix = _markup(piece[: key.start()].lstrip())
            name = key["key"] or key["braced"]
            cite = Cite(name, prefix=prefix, suppress_author=bool(key["minus"]))
            found.append(_located(cite, piece[key.end() :]))
        elif found:
            found[-1] = found[-1]._replace(suffix=f"{found[-1].suffix};{_suffix(piece)}")
    return found


def _located(cite: Cite, text: str) -> Cite:
    """The cite with the locator and the suffix that stand behind its key."""
    braced = _BRACED.match(text)
    if braced:
        label = _LABEL.match(braced[1])
        locator = braced[1][label.end() if label else 0 :].strip()
        kind = _TYPES[label["label"]] if label else "page"
        return cite._replace(locator=locator, label=kind, suffix=_suffix(text[braced.end() :]))
    found = _LOCATOR.match(text)
    if not found:
        return cite._replace(suffix=_suffix(text))
    locator = (found["labelled"] or found["bare"]).replace("--", "–").strip()
    kind = _TYPES[found["label"]] if found["label"] else "page"
    return cite._replace(locator=locator, label=kind, suffix=_suffix(text[found.end() :]))


def _suffix(text: str) -> str:
    """A suffix; what is no punctuation keeps a space before it."""
    text = _markup(text.rstrip())
    return text if not text or text[0] in " ,.;:" else f" {text}"


def _markup(text: str) -> str:
    """Emphasis as CSL's markup."""
    text = re.sub(r"\s+", " ", text)
    tags = {"**": "b", "*": "i", "_": "i"}
    return _EMPHASIS.sub(lambda e: f"<{tags[e[1]]}>{e[2]}</{tags[e[1]]}>", text)
