"""The file itself: the template filled with figure, sections and data, under a strict policy."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from string import Template

from bclm_cli import graph
from bclm_cli.evidence import DIRECTNESS, LEVELS
from bclm_cli.model.records import EFFECTS, Reference
from bclm_cli.page import addresses, citations
from bclm_cli.page.cascade import cascade, colors, shapes
from bclm_cli.page.explorer import Explorer
from bclm_cli.page.markup import text
from bclm_cli.page.packed import block
from bclm_cli.page.sections import FILTERS, Filter, Sections
from bclm_cli.render import to_json
from bclm_cli.text.counted import counted
from bclm_cli.text.normalize import BRITISH, LETTERS, PLURALS
from bclm_cli.views import claims as words

SCRIPTS = ("normalize.js", "search.js", "filters.js", "views.js", "page.js")
"""The parts of the page's one script, in their order."""
TOGETHER = 100
"""Papers whose references are packed together: opening one unpacks so many."""


def document(explorer: Explorer) -> Iterator[str]:
    """The whole file, in pieces."""
    style, script = _style(), _script()
    before, between, after = (
        Template(_asset("page.html"))
        .substitute(
            policy=_policy(style, script),
            style=style,
            script=script,
            window=text(" · ".join(filter(None, (explorer.subject, explorer.title or "bclm")))),
            title=text(explorer.title or "bclm"),
            program=explorer.versions[0],
            data=f", data of {text(explorer.versions[1])}" if explorer.versions[1] else "",
            counts=_counts(explorer),
            source=_source(explorer.origin),
            filters="".join(_filters(explorer)),
            shapes=shapes(),
            sections="\0",
            blocks="\0",
        )
        .split("\0")
    )
    yield before
    yield from _sections(explorer)
    yield between
    yield from _blocks(explorer)
    yield after


def _policy(style: str, script: str) -> str:
    """What a browser may do with the file: run this script and this style, load nothing."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)};"
        " base-uri 'none'; form-action 'none';"
        " require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _style() -> str:
    light, dark, printed = map(colors, ("light", "dark", "print"))
    return (
        f":root{{{light}}}\n:root[data-theme=dark]{{{dark}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        f"@media print{{:root:root:root{{{printed}}}}}\n{_asset('page.css')}"
    )


def _script() -> str:
    parts = (f"const TABLES = {to_json(tables())};\n", *map(_asset, SCRIPTS))
    return f'"use strict";\n(() => {{\n{"".join(parts)}}})();\n'


def tables() -> dict[str, object]:
    """What the page normalizes text by: the program's own tables."""
    return {"letters": LETTERS, "british": BRITISH, "plurals": PLURALS}


def _asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


def _counts(explorer: Explorer) -> str:
    claims, papers = explorer.claims, len(explorer.papers)
    return words.numbers(claims) if claims else counted(papers, "paper")


def _source(origin: Reference | None) -> str:
    if origin is None:
        return ""
    cited = citations.references([origin], citations.DEFAULT)[origin.id]
    return f'<p class="source">The model, and what to cite for it: {cited}</p>'


# ---- filters


def _filters(explorer: Explorer) -> Iterator[str]:
    used = {claim.step for claim in explorer.claims}
    names = words.step_names(explorer.steps)
    yield _select("step", "Step", ((id_, names[id_]) for id_ in names if id_ in used))
    for filter_ in FILTERS:
        yield _select(filter_.field, filter_.label, ((v, v) for v in _values(explorer, filter_)))
    for name, label in (("from", "Year from"), ("to", "to")):
        yield (
            f'<label>{label} <input type="number" name="{name}" inputmode="numeric"'
            ' min="1000" max="2999"></label>\n'
        )


def _select(name: str, label: str, options: Iterable[tuple[str, str]]) -> str:
    listed = "".join(
        f'<option value="{text(value)}">{text(shown)}</option>' for value, shown in options
    )
    return (
        f'<label>{label} <select name="{name}"><option value="">any</option>{listed}'
        "</select></label>\n"
    )


def _values(explorer: Explorer, filter_: Filter) -> list[str]:
    """The values that occur: in their own order where they have one, else by name."""
    found: set[str] = set()
    for claim in explorer.claims:
        value = getattr(claim, filter_.field)
        found.update(value if isinstance(value, tuple) else (value,))
    order = {value: place for place, value in enumerate((*EFFECTS, *DIRECTNESS, *LEVELS))}
    return sorted(found - {""}, key=lambda value: (order.get(value, len(order)), value))


# ---- content


def _sections(explorer: Explorer) -> Iterator[str]:
    sections = Sections(explorer)
    network = graph.build(
        explorer.title, explorer.steps, explorer.factors, explorer.claims, (),
        source=explorer.origin,
    )  # fmt: skip
    yield '<section id="cascade">\n<h2>The cascade</h2>\n'
    if explorer.claims:
        yield from cascade(network)
    else:
        yield '<p class="empty">No claim matches this selection.</p>\n'
    yield '</section>\n<section id="claims">\n<h2>Steps and claims</h2>\n'
    for step in explorer.steps:
        yield from sections.step(step)
    yield from sections.background()
    yield '</section>\n<section id="factors">\n<h2>Factors</h2>\n'
    yield from sections.factor_table()
    for factor in explorer.factors:
        yield from sections.factor(factor)
    yield '</section>\n<section id="papers">\n<h2>Papers</h2>\n'
    references = citations.references(explorer.papers, citations.DEFAULT)
    for paper in explorer.papers:
        yield from sections.paper(paper, references[paper.id])
    yield "</section>\n"


# ---- data for the script


def _blocks(explorer: Explorer) -> Iterator[str]:
    yield block("index", {"synonyms": explorer.synonyms, "records": list(_index(explorer))})
    styles = citations.titles()
    yield block("styles", styles | citations.FORMATS)
    for number, start in enumerate(range(0, len(explorer.papers), TOGETHER)):
        papers = explorer.papers[start : start + TOGETHER]
        others = [style for style in styles if style != citations.DEFAULT]
        yield block(f"references-{number}", _citations(papers, others, explorer.terms))


def _citations(
    papers: Sequence[Reference], styles: Sequence[str], terms: frozenset[str]
) -> dict[str, dict[str, str]]:
    """By key, then by style or format; the texts of one paper beside each other pack well. The
    default style stands in the document."""
    by_style = {style: citations.references(papers, style) for style in styles}
    return {
        paper.id: {style: found[paper.id] for style, found in by_style.items()}
        | citations.exports(paper, terms)
        for paper in papers
    }


def _index(explorer: Explorer) -> Iterator[list[object]]:
    """What the search looks through: the records of the page, each with its address."""
    named = zip(explorer.claims, addresses.claims(explorer.claims), strict=True)
    where: dict[tuple[str, ...], str] = {
        **{("step", step.id): addresses.step(step.id) for step in explorer.steps},
        **{("factor", factor.name): addresses.factor(factor.name) for factor in explorer.factors},
        **{
            ("claim", claim.step, claim.factor, claim.reference, claim.statement): address
            for claim, address in named
        },
        **{("paper", paper.id): addresses.paper(paper.id) for paper in explorer.papers},
    }
    for record, row, name, of_text, more, names in explorer.indexed:
        if address := where.get(record):
            yield [row, address, name, of_text, more, *names]
