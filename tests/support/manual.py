"""The manual page `docs/bclm.1`, made from the texts of --help and the help topics (see man(7))."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from inspect import cleandoc
from textwrap import wrap
from typing import Any

from typer import Context

from bclm_cli import __version__, cli, commands, help_topics
from support.paths import ROOT

PAGE = ROOT / "docs" / "bclm.1"

SHARED = {"Selection": "selection", "Output": "output", "Data": None}
"""The groups of options that commands share, each with the help topic that explains it."""
ALONE = ("names", "formats", "exit-codes", "environment")
"""The topics with a section to themselves; the exit codes and variables under man's own titles."""
MARGIN = 5
"""Columns that man(7) indents a table by, beside the two of the topic's own."""
TITLES = {"exit-codes": "EXIT STATUS", "environment": "ENVIRONMENT"}
SEE_ALSO = ("bibtex", "biber", "pandoc", "dot", "jq")
COPYRIGHT = (
    "The program is under the MIT license, the data under CC BY 4.0. `bclm info` says how to cite."
)


def page() -> str:
    """The whole page, in ASCII alone, the same bytes whatever the terminal and the language."""
    group = cli.app()
    context = Context(group, info_name=cli.NAME)
    built = {name: group.get_command(context, name) for name in cli.command_names()}
    opening, *about = cleandoc(commands.__doc__ or "").split("\n\n")
    lines = [
        f'.TH BCLM 1 {_released()} "bclm {__version__}" "User Commands"',
        ".SH NAME",
        rf"bclm \- {roff(opening.rstrip('.'))[0]}",
        ".SH SYNOPSIS",
        ".nf",
        *(_synopsis(command, context) for command in built.values()),
        ".fi",
        ".SH DESCRIPTION",
        *_paragraphs("\n\n".join(about)),
        ".P",
        "\\fBbclm\\fP alone shows the steps and the next commands to try.",
        *_options(group, context, "Options"),
        ".SH COMMANDS",
        *(line for name in built for line in _command(built[name], context)),
    ]
    for group_, topic in SHARED.items():
        lines += [f".SH {group_.upper()}", *_shared(group_, topic, built.values(), context)]
    for topic in ALONE:
        lines += [f".SH {TITLES.get(topic, topic.upper())}"]
        lines += _paragraphs("\n".join(help_topics.lines(topic, 80 - MARGIN)))
    lines += [".SH SEE ALSO", *(f".BR {name} (1){comma}" for name, comma in _neighbors())]
    lines += [".SH COPYRIGHT", *roff(COPYRIGHT)]
    return "\n".join(lines) + "\n"


def roff(text: str, width: int = 79) -> list[str]:
    """A text as lines of roff in which no character of the text is a request or an escape."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    text = re.sub(r"`([^`]+)`", r"\\fB\1\\fP", text)
    text = "".join(char if char < "\x7f" else rf"\[u{ord(char):04X}]" for char in text)
    lines = wrap(text, width, break_on_hyphens=False, break_long_words=False) if width else [text]
    return [rf"\&{line}" if line.startswith((".", "'")) else line for line in lines]


def _released() -> str:
    found = re.search(r'^date-released: "(.*)"', (ROOT / "CITATION.cff").read_text(), re.M)
    assert found
    return found[1]


def _neighbors() -> Iterator[tuple[str, str]]:
    *others, last = SEE_ALSO
    yield from ((name, " ,") for name in others)
    yield last, ""


def _synopsis(command: Any, context: Context) -> str:
    usage = " ".join(command.collect_usage_pieces(context))
    return rf"\fBbclm {command.name}\fP {roff(usage)[0]}"


def _command(command: Any, context: Context) -> Iterator[str]:
    yield f".SS bclm {command.name}"
    yield from _paragraphs(cleandoc(command.help))
    yield from _options(command, context, "Arguments")
    yield from _options(command, context, "Options", without=("--help",))
    shared = [name.lower() for name in SHARED if any(_records(command, context, name))]
    if shared:
        yield ".P"
        groups = " and ".join(filter(None, [", ".join(shared[:-1]), shared[-1]]))
        yield f"Takes options of the {groups} groups below."
    yield from (".P", ".EX", *_as_it_is(examples(command.name)), ".EE")


def examples(command: str) -> list[str]:
    """The examples of a command as its help shows them."""
    return [f"  $ {line}" for line in import_module(f"{commands.__name__}.{command}").EXAMPLES]


def _options(
    command: Any, context: Context, group: str, *, without: tuple[str, ...] = ()
) -> Iterator[str]:
    for names, text in _records(command, context, group):
        if not set(without) & set(names.split(", ")):
            yield from _tagged(names, text)


def _shared(group: str, topic: str | None, built: Any, context: Context) -> Iterator[str]:
    """The topic of a group with the records of --help, one for each flag, as its table of flags."""
    reported = _split("\n".join(help_topics.lines(topic))) if topic else []
    table = next((at for at, part in enumerate(reported) if part.startswith("  --")), len(reported))
    yield from _filled(reported[:table])
    records: dict[str, dict[str, None]] = {}
    for each in built:
        for names, text in _records(each, context, group):
            records.setdefault(names, {})[text] = None
    for names, texts in records.items():
        yield from _tagged(names, " ".join(texts))
    for part in reported[table + 1 :]:
        yield from (".P", *_filled([part]))


def _records(command: Any, context: Context, group: str) -> Iterator[tuple[str, str]]:
    for parameter in command.get_params(context):
        own = "Arguments" if parameter.param_type_name == "argument" else "Options"
        record = parameter.get_help_record(context)
        if record and (getattr(parameter, "rich_help_panel", None) or own) == group:
            yield record


def _tagged(names: str, text: str) -> Iterator[str]:
    yield from (".TP", rf"\fB{roff(names, 0)[0]}\fP", *roff(text))


def _paragraphs(text: str) -> Iterator[str]:
    return _filled(_split(text))


def _split(text: str) -> list[str]:
    return re.split(r"\n{2,}", text.strip("\n"))


def _filled(parts: list[str]) -> Iterator[str]:
    """Paragraphs are filled; one with indented lines stays as it is."""
    for number, part in enumerate(parts):
        if number:
            yield ".P"
        lines = part.splitlines()
        if any(line.startswith(" ") for line in lines):
            yield from (".nf", *_as_it_is(lines), ".fi")
        else:
            yield from roff(" ".join(lines))


def _as_it_is(lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield from roff(line, 0)
