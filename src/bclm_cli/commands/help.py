"""What several commands have in common: formats, selection, names, exit codes, environment."""

from __future__ import annotations

from typing import Annotated

import typer

from bclm_cli.commands import _topics
from bclm_cli.commands._complete import among
from bclm_cli.errors import NotFoundError, missing, near
from bclm_cli.output import Output

ORDER = 130
EXAMPLES = ("bclm help", "bclm help selection", "bclm help exit-codes")


def command(
    topic: Annotated[
        str | None,
        typer.Argument(metavar="[TOPIC]", autocompletion=among(*_topics.TOPICS)),
    ] = None,
) -> None:
    """How do all commands name, select, write and fail?

    Without TOPIC the topics. The help of one command is `bclm COMMAND --help`.
    """
    out = Output.detect()
    if topic is None:
        width = max(map(len, _topics.TOPICS))
        out.write(f"{name:{width}}  {about}\n" for name, (about, _) in _topics.TOPICS.items())
        return
    if topic not in _topics.TOPICS:
        raise NotFoundError(
            missing("topic", topic, near(topic, _topics.TOPICS)),
            f"topics are {', '.join(_topics.TOPICS)}",
        )
    out.page(f"{line}\n" for line in _topics.lines(topic))
