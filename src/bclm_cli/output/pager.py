"""Text for a person that is taller than the screen."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress


def shown(chunks: Iterator[str]) -> bool:
    """Show text in $BCLM_PAGER, $PAGER or less; False, with nothing read, if there is none."""
    command = os.environ.get("BCLM_PAGER", os.environ.get("PAGER", "less"))
    try:
        words = shlex.split(command)
    except ValueError:
        return False
    if not words or words == ["cat"] or shutil.which(words[0]) is None:
        return False
    if os.path.basename(words[0]) == "less":  # noqa: PTH119 (whatever LESS says, colors are colors)
        words.insert(1, "-R")
    environment = {"LESS": "FIRX", "LESSCHARSET": "utf-8", **os.environ}
    try:
        pager = subprocess.Popen(words, stdin=subprocess.PIPE, encoding="utf-8", env=environment)
    except OSError:  # there, but no program
        return False
    assert pager.stdin is not None
    try:
        with suppress(BrokenPipeError, KeyboardInterrupt):  # the reader has seen enough
            for chunk in chunks:
                pager.stdin.write(chunk)
    finally:
        with suppress(BrokenPipeError):
            pager.stdin.close()
        while pager.poll() is None:
            with suppress(KeyboardInterrupt):  # Ctrl-C is for the pager, which stays
                pager.wait()
    return True
