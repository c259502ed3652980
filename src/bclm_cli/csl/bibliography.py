"""The reference list (CSL 1.0.2, "Bibliography"): entries, margins, substituted authors."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bclm_cli.csl.context import Cite, Context, Environment, ShownNames
from bclm_cli.csl.item import Item
from bclm_cli.csl.person import Person
from bclm_cli.csl.punctuation import concat, join
from bclm_cli.csl.rich_text import CLOSE, DISPLAYS
from bclm_cli.csl.xml import Element


class Entry(NamedTuple):
    """An entry as rich text: its item, what stands in its margin ("" for nothing), the rest."""

    item: Item
    margin: str
    body: str


_DISPLAY_ENDS = "".join(CLOSE[kind] for kind in DISPLAYS)
_NOBODY = ShownNames((), (), "")


def render_entries(
    environment: Environment, part: Element, items: Sequence[Item]
) -> Iterator[Entry]:
    """The entries one by one, in the order given."""
    dash = part.attributes.get("subsequent-author-substitute")
    before = _NOBODY
    for item in items:
        context = Context(environment, item, part, Cite(item.id))
        entry = _entry(context)
        first = context.shown_names[0] if context.shown_names else _NOBODY
        if dash is not None and first.text and before.text:
            again = Context(environment, item, part, Cite(item.id))
            if _substitute(again, dash, first, before):
                entry = _entry(again)
        before = first
        yield entry


def _entry(context: Context) -> Entry:
    part = context.part
    layout = context.environment.style.layout(part)
    pieces = [context.render(child) for child in layout.children]
    margin = ""
    if part.get("second-field-align") and len(pieces) > 1:
        margin, pieces = pieces[0], pieces[1:]
    formatting = context.environment.formatting(layout)
    if margin:  # it stands first: the prefix of the whole entry is its own
        margin = formatting.fonts(concat(formatting.prefix, margin))
        formatting = formatting._replace(prefix="")
    body = join(pieces)
    end = len(body.rstrip(_DISPLAY_ENDS))
    if end < len(body):  # the end of the entry stands within its last block
        return Entry(
            context.item, margin, formatting.fonts(formatting.affixes(body[:end]) + body[end:])
        )
    return Entry(context.item, margin, formatting.fonts(formatting.affixes(body)))


def _substitute(context: Context, dash: str, first: ShownNames, before: ShownNames) -> bool:
    """Set in the context what stands for names that the entry above has too.

    See `subsequent-author-substitute-rule`. A title in the place of names is replaced as a whole.
    """
    rule = context.part.get("subsequent-author-substitute-rule", "complete-all")
    same = _same(first.people, before.people)
    whole = _bare(first.people) == _bare(before.people)
    if not first.people:
        whole = whole and first.text == before.text
    if rule == "complete-all" or (whole and not first.people):
        context.dash_all = dash if whole else None
        return whole
    if rule == "complete-each":
        context.dashes = dict.fromkeys(range(len(first.people)), dash) if whole else {}
    else:
        limit = min(same, 1) if rule == "partial-first" else same
        context.dashes = dict.fromkeys(range(limit), dash)
    return bool(context.dashes)


def _bare(people: tuple[Person, ...]) -> list[Person]:
    """The people; a body is the same whether it stands as `literal` or as `family`."""
    return [one._replace(family=one.body, body="") if one.body else one for one in people]


def _same(people: tuple[Person, ...], before: tuple[Person, ...]) -> int:
    """How many names are the same from the beginning on."""
    same = 0
    while same < min(len(people), len(before)) and people[same] == before[same]:
        same += 1
    return same
