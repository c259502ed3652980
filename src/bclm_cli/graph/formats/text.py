"""The cascade as boxes in a terminal: side by side where there is space, else below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bclm_cli.graph import Options
from bclm_cli.graph.cells import fit, width, wrap
from bclm_cli.graph.labels import clean, listed
from bclm_cli.graph.network import Action, Network, Station
from bclm_cli.text.counted import counted
from bclm_cli.views.claims import DIRECT

HELP = "boxes for the terminal"
SUFFIX = ".txt"
TOP: int | None = 8
TOP_OF_STEP: int | None = None

# Pieces of a line, each with its style, a key of _STYLES.
Line = tuple[tuple[str, str], ...]

_WIDTH = 80
_LEAST = 20  # less would cut the legend
_NARROWEST, _WIDEST = 21, 36  # of a box among others
_GAP = 3
_BETWEEN = "  "  # two columns of factors in a box
_SIGNS = {"promoting": "▶", "suppressing": "⊣", "conflicting": "◆", "other": "○"}
_STYLES = {  # SGR codes
    "promoting": "32", "suppressing": "31", "conflicting": "1;33", "other": "2", "box": "35",
    "name": "1", "muted": "2", "": "",
}  # fmt: skip
_LEGEND = (
    ("promoting", "promotes/required"),
    ("suppressing", "suppresses"),
    ("conflicting", "conflicting"),
    ("other", "neither"),
)
_NUMBER = "number: papers of any effect"
_WITH_DIRECT = f"{DIRECT}number: with a direct claim"
_NOTHING: Line = (("", ""),)


def dump(network: Network, options: Options) -> Iterator[str]:
    """The boxes, no wider than `options.width` columns, with a legend below."""
    if not network.claims:
        yield "No claim matches this selection.\n"
        return
    available = max(options.width or _WIDTH, _LEAST)
    count = len(network.stations)
    each = min((available - _GAP * (count - 1)) // count, _WIDEST)
    beside = count > 1 and each >= _NARROWEST
    for line in _beside(network, each) if beside else _below(network, available):
        yield _painted(line, color=options.color)
    direct = any(action.direct for station in network.stations for action in station.actions)
    for line in _legend(available, direct=direct):
        yield _painted(line, color=options.color)


def _beside(network: Network, available: int) -> Iterator[Line]:
    stations = network.stations
    heads = [_head(station, available - 4, brief=available < 30) for station in stations]
    bodies = [_body(station, available - 4) for station in stations]
    insides = [
        [*_padded(head, heads), _NOTHING, *_padded(body, bodies)]
        for head, body in zip(heads, bodies, strict=True)
    ]
    gap = (" " * _GAP, "")
    yield _joined([_top(station, available) for station in stations], gap)
    for row, lines in enumerate(zip(*insides, strict=True)):
        between = ("──▶", "box") if row == 0 else gap
        yield _joined([_side(line, available) for line in lines], between)
    yield _joined([_bottom(available)] * len(stations), gap)


def _below(network: Network, available: int) -> Iterator[Line]:
    across = _columns(network, available - 4)
    for place, station in enumerate(network.stations):
        if place:
            yield ((" " * (available // 2), ""), ("▼", "box"))
        yield _top(station, available)
        for line in (
            *_head(station, available - 4),
            _NOTHING,
            *_body(station, available - 4, across),
        ):
            yield _side(line, available)
        yield _bottom(available)


def _head(station: Station, available: int, *, brief: bool = False) -> list[Line]:
    """The way, what happens, and counts."""
    step = station.step
    way = f"{clean(step.from_)} → {clean(step.to)}"
    counts = [counted(station.factors, "factor"), counted(station.papers, "paper")]
    together = listed(counts)
    if width(together) <= available:
        counts = [together]
    return [
        *(((words, "muted"),) for words in wrap(way, available)),
        *(((words, ""),) for words in ([] if brief else wrap(clean(step.summary), available))),
        *(((words, "muted"),) for words in (counts if station.factors else ["no claim here"])),
    ]


def _body(station: Station, available: int, across: int = 1) -> list[Line]:
    """The factors, down each column; in one column a long name is wrapped."""
    actions = station.actions
    if across == 1:
        lines = [line for action in actions for line in _wrapped(action, available)]
    else:
        column, rows = _column(available, across), -(-len(actions) // across)
        lines = [
            _joined([_cell(action, column) for action in actions[row::rows]], (_BETWEEN, ""))
            for row in range(rows)
        ]
    if station.hidden:
        lines.append(((f"  and {station.hidden} more", "muted"),))
    return lines


def _columns(network: Network, available: int) -> int:
    """How many columns of factors there is space for with every name in one piece."""
    longest = max(_needs(action) for station in network.stations for action in station.actions)
    return next((n for n in (4, 3, 2) if _column(available, n) >= longest), 1)


def _column(available: int, across: int) -> int:
    return (available - len(_BETWEEN) * (across - 1)) // across


def _needs(action: Action) -> int:
    return width(clean(action.factor.name)) + len(_number(action)) + 3


def _cell(action: Action, available: int) -> Line:
    number = _number(action)
    words = fit(clean(action.factor.name), available - 3 - len(number))
    return ((_SIGNS[action.net], action.net), (f" {words} ", ""), (number, "muted"))


def _wrapped(action: Action, available: int) -> Iterator[Line]:
    number = _number(action)
    inside = available - 3 - len(number)
    first, *rest = wrap(clean(action.factor.name), inside) or [""]
    yield (
        (_SIGNS[action.net], action.net),
        (f" {fit(first, inside)} ", ""),
        (number, "muted"),
    )
    for words in rest:
        yield ((f"  {words}", ""),)


def _number(action: Action) -> str:
    """How many papers, with a sign before it where a claim is direct."""
    return f"{DIRECT if action.direct else ''}{len(action.papers)}"


def _top(station: Station, available: int) -> Line:
    name = fit(f"{station.step.number} {clean(station.step.name)}", available - 6).rstrip()
    return (("╭─ ", "box"), (name, "name"), (f" {'─' * (available - 5 - width(name))}╮", "box"))


def _side(line: Line, available: int) -> Line:
    padding = available - 4 - sum(width(words) for words, _ in line)
    return (("│ ", "box"), *line, (" " * padding, ""), (" │", "box"))


def _bottom(available: int) -> Line:
    return ((f"╰{'─' * (available - 2)}╯", "box"),)


def _legend(available: int, *, direct: bool) -> Iterator[Line]:
    entries: list[Line] = [((f"{_SIGNS[net]} ", net), (words, "")) for net, words in _LEGEND]
    for text in (_NUMBER, _WITH_DIRECT) if direct else (_NUMBER,):
        entries += [((words, "muted"),) for words in wrap(text, available)]
    line: Line = ()
    used = 0
    for entry in entries:
        wide = sum(width(text) for text, _ in entry)
        if used and used + 3 + wide > available:
            yield line
            line, used = (), 0
        line = (*line, ("   ", ""), *entry) if used else entry
        used += wide + (3 if used else 0)
    yield line


def _padded(lines: list[Line], others: list[list[Line]]) -> list[Line]:
    return lines + [_NOTHING] * (max(map(len, others)) - len(lines))


def _joined(parts: Sequence[Line], between: tuple[str, str]) -> Line:
    first, *rest = parts
    return (*first, *(piece for part in rest for piece in (between, *part)))


def _painted(line: Line, *, color: bool) -> str:
    if not color:
        return "".join(words for words, _ in line).rstrip() + "\n"
    return (
        "".join(
            f"\x1b[{_STYLES[style]}m{words}\x1b[0m" if style and words.strip() else words
            for words, style in line
        )
        + "\n"
    )
