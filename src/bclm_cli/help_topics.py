"""The help that belongs to no single command, made from the program where it can be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from bclm_cli import errors, evidence
from bclm_cli.model import records

WIDEST = 80
"""Columns: wider text is hard to read, so --help stops there too."""

ENVIRONMENT = {
    "BCLM_DATA": "Data folders and bibliographies laid over the shipped data, split like PATH.",
    "BCLM_STYLE": "The citation style of `bclm cite`, vancouver if it is not set.",
    "BCLM_PAGER, PAGER": "Shows what is taller than the screen; less, or none if empty.",
    "NO_COLOR": "No color, if it is set to anything.",
    "FORCE_COLOR": "Color in a pipe too. CLICOLOR_FORCE does the same.",
    "TERM": "No color if it is dumb.",
    "COLUMNS, LINES": "The size of the screen, before what the terminal says.",
    "XDG_CACHE_HOME": "Where bclm/ keeps what it made of the data; else ~/.cache.",
    "BCLM_OFFLINE": "1 forbids the network, whatever the options say.",
    "BCLM_EMAIL": "Your address, for Crossref's faster pool and for NCBI.",
    "NCBI_API_KEY": "A key of NCBI, for more requests a second.",
    "BCLM_CROSSREF_URL": "Another address of Crossref. BCLM_PUBMED_URL, BCLM_IDCONV_URL and"
    " BCLM_DOI_URL likewise.",
    "HTTPS_PROXY, NO_PROXY": "The proxy, and what needs none.",
    "SSL_CERT_FILE": "Certificates to trust. REQUESTS_CA_BUNDLE does the same.",
}

SELECTION = """\
Commands that show claims, or what belongs to them, take the same flags:

  --step          1 to 5, i to v, an id or its start; context for background
                  claims
  --factor        a symbol or a synonym, in Greek or Latin spelling
  --kind          {factor_kinds}; of a paper: {reference_kinds}
  --effect        {effects}; promotes does not include required
  --system        {systems}
  --level         the strongest system of a claim: {levels}; animal
                  leaves out what was also shown in humans
  --site          {sites}
  --cancer        breast, colorectal …
  --directness    direct: breast cancer, seen where the step happens (steps 3 to
                  5: the liver); breast: breast cancer, seen elsewhere; place:
                  another cancer, seen there; indirect: the rest
  --perturbation  what was done to the factor: {perturbations}
  --model         4T1, MDA-MB-231, PDX …
  --subtype       triple-negative, HER2-positive …
  --author        the words of one author's name: Aceto, 'Aceto N', Tabar*
  --year          2015, 2010..2020, ..2009, 2014..
  --match         words that a claim, its factor or its paper must hold
  --used-in       a manuscript: the papers that it cites
  --not           FIELD=VALUE leaves out what a flag would select: level=review

Different flags are combined (AND); the same flag twice takes either value (OR), and
so do values joined by commas, but for names of factors and authors, and years. Counts
are those of the claims selected. A value that does not exist is an error with the
nearest ones, exit code 1; a selection that holds nothing is an empty answer,
exit code 0."""

EVIDENCE = """\
The sign before a claim says what it finds:

{signs}

The sign before its evidence says whether that is direct:

  {direct}  direct: breast cancer, seen where the step happens (steps 3 to 5: the
     liver; step 2: the blood; step 1: the primary tumor)
  {other}  breast: breast cancer, seen elsewhere; place: another cancer, seen where
     the step happens; indirect: the rest

Then comes the level, which is the strongest system that the claim rests on: {levels}.

The verdict is what the claims about a factor in a step come to:

  supported    two or more papers on one side, none on the other
  single       one paper takes a side
  conflicting  papers on both sides, or one that found no effect against a side
  undecided    no claim takes a side

A review repeats what others found, so it takes no side. How many claims take none,
and how many are direct, is always said."""

NAMES = """\
A step is called by its number (3), its numeral (iii), its id (margination) or
the start of it (mar).

A factor is called by its symbol or name (TGFB1) or a synonym. Case, hyphens,
spaces and Greek or Latin spelling make no difference: TGF-β1, tgfb1, "tgf
beta 1". A synonym that several factors share stands for all of them.

A paper is called by its key (muller2001), an earlier key, its DOI, the URL of
its DOI, its PMID (PMID:25885919 or the number) or its PMCID.

`-` in the place of names reads them from stdin, one a line; of a line with tabs
it takes the first column: `bclm refs --author Aceto | bclm export -`. If one
of ten names is unknown nothing is written: all the unknown ones are named, each
with the nearest known ones."""

OUTPUT = """\
On a terminal an answer is for reading: aligned, colored, as wide as the
screen, in records below 60 columns, through a pager if it is taller. A step,
factor or paper that is named has a card.

In a pipe it is for programs: one record a line, fields between tabs, no
header, no color, nothing cut. `-f` names another form:

  text    what a terminal shows, in a pipe too
  tsv     tab-separated, with a header (--no-header takes it off)
  csv     comma-separated, with a header
  json    one array; lists are arrays, what is absent is null
  jsonl   one object a line
  yaml    a YAML list
  md      Markdown, as a table, or the card where a name is given
  html    the same as an HTML fragment without style
  latex   the same for LaTeX, with booktabs and longtable

--fields picks and orders the columns; `--fields help` lists them. --sort
FIELD, --sort -FIELD and --limit N do what they say. -o FILE writes to a file,
whole or not at all and only if that changes it; its suffix chooses the form.
Notes and errors go to stderr; -q silences the notes."""


def lines(topic: str, width: int = WIDEST) -> Iterator[str]:
    """The text of a topic, line by line: paragraphs, and tables of words with what they mean."""
    from textwrap import wrap

    for indent, text in _parts(TOPICS[topic][1]()):
        yield from wrap(
            text,
            min(width, WIDEST) - 2,
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]


def _parts(text_lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The paragraphs and the rows of tables, each as one line with the column of its text."""
    parts: list[tuple[int, str]] = []
    for line in text_lines:
        row = re.match(r"  \S.*?  +", line)
        if parts and parts[-1][1] and line and not row:
            indent, text = parts[-1]
            parts[-1] = (indent, f"{text} {line.strip()}")
        else:
            parts.append((row.end() if row else 0, line))
    return iter(parts)


def _text(text: str) -> Callable[[], Iterator[str]]:
    return lambda: iter(text.splitlines())


def _selection() -> Iterator[str]:
    return iter(
        SELECTION.format(
            factor_kinds=", ".join(records.FACTOR_KINDS),
            reference_kinds=", ".join(records.REFERENCE_KINDS),
            effects=", ".join(records.EFFECTS),
            systems=", ".join(records.SYSTEMS),
            levels=", ".join(evidence.LEVELS),
            perturbations=", ".join(records.PERTURBATIONS),
            sites=", ".join(records.SITES),
        ).splitlines()
    )


def _evidence() -> Iterator[str]:
    from bclm_cli.views import claims

    effects: dict[str, list[str]] = {}
    for effect, sign in claims.SIGNS.items():
        effects.setdefault(sign, []).append(effect)
    effects[claims.NO_SIDE] = [*effects.get(claims.NO_SIDE, ()), "what a review says"]
    signs = "\n".join(f"  {sign}  {', '.join(names)}" for sign, names in effects.items())
    levels = ", ".join(evidence.LEVELS)
    return iter(
        EVIDENCE.format(
            signs=signs, direct=claims.DIRECT, other=claims.NOT_DIRECT, levels=levels
        ).splitlines()
    )


def _exit_codes() -> Iterator[str]:
    return (f"  {code:<3}  {meaning}" for code, meaning in errors.MEANINGS.items())


def _environment() -> Iterator[str]:
    width = max(map(len, ENVIRONMENT))
    return (f"  {name:{width}}  {meaning}" for name, meaning in ENVIRONMENT.items())


def _formats() -> Iterator[str]:
    """The formats of export and graph, as each says itself what it is."""
    from bclm_cli import graph
    from bclm_cli.formats import registry

    both = (
        ("export", registry.writer_names(), registry.writer),
        ("graph", graph.names(), graph.get),
    )
    for command, names, get in both:
        yield f"bclm {command} -f"
        for name in names:
            format_ = get(name)
            yield f"  {name:9}  {format_.HELP.rstrip('.')} ({format_.SUFFIX})"
        yield ""
    yield "Lists have forms of their own: see `bclm help output`."


TOPICS: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "selection": ("The flags that choose claims and papers.", _selection),
    "evidence": ("The signs of claims; direct, level and verdict.", _evidence),
    "names": ("What steps, factors and papers are called.", _text(NAMES)),
    "output": ("Terminal, pipe and file; fields and forms.", _text(OUTPUT)),
    "formats": ("The formats of exports and pictures.", _formats),
    "exit-codes": ("What the exit code says.", _exit_codes),
    "environment": ("The variables that are looked at.", _environment),
}
