"""The cascade as a Mermaid flowchart, which GitHub and GitLab draw inside Markdown.

A step is a subgraph; each factor that acts in it is a node inside, its shape and sign say how.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bclm_cli.graph import Options
from bclm_cli.graph.labels import clean, short_citation
from bclm_cli.graph.network import Action, Network, Station
from bclm_cli.text.counted import counted

HELP = "a flowchart that GitHub draws in Markdown"
SUFFIX = ".mmd"
TOP: int | None = 8
TOP_OF_STEP: int | None = None

# By net effect: the sign before the name, the shape around it, its colors on any background.
_LOOKS = {
    "promoting": ("▶", "([", "])", "fill:#e3effa,stroke:#0b5aa2,color:#18212f"),
    "suppressing": ("⊣", "[[", "]]", "fill:#fdece2,stroke:#c8500a,color:#18212f"),
    "conflicting": ("◆", "{{", "}}", "fill:#ffffff,stroke:#18212f,color:#18212f"),
    "other": ("○", "[", "]", "fill:#f2f4f6,stroke:#6c7684,color:#18212f"),
}
_SPACING = (
    '{"flowchart": {"nodeSpacing": 14, "rankSpacing": 28, '
    '"subGraphTitleMargin": {"top": 6, "bottom": 12}}}'
)
_STEP = "fill:none,stroke:#b04a9c"
_ACTIVE = re.compile(r"[!-'*;-@\[-`{-~]")  # ASCII punctuation but for ( ) + , - . / :


def dump(network: Network, options: Options) -> Iterator[str]:
    """The flowchart, from left to right."""
    yield f"%%{{init: {_SPACING}}}%%\n"
    yield "flowchart LR\n"
    yield f"  accTitle: {_ACTIVE.sub('', clean(network.title)) or 'Cascade'}\n"
    yield "  accDescr: Factors by step, with the number of papers of any effect; "
    yield "▶ promoting, ⊣ suppressing, ◆ conflicting, ○ other\n"
    if network.source:
        yield f"  %% {short_citation(network.source)}\n"
    if not network.claims:
        yield '  empty["No claim matches this selection."]\n'
        return
    for station in network.stations:
        yield from _station(station)
    for before, after in pairwise(network.stations):
        yield f"  s{before.step.number} ==> s{after.step.number}\n"
    for name, (*_, colors) in _LOOKS.items():
        yield f"  classDef {name} {colors}\n"
    yield f"  classDef step {_STEP}\n"
    yield f"  class {','.join(f's{station.step.number}' for station in network.stations)} step\n"


def _station(station: Station) -> Iterator[str]:
    step = station.step
    shown = f"{len(station.actions)} of " if station.hidden else ""
    counts = f"{shown}{counted(station.factors, 'factor')}"
    yield f'  subgraph s{step.number}["{step.number} · {_words(step.name)} · {counts}"]\n'
    yield "    direction LR\n"
    for place, action in enumerate(station.actions, start=1):
        yield f"    {_node(f's{step.number}f{place}', action)}\n"
    yield "  end\n"


def _node(identifier: str, action: Action) -> str:
    sign, opening, closing, _ = _LOOKS[action.net]
    direct = f" · {action.direct} direct" if action.direct else ""
    label = f"{sign} {_words(action.factor.name)} · {len(action.papers)}{direct}"
    return f'{identifier}{opening}"{label}"{closing}:::{action.net}'


def _words(text: str) -> str:
    """A label in which nothing is syntax, Markdown or HTML any more."""
    return _ACTIVE.sub(lambda match: f"#{ord(match[0])};", clean(text))
