"""In-text citations: works cited together, in order, with ranges, letters and common names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bclm_cli.cite import marks, seams
from bclm_cli.cite.engine import Cite, Engine
from bclm_cli.cite.items import CitedItem
from bclm_cli.cite.sorting import in_order

_NUMBER = re.compile(f"{marks.OPEN['number']}(\\d+){marks.CLOSE['number']}")
_SUFFIX = re.compile(f"{marks.OPEN['suffix']}([a-z]+){marks.CLOSE['suffix']}")


class _Shown(NamedTuple):
    """A work within a cluster, and its citation with and without the names."""

    item: CitedItem
    cite: Cite

    @property
    def names(self) -> object:
        """What two works must share to be cited under the same names."""
        if not self.cite.names:
            return "no names" if self.cite.dates else self.item.key
        first = self.cite.names[0]
        return (first.text, first.people if first.substituted else ())


def cluster(engine: Engine, items: Sequence[CitedItem]) -> str:
    """Works cited together as marked text, with the brackets or raised as the style has it."""
    citation = engine.citation
    layout = citation.parts["layout"]
    ordered = in_order(engine, list(dict.fromkeys(items)), citation)
    shown = [_Shown(item, engine.cite(item)) for item in ordered]
    collapse = citation.get("collapse", "")
    delimiter = layout.get("delimiter", "")
    if collapse == "citation-number":
        text = _numbers(shown, delimiter, citation.get("after-collapse-delimiter", delimiter))
    elif collapse or citation.get("cite-group-delimiter") is not None:
        text = _grouped(engine, shown, delimiter)
    else:
        text = seams.join((one.cite.text for one in shown), delimiter)
    return engine.finish(layout.format(layout.wrap(text)))


def _numbers(shown: Sequence[_Shown], delimiter: str, after_range: str) -> str:
    """Numbers, three and more in a row as a range: 1–3,7."""
    text = between = ""
    for run in _runs(shown):
        piece = (
            f"{run[0].cite.text}–{run[-1].cite.text}"
            if len(run) > 2
            else seams.join((one.cite.text for one in run), delimiter)
        )
        text = seams.meet(seams.meet(text, between), piece) if text else piece
        between = after_range if len(run) > 2 else delimiter
    return text


def _runs(shown: Iterable[_Shown]) -> list[list[_Shown]]:
    runs: list[list[_Shown]] = []
    for one in shown:
        number = _number(one)
        if runs and number and _number(runs[-1][-1]) == number - 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _number(one: _Shown) -> int:
    """The number, if the citation is a number with no more than brackets around it."""
    found = _NUMBER.search(one.cite.text)
    if not found or any(map(str.isalnum, one.cite.text.replace(found[0], ""))):
        return 0
    return int(found[1])


def _grouped(engine: Engine, shown: Sequence[_Shown], delimiter: str) -> str:
    """Works under the same names brought together, their names said once where they collapse."""
    citation = engine.citation
    collapse = citation.get("collapse", "")
    within = citation.get("cite-group-delimiter", ", ")
    after = citation.get("after-collapse-delimiter", delimiter)
    groups: dict[object, list[_Shown]] = {}
    for one in shown:
        groups.setdefault(one.names, []).append(one)
    text = between = ""
    for group in groups.values():
        pieces = [group[0].cite.text]
        if collapse:
            pieces += [engine.cite(one.item, hide_names=True).text for one in group[1:]]
            if collapse.startswith("year-suffix"):
                pieces = _letters(engine, group, pieces)
        else:
            pieces += [one.cite.text for one in group[1:]]
        piece = seams.join(pieces, within)
        text = seams.meet(seams.meet(text, between), piece) if text else piece
        between = after if collapse and len(group) > 1 else delimiter
    return text


def _letters(engine: Engine, group: Sequence[_Shown], pieces: list[str]) -> list[str]:
    """Letters after a year said once: 2012a,b; with ranges where the style wants them: 2012a–c."""
    citation = engine.citation
    between = citation.get("year-suffix-delimiter", citation.get("cite-group-delimiter", ", "))
    ranged = citation.get("collapse") == "year-suffix-ranged"
    years = [tuple(date.start[:1] for date in one.cite.dates) for one in group]
    found: list[str] = []
    at = 0
    while at < len(group):
        end = at + 1
        while end < len(group) and years[end] == years[at] and _SUFFIX.search(pieces[end]):
            end += 1
        letters = [match[0] for match in map(_SUFFIX.search, pieces[at + 1 : end]) if match]
        if ranged and len(letters) > 1:
            found.append(f"{pieces[at]}–{letters[-1]}")
        else:
            found.append(between.join([pieces[at], *letters]))
        at = end
    return found
