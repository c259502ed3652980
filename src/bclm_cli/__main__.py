"""Starts the program; an interrupt while importing is caught."""

from __future__ import annotations

import gc
import sys


def run() -> None:
    """The entry point of the `bclm` command and of `python -m bclm_cli`."""
    gc.disable()  # importing makes much and leaves nothing to collect: 2 to 4 ms of each start
    try:
        from bclm_cli.cli import main

        gc.enable()
        code = main()
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    run()
