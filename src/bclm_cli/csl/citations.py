"""Citations in the text or a note (CSL 1.0.2, "Citation")."""

from __future__ import annotations

from collections.abc import Mapping

from bclm_cli.csl.cites import capital_term, render_cite
from bclm_cli.csl.collapsing import collapse
from bclm_cli.csl.context import Citation, Environment
from bclm_cli.csl.item import Item
from bclm_cli.csl.punctuation import join
from bclm_cli.csl.sorting import in_order


def render_citation(environment: Environment, items: Mapping[str, Item], citation: Citation) -> str:
    """The whole citation as rich text, with the brackets or raised as the style has it."""
    part = environment.style.citation
    assert part is not None
    layout = environment.style.layout(part)
    cites = citation.cites
    author = ""
    if citation.author_in_text:
        first = cites[0]
        bare = render_cite(environment, items[first.id], first._replace(prefix="", suffix=""))
        author = bare.names[0].text if bare.names else ""  # a number stands for the author too
        cites = (first._replace(mode="suppress-author"), *cites[1:])
    ordered = in_order(environment, cites, lambda cite: items[cite.id], part)
    rendered = [render_cite(environment, items[cite.id], cite) for cite in ordered]
    text = collapse(environment, rendered, layout.get("delimiter"))
    if environment.style.is_note:
        text = capital_term(text)
    formatting = environment.formatting(layout)
    if not all(cite.mode == "author-only" for cite in cites):
        text = formatting.fonts(formatting.affixes(text))
    if author and environment.style.is_note:
        return f"{author} [{text}]"  # the author in the sentence, the note behind it
    return join([author, text], " ")
