"""Starts the program; an interrupt while importing is caught."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import NoReturn


def run() -> NoReturn:
    """The entry point of the `bclm` command and of `python -m bclm_cli`."""
    gc.disable()  # importing makes much and leaves nothing to collect: 2 to 4 ms of each start
    try:
        from bclm_cli.cli import main

        gc.enable()
        code = main()
    except KeyboardInterrupt:
        code = 130
    if sys.gettrace() or sys.getprofile():  # whoever watches this process wants to see it end
        sys.exit(code)
    # All that was written is flushed by now. Taking every module and object apart, which sys.exit
    # does, would be a sixth of a short run; multiprocessing ends its workers like this.
    atexit._run_exitfuncs()
    os._exit(code)


if __name__ == "__main__":
    run()
