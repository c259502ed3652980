"""What several commands have in common: formats, selection, names, exit codes, environment."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bclm_cli import commands, help_topics
from bclm_cli.errors import NotFoundError
from bclm_cli.options.completion import among
from bclm_cli.output import Output
from bclm_cli.suggest import missing, near

ORDER = 130
EXAMPLES = ("bclm help", "bclm help selection", "bclm help exit-codes", "bclm help claims")


def command(
    context: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="[TOPIC|COMMAND]",
            help="`bclm help` lists the topics, `bclm --help` the commands.",
            autocompletion=among(*help_topics.TOPICS, *commands.names()),
        ),
    ] = None,
) -> None:
    """How do all commands name, select, write and fail?

    Without TOPIC the topics; with COMMAND the same as `bclm COMMAND --help`.
    """
    out = Output.detect()
    if topic is None:
        width = max(map(len, help_topics.TOPICS))
        out.write(f"{name:{width}}  {about}\n" for name, (about, _) in help_topics.TOPICS.items())
        return
    begun = [name for name in help_topics.TOPICS if name.startswith(topic)]
    if len(begun) == 1 and topic not in commands.names():
        topic = begun[0]
    if topic in commands.names():
        out.write([_of_command(topic, context)])
        return
    if topic not in help_topics.TOPICS:
        known = (*help_topics.TOPICS, *commands.names())
        raise NotFoundError(
            missing("topic or command", topic, near(topic, known)),
            f"topics are {', '.join(help_topics.TOPICS)}",
        )
    out.page(f"{line}\n" for line in help_topics.lines(topic, out.width))


def _of_command(name: str, context: typer.Context) -> str:
    """What `bclm COMMAND --help` says."""
    group: Any = context.parent and context.parent.command
    command = group.get_command(context.parent, name)
    return f"{command.get_help(typer.Context(command, context.parent, name))}\n"
