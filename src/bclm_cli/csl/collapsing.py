"""Cites joined as `cs:citation` asks (CSL 1.0.2, "Cite Grouping", "Cite Collapsing")."""

from __future__ import annotations

from collections.abc import Sequence

from bclm_cli.csl import rich_text
from bclm_cli.csl.cites import Rendered, render_cite
from bclm_cli.csl.context import Environment
from bclm_cli.csl.punctuation import concat, join
from bclm_cli.csl.rich_text import CLOSE, OPEN

_DASH = "–"
_ENDS = (",", ";", ":", ".", "!", "?")


def collapse(environment: Environment, cites: Sequence[Rendered], delimiter: str) -> str:
    """All cites of a citation as rich text; `delimiter` is that of the layout."""
    return _Collapsing(environment, cites, delimiter).text()


class _Collapsing:
    """The cites of one citation on their way to a text."""

    def __init__(self, environment: Environment, cites: Sequence[Rendered], delimiter: str) -> None:
        part = environment.style.citation
        assert part is not None
        self._environment = environment
        self._cites = cites
        self._delimiter = delimiter
        self._collapse = part.get("collapse")
        self._attributes = part.attributes
        self._within = part.get("cite-group-delimiter", ", ")
        self._after = rich_text.unbroken(part.get("after-collapse-delimiter", delimiter))

    def text(self) -> str:
        """All cites."""
        if self._collapse == "citation-number":
            return self._numbers()
        if self._collapse or "cite-group-delimiter" in self._attributes:
            return self._groups()
        return self._joined(self._cites, self._delimiter)

    def _joined(self, cites: Sequence[Rendered], delimiter: str) -> str:
        """Cites in a row; one whose own suffix ends in punctuation needs no delimiter."""
        text = between = ""
        for one in cites:
            text = join([text, one.text], between)
            ends = one.cite.suffix.endswith(_ENDS)
            between = " " if ends and delimiter.endswith(" ") else delimiter
        return text

    def _numbers(self) -> str:
        """Numbers, three and more in a row as a range: 1–3,7."""
        text = between = ""
        for run in self._runs():
            several = len(run) > 2
            piece = (
                f"{run[0].text}{_DASH}{run[-1].text}"
                if several
                else join((one.text for one in run), self._delimiter)
            )
            text = concat(concat(text, between), piece) if text else piece
            between = self._after if several else self._delimiter
        return text

    def _runs(self) -> list[list[Rendered]]:
        runs: list[list[Rendered]] = []
        for one in self._cites:
            if runs and one.number and runs[-1][-1].number == one.number - 1:
                runs[-1].append(one)
            else:
                runs.append([one])
        return runs

    def _groups(self) -> str:
        """Cites of the same names brought together, the names said once where they collapse."""
        text = between = ""
        for group in _grouped(self._cites):
            piece = self._group(group)
            if not piece:
                continue
            text = concat(concat(text, between), piece) if text else piece
            collapsed = self._collapse == "year" or (self._collapse and len(group) > 1)
            between = self._after if collapsed else self._delimiter
        return text

    def _group(self, group: list[Rendered]) -> str:
        """The cites of one group, the names once if they collapse."""
        if not self._collapse or len(group) < 2:
            return self._joined(group, self._within)
        rest = [
            render_cite(self._environment, one.item, one.cite, hide_names=True) for one in group[1:]
        ]
        pieces = [group[0].text, *(one.text for one in rest)]
        if self._collapse.startswith("year-suffix"):
            return self._letters(group, pieces)
        text = pieces[0]
        for before, piece in zip(group, pieces[1:], strict=False):
            between = self._after if before.cite.locator else self._within
            text = concat(concat(text, between), piece) if piece else text
        return text

    def _letters(self, group: Sequence[Rendered], pieces: list[str]) -> str:
        """Letters after a year said once: 2012a,b; with ranges where the style asks: 2012a–c.

        The specification says nothing of what stands between years once letters were collapsed;
        citeproc-js and pandoc put `after-collapse-delimiter` there, else that of the layout.
        """
        between = self._attributes.get(
            "year-suffix-delimiter", self._attributes.get("cite-group-delimiter", self._delimiter)
        )
        found: list[str] = []
        at = 0
        while at < len(group):
            end = at + 1
            while end < len(group) and _only_letter(group[at], group[end], pieces[end]):
                end += 1
            letters = [_letter(piece) for piece in pieces[at + 1 : end]]
            if self._collapse == "year-suffix-ranged":
                found.append(_ranged(pieces[at], letters, between))
            else:
                found.append(between.join([pieces[at], *letters]))
            at = end
        return join(found, self._after if len(found) < len(group) else self._within)


def _ranged(first: str, letters: list[str], between: str) -> str:
    """Runs of three and more letters as ranges."""
    text, run = first, [rich_text.marked("suffix", first)]

    def flush() -> str:
        if len(run) > 2:
            return f"{_DASH}{run[-1]}"
        return "".join(f"{between}{one}" for one in run[1:])

    for one in letters:
        plain = rich_text.strip(one)
        if run and len(plain) == len(run[-1]) and ord(plain[-1]) == ord(run[-1][-1]) + 1:
            run.append(plain)
        else:
            text += flush() + between + one
            run = [plain]
    return text + flush()


def _letter(piece: str) -> str:
    start = piece.find(OPEN["suffix"])
    return piece[start : piece.find(CLOSE["suffix"], start) + 1]


def _only_letter(first: Rendered, other: Rendered, piece: str) -> bool:
    """Whether the other cite of the same year is told apart by its letter alone."""
    return (
        bool(first.years)
        and other.years == first.years
        and bool(rich_text.marked("suffix", piece))
        and not other.cite.locator
        and not other.cite.prefix
    )


def _grouped(cites: Sequence[Rendered]) -> list[list[Rendered]]:
    """Cites of the same names together; none is moved past one with a prefix or a suffix."""
    groups: list[list[Rendered]] = []
    rest = list(cites)
    while rest:
        head = rest.pop(0)
        group = [head]
        if not head.cite.suffix:
            reach = 0
            while reach < len(rest) and not (rest[reach].cite.prefix or rest[reach].cite.suffix):
                reach += 1
            near = rest[:reach]
            group += [one for one in near if one.grouping == head.grouping]
            rest = [one for one in near if one.grouping != head.grouping] + rest[reach:]
        groups.append(group)
    return groups
