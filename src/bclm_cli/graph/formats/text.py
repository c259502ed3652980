"""The cascade as boxes in a terminal: side by side where there is room, else below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bclm_cli.graph import Options
from bclm_cli.graph.cells import fit, width, wrap
from bclm_cli.graph.labels import clean, counted, listed
from bclm_cli.graph.network import Action, Network, Station

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
_SIGNS = {"promoting": "▶", "suppressing": "⊣", "contradicted": "◆", "other": "○"}
_STYLES = {  # SGR codes
    "promoting": "32", "suppressing": "31", "contradicted": "1;33", "other": "2", "box": "35",
    "name": "1", "muted": "2", "": "",
}  # fmt: skip
_LEGEND = (
    ("promoting", "promotes/required"),
    ("suppressing", "suppresses"),
    ("contradicted", "contradicted"),
    ("other", "neither"),
)
_NUMBER = "number: papers of any effect"
_NOTHING: Line = (("", ""),)


def dump(network: Network, options: Options) -> Iterator[str]:
    """The boxes, no wider than `options.width` columns, with a legend below."""
    if not network.claims:
        yield "No claim matches this selection.\n"
        return
    room = max(options.width or _WIDTH, _LEAST)
    count = len(network.stations)
    each = min((room - _GAP * (count - 1)) // count, _WIDEST)
    beside = count > 1 and each >= _NARROWEST
    for line in _beside(network, each) if beside else _below(network, room):
        yield _painted(line, color=options.color)
    for line in _legend(room):
        yield _painted(line, color=options.color)


def _beside(network: Network, room: int) -> Iterator[Line]:
    stations = network.stations
    heads = [_head(station, room - 4, brief=room < 30) for station in stations]
    bodies = [_body(station, room - 4) for station in stations]
    insides = [
        [*_padded(head, heads), _NOTHING, *_padded(body, bodies)]
        for head, body in zip(heads, bodies, strict=True)
    ]
    gap = (" " * _GAP, "")
    yield _joined([_top(station, room) for station in stations], gap)
    for row, lines in enumerate(zip(*insides, strict=True)):
        between = ("──▶", "box") if row == 0 else gap
        yield _joined([_side(line, room) for line in lines], between)
    yield _joined([_bottom(room)] * len(stations), gap)


def _below(network: Network, room: int) -> Iterator[Line]:
    across = _columns(network, room - 4)
    for place, station in enumerate(network.stations):
        if place:
            yield ((" " * (room // 2), ""), ("▼", "box"))
        yield _top(station, room)
        for line in (*_head(station, room - 4), _NOTHING, *_body(station, room - 4, across)):
            yield _side(line, room)
        yield _bottom(room)


def _head(station: Station, room: int, *, brief: bool = False) -> list[Line]:
    """The way, what happens, and counts."""
    step = station.step
    way = f"{clean(step.from_)} → {clean(step.to)}"
    counts = [counted(station.factors, "factor"), counted(station.papers, "paper")]
    together = listed(counts)
    if width(together) <= room:
        counts = [together]
    return [
        *(((words, "muted"),) for words in wrap(way, room)),
        *(((words, ""),) for words in ([] if brief else wrap(clean(step.summary), room))),
        *(((words, "muted"),) for words in (counts if station.factors else ["no claim here"])),
    ]


def _body(station: Station, room: int, across: int = 1) -> list[Line]:
    """The factors, down each column; in one column a long name is wrapped."""
    actions = station.actions
    if across == 1:
        lines = [line for action in actions for line in _wrapped(action, room)]
    else:
        column, rows = _column(room, across), -(-len(actions) // across)
        lines = [
            _joined([_cell(action, column) for action in actions[row::rows]], (_BETWEEN, ""))
            for row in range(rows)
        ]
    if station.hidden:
        lines.append(((f"  and {station.hidden} more", "muted"),))
    return lines


def _columns(network: Network, room: int) -> int:
    """How many columns of factors there are room for with every name in one piece."""
    longest = max(_needs(action) for station in network.stations for action in station.actions)
    return next((n for n in (4, 3, 2) if _column(room, n) >= longest), 1)


def _column(room: int, across: int) -> int:
    return (room - len(_BETWEEN) * (across - 1)) // across


def _needs(action: Action) -> int:
    return width(clean(action.factor.name)) + len(str(len(action.papers))) + 3


def _cell(action: Action, room: int) -> Line:
    number = str(len(action.papers))
    words = fit(clean(action.factor.name), room - 3 - len(number))
    return ((_SIGNS[action.net], action.net), (f" {words} ", ""), (number, "muted"))


def _wrapped(action: Action, room: int) -> Iterator[Line]:
    number = str(len(action.papers))
    inside = room - 3 - len(number)
    first, *rest = wrap(clean(action.factor.name), inside) or [""]
    yield (
        (_SIGNS[action.net], action.net),
        (f" {fit(first, inside)} ", ""),
        (number, "muted"),
    )
    for words in rest:
        yield ((f"  {words}", ""),)


def _top(station: Station, room: int) -> Line:
    name = fit(f"{station.step.number} {clean(station.step.name)}", room - 6).rstrip()
    return (("╭─ ", "box"), (name, "name"), (f" {'─' * (room - 5 - width(name))}╮", "box"))


def _side(line: Line, room: int) -> Line:
    padding = room - 4 - sum(width(words) for words, _ in line)
    return (("│ ", "box"), *line, (" " * padding, ""), (" │", "box"))


def _bottom(room: int) -> Line:
    return ((f"╰{'─' * (room - 2)}╯", "box"),)


def _legend(room: int) -> Iterator[Line]:
    entries: list[Line] = [((f"{_SIGNS[net]} ", net), (words, "")) for net, words in _LEGEND]
    entries += [((words, "muted"),) for words in wrap(_NUMBER, room)]
    line: Line = ()
    used = 0
    for entry in entries:
        wide = sum(width(text) for text, _ in entry)
        if used and used + 3 + wide > room:
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
