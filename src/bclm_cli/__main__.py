"""Starts the program; an interrupt while importing is caught."""

from __future__ import annotations

import sys


def run() -> None:
    """The entry point of the `bclm` command and of `python -m bclm_cli`."""
    try:
        from bclm_cli.cli import main

        code = main()
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    run()
