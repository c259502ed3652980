"""How candidates are handed to a shell, where Typer's own way would break the line."""

from __future__ import annotations

import os
import re
import shlex
from typing import Any


def prepare() -> None:
    """Set Typer up for one completion; its classes are built for other programs than this."""
    from typer import _completion_classes as shells

    # Each description would go through Rich, which takes titles for markup, breaks them at 80
    # columns, and doubles the time.
    shells._sanitize_help_text = lambda text: text
    setattr(shells.BashComplete, "format_completion", _for_bash)  # noqa: B010
    setattr(shells.ZshComplete, "complete", _for_zsh)  # noqa: B010


def _for_bash(_: Any, item: Any) -> str:
    """The candidate as it must stand on the line, which bash does not look at again."""
    words = os.environ.get("COMP_WORDS", "").split("\n")  # of the line, with their quotes
    at = int(os.environ.get("COMP_CWORD", "0"))
    quote = words[at][:1] if at < len(words) else ""
    value = str(item.value)
    if quote == "'":
        return value.replace("'", "'\\''")
    unsafe = r'(["$`\\])' if quote == '"' else r"([^\w@%+=:,./-])"
    return re.sub(unsafe, r"\\\1", value)


def _for_zsh(shell: Any) -> str:
    """All candidates with their descriptions; -U keeps those that stand for another spelling."""
    found = shell.get_completions(*shell.get_completion_args())
    if not found:
        return "_files"
    width = max(len(item.value) for item in found)
    values = " ".join(shlex.quote(item.value) for item in found)
    shown = " ".join(
        shlex.quote(
            f"{item.value:{width}}  -- {' '.join(item.help.split())}" if item.help else item.value
        )
        for item in found
    )
    described = "-l " if any(item.help for item in found) else ""
    arrays = f"local -a found shown; found=({values}); shown=({shown})"
    return f"{arrays}; compadd -U {described}-d shown -a found"
